//! A chat request, read strictly.

use serde::Deserialize;
use serde_json::{Value, json};

use super::completion::FinishReason;
use super::message::{Conversation, Message};
use super::tools::{Call, Choice, Tool, Word, called};
use super::{sample, usage};
use crate::model_api::invalid;
use crate::server::refusal::Refusal;

const MAX_CHOICES: u64 = 8;
/// OpenAI's limits.
const MAX_ALTERNATIVES: usize = 20;
const MAX_STOPS: usize = 4;

/// The fields of a chat request that a sandbox acts on; the rest it ignores, as a model would be free to.
#[derive(Debug, Deserialize)]
pub(crate) struct ChatRequest {
    pub(crate) model: String,
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
    reasoning_effort: Option<Effort>,
    tools: Option<Vec<Tool>>,
    tool_choice: Option<Choice>,
    parallel_tool_calls: Option<bool>,
    response_format: Option<Format>,
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
enum Effort {
    None,
    Minimal,
    Low,
    Medium,
    High,
    XHigh,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Format {
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
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let request: Self = serde_json::from_slice(body)
            .map_err(|error| invalid(format!("The body is not a chat request: {error}")))?;
        if request.messages.is_empty() {
            return Err(invalid("messages is empty"));
        }
        Ok(request)
    }

    /// What a server refuses although it can be read.
    pub(super) fn check(&self) -> Result<(), Refusal> {
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
        let forced = matches!(self.tool_choice, Some(Choice::Word(Word::Required) | Choice::Tool { .. }));
        if forced && self.tools.as_ref().is_none_or(Vec::is_empty) {
            return Err(invalid("tool_choice needs tools"));
        }
        let exists = |name: &str| self.tools.iter().flatten().any(|tool| tool.is_called(name));
        if matches!(&self.tool_choice, Some(Choice::Tool { function }) if !exists(&function.name)) {
            return Err(invalid("tool_choice names none of the tools"));
        }
        match &self.response_format {
            Some(Format::JsonSchema { json_schema })
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

    /// How many alternatives each token is to have, where its probability is asked for.
    pub(super) fn logprobs(&self) -> Option<usize> {
        (self.logprobs == Some(true)).then(|| self.top_logprobs.unwrap_or_default())
    }

    /// What thinking as hard as asked for counts for.
    pub(super) fn reasoning_tokens(&self) -> u64 {
        match self.reasoning_effort {
            None | Some(Effort::None | Effort::Minimal) => 0,
            Some(Effort::Low) => 64,
            Some(Effort::Medium) => 256,
            Some(Effort::High) => 1024,
            Some(Effort::XHigh) => 4096,
        }
    }

    pub(crate) fn conversation(&self) -> Result<Conversation, Refusal> {
        Conversation::of(&self.messages)
    }

    pub(super) fn tool_calls(&self, conversation: &Conversation) -> Vec<Call> {
        let mut calls = called(self.tools.as_deref().unwrap_or_default(), self.tool_choice.as_ref(), conversation);
        if self.parallel_tool_calls == Some(false) {
            calls.truncate(1);
        }
        calls
    }

    /// The text in the form asked for: with a schema, what is known of its fields, and for the rest values that fit.
    pub(super) fn formed(&self, text: String, conversation: &Conversation) -> String {
        let known = || serde_json::from_str::<Value>(&text).ok().filter(Value::is_object);
        match &self.response_format {
            None | Some(Format::Text) => text,
            Some(Format::JsonObject) => known().unwrap_or_else(|| json!({ "answer": text })).to_string(),
            Some(Format::JsonSchema { json_schema }) => {
                sample::fitting(&json_schema.schema, known().as_ref(), &conversation.question).to_string()
            }
        }
    }

    /// As much of the text as was asked for, and why it ends there.
    pub(super) fn cut(&self, mut text: String) -> (String, FinishReason) {
        if let Some(end) = self.stops().iter().filter_map(|stop| text.find(stop)).min() {
            text.truncate(end);
        }
        match self.max_tokens.and_then(|most| usage::cut(&text, most)) {
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
