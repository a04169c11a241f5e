//! What a model answers.

use super::message::{ContentPart, Message, Role, ToolCall};
use super::wire::UsageBody;
use crate::gateway::lenient;
use serde::Deserialize;

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
    /// The log-probabilities of the text's tokens, if they were asked for.
    pub logprobs: Vec<TokenLogprob>,
    /// The further answers, if more than one was asked for by `n`.
    pub other_choices: Vec<ChatChoice>,
    /// The model that answered, as the provider names it, or else as it was asked for.
    pub model: String,
    /// What was used, for all choices together, if the provider says so.
    pub usage: Option<TokenUsage>,
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

/// How many tokens a call used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(from = "UsageBody")]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TokenUsage {
    /// Tokens of the question, photos included.
    pub prompt_tokens: u64,
    /// Tokens of the answer, reasoning included.
    pub completion_tokens: u64,
    /// Both together.
    pub total_tokens: u64,
    /// How many of the question's tokens the provider had kept from an earlier call, which costs less; if it says so.
    pub cached_tokens: Option<u64>,
    /// How many of the answer's tokens were spent on reasoning, if the provider says so.
    pub reasoning_tokens: Option<u64>,
}

/// A token of an answer, and how likely it was.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TokenLogprob {
    /// The token's text.
    #[serde(default)]
    pub token: String,
    /// The natural logarithm of its probability: 0 is certain, and the lower the less likely.
    pub logprob: f64,
    /// Its bytes in UTF-8, where the provider gives them: a token may be a part of a character.
    #[serde(default)]
    pub bytes: Option<Vec<u8>>,
    /// The likeliest tokens in its place, as many as were asked for.
    #[serde(default, deserialize_with = "lenient::list")]
    pub top_logprobs: Vec<TopLogprob>,
}

/// A token that could have stood in an answer, and how likely it was.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TopLogprob {
    /// The token's text.
    #[serde(default)]
    pub token: String,
    /// The natural logarithm of its probability.
    pub logprob: f64,
    /// Its bytes in UTF-8, where the provider gives them.
    #[serde(default)]
    pub bytes: Option<Vec<u8>>,
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
        match name {
            "stop" | "end_turn" | "eos" => Self::Stop,
            "length" | "max_tokens" => Self::Length,
            "tool_calls" | "function_call" => Self::ToolCalls,
            "content_filter" => Self::ContentFilter,
            name => Self::Other { name: name.to_owned() },
        }
    }
}
