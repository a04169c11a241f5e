//! The media types of request bodies.

use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};

use crate::wire::errors::RequestError;

/// Whether the body's media type is `expected`, whatever its parameters.
pub(crate) fn is_media_type(headers: &HeaderMap, expected: &str) -> bool {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    sent.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(expected)
}

/// Whether the body is `application/x-www-form-urlencoded`.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    is_media_type(headers, "application/x-www-form-urlencoded")
}

/// The largest registration of a client, in bytes.
const MAX_REGISTRATION: usize = 64 * 1024;

/// Checks that the registration of a client is not too large to be kept.
pub(crate) fn require_small_registration(body: &[u8], code: &'static str) -> Result<(), RequestError> {
    if body.len() <= MAX_REGISTRATION {
        return Ok(());
    }
    Err(RequestError::new(StatusCode::PAYLOAD_TOO_LARGE, code, "A registration has at most 64 KB."))
}

/// Checks that the body is JSON by its media type.
pub(crate) fn require_json(headers: &HeaderMap, code: &'static str, description: &str) -> Result<(), RequestError> {
    if is_media_type(headers, "application/json") {
        return Ok(());
    }
    Err(RequestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, code, description))
}
