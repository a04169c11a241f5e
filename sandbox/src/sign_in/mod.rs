//! Signing in: OAuth 2 authorization code with PKCE, as AI Pass speaks it.

mod authorization_request;
pub(crate) mod authorize;
pub(crate) mod consents;
pub(crate) mod discovery;
pub(crate) mod grants;
pub(crate) mod pages;
mod pkce;
pub(crate) mod revoke;
pub(crate) mod token;
pub(crate) mod userinfo;

/// The authorization server's metadata (RFC 8414).
pub(crate) const DISCOVERY: &str = "/.well-known/oauth-authorization-server";
/// The authorization endpoint: the consent page and its form.
pub(crate) const AUTHORIZE: &str = "/oauth2/authorize";
/// The token endpoint.
pub(crate) const TOKEN: &str = "/oauth2/token";
/// The revocation endpoint.
pub(crate) const REVOKE: &str = "/oauth2/revoke";
/// The userinfo endpoint.
pub(crate) const USERINFO: &str = "/oauth2/userinfo";

/// The one person who uses a sandbox.
pub(crate) struct User {
    pub(crate) sub: &'static str,
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
}

/// A made-up person at a domain that RFC 2606 reserves.
pub(crate) const USER: User = User { sub: "user_123", name: "Robin Example", email: "robin@example.com" };
