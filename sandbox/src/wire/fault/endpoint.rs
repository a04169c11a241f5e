//! The endpoints that a fault can apply to.

use axum::http::Method;
use serde::{Deserialize, Serialize};

use crate::wire::paths;

/// An endpoint, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Endpoint {
    /// Every endpoint, known or not. Written `*`.
    #[serde(rename = "*")]
    Any,
    /// `GET /.well-known/oauth-authorization-server`.
    Discovery,
    /// `/oauth2/authorize`: the consent page and its form.
    Authorize,
    /// `POST /oauth2/token`.
    Token,
    /// `POST /oauth2/revoke`.
    Revoke,
    /// `GET /oauth2/userinfo`.
    Userinfo,
    /// `POST /api/v1/oauth2/clients`: registers a client.
    Register,
    /// All else below `/api/v1/oauth2/clients`.
    Clients,
    /// `GET /models` and `GET /models/{id}`.
    Models,
    /// `POST /chat/completions`.
    Chat,
    /// `POST /embeddings`.
    Embeddings,
    /// `POST /images/generations`.
    ImageGenerations,
    /// `POST /images/edits`.
    ImageEdits,
    /// `POST /images/variations`.
    ImageVariations,
    /// `POST /audio/speech`.
    Speech,
    /// `POST /audio/transcriptions`.
    Transcriptions,
    /// `POST /videos`.
    VideoCreate,
    /// `POST /videos/{id}/remix`.
    VideoRemix,
    /// `GET /videos/{id}`.
    VideoStatus,
    /// `GET /videos/{id}/content`.
    VideoContent,
    /// `GET /files/{name}`: what links in responses lead to.
    Files,
    /// `GET /api/v1/usage/me/summary`.
    Balance,
    /// `POST /api/v1/payment/create-checkout-session`.
    Checkout,
}

impl Endpoint {
    /// Every endpoint with its name.
    pub const ALL: [(&'static str, Self); 23] = [
        ("*", Self::Any),
        ("discovery", Self::Discovery),
        ("authorize", Self::Authorize),
        ("token", Self::Token),
        ("revoke", Self::Revoke),
        ("userinfo", Self::Userinfo),
        ("register", Self::Register),
        ("clients", Self::Clients),
        ("models", Self::Models),
        ("chat", Self::Chat),
        ("embeddings", Self::Embeddings),
        ("image_generations", Self::ImageGenerations),
        ("image_edits", Self::ImageEdits),
        ("image_variations", Self::ImageVariations),
        ("speech", Self::Speech),
        ("transcriptions", Self::Transcriptions),
        ("video_create", Self::VideoCreate),
        ("video_remix", Self::VideoRemix),
        ("video_status", Self::VideoStatus),
        ("video_content", Self::VideoContent),
        ("files", Self::Files),
        ("balance", Self::Balance),
        ("checkout", Self::Checkout),
    ];

    /// The endpoint of a request; `None` for a path that is not listed.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        if let Some(path) = paths::MODEL_API.iter().find_map(|base| path.strip_prefix(base)) {
            return Self::of_model_api(path);
        }
        if path == paths::CLIENTS || is_below(path, paths::CLIENTS) {
            let registers = path == paths::CLIENTS && method == Method::POST;
            return Some(if registers { Self::Register } else { Self::Clients });
        }
        Some(match path {
            paths::DISCOVERY => Self::Discovery,
            paths::AUTHORIZE => Self::Authorize,
            paths::TOKEN => Self::Token,
            paths::REVOKE => Self::Revoke,
            paths::USERINFO => Self::Userinfo,
            paths::BALANCE => Self::Balance,
            paths::CHECKOUT => Self::Checkout,
            _ => return is_below(path, paths::FILES).then_some(Self::Files),
        })
    }

    /// The endpoint of a path below the model API's base.
    fn of_model_api(path: &str) -> Option<Self> {
        Some(match path {
            paths::CHAT => Self::Chat,
            paths::EMBEDDINGS => Self::Embeddings,
            paths::IMAGE_GENERATIONS => Self::ImageGenerations,
            paths::IMAGE_EDITS => Self::ImageEdits,
            paths::IMAGE_VARIATIONS => Self::ImageVariations,
            paths::SPEECH => Self::Speech,
            paths::TRANSCRIPTIONS => Self::Transcriptions,
            paths::VIDEOS => Self::VideoCreate,
            _ if is_below(path, paths::VIDEOS) && path.ends_with("/remix") => Self::VideoRemix,
            _ if is_below(path, paths::VIDEOS) && path.ends_with("/content") => Self::VideoContent,
            _ if is_below(path, paths::VIDEOS) => Self::VideoStatus,
            _ => return (path == paths::MODELS || is_below(path, paths::MODELS)).then_some(Self::Models),
        })
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, endpoint)| endpoint)
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
