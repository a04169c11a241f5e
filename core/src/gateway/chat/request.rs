//! What a chat request says besides its messages.

use super::message::Message;
use crate::gateway::fallback::Fallback;

/// A question to a model, with what was said before.
///
/// Everything but the messages is optional; the model's defaults apply to what is left out. Not every model accepts
/// every field: a provider either ignores what its model does not know or refuses it, which is
/// [`Error::Provider`](crate::Error::Provider).
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChatRequest {
    /// The conversation, oldest message first. The last message is the question.
    pub messages: Vec<Message>,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The longest answer, in tokens. Sent under this name to every model: AI Pass translates it for models that know
    /// only the newer name. With a provider that does not translate, use `max_completion_tokens`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_tokens: Option<u32>,
    /// The longest answer under its newer name, in tokens, for a provider that refuses `max_tokens` for its reasoning
    /// models. The model's reasoning counts too. Only one of the two may be set.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_completion_tokens: Option<u32>,
    /// The sampling temperature, from 0 (the likeliest words) to 2 (the most varied).
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub temperature: Option<f64>,
    /// The model chooses among the likeliest tokens whose probabilities add up to this, from 0 to 1.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub top_p: Option<f64>,
    /// The model stops before any of these texts. Empty ones are refused.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub stop: Vec<String>,
    /// Makes tokens less likely that the text already has, from -2 to 2. A higher value leads to more new subjects.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub presence_penalty: Option<f64>,
    /// Makes tokens less likely each time they were used, from -2 to 2. A higher value leads to less repetition.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub frequency_penalty: Option<f64>,
    /// The same seed gives the same answer, as far as the model supports it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub seed: Option<i64>,
    /// How many answers to return, 1 if left out. Each is paid for.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub n: Option<u32>,
    /// Asks for the log-probability of each token of the answer, and of this many likely alternatives to it, from 0 to
    /// 20.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub top_logprobs: Option<u32>,
    /// How long a reasoning model may think.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub reasoning_effort: Option<ReasoningEffort>,
    /// Tools that the model may call.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tools: Vec<Tool>,
    /// Whether the model may call tools, or must; if left out, it decides.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tool_choice: Option<ToolChoice>,
    /// Whether the model may call several tools at once.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub parallel_tool_calls: Option<bool>,
    /// The form of the answer; `None` means text.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_format: Option<ResponseFormat>,
    /// An opaque id of the app's user, by which the provider can detect abuse. It must not identify the person.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub user: Option<String>,
    /// Parameters that have no field here: a JSON object as text, whose members are added to the request's body. A
    /// member that has a field here is refused.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra_json: Option<String>,
    /// Which models to ask where this one refuses at no cost; `None` asks no other.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub fallback: Option<Fallback>,
}

/// A function that the model may ask the app to call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// What it does, for the model.
    pub description: String,
    /// Its parameters as a JSON schema, an object as text.
    pub parameters_json: String,
    /// Whether the arguments must fit the schema exactly. Providers then accept fewer kinds of schemas.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub strict: bool,
}

/// Whether a model calls tools.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ToolChoice {
    /// The model decides (`auto`).
    Auto,
    /// The model calls no tool (`none` in the request).
    Never,
    /// It calls at least one (`required`).
    Required,
    /// It calls this one.
    Tool {
        /// The tool's name.
        name: String,
    },
}

/// How long a reasoning model may think before it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReasoningEffort {
    /// Not at all (`none`).
    Off,
    /// As little as possible.
    Minimal,
    /// A little.
    Low,
    /// As usual.
    Medium,
    /// Long.
    High,
    /// A value that this library does not know.
    Other {
        /// The provider's word for it.
        name: String,
    },
}

/// The form that an answer must have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ResponseFormat {
    /// Any JSON object. Providers also require the word JSON in one of the messages.
    JsonObject,
    /// JSON that fits a schema.
    JsonSchema {
        /// A name for the schema.
        name: String,
        /// The schema, an object as text.
        schema_json: String,
        /// Whether the answer must fit the schema exactly. Providers then accept fewer kinds of schemas: OpenAI's must
        /// require every property and allow no others.
        strict: bool,
    },
}

impl ChatRequest {
    /// A request with this conversation.
    pub fn new(messages: Vec<Message>) -> Self {
        Self { messages, ..Self::default() }
    }

    /// A request with one question.
    pub fn user(text: impl Into<String>) -> Self {
        Self::new(vec![Message::user(text)])
    }

    /// Adds a rule before all other messages.
    pub fn system(mut self, text: impl Into<String>) -> Self {
        self.messages.insert(0, Message::system(text));
        self
    }

    /// Sets the model.
    pub fn model(mut self, id: impl Into<String>) -> Self {
        self.model = Some(id.into());
        self
    }

    /// Sets which models are asked where this one refuses at no cost.
    pub fn fallback(mut self, fallback: Fallback) -> Self {
        self.fallback = Some(fallback);
        self
    }

    /// Sets the longest answer, in tokens.
    pub fn max_tokens(mut self, tokens: u32) -> Self {
        self.max_tokens = Some(tokens);
        self
    }
}

impl Tool {
    /// A tool with a JSON schema for its parameters.
    pub fn new(name: impl Into<String>, description: impl Into<String>, parameters_json: impl Into<String>) -> Self {
        let (name, description, parameters_json) = (name.into(), description.into(), parameters_json.into());
        Self { name, description, parameters_json, strict: false }
    }
}

impl ReasoningEffort {
    pub(super) fn wire(&self) -> &str {
        match self {
            Self::Off => "none",
            Self::Minimal => "minimal",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Other { name } => name,
        }
    }
}
