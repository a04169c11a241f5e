//! `POST /chat/completions`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};

use crate::model_api::CHAT;
use crate::model_api::admission::{self, Sent};
use crate::model_api::catalogue::model_for;
use crate::model_api::chat_request::ChatRequest;
use crate::model_api::completion::{Completion, FinishReason};
use crate::model_api::usage::{self, Usage};
use crate::server::refusal::{ApiError, json_response};
use crate::state::Shared;

pub(crate) async fn complete(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let body = admission::json_bytes(&headers, body)?;
    if let Some(upstream) = shared.engine.upstream() {
        return Ok(upstream.chat(&shared, &access.client_id, body).await?);
    }
    let request = ChatRequest::parse(&body)?;
    model_for(&request.model, CHAT)?;
    let conversation = request.conversation()?;
    let answer = shared.engine.answer(&conversation).await?;
    let (text, finish_reason) = match request.max_tokens.and_then(|most| usage::cut(&answer.text, most)) {
        Some(beginning) => (beginning.to_owned(), FinishReason::Length),
        None => (answer.text, FinishReason::Stop),
    };
    let usage = Usage::new(conversation.prompt_tokens, usage::text_tokens(&text));
    admission::charge(&shared, &access, usage.cost());
    let completion = Completion::new(answer.model, text, finish_reason, usage, shared.clock.now());
    if request.streams() {
        return Ok(completion.stream(&shared, request.wants_usage_in_stream()));
    }
    Ok(json_response(StatusCode::OK, &completion.whole()))
}
