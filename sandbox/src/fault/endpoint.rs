//! The endpoints that a fault can be laid on, by the names of the wire document.

use axum::http::Method;
use serde::{Deserialize, Serialize};

use crate::account::checkout::CHECKOUT;
use crate::clients::CLIENTS;
use crate::model_api::files::FILES;
use crate::model_api::{
    CATALOGUE, CHAT, EMBEDDINGS, IMAGE_EDITS, IMAGE_GENERATIONS, IMAGE_VARIATIONS, SPEECH, TRANSCRIPTIONS, VIDEOS,
};
use crate::sign_in::{AUTHORIZE, DISCOVERY, REVOKE, TOKEN, USERINFO};

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
    /// `GET /files/{name}`: what the links in answers lead to.
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

    /// Where a request goes; `None` for a path that is not listed.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        if let Some(path) = path.strip_prefix("/oauth2/v1").or_else(|| path.strip_prefix("/v1")) {
            return Self::of_model_api(path);
        }
        if path == CLIENTS || is_below(path, CLIENTS) {
            let registers = path == CLIENTS && method == Method::POST;
            return Some(if registers { Self::Register } else { Self::Clients });
        }
        Some(match path {
            DISCOVERY => Self::Discovery,
            AUTHORIZE => Self::Authorize,
            TOKEN => Self::Token,
            REVOKE => Self::Revoke,
            USERINFO => Self::Userinfo,
            "/api/v1/usage/me/summary" => Self::Balance,
            CHECKOUT => Self::Checkout,
            _ => return is_below(path, FILES).then_some(Self::Files),
        })
    }

    /// Where a request to a path below the model API's base goes.
    fn of_model_api(path: &str) -> Option<Self> {
        Some(match path {
            CHAT => Self::Chat,
            EMBEDDINGS => Self::Embeddings,
            IMAGE_GENERATIONS => Self::ImageGenerations,
            IMAGE_EDITS => Self::ImageEdits,
            IMAGE_VARIATIONS => Self::ImageVariations,
            SPEECH => Self::Speech,
            TRANSCRIPTIONS => Self::Transcriptions,
            VIDEOS => Self::VideoCreate,
            _ if is_below(path, VIDEOS) && path.ends_with("/remix") => Self::VideoRemix,
            _ if is_below(path, VIDEOS) && path.ends_with("/content") => Self::VideoContent,
            _ if is_below(path, VIDEOS) => Self::VideoStatus,
            _ => return (path == CATALOGUE || is_below(path, CATALOGUE)).then_some(Self::Models),
        })
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, endpoint)| endpoint)
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
