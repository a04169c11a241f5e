//! The protocol, without I/O: builds requests, reads responses, and decides nothing about sessions.
//!
//! | step | module | standard |
//! |---|---|---|
//! | code verifier and challenge, S256 only | `pkce.rs` | [RFC 7636 4.1](https://www.rfc-editor.org/rfc/rfc7636#section-4.1), [RFC 7636 4.2](https://www.rfc-editor.org/rfc/rfc7636#section-4.2) |
//! | authorization URL | `authorization.rs` | [RFC 6749 4.1.1](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.1), [RFC 7636 4.3](https://www.rfc-editor.org/rfc/rfc7636#section-4.3) |
//! | redirect URI | `redirect_uri.rs` | [RFC 8252 7](https://www.rfc-editor.org/rfc/rfc8252#section-7), [RFC 9700 2.1](https://www.rfc-editor.org/rfc/rfc9700#section-2.1) |
//! | pushed authorization request | `pushed_authorization.rs` | [RFC 9126 2](https://www.rfc-editor.org/rfc/rfc9126#section-2), [RFC 9126 4](https://www.rfc-editor.org/rfc/rfc9126#section-4) |
//! | resource indicators | `resource.rs` | [RFC 8707 2](https://www.rfc-editor.org/rfc/rfc8707#section-2) |
//! | callback: code or error, `state`, `iss` | `callback.rs` | [RFC 6749 4.1.2](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2), [RFC 9207 2](https://www.rfc-editor.org/rfc/rfc9207#section-2) |
//! | code exchange | `token.rs` | [RFC 6749 4.1.3](https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3), [RFC 7636 4.5](https://www.rfc-editor.org/rfc/rfc7636#section-4.5) |
//! | token response | `token.rs` | [RFC 6749 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1) |
//! | refresh | `token.rs` | [RFC 6749 6](https://www.rfc-editor.org/rfc/rfc6749#section-6), [RFC 9700 4.14](https://www.rfc-editor.org/rfc/rfc9700#section-4.14) |
//! | client credentials | `token.rs` | [RFC 6749 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4) |
//! | error response | `failure.rs`, `refusal.rs` | [RFC 6749 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2) |
//! | client id and secret | `client_authentication.rs` | [RFC 6749 2.3](https://www.rfc-editor.org/rfc/rfc6749#section-2.3) |
//! | sign-in with a code on another device | `device.rs` | [RFC 8628 3.1](https://www.rfc-editor.org/rfc/rfc8628#section-3.1) to [RFC 8628 3.5](https://www.rfc-editor.org/rfc/rfc8628#section-3.5) |
//! | revocation | `revocation.rs` | [RFC 7009 2.1](https://www.rfc-editor.org/rfc/rfc7009#section-2.1), [RFC 7009 2.2](https://www.rfc-editor.org/rfc/rfc7009#section-2.2) |
//! | metadata of a server | `metadata/mod.rs` | [RFC 8414 3](https://www.rfc-editor.org/rfc/rfc8414#section-3), [OpenID Connect Discovery 4](https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig) |
//! | id_token (feature `openid`) | `id_token.rs` | [OpenID Connect Core 3.1.3.7](https://openid.net/specs/openid-connect-core-1_0.html#IDTokenValidation) |
//! | the provider's keys | `jwks.rs`, `jws.rs`, `jwa.rs` | [RFC 7517](https://www.rfc-editor.org/rfc/rfc7517), [RFC 7515](https://www.rfc-editor.org/rfc/rfc7515), [RFC 7518](https://www.rfc-editor.org/rfc/rfc7518) |
//! | proof of a key (feature `dpop`) | `dpop.rs` | [RFC 9449 4.2](https://www.rfc-editor.org/rfc/rfc9449#section-4.2), [RFC 7638 3](https://www.rfc-editor.org/rfc/rfc7638#section-3) |
//! | introspection | `introspection.rs` | [RFC 7662 2](https://www.rfc-editor.org/rfc/rfc7662#section-2) |
//! | registration of a client, and its management | `registration.rs` | [RFC 7591 3](https://www.rfc-editor.org/rfc/rfc7591#section-3), [RFC 7592 2](https://www.rfc-editor.org/rfc/rfc7592#section-2) |
//! | userinfo | `userinfo.rs` | [OpenID Connect Core 5.3](https://openid.net/specs/openid-connect-core-1_0.html#UserInfo) |
//!
//! AI Pass's JSON dialect of the token endpoint is a [`TokenEncoding`](crate::TokenEncoding). This module never sends, stores or
//! reads a clock.

pub(crate) mod authorization;
pub(crate) mod callback;
pub(crate) mod client_authentication;
#[cfg(feature = "device-authorization")]
pub(crate) mod device;
#[cfg(feature = "dpop")]
pub(crate) mod dpop;
pub(crate) mod failure;
#[cfg(feature = "openid")]
pub(crate) mod id_token;
#[cfg(feature = "introspection")]
pub(crate) mod introspection;
#[cfg(feature = "openid")]
pub(crate) mod jwa;
#[cfg(feature = "openid")]
pub(crate) mod jwks;
#[cfg(feature = "openid")]
mod jws;
pub(crate) mod metadata;
#[cfg(any(feature = "introspection", feature = "registration"))]
pub(crate) mod numeric_date;
pub(crate) mod pkce;
pub(crate) mod pushed_authorization;
pub(crate) mod redirect_uri;
pub(crate) mod refusal;
#[cfg(feature = "registration")]
pub(crate) mod registration;
mod request;
pub(crate) mod resource;
pub(crate) mod revocation;
#[cfg(all(test, feature = "openid"))]
pub(crate) mod test_keys;
pub(crate) mod token;
pub(crate) mod userinfo;

use crate::secret::Secret;

/// The registered client ([RFC 6749 2](https://www.rfc-editor.org/rfc/rfc6749#section-2)). It has a secret only in confidential callers of the Rust crate (A13).
#[derive(Debug, Clone)]
pub(crate) struct Client {
    pub id: String,
    pub secret: Option<Secret>,
}
