//! An OAuth 2.0 server with the standard encoding, of one user: metadata, token, userinfo.

use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub struct OAuthServer {
    pub issuer: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl OAuthServer {
    /// Serves metadata of an issuer with a path, with these members changed.
    pub async fn start(changes: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let issuer = format!("{base}/tenant");
        let mut metadata = json!({
            "issuer": issuer,
            "authorization_endpoint": format!("{base}/authorize"),
            "token_endpoint": format!("{base}/token"),
            "userinfo_endpoint": format!("{base}/userinfo"),
            "response_types_supported": ["code"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "email"],
        });
        metadata.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (metadata, noted) = (metadata.to_string(), Arc::clone(&requests));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(respond(stream, metadata.clone(), Arc::clone(&noted)));
            }
        });
        Self { issuer, requests }
    }

    /// The bodies of the requests to this path.
    pub fn bodies(&self, path: &str) -> Vec<String> {
        let requests = self.requests.lock().unwrap();
        let to_path = requests.iter().filter(|request| request.split(' ').nth(1) == Some(path));
        to_path.map(|request| request.split_once("\r\n\r\n").unwrap().1.to_owned()).collect()
    }
}

async fn respond(mut stream: TcpStream, metadata: String, noted: Arc<Mutex<Vec<String>>>) {
    let Some(request) = read(&mut stream).await else { return };
    let (status, body) = match request.split(' ').nth(1).unwrap_or_default() {
        "/tenant/.well-known/openid-configuration" => (200, metadata),
        "/token" if request.contains("client_id=unknown") => (401, r#"{"error":"invalid_client"}"#.to_owned()),
        "/token" if request.contains("code=the-code") => {
            (200, r#"{"access_token":"at","token_type":"Bearer","expires_in":3600}"#.to_owned())
        }
        "/token" => (400, r#"{"error":"invalid_grant"}"#.to_owned()),
        "/userinfo" => (200, r#"{"sub":"u1","name":"Ann Example"}"#.to_owned()),
        _ => (404, String::new()),
    };
    noted.lock().unwrap().push(request);
    let head = format!(
        "HTTP/1.1 {status} -\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    let _ = stream.write_all((head + &body).as_bytes()).await;
}

/// A request with its whole body.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let mut piece = [0; 4096];
        let length = stream.read(&mut piece).await.ok().filter(|length| *length > 0)?;
        bytes.extend_from_slice(&piece[..length]);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_ascii_lowercase();
        let stated = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
        if body.len() >= stated.unwrap_or(0) {
            return Some(text);
        }
    }
}
