//! The pieces in which a streamed answer comes.

use super::response::{FinishReason, TokenLogprob};
use crate::gateway::usage::TokenUsage;

/// A piece of a streamed answer. `choice` is the answer that it belongs to: from 0 if the request asked for several by
/// `n`, otherwise 0.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ChatEvent {
    /// The model that answers. Comes once, before everything else.
    Started {
        /// As the provider names it.
        model: String,
    },
    /// The next piece of text.
    Text {
        /// Append it to the text before.
        text: String,
        /// The answer that it belongs to.
        choice: u32,
    },
    /// The next piece of the model's reasoning, if the model shows it. Not a part of the answer.
    Reasoning {
        /// Append it to the text before.
        text: String,
        /// The answer that it belongs to.
        choice: u32,
    },
    /// The next piece of the model's refusal: its text says why it does not answer.
    Refusal {
        /// Append it to the text before.
        text: String,
        /// The answer that it belongs to.
        choice: u32,
    },
    /// The next piece of a tool call. [`ChatStream::answer`](super::ChatStream::answer) has the whole calls.
    ToolCall {
        /// Append its arguments to those before with the same index.
        part: ToolCallPart,
        /// The answer that it belongs to.
        choice: u32,
    },
    /// The log-probabilities of the text's next tokens, if the request asked for them.
    Logprobs {
        /// The next tokens.
        tokens: Vec<TokenLogprob>,
        /// The answer that they belong to.
        choice: u32,
    },
    /// The model stopped. If it reports several reasons, the last one counts. For the last choice this comes at the end
    /// of the response.
    Finished {
        /// Why.
        reason: FinishReason,
        /// The answer that is finished.
        choice: u32,
    },
    /// The tokens used, if the provider says so. Comes after the end of the text.
    Usage {
        /// The tokens.
        usage: TokenUsage,
    },
}

impl ChatEvent {
    /// The model's text in it.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text { text, .. } | Self::Reasoning { text, .. } | Self::Refusal { text, .. } => text,
            Self::ToolCall { part, .. } => &part.arguments_json,
            Self::Started { .. } | Self::Logprobs { .. } | Self::Finished { .. } | Self::Usage { .. } => "",
        }
    }
}

/// The events of a chunk, in their order.
#[derive(Default)]
pub(super) struct Events {
    list: Vec<ChatEvent>,
    are_unwanted: bool,
}

impl Events {
    /// For a response that is wanted as a whole: nothing is kept.
    pub(super) fn unwanted() -> Self {
        Self { list: Vec::new(), are_unwanted: true }
    }

    pub(super) fn are_wanted(&self) -> bool {
        !self.are_unwanted
    }

    pub(super) fn push(&mut self, event: ChatEvent) {
        if !self.are_unwanted {
            self.list.push(event);
        }
    }

    pub(super) fn extend(&mut self, events: impl IntoIterator<Item = ChatEvent>) {
        events.into_iter().for_each(|event| self.push(event));
    }

    /// The event, if there is one and no other.
    pub(super) fn only(&self) -> Option<&ChatEvent> {
        match self.list.as_slice() {
            [event] => Some(event),
            _ => None,
        }
    }

    pub(super) fn drain(&mut self) -> impl Iterator<Item = ChatEvent> {
        self.list.drain(..)
    }
}

/// A piece of a tool call. The first has the tool's name; each adds to the arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ToolCallPart {
    /// Which of the answer's calls it belongs to.
    pub index: u32,
    /// The call's id, mostly in its first piece.
    pub id: Option<String>,
    /// The tool's name, in the first piece. If a provider splits it, later pieces have the rest.
    pub name: Option<String>,
    /// The next piece of the arguments' JSON.
    pub arguments_json: String,
}
