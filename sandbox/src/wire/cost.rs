//! The header that says what a call cost.

use axum::body::Body;
use axum::http::Response;
use axum::http::header::{HeaderName, HeaderValue};
use rust_decimal::Decimal;

/// What a call cost, in US dollars.
pub(crate) const COST: HeaderName = HeaderName::from_static("x-litellm-response-cost");

/// Adds the cost. wire: `x-litellm-response-cost`, US dollars, on responses that are not streamed
pub(crate) fn with_cost(mut response: Response<Body>, cost: Decimal) -> Response<Body> {
    if let Ok(cost) = HeaderValue::from_str(&cost.normalize().to_string()) {
        response.headers_mut().insert(COST, cost);
    }
    response
}
