//! What a model answers.

use super::message::{ContentPart, Message, Role, ToolCall};
use crate::gateway::fallback::RefusedModel;
use crate::gateway::lenient;
use crate::gateway::usage::TokenUsage;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

/// A model's whole answer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChatAnswer {
    /// What the model said; empty if it only called tools, or refused.
    pub text: String,
    /// The model's reasoning, if the model shows it. Not a part of the answer.
    pub reasoning: Option<String>,
    /// Why the model does not answer, if it says so apart from the text.
    pub refusal: Option<String>,
    /// The tools that the model wants called.
    pub tool_calls: Vec<ToolCall>,
    /// Why the model stopped. [`FinishReason::Length`] means that the text is cut off at `max_tokens`.
    pub finish_reason: FinishReason,
    /// The log-probabilities of the text's tokens, if the request asked for them; at most the first 65,536.
    pub logprobs: Vec<TokenLogprob>,
    /// The other answers, if the request asked for more than one by `n`.
    pub other_choices: Vec<ChatChoice>,
    /// The model, as the provider names it; if it names none, as the request did.
    pub model: String,
    /// The tokens used, for all choices together, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// What the call cost in US dollars, if the provider says so: in its headers, or in the usage. Unknown is `None`, never zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
    /// The members of the response that have no field here, as a JSON object: its own id, the time, citations. Of a
    /// streamed answer, the last value of each member.
    pub extra_json: Option<String>,
    /// The members of the first choice's message that have no field here, as a JSON object, such as annotations.
    pub message_extra_json: Option<String>,
    /// The models that refused the request before this one answered it, in order; empty if the first one did.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub refused_models: Vec<RefusedModel>,
}

/// One of several answers to the same question.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChatChoice {
    /// Its number, from 1. Number 0 is the answer itself.
    pub index: u32,
    /// What the model said; empty if it only called tools, or refused.
    pub text: String,
    /// The model's reasoning, if the model shows it.
    pub reasoning: Option<String>,
    /// Why the model does not answer, if it says so apart from the text.
    pub refusal: Option<String>,
    /// The tools that the model wants called.
    pub tool_calls: Vec<ToolCall>,
    /// Why the model stopped.
    pub finish_reason: FinishReason,
    /// The log-probabilities of the text's tokens, if the request asked for them.
    pub logprobs: Vec<TokenLogprob>,
    /// The members of its message that have no field here, as a JSON object.
    pub message_extra_json: Option<String>,
}

/// Why a model stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum FinishReason {
    /// The answer is complete.
    Stop,
    /// It reached `max_tokens`: the text is cut off.
    Length,
    /// It calls tools.
    ToolCalls,
    /// The provider's filter stopped it.
    ContentFilter,
    /// The provider gives no reason, or one that this library does not know.
    Other {
        /// The provider's word; empty if there is none.
        name: String,
    },
}

/// A token of an answer, and how likely it was.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TokenLogprob {
    /// The token's text.
    pub token: String,
    /// The natural logarithm of its probability: 0 is certain; a lower value is less likely.
    pub logprob: f64,
    /// Its bytes in UTF-8, if the provider gives them: a token may be a part of a character.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub bytes: Option<Vec<u8>>,
    /// The likeliest alternatives, as many as the request asked for.
    #[serde(default, deserialize_with = "top_logprobs")]
    pub top_logprobs: Vec<TopLogprob>,
}

/// An alternative to a token of an answer, and how likely it was.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TopLogprob {
    /// The token's text.
    pub token: String,
    /// The natural logarithm of its probability.
    pub logprob: f64,
    /// Its bytes in UTF-8, if the provider gives them.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub bytes: Option<Vec<u8>>,
}

/// The likeliest tokens: 20 are the most that can be asked for.
fn top_logprobs<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<TopLogprob>, D::Error> {
    const MAX_TOP_LOGPROBS: usize = 32;
    Ok(lenient::first_items(<&RawValue>::deserialize(deserializer)?, MAX_TOP_LOGPROBS))
}

/// The answer as a message of the conversation that goes on: its first choice, with its tool calls.
impl From<&ChatAnswer> for Message {
    fn from(answer: &ChatAnswer) -> Self {
        let text = answer.refusal.as_ref().filter(|_| answer.text.is_empty()).unwrap_or(&answer.text);
        let only_calls = text.is_empty() && !answer.tool_calls.is_empty();
        let content = if only_calls { Vec::new() } else { vec![ContentPart::text(text)] };
        Message { content, tool_calls: answer.tool_calls.clone(), ..Message::empty(Role::Assistant) }
    }
}

impl FinishReason {
    pub(super) fn read(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "stop" | "end_turn" | "eos" | "stop_sequence" => Self::Stop,
            "length" | "max_tokens" | "max_output_tokens" | "model_length" => Self::Length,
            "tool_calls" | "function_call" | "tool_use" => Self::ToolCalls,
            "content_filter" | "safety" => Self::ContentFilter,
            _ => Self::Other { name: name.to_owned() },
        }
    }

    /// The model reports that it failed.
    pub(super) fn is_error(&self) -> bool {
        matches!(self, Self::Other { name } if name.eq_ignore_ascii_case("error"))
    }

    /// The model had more to say.
    pub(super) fn is_cut(&self) -> bool {
        !matches!(self, Self::Stop | Self::ToolCalls)
    }
}
