//! Responses of the token endpoint: RFC 6749 §5.1, with a JWT as access token (RFC 9068) and an id_token (OpenID Connect
//! Core §2) where the settings say so.

use std::time::Duration;

use axum::body::Body;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::dialect::AccessTokens;
use crate::lock::lock;
use crate::random;
use crate::sign_in::SignIn;
use crate::sign_in::issuer::issuer;
use crate::sign_in::refresh::access_token_lifetime;
use crate::sign_in::user::USER;
use crate::store::grants::TokenSet;
use crate::store::keys::Signer;
use crate::store::registry::Registered;
use crate::wire::errors::RequestError;
use crate::wire::responses::json_response;
use crate::wire::scopes::{EMAIL, OPENID, PROFILE};

/// How long an id_token may be used.
const ID_TOKEN_LIFETIME: Duration = Duration::from_secs(3600);

#[derive(Serialize)]
struct TokenResponse {
    access_token: String,
    token_type: &'static str,
    expires_in: u64,
    scope: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<String>,
}

/// The response for these tokens. The id_token repeats `nonce`.
pub(super) fn respond(
    sign_in: &SignIn,
    headers: &HeaderMap,
    client: &Registered,
    tokens: TokenSet,
    nonce: Option<String>,
) -> Result<Response<Body>, RequestError> {
    let settings = &sign_in.settings;
    let issuer = issuer(settings.dialect, headers);
    let lifetime = access_token_lifetime(sign_in, client);
    let mut access_token = tokens.access_token.clone();
    if settings.access_tokens == AccessTokens::Jwt {
        let mut claims = claims(sign_in, &issuer, lifetime);
        claims["aud"] = json!(tokens.resource.as_ref().unwrap_or(&issuer));
        claims["client_id"] = json!(client.client().id);
        claims["scope"] = json!(tokens.scopes.join(" "));
        claims["jti"] = json!(random::short("jti_"));
        access_token = sign(sign_in, "at+jwt", &claims)?;
        lock(&sign_in.store.grants).rename_access_token(&tokens.access_token, access_token.clone());
    }
    let has = |scope: &str| tokens.scopes.iter().any(|granted| granted == scope);
    let mut id_token = None;
    if settings.issues_id_tokens() && has(OPENID) {
        let mut claims = claims(sign_in, &issuer, ID_TOKEN_LIFETIME);
        claims["aud"] = json!(client.client().id);
        claims["at_hash"] = json!(half_hash(&access_token));
        if let Some(nonce) = nonce {
            claims["nonce"] = json!(nonce);
        }
        if has(PROFILE) {
            claims["name"] = json!(USER.name);
        }
        if has(EMAIL) {
            claims["email"] = json!(USER.email);
        }
        id_token = Some(sign(sign_in, "JWT", &claims)?);
    }
    let body = TokenResponse {
        access_token,
        token_type: "Bearer",
        expires_in: lifetime.as_secs(),
        scope: tokens.scopes.join(" "),
        refresh_token: tokens.refresh_token,
        id_token,
    };
    Ok(json_response(StatusCode::OK, &body))
}

/// The claims that every JWT has.
fn claims(sign_in: &SignIn, issuer: &str, lifetime: Duration) -> Value {
    let clock = &sign_in.store.clock;
    json!({
        "iss": issuer,
        "sub": USER.sub,
        "iat": clock.now().timestamp(),
        "exp": clock.after(lifetime).timestamp(),
    })
}

fn sign(sign_in: &SignIn, typ: &str, claims: &Value) -> Result<String, RequestError> {
    let failed = |_| RequestError::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "Signing failed.");
    lock(&sign_in.store.keys).sign(Signer::Current, typ, claims).map_err(failed)
}

/// OpenID Connect Core §3.1.3.6: `at_hash`, for algorithms with SHA-256.
fn half_hash(access_token: &str) -> String {
    let digest = Sha256::digest(access_token.as_bytes());
    URL_SAFE_NO_PAD.encode(digest.get(..16).unwrap_or_default())
}
