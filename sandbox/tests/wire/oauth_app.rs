//! An app that signs in at a provider of another dialect by hand, so that a test can get any step wrong.

use aipass_sandbox::{Builder, Dialect, Sandbox, user_agent};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::{Client, Response};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::app::{CLIENT_ID, REDIRECT_URI, VERIFIER, parameter, read};

pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

pub struct OAuthApp {
    pub sandbox: Sandbox,
    pub http: Client,
    pub metadata: Value,
    scope: &'static str,
}

pub type Pairs<'a> = &'a [(&'a str, &'a str)];

impl OAuthApp {
    /// At any OAuth 2.0 provider.
    pub async fn start() -> Self {
        Self::with(Sandbox::builder()).await
    }

    pub async fn with(builder: Builder) -> Self {
        Self::at(builder.dialect(Dialect::OAuth), "openid profile email api:access").await
    }

    /// At Phaseo.
    pub async fn phaseo(builder: Builder) -> Self {
        Self::at(builder.dialect(Dialect::Phaseo), "openid email profile gateway:access").await
    }

    async fn at(builder: Builder, scope: &'static str) -> Self {
        let (sandbox, http) = (builder.start().await.unwrap(), user_agent::browser().unwrap());
        let metadata = read(http.get(sandbox.metadata_url()).send().await.unwrap()).await.1;
        Self { sandbox, http, metadata, scope }
    }

    pub fn url(&self, path: &str) -> Url {
        self.sandbox.base_url().join(path).unwrap()
    }

    /// An endpoint, as the metadata names it.
    pub fn endpoint(&self, name: &str) -> Url {
        let url = self.metadata[name].as_str().unwrap_or_else(|| panic!("no {name} in {}", self.metadata));
        Url::parse(url).unwrap()
    }

    /// The standard authorization request, with some parameters replaced, or left out where the value is empty.
    pub fn request(&self, changes: Pairs<'_>) -> Vec<(String, String)> {
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
        let mut parameters = vec![
            ("client_id", CLIENT_ID),
            ("response_type", "code"),
            ("redirect_uri", REDIRECT_URI),
            ("scope", self.scope),
            ("state", "xyz"),
            ("nonce", NONCE),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in changes {
            parameters.retain(|(known, _)| known != name);
            parameters.push((name, value));
        }
        parameters.retain(|(_, value)| !value.is_empty());
        parameters.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    pub fn authorization_url(&self, changes: Pairs<'_>) -> Url {
        let mut url = self.endpoint("authorization_endpoint");
        url.query_pairs_mut().extend_pairs(self.request(changes));
        url
    }

    pub async fn callback(&self, changes: Pairs<'_>) -> Url {
        user_agent::consent(&self.authorization_url(changes)).await.unwrap()
    }

    pub async fn code(&self, changes: Pairs<'_>) -> String {
        parameter(&self.callback(changes).await, "code").unwrap()
    }

    pub async fn post(&self, url: Url, form: Pairs<'_>) -> Response {
        self.post_as(url, form, None).await
    }

    /// A form, with client authentication in the header.
    pub async fn post_as(&self, url: Url, form: Pairs<'_>, basic: Option<(&str, &str)>) -> Response {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = self.http.post(url).header("content-type", "application/x-www-form-urlencoded").body(body);
        let request = match basic {
            Some((id, secret)) => request.basic_auth(id, Some(secret)),
            None => request,
        };
        request.send().await.unwrap()
    }

    pub async fn token(&self, form: Pairs<'_>) -> Response {
        self.post(self.endpoint("token_endpoint"), form).await
    }

    pub async fn exchange(&self, code: &str) -> Response {
        self.token(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
            ("client_id", CLIENT_ID),
        ])
        .await
    }

    pub async fn refresh(&self, refresh_token: &str) -> Response {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", refresh_token), ("client_id", CLIENT_ID)]).await
    }

    /// The token response of a sign-in.
    pub async fn sign_in(&self) -> Value {
        let (status, tokens) = read(self.exchange(&self.code(&[]).await).await).await;
        assert_eq!(status, 200, "{tokens}");
        tokens
    }

    pub async fn get(&self, url: Url, access_token: &str) -> Response {
        self.http.get(url).bearer_auth(access_token).send().await.unwrap()
    }

    pub async fn userinfo(&self, access_token: &str) -> (u16, Value) {
        read(self.get(self.endpoint("userinfo_endpoint"), access_token).await).await
    }

    pub async fn keys(&self) -> Vec<Value> {
        let response = self.http.get(self.endpoint("jwks_uri")).send().await.unwrap();
        read(response).await.1["keys"].as_array().unwrap().clone()
    }

    /// The claims of a JWT whose signature one of the published keys verifies.
    pub async fn verified(&self, jwt: &str) -> Option<Value> {
        let (signed, signature) = jwt.rsplit_once('.').unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let id = json_part(jwt, 0)["kid"].clone();
        let key = self.keys().await.into_iter().find(|key| key["kid"] == id)?;
        let coordinate = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str().unwrap()).unwrap();
        let public = [vec![4], coordinate("x"), coordinate("y")].concat();
        let verified = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, public).verify(signed.as_bytes(), &signature);
        verified.ok().map(|()| json_part(jwt, 1))
    }
}

/// The header (0) or the claims (1) of a JWT.
pub fn json_part(jwt: &str, part: usize) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwt.split('.').nth(part).unwrap()).unwrap()).unwrap()
}

pub fn text<'a>(json: &'a Value, name: &str) -> &'a str {
    json[name].as_str().unwrap_or_else(|| panic!("no {name} in {json}"))
}
