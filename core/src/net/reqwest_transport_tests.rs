//! The real transport against servers of the test's own, on loopback.

use super::*;
use crate::environment::Clock;
use crate::net::tls::ServerTrustError;
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivatePkcs8KeyDer;
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi";

#[derive(Default)]
struct SetClock(AtomicI64);

impl Clock for SetClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::SeqCst))
    }
}

fn transport(server_trust: Option<Arc<dyn ServerTrust>>, clock: Arc<SetClock>) -> ReqwestTransport {
    let environment = Environment { clock, ..Environment::system() };
    let config = Config { app_name: Some("Receipts/2.1".into()), ..Config::default() };
    ReqwestTransport::new(&config, server_trust, environment)
}

async fn get(transport: &ReqwestTransport, url: String) -> Result<(u16, String), HttpFailure> {
    send(transport, Request::get(url).body(Payload::empty()).unwrap()).await
}

async fn send(transport: &ReqwestTransport, request: Request<Payload>) -> Result<(u16, String), HttpFailure> {
    let (head, mut body) = transport.send(request, Arc::default()).await?.into_parts();
    let mut text = Vec::new();
    while let Some(chunk) = body.next_chunk().await? {
        text.extend_from_slice(&chunk);
    }
    Ok((head.status.as_u16(), String::from_utf8(text).unwrap()))
}

/// Answers every request on a connection; returns what the first one said.
async fn serve(mut stream: impl AsyncRead + AsyncWrite + Unpin, answer: &str) -> String {
    let mut heads = String::new();
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        heads.push_str(&String::from_utf8_lossy(&buffer[..read]));
        if heads.ends_with("\r\n\r\n") && stream.write_all(answer.as_bytes()).await.is_err() {
            break;
        }
    }
    heads
}

/// A plain server; the counter counts its connections.
async fn plain_server(answer: &'static str) -> (String, Arc<AtomicUsize>, tokio::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let (sender, receiver) = tokio::sync::mpsc::channel(8);
    let counter = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            counter.fetch_add(1, Ordering::SeqCst);
            let sender = sender.clone();
            tokio::spawn(async move {
                let heads = serve(stream, answer).await;
                let _ = sender.send(heads).await;
            });
        }
    });
    (url, connections, receiver)
}

/// Accepts TLS for this name with these application protocols; and its certificate.
fn tls_acceptor(name: &str, protocols: &[&[u8]]) -> (TlsAcceptor, Vec<u8>) {
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed([name.to_owned()]).unwrap();
    let certificate = cert.der().clone();
    let key = PrivatePkcs8KeyDer::from(signing_key.serialize_der());
    let crypto = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(crypto)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key.into())
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    (TlsAcceptor::from(Arc::new(config)), certificate.to_vec())
}

async fn tls_server(name: &str) -> (String, Vec<u8>) {
    let (acceptor, certificate) = tls_acceptor(name, &[]);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/", listener.local_addr().unwrap().port());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    serve(stream, OK).await;
                }
            });
        }
    });
    (url, certificate)
}

struct Judge {
    verdict: Result<(), ServerTrustError>,
    asked: Mutex<Vec<(Vec<Vec<u8>>, String)>>,
}

impl ServerTrust for Judge {
    fn verify(&self, chain: Vec<Vec<u8>>, host: String) -> Result<(), ServerTrustError> {
        self.asked.lock().unwrap().push((chain, host));
        self.verdict.clone()
    }
}

// S6
#[tokio::test]
async fn the_host_apps_trust_decides() {
    let (url, certificate) = tls_server("localhost").await;
    let rejected = ServerTrustError::Rejected { detail: "not pinned".into() };
    let unavailable = ServerTrustError::Unavailable { detail: "no trust manager".into() };
    for verdict in [Ok(()), Err(rejected), Err(unavailable)] {
        let judge = Arc::new(Judge { verdict: verdict.clone(), asked: Mutex::default() });
        let transport = transport(Some(judge.clone()), Arc::default());
        assert_eq!(transport.trust_store(), TrustStore::NotLoadedYet);
        let answer = get(&transport, url.clone()).await;
        match verdict {
            Ok(()) => assert_eq!(answer, Ok((200, "hi".into()))),
            Err(_) => assert!(answer.unwrap_err().was_not_sent()),
        }
        assert_eq!(transport.trust_store(), TrustStore::HostApp);
        assert_eq!(judge.asked.lock().unwrap()[0], (vec![certificate.clone()], "localhost".to_owned()));
    }
}

// S6
#[tokio::test]
async fn a_certificate_for_another_name_is_refused_whatever_the_host_app_says() {
    let (url, _) = tls_server("elsewhere.example").await;
    let judge = Arc::new(Judge { verdict: Ok(()), asked: Mutex::default() });
    let answer = get(&transport(Some(judge.clone()), Arc::default()), url).await;
    assert!(answer.unwrap_err().was_not_sent());
    assert_eq!(judge.asked.lock().unwrap().len(), 1);
}

// S6
#[tokio::test]
async fn a_server_that_nobody_vouches_for_is_not_spoken_to() {
    let (url, _) = tls_server("localhost").await;
    let transport = transport(None, Arc::default());
    assert!(get(&transport, url).await.unwrap_err().was_not_sent());
    assert!(matches!(transport.trust_store(), TrustStore::Platform | TrustStore::Bundled));
}

// P1
#[tokio::test]
async fn a_refused_connection_was_certainly_not_sent_and_a_broken_one_may_have_been() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let transport = transport(None, Arc::default());
    let refused = get(&transport, format!("http://{address}/")).await.unwrap_err();
    assert!(matches!(refused, HttpFailure::NotSent { .. }), "{refused}");

    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = TcpStream::read(&mut stream, &mut [0; 4096]).await;
        }
    });
    let broken = get(&transport, format!("http://{address}/?token=canary")).await.unwrap_err();
    assert!(matches!(broken, HttpFailure::Broken { .. }), "{broken}");
    assert!(!broken.to_string().contains("canary"), "{broken}"); // S1
}

// P5
#[tokio::test]
async fn a_body_that_ends_early_is_broken() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closing = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n").await;
        }
    });
    let failure = get(&transport(None, Arc::default()), closing).await.unwrap_err();
    assert!(matches!(failure, HttpFailure::Broken { .. }), "{failure}");
}

// A11
#[tokio::test]
async fn a_redirect_is_an_answer_and_not_an_order() {
    let (target, visits, _) = plain_server(OK).await;
    let redirect = format!("HTTP/1.1 307 Temporary Redirect\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n");
    let (url, _, _) = plain_server(Box::leak(redirect.into_boxed_str())).await;
    assert_eq!(get(&transport(None, Arc::default()), url).await.unwrap().0, 307);
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}

// L13: by the wall clock, because the phone slept
#[tokio::test]
async fn a_connection_that_rested_too_long_is_not_used_again() {
    let (url, connections, mut heads) = plain_server(OK).await;
    let clock = Arc::new(SetClock::default());
    let transport = transport(None, Arc::clone(&clock));
    let connections_after = async |now_ms: i64| {
        clock.0.store(now_ms, Ordering::SeqCst);
        get(&transport, url.clone()).await.unwrap();
        connections.load(Ordering::SeqCst)
    };
    assert_eq!(connections_after(0).await, 1);
    assert_eq!(connections_after(10_000).await, 1);
    assert_eq!(connections_after(20_000).await, 1);
    assert_eq!(connections_after(35_001).await, 2);
    assert_eq!(connections_after(0).await, 3); // the clock was set back: nobody knows how long it rested
    transport.drop_idle_connections();
    assert_eq!(connections_after(1).await, 4);
    let head = heads.recv().await.unwrap();
    assert!(head.contains("user-agent: Receipts/2.1 aipass-mobile/"), "{head}");
}

// C9: gateways pass on the headers of the servers behind them
#[tokio::test]
async fn heads_are_bounded_by_bytes_and_not_by_a_hundred_headers() {
    let head = |headers: usize, length: usize| {
        let value = "x".repeat(length);
        let headers: String = (0..headers).map(|index| format!("llm_provider-x-{index}: {value}\r\n")).collect();
        &*Box::leak(format!("HTTP/1.1 200 OK\r\n{headers}content-length: 2\r\n\r\nhi").into_boxed_str())
    };
    for (headers, length) in [(120, 20), (101, 3000), (3000, 50)] {
        let (url, _, _) = plain_server(head(headers, length)).await;
        assert_eq!(get(&transport(None, Arc::default()), url).await, Ok((200, "hi".into())), "{headers} of {length}");
    }
    for (headers, length) in [(20_000, 1), (10, 100_000)] {
        let (url, _, _) = plain_server(head(headers, length)).await;
        let failure = get(&transport(None, Arc::default()), url).await.unwrap_err();
        assert!(matches!(failure, HttpFailure::Malformed { .. }), "{headers} of {length}: {failure}");
    }
}

// C9, P1: the server processed the request, so it is neither "offline" nor asked again
#[tokio::test]
async fn responses_that_are_not_http_are_responses() {
    for nonsense in
        ["SSH-2.0-OpenSSH_9.6\r\n\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n", "HTTP/1.1 two hundred\r\n\r\n", "{}\r\n\r\n"]
    {
        let (url, _, _) = plain_server(nonsense).await;
        let failure = get(&transport(None, Arc::default()), url).await.unwrap_err();
        assert!(matches!(failure, HttpFailure::Malformed { .. }), "{nonsense}: {failure}");
    }
}

// S9: after resolution, whatever the name is
#[tokio::test]
async fn urls_out_of_responses_reach_no_address_of_the_device() {
    let (url, connections, _) = plain_server(OK).await;
    let url = url.replace("127.0.0.1", "localhost");
    let transport = transport(None, Arc::default());
    let request = |addresses: FromResponse| Request::get(&url).extension(addresses).body(Payload::empty()).unwrap();
    let failure = send(&transport, request(FromResponse::PublicOnly)).await.unwrap_err();
    assert!(matches!(failure, HttpFailure::NotPublic { .. }), "{failure}");
    assert_eq!(connections.load(Ordering::SeqCst), 0);
    assert_eq!(send(&transport, request(FromResponse::AnyAddress)).await, Ok((200, "hi".into())));
}

#[path = "http2_tests.rs"]
mod http2;

#[path = "proxy_tests.rs"]
mod proxy;
