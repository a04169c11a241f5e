//! Forms over a real connection.

use super::super::payload::{Field, FieldValue, FileContent, Payload};
use super::super::progress::TransferProgress;
use super::super::reqwest_transport::ReqwestTransport;
use super::super::transport::Transport;
use crate::config::Config;
use crate::environment::Environment;
use bytes::Bytes;
use http::Request;
use std::io::Write;
use std::sync::Arc;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

fn transport() -> ReqwestTransport {
    ReqwestTransport::new(&Config::default(), None, Environment::system())
}

fn file(content: FileContent) -> Field {
    let value = FieldValue::File { file_name: "a \"b\".wav".to_owned(), media_type: "audio/wav", content };
    Field { name: "file", value }
}

fn form(fields: Vec<Field>, url: &str) -> Request<Payload> {
    Request::post(url).body(Payload::Form(Arc::new(fields))).unwrap()
}

/// Takes one request with a stated length, whole, and answers it.
async fn take_one(listener: TcpListener) -> String {
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    loop {
        let mut buffer = vec![0; 64 * 1024];
        let read = stream.read(&mut buffer).await.unwrap();
        request.extend_from_slice(&buffer[..read]);
        let text = String::from_utf8_lossy(&request).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head
            .to_lowercase()
            .split("content-length: ")
            .nth(1)
            .map(|rest| rest.split("\r\n").next().unwrap().parse::<usize>().unwrap());
        if read == 0 || length.is_some_and(|length| body.len() >= length) {
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.unwrap();
            return text;
        }
    }
}

#[tokio::test]
async fn a_forms_file_is_read_while_it_is_sent_and_counted() {
    let mut stored = tempfile::NamedTempFile::new().unwrap();
    let content = "0123456789abcdef".repeat(20_000);
    stored.write_all(content.as_bytes()).unwrap();
    stored.write_all(b"and it grows").unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = tokio::spawn(take_one(listener));
    let length = content.len() as u64;
    let path = stored.path().to_owned();
    let request = form(vec![Field::text("model", "whisper-1"), file(FileContent::Path { path, length })], &url);
    assert_eq!(request.body().length(), length);
    let progress = Arc::new(TransferProgress::default());
    progress.begin(length);
    let response = transport().send(request, Arc::clone(&progress)).await.unwrap();
    assert_eq!(response.status(), 204);
    let received = server.await.unwrap();
    assert!(received.contains("content-type: multipart/form-data; boundary="), "{}", &received[..500]);
    assert!(received.contains("name=\"model\"\r\n\r\nwhisper-1\r\n"));
    assert!(
        received.contains("filename=\"a %22b%22.wav\"\r\nContent-Type: audio/wav")
            || received.contains("filename=\"a \\\"b\\\".wav\"")
    );
    assert!(received.contains(&content) && !received.contains("and it grows"));
    assert_eq!((progress.count().sent, progress.count().to_send), (length, length));
}

// P1: it may have reached the server
#[tokio::test]
async fn a_file_that_is_gone_or_has_become_shorter_is_an_error_and_no_hang() {
    let mut stored = tempfile::NamedTempFile::new().unwrap();
    stored.write_all(b"short").unwrap();
    let missing = stored.path().with_file_name("aipass-missing-file");
    for (path, length) in [(missing, 5), (stored.path().to_owned(), 500)] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut all = Vec::new();
            let _ = stream.read_to_end(&mut all).await;
        });
        let request = form(vec![file(FileContent::Path { path, length })], &url);
        let failure = transport().send(request, Arc::default()).await.map(drop).unwrap_err();
        assert!(!failure.was_not_sent(), "{failure}");
        server.await.unwrap();
    }
}

#[tokio::test]
async fn a_form_can_be_sent_again() {
    let bytes = FileContent::Bytes(Bytes::from_static(b"RIFF....WAVE"));
    let fields = Arc::new(vec![file(bytes)]);
    for _ in 0..2 {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let server = tokio::spawn(take_one(listener));
        let request = Request::post(&url).body(Payload::Form(Arc::clone(&fields))).unwrap();
        transport().send(request, Arc::default()).await.unwrap();
        assert!(server.await.unwrap().contains("RIFF....WAVE"));
    }
}

// P3: a slow upload is told from one that stands still
#[tokio::test]
async fn large_json_is_counted_as_it_leaves_and_has_its_length() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let server = tokio::spawn(take_one(listener));
    let json = Bytes::from("7".repeat(300_000));
    let progress = Arc::new(TransferProgress::default());
    let request = Request::post(&url).body(Payload::Bytes(json.clone())).unwrap();
    transport().send(request, Arc::clone(&progress)).await.unwrap();
    let received = server.await.unwrap().to_lowercase();
    assert!(received.contains("content-length: 300000") && !received.contains("transfer-encoding"));
    assert_eq!(progress.count().sent, 300_000);
}
