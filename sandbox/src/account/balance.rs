//! `GET /api/v1/usage/me/summary`: the balance, in an envelope.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::lock::lock;
use crate::store::Store;
use crate::store::ledger::as_json_number;
use crate::wire::errors::EnvelopeError;
use crate::wire::responses::json_response;
use crate::wire::scopes::API_ACCESS;

#[derive(Serialize)]
struct Envelope {
    success: bool,
    data: Summary,
    timestamp: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Summary {
    #[serde(serialize_with = "as_json_number")]
    total_cost: Decimal,
    #[serde(serialize_with = "as_json_number")]
    max_budget: Decimal,
    #[serde(serialize_with = "as_json_number")]
    remaining_budget: Decimal,
}

pub(crate) async fn summary(
    State(store): State<Arc<Store>>,
    headers: HeaderMap,
) -> Result<Response<Body>, EnvelopeError> {
    store.authorize(&headers, API_ACCESS)?;
    let ledger = lock(&store.ledger);
    let data =
        Summary { total_cost: ledger.spent(), max_budget: ledger.budget(), remaining_budget: ledger.remaining() };
    let timestamp = store.clock.now().format("%Y-%m-%dT%H:%M:%S").to_string();
    Ok(json_response(StatusCode::OK, &Envelope { success: true, data, timestamp }))
}
