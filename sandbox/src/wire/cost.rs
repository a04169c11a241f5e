//! What a call was charged, and the header that says so.

use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::Response;
use axum::http::header::{HeaderName, HeaderValue};
use rust_decimal::Decimal;

/// What a call cost, in US dollars.
pub(crate) const COST: HeaderName = HeaderName::from_static("x-litellm-response-cost");

/// What a call was charged, in US dollars, as soon as that is known. An extension of the response, for the request log:
/// it is not sent.
#[derive(Clone, Default)]
pub(crate) struct Charge(Arc<OnceLock<Decimal>>);

impl Charge {
    /// Only the first charge of a request counts: there is never a second.
    pub(crate) fn set(&self, cost: Decimal) {
        let _ = self.0.set(cost);
    }

    pub(crate) fn get(&self) -> Option<Decimal> {
        self.0.get().copied()
    }
}

/// Adds the cost. wire: `x-litellm-response-cost`, US dollars, on responses that are not streamed
pub(crate) fn with_cost(mut response: Response<Body>, cost: Decimal) -> Response<Body> {
    if let Ok(cost) = HeaderValue::from_str(&cost.normalize().to_string()) {
        response.headers_mut().insert(COST, cost);
    }
    with_charge(response, cost)
}

/// Tells the request log what the call was charged, and the client nothing.
pub(crate) fn with_charge(mut response: Response<Body>, cost: Decimal) -> Response<Body> {
    let charge = Charge::default();
    charge.set(cost);
    response.extensions_mut().insert(charge);
    response
}
