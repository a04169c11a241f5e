use super::*;

async fn request(redirect_uri: &str, head: String) -> String {
    let authority = redirect_uri.trim_start_matches("http://").split('/').next().unwrap();
    let mut stream = TcpStream::connect(authority).await.unwrap();
    stream.write_all(head.replace("AUTHORITY", authority).as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

// A6
#[tokio::test]
async fn one_matching_request_is_taken_and_all_others_are_turned_away() {
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    let redirect_uri = listener.redirect_uri();
    assert!(redirect_uri.starts_with("http://127.0.0.1:"));
    let address = redirect_uri.clone();
    let browser = tokio::spawn(async move {
        let _idle = TcpStream::connect(address.trim_start_matches("http://").trim_end_matches("/callback")).await;
        for turned_away in [
            "GET /favicon.ico HTTP/1.1\r\nHost: AUTHORITY\r\n\r\n",
            "GET /callback HTTP/1.1\r\nHost: AUTHORITY\r\n\r\n",
            "GET /callback?code=a&state=b HTTP/1.1\r\nHost: evil.example\r\n\r\n",
            "POST /callback?code=a&state=b HTTP/1.1\r\nHost: AUTHORITY\r\n\r\n",
            "GET /other?code=a&state=b HTTP/1.1\r\nHost: AUTHORITY\r\n\r\n",
        ] {
            assert!(request(&address, turned_away.into()).await.starts_with("HTTP/1.1 404"), "{turned_away}");
        }
        request(&address, "GET /callback?code=a%2Fb&state=c HTTP/1.1\r\nhost: AUTHORITY\r\n\r\n".into()).await
    });
    let callback = listener.receive(Duration::from_secs(20)).await.unwrap();
    assert_eq!(callback, format!("{redirect_uri}?code=a%2Fb&state=c"));
    assert!(browser.await.unwrap().contains("Back to the app"));
}

// C9: cookies of everything else on this host come along
#[tokio::test]
async fn a_callback_with_many_cookies_is_received_and_one_with_too_many_is_answered() {
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    let address = listener.redirect_uri();
    let with_cookies = |bytes: usize| {
        let cookies = "a=\u{fc}; ".repeat(bytes / 6);
        format!("GET /callback?code=a&state=c HTTP/1.1\r\nHost: AUTHORITY\r\nCookie: {cookies}\r\n\r\n")
    };
    let browser = async {
        let refused = request(&address, with_cookies(1_000_000)).await;
        assert!(refused.starts_with("HTTP/1.1 431"), "{refused}");
        for bytes in [26_000, 200_000] {
            assert!(request(&address, with_cookies(bytes)).await.starts_with("HTTP/1.1 200"), "{bytes}");
        }
    };
    let receiver = async {
        for _ in 0..2 {
            let callback = listener.receive(Duration::from_secs(60)).await.unwrap();
            assert_eq!(callback, format!("{address}?code=a&state=c"));
        }
    };
    tokio::join!(browser, receiver);
}

// A3: a forged callback loses nothing of the real one
#[tokio::test]
async fn a_callback_that_comes_beside_a_forged_one_is_received_next() {
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    for _ in 0..50 {
        let address = listener.redirect_uri();
        let ask = |code: &str| {
            request(&address, format!("GET /callback?code={code}&state=c HTTP/1.1\r\nhost: AUTHORITY\r\n\r\n"))
        };
        let browsers = async { tokio::join!(ask("forged"), ask("real")) };
        let receiver = async {
            let timeout = Duration::from_secs(10);
            let first = listener.receive(timeout).await.unwrap();
            let mut received = [first, listener.receive(timeout).await.unwrap()];
            received.sort();
            received
        };
        let (_, received) = tokio::join!(browsers, receiver);
        assert_eq!(received, ["forged", "real"].map(|code| format!("{address}?code={code}&state=c")));
    }
}

#[tokio::test(start_paused = true)]
async fn waiting_ends() {
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    assert_eq!(listener.receive(Duration::from_secs(300)).await.unwrap_err().code(), "timeout_total");
}

#[tokio::test]
async fn waiting_can_be_cancelled_and_the_port_is_free_then() {
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    let port = listener.port.listener.local_addr().unwrap().port();
    let (received, ()) = tokio::join!(listener.receive(Duration::from_secs(300)), async { listener.cancel() });
    assert_eq!(received.unwrap_err(), Error::Cancelled);
    assert_eq!(listener.receive(Duration::from_secs(300)).await.unwrap_err(), Error::Cancelled);
    drop(listener);
    LoopbackListener::bind("/callback".to_owned(), Some(port)).await.unwrap();
}

#[tokio::test]
async fn a_port_in_use_and_a_bad_path_are_named() {
    let taken = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    let port = taken.port.listener.local_addr().unwrap().port();
    let named = async |path, port| match LoopbackListener::bind(str::to_owned(path), port).await.map(drop) {
        Err(Error::InvalidInput { input, .. }) => input,
        other => panic!("{other:?}"),
    };
    assert_eq!(named("/callback", Some(port)).await, "port");
    assert_eq!(named("callback", None).await, "path");
    assert_eq!(named("/callback?x", None).await, "path");
}
