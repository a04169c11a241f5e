//! The messages of a request.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;
use serde_json::Value;

use crate::backend::{Conversation, usage};
use crate::model_api::errors::invalid;
use crate::wire::errors::RequestError;

/// More pages than any receipt has.
const MAX_PHOTOS: usize = 16;

#[derive(Debug, Deserialize)]
pub(super) struct Message {
    role: String,
    #[serde(default)]
    content: Option<Content>,
    #[serde(default)]
    tool_calls: Option<Vec<Value>>,
    #[serde(default)]
    tool_call_id: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part {
    Text { text: String },
    ImageUrl { image_url: ImageUrl },
}

#[derive(Debug, Deserialize)]
struct ImageUrl {
    url: String,
}

/// The conversation that the messages are.
pub(super) fn conversation(messages: &[Message]) -> Result<Conversation, RequestError> {
    let mut conversation = Conversation::default();
    for message in messages {
        let (text, images) = message.read()?;
        if message.role == "assistant" {
            conversation.cached_tokens = conversation.prompt_tokens;
        }
        let calls = message.tool_calls.iter().flatten().map(|call| usage::text_tokens(&call.to_string()));
        conversation.prompt_tokens += usage::text_tokens(&text) + calls.sum::<u64>();
        conversation.prompt_tokens += usage::photo_tokens(images.len());
        if message.role == "user" {
            conversation.photos = images;
            conversation.question.clone_from(&text);
        }
        conversation.tool_result = (message.role == "tool").then(|| text.clone());
        conversation.texts.push(text);
    }
    Ok(conversation)
}
impl Message {
    fn read(&self) -> Result<(String, Vec<Bytes>), RequestError> {
        if !["system", "developer", "user", "assistant", "tool"].contains(&self.role.as_str()) {
            return Err(invalid("role must be system, developer, user, assistant or tool"));
        }
        if self.role == "tool" && self.tool_call_id.is_none() {
            return Err(invalid("a tool's message must have the tool_call_id that it answers"));
        }
        let (mut text, mut images) = (String::new(), Vec::new());
        match &self.content {
            None => {}
            Some(Content::Text(whole)) => text.push_str(whole),
            Some(Content::Parts(parts)) => {
                for part in parts {
                    match part {
                        Part::Text { text: piece } => text.push_str(piece),
                        Part::ImageUrl { image_url } => images.push(decode(&image_url.url)?),
                    }
                }
            }
        }
        if images.len() > MAX_PHOTOS {
            return Err(invalid(format!("a message may have {MAX_PHOTOS} images")));
        }
        Ok((text, images))
    }
}

/// wire: `image_url.url` = `data:image/jpeg;base64,…`; JPEG, PNG, GIF, WebP
fn decode(url: &str) -> Result<Bytes, RequestError> {
    let data = url
        .strip_prefix("data:")
        .ok_or_else(|| invalid("image_url.url must be a data: URL: a sandbox fetches nothing from elsewhere"))?;
    let (media_type, encoded) =
        data.split_once(";base64,").ok_or_else(|| invalid("image_url.url must be data:<type>;base64,<data>"))?;
    if !["image/jpeg", "image/png", "image/gif", "image/webp"].contains(&media_type) {
        return Err(invalid("images must be JPEG, PNG, GIF or WebP"));
    }
    STANDARD.decode(encoded).map(Bytes::from).map_err(|_| invalid("image_url.url holds no valid base64"))
}
