//! `POST /api/v1/payment/create-checkout-session`: where the user would pay. A sandbox takes no money: the link leads
//! nowhere, and its control API sets the budget.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use crate::clients::API_ACCESS;
use crate::random;
use crate::server::bearer;
use crate::server::refusal::{EnvelopeError, Refusal, json_response};
use crate::sign_in::authorize::is_media_type;
use crate::state::Shared;

/// Where a checkout begins.
pub(crate) const CHECKOUT: &str = "/api/v1/payment/create-checkout-session";

/// US dollars.
const MAX_AMOUNT: Decimal = Decimal::ONE_THOUSAND;

#[derive(Deserialize)]
struct CheckoutRequest {
    /// A number, or one in a string.
    amount: Decimal,
}

pub(crate) async fn begin(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, EnvelopeError> {
    bearer::authorize(&shared, &headers, API_ACCESS)?;
    if !is_media_type(&headers, "application/json") {
        let text = "A checkout is JSON (Content-Type: application/json).";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request", text).into());
    }
    let invalid = |text: String| Refusal::bad_request("invalid_request", text);
    let CheckoutRequest { amount } =
        serde_json::from_slice(&body).map_err(|error| invalid(format!("The checkout cannot be read: {error}.")))?;
    if amount <= Decimal::ZERO || amount > MAX_AMOUNT || amount.normalize().scale() > 2 {
        return Err(invalid(format!("amount must be whole cents, more than 0 and at most {MAX_AMOUNT}.")).into());
    }
    // A domain that RFC 2606 reserves.
    let url = format!("https://checkout.example.com/pay/{}", random::short("cs_"));
    Ok(json_response(StatusCode::OK, &json!({ "success": true, "data": { "checkoutUrl": url } })))
}
