//! RFC 6750: the access token comes in the `Authorization` header.

use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};

use crate::wire::errors::RequestError;

/// What every access token starts with, so that a leaked one is recognised anywhere.
pub(crate) const ACCESS_TOKEN_PREFIX: &str = "sandbox_at_";
/// What every refresh token starts with.
pub(crate) const REFRESH_TOKEN_PREFIX: &str = "sandbox_rt_";

/// What a live access token allows.
pub(crate) struct Access {
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
}

impl Access {
    /// Checks the scope, and that the request names no other client.
    pub(crate) fn require(&self, scope: &str, headers: &HeaderMap) -> Result<(), RequestError> {
        if !self.scopes.iter().any(|granted| granted == scope) {
            let challenge = format!(r#"Bearer realm="AI Pass", error="insufficient_scope", scope="{scope}""#);
            let text = format!("The access token does not have the scope {scope}.");
            return Err(RequestError::new(StatusCode::FORBIDDEN, "insufficient_scope", text)
                .header(header::WWW_AUTHENTICATE, &challenge));
        }
        if headers.get("x-aipass-oauth-client-id").is_some_and(|sent| sent.as_bytes() != self.client_id.as_bytes()) {
            let text = "X-AIPass-OAuth-Client-Id names another client than the one the access token was issued to.";
            return Err(RequestError::new(StatusCode::FORBIDDEN, "invalid_client", text));
        }
        Ok(())
    }
}

/// The token in the request's one `Authorization: Bearer` header.
pub(crate) fn token(headers: &HeaderMap) -> Result<&str, RequestError> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    // RFC 6750 §3: the response to a request without credentials has no error code, only the challenge.
    let missing = || unauthorized("Send the access token as Authorization: Bearer …", r#"Bearer realm="AI Pass""#);
    let value = values.next().ok_or_else(missing)?;
    let (scheme, token) = value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(missing)?;
    if values.next().is_some() || !scheme.eq_ignore_ascii_case("bearer") {
        return Err(missing());
    }
    Ok(token.trim())
}

/// The error for a token that is not live.
pub(crate) fn invalid_token() -> RequestError {
    let text = "The access token is unknown, expired or revoked.";
    unauthorized(text, r#"Bearer realm="AI Pass", error="invalid_token""#)
}

fn unauthorized(description: &str, challenge: &str) -> RequestError {
    RequestError::new(StatusCode::UNAUTHORIZED, "invalid_token", description)
        .header(header::WWW_AUTHENTICATE, challenge)
}
