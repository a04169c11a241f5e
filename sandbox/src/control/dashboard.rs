//! The dashboard: the page at `/`, on which an app's developer sees what the app does and adds faults.
//!
//! The page has no data: its script reads the control API's events. It is one HTML file, one style sheet and one script,
//! all of them part of the program, and loads nothing else.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, Method, Response};
use axum::middleware::Next;
use axum::response::IntoResponse;

use super::guard::check_peer;
use super::state::Control;
use crate::wire::connection::Connection;
use crate::wire::errors::OAuthError;
use crate::wire::host::check_host;

/// Nothing inline, nothing from elsewhere, in no frame. The icon is an empty `data:` URL: without one, browsers ask for
/// `/favicon.ico`, which would stand among the app's requests.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// Shows the page to a browser that opens `/`. Every other request goes on to the provider: a program that asks for this
/// path has a wrong URL, and gets 404 as from a provider.
///
/// A link from anywhere may lead to the page: it has no data and changes nothing.
pub(crate) async fn at_root(
    State(control): State<Control>,
    Extension(connection): Extension<Connection>,
    request: Request,
    next: Next,
) -> Response<Body> {
    let wants_html = |accept: &HeaderValue| accept.to_str().is_ok_and(|accept| accept.contains("text/html"));
    let opens_page = request.method() == Method::GET
        && request.uri().path() == "/"
        && request.headers().get_all(header::ACCEPT).iter().any(wants_html);
    if !opens_page {
        return next.run(request).await;
    }
    let checked = check_host(&control.settings, &connection, request.uri(), request.headers())
        .and_then(|()| check_peer(&connection));
    match checked {
        Ok(()) => asset("text/html; charset=utf-8", include_str!("dashboard/page.html")),
        Err(error) => OAuthError::from(error).into_response(),
    }
}

pub(super) async fn style() -> Response<Body> {
    asset("text/css; charset=utf-8", include_str!("dashboard/style.css"))
}

pub(super) async fn script() -> Response<Body> {
    asset("text/javascript; charset=utf-8", include_str!("dashboard/script.js"))
}

fn asset(media_type: &'static str, content: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(content));
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, media_type),
        // The next start may be of another version.
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
