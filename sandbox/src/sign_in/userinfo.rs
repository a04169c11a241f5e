//! `GET /oauth2/userinfo`: who signed in.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use serde_json::json;

use crate::clients::PROFILE_READ;
use crate::server::bearer;
use crate::server::refusal::{OAuthError, json_response};
use crate::sign_in::USER;
use crate::state::Shared;

pub(crate) async fn userinfo(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
) -> Result<Response<Body>, OAuthError> {
    bearer::authorize(&shared, &headers, PROFILE_READ)?;
    let body = json!({ "sub": USER.sub, "name": USER.name, "email": USER.email, "email_verified": true });
    Ok(json_response(StatusCode::OK, &body))
}
