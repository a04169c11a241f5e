//! A token of the program's own, without a user. For programs that can keep a secret, such as a server: not exported to other
//! languages, because every user of an app could read its secret (A13).

use super::AiPass;
use crate::error::Result;
use crate::secret::Secret;

impl AiPass {
    /// An access token for these scopes that belongs to the client itself and to no user (RFC 6749 4.4). No scopes means the
    /// provider's default. It is kept in memory until shortly before it expires, [`Config::refresh_ahead`](crate::Config) but at
    /// most a fifth of its life; one whose life the provider does not tell is not kept. Callers at the same time share one
    /// request. The calls of this library use the signed-in user's token, and never this one.
    ///
    /// ```no_run
    /// # async fn example(provider: aipass::Provider) -> aipass::Result<()> {
    /// use aipass::{AiPass, Secret};
    ///
    /// let secret = Secret::new(std::env::var("CLIENT_SECRET").unwrap_or_default());
    /// let builder = AiPass::builder("server_1", "https://server.example/cb").provider(provider);
    /// let ai = builder.client_secret(secret).build()?;
    /// let token = ai.client_credentials_token(&["reports:read"]).await?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// - [`Error::InvalidInput`](crate::Error::InvalidInput) naming `client_secret` if the client has none, or `scopes`.
    /// - [`Error::Provider`](crate::Error::Provider) with the provider's code if it refused, such as `unauthorized_client`.
    /// - [`Error::Offline`](crate::Error::Offline), [`Error::Timeout`](crate::Error::Timeout),
    ///   [`Error::RateLimited`](crate::Error::RateLimited).
    pub async fn client_credentials_token(&self, scopes: &[impl AsRef<str>]) -> Result<Secret> {
        let scopes = scopes.iter().map(|scope| scope.as_ref().to_owned()).collect();
        self.run(|ai| async move { ai.inner.session.client_credentials_token(scopes).await }).await
    }
}
