//! The handler of `POST /chat/completions`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;

use super::completion::{Completion, Output};
use super::finish_reason::FinishReason;
use super::request::ChatRequest;
use crate::backend::Upstream;
use crate::backend::usage::Usage;
use crate::lock::lock;
use crate::model_api::bodies::{self, RequestBody};
use crate::model_api::catalogue::model_for;
use crate::model_api::parameters;
use crate::model_api::state::ModelApi;
use crate::wire::bearer::Access;
use crate::wire::cost::{Charge, with_charge, with_cost};
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::paths::CHAT;
use crate::wire::responses::json_response;

pub(crate) async fn complete(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let body = bodies::json_bytes(&headers, body)?;
    if let Some(upstream) = api.engine.upstream() {
        return Ok(forward(&api, upstream, access, body).await?);
    }
    let request = ChatRequest::parse(&body)?;
    model_for(&request.model, CHAT)?;
    if api.settings.strict_parameters {
        parameters::check_chat(&request.model, &body)?;
    }
    request.check()?;
    let conversation = request.conversation()?;
    let calls = request.tool_calls(&conversation);
    let (model, output, finish_reason) = if calls.is_empty() {
        let response = api.engine.respond(&conversation).await?;
        let text = request.with_response_format(response.text, &conversation);
        let (text, finish_reason) = request.truncate(text);
        (response.model, Output::Text(text), finish_reason)
    } else {
        (format!("{}/tools", api.engine.name()), Output::ToolCalls(calls), FinishReason::ToolCalls)
    };
    let completion_tokens = output.tokens().saturating_mul(request.choices());
    let usage = Usage::new(conversation.prompt_tokens, completion_tokens)
        .with_details(conversation.cached_tokens, request.reasoning_tokens());
    let cost = usage.cost();
    api.charge(&access, cost);
    let completion = Completion::new(model, output, finish_reason, usage, &request, api.store.clock.now());
    if request.streams() {
        let told = api.settings.prices.then_some(cost);
        let response = completion.stream(&api.pacing, request.wants_usage_in_stream(), told);
        return Ok(with_charge(response, cost));
    }
    Ok(with_cost(json_response(StatusCode::OK, &completion.to_json()), cost))
}

/// Forwards the chat, and charges what it used.
async fn forward(
    api: &ModelApi,
    upstream: &Upstream,
    access: Access,
    body: Bytes,
) -> Result<Response<Body>, RequestError> {
    // The upstream decides whether the request is valid: it may understand more than this server does.
    let conversation = ChatRequest::parse(&body).and_then(|request| request.conversation());
    let prompt_tokens = conversation.map_or(0, |conversation| conversation.prompt_tokens);
    let (store, client_id) = (Arc::clone(&api.store), access.client_id.clone());
    let charge = Charge::default();
    let charged = charge.clone();
    let charge_stream = move |usage: Usage| {
        lock(&store.ledger).charge(&client_id, usage.cost());
        charged.set(usage.cost());
        store.save();
    };
    let (mut response, usage) = upstream.chat(body, prompt_tokens, &api.pacing.streams, charge_stream).await?;
    let Some(cost) = usage.map(|usage| usage.cost()) else {
        response.extensions_mut().insert(charge);
        return Ok(response);
    };
    api.charge(&access, cost);
    Ok(with_cost(response, cost))
}
