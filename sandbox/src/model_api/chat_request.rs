//! A chat request, read strictly.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Deserialize;

use crate::model_api::{invalid, usage};
use crate::server::refusal::Refusal;

/// The fields of a chat request that a sandbox acts on; the rest it ignores, as a model would be free to.
#[derive(Debug, Deserialize)]
pub(crate) struct ChatRequest {
    pub(crate) model: String,
    messages: Vec<Message>,
    #[serde(default)]
    stream: Option<bool>,
    #[serde(default)]
    stream_options: Option<StreamOptions>,
    #[serde(default, alias = "max_completion_tokens")]
    pub(crate) max_tokens: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct StreamOptions {
    #[serde(default)]
    include_usage: bool,
}

#[derive(Debug, Deserialize)]
struct Message {
    role: String,
    #[serde(default)]
    content: Option<Content>,
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

/// What a backend gets to see.
#[derive(Debug)]
pub(crate) struct Conversation {
    /// The text of each message, oldest first.
    pub(crate) texts: Vec<String>,
    /// The first photo of the last message of the user.
    pub(crate) photo: Option<Bytes>,
    /// What sending it counts for.
    pub(crate) prompt_tokens: u64,
}

impl ChatRequest {
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let request: Self = serde_json::from_slice(body)
            .map_err(|error| invalid(format!("The body is not a chat request: {error}")))?;
        if request.messages.is_empty() {
            return Err(invalid("messages is empty"));
        }
        Ok(request)
    }

    pub(crate) fn streams(&self) -> bool {
        self.stream == Some(true)
    }

    pub(crate) fn wants_usage_in_stream(&self) -> bool {
        self.stream_options.as_ref().is_some_and(|options| options.include_usage)
    }

    pub(crate) fn conversation(&self) -> Result<Conversation, Refusal> {
        let mut conversation = Conversation { texts: Vec::new(), photo: None, prompt_tokens: 0 };
        let mut photos = 0;
        for message in &self.messages {
            let (text, images) = message.read()?;
            conversation.prompt_tokens += usage::text_tokens(&text);
            photos += images.len();
            if message.role == "user" {
                conversation.photo = images.into_iter().next();
            }
            conversation.texts.push(text);
        }
        conversation.prompt_tokens += usage::photo_tokens(photos);
        Ok(conversation)
    }
}

impl Message {
    fn read(&self) -> Result<(String, Vec<Bytes>), Refusal> {
        if !["system", "developer", "user", "assistant", "tool"].contains(&self.role.as_str()) {
            return Err(invalid("role must be system, developer, user, assistant or tool"));
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
        Ok((text, images))
    }
}

/// wire: `image_url.url` = `data:image/jpeg;base64,…`; JPEG, PNG, GIF, WebP
fn decode(url: &str) -> Result<Bytes, Refusal> {
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
