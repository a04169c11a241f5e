//! Who may use the control API: programs on this machine, and the dashboard's page.

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

/// Refuses other machines.
pub(super) fn check_peer(connection: &Connection) -> Result<(), RequestError> {
    if connection.peer.ip().to_canonical().is_loopback() {
        return Ok(());
    }
    Err(forbidden("The control API answers programs on this machine only."))
}

/// Refuses other machines, and web pages of other origins. The sandbox's own origin has one page with a script, the
/// dashboard: its requests say that they are of the same origin, and no other page can make a browser say so.
fn check_sender(connection: &Connection, method: &Method, headers: &HeaderMap) -> Result<(), RequestError> {
    check_peer(connection)?;
    let mut sites = headers.get_all("sec-fetch-site").iter();
    let foreign_site = sites.any(|site| !matches!(site.as_bytes(), b"none" | b"same-origin"));
    // The Host header is checked already. "null" is the origin of a sandboxed frame.
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let own = format!("http://{host}");
    let mut origins = headers.get_all(header::ORIGIN).iter();
    if foreign_site || origins.any(|origin| !origin.as_bytes().eq_ignore_ascii_case(own.as_bytes())) {
        return Err(forbidden("The control API answers no web page but the dashboard."));
    }
    let marked = is_media_type(headers, "application/json") || headers.contains_key("x-aipass-sandbox");
    if method != Method::GET && !marked {
        let text = "Send JSON (Content-Type: application/json) or an X-AIPass-Sandbox header.";
        return Err(RequestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text));
    }
    Ok(())
}

fn forbidden(text: &str) -> RequestError {
    RequestError::new(StatusCode::FORBIDDEN, "access_denied", text)
}
