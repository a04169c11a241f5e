//! Streamable HTTP: who is answered, and who is not.

use super::client::initialize;
use crate::running::{command, finish};
use serde_json::{Value, json};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::process::Child;

const TOKEN: &str = "a-token-of-the-tests-own";
const MAX_WAIT: Duration = Duration::from_secs(120);

struct Server {
    _child: Child,
    authority: String,
}

/// One request; the answer's head and body, as far as it came when the connection closed.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    async fn start() -> Self {
        let mut command =
            command(&["mcp", "--base-url", "http://127.0.0.1:9", "--http", "0", "--http-token-env", "TOKEN"]);
        command.env("TOKEN", TOKEN).stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = tokio::time::timeout(MAX_WAIT, lines.next_line()).await.expect("it takes too long").unwrap();
        let url: Value = serde_json::from_str(&first.expect("it said nothing")).unwrap();
        let authority = url["url"].as_str().unwrap().strip_prefix("http://").unwrap().strip_suffix("/mcp").unwrap();
        assert!(authority.starts_with("127.0.0.1:"), "on this machine alone: {authority}");
        Self { authority: authority.to_owned(), _child: child }
    }

    /// Sends a message with these headers in the place of the usual ones.
    async fn post(&self, message: &Value, headers: &[(&str, &str)]) -> Answer {
        let bearer = format!("Bearer {TOKEN}");
        let mut all = vec![("Host", self.authority.as_str()), ("Authorization", &bearer)];
        all.retain(|(name, _)| !headers.iter().any(|(given, _)| given == name));
        all.extend(headers.iter().filter(|(_, value)| !value.is_empty()));
        let lines: String = all.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let body = message.to_string();
        let request = format!(
            "POST /mcp HTTP/1.1\r\n{lines}Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(&self.authority).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        let read = tokio::time::timeout(MAX_WAIT, stream.read_to_string(&mut answer));
        read.await.expect("no answer").unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }
}

#[tokio::test]
async fn who_has_the_token_is_served() {
    let server = Server::start().await;
    let hello = server.post(&initialize(), &[]).await;
    assert_eq!(hello.status, 200, "{}", hello.body);
    assert!(hello.body.contains("\"name\":\"aipass\""), "{}", hello.body);
    let session = hello.head.lines().find_map(|line| line.strip_prefix("mcp-session-id: ")).unwrap().to_owned();
    let session = [("Mcp-Session-Id", session.as_str()), ("MCP-Protocol-Version", "2025-06-18")];
    let ready = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" });
    assert_eq!(server.post(&ready, &session).await.status, 202);
    let list = json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {} });
    let listed = server.post(&list, &session).await;
    assert!(listed.status == 200 && listed.body.contains("oauth2_register_client"), "{}", listed.body);
    // The server's own page is no foreign origin.
    let own = format!("http://{}", server.authority);
    assert_eq!(server.post(&initialize(), &[("Origin", &own)]).await.status, 200);
}

#[tokio::test]
async fn nobody_is_answered_without_the_token() {
    let server = Server::start().await;
    let longer = format!("Bearer {TOKEN}x");
    for given in ["", "Bearer", "Bearer ", "Bearer wrong", &longer, "Basic YTpi", TOKEN] {
        let refused = server.post(&initialize(), &[("Authorization", given)]).await;
        assert_eq!(refused.status, 401, "{given:?}: {}", refused.body);
        assert!(
            refused.head.contains("www-authenticate: bearer") && !refused.body.contains("aipass"),
            "{}",
            refused.head
        );
    }
}

// A page that the user has open may send requests to this machine, and may have its name resolved to it
#[tokio::test]
async fn a_page_in_the_browser_is_refused_even_with_the_token() {
    let server = Server::start().await;
    let port = server.authority.rsplit_once(':').unwrap().1;
    let rebound = format!("evil.example:{port}");
    for host in ["evil.example", &rebound, "127.0.0.1:1"] {
        let refused = server.post(&initialize(), &[("Host", host)]).await;
        assert!(matches!(refused.status, 400 | 403), "{host}: {} {}", refused.status, refused.body);
    }
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost.evil.example"] {
        let refused = server.post(&initialize(), &[("Origin", origin)]).await;
        assert_eq!(refused.status, 403, "{origin}: {}", refused.body);
    }
}

#[tokio::test]
async fn a_message_is_bounded_and_what_is_none_is_refused() {
    let server = Server::start().await;
    let large = json!({ "jsonrpc": "2.0", "id": 0, "method": "initialize", "params": { "a": "x".repeat(1_100_000) } });
    assert_eq!(server.post(&large, &[]).await.status, 413);
    let nothing = server.post(&json!("dance"), &[]).await;
    assert!((400..500).contains(&nothing.status), "{} {}", nothing.status, nothing.body);
}

#[tokio::test]
async fn a_token_that_can_be_guessed_is_refused() {
    let mut command = command(&["mcp", "--http", "0", "--http-token-env", "TOKEN"]);
    command.env("TOKEN", "short");
    finish(command).await.fails_with(2, "16 characters at least");
}
