//! HTTP/2 over TLS (docs/decisions/0006-http2.md): used where a server offers it, and what its refusals mean for paid calls.

use super::*;
use bytes::Bytes;
use h2::Reason;

/// Answers each stream of each connection as `answer` says; counts connections.
async fn h2_server(
    answer: impl Fn(http::Request<h2::RecvStream>, h2::server::SendResponse<Bytes>) + Clone + Send + 'static,
) -> (String, Arc<AtomicUsize>) {
    let connections = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&connections);
    let url = tls_listener(move |stream| {
        counter.fetch_add(1, Ordering::SeqCst);
        let answer = answer.clone();
        async move {
            let mut connection = h2::server::handshake(stream).await.unwrap();
            while let Some(Ok((request, respond))) = connection.accept().await {
                answer(request, respond);
            }
        }
    })
    .await;
    (url, connections)
}

type Accepted = tokio_rustls::server::TlsStream<TcpStream>;

async fn tls_listener<F: Future<Output = ()> + Send>(serve: impl Fn(Accepted) -> F + Clone + Send + 'static) -> String {
    let (acceptor, _) = tls_acceptor("localhost", &[b"h2"]); // nothing else: HTTP/1.1 could not be spoken to it
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, serve) = (acceptor.clone(), serve.clone());
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    serve(stream).await;
                }
            });
        }
    });
    url
}

fn trusting_transport() -> ReqwestTransport {
    let judge = Judge { verdict: Ok(()), asked: Mutex::default() };
    transport(Some(Arc::new(judge)), Arc::default())
}

// C10
#[tokio::test]
async fn a_server_that_speaks_only_http2_is_reached_over_one_connection() {
    let (url, connections) = h2_server(|request, mut respond| {
        assert_eq!(request.version(), http::Version::HTTP_2);
        let mut body = respond.send_response(http::Response::new(()), false).unwrap();
        body.send_data(Bytes::from_static(b"hi"), true).unwrap();
    })
    .await;
    let transport = trusting_transport();
    for _ in 0..3 {
        assert_eq!(get(&transport, url.clone()).await, Ok((200, "hi".into())));
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1);
    transport.drop_idle_connections(); // L13
    get(&transport, url).await.unwrap();
    assert_eq!(connections.load(Ordering::SeqCst), 2);
}

// P1: RFC 9113 8.7
#[tokio::test]
async fn a_refused_stream_was_not_processed_and_a_reset_one_may_have_been() {
    for (reason, not_sent) in [
        (Reason::REFUSED_STREAM, true),
        (Reason::CANCEL, false),
        (Reason::INTERNAL_ERROR, false),
        (Reason::ENHANCE_YOUR_CALM, false),
        (Reason::NO_ERROR, false),
    ] {
        let (url, _) = h2_server(move |_, mut respond| respond.send_reset(reason)).await;
        let failure = get(&trusting_transport(), url).await.unwrap_err();
        assert_eq!(failure.was_not_sent(), not_sent, "{reason}: {failure}");
        assert!(not_sent || matches!(failure, HttpFailure::Broken { .. }), "{reason}: {failure}");
    }
}

// P1: RFC 9113 6.8
#[tokio::test]
async fn a_stream_above_the_last_one_of_a_goaway_was_not_processed() {
    for (last_stream, error, not_sent) in [(0, 0, true), (0, 11, true), (1, 0, false), (1, 2, false)] {
        let url = tls_listener(move |stream| go_away_at_first_request(stream, last_stream, error)).await;
        let failure = get(&trusting_transport(), url).await.unwrap_err();
        assert_eq!(failure.was_not_sent(), not_sent, "{last_stream} {error}: {failure}");
    }
}

/// Speaks just enough HTTP/2 to take a request, say GOAWAY, and close.
async fn go_away_at_first_request(mut stream: Accepted, last_stream: u8, error: u8) {
    const PREFACE: usize = 24;
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await.unwrap(); // SETTINGS
    let mut received = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let read = stream.read(&mut buffer).await.unwrap();
        received.extend_from_slice(&buffer[..read]);
        let mut frames = received.get(PREFACE..).unwrap_or_default();
        while let Some([a, b, c, kind, ..]) = frames.get(..9) {
            if *kind == 1 {
                let go_away = [0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, last_stream, 0, 0, 0, error];
                stream.write_all(&go_away).await.unwrap();
                let _ = stream.shutdown().await;
                return;
            }
            let length = 9 + (usize::from(*a) << 16) + (usize::from(*b) << 8) + usize::from(*c);
            frames = frames.get(length..).unwrap_or_default();
        }
    }
}

// P1, P5: the response had begun, whatever the reset says
#[tokio::test]
async fn a_stream_that_is_reset_within_its_body_is_broken() {
    let half_read = Arc::new(tokio::sync::Notify::new());
    let read = Arc::clone(&half_read);
    let (url, _) = h2_server(move |_, mut respond| {
        let mut body = respond.send_response(http::Response::new(()), false).unwrap();
        body.send_data(Bytes::from_static(b"half"), false).unwrap();
        let read = Arc::clone(&read);
        tokio::spawn(async move {
            read.notified().await;
            body.send_reset(Reason::REFUSED_STREAM);
        });
    })
    .await;
    let request = Request::get(url).body(Payload::empty()).unwrap();
    let mut body = trusting_transport().send(request, Arc::default()).await.unwrap().into_body();
    assert_eq!(body.next_chunk().await, Ok(Some("half".into())));
    half_read.notify_one();
    let failure = body.next_chunk().await.unwrap_err();
    assert!(matches!(failure, HttpFailure::Broken { .. }), "{failure}");
}
