//! An answer, whole or as server-sent events.

use axum::body::Body;
use axum::http::Response;
use axum::http::header::{self, HeaderValue};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};

use crate::model_api::usage::Usage;
use crate::random;
use crate::server::paced_body::paced;
use crate::state::Shared;

/// Why an answer ended.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum FinishReason {
    Stop,
    Length,
}

/// One answer.
pub(crate) struct Completion {
    id: String,
    created: i64,
    model: String,
    text: String,
    finish_reason: FinishReason,
    usage: Usage,
}

impl Completion {
    pub(crate) fn new(
        model: String,
        text: String,
        finish_reason: FinishReason,
        usage: Usage,
        created: DateTime<Utc>,
    ) -> Self {
        Self { id: random::secret("chatcmpl-"), created: created.timestamp(), model, text, finish_reason, usage }
    }

    /// `chat.completion`.
    pub(crate) fn whole(&self) -> Value {
        json!({
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": self.model,
            "choices": [{
                "index": 0,
                "message": { "role": "assistant", "content": self.text },
                "finish_reason": self.finish_reason,
            }],
            "usage": self.usage,
        })
    }

    /// `chat.completion.chunk` events, then `[DONE]`.
    pub(crate) fn stream(&self, shared: &Shared, with_usage: bool) -> Response<Body> {
        let mut events = vec![self.chunk(&json!({ "role": "assistant", "content": "" }), None)];
        events.extend(words(&self.text).map(|word| self.chunk(&json!({ "content": word }), None)));
        events.push(self.chunk(&json!({}), Some(self.finish_reason)));
        if with_usage {
            // OpenAI: the last chunk before [DONE] has no choices, only the usage of the whole request.
            events.push(self.event(&[], Some(self.usage)));
        }
        events.push("data: [DONE]\n\n".to_owned());
        let mut response = Response::new(paced(shared, events.into_iter().map(Bytes::from)));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream; charset=utf-8"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    fn chunk(&self, delta: &Value, finish_reason: Option<FinishReason>) -> String {
        self.event(&[json!({ "index": 0, "delta": delta, "finish_reason": finish_reason })], None)
    }

    fn event(&self, choices: &[Value], usage: Option<Usage>) -> String {
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

/// The pieces that a text is streamed in: words, each with the space behind it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ')
}
