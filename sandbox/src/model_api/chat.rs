//! `POST /chat/completions`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use crate::clients::API_ACCESS;
use crate::model_api::catalogue::MODELS;
use crate::model_api::chat_request::ChatRequest;
use crate::model_api::completion::{Completion, FinishReason};
use crate::model_api::usage::{self, Usage};
use crate::server::bearer;
use crate::server::refusal::{ApiError, Refusal, json_response};
use crate::sign_in::authorize::is_media_type;
use crate::state::{Shared, lock};

pub(crate) async fn complete(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response<Body>, ApiError> {
    let access = bearer::authorize(&shared, &headers, API_ACCESS)?;
    if !is_media_type(&headers, "application/json") {
        let text = "A chat request is JSON (Content-Type: application/json).";
        return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "invalid_request_error", text).into());
    }
    let body = body.map_err(|error| Refusal::new(error.status(), "invalid_request_error", error.body_text()))?;
    lock(&shared.ledger).check()?;
    if let Some(upstream) = shared.engine.upstream() {
        return Ok(upstream.chat(&shared, &access.client_id, body).await?);
    }
    let request = ChatRequest::parse(&body)?;
    if !MODELS.iter().any(|model| model.id == request.model) {
        let text = format!(
            "Invalid model name passed in model={}. Call `/v1/models` to view available models.",
            request.model
        );
        return Err(Refusal::bad_request("invalid_request_error", text).into());
    }
    let conversation = request.conversation()?;
    let answer = shared.engine.answer(&conversation).await?;
    let (text, finish_reason) = match request.max_tokens.and_then(|most| usage::cut(&answer.text, most)) {
        Some(beginning) => (beginning.to_owned(), FinishReason::Length),
        None => (answer.text, FinishReason::Stop),
    };
    let usage = Usage::new(conversation.prompt_tokens, usage::text_tokens(&text));
    // Charged before the answer leaves: a client that hangs up has still used the model.
    lock(&shared.ledger).charge(&access.client_id, usage.cost());
    let completion = Completion::new(answer.model, text, finish_reason, usage, shared.clock.now());
    if request.streams() {
        return Ok(completion.stream(&shared, request.wants_usage_in_stream()));
    }
    Ok(json_response(StatusCode::OK, &completion.whole()))
}
