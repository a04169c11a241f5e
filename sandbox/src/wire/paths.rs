//! The path of every endpoint.

/// The authorization server's metadata (RFC 8414).
pub(crate) const DISCOVERY: &str = "/.well-known/oauth-authorization-server";
/// The consent page and its form.
pub(crate) const AUTHORIZE: &str = "/oauth2/authorize";
pub(crate) const TOKEN: &str = "/oauth2/token";
pub(crate) const REVOKE: &str = "/oauth2/revoke";
pub(crate) const USERINFO: &str = "/oauth2/userinfo";

/// Registers and manages clients.
pub(crate) const CLIENTS: &str = "/api/v1/oauth2/clients";
/// The balance.
pub(crate) const BALANCE: &str = "/api/v1/usage/me/summary";
pub(crate) const CHECKOUT: &str = "/api/v1/payment/create-checkout-session";
/// What links in responses lead to.
pub(crate) const FILES: &str = "/files";
/// Where the control API begins.
pub(crate) const CONTROL: &str = "/sandbox";

/// Where the model API begins: each of its paths exists below both.
pub(crate) const MODEL_API: [&str; 2] = ["/oauth2/v1", "/v1"];

// The paths of the model API, below `/oauth2/v1` and `/v1`.
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
