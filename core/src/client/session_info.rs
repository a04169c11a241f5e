//! What a completed sign-in gave: granted scopes, expiry, account. For an app's settings screen, without secrets.

use super::AiPass;
use crate::environment::Timestamp;
use crate::error::Result;
use crate::session::record::Grant;
use std::time::SystemTime;

/// What the provider granted to the signed-in user's session.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SessionInfo {
    /// The label of the account that the client was built with, such as `default`. Not the user's name: see
    /// [`AiPass::user_info`].
    pub account_label: String,
    /// The provider's own id of the user (`sub`), once it is known: at once if the sign-in brought an id_token that was
    /// checked, otherwise [`AiPass::user_info`] asks for it.
    pub subject: Option<String>,
    /// The scopes that the provider granted, such as `api:access`, each its own item. If it named none, those that the
    /// sign-in asked for (RFC 6749 5.1).
    pub granted_scopes: Vec<String>,
    /// The scopes that the sign-in asked for and the provider did not grant: it will refuse calls that need one of
    /// them. Empty if all were granted, and for a session that an older version of the library stored without this
    /// list.
    pub missing_scopes: Vec<String>,
    /// When the access token expires, by this device's clock; `None` if the provider did not say. The library refreshes
    /// it before that, if there is a refresh token: the session does not end then.
    pub access_token_expires_at: Option<SystemTime>,
    /// Whether there is a refresh token. Without one the user must sign in again when the access token has expired.
    pub has_refresh_token: bool,
    /// When the session ends and the user must sign in again, by this device's clock: when the access token expires, if
    /// there is no refresh token. `None` if the session can be refreshed, and if the provider did not say when the token
    /// expires. [`SessionState::EndsSoon`](crate::SessionState) announces it.
    pub ends_at: Option<SystemTime>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// What the provider granted: scopes, expiry, account. `None` if no user is signed in. Never waits for the network.
    ///
    /// # Errors
    /// [`Error::Storage`](crate::Error::Storage) if the store cannot be read.
    pub async fn session_info(&self) -> Result<Option<SessionInfo>> {
        self.run(|ai| async move {
            let session = &ai.inner.session;
            let grant = session.grant_now().await?;
            Ok(grant.map(|grant| SessionInfo::of(grant, &ai.inner.account_label, session.server_clock_offset_ms())))
        })
        .await
    }
}

impl SessionInfo {
    fn of(grant: Grant, account_label: &str, server_clock_offset_ms: i64) -> Self {
        let is_missing = |scope: &&String| !grant.scopes.contains(scope);
        let on_this_device = |at: Timestamp| Timestamp(at.0.saturating_sub(server_clock_offset_ms)).to_system_time();
        let ends_at = grant.ends_at().map(on_this_device);
        Self {
            account_label: account_label.to_owned(),
            subject: grant.account,
            missing_scopes: grant.requested_scopes.iter().filter(is_missing).cloned().collect(),
            access_token_expires_at: grant.expires_at.map(on_this_device),
            has_refresh_token: grant.refresh_token.is_some(),
            ends_at,
            granted_scopes: grant.scopes,
        }
    }
}
