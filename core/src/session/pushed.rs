//! Sends the parameters of a sign-in ahead, where the provider requires it or the app asks for it (RFC 9126).
//!
//! They are sent before the sign-in is stored: if that fails, there is no sign-in that a callback could complete.

use super::Session;
use crate::error::{Error, Result};
use crate::oauth::authorization::AuthorizationRequest;
use crate::oauth::pushed_authorization::{self, PushedRequest};
use crate::provider::offered;
use std::time::Duration;
use url::Url;

impl Session {
    /// The URL to open, and for how long it can be opened if the provider says so.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] for what cannot be sent. If the parameters are sent ahead also [`Error::Unsupported`] if the
    /// provider has no endpoint for it, and what the sending failed with.
    pub(super) async fn authorization_url(
        &self,
        request: &AuthorizationRequest<'_>,
        push: bool,
    ) -> Result<(Url, Option<Duration>)> {
        if !push && !self.provider.require_pushed_authorization_requests {
            return Ok((request.url(&self.provider)?, None));
        }
        let pushed = self.push(request).await?;
        Ok((pushed.url(&self.provider, request.client_id), pushed.expires_in))
    }

    async fn push(&self, request: &AuthorizationRequest<'_>) -> Result<PushedRequest> {
        let parameters = request.parameters()?;
        let endpoint = self.provider.pushed_authorization_request_endpoint.as_ref();
        let endpoint = offered(endpoint, "pushed authorization requests (RFC 9126)")?;
        let post = pushed_authorization::request(endpoint, &self.provider, &self.client, &parameters);
        let response = self.credential_request(post).await?;
        if let Some(failure) = response.broken {
            return Err(failure.into());
        }
        self.read_response(&response, &[request.state], pushed_authorization::read).map_err(Error::from)
    }
}
