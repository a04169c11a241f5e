//! The backend of a running sandbox.
//!
//! The recorded and tesseract backends are no language models, and do not pretend to be: they turn a photo of a receipt
//! into its fields, say one sentence about a receipt whose fields are in the conversation, and otherwise say that they
//! cannot answer.

use super::conversation::Conversation;
use super::response::BackendResponse;
use super::selection::Backend;
use super::upstream::Upstream;
use super::{receipt_sentence, recorded, tesseract};
use crate::start_error::StartError;
use crate::wire::errors::RequestError;

/// A backend that is set up.
pub(crate) enum Engine {
    Recorded,
    /// With the languages that it reads.
    Tesseract(String),
    Upstream(Upstream),
}

impl Engine {
    pub(crate) fn new(backend: Backend, key: Option<String>, languages: String) -> Result<Self, StartError> {
        Ok(match backend {
            Backend::Recorded => Self::Recorded,
            Backend::Tesseract => Self::Tesseract(languages),
            Backend::Upstream(url) => {
                Self::Upstream(Upstream::new(url, key.or_else(|| std::env::var("AIPASS_UPSTREAM_KEY").ok()))?)
            }
        })
    }

    /// The server that chats are forwarded to, if there is one.
    pub(crate) fn upstream(&self) -> Option<&Upstream> {
        match self {
            Self::Upstream(upstream) => Some(upstream),
            Self::Recorded | Self::Tesseract(_) => None,
        }
    }

    /// The first part of the model name in responses that are about no photo.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Tesseract(_) => "tesseract",
            Self::Upstream(_) => "upstream",
        }
    }

    /// Responds without a network. Several photos are the pages of one receipt.
    pub(crate) async fn respond(&self, conversation: &Conversation) -> Result<BackendResponse, RequestError> {
        let purpose = match self {
            Self::Tesseract(_) => "reads photos of receipts",
            Self::Recorded | Self::Upstream(_) => "plays back the answers for its bundled photos of receipts",
        };
        let text = match (&conversation.tool_result, conversation.photos.as_slice()) {
            (Some(result), _) => format!("The tool answered: {result}"),
            (None, []) => receipt_sentence::reply(&conversation.texts, purpose),
            (None, photos) => {
                return match self {
                    Self::Tesseract(languages) => tesseract::respond(photos, &conversation.question, languages).await,
                    Self::Recorded | Self::Upstream(_) => recorded::respond(photos, &conversation.question).await,
                };
            }
        };
        Ok(BackendResponse { model: format!("{}/text", self.name()), text })
    }
}
