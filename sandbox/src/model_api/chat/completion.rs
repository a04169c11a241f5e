//! A completion, as JSON or as server-sent events.

use axum::body::Body;
use axum::http::Response;
use axum::http::header::{self, HeaderValue};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::finish_reason::FinishReason;
use super::logprobs::{self, words};
use super::request::ChatRequest;
use super::tools::ToolCall;
use crate::backend::usage::{Usage, text_tokens};
use crate::model_api::prices::as_number;
use crate::random;
use crate::wire::paced_body::Pacing;

/// The arguments of a tool call are streamed in pieces of so many characters.
const PIECE: usize = 8;

/// The content of a completion.
pub(super) enum Output {
    Text(String),
    ToolCalls(Vec<ToolCall>),
}

impl Output {
    /// The tokens that it counts for.
    pub(super) fn tokens(&self) -> u64 {
        match self {
            Self::Text(text) => text_tokens(text),
            Self::ToolCalls(calls) => calls.iter().map(|call| text_tokens(&call.arguments)).sum(),
        }
    }
}

/// One output, repeated for each choice.
pub(super) struct Completion {
    id: String,
    created: i64,
    model: String,
    output: Output,
    finish_reason: FinishReason,
    usage: Usage,
    choices: u64,
    logprobs: Option<usize>,
}

impl Completion {
    pub(super) fn new(
        model: String,
        output: Output,
        finish_reason: FinishReason,
        usage: Usage,
        request: &ChatRequest,
        created: DateTime<Utc>,
    ) -> Self {
        Self {
            id: random::secret("chatcmpl-"),
            created: created.timestamp(),
            model,
            output,
            finish_reason,
            usage,
            choices: request.choices(),
            logprobs: request.logprobs(),
        }
    }

    /// `chat.completion`.
    pub(super) fn to_json(&self) -> Value {
        let (message, logprobs) = match &self.output {
            Output::Text(text) => (json!({ "role": "assistant", "content": text }), self.logprobs_of(text)),
            Output::ToolCalls(calls) => {
                let calls: Vec<Value> = calls.iter().map(|call| call.to_json(&call.arguments)).collect();
                (json!({ "role": "assistant", "content": null, "tool_calls": calls }), Value::Null)
            }
        };
        let choice = |index| json!({ "index": index, "message": message, "logprobs": logprobs, "finish_reason": self.finish_reason });
        json!({
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": self.model,
            "choices": (0..self.choices).map(choice).collect::<Vec<_>>(),
            "usage": self.usage,
        })
    }

    /// `chat.completion.chunk` events, then `[DONE]`. Several choices alternate piece by piece.
    /// With the cost in its usage, as OpenRouter has it, if one is given.
    pub(super) fn stream(&self, pacing: &Pacing, with_usage: bool, cost: Option<Decimal>) -> Response<Body> {
        let mut events = Vec::new();
        for (delta, logprobs) in self.deltas() {
            events.extend((0..self.choices).map(|index| self.chunk(index, &delta, &logprobs, None)));
        }
        let ends = (0..self.choices).map(|index| self.chunk(index, &json!({}), &Value::Null, Some(self.finish_reason)));
        events.extend(ends);
        if with_usage {
            // OpenAI: the last chunk before [DONE] has no choices, only the usage of the whole request.
            let mut usage = json!(self.usage);
            if let Some(cost) = cost {
                usage["cost"] = as_number(cost);
            }
            events.push(self.event(&[], &usage));
        }
        events.push("data: [DONE]\n\n".to_owned());
        let mut response = Response::new(pacing.body(events.into_iter().map(Bytes::from)));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// The delta of each chunk, and its probabilities.
    fn deltas(&self) -> Vec<(Value, Value)> {
        match &self.output {
            Output::Text(text) => {
                let first = (json!({ "role": "assistant", "content": "" }), Value::Null);
                let rest = words(text).map(|word| (json!({ "content": word }), self.logprobs_of(word)));
                std::iter::once(first).chain(rest).collect()
            }
            Output::ToolCalls(calls) => {
                let mut deltas = vec![(json!({ "role": "assistant", "content": null }), Value::Null)];
                for (index, call) in calls.iter().enumerate() {
                    let mut first = call.to_json("");
                    first["index"] = json!(index);
                    deltas.push((json!({ "tool_calls": [first] }), Value::Null));
                    for piece in pieces(&call.arguments) {
                        let next = json!({ "index": index, "function": { "arguments": piece } });
                        deltas.push((json!({ "tool_calls": [next] }), Value::Null));
                    }
                }
                deltas
            }
        }
    }

    fn logprobs_of(&self, text: &str) -> Value {
        self.logprobs.map_or(Value::Null, |alternatives| logprobs::of(text, alternatives))
    }

    fn chunk(&self, index: u64, delta: &Value, logprobs: &Value, finish_reason: Option<FinishReason>) -> String {
        let choice = json!({ "index": index, "delta": delta, "logprobs": logprobs, "finish_reason": finish_reason });
        self.event(&[choice], &Value::Null)
    }

    fn event(&self, choices: &[Value], usage: &Value) -> String {
        let chunk = json!({
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "choices": choices,
            "usage": usage,
        });
        format!("data: {chunk}\n\n")
    }
}

fn pieces(text: &str) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(PIECE).map(|piece| piece.iter().collect()).collect()
}
