//! A server whose connection breaks off after any byte of its answer, over real sockets.

use super::*;
use crate::Provider;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const TOKENS: &str = r#"{"access_token":"a","token_type":"Bearer","expires_in":3600}"#;
const WHOLE: &str =
    r#"{"model":"m-1","choices":[{"message":{"role":"assistant","content":"Grüße"},"finish_reason":"stop"}]}"#;
const EVENTS: [&str; 4] = [
    "data: {\"choices\":[{\"delta\":{\"content\":\"Grü\"}}]}\n\n",
    "data: {\"choices\":[{\"delta\":{\"content\":\"ße\"}}]}\n\n",
    "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
    "data: [DONE]\n\n",
];

/// Answers each chat with so many bytes of `answer` and closes the connection.
struct Server {
    url: String,
    cut: Arc<AtomicUsize>,
    posts: Arc<AtomicUsize>,
}

impl Server {
    async fn start(answer: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let (cut, posts) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let server = Self { url, cut: Arc::clone(&cut), posts: Arc::clone(&posts) };
        tokio::spawn(async move {
            while let Ok((mut connection, _)) = listener.accept().await {
                let head = read_request(&mut connection).await;
                let answer = if head.starts_with("POST /oauth2/v1/chat/completions") {
                    posts.fetch_add(1, Ordering::SeqCst);
                    answer.as_bytes()[..cut.load(Ordering::SeqCst)].to_vec()
                } else {
                    with_length("application/json", TOKENS).into_bytes()
                };
                connection.write_all(&answer).await.unwrap();
                connection.shutdown().await.unwrap();
            }
        });
        server
    }

    async fn signed_in(&self) -> AiPass {
        let provider = Provider::ai_pass_at(&self.url).unwrap();
        let ai = AiPass::builder("dropped", "myapp://auth/callback").provider(provider).build().unwrap();
        crate::client::tests::world::sign_in(&ai).await;
        ai
    }
}

async fn read_request(connection: &mut TcpStream) -> String {
    let mut request = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let read = connection.read(&mut piece).await.unwrap();
        request.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if read == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                return text;
            }
        }
    }
}

fn with_length(media_type: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn in_chunks(events: &[&str]) -> String {
    let mut answer =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n".to_owned();
    for event in events {
        answer.push_str(&format!("{:x}\r\n{event}\r\n", event.len()));
    }
    answer + "0\r\n\r\n"
}

// P1, P5
#[tokio::test]
async fn a_connection_dropped_at_any_byte_of_an_answer_is_a_typed_error_and_one_post() {
    let answer = with_length("application/json", WHOLE);
    let body_from = answer.len() - WHOLE.len();
    let server = Server::start(answer.clone()).await;
    let ai = server.signed_in().await;
    for cut in 0..=answer.len() {
        server.cut.store(cut, Ordering::SeqCst);
        let ended = ai.chat(request()).await;
        match &ended {
            Ok(whole) => assert!(cut == answer.len() && whole.text == "Grüße", "{cut}"),
            Err(Error::Offline { maybe_sent: true, .. }) => assert!(cut < body_from, "{cut}"),
            Err(Error::Truncated { .. }) => assert!((body_from..answer.len()).contains(&cut), "{cut}"),
            Err(error) => panic!("{cut}: {error}"),
        }
        assert_eq!(server.posts.swap(0, Ordering::SeqCst), 1, "{cut}: {ended:?}");
    }
}

// P1, P5
#[tokio::test]
async fn a_connection_dropped_at_any_byte_of_a_stream_hands_over_what_came_and_is_one_post() {
    let answer = in_chunks(&EVENTS);
    let server = Server::start(answer.clone()).await;
    let ai = server.signed_in().await;
    let body_from = answer.find("\r\n\r\n").unwrap() + 4;
    let complete_from = answer.find("\"stop\"}]}").unwrap();
    for cut in 0..=answer.len() {
        server.cut.store(cut, Ordering::SeqCst);
        match ai.chat_stream(request()).await {
            Err(Error::Offline { maybe_sent: true, .. }) => assert!(cut < body_from, "{cut}"),
            Err(error) => panic!("{cut}: {error}"),
            Ok(stream) => {
                let mut received = String::new();
                let ended = loop {
                    match stream.next().await {
                        Ok(Some(ChatEvent::Text { text, .. })) => received.push_str(&text),
                        Ok(Some(_)) => {}
                        Ok(None) => break stream.answer().await.map(|whole| whole.text),
                        Err(error) => break Err(error),
                    }
                };
                match ended {
                    Ok(text) => assert!(cut >= complete_from && text == "Grüße" && received == text, "{cut}"),
                    Err(Error::Truncated { text, .. }) => {
                        assert_eq!(text, received, "{cut}: what came is handed over");
                        let whole_events = answer.as_bytes()[..cut].windows(2).filter(|pair| pair == b"\n\n").count();
                        let expected: &[_] =
                            if whole_events == 0 { &[""] } else { &["Grü", "Grüße"][whole_events - 1..] };
                        assert!(cut >= body_from && text == expected[0], "{cut}: {text}");
                    }
                    Err(error) => panic!("{cut}: {error}"),
                }
            }
        }
        assert_eq!(server.posts.swap(0, Ordering::SeqCst), 1, "{cut}");
    }
}
