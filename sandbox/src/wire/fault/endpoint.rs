//! The endpoints that a fault can apply to.

use axum::http::Method;
use serde::{Deserialize, Serialize};

use crate::dialect::Dialect;
use crate::wire::paths;

/// An endpoint, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Endpoint {
    /// Every endpoint, known or not. Written `*`.
    #[serde(rename = "*")]
    Any,
    /// `GET /.well-known/oauth-authorization-server`, and the dialect's other addresses of the metadata.
    Discovery,
    /// `/oauth2/authorize`: the consent page and its form.
    Authorize,
    /// `POST /oauth2/token`.
    Token,
    /// `POST /oauth2/revoke`.
    Revoke,
    /// `GET /oauth2/userinfo`.
    Userinfo,
    /// `POST /api/v1/oauth2/clients`, or the dialect's path: registers a client.
    Register,
    /// All else below `/api/v1/oauth2/clients`, or below the dialect's path.
    Clients,
    /// `GET /jwks`: the keys that verify JWTs.
    Jwks,
    /// `POST /introspect`.
    Introspect,
    /// `POST /par`: pushed authorization requests.
    Par,
    /// `POST /device/code`: begins a device authorization.
    DeviceAuthorization,
    /// `/device`: the page on which the user enters the code of a device.
    DevicePage,
    /// `/logout`: RP-initiated logout.
    Logout,
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
    pub const ALL: [(&'static str, Self); 29] = [
        ("*", Self::Any),
        ("discovery", Self::Discovery),
        ("authorize", Self::Authorize),
        ("token", Self::Token),
        ("revoke", Self::Revoke),
        ("userinfo", Self::Userinfo),
        ("register", Self::Register),
        ("clients", Self::Clients),
        ("jwks", Self::Jwks),
        ("introspect", Self::Introspect),
        ("par", Self::Par),
        ("device_authorization", Self::DeviceAuthorization),
        ("device_page", Self::DevicePage),
        ("logout", Self::Logout),
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
    pub(crate) fn of(dialect: Dialect, method: &Method, path: &str) -> Option<Self> {
        let known = paths::of(dialect);
        // First: Phaseo registers clients below its gateway.
        if path == known.register || is_below(path, known.register) {
            let registers = path == known.register && method == Method::POST;
            return Some(if registers { Self::Register } else { Self::Clients });
        }
        if let Some(path) = known.model_api.iter().find_map(|base| path.strip_prefix(base)) {
            return Self::of_model_api(path);
        }
        let is = |optional: Option<&str>| optional == Some(path);
        Some(match path {
            _ if known.discovery.contains(&path) => Self::Discovery,
            _ if path == known.authorize => Self::Authorize,
            _ if path == known.token => Self::Token,
            _ if path == known.revoke => Self::Revoke,
            _ if path == known.userinfo => Self::Userinfo,
            _ if is(known.jwks) => Self::Jwks,
            _ if is(known.introspect) => Self::Introspect,
            _ if is(known.par) => Self::Par,
            _ if is(known.device_authorization) => Self::DeviceAuthorization,
            _ if is(known.device_page) => Self::DevicePage,
            _ if is(known.logout) => Self::Logout,
            paths::PHASEO_REGISTER if dialect == Dialect::Phaseo => Self::Register,
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
