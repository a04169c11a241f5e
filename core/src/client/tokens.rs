//! Tokens in the hand of the caller: their state, their revocation, their refresh now. For programs in Rust: an app leaves its
//! tokens to its session.

use super::AiPass;
use crate::error::{Error, Result};
#[cfg(feature = "introspection")]
use crate::oauth::introspection::TokenState;
use crate::oauth::revocation::TokenKind;
use crate::secret::Secret;
use crate::session::revocations::Revocation;

impl AiPass {
    /// What the provider says of a token (RFC 7662), which need not be of this client's session. `kind` helps the provider
    /// to find it. Most providers answer only to a client with a secret.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider has no endpoint for it, before anything is sent; [`Error::InvalidInput`] for
    /// an empty token; [`Error::Provider`] with kind `Forbidden` if the provider does not answer to this client; with kind
    /// `InvalidResponse` for a signed response (RFC 9701), which is not read; [`Error::Offline`], [`Error::Timeout`],
    /// [`Error::RateLimited`].
    #[cfg(feature = "introspection")]
    pub async fn introspect(&self, token: &Secret, kind: Option<TokenKind>) -> Result<TokenState> {
        let token = checked(token)?;
        self.run(|ai| async move { ai.inner.session.introspect(&token, kind).await }).await
    }

    /// Fetches new tokens for the session now, however long the present ones live. The library's calls do not need it: they
    /// refresh in time. Goes on if the caller is cancelled, because a refresh token may work only once.
    ///
    /// # Errors
    /// [`Error::SignInRequired`] if no user is signed in, the provider ended the session, or there is no refresh token. The
    /// present access token then still works until it expires. Otherwise as [`access_token`](Self::access_token).
    pub async fn refresh_tokens(&self) -> Result<()> {
        self.run_detached(|ai| async move { ai.inner.session.refresh_now().await }).await
    }

    /// Asks the provider to revoke a token (RFC 7009), which need not be of this client's session. It does not sign out:
    /// [`sign_out`](Self::sign_out) also forgets the session's tokens. Goes on if the caller is cancelled.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for an empty token. What the provider says is the [`Revocation`], also if it refuses or
    /// cannot be reached.
    pub async fn revoke(&self, token: &Secret, kind: TokenKind) -> Result<Revocation> {
        let token = checked(token)?;
        self.run_detached(|ai| async move { Ok(ai.inner.session.revoke_by_caller(&token, kind).await) }).await
    }
}

fn checked(token: &Secret) -> Result<Secret> {
    match token.expose().trim().is_empty() {
        true => Err(Error::invalid_input("token", "it is empty")),
        false => Ok(token.clone()),
    }
}
