//! An app that signs in by hand, so that a test can get any step wrong.

use aipass_sandbox::{Builder, Sandbox, user_agent};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

pub const CLIENT_ID: &str = "client_123";
pub const REDIRECT_URI: &str = "myapp://auth/callback";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const MODEL: &str = "gemini/gemini-2.5-flash-lite";

pub struct App {
    pub sandbox: Sandbox,
    pub http: Client,
}

#[derive(Clone, Debug)]
pub struct Tokens {
    pub access: String,
    pub refresh: String,
}

impl App {
    pub async fn start() -> Self {
        Self::with(Sandbox::builder()).await
    }

    pub async fn with(builder: Builder) -> Self {
        Self { sandbox: builder.start().await.unwrap(), http: user_agent::browser().unwrap() }
    }

    pub fn url(&self, path: &str) -> Url {
        self.sandbox.base_url().join(path).unwrap()
    }

    /// The authorization URL, with some parameters replaced, or left out where the value is empty.
    pub fn authorization_url(&self, changes: &[(&str, &str)]) -> Url {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut parameters = vec![
            ("client_id", CLIENT_ID),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT_URI),
            ("scope", "api:access profile:read"),
            ("state", "a state & more"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in changes {
            parameters.retain(|(known, _)| known != name);
            parameters.push((name, value));
        }
        let mut url = self.url("/oauth2/authorize");
        url.query_pairs_mut().extend_pairs(parameters.iter().filter(|(_, value)| !value.is_empty()));
        url
    }

    /// A fresh code for the standard request.
    pub async fn code(&self) -> String {
        self.code_for(&[]).await
    }

    pub async fn code_for(&self, changes: &[(&str, &str)]) -> String {
        let callback = user_agent::consent(&self.authorization_url(changes)).await.unwrap();
        parameter(&callback, "code").unwrap()
    }

    pub async fn token(&self, body: &Value) -> Response {
        let request = self.http.post(self.url("/oauth2/token")).header("content-type", "application/json");
        request.body(body.to_string()).send().await.unwrap()
    }

    pub async fn refresh(&self, refresh_token: &str) -> Response {
        self.token(&json!({ "grantType": "refresh_token", "refreshToken": refresh_token, "clientId": CLIENT_ID })).await
    }

    pub async fn sign_in(&self) -> Tokens {
        self.sign_in_for("api:access profile:read").await
    }

    pub async fn sign_in_for(&self, scope: &str) -> Tokens {
        let code = self.code_for(&[("scope", scope)]).await;
        tokens(&read(self.token(&exchange(&code)).await).await.1)
    }

    pub fn get(&self, path: &str, access_token: &str) -> RequestBuilder {
        self.http.get(self.url(path)).bearer_auth(access_token)
    }

    pub async fn userinfo_status(&self, access_token: &str) -> u16 {
        self.get("/oauth2/userinfo", access_token).send().await.unwrap().status().as_u16()
    }

    pub async fn chat(&self, access_token: &str, body: &Value) -> Response {
        self.call("/chat/completions", access_token, body).await
    }

    /// A JSON request to the model API.
    pub async fn call(&self, path: &str, access_token: &str, body: &Value) -> Response {
        self.send(path, access_token, "application/json", body.to_string().into_bytes()).await
    }

    /// A form to the model API.
    pub async fn call_form(&self, path: &str, access_token: &str, parts: &[Part<'_>]) -> Response {
        self.send(path, access_token, "multipart/form-data; boundary=wall", form(parts)).await
    }

    pub async fn send(&self, path: &str, access_token: &str, media_type: &str, body: Vec<u8>) -> Response {
        let request = self.http.post(self.url(&format!("/oauth2/v1{path}"))).bearer_auth(access_token);
        request.header("content-type", media_type).body(body).send().await.unwrap()
    }
}

/// A part of a form: its name, and its content.
pub type Part<'a> = (&'a str, Content<'a>);

#[derive(Clone, Copy)]
pub enum Content<'a> {
    Text(&'a str),
    File(&'a [u8]),
}

/// `multipart/form-data` with the boundary `wall`.
pub fn form(parts: &[Part<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, content) in parts {
        let (file_name, bytes) = match content {
            Content::Text(text) => ("", text.as_bytes()),
            Content::File(bytes) => ("; filename=\"file\"", *bytes),
        };
        let head = format!("--wall\r\nContent-Disposition: form-data; name=\"{name}\"{file_name}\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--wall--\r\n");
    body
}

/// The standard exchange of a code.
pub fn exchange(code: &str) -> Value {
    json!({
        "grantType": "authorization_code",
        "code": code,
        "codeVerifier": VERIFIER,
        "clientId": CLIENT_ID,
        "redirectUri": REDIRECT_URI,
    })
}

/// The same request with one member replaced.
pub fn with(mut body: Value, name: &str, value: &str) -> Value {
    body[name] = json!(value);
    body
}

pub fn ask(text: &str) -> Value {
    json!({ "model": MODEL, "messages": [{ "role": "user", "content": text }] })
}

pub fn parameter(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

pub fn tokens(body: &Value) -> Tokens {
    let text = |name: &str| body[name].as_str().unwrap_or_else(|| panic!("no {name} in {body}")).to_owned();
    Tokens { access: text("access_token"), refresh: text("refresh_token") }
}

/// Status and JSON body.
pub async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    (status, serde_json::from_slice(&response.bytes().await.unwrap()).unwrap())
}

/// Status and OAuth error code.
pub async fn oauth_error(response: Response) -> (u16, String) {
    let (status, body) = read(response).await;
    (status, body["error"].as_str().unwrap().to_owned())
}
