//! What a token is: RFC 7662.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::{Value, json};

use super::client_authentication::{authenticate, form};
use super::token::required;
use crate::lock::lock;
use crate::sign_in::SignIn;
use crate::sign_in::issuer::issuer;
use crate::sign_in::user::USER;
use crate::store::grants::TokenFacts;
use crate::wire::errors::OAuthError;
use crate::wire::responses::json_response;

/// `POST`. A client learns about its own tokens only: §4 warns of clients that fish for tokens.
pub(super) async fn introspect(
    State(sign_in): State<SignIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, OAuthError> {
    let form = form(&headers, &body)?;
    let client = authenticate(&sign_in, &headers, &form)?;
    let token = required(&form, "token")?;
    let facts = lock(&sign_in.store.grants).facts(token, sign_in.store.clock.now());
    let own = facts.filter(|facts| facts.client_id == client.client().id);
    let issuer = issuer(sign_in.settings.dialect, &headers);
    let body = own.map_or_else(|| json!({ "active": false }), |facts| active(&facts, &issuer));
    Ok(json_response(StatusCode::OK, &body))
}

fn active(facts: &TokenFacts, issuer: &str) -> Value {
    let mut body = json!({
        "active": true,
        "scope": facts.scopes.join(" "),
        "client_id": facts.client_id,
        "iss": issuer,
        "aud": facts.resource.as_deref().unwrap_or(issuer),
    });
    if facts.without_user {
        body["sub"] = json!(facts.client_id);
    } else {
        body["sub"] = json!(USER.sub);
        body["username"] = json!(USER.email);
    }
    if !facts.is_refresh {
        body["token_type"] = json!("Bearer");
    }
    if let Some(expires) = facts.expires {
        body["exp"] = json!(expires.timestamp());
    }
    body
}
