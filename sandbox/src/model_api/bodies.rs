//! Bodies of requests to the model API.

use axum::extract::rejection::BytesRejection;
use axum::http::StatusCode;
use axum::http::header::HeaderMap;
use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::errors::{CODE, invalid};
use crate::wire::bodies::require_json;
use crate::wire::errors::RequestError;

/// A body, or why it was not read to its end.
pub(super) type RequestBody = Result<Bytes, BytesRejection>;

/// The bytes of a body that must be JSON.
pub(super) fn json_bytes(headers: &HeaderMap, body: RequestBody) -> Result<Bytes, RequestError> {
    require_json(headers, CODE, "This request is JSON (Content-Type: application/json).")?;
    bytes(body)
}

/// A body that must be JSON, as `T`.
pub(super) fn json<T: DeserializeOwned>(headers: &HeaderMap, body: RequestBody) -> Result<T, RequestError> {
    let body = json_bytes(headers, body)?;
    serde_json::from_slice(&body).map_err(|error| invalid(format!("The body cannot be read: {error}")))
}

/// The bytes of a body that was read to its end.
pub(super) fn bytes(body: RequestBody) -> Result<Bytes, RequestError> {
    body.map_err(|error| RequestError::new(error.status(), CODE, error.body_text()))
}

/// The error for a body of the wrong media type.
pub(super) fn wrong_type(text: &str) -> RequestError {
    RequestError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, CODE, text)
}
