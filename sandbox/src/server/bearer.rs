//! RFC 6750: the access token comes in the `Authorization` header.

use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};

use crate::server::refusal::Refusal;
use crate::sign_in::grants::Access;
use crate::state::{Shared, lock};

/// Checks that the request carries a live access token with `scope`; what the token stands for.
pub(crate) fn authorize(shared: &Shared, headers: &HeaderMap, scope: &str) -> Result<Access, Refusal> {
    let access = access(shared, headers)?;
    if !access.scopes.iter().any(|granted| granted == scope) {
        let challenge = format!(r#"Bearer realm="AI Pass", error="insufficient_scope", scope="{scope}""#);
        let text = format!("The access token does not have the scope {scope}.");
        return Err(Refusal::new(StatusCode::FORBIDDEN, "insufficient_scope", text)
            .header(header::WWW_AUTHENTICATE, &challenge));
    }
    if headers.get("x-aipass-oauth-client-id").is_some_and(|sent| sent.as_bytes() != access.client_id.as_bytes()) {
        let text = "X-AIPass-OAuth-Client-Id names another client than the one the access token was issued to.";
        return Err(Refusal::new(StatusCode::FORBIDDEN, "invalid_client", text));
    }
    Ok(access)
}

/// What the request's access token stands for, whatever its scopes.
pub(crate) fn access(shared: &Shared, headers: &HeaderMap) -> Result<Access, Refusal> {
    let token = token(headers)?;
    let invalid = || {
        let text = "The access token is unknown, expired or revoked.";
        unauthorized(text, r#"Bearer realm="AI Pass", error="invalid_token""#)
    };
    lock(&shared.grants).access(token, shared.clock.now()).ok_or_else(invalid)
}

/// The token in the request's one `Authorization: Bearer` header.
fn token(headers: &HeaderMap) -> Result<&str, Refusal> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    // RFC 6750 §3: a request without credentials is told how to send them, not what is wrong with them.
    let missing = || unauthorized("Send the access token as Authorization: Bearer …", r#"Bearer realm="AI Pass""#);
    let value = values.next().ok_or_else(missing)?;
    let (scheme, token) = value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(missing)?;
    if values.next().is_some() || !scheme.eq_ignore_ascii_case("bearer") {
        return Err(missing());
    }
    Ok(token.trim())
}

fn unauthorized(description: &str, challenge: &str) -> Refusal {
    Refusal::new(StatusCode::UNAUTHORIZED, "invalid_token", description).header(header::WWW_AUTHENTICATE, challenge)
}
