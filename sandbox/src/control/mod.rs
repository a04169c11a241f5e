//! The control API, `/sandbox/…`: how a test in any language controls and observes a sandbox.
//!
//! Only for programs on this machine. A request with an `Origin` is refused, and every method but `GET` must have a JSON
//! `Content-Type` or an `X-AIPass-Sandbox` header, which a web page cannot send without a preflight. The README of this crate
//! lists the requests.

mod guard;
mod operations;
mod state;

use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::wire::errors::{OAuthError, RequestError};

pub(crate) use state::Control;
pub use state::SandboxState;

pub(crate) fn routes<S>(control: Control) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Control: FromRef<S>,
{
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
        .fallback(not_found)
        .method_not_allowed_fallback(wrong_method)
        .layer(from_fn_with_state(control, guard::guard))
}

async fn not_found() -> OAuthError {
    RequestError::new(StatusCode::NOT_FOUND, "not_found", "The control API has no such operation.").into()
}

async fn wrong_method() -> OAuthError {
    RequestError::new(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "This operation takes another method.").into()
}
