//! What a model answers.

use super::message::{ContentPart, Message, Role, ToolCall};
use super::usage::TokenUsage;
use crate::gateway::lenient;
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
    /// What it thought before, where the model shows that. Not a part of the answer.
    pub reasoning: Option<String>,
    /// Why it will not answer, where the model says that apart from the text.
    pub refusal: Option<String>,
    /// The tools that the model wants called.
    pub tool_calls: Vec<ToolCall>,
    /// Why the model stopped. [`FinishReason::Length`] means that the text is cut off at `max_tokens`.
    pub finish_reason: FinishReason,
    /// The log-probabilities of the text's tokens, if they were asked for; at most the first 65,536.
    pub logprobs: Vec<TokenLogprob>,
    /// The further answers, if more than one was asked for by `n`.
    pub other_choices: Vec<ChatChoice>,
    /// The model that answered, as the provider names it, or else as it was asked for.
    pub model: String,
    /// What was used, for all choices together, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// What the call cost in US dollars, if the provider says so: in its headers, or in the usage. Unknown is `None`, never zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
    /// What the provider said besides and has no field here, as a JSON object: its own id, the time, citations. Of a streamed
    /// answer, the last value of each member.
    pub extra_json: Option<String>,
    /// The same about the first choice's message, such as annotations.
    pub message_extra_json: Option<String>,
}

/// One of several answers to the same question.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChatChoice {
    /// Its number. The first, whose number is 0, is the answer itself.
    pub index: u32,
    /// What the model said; empty if it only called tools, or refused.
    pub text: String,
    /// What it thought before, where the model shows that.
    pub reasoning: Option<String>,
    /// Why it will not answer, where the model says that apart from the text.
    pub refusal: Option<String>,
    /// The tools that the model wants called.
    pub tool_calls: Vec<ToolCall>,
    /// Why the model stopped.
    pub finish_reason: FinishReason,
    /// The log-probabilities of the text's tokens, if they were asked for.
    pub logprobs: Vec<TokenLogprob>,
    /// What the provider said about its message and has no field here, as a JSON object.
    pub message_extra_json: Option<String>,
}

/// Why a model stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum FinishReason {
    /// It was done.
    Stop,
    /// It reached `max_tokens`: the text is cut off.
    Length,
    /// It wants tools called.
    ToolCalls,
    /// The provider's filter stopped it.
    ContentFilter,
    /// The provider gives no reason, or one that is not known here.
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
    /// The natural logarithm of its probability: 0 is certain, and the lower the less likely.
    pub logprob: f64,
    /// Its bytes in UTF-8, where the provider gives them: a token may be a part of a character.
    #[serde(default, deserialize_with = "lenient::optional")]
    pub bytes: Option<Vec<u8>>,
    /// The likeliest tokens in its place, as many as were asked for.
    #[serde(default, deserialize_with = "top_logprobs")]
    pub top_logprobs: Vec<TopLogprob>,
}

/// A token that could have stood in an answer, and how likely it was.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TopLogprob {
    /// The token's text.
    pub token: String,
    /// The natural logarithm of its probability.
    pub logprob: f64,
    /// Its bytes in UTF-8, where the provider gives them.
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
