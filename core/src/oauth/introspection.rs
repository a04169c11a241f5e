//! Asks the provider for a token's state ([RFC 7662](https://www.rfc-editor.org/rfc/rfc7662)).

use super::failure::{EndpointResponse, OAuthFailure};
use super::revocation::TokenKind;
use super::{Client, client_authentication, numeric_date, token};
use crate::json::{self, Object};
use crate::provider::Provider;
use crate::secret::Secret;
use bytes::Bytes;
use http::Request;
use std::time::SystemTime;
use url::Url;

/// What the provider says of a token (RFC 7662 2.2). Of a token that is not active it says no more than that.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TokenState {
    /// Whether the token can be used now. `false` also for a token that the provider does not know.
    pub active: bool,
    /// The token's scopes (`scope`).
    pub scopes: Vec<String>,
    /// The client that the token was issued to.
    pub client_id: Option<String>,
    /// A name of the user, to show to people.
    pub username: Option<String>,
    /// How the token is used, such as `Bearer`.
    pub token_type: Option<String>,
    /// When the token expires (`exp`).
    pub expires_at: Option<SystemTime>,
    /// When the token was issued (`iat`).
    pub issued_at: Option<SystemTime>,
    /// When the token can be used first (`nbf`).
    pub not_before: Option<SystemTime>,
    /// The user, or whoever the token is about (`sub`).
    pub subject: Option<String>,
    /// For whom the token is (`aud`).
    pub audience: Vec<String>,
    /// Who issued the token (`iss`).
    pub issuer: Option<String>,
    /// The token's own id (`jti`).
    pub jwt_id: Option<String>,
    /// All members, as the JSON object that the provider sent. If one appears twice, the last one counts.
    pub claims_json: String,
}

/// The request ([RFC 7662 2.1](https://www.rfc-editor.org/rfc/rfc7662#section-2.1)).
pub(crate) fn request(
    endpoint: &Url,
    provider: &Provider,
    client: &Client,
    token: &Secret,
    kind: Option<TokenKind>,
) -> http::Result<Request<Bytes>> {
    let mut fields = vec![("token", token.expose())];
    fields.extend(kind.map(|kind| ("token_type_hint", kind.hint())));
    client_authentication::form(endpoint, provider, client, &fields)
}

/// Reads a response ([RFC 7662 2.2](https://www.rfc-editor.org/rfc/rfc7662#section-2.2)). A signed one ([RFC 9701](https://www.rfc-editor.org/rfc/rfc9701)) is not read.
///
/// # Errors
/// [`OAuthFailure`] if it does not say whether the token is active.
pub(crate) fn read(response: &EndpointResponse<'_>) -> Result<TokenState, OAuthFailure> {
    let is_success = (200..300).contains(&response.status);
    if is_success && is_jwt(response.body) {
        let detail = "the response is a JWT (RFC 9701), which is not read: the provider must answer in JSON".to_owned();
        return Err(OAuthFailure::Unreadable { status: response.status, detail });
    }
    let text = json::json_text(response.body);
    let state = if is_success { Object::at_start(&text).and_then(|object| state(&object)) } else { None };
    state.ok_or_else(|| OAuthFailure::read(response, "the response does not say whether the token is active"))
}

fn state(object: &Object<'_>) -> Option<TokenState> {
    let word = |name| json::shown_text(object.get(name)?);
    let moment = |name| numeric_date::read(object.get(name)?);
    let active = match object.get("active")?.get().trim_matches('"') {
        active if active.eq_ignore_ascii_case("true") => true,
        active if active.eq_ignore_ascii_case("false") => false,
        _ => return None,
    };
    let audience = object.get("aud").map(|audience| match json::shown_text(audience) {
        Some(only) => vec![only],
        None => json::items(audience).into_iter().filter_map(json::shown_text).collect(),
    });
    Some(TokenState {
        active,
        scopes: object.get("scope").and_then(token::scopes).unwrap_or_default(),
        client_id: word("client_id"),
        username: word("username"),
        token_type: word("token_type"),
        expires_at: moment("exp"),
        issued_at: moment("iat"),
        not_before: moment("nbf"),
        subject: word("sub"),
        audience: audience.unwrap_or_default(),
        issuer: word("iss"),
        jwt_id: word("jti"),
        claims_json: object.to_json(),
    })
}

/// Whether the body is three parts of base64url with dots between them.
fn is_jwt(body: &[u8]) -> bool {
    let body = body.trim_ascii();
    let is_part = |part: &[u8]| part.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    body.starts_with(b"ey")
        && body.split(|byte| *byte == b'.').count() == 3
        && body.split(|byte| *byte == b'.').all(is_part)
}

#[cfg(test)]
#[path = "introspection_tests.rs"]
mod tests;
