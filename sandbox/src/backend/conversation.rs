//! A conversation as a backend sees it.

use bytes::Bytes;

/// The messages of a chat request.
#[derive(Debug, Default)]
pub(crate) struct Conversation {
    /// The text of each message, oldest first.
    pub(crate) texts: Vec<String>,
    /// The photos of the user's last message: the pages of one receipt.
    pub(crate) photos: Vec<Bytes>,
    /// The tokens of all messages.
    pub(crate) prompt_tokens: u64,
    /// The tokens of the messages before the latest one of the assistant, which count as cached.
    pub(crate) cached_tokens: u64,
    /// The text of the user's last message.
    pub(crate) question: String,
    /// The result of a tool, if that is the last message.
    pub(crate) tool_result: Option<String>,
}
