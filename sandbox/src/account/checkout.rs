//! `POST /api/v1/payment/create-checkout-session`: where the user would pay. A sandbox takes no money: the link leads
//! nowhere, and the control API sets the budget.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use crate::random;
use crate::store::Store;
use crate::wire::bodies::require_json;
use crate::wire::errors::{EnvelopeError, RequestError};
use crate::wire::responses::json_response;
use crate::wire::scopes::API_ACCESS;

/// US dollars.
const MAX_AMOUNT: Decimal = Decimal::ONE_THOUSAND;

#[derive(Deserialize)]
struct CheckoutRequest {
    /// A number, or one in a string.
    amount: Decimal,
}

pub(crate) async fn begin(
    State(store): State<Arc<Store>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response<Body>, EnvelopeError> {
    store.authorize(&headers, API_ACCESS)?;
    require_json(&headers, "invalid_request", "A checkout is JSON (Content-Type: application/json).")?;
    let invalid = |text: String| RequestError::bad_request("invalid_request", text);
    let CheckoutRequest { amount } =
        serde_json::from_slice(&body).map_err(|error| invalid(format!("The checkout cannot be read: {error}.")))?;
    if amount <= Decimal::ZERO || amount > MAX_AMOUNT || amount.normalize().scale() > 2 {
        return Err(invalid(format!("amount must be whole cents, more than 0 and at most {MAX_AMOUNT}.")).into());
    }
    // A domain that RFC 2606 reserves.
    let url = format!("https://checkout.example.com/pay/{}", random::short("cs_"));
    Ok(json_response(StatusCode::OK, &json!({ "success": true, "data": { "checkoutUrl": url } })))
}
