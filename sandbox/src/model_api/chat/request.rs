//! Reads a chat request strictly.

use serde::Deserialize;
use serde_json::{Value, json};

use super::finish_reason::FinishReason;
use super::message::{self, Message};
use super::sample;
use super::tools::{self, Tool, ToolCall, ToolChoice, ToolChoiceMode};
use crate::backend::{Conversation, usage};
use crate::model_api::errors::invalid;
use crate::wire::errors::RequestError;

const MAX_CHOICES: u64 = 8;
/// OpenAI's limits.
const MAX_ALTERNATIVES: usize = 20;
const MAX_STOPS: usize = 4;

/// The fields of a chat request that the sandbox uses. It ignores the others.
#[derive(Debug, Deserialize)]
pub(super) struct ChatRequest {
    pub(super) model: String,
    messages: Vec<Message>,
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    #[serde(alias = "max_completion_tokens")]
    max_tokens: Option<u64>,
    n: Option<u64>,
    stop: Option<Stop>,
    temperature: Option<f64>,
    top_p: Option<f64>,
    presence_penalty: Option<f64>,
    frequency_penalty: Option<f64>,
    logprobs: Option<bool>,
    top_logprobs: Option<usize>,
    reasoning_effort: Option<ReasoningEffort>,
    tools: Option<Vec<Tool>>,
    tool_choice: Option<ToolChoice>,
    parallel_tool_calls: Option<bool>,
    response_format: Option<ResponseFormat>,
}

#[derive(Debug, Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: bool,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Stop {
    One(String),
    Many(Vec<String>),
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ReasoningEffort {
    None,
    Minimal,
    Low,
    Medium,
    High,
    XHigh,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ResponseFormat {
    Text,
    JsonObject,
    JsonSchema { json_schema: Schema },
}

#[derive(Debug, Deserialize)]
struct Schema {
    name: String,
    schema: Value,
}

impl ChatRequest {
    pub(super) fn parse(body: &[u8]) -> Result<Self, RequestError> {
        let request: Self = serde_json::from_slice(body)
            .map_err(|error| invalid(format!("The body is not a chat request: {error}")))?;
        if request.messages.is_empty() {
            return Err(invalid("messages is empty"));
        }
        Ok(request)
    }

    /// Checks the values.
    pub(super) fn check(&self) -> Result<(), RequestError> {
        let within = |name: &str, value: Option<f64>, least: f64, most: f64| match value {
            Some(value) if !(least..=most).contains(&value) => {
                Err(invalid(format!("{name} must be from {least} to {most}")))
            }
            _ => Ok(()),
        };
        within("temperature", self.temperature, 0.0, 2.0)?;
        within("top_p", self.top_p, 0.0, 1.0)?;
        within("presence_penalty", self.presence_penalty, -2.0, 2.0)?;
        within("frequency_penalty", self.frequency_penalty, -2.0, 2.0)?;
        if !(1..=MAX_CHOICES).contains(&self.choices()) {
            return Err(invalid(format!("n must be from 1 to {MAX_CHOICES}")));
        }
        if self.stops().len() > MAX_STOPS || self.stops().iter().any(|stop| stop.is_empty()) {
            return Err(invalid(format!("stop must be a text or up to {MAX_STOPS}, and none empty")));
        }
        let alternatives = self.top_logprobs.unwrap_or_default();
        if alternatives > MAX_ALTERNATIVES || (alternatives > 0 && self.logprobs != Some(true)) {
            return Err(invalid(format!("top_logprobs must be up to {MAX_ALTERNATIVES}, and needs logprobs")));
        }
        let forced =
            matches!(self.tool_choice, Some(ToolChoice::Mode(ToolChoiceMode::Required) | ToolChoice::Tool { .. }));
        if forced && self.tools.as_ref().is_none_or(Vec::is_empty) {
            return Err(invalid("tool_choice needs tools"));
        }
        let exists = |name: &str| self.tools.iter().flatten().any(|tool| tool.has_name(name));
        if matches!(&self.tool_choice, Some(ToolChoice::Tool { function }) if !exists(&function.name)) {
            return Err(invalid("tool_choice names none of the tools"));
        }
        match &self.response_format {
            Some(ResponseFormat::JsonSchema { json_schema })
                if json_schema.name.is_empty() || !json_schema.schema.is_object() =>
            {
                Err(invalid("json_schema must have a name and a schema"))
            }
            _ => Ok(()),
        }
    }

    pub(super) fn streams(&self) -> bool {
        self.stream == Some(true)
    }

    pub(super) fn wants_usage_in_stream(&self) -> bool {
        self.stream_options.as_ref().is_some_and(|options| options.include_usage)
    }

    pub(super) fn choices(&self) -> u64 {
        self.n.unwrap_or(1)
    }

    /// The number of alternatives for each token, if probabilities are requested.
    pub(super) fn logprobs(&self) -> Option<usize> {
        (self.logprobs == Some(true)).then(|| self.top_logprobs.unwrap_or_default())
    }

    /// The tokens that the requested reasoning effort counts for.
    pub(super) fn reasoning_tokens(&self) -> u64 {
        match self.reasoning_effort {
            None | Some(ReasoningEffort::None | ReasoningEffort::Minimal) => 0,
            Some(ReasoningEffort::Low) => 64,
            Some(ReasoningEffort::Medium) => 256,
            Some(ReasoningEffort::High) => 1024,
            Some(ReasoningEffort::XHigh) => 4096,
        }
    }

    pub(super) fn conversation(&self) -> Result<Conversation, RequestError> {
        message::conversation(&self.messages)
    }

    pub(super) fn tool_calls(&self, conversation: &Conversation) -> Vec<ToolCall> {
        let mut calls =
            tools::tool_calls(self.tools.as_deref().unwrap_or_default(), self.tool_choice.as_ref(), conversation);
        if self.parallel_tool_calls == Some(false) {
            calls.truncate(1);
        }
        calls
    }

    /// The text in the requested format. With a schema, the text's own members where they fit, and values that fit for others.
    pub(super) fn with_response_format(&self, text: String, conversation: &Conversation) -> String {
        let known = || serde_json::from_str::<Value>(&text).ok().filter(Value::is_object);
        match &self.response_format {
            None | Some(ResponseFormat::Text) => text,
            Some(ResponseFormat::JsonObject) => known().unwrap_or_else(|| json!({ "answer": text })).to_string(),
            Some(ResponseFormat::JsonSchema { json_schema }) => {
                sample::value_for(&json_schema.schema, known().as_ref(), &conversation.question).to_string()
            }
        }
    }

    /// The text up to a stop sequence or the token limit, and why it ends there.
    pub(super) fn truncate(&self, mut text: String) -> (String, FinishReason) {
        if let Some(end) = self.stops().iter().filter_map(|stop| text.find(stop)).min() {
            text.truncate(end);
        }
        match self.max_tokens.and_then(|limit| usage::truncate(&text, limit)) {
            Some(beginning) => (beginning.to_owned(), FinishReason::Length),
            None => (text, FinishReason::Stop),
        }
    }

    fn stops(&self) -> Vec<&str> {
        match &self.stop {
            None => Vec::new(),
            Some(Stop::One(stop)) => vec![stop],
            Some(Stop::Many(stops)) => stops.iter().map(String::as_str).collect(),
        }
    }
}
