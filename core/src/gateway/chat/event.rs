//! The pieces in which a streamed answer comes.

use super::response::{FinishReason, TokenLogprob};
use super::usage::TokenUsage;

/// A piece of a streamed answer. `choice` tells which answer it belongs to if several were asked for by `n`: from 0, and always
/// 0 if it was one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ChatEvent {
    /// The model that answers, once, before everything else.
    Started {
        /// As the provider names it.
        model: String,
    },
    /// The next piece of text.
    Text {
        /// To be added to what came before.
        text: String,
        /// Whose piece it is.
        choice: u32,
    },
    /// The next piece of what the model thinks before it answers, where it shows that. Not a part of the answer.
    Reasoning {
        /// To be added to what came before.
        text: String,
        /// Whose piece it is.
        choice: u32,
    },
    /// The next piece of why the model will not answer.
    Refusal {
        /// To be added to what came before.
        text: String,
        /// Whose piece it is.
        choice: u32,
    },
    /// The next piece of a tool call. [`ChatStream::answer`](super::ChatStream::answer) has the whole calls.
    ToolCall {
        /// To be added to what came before with the same index.
        part: ToolCallPart,
        /// Whose piece it is.
        choice: u32,
    },
    /// How likely the tokens of the text were, if that was asked for.
    Logprobs {
        /// The tokens that follow those before.
        tokens: Vec<TokenLogprob>,
        /// Whose tokens they are.
        choice: u32,
    },
    /// The model stopped. If it reports several reasons, the last one counts. The last choice's comes at the end of the
    /// response.
    Finished {
        /// Why.
        reason: FinishReason,
        /// Which answer it is done with.
        choice: u32,
    },
    /// What was used, after the end of the text, if the provider says so.
    Usage {
        /// The tokens.
        usage: TokenUsage,
    },
}

impl ChatEvent {
    /// How many bytes of the model's text it has.
    pub(super) fn text_len(&self) -> usize {
        match self {
            Self::Text { text, .. } | Self::Reasoning { text, .. } | Self::Refusal { text, .. } => text.len(),
            Self::ToolCall { part, .. } => part.arguments_json.len(),
            Self::Started { .. } | Self::Logprobs { .. } | Self::Finished { .. } | Self::Usage { .. } => 0,
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

    pub(super) fn drain(&mut self) -> impl Iterator<Item = ChatEvent> {
        self.list.drain(..)
    }
}

/// A piece of a tool call: the first one has its name, all add to its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ToolCallPart {
    /// Which of the answer's calls it belongs to.
    pub index: u32,
    /// The call's id, mostly in its first piece.
    pub id: Option<String>,
    /// The tool's name, in its first piece. Where a provider splits it, later pieces have the rest.
    pub name: Option<String>,
    /// The next piece of the arguments' JSON.
    pub arguments_json: String,
}
