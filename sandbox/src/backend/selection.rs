//! Which backend responds to chats.

use std::fmt;
use std::str::FromStr;

use url::Url;

/// What responds to chats. Written `recorded`, `tesseract` or `upstream=URL`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// Plays back the recorded answers for the [`bundled_receipts`](crate::bundled_receipts), which it recognises also
    /// re-encoded or scaled.
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
