//! Errors, in the shape that each part of a provider gives them.

use axum::body::Body;
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use crate::dialect::Dialect;
use crate::random;
use crate::wire::paths;
use crate::wire::responses::json_response;

/// A request that the sandbox does not grant, and why.
#[derive(Debug)]
pub(crate) struct RequestError {
    pub(crate) status: StatusCode,
    /// For programs: `invalid_grant`, `budget_exceeded`.
    pub(crate) code: &'static str,
    /// For developers.
    pub(crate) description: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl RequestError {
    pub(crate) fn new(status: StatusCode, code: &'static str, description: impl Into<String>) -> Self {
        Self { status, code, description: description.into(), headers: Vec::new() }
    }

    pub(crate) fn bad_request(code: &'static str, description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, description)
    }

    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        // Values are built from ASCII constants. One that is not is left out.
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    fn response(self, body: &Value) -> Response<Body> {
        let mut response = json_response(self.status, body);
        response.extensions_mut().insert(Facts { code: self.code, description: self.description });
        response.headers_mut().extend(self.headers.into_iter().map(|(name, value)| (Some(name), value)));
        response
    }
}

/// What an error response says, for a layer that writes it in another shape. It is not sent.
#[derive(Clone)]
struct Facts {
    code: &'static str,
    description: String,
}

/// RFC 6749 §5.2: `{"error", "error_description"}`.
#[derive(Debug)]
pub(crate) struct OAuthError(RequestError);

/// OpenAI's and LiteLLM's: `{"error": {"message", "type", "param", "code"}}`.
#[derive(Debug)]
pub(crate) struct ApiError(RequestError);

/// The account API's envelope: `{"success": false, "message", "error"}`.
#[derive(Debug)]
pub(crate) struct EnvelopeError(RequestError);

macro_rules! shape {
    ($name:ident, $error:ident => $body:expr) => {
        impl From<RequestError> for $name {
            fn from(error: RequestError) -> Self {
                Self(error)
            }
        }

        impl IntoResponse for $name {
            fn into_response(self) -> Response<Body> {
                let $error = self.0;
                let body = $body;
                $error.response(&body)
            }
        }
    };
}

shape!(OAuthError, error => json!({ "error": error.code, "error_description": error.description }));
shape!(ApiError, error => json!({ "error": {
    "message": error.description,
    "type": error.code,
    "param": null,
    "code": error.status.as_str(),
} }));
shape!(EnvelopeError, error => json!({
    "success": false,
    "message": error.description,
    "error": error.code,
}));

/// The error as a response, in the shape of the API that `path` belongs to.
pub(crate) fn response_for_path(dialect: Dialect, path: &str, error: RequestError) -> Response<Body> {
    if dialect != Dialect::AiPass {
        let calls_model = paths::of(dialect).model_api.iter().any(|base| path.starts_with(&format!("{base}/")));
        return match dialect {
            Dialect::Phaseo if calls_model => in_gateway_shape(ApiError(error).into_response()),
            _ if calls_model => ApiError(error).into_response(),
            _ => OAuthError(error).into_response(),
        };
    }
    if path.starts_with("/oauth2/") && !path.starts_with("/oauth2/v1/") {
        OAuthError(error).into_response()
    } else if path.starts_with("/api/") {
        EnvelopeError(error).into_response()
    } else {
        ApiError(error).into_response()
    }
}

/// Writes an error as Phaseo's gateway does: `{"error": "code", "error_type", "description", "generation_id"}`. Other responses
/// are left alone.
pub(crate) fn in_gateway_shape(response: Response<Body>) -> Response<Body> {
    let Some(Facts { code, description }) = response.extensions().get::<Facts>().cloned() else { return response };
    let (mut parts, _) = response.into_parts();
    let error = match (parts.status, code) {
        (_, "budget_exceeded") => {
            parts.status = StatusCode::PAYMENT_REQUIRED;
            "insufficient_funds"
        }
        (StatusCode::UNAUTHORIZED, _) => "unauthorised",
        (StatusCode::FORBIDDEN, _) => "forbidden",
        (StatusCode::NOT_FOUND, _) => "not_found",
        _ => code,
    };
    let kind = if parts.status.is_server_error() { "system" } else { "user" };
    let id = random::short("gen_");
    let body = json!({ "error": error, "error_type": kind, "description": description, "generation_id": id });
    Response::from_parts(parts, Body::from(body.to_string()))
}
