//! `POST /chat/completions`.

mod completion;
mod logprobs;
mod message;
pub(crate) mod request;
mod sample;
mod tools;
pub(crate) mod usage;

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};

use crate::model_api::CHAT;
use crate::model_api::admission::{self, Sent};
use crate::model_api::catalogue::model_for;
use crate::model_api::parameters;
use crate::server::refusal::{ApiError, json_response};
use crate::state::Shared;
use completion::{Completion, FinishReason, Said};
pub(crate) use message::Conversation;
use request::ChatRequest;
use usage::Usage;

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
    if shared.settings.strict_parameters {
        parameters::check_chat(&request.model, &body)?;
    }
    request.check()?;
    let conversation = request.conversation()?;
    let calls = request.tool_calls(&conversation);
    let (model, said, finish_reason) = if calls.is_empty() {
        let answer = shared.engine.answer(&conversation).await?;
        let text = request.formed(answer.text, &conversation);
        let (text, finish_reason) = request.cut(text);
        (answer.model, Said::Text(text), finish_reason)
    } else {
        (format!("{}/tools", shared.engine.name()), Said::Calls(calls), FinishReason::ToolCalls)
    };
    let answered = said.tokens().saturating_mul(request.choices());
    let usage =
        Usage::new(conversation.prompt_tokens, answered).with(conversation.cached_tokens, request.reasoning_tokens());
    let cost = usage.cost();
    admission::charge(&shared, &access, cost);
    let completion = Completion::new(model, said, finish_reason, usage, &request, shared.clock.now());
    if request.streams() {
        return Ok(completion.stream(&shared, request.wants_usage_in_stream()));
    }
    Ok(admission::with_cost(json_response(StatusCode::OK, &completion.whole()), cost))
}
