//! The model API, in OpenAI's shapes.

pub(crate) mod admission;
pub(crate) mod audio;
pub(crate) mod catalogue;
pub(crate) mod chat;
pub(crate) mod embeddings;
pub(crate) mod files;
mod form;
pub(crate) mod images;
pub(crate) mod models;
pub(crate) mod parameters;
pub(crate) mod video;

use crate::server::refusal::Refusal;

/// The catalogue, below `/oauth2/v1` and `/v1`.
pub(crate) const CATALOGUE: &str = "/models";
// The paid calls: paths below `/oauth2/v1` and `/v1`.
pub(crate) const CHAT: &str = "/chat/completions";
pub(crate) const EMBEDDINGS: &str = "/embeddings";
pub(crate) const IMAGE_GENERATIONS: &str = "/images/generations";
pub(crate) const IMAGE_EDITS: &str = "/images/edits";
pub(crate) const IMAGE_VARIATIONS: &str = "/images/variations";
pub(crate) const SPEECH: &str = "/audio/speech";
pub(crate) const TRANSCRIPTIONS: &str = "/audio/transcriptions";
pub(crate) const VIDEOS: &str = "/videos";

/// A request that cannot be granted as it is.
pub(crate) fn invalid(text: impl Into<String>) -> Refusal {
    Refusal::bad_request("invalid_request_error", text)
}
