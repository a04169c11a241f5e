//! The effect of a fault on a request and its response.

use std::collections::BTreeMap;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{Response, StatusCode};
use rust_decimal::Decimal;

use super::alteration;
use super::broken_body::{CutOff, cut_off, with_wrong_length};
use super::context::FaultContext;
use crate::lock::lock;
use crate::wire::connection::Connection;
use crate::wire::fault::Fault;

/// No JSON, no UTF-8, no HTML.
const GARBAGE: &[u8] = b"\xff\xfe\x00\x93{\"\x80<\xc3\x28 garbage \xf0\x9f\x00";

/// What a fault does to a request.
pub(crate) enum Effect {
    /// The request is handled, and its response is left alone.
    None,
    /// The request is handled, and [`change`] changes its response.
    ChangedResponse,
    /// The request is not handled; this is the response.
    Replaced(Response<Body>),
    /// The request is not handled; its connection is reset.
    Reset,
    /// The request is not handled, and there is never a response.
    Stalled,
}

/// Applies the fault before the request is handled.
pub(crate) async fn before_handling(fault: &Fault, context: FaultContext<'_>) -> Effect {
    match fault {
        Fault::Delay { milliseconds } => {
            tokio::time::sleep(Duration::from_millis(*milliseconds)).await;
            Effect::None
        }
        Fault::Status { status, headers, body } => Effect::Replaced(replacement(*status, headers, body)),
        Fault::Reset { bytes: None } => Effect::Reset,
        Fault::Stall { bytes: None } => Effect::Stalled,
        Fault::ExpiredToken {} => {
            lock(&context.store.grants).expire_access_tokens();
            Effect::None
        }
        Fault::RevokedGrant {} => {
            lock(&context.store.grants).revoke_all();
            Effect::None
        }
        Fault::EmptyBudget {} => {
            lock(&context.store.ledger).set_remaining(Decimal::ZERO);
            Effect::None
        }
        Fault::RotatedKeys {} => {
            lock(&context.store.keys).rotate();
            Effect::None
        }
        Fault::Altered { kind } => {
            alteration::replacement(*kind, context).map_or(Effect::ChangedResponse, Effect::Replaced)
        }
        _ => Effect::ChangedResponse,
    }
}

/// Applies the fault to the response.
pub(crate) async fn change(
    fault: &Fault,
    context: FaultContext<'_>,
    response: Response<Body>,
    connection: &Connection,
) -> Response<Body> {
    match fault {
        Fault::Truncation { bytes } => cut_off(response, *bytes, CutOff::End),
        Fault::Reset { bytes: Some(bytes) } => cut_off(response, *bytes, CutOff::Reset(connection.clone())),
        Fault::Stall { bytes: Some(bytes) } => cut_off(response, *bytes, CutOff::Stall),
        Fault::Garbage {} => response.map(|_| Body::from(GARBAGE)),
        Fault::WrongLength {} => with_wrong_length(response),
        Fault::Altered { kind } => alteration::apply(*kind, context, response).await,
        _ => response,
    }
}

/// The response of a checked [`Fault::Status`].
fn replacement(status: u16, headers: &BTreeMap<String, String>, body: &str) -> Response<Body> {
    let kind = if body.trim_start().starts_with('{') { "application/json" } else { "text/plain; charset=utf-8" };
    let mut response = Response::new(Body::from(body.to_owned()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
