//! What is said in a conversation, and by whom.

use crate::gateway::photo::Photo;
use serde::{Deserialize, Serialize};

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Message {
    /// Who wrote it.
    pub role: Role,
    /// Its parts: text and photos.
    pub content: Vec<ContentPart>,
    /// In an assistant's message: the tools that it called. The messages right after it are the tools', one for each call.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tool_calls: Vec<ToolCall>,
    /// In a tool's message: the id of the call whose result it is.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tool_call_id: Option<String>,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Role {
    /// The app, giving the model its rules.
    System,
    /// As `System`, for newer models.
    Developer,
    /// The user.
    User,
    /// The model.
    Assistant,
    /// A tool, giving its result.
    Tool,
}

/// A part of a message.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ContentPart {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// A photo, prepared and uploaded with the message.
    Photo {
        /// The photo.
        photo: Photo,
    },
}

/// A call that the model asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ToolCall {
    /// The call's id. The tool's message repeats it.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// The arguments as the model wrote them: JSON, if the model followed the tool's schema.
    pub arguments_json: String,
}

impl Message {
    /// A message of the user.
    pub fn user(text: impl Into<String>) -> Self {
        Self { content: vec![ContentPart::text(text)], ..Self::empty(Role::User) }
    }

    /// What the person says about these photos.
    pub(in crate::gateway) fn with_photos(text: impl Into<String>, photos: Vec<Photo>) -> Self {
        let mut message = Self::user(text);
        message.content.extend(photos.into_iter().map(|photo| ContentPart::Photo { photo }));
        message
    }

    /// A rule for the model.
    pub fn system(text: impl Into<String>) -> Self {
        Self { content: vec![ContentPart::text(text)], ..Self::empty(Role::System) }
    }

    /// An earlier answer of the model.
    pub fn assistant(text: impl Into<String>) -> Self {
        Self { content: vec![ContentPart::text(text)], ..Self::empty(Role::Assistant) }
    }

    /// What a tool returned to the call named `tool_call_id`.
    pub fn tool(tool_call_id: impl Into<String>, result: impl Into<String>) -> Self {
        let content = vec![ContentPart::text(result)];
        Self { content, tool_call_id: Some(tool_call_id.into()), ..Self::empty(Role::Tool) }
    }

    /// A message with nothing in it yet.
    pub fn empty(role: Role) -> Self {
        Self { role, content: Vec::new(), tool_calls: Vec::new(), tool_call_id: None }
    }
}

impl ContentPart {
    /// Text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}
