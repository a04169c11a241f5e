//! The control API, `/sandbox/…`: what a test in any language does to a sandbox and sees of it.
//!
//! For programs on this machine only. Any request with an `Origin` is refused, and all but `GET` must be JSON by their
//! `Content-Type` or carry an `X-AIPass-Sandbox` header, which no web page can send without asking first. The README of
//! this crate lists the requests.

mod operations;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{Method, Response, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Extension, Router};

use crate::server::connection::Connection;
use crate::server::guard::check_host;
use crate::server::refusal::{OAuthError, Refusal};
use crate::sign_in::authorize::is_media_type;
use crate::state::Shared;

/// Where the control API begins.
pub(crate) const PATH: &str = "/sandbox";

pub(crate) fn routes(shared: &Arc<Shared>) -> Router<Arc<Shared>> {
    Router::new()
        .route("/user-agent", post(operations::user_agent))
        .route("/expire-access-tokens", post(operations::expire_access_tokens))
        .route("/revoke-grants", post(operations::revoke_grants))
        .route("/budget", post(operations::budget))
        .route("/advance-clock", post(operations::advance_clock))
        .route("/faults", get(operations::list_faults).post(operations::add_fault).delete(operations::clear_faults))
        .route("/requests", get(operations::requests))
        .route("/state", get(operations::state))
        .route("/stop", post(operations::stop))
        .fallback(not_here)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(Arc::clone(shared), guard))
}

async fn guard(
    State(shared): State<Arc<Shared>>,
    Extension(connection): Extension<Connection>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let checked = check_host(&shared, &connection, request.uri(), request.headers())
        .and_then(|()| check_sender(&connection, request.method(), request.headers()));
    match checked {
        Ok(()) => {
            let response = next.run(request).await;
            shared.save();
            response
        }
        Err(refusal) => OAuthError::from(refusal).into_response(),
    }
}

/// Neither another machine nor a web page may drive the sandbox.
fn check_sender(connection: &Connection, method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let forbidden = |text: &str| Err(Refusal::new(StatusCode::FORBIDDEN, "access_denied", text));
    if !connection.peer.ip().to_canonical().is_loopback() {
        return forbidden("The control API answers programs on this machine only.");
    }
    let fetched_by_page = headers.get("sec-fetch-site").is_some_and(|site| site.as_bytes() != b"none");
    if headers.contains_key(header::ORIGIN) || fetched_by_page {
        return forbidden("The control API answers no web page.");
    }
    let marked = is_media_type(headers, "application/json") || headers.contains_key("x-aipass-sandbox");
    if method != Method::GET && !marked {
        let text = "Send JSON (Content-Type: application/json) or an X-AIPass-Sandbox header.";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text));
    }
    Ok(())
}

async fn not_here() -> OAuthError {
    Refusal::new(StatusCode::NOT_FOUND, "not_found", "The control API has no such operation.").into()
}

async fn wrong_method() -> OAuthError {
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "This operation takes another method.").into()
}
