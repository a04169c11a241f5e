//! What a paid call passes before anything is done for it: a token with the right scope, money left, a body of the right
//! type.

use axum::body::Body;
use axum::extract::rejection::BytesRejection;
use axum::http::header::{HeaderMap, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;

use crate::clients::API_ACCESS;
use crate::model_api::invalid;
use crate::server::bearer;
use crate::server::refusal::Refusal;
use crate::sign_in::authorize::is_media_type;
use crate::sign_in::grants::Access;
use crate::state::{Shared, lock};

/// What a call cost, in US dollars.
pub(crate) const COST: HeaderName = HeaderName::from_static("x-litellm-response-cost");

/// A body, or why it was not read to its end.
pub(crate) type Sent = Result<Bytes, BytesRejection>;

/// Who calls, where they may.
pub(crate) fn admit(shared: &Shared, headers: &HeaderMap) -> Result<Access, Refusal> {
    let access = bearer::authorize(shared, headers, API_ACCESS)?;
    lock(&shared.ledger).check()?;
    Ok(access)
}

/// Charges a call. Before its answer leaves: a client that hangs up has still used the model.
pub(crate) fn charge(shared: &Shared, access: &Access, cost: Decimal) {
    lock(&shared.ledger).charge(&access.client_id, cost);
}

/// Says in the answer what the call cost. wire: `x-litellm-response-cost`, US dollars, on answers that are not streamed
pub(crate) fn with_cost(mut response: Response<Body>, cost: Decimal) -> Response<Body> {
    if let Ok(cost) = HeaderValue::from_str(&cost.normalize().to_string()) {
        response.headers_mut().insert(COST, cost);
    }
    response
}

/// The bytes of a body that must be JSON.
pub(crate) fn json_bytes(headers: &HeaderMap, body: Sent) -> Result<Bytes, Refusal> {
    if !is_media_type(headers, "application/json") {
        return Err(wrong_type("This request is JSON (Content-Type: application/json)."));
    }
    whole(body)
}

/// A body that must be JSON, read as what it must be.
pub(crate) fn json<T: DeserializeOwned>(headers: &HeaderMap, body: Sent) -> Result<T, Refusal> {
    let body = json_bytes(headers, body)?;
    serde_json::from_slice(&body).map_err(|error| invalid(format!("The body cannot be read: {error}")))
}

/// A body that was read to its end.
pub(super) fn whole(body: Sent) -> Result<Bytes, Refusal> {
    body.map_err(|error| Refusal::new(error.status(), "invalid_request_error", error.body_text()))
}

pub(super) fn wrong_type(text: &str) -> Refusal {
    Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request_error", text)
}
