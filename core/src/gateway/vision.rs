//! Questions about photos.

use super::chat::{ChatAnswer, ChatRequest, Message};
use super::fallback::Fallback;
use super::photo::Photo;
use crate::client::AiPass;
use crate::error::{Error, Result};

/// A question about one photo or several.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ImageQuestion {
    /// The photos, in this order.
    pub photos: Vec<Photo>,
    /// The question.
    pub prompt: String,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The longest answer, in tokens; `None` leaves it to the model. A reasoning model's thoughts count too.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_tokens: Option<u32>,
    /// Which models to ask where this one refuses at no cost; `None` asks no other.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub fallback: Option<Fallback>,
}

impl ImageQuestion {
    /// Asks `prompt` about `photo`.
    pub fn new(photo: impl Into<Photo>, prompt: impl Into<String>) -> Self {
        Self::about(vec![photo.into()], prompt)
    }

    /// Asks `prompt` about these photos together.
    pub fn about(photos: Vec<Photo>, prompt: impl Into<String>) -> Self {
        Self { photos, prompt: prompt.into(), model: None, max_tokens: None, fallback: None }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks a model about photos. On the device they are turned upright and shrunk, and their metadata is removed. One
    /// paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo` or `prompt` before anything is sent; those of [`chat`](Self::chat).
    pub async fn describe_image(&self, question: ImageQuestion) -> Result<ChatAnswer> {
        self.chat(question.into_chat()?).await
    }
}

impl ImageQuestion {
    pub(super) fn into_chat(self) -> Result<ChatRequest> {
        if self.prompt.trim().is_empty() {
            return Err(Error::invalid_input("prompt", "it is empty; say what to find out"));
        }
        let mut request = ChatRequest::new(vec![about_photos(self.prompt, self.photos)?]);
        request.model = self.model;
        request.max_tokens = self.max_tokens;
        request.fallback = self.fallback;
        Ok(request)
    }
}

/// What to do with these photos, of which there must be one (P8).
pub(super) fn about_photos(text: impl Into<String>, photos: Vec<Photo>) -> Result<Message> {
    if photos.is_empty() {
        return Err(Error::invalid_input("photo", "there is none"));
    }
    Ok(Message::with_photos(text, photos))
}
