//! The endpoints that a fault can be laid on, by the names of the wire document.

use axum::http::Method;
use serde::{Deserialize, Serialize};

use crate::clients::CLIENTS;
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
    /// `GET /api/v1/usage/me/summary`.
    Balance,
}

impl Endpoint {
    /// Every endpoint with its name.
    pub const ALL: [(&'static str, Self); 11] = [
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
        ("balance", Self::Balance),
    ];

    /// Where a request goes; `None` for a path that is not listed.
    pub(crate) fn of(method: &Method, path: &str) -> Option<Self> {
        if let Some(path) = path.strip_prefix("/oauth2/v1/").or_else(|| path.strip_prefix("/v1/")) {
            return match path.split('/').next() {
                Some("models") => Some(Self::Models),
                Some("chat") => Some(Self::Chat),
                _ => None,
            };
        }
        if let Some(rest) = path.strip_prefix(CLIENTS).filter(|rest| rest.is_empty() || rest.starts_with('/')) {
            return Some(if rest.is_empty() && method == Method::POST { Self::Register } else { Self::Clients });
        }
        Some(match path {
            DISCOVERY => Self::Discovery,
            AUTHORIZE => Self::Authorize,
            TOKEN => Self::Token,
            REVOKE => Self::Revoke,
            USERINFO => Self::Userinfo,
            "/api/v1/usage/me/summary" => Self::Balance,
            _ => return None,
        })
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, endpoint)| endpoint)
    }
}
