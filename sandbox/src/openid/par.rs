//! Pushed authorization requests: RFC 9126.

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::json;

use super::client_authentication::{authenticate, form};
use crate::lock::lock;
use crate::sign_in::SignIn;
use crate::sign_in::authorization_request::{AuthorizationRequest, InvalidRequest, Rules};
use crate::sign_in::pushed;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::responses::json_response;

/// `POST`. The request is checked as it would be in the browser, and its errors come here.
pub(super) async fn push(
    State(sign_in): State<SignIn>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, OAuthError> {
    let form = form(&headers, &body)?;
    let client = authenticate(&sign_in, &headers, &form)?;
    if form.once("request_uri")?.is_some() {
        return Err(RequestError::bad_request("invalid_request", "request_uri cannot be pushed").into());
    }
    let client_id = &client.client().id;
    // With client_secret_basic the id may stand in the header alone.
    let parameters = form.without(&["client_secret", "client_id"]).with("client_id", client_id);
    let rules = Rules { dialect: sign_in.settings.dialect, issuer: None };
    let checked = AuthorizationRequest::parse(&parameters, &lock(&sign_in.store.clients), rules);
    if let Err(InvalidRequest::ShowPage(error) | InvalidRequest::Redirect { error, .. }) = checked {
        return Err(error.into());
    }
    let expires = sign_in.store.clock.after(pushed::LIFETIME);
    let uri = lock(&sign_in.pushed).push(client_id, parameters, expires);
    let body = json!({ "request_uri": uri, "expires_in": pushed::LIFETIME.as_secs() });
    Ok(json_response(StatusCode::CREATED, &body))
}
