//! Reads receipts with the `tesseract` program.

use axum::http::StatusCode;
use bytes::Bytes;

use crate::backend::Answer;
use crate::server::refusal::Refusal;

pub(crate) async fn answer(_photo: Bytes) -> Result<Answer, Refusal> {
    Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, "backend_unavailable", "not built yet"))
}
