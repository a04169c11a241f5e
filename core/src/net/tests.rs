use super::scripted::{Scripted, ScriptedTransport, answer, chunks, with_header};
use super::*;
use futures_util::FutureExt;
use futures_util::StreamExt;
use std::sync::atomic::{AtomicUsize, Ordering};

const SECOND: Duration = Duration::from_secs(1);

fn client(transport: Arc<ScriptedTransport>) -> HttpClient {
    HttpClient { transport, environment: Environment::system(), log: Arc::new(Log::default()) }
}

fn call(class: CallClass) -> Call {
    let request = Request::post("https://api.example/v1/chat?token=canary").body(Bytes::from("canary").into()).unwrap();
    Call {
        request,
        class,
        idle_timeout: 5 * SECOND,
        total_timeout: 20 * SECOND,
        cancellation: None,
        progress: Arc::default(),
    }
}

const PAID: CallClass = CallClass::Paid { repeat_rate_limited: true };

/// Answers with each of these in turn, then with 200.
fn in_turn(answers: Vec<fn() -> Scripted>) -> Arc<ScriptedTransport> {
    let turn = AtomicUsize::new(0);
    ScriptedTransport::new(move |_| {
        let next = answers.get(turn.fetch_add(1, Ordering::SeqCst)).copied();
        async move { next.map_or_else(|| answer(200, "done"), |next| next()) }
    })
}

fn status(response: &Response) -> u16 {
    match response {
        Response::Success(response) => response.status,
        Response::Error(response) => response.status,
    }
}

// P1
#[tokio::test(start_paused = true)]
async fn a_paid_call_is_repeated_only_where_it_was_not_processed() {
    let not_sent = || Err(HttpFailure::NotSent { detail: "refused".into() });
    let rate_limited = || with_header(answer(429, ""), "retry-after", "3");
    for (answers, requests, expected) in [
        (vec![not_sent as fn() -> Scripted, not_sent], 3, Ok(200)),
        (vec![rate_limited, rate_limited], 3, Ok(200)),
        (vec![rate_limited, rate_limited, rate_limited], 3, Ok(429)),
        (vec![|| answer(500, "")], 1, Ok(500)),
        (vec![|| answer(503, "")], 1, Ok(503)),
        (vec![|| Err(HttpFailure::Broken { detail: String::new() })], 1, Err("offline")),
    ] {
        let transport = in_turn(answers);
        let result = client(transport.clone()).send(call(PAID)).await;
        let outcome =
            result.as_ref().map(status).map_err(|failure| crate::Error::from(failure.clone()).code().to_owned());
        assert_eq!(outcome, expected.map_err(str::to_owned));
        assert_eq!(transport.requests().len(), requests);
    }
}

// P2
#[tokio::test(start_paused = true)]
async fn a_wait_is_as_long_as_the_server_asks() {
    let transport = in_turn(vec![|| with_header(answer(503, ""), "retry-after", "7")]);
    let started = Instant::now();
    client(transport).send(call(CallClass::Read)).await.unwrap();
    assert_eq!(started.elapsed().as_secs(), 7);
}

// P2, P3: the total limit holds over all repeats
#[tokio::test(start_paused = true)]
async fn a_wait_that_would_pass_the_total_limit_is_not_begun() {
    let transport = in_turn(vec![|| with_header(answer(503, ""), "retry-after", "25")]);
    let started = Instant::now();
    let response = client(transport.clone()).send(call(CallClass::Read)).await.unwrap();
    assert_eq!((status(&response), transport.requests().len(), started.elapsed()), (503, 1, Duration::ZERO));
}

// P3
#[tokio::test(start_paused = true)]
async fn silence_and_slowness_end_a_call() {
    let silent = ScriptedTransport::new(|_| std::future::pending());
    let failure = client(silent).send(call(PAID)).await.err();
    assert_eq!(failure, Some(HttpFailure::IdleTimeout { limit: 5 * SECOND }));

    let dripping = ScriptedTransport::new(|_| async {
        let drops = futures_util::stream::unfold((), |()| async {
            tokio::time::sleep(4 * SECOND).await;
            Some((Ok(Bytes::from_static(b".")), ()))
        });
        Ok(http::Response::new(BodyStream::new(drops)))
    });
    let Ok(Response::Success(response)) = client(dripping).send(call(PAID)).await else { panic!("no success") };
    let failure = response.body.read_all(1000).await.err();
    assert_eq!(failure, Some(HttpFailure::TotalTimeout { limit: 20 * SECOND }));
}

// P3
#[tokio::test(start_paused = true)]
async fn cancelling_ends_a_call_at_once_and_drops_its_request() {
    struct Dropped(Arc<AtomicUsize>);
    impl Drop for Dropped {
        fn drop(&mut self) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
    let drops = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&drops);
    let silent = ScriptedTransport::new(move |_| {
        let guard = Dropped(Arc::clone(&counter));
        async move {
            let _guard = guard;
            std::future::pending().await
        }
    });
    let cancellation = Cancellation::new();
    let mut call = call(PAID);
    call.cancellation = Some(Arc::clone(&cancellation));
    let client = client(silent);
    let sending = client.send(call);
    tokio::pin!(sending);
    assert!(sending.as_mut().now_or_never().is_none());
    cancellation.cancel();
    assert_eq!(sending.await.err(), Some(HttpFailure::Cancelled));
    assert_eq!(drops.load(Ordering::SeqCst), 1);
}

// P4
#[tokio::test]
async fn an_answer_that_is_too_large_is_refused() {
    let transport = ScriptedTransport::new(|_| async { answer(200, vec![b'x'; 1001]) });
    let Ok(Response::Success(response)) = client(transport).send(call(PAID)).await else { panic!("no success") };
    assert_eq!(response.body.read_all(1000).await.err(), Some(HttpFailure::TooLarge { limit: 1000 }));
}

#[tokio::test]
async fn a_refusal_is_read_as_far_as_it_comes() {
    let transport = ScriptedTransport::new(|_| async {
        chunks(400, vec![Ok("bad".into()), Err(HttpFailure::Broken { detail: String::new() })])
    });
    let Ok(Response::Error(response)) = client(transport).send(call(PAID)).await else { panic!("no error response") };
    assert_eq!(response.body, "bad");
    let endless = ScriptedTransport::new(|_| async {
        Ok(http::Response::builder()
            .status(400)
            .body(BodyStream::new(futures_util::stream::repeat(Ok("x".into()))))
            .unwrap())
    });
    let Ok(Response::Error(response)) = client(endless).send(call(PAID)).await else { panic!("no error response") };
    assert_eq!(response.body.len(), MAX_ERROR_BODY);
}

// P3: the status is what the app waits for
#[tokio::test(start_paused = true)]
async fn an_error_response_that_stalls_is_returned_as_far_as_it_came() {
    let stalled = ScriptedTransport::new(|_| async {
        let start = futures_util::stream::iter([Ok(Bytes::from_static(b"slow"))]);
        let body = BodyStream::new(start.chain(futures_util::stream::pending()));
        Ok(http::Response::builder().status(402).body(body).unwrap())
    });
    let begun = tokio::time::Instant::now();
    let call = Call { idle_timeout: 120 * SECOND, total_timeout: 600 * SECOND, ..call(PAID) };
    let Ok(Response::Error(response)) = client(stalled).send(call).await else { panic!("no error response") };
    assert_eq!((response.status, &response.body[..]), (402, &b"slow"[..]));
    assert_eq!(begun.elapsed(), 10 * SECOND);
}

// S1, P6
#[tokio::test]
async fn the_log_has_neither_query_nor_body() {
    let client = client(in_turn(vec![]));
    client.send(call(PAID)).await.map(drop).unwrap();
    let log = client.log.read();
    assert!(log[0].text.starts_with("POST api.example/v1/chat: 200 in "), "{}", log[0].text);
    assert!(!format!("{log:?}").contains("canary"));
}

// S1, S10
#[tokio::test]
async fn the_log_names_host_and_port_of_a_result_and_masks_the_token_in_paths() {
    let client = client(in_turn(vec![]));
    let mut elsewhere = call(CallClass::Read);
    *elsewhere.request.uri_mut() = "https://user:pass@cdn.example:8443/signed-canary/x.png?sig=canary".parse().unwrap();
    elsewhere.request.extensions_mut().insert(address::FromResponse::PublicOnly);
    client.send(elsewhere).await.map(drop).unwrap();
    let mut own = call(CallClass::Read);
    *own.request.uri_mut() = "https://user:pass@api.example/v1/tok-abcdefgh-ijklmnop".parse().unwrap();
    own.request.headers_mut().insert("authorization", "Bearer tok-abcdefgh-ijklmnop".parse().unwrap());
    client.send(own).await.map(drop).unwrap();
    let log = client.log.read();
    assert!(log[0].text.starts_with("POST cdn.example:8443: 200 in "), "{}", log[0].text);
    assert!(log[1].text.starts_with("POST api.example/v1/[redacted]: 200 in "), "{}", log[1].text);
}

// T8: progress counts what arrives, limits hold for what it becomes
#[tokio::test]
async fn compressed_bodies_are_counted_as_they_arrive_and_limited_as_they_are_read() {
    use flate2::write::GzEncoder;
    use std::io::Write;
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(&vec![b'x'; 100_000]).unwrap();
    let body = Bytes::from(encoder.finish().unwrap());
    let length = body.len().to_string();
    let transport = ScriptedTransport::new(move |_| {
        let coded = with_header(answer(200, body.clone()), "content-encoding", "gzip");
        let coded = with_header(coded, "content-length", &body.len().to_string());
        async move { coded }
    });
    let client = client(transport);
    let call = call(PAID);
    let progress = Arc::clone(&call.progress);
    let Ok(Response::Success(response)) = client.send(call).await else { panic!("no success") };
    assert_eq!(response.body.read_all(100_000).await.unwrap().len(), 100_000);
    let count = progress.count();
    assert_eq!((count.received.to_string(), count.to_receive.unwrap().to_string()), (length.clone(), length));
    let Ok(Response::Success(response)) = client.send(self::call(PAID)).await else { panic!("no success") };
    assert_eq!(response.body.read_all(99_999).await.err(), Some(HttpFailure::TooLarge { limit: 99_999 }));
}

// T8: the status of a refusal counts, also where its body cannot be decoded
#[tokio::test]
async fn unknown_codings_are_named_and_a_refusal_keeps_its_status() {
    let transport = in_turn(vec![|| with_header(answer(200, "?"), "content-encoding", "br"), || {
        with_header(answer(400, "?"), "content-encoding", "zstd")
    }]);
    let client = client(transport);
    let failure = client.send(call(PAID)).await.err();
    assert_eq!(failure, Some(HttpFailure::UnknownCoding { name: "br".into() }));
    let Ok(Response::Error(response)) = client.send(call(PAID)).await else { panic!("no error response") };
    assert!(String::from_utf8_lossy(&response.body).contains("zstd"));
}
