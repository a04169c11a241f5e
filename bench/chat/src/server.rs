//! The provider and its model API, as little as there must be: HTTP/1.1 on loopback.
//!
//! `POST /token` exchanges a code for a token that has expired, and a refresh token for one that has not. `POST
//! /v1/chat/completions/…` answers a chat: the model's name says how.

use std::net::Ipv4Addr;
use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

static REFRESHES: AtomicUsize = AtomicUsize::new(0);

/// The text of an event: each is as long, and another one.
pub fn piece(number: usize) -> String {
    format!("A word {number:06} ")
}

/// The server's process, which ends with this value.
pub struct Server {
    _process: tokio::process::Child,
    pub base: String,
}

impl Server {
    pub async fn start() -> Self {
        let program = std::env::current_exe().expect("this program has a path");
        let mut process = tokio::process::Command::new(program)
            .arg("serve")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output is a pipe");
        BufReader::new(output).read_line(&mut line).await.expect("it prints its port");
        Self { _process: process, base: format!("http://127.0.0.1:{}", line.trim()) }
    }
}

pub async fn serve() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a port is free");
    println!("{}", listener.local_addr().expect("it has an address").port());
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(async move {
            // The client may go at any moment.
            _ = answer_all(BufReader::new(stream)).await;
        });
    }
}

async fn answer_all(mut stream: BufReader<TcpStream>) -> std::io::Result<()> {
    stream.get_ref().set_nodelay(true)?;
    loop {
        let mut head = String::new();
        while stream.read_line(&mut head).await? > 2 {}
        if head.is_empty() {
            return Ok(());
        }
        let body = body(&mut stream, &head).await?;
        if head.starts_with("POST /token ") {
            tokens(&mut stream, &body).await?;
        } else if head.starts_with("GET /refreshes ") {
            json(&mut stream, &REFRESHES.swap(0, Ordering::SeqCst).to_string()).await?;
        } else {
            chat(&mut stream, &body).await?;
        }
    }
}

async fn body(stream: &mut BufReader<TcpStream>, head: &str) -> std::io::Result<Vec<u8>> {
    let head = head.to_ascii_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    let mut body = Vec::new();
    if let Some(length) = length {
        body.resize(length.trim().parse().unwrap_or_default(), 0);
        stream.read_exact(&mut body).await?;
    } else if head.contains("transfer-encoding: chunked") {
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).await?;
            let size = usize::from_str_radix(line.trim(), 16).unwrap_or_default();
            let start = body.len();
            body.resize(start + size + 2, 0);
            stream.read_exact(&mut body[start..]).await?;
            body.truncate(start + size);
            if size == 0 {
                break;
            }
        }
    }
    Ok(body)
}

async fn tokens(stream: &mut BufReader<TcpStream>, body: &[u8]) -> std::io::Result<()> {
    let is_refresh = String::from_utf8_lossy(body).contains("grant_type=refresh_token");
    let lifetime = if is_refresh {
        REFRESHES.fetch_add(1, Ordering::SeqCst);
        // The callers come while it is under way.
        tokio::time::sleep(Duration::from_millis(100)).await;
        3600
    } else {
        1
    };
    let answer = format!(
        r#"{{"access_token":"access-token","refresh_token":"refresh-token","token_type":"Bearer","expires_in":{lifetime}}}"#
    );
    json(stream, &answer).await
}

/// `events-N` streams N events, `ids-N` N events that have an id each, `slow` answers after a second, any other name at once.
async fn chat(stream: &mut BufReader<TcpStream>, body: &[u8]) -> std::io::Result<()> {
    let request: serde_json::Value = serde_json::from_slice(body).unwrap_or_default();
    let model = request["model"].as_str().unwrap_or_default();
    for (name, has_ids) in [("events-", false), ("ids-", true)] {
        if let Some(events) = model.strip_prefix(name) {
            return events_of(stream, events.parse().unwrap_or_default(), has_ids).await;
        }
    }
    if model == "slow" {
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    json(
        stream,
        r#"{"id":"chatcmpl-1","object":"chat.completion","created":1700000000,"model":"a-model","choices":[{"index":0,"message":{"role":"assistant","content":"A short answer."},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":4,"total_tokens":13}}"#,
    )
    .await
}

async fn events_of(stream: &mut BufReader<TcpStream>, count: usize, has_ids: bool) -> std::io::Result<()> {
    stream
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        .await?;
    let event = |id: usize, delta: &str, end: &str| {
        format!(
            r#"data: {{"id":"chatcmpl-{id}","object":"chat.completion.chunk","created":1700000000,"model":"a-model","choices":[{{"index":0,"delta":{delta},"finish_reason":{end}}}]}}"#
        ) + "\n\n"
    };
    // About as many at a time as fit into the socket's buffer.
    for first in (0..count).step_by(256) {
        let events = first..count.min(first + 256);
        let text = |number| format!(r#"{{"content":"{}"}}"#, piece(number));
        let id = |number| if has_ids { number } else { 1 };
        let bytes: String = events.map(|number| event(id(number), &text(number), "null")).collect();
        chunk(stream, bytes.as_bytes()).await?;
    }
    chunk(stream, event(1, "{}", r#""stop""#).as_bytes()).await?;
    chunk(stream, b"data: [DONE]\n\n").await?;
    stream.write_all(b"0\r\n\r\n").await
}

async fn chunk(stream: &mut BufReader<TcpStream>, bytes: &[u8]) -> std::io::Result<()> {
    stream.write_all(format!("{:x}\r\n", bytes.len()).as_bytes()).await?;
    stream.write_all(bytes).await?;
    stream.write_all(b"\r\n").await
}

async fn json(stream: &mut BufReader<TcpStream>, body: &str) -> std::io::Result<()> {
    let length = body.len();
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(answer.as_bytes()).await
}
