//! The form in which a conversation is saved: the version of this form, and the messages as OpenAI's API has them.

use super::super::chat::{ContentPart, Message, Role, ToolCall, body, check_tool_calls};
use super::super::photo::Photo;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

const VERSION: u32 = 1;

#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    messages: Vec<body::MessageBody<'a>>,
}

#[derive(Deserialize)]
struct Version {
    version: u32,
}

#[derive(Deserialize)]
struct Saved {
    messages: Vec<SavedMessage>,
}

#[derive(Deserialize)]
struct SavedMessage {
    role: Role,
    #[serde(default)]
    content: Option<SavedContent>,
    #[serde(default)]
    tool_calls: Vec<SavedCall>,
    #[serde(default)]
    tool_call_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SavedContent {
    Text(String),
    Parts(Vec<SavedPart>),
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum SavedPart {
    Text { text: String },
    ImageUrl { image_url: SavedUrl },
}

#[derive(Deserialize)]
struct SavedUrl {
    url: String,
}

#[derive(Deserialize)]
struct SavedCall {
    id: String,
    function: SavedFunction,
}

#[derive(Deserialize)]
struct SavedFunction {
    name: String,
    arguments: String,
}

pub(super) fn write(messages: &[Message]) -> Result<String> {
    let written = Written { version: VERSION, messages: body::messages(messages)? };
    serde_json::to_string(&written).map_err(|_| Error::internal("a conversation cannot be written"))
}

pub(super) fn read(saved: &str) -> Result<Vec<Message>> {
    let unreadable = |error: serde_json::Error| {
        Error::invalid_input("saved", format!("it is not a saved conversation: line {}", error.line()))
    };
    let Version { version } = serde_json::from_str(saved).map_err(unreadable)?;
    if version != VERSION {
        return Err(Error::invalid_input("saved", format!("it has version {version}; this library reads {VERSION}")));
    }
    let saved: Saved = serde_json::from_str(saved).map_err(unreadable)?;
    let messages: Vec<Message> = saved.messages.into_iter().map(Message::from).collect();
    match check_tool_calls(&messages) {
        Ok(_) => Ok(messages), // it may have been saved between a call and its result
        Err(error) => Err(Error::invalid_input("saved", error.to_string())),
    }
}

impl From<SavedMessage> for Message {
    fn from(saved: SavedMessage) -> Self {
        let content = match saved.content {
            None => Vec::new(),
            Some(SavedContent::Text(text)) => vec![ContentPart::Text { text }],
            Some(SavedContent::Parts(parts)) => parts.into_iter().map(ContentPart::from).collect(),
        };
        let tool_calls = saved.tool_calls.into_iter().map(ToolCall::from).collect();
        Message { role: saved.role, content, tool_calls, tool_call_id: saved.tool_call_id }
    }
}

impl From<SavedPart> for ContentPart {
    fn from(saved: SavedPart) -> Self {
        match saved {
            SavedPart::Text { text } => ContentPart::Text { text },
            SavedPart::ImageUrl { image_url } => ContentPart::Photo { photo: Photo::Url(image_url.url) },
        }
    }
}

impl From<SavedCall> for ToolCall {
    fn from(saved: SavedCall) -> Self {
        ToolCall { id: saved.id, name: saved.function.name, arguments_json: saved.function.arguments }
    }
}
