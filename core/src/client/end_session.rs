//! The URL that ends the user's session at the provider, after the app's own has ended
//! ([OpenID Connect RP-Initiated Logout 1.0](https://openid.net/specs/openid-connect-rpinitiated-1_0.html)).

use super::AiPass;
use crate::error::{Error, Result};
use crate::oauth::redirect_uri::RedirectUri;
use crate::provider::offered;
use url::Url;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// The URL that ends the user's session in the browser, at the provider's page: without it the next sign-in may go
    /// through without asking. Call this first, then [`sign_out`](Self::sign_out), then open the URL in the browser that
    /// the sign-in used. Sends nothing.
    ///
    /// The URL has the id_token of the sign-in in it, if there was one: do not log it. `post_logout_redirect_uri` is where
    /// the browser goes then; it must be registered at the provider. `state` comes back there.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider has no such page; [`Error::InvalidInput`] naming
    /// `post_logout_redirect_uri` if it is no redirect URI, or `state` if there is no URI for it to come back on;
    /// [`Error::Storage`] if the store cannot be read.
    pub async fn end_session_url(
        &self,
        post_logout_redirect_uri: Option<String>,
        state: Option<String>,
    ) -> Result<Url> {
        self.run(|ai| async move {
            let mut url = offered(ai.provider().end_session_endpoint.as_ref(), "end session")?.clone();
            if let Some(uri) = &post_logout_redirect_uri {
                RedirectUri::parse_named("post_logout_redirect_uri", uri)?;
            } else if state.is_some() {
                return Err(Error::invalid_input("state", "it comes back on a post_logout_redirect_uri only"));
            }
            let grant = ai.inner.session.grant_now().await?;
            let id_token = grant.as_ref().and_then(|grant| grant.id_token.as_ref());
            let parameters = [
                ("id_token_hint", id_token.map(|token| token.expose())),
                ("client_id", Some(ai.inner.client_id.as_str())),
                ("post_logout_redirect_uri", post_logout_redirect_uri.as_deref()),
                ("state", state.as_deref()),
            ];
            let present = parameters.into_iter().filter_map(|(name, value)| Some((name, value?)));
            url.query_pairs_mut().extend_pairs(present);
            Ok(url)
        })
        .await
    }
}
