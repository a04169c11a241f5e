//! The issuer: who the authorization server says it is.

use axum::http::header::{self, HeaderMap};

use crate::dialect::Dialect;
use crate::wire::paths;

/// The origin that the client used, which the guard has checked: `http://127.0.0.1:8414`.
pub(crate) fn origin(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("http://{host}")
}

/// The issuer below that origin.
pub(crate) fn issuer(dialect: Dialect, headers: &HeaderMap) -> String {
    format!("{}{}", origin(headers), paths::of(dialect).issuer)
}
