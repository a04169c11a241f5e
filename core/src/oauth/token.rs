//! The token endpoint, in the standard's form or AI Pass's JSON: code exchange ([RFC 6749 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3), [RFC 7636 4.5](https://www.rfc-editor.org/rfc/rfc7636#section-4.5)), token
//! response ([RFC 6749 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1)), refresh ([RFC 6749 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)).
//!
//! # The invariant (T7)
//! A 2xx response that carries an `access_token` grants a token set. The provider may have ended the one before it, and sends
//! this one once. So [`read`] returns it whatever else is odd about the response, with the oddity beside it as
//! [`TokenResponse::defect`]; an `Err` means that no token set was granted. The caller stores a token set or revokes it, and
//! never drops it:
//!
//! | flow    | no defect | defect                                                             |
//! |---------|-----------|--------------------------------------------------------------------|
//! | sign-in | store     | revoke; the error is the defect                                    |
//! | refresh | store     | store, because the old set may be spent; the error is the defect   |
//!
//! A token set that cannot be used (unknown `token_type`, a token that cannot stand in a header) counts as expired at once: the
//! next call refreshes it.
//!
//! How a token set is recognised: `access_token` (or `accessToken`) is text or a number, at the top of the JSON or in the
//! object nearest to it, such as an envelope's `data`. Its other members are looked up beside it, then in the objects around it.
//! A member that stands twice is its last. An `error` that says nothing (`""`, `false`, `{}`, `{"message":"","code":null}`) is none.

use super::failure::{EndpointResponse, OAuthFailure};
use super::redirect_uri::RedirectUri;
use super::{Client, request};
use crate::json::{self, Object};
use crate::provider::{Provider, TokenEncoding};
use crate::secret::{self, Secret};
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{Request, header};
use serde_json::Value;
use serde_json::value::RawValue;
use std::time::Duration;
use url::form_urlencoded::byte_serialize;
use zeroize::Zeroizing;

/// A response that grants a token set. The caller stores it or revokes it (T7).
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TokenResponse {
    pub tokens: Tokens,
    /// What is wrong with the token set, or with the response around it.
    pub defect: Option<OAuthFailure>,
}

/// A token set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tokens {
    pub access_token: Secret,
    /// Missing on refresh means: keep the old one (T4).
    pub refresh_token: Option<Secret>,
    /// The access token's life. `None` means unknown: use it until a 401 (T1). Zero means that it cannot be used.
    pub expires_in: Option<Duration>,
    /// `None` means: as requested (T2).
    pub scopes: Option<Vec<String>>,
}

/// The request for the first token set ([RFC 6749 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3), [RFC 7636 4.5](https://www.rfc-editor.org/rfc/rfc7636#section-4.5)).
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

/// The request for the next token set ([RFC 6749 6](https://www.rfc-editor.org/rfc/rfc6749#section-6)).
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

/// HTTP Basic of a confidential client ([RFC 6749 2.3.1](https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1)): both halves are form-encoded before they are joined.
fn basic(client_id: &str, client_secret: &Secret) -> http::Result<header::HeaderValue> {
    let mut joined = Zeroizing::new(String::with_capacity(3 * (client_id.len() + client_secret.expose().len()) + 1));
    joined.extend(byte_serialize(client_id.as_bytes()));
    joined.push(':');
    joined.extend(byte_serialize(client_secret.expose().as_bytes()));
    secret::authorization("Basic", &Zeroizing::new(STANDARD.encode(&*joined)))
}

/// Reads a response of the token endpoint ([RFC 6749 5](https://www.rfc-editor.org/rfc/rfc6749#section-5)).
///
/// # Errors
/// [`OAuthFailure`] if it grants no token set.
pub(crate) fn read(response: &EndpointResponse<'_>) -> Result<TokenResponse, OAuthFailure> {
    if !(200..300).contains(&response.status) {
        return Err(OAuthFailure::read(response, "the token endpoint redirects"));
    }
    let text = json::json_text(response.body);
    let objects = json::find(&text, |object| access_token(object).is_some());
    let Some(mut access_token) = objects.first().and_then(access_token) else {
        let expected = match Object::at_start(&text) {
            Some(_) => "the token response has no access_token",
            None => "the token response is not a JSON object",
        };
        return Err(OAuthFailure::read(response, expected)); // T5
    };
    let members = Members(objects);
    let mut tokens = Tokens {
        access_token: Secret::new(std::mem::take(&mut *access_token)),
        refresh_token: members.text(["refresh_token", "refreshToken"]).map(Secret::new),
        expires_in: members.get(["expires_in", "expiresIn"]).and_then(|raw| seconds(raw.get())),
        scopes: members.get(["scope", "scopes"]).and_then(scopes),
    };
    let unusable = members.unusable(response.status);
    if unusable.is_some() {
        tokens.expires_in = Some(Duration::ZERO);
    }
    let defect = unusable.or_else(|| {
        let with_error = members.0.iter().find(|object| object.get("error").is_some_and(json::says_failure))?;
        let granted: Vec<_> = [&tokens.access_token].into_iter().chain(&tokens.refresh_token).collect();
        Some(OAuthFailure::beside_tokens(response, with_error, &granted))
    });
    Ok(TokenResponse { tokens, defect })
}

fn access_token(object: &Object<'_>) -> Option<Zeroizing<String>> {
    ["access_token", "accessToken"].into_iter().find_map(|name| word(object.get(name)?))
}

/// Text that says something.
fn word(value: &RawValue) -> Option<Zeroizing<String>> {
    json::text(value).map(Zeroizing::new).filter(|_| json::says_something(value))
}

/// The object with the access token, and the objects around it.
struct Members<'a>(Vec<Object<'a>>);

impl<'a> Members<'a> {
    /// The member of one of these names that says something.
    fn get(&self, names: [&str; 2]) -> Option<&'a RawValue> {
        let all = self.0.iter().flat_map(|object| names.into_iter().filter_map(|name| object.get(name)));
        all.into_iter().find(|value| json::says_something(value))
    }

    fn text(&self, names: [&str; 2]) -> Option<String> {
        json::text(self.get(names)?)
    }

    /// Why the access token cannot be used, if so (T3).
    fn unusable(&self, status: u16) -> Option<OAuthFailure> {
        let unreadable = |detail: &str| Some(OAuthFailure::Unreadable { status, detail: detail.to_owned() });
        let token_type = self.text(["token_type", "tokenType"]);
        if token_type.is_some_and(|kind| !kind.trim().eq_ignore_ascii_case("bearer")) {
            return unreadable("the token is not a Bearer token");
        }
        let access_token = self.0.first().and_then(access_token).unwrap_or_default();
        if !access_token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return unreadable("the access token cannot stand in a header");
        }
        None
    }
}

/// `expires_in` (T1): a number, a string or a float of any size. Anything else, a missing one, and less than a second mean "unknown".
fn seconds(json: &str) -> Option<Duration> {
    let seconds: f64 = json.trim_matches(['"', '[', ']', ' ']).parse().ok()?;
    if seconds.is_nan() || seconds < 1.0 {
        return None;
    }
    Some(Duration::from_secs(seconds as u64)) // a float that is too large becomes the largest integer
}

/// `scope` (T2, [RFC 6749 3.3](https://www.rfc-editor.org/rfc/rfc6749#section-3.3)): a string with spaces or commas, or a list. Empty means as requested.
fn scopes(value: &RawValue) -> Option<Vec<String>> {
    let texts: Vec<String> = match serde_json::from_str(value.get()).ok()? {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => return None,
    };
    let split = |text: &String| {
        let by_comma = !text.trim().contains(char::is_whitespace);
        let parts = text.split(move |c: char| c.is_whitespace() || (by_comma && c == ','));
        parts.filter(|scope| !scope.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    let scopes: Vec<String> = texts.iter().flat_map(split).collect();
    Some(scopes).filter(|scopes| !scopes.is_empty())
}

#[cfg(test)]
#[path = "token_tests.rs"]
mod tests;
