//! The protocol, without I/O: builds requests, reads responses, and decides nothing about sessions.
//!
//! | step | module | standard |
//! |---|---|---|
//! | code verifier and challenge, S256 only | `pkce.rs` | [RFC 7636 4.1](https://www.rfc-editor.org/rfc/rfc7636#section-4.1), [RFC 7636 4.2](https://www.rfc-editor.org/rfc/rfc7636#section-4.2) |
//! | authorization URL | `authorization.rs` | [RFC 6749 4.1.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1), [RFC 7636 4.3](https://www.rfc-editor.org/rfc/rfc7636#section-4.3) |
//! | redirect URI | `redirect_uri.rs` | [RFC 8252 7](https://www.rfc-editor.org/rfc/rfc8252#section-7), [RFC 9700 2.1](https://www.rfc-editor.org/rfc/rfc9700#section-2.1) |
//! | callback: code or error, `state`, `iss` | `callback.rs` | [RFC 6749 4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2), [RFC 9207 2](https://www.rfc-editor.org/rfc/rfc9207#section-2) |
//! | code exchange | `token.rs` | [RFC 6749 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3), [RFC 7636 4.5](https://www.rfc-editor.org/rfc/rfc7636#section-4.5) |
//! | token response | `token.rs` | [RFC 6749 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1) |
//! | refresh | `token.rs` | [RFC 6749 6](https://www.rfc-editor.org/rfc/rfc6749#section-6), [RFC 9700 4.14](https://www.rfc-editor.org/rfc/rfc9700#section-4.14) |
//! | error response | `failure.rs` | [RFC 6749 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2) |
//! | revocation | `revocation.rs` | [RFC 7009 2.1](https://www.rfc-editor.org/rfc/rfc7009#section-2.1), [RFC 7009 2.2](https://www.rfc-editor.org/rfc/rfc7009#section-2.2) |
//! | userinfo | `userinfo.rs` | [OpenID Connect Core 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo) |
//!
//! AI Pass's JSON dialect of the token endpoint is a [`TokenEncoding`](crate::TokenEncoding). This module never sends, stores or
//! reads a clock.

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

/// The registered client ([RFC 6749 2](https://www.rfc-editor.org/rfc/rfc6749#section-2)). It has a secret only in confidential callers of the Rust crate (A13).
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub id: String,
    pub secret: Option<Secret>,
}
