//! What answers a chat.
//!
//! The recorded and tesseract backends are no language models, and do not pretend to be: they turn a photo of a receipt
//! into its fields, say one sentence about a receipt whose fields stand in the conversation, and else say that they
//! cannot answer.

pub(crate) mod photo;
mod receipt_talk;
mod recorded;
mod tesseract;
mod upstream;

use std::fmt;
use std::str::FromStr;

use url::Url;

use crate::builder::StartError;
use crate::model_api::chat::Conversation;
use crate::server::refusal::Refusal;
use upstream::Upstream;

pub use recorded::{BundledReceipt, bundled_receipts};

/// What answers chats. Written `recorded`, `tesseract` or `upstream=URL`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// Plays back the answers for the [`bundled_receipts`], which it knows again also when re-encoded or scaled.
    #[default]
    Recorded,
    /// Reads photos of receipts with the `tesseract` program, which must be on the `PATH`.
    Tesseract,
    /// Forwards chats and the list of models to an OpenAI-compatible server at this base URL (`https://host/v1`), with the
    /// key in the environment's `AIPASS_UPSTREAM_KEY`.
    Upstream(Url),
}

/// The text names no backend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no backend: write recorded, tesseract or upstream=URL (http or https)")]
pub struct UnknownBackend(String);

impl FromStr for Backend {
    type Err = UnknownBackend;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "recorded" => Ok(Self::Recorded),
            "tesseract" => Ok(Self::Tesseract),
            _ => text
                .strip_prefix("upstream=")
                .and_then(|url| Url::parse(url).ok())
                .filter(|url| matches!(url.scheme(), "http" | "https"))
                .map(Self::Upstream)
                .ok_or_else(|| UnknownBackend(text.to_owned())),
        }
    }
}

impl fmt::Display for Backend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recorded => f.write_str("recorded"),
            Self::Tesseract => f.write_str("tesseract"),
            Self::Upstream(url) => write!(f, "upstream={url}"),
        }
    }
}

/// A backend at work.
pub(crate) enum Engine {
    Recorded,
    Tesseract,
    Upstream(Upstream),
}

/// What a backend says, and as which model it says it.
pub(crate) struct Answer {
    pub(crate) model: String,
    pub(crate) text: String,
}

impl Engine {
    pub(crate) fn new(backend: Backend, key: Option<String>) -> Result<Self, StartError> {
        Ok(match backend {
            Backend::Recorded => Self::Recorded,
            Backend::Tesseract => Self::Tesseract,
            Backend::Upstream(url) => {
                Self::Upstream(Upstream::new(url, key.or_else(|| std::env::var("AIPASS_UPSTREAM_KEY").ok()))?)
            }
        })
    }

    /// The server that answers in place of this one, if there is one.
    pub(crate) fn upstream(&self) -> Option<&Upstream> {
        match self {
            Self::Upstream(upstream) => Some(upstream),
            Self::Recorded | Self::Tesseract => None,
        }
    }

    /// As what it speaks where it speaks of no photo.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Recorded => "recorded",
            Self::Tesseract => "tesseract",
            Self::Upstream(_) => "upstream",
        }
    }

    /// Answers from what this machine has. Several photos are the pages of one receipt.
    pub(crate) async fn answer(&self, conversation: &Conversation) -> Result<Answer, Refusal> {
        let does = match self {
            Self::Tesseract => "reads photos of receipts",
            Self::Recorded | Self::Upstream(_) => "plays back the answers for its bundled photos of receipts",
        };
        let text = match (&conversation.tool_result, conversation.photos.as_slice()) {
            (Some(result), _) => format!("The tool answered: {result}"),
            (None, []) => receipt_talk::reply(&conversation.texts, does),
            (None, photos) if matches!(self, Self::Tesseract) => return tesseract::answer(photos).await,
            (None, photos) => return recorded::answer(photos).await,
        };
        Ok(Answer { model: format!("{}/text", self.name()), text })
    }
}
