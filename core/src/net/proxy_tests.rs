//! The real transport through a proxy of the test's own, on loopback.

use super::*;

const BAD_GATEWAY: &str = "HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n";

/// A transport whose requests go through this proxy.
fn through(proxy: &str, server_trust: Option<Arc<dyn ServerTrust>>) -> ReqwestTransport {
    let config = Config { http_proxy: Some(proxy.parse().unwrap()), ..Config::default() };
    ReqwestTransport::new(&config, server_trust, Environment::system())
}

/// A proxy that tunnels `CONNECT` to where the request says; and the heads that it got.
async fn tunnel() -> (String, tokio::sync::mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = tokio::sync::mpsc::channel(8);
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                head.push(char::from(client.read_u8().await.unwrap()));
            }
            let target = head.split(' ').nth(1).unwrap().to_owned();
            sender.send(head).await.unwrap();
            client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.unwrap();
            let mut server = TcpStream::connect(target).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut client, &mut server).await });
        }
    });
    (url, receiver)
}

// S6
#[tokio::test]
async fn tls_is_tunnelled_and_the_servers_certificate_is_judged() {
    let (url, certificate) = tls_server("localhost").await;
    let rejected = ServerTrustError::Rejected { detail: "not pinned".into() };
    for verdict in [Ok(()), Err(rejected)] {
        let (proxy, mut heads) = tunnel().await;
        let judge = Arc::new(Judge { verdict: verdict.clone(), asked: Mutex::default() });
        let answer = get(&through(&proxy, Some(judge.clone())), format!("{url}path?query=canary")).await;
        match verdict {
            Ok(()) => assert_eq!(answer, Ok((200, "hi".into()))),
            Err(_) => assert!(answer.unwrap_err().was_not_sent()),
        }
        let head = heads.recv().await.unwrap();
        let target = url.trim_start_matches("https://").trim_end_matches('/');
        assert!(head.starts_with(&format!("CONNECT {target} HTTP/1.1\r\n")), "{head}");
        assert!(!head.contains("canary"), "{head}"); // the proxy sees the host only
        assert_eq!(judge.asked.lock().unwrap()[0], (vec![certificate.clone()], "localhost".to_owned()));
    }
}

#[tokio::test]
async fn plain_http_is_asked_for_by_its_whole_url() {
    let (proxy, _, mut heads) = plain_server(OK).await;
    let (url, connections, _) = plain_server(OK).await;
    let transport = through(&proxy, None);
    assert_eq!(get(&transport, url.clone()).await, Ok((200, "hi".into())));
    transport.drop_idle_connections();
    let head = heads.recv().await.unwrap();
    assert!(head.starts_with(&format!("GET {url} HTTP/1.1\r\n")), "{head}");
    assert_eq!(connections.load(Ordering::SeqCst), 0); // not even loopback is reached without the proxy
}

// S9: the device does not look the name up, and the proxy's own address is no target
#[tokio::test]
async fn urls_out_of_responses_go_through_the_proxy_too() {
    let (proxy, _, mut heads) = plain_server(BAD_GATEWAY).await;
    let proxy = proxy.replace("127.0.0.1", "localhost");
    let request = Request::get("https://media.invalid/video.mp4").extension(FromResponse::PublicOnly);
    let transport = through(&proxy, None);
    let failure = send(&transport, request.body(Payload::empty()).unwrap()).await.unwrap_err();
    assert!(matches!(failure, HttpFailure::NotSent { .. }), "{failure}");
    let head = heads.recv().await.unwrap();
    assert!(head.starts_with("CONNECT media.invalid:443 HTTP/1.1\r\n"), "{head}");
}

// P1
#[tokio::test]
async fn a_proxy_that_cannot_be_reached_is_offline_and_not_bypassed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (plain, connections, _) = plain_server(OK).await;
    let (encrypted, _) = tls_server("localhost").await;
    for url in [plain, encrypted] {
        let failure = get(&through(&proxy, None), url).await.unwrap_err();
        let error = crate::Error::from(failure);
        assert!(matches!(error, crate::Error::Offline { maybe_sent: false, .. }), "{error}");
    }
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}

// S7: the request is sent by a process of its own, because the environment belongs to all tests
#[tokio::test]
async fn proxies_of_the_environment_are_ignored() {
    const IS_CHILD: &str = "AIPASS_TEST_OF_PROXIES";
    if std::env::var_os(IS_CHILD).is_some() {
        let (url, connections, _) = plain_server(OK).await;
        assert_eq!(get(&transport(None, Arc::default()), url).await, Ok((200, "hi".into())));
        assert_eq!(connections.load(Ordering::SeqCst), 1);
        return;
    }
    let (proxy, visits, _) = plain_server(BAD_GATEWAY).await;
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "net::reqwest_transport::tests::proxy::proxies_of_the_environment_are_ignored"]);
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"] {
        command.env(name, &proxy);
    }
    for name in ["NO_PROXY", "no_proxy", "REQUEST_METHOD"] {
        command.env_remove(name); // with any of these the proxy would not be used either
    }
    command.env(IS_CHILD, "1");
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}");
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}
