//! Refusals, in the shape that each part of AI Pass gives its errors.

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Value, json};

/// A request that is not granted, and why.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    /// The error's code in a program's words: `invalid_grant`, `budget_exceeded`.
    pub(crate) code: &'static str,
    /// The same in a developer's words.
    pub(crate) description: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, description: impl Into<String>) -> Self {
        Self { status, code, description: description.into(), headers: Vec::new() }
    }

    pub(crate) fn bad_request(code: &'static str, description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, description)
    }

    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        // Values are built from ASCII constants; one that is not is left out rather than fatal.
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    fn response(self, body: &Value) -> Response<Body> {
        let mut response = json_response(self.status, body);
        response.headers_mut().extend(self.headers.into_iter().map(|(name, value)| (Some(name), value)));
        response
    }
}

/// RFC 6749 §5.2: `{"error", "error_description"}`.
#[derive(Debug)]
pub(crate) struct OAuthError(Refusal);

/// OpenAI's and LiteLLM's: `{"error": {"message", "type", "param", "code"}}`.
#[derive(Debug)]
pub(crate) struct ApiError(Refusal);

/// The account API's envelope: `{"success": false, "message", "error"}`.
#[derive(Debug)]
pub(crate) struct EnvelopeError(Refusal);

macro_rules! shape {
    ($name:ident, $refusal:ident => $body:expr) => {
        impl From<Refusal> for $name {
            fn from(refusal: Refusal) -> Self {
                Self(refusal)
            }
        }

        impl IntoResponse for $name {
            fn into_response(self) -> Response<Body> {
                let $refusal = self.0;
                let body = $body;
                $refusal.response(&body)
            }
        }
    };
}

shape!(OAuthError, refusal => json!({ "error": refusal.code, "error_description": refusal.description }));
shape!(ApiError, refusal => json!({ "error": {
    "message": refusal.description,
    "type": refusal.code,
    "param": null,
    "code": refusal.status.as_str(),
} }));
shape!(EnvelopeError, refusal => json!({
    "success": false,
    "message": refusal.description,
    "error": refusal.code,
}));

/// A refusal in the shape that requests to `path` expect.
pub(crate) fn in_shape_of(path: &str, refusal: Refusal) -> Response<Body> {
    if path.starts_with("/oauth2/") && !path.starts_with("/oauth2/v1/") {
        OAuthError(refusal).into_response()
    } else if path.starts_with("/api/") {
        EnvelopeError(refusal).into_response()
    } else {
        ApiError(refusal).into_response()
    }
}

/// An answer in JSON that no cache keeps.
pub(crate) fn json_response<T: serde::Serialize>(status: StatusCode, body: &T) -> Response<Body> {
    // Our own bodies have string keys and finite numbers: serialising them cannot fail.
    let body = serde_json::to_vec(body).unwrap_or_default();
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
