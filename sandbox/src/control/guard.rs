//! Who may use the control API: programs on this machine.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderMap};
use axum::http::{Method, Response, StatusCode};
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::state::Control;
use crate::wire::bodies::is_media_type;
use crate::wire::connection::Connection;
use crate::wire::errors::{OAuthError, RequestError};
use crate::wire::host::check_host;

pub(super) async fn guard(
    State(control): State<Control>,
    Extension(connection): Extension<Connection>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let checked = check_host(&control.settings, &connection, request.uri(), request.headers())
        .and_then(|()| check_sender(&connection, request.method(), request.headers()));
    match checked {
        Ok(()) => {
            let response = next.run(request).await;
            control.store.save();
            response
        }
        Err(error) => OAuthError::from(error).into_response(),
    }
}

/// Refuses other machines and web pages.
fn check_sender(connection: &Connection, method: &Method, headers: &HeaderMap) -> Result<(), RequestError> {
    let forbidden = |text: &str| Err(RequestError::new(StatusCode::FORBIDDEN, "access_denied", text));
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
        return Err(RequestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text));
    }
    Ok(())
}
