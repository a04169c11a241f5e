//! The protocol, without I/O: builds requests, reads answers, and decides nothing about sessions.
//!
//! Implements RFC 6749 (OAuth 2.0) with the public-client rules of RFC 8252 and RFC 9700, PKCE (RFC 7636, S256 only),
//! issuer identification (RFC 9207), revocation (RFC 7009) and userinfo (OpenID Connect Core 5.3), and AI Pass's JSON
//! dialect of the token endpoint. It never sends, stores or reads a clock.

pub(crate) mod authorization;
pub(crate) mod callback;
pub(crate) mod failure;
pub(crate) mod pkce;
pub(crate) mod redirect_uri;
mod request;
pub(crate) mod revocation;
pub(crate) mod token;
pub(crate) mod userinfo;

use crate::secret::Secret;

/// Who asks: the registered client. A secret only for confidential callers of the Rust crate (A13).
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub id: String,
    pub secret: Option<Secret>,
}
