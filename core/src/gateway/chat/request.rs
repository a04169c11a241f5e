//! What a chat request says.

use crate::error::{Error, Result};
use crate::gateway::image::Photo;

/// A question to a model, with what was said before.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChatRequest {
    /// The conversation, oldest first. The last message is what is asked.
    pub messages: Vec<Message>,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The longest answer, in tokens.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_tokens: Option<u32>,
    /// How varied the answer is, from 0 (the likeliest) to 2.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub temperature: Option<f64>,
    /// Tools that the model may call.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tools: Vec<Tool>,
    /// The form of the answer; `None` means text.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_format: Option<ResponseFormat>,
}

/// One message of a conversation.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Message {
    /// Who says it.
    pub role: Role,
    /// What is said and shown.
    pub content: Vec<ContentPart>,
    /// In an assistant's message: the tools that it called.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tool_calls: Vec<ToolCall>,
    /// In a tool's message: the call that it answers.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tool_call_id: Option<String>,
}

/// Who says a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Role {
    /// The app, giving the model its rules.
    System,
    /// The same for newer models.
    Developer,
    /// The person.
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
    /// Words.
    Text {
        /// The words.
        text: String,
    },
    /// A photo, prepared and uploaded with the message.
    Photo {
        /// The photo.
        photo: Photo,
    },
    /// An image on the web, which the provider fetches.
    ImageUrl {
        /// Its https or `data:` URL.
        url: String,
    },
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
}

/// A call that the model asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ToolCall {
    /// Names the call; the tool's message quotes it.
    pub id: String,
    /// The tool's name.
    pub name: String,
    /// The arguments as the model wrote them: JSON, if the model kept to its schema.
    pub arguments_json: String,
}

/// The form that an answer must have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ResponseFormat {
    /// Some JSON object.
    JsonObject,
    /// JSON that fits a schema.
    JsonSchema {
        /// A name for the schema.
        name: String,
        /// The schema, an object as text.
        schema_json: String,
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

    /// The same with a rule before everything else.
    pub fn system(mut self, text: impl Into<String>) -> Self {
        self.messages.insert(0, Message::system(text));
        self
    }

    /// The same to this model.
    pub fn model(mut self, id: impl Into<String>) -> Self {
        self.model = Some(id.into());
        self
    }

    /// The same with an answer of at most so many tokens.
    pub fn max_tokens(mut self, tokens: u32) -> Self {
        self.max_tokens = Some(tokens);
        self
    }

    /// Refuses what could only cost money for nothing (P8).
    pub(super) fn check(&self) -> Result<()> {
        let Some(last) = self.messages.last() else {
            return Err(Error::invalid_input("messages", "there is none; ask something"));
        };
        let says_something = |part: &ContentPart| match part {
            ContentPart::Text { text } => !text.trim().is_empty(),
            ContentPart::Photo { .. } | ContentPart::ImageUrl { .. } => true,
        };
        if last.role != Role::Assistant && !last.content.iter().any(says_something) {
            return Err(Error::invalid_input("prompt", "it is empty; ask something"));
        }
        if self.temperature.is_some_and(|temperature| !(0.0..=2.0).contains(&temperature)) {
            return Err(Error::invalid_input("temperature", "it must be between 0 and 2"));
        }
        if self.max_tokens == Some(0) {
            return Err(Error::invalid_input("max_tokens", "it is 0: there would be no answer"));
        }
        Ok(())
    }
}

impl Message {
    /// What the person says.
    pub fn user(text: impl Into<String>) -> Self {
        Self { content: vec![ContentPart::text(text)], ..Self::empty(Role::User) }
    }

    /// A rule for the model.
    pub fn system(text: impl Into<String>) -> Self {
        Self { content: vec![ContentPart::text(text)], ..Self::empty(Role::System) }
    }

    /// What the model said before.
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
    /// Words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text { text: text.into() }
    }
}

impl Tool {
    /// A tool with a JSON schema for its parameters.
    pub fn new(name: impl Into<String>, description: impl Into<String>, parameters_json: impl Into<String>) -> Self {
        Self { name: name.into(), description: description.into(), parameters_json: parameters_json.into() }
    }
}
