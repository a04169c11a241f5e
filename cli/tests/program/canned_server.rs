//! An OAuth 2.0 server on loopback, as small as the tests need: it answers, and remembers what it was asked.

use serde_json::{Value, json};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub path: String,
    /// The request's line and headers.
    pub head: String,
    pub body: String,
}

impl Asked {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub fn bearer(&self) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix("authorization: Bearer "))
    }
}

#[derive(Clone)]
pub struct CannedServer {
    pub origin: String,
    asked: Arc<Mutex<Vec<Asked>>>,
    registered: Arc<Mutex<Value>>,
    issued: Arc<AtomicUsize>,
}

impl CannedServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let server =
            Self { origin, asked: Arc::default(), registered: Arc::default(), issued: Arc::new(AtomicUsize::new(1)) };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(serving.clone().serve(client));
            }
        });
        server
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// All requests so far, as method and path.
    pub fn requests(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|asked| format!("{} {}", asked.method, asked.path)).collect()
    }

    /// The newest request with this path.
    pub fn last(&self, path: &str) -> Asked {
        self.asked.lock().unwrap().iter().rfind(|asked| asked.path == path).cloned().unwrap()
    }

    async fn serve(self, mut client: TcpStream) {
        let mut request = String::new();
        let mut buffer = [0; 4096];
        let asked = loop {
            let read = client.read(&mut buffer).await.unwrap_or(0);
            request.push_str(&String::from_utf8_lossy(&buffer[..read]));
            if let Some((head, body)) = request.split_once("\r\n\r\n") {
                let length =
                    head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
                if body.len() >= length {
                    let mut words = head.split(' ').map(str::to_owned);
                    let (method, path) = (words.next().unwrap(), words.next().unwrap());
                    break Asked { method, path, head: head.to_owned(), body: body.to_owned() };
                }
            }
            if read == 0 {
                return;
            }
        };
        self.asked.lock().unwrap().push(asked.clone());
        let (status, body) = self.answer(&asked);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let answer = format!(
            "HTTP/1.1 {status} Whatever\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let _ = client.write_all(answer.as_bytes()).await;
    }

    fn answer(&self, asked: &Asked) -> (u16, Value) {
        let current = || format!("registration-secret-{}", self.issued.load(Ordering::SeqCst));
        match (asked.method.as_str(), asked.path.as_str()) {
            ("POST", "/register") => {
                let mut client = asked.json();
                if client["redirect_uris"].to_string().contains("refused://") {
                    return (400, json!({ "error": "invalid_redirect_uri", "error_description": "not this scheme" }));
                }
                client["client_id"] = "c1".into();
                if client["token_endpoint_auth_method"] != "none" {
                    client["client_secret"] = "client-secret-1".into();
                    client["client_secret_expires_at"] = 0.into();
                }
                *self.registered.lock().unwrap() = client;
                (201, self.registration(&current()))
            }
            (_, "/register/c1") if asked.bearer() != Some(&current()) => (401, json!({ "error": "invalid_token" })),
            ("GET", "/register/c1") => {
                self.issued.fetch_add(1, Ordering::SeqCst); // each reading gives a new token
                (200, self.registration(&current()))
            }
            ("PUT", "/register/c1") => {
                *self.registered.lock().unwrap() = asked.json();
                (200, self.registration(&current()))
            }
            ("DELETE", "/register/c1") => (204, Value::Null),
            ("POST", "/v1/oauth-clients") if asked.bearer() == Some("phaseo-key") => {
                (201, json!({ "client_id": "ph1", "client_secret": "client-secret-2", "name": "Notes" }))
            }
            ("POST", "/token") if asked.body.contains("wrong-code") => (400, json!({ "error": "invalid_grant" })),
            ("POST", "/token") => {
                let number = self.issued.fetch_add(1, Ordering::SeqCst);
                let tokens = json!({
                    "access_token": format!("access-secret-{number}"), "refresh_token": format!("refresh-secret-{number}"),
                    "token_type": "Bearer", "expires_in": 3600, "scope": "openid",
                });
                (200, tokens)
            }
            ("POST", "/introspect") => {
                let active = asked.body.contains("token=access-secret") || asked.body.contains("token=given-secret");
                let state = json!({ "active": true, "sub": "u1", "scope": "openid email", "client_id": "c1", "exp": 4_000_000_000_u64 });
                (200, if active { state } else { json!({ "active": false }) })
            }
            ("POST", "/revoke") if asked.body.contains("unrevocable") => (503, Value::Null),
            ("POST", "/revoke") => (200, Value::Null),
            _ => (404, json!({ "error": "not_found" })),
        }
    }

    fn registration(&self, token: &str) -> Value {
        let mut client = self.registered.lock().unwrap().clone();
        client["registration_access_token"] = token.into();
        client["registration_client_uri"] = self.url("/register/c1").into();
        client
    }
}
