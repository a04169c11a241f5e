//! The token endpoint: code exchange and refresh (RFC 6749 4.1.3, 5 and 6), in the standard's form or AI Pass's JSON.

use super::failure::OAuthFailure;
use super::redirect_uri::RedirectUri;
use super::{Client, request};
use crate::provider::{Provider, TokenEncoding};
use crate::secret::Secret;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{Request, header};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::time::Duration;
use url::form_urlencoded::byte_serialize;

/// A token answer as it was meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tokens {
    pub access_token: Secret,
    /// Missing on refresh means: keep the old one (T4).
    pub refresh_token: Option<Secret>,
    /// The access token's life. `None` means unknown: use it until a 401 (T1).
    pub expires_in: Option<Duration>,
    /// `None` means: as requested (T2).
    pub scopes: Option<Vec<String>>,
}

/// Asks for the first pair.
pub(crate) fn exchange(
    provider: &Provider,
    client: &Client,
    code: &Secret,
    code_verifier: &Secret,
    redirect_uri: &RedirectUri,
) -> http::Result<Request<Bytes>> {
    let fields = [
        ("grant_type", "grantType", "authorization_code"),
        ("code", "code", code.expose()),
        ("code_verifier", "codeVerifier", code_verifier.expose()),
        ("redirect_uri", "redirectUri", redirect_uri.as_str()),
    ];
    token_request(provider, client, &fields)
}

/// Asks for the next pair.
pub(crate) fn refresh(provider: &Provider, client: &Client, refresh_token: &Secret) -> http::Result<Request<Bytes>> {
    let fields =
        [("grant_type", "grantType", "refresh_token"), ("refresh_token", "refreshToken", refresh_token.expose())];
    token_request(provider, client, &fields)
}

/// `fields`: the standard's name, AI Pass's name, the value.
fn token_request(provider: &Provider, client: &Client, fields: &[(&str, &str, &str)]) -> http::Result<Request<Bytes>> {
    let mut named = Vec::with_capacity(fields.len() + 2);
    match provider.token_encoding {
        TokenEncoding::CamelCaseJson => {
            named.extend(fields.iter().map(|(_, name, value)| (*name, *value)));
            named.push(("clientId", &client.id));
            if let Some(secret) = &client.secret {
                named.push(("clientSecret", secret.expose()));
            }
            request::json(&provider.token_endpoint, &named)
        }
        TokenEncoding::Form => {
            named.extend(fields.iter().map(|(name, _, value)| (*name, *value)));
            named.push(("client_id", &client.id));
            let mut request = request::form(&provider.token_endpoint, &named)?;
            if let Some(secret) = &client.secret {
                request.headers_mut().insert(header::AUTHORIZATION, basic(&client.id, secret)?);
            }
            Ok(request)
        }
    }
}

/// RFC 6749 2.3.1: both halves are form-encoded before they are joined.
fn basic(client_id: &str, secret: &Secret) -> http::Result<header::HeaderValue> {
    let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
    let credentials = STANDARD.encode(format!("{}:{}", encoded(client_id), encoded(secret.expose())));
    let mut value = header::HeaderValue::try_from(format!("Basic {credentials}"))?;
    value.set_sensitive(true);
    Ok(value)
}

/// Every member may be missing or of another kind. The lifetime stays text: a number beyond all bounds must not cost the
/// tokens beside it (T1).
#[derive(Deserialize)]
struct TokenAnswer<'a> {
    access_token: Option<Value>,
    refresh_token: Option<Value>,
    token_type: Option<Value>,
    scope: Option<Value>,
    error: Option<Value>,
    #[serde(borrow)]
    expires_in: Option<&'a RawValue>,
}

/// Reads a token answer. `scrub` removes credentials from text that a server sent.
pub(crate) fn read(status: u16, body: &[u8], scrub: impl Fn(&str) -> String) -> Result<Tokens, OAuthFailure> {
    let unreadable = |detail: &str| OAuthFailure::Unreadable { status, detail: detail.to_owned() };
    if !(200..300).contains(&status) {
        return Err(OAuthFailure::read(status, body, scrub));
    }
    let answer: TokenAnswer<'_> =
        serde_json::from_slice(body).map_err(|_| unreadable("the token answer is not a JSON object"))?;
    if answer.error.is_some_and(|error| !error.is_null()) {
        return Err(OAuthFailure::read(status, body, scrub)); // T5
    }
    let access_token = text(&answer.access_token).ok_or_else(|| unreadable("the token answer has no access_token"))?;
    if text(&answer.token_type).is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(unreadable("the token is not a Bearer token")); // T3
    }
    if !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(unreadable("the access token cannot stand in a header"));
    }
    Ok(Tokens {
        access_token: Secret::new(access_token),
        refresh_token: text(&answer.refresh_token).map(Secret::new),
        expires_in: answer.expires_in.and_then(|raw| seconds(raw.get())),
        scopes: answer.scope.as_ref().and_then(scopes),
    })
}

fn text(value: &Option<Value>) -> Option<&str> {
    value.as_ref()?.as_str().filter(|text| !text.is_empty())
}

/// T1: a number, a string or a float; anything else, nothing and less than a second mean "unknown".
fn seconds(json: &str) -> Option<Duration> {
    let seconds: f64 = json.trim_matches('"').trim().parse().ok()?;
    if seconds.is_nan() || seconds < 1.0 {
        return None;
    }
    Some(Duration::from_secs(seconds as u64)) // a float that is too large becomes the largest integer
}

/// T2: a string with spaces, or a list; empty means as requested.
fn scopes(value: &Value) -> Option<Vec<String>> {
    let scopes: Vec<String> = match value {
        Value::String(text) => text.split_whitespace().map(str::to_owned).collect(),
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => return None,
    };
    Some(scopes).filter(|scopes| !scopes.is_empty())
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
