//! Who signed in: OpenID Connect Core §5.3.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use serde_json::json;

use crate::sign_in::SignIn;
use crate::sign_in::user::USER;
use crate::wire::errors::OAuthError;
use crate::wire::responses::json_response;
use crate::wire::scopes::{EMAIL, OPENID, PROFILE};

/// `GET` and `POST`. Each scope adds its claims (§5.4).
pub(super) async fn userinfo(State(sign_in): State<SignIn>, headers: HeaderMap) -> Result<Response<Body>, OAuthError> {
    let access = sign_in.store.authorize(&headers, OPENID)?;
    let has = |scope: &str| access.scopes.iter().any(|granted| granted == scope);
    let mut body = json!({ "sub": USER.sub });
    if has(PROFILE) {
        body["name"] = json!(USER.name);
    }
    if has(EMAIL) {
        body["email"] = json!(USER.email);
        body["email_verified"] = json!(true);
    }
    Ok(json_response(StatusCode::OK, &body))
}
