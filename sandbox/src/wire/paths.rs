//! The path of every endpoint.

use crate::dialect::Dialect;

/// Where a dialect has the endpoints of sign-in. `None`: the dialect has none.
pub(crate) struct OAuthPaths {
    /// What follows the host in the issuer.
    pub(crate) issuer: &'static str,
    /// The authorization server's metadata (RFC 8414, OpenID Connect Discovery). The first is the one of RFC 8414.
    pub(crate) discovery: &'static [&'static str],
    /// The consent page and its form.
    pub(crate) authorize: &'static str,
    pub(crate) token: &'static str,
    pub(crate) revoke: &'static str,
    pub(crate) userinfo: &'static str,
    /// Registers clients; each client is managed below it.
    pub(crate) register: &'static str,
    pub(crate) jwks: Option<&'static str>,
    pub(crate) introspect: Option<&'static str>,
    pub(crate) par: Option<&'static str>,
    pub(crate) device_authorization: Option<&'static str>,
    /// Where the user enters the code of a device.
    pub(crate) device_page: Option<&'static str>,
    pub(crate) logout: Option<&'static str>,
    /// Where the model API begins: each of its paths exists below all of these.
    pub(crate) model_api: &'static [&'static str],
}

const AI_PASS: OAuthPaths = OAuthPaths {
    issuer: "",
    discovery: &["/.well-known/oauth-authorization-server"],
    authorize: "/oauth2/authorize",
    token: "/oauth2/token",
    revoke: "/oauth2/revoke",
    userinfo: "/oauth2/userinfo",
    register: "/api/v1/oauth2/clients",
    jwks: None,
    introspect: None,
    par: None,
    device_authorization: None,
    device_page: None,
    logout: None,
    model_api: &["/oauth2/v1", "/v1"],
};

const PHASEO: OAuthPaths = OAuthPaths {
    issuer: "/oauth",
    discovery: &[
        // RFC 8414 §3.1: the well-known path is inserted before the issuer's path.
        "/.well-known/oauth-authorization-server/oauth",
        "/oauth/.well-known/oauth-authorization-server",
        "/.well-known/oauth-authorization-server",
        "/.well-known/openid-configuration",
        "/.well-known/openid-configuration/oauth",
        "/oauth/.well-known/openid-configuration",
    ],
    authorize: "/oauth/authorize",
    token: "/oauth/token",
    revoke: "/oauth/revoke",
    userinfo: "/oauth/userinfo",
    register: "/v1/oauth-clients",
    jwks: Some("/oauth/.well-known/jwks.json"),
    introspect: None,
    par: None,
    // It is listed, and refuses every app of a third party.
    device_authorization: Some("/oauth/device/code"),
    device_page: None,
    logout: None,
    model_api: &["/v1"],
};

const OAUTH: OAuthPaths = OAuthPaths {
    issuer: "",
    discovery: &["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"],
    authorize: "/authorize",
    token: "/token",
    revoke: "/revoke",
    userinfo: "/userinfo",
    register: "/register",
    jwks: Some("/jwks"),
    introspect: Some("/introspect"),
    par: Some("/par"),
    device_authorization: Some("/device/code"),
    device_page: Some("/device"),
    logout: Some("/logout"),
    model_api: &["/v1", "/oauth2/v1"],
};

/// The paths of a dialect.
pub(crate) fn of(dialect: Dialect) -> &'static OAuthPaths {
    match dialect {
        Dialect::AiPass => &AI_PASS,
        Dialect::Phaseo => &PHASEO,
        Dialect::OAuth => &OAUTH,
    }
}

/// The balance.
pub(crate) const BALANCE: &str = "/api/v1/usage/me/summary";
pub(crate) const CHECKOUT: &str = "/api/v1/payment/create-checkout-session";
/// What links in responses lead to.
pub(crate) const FILES: &str = "/files";
/// Where the control API begins.
pub(crate) const CONTROL: &str = "/sandbox";

/// Phaseo's endpoint at which a dynamic registration is refused.
pub(crate) const PHASEO_REGISTER: &str = "/oauth/register";

// The paths of the model API, below where it begins.
/// The catalogue, which is free of charge.
pub(crate) const MODELS: &str = "/models";
pub(crate) const CHAT: &str = "/chat/completions";
pub(crate) const EMBEDDINGS: &str = "/embeddings";
pub(crate) const IMAGE_GENERATIONS: &str = "/images/generations";
pub(crate) const IMAGE_EDITS: &str = "/images/edits";
pub(crate) const IMAGE_VARIATIONS: &str = "/images/variations";
pub(crate) const SPEECH: &str = "/audio/speech";
pub(crate) const TRANSCRIPTIONS: &str = "/audio/transcriptions";
pub(crate) const VIDEOS: &str = "/videos";
