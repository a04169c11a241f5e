//! The control API, `/sandbox/…`: how a test in any language controls and observes a sandbox.
//!
//! Only for programs on this machine and for the dashboard, the page at `/`. A request with another `Origin` is refused,
//! and every method but `GET` must have a JSON `Content-Type` or an `X-AIPass-Sandbox` header, which a web page of
//! another origin cannot send without a preflight. The README of this crate lists the requests.

mod dashboard;
mod events;
mod guard;
mod operations;
mod overview;
mod state;

use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, post};

use crate::wire::errors::{OAuthError, RequestError};

pub(crate) use dashboard::at_root;
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
        .route("/rotate-keys", post(operations::rotate_keys))
        .route("/device", post(operations::device))
        .route("/budget", post(operations::budget))
        .route("/advance-clock", post(operations::advance_clock))
        .route("/faults", get(operations::list_faults).post(operations::add_fault).delete(operations::clear_faults))
        .route("/faults/{id}", delete(operations::remove_fault))
        .route("/overview", get(operations::overview))
        .route("/events", get(events::events))
        .route("/dashboard.css", get(dashboard::style))
        .route("/dashboard.js", get(dashboard::script))
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
