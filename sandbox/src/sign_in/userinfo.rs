//! `GET /oauth2/userinfo`: who signed in.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::state::SignIn;
use super::user::USER;
use crate::wire::errors::OAuthError;
use crate::wire::responses::json_response;
use crate::wire::scopes::PROFILE_READ;

pub(crate) async fn userinfo(State(sign_in): State<SignIn>, headers: HeaderMap) -> Result<Response<Body>, OAuthError> {
    sign_in.store.authorize(&headers, PROFILE_READ)?;
    let body = json!({ "sub": USER.sub, "name": USER.name, "email": USER.email, "email_verified": true });
    Ok(json_response(StatusCode::OK, &body))
}
