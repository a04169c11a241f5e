//! A server on loopback.

use aipass::{AiPass, Provider, SignInOptions};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// Answers every call of the model API with the same bytes.
pub struct Server {
    url: String,
    pub response: Arc<Mutex<Body>>,
}

/// A media type and the bytes.
pub type Body = (&'static str, Arc<Vec<u8>>);

impl Server {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let response = Arc::new(Mutex::new(("", Arc::new(Vec::new()))));
        let shared = Arc::clone(&response);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let mut connection = connection.unwrap();
                let response = shared.lock().unwrap().clone();
                // A client that has had enough closes the connection.
                let _ = respond(&mut connection, response.0, &response.1);
            }
        });
        Self { url, response }
    }

    pub async fn signed_in(&self) -> AiPass {
        let provider = Provider::ai_pass_at(&self.url).unwrap();
        let ai = AiPass::builder("bounded", "myapp://auth/callback").provider(provider).build().unwrap();
        let tokens = br#"{"access_token":"a","token_type":"Bearer","expires_in":36000}"#;
        *self.response.lock().unwrap() = ("application/json", Arc::new(tokens.to_vec()));
        let begun = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
        let state = begun.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        ai.complete_sign_in(format!("myapp://auth/callback?code=c&state={state}")).await.unwrap();
        ai
    }
}

fn respond(connection: &mut TcpStream, media_type: &str, body: &[u8]) -> std::io::Result<()> {
    let mut request = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let read = connection.read(&mut piece)?;
        request.extend_from_slice(&piece[..read]);
        let text = String::from_utf8_lossy(&request).to_ascii_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
            if read == 0 || body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                break;
            }
        }
    }
    let length = body.len();
    write!(
        connection,
        "HTTP/1.1 200 OK\r\ncontent-type: {media_type}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    )?;
    connection.write_all(body)
}
