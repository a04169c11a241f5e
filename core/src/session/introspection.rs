//! Asks the provider for the state of a token. The session is not changed.

use super::Session;
use crate::error::Result;
use crate::oauth::introspection::{self, TokenState};
use crate::oauth::revocation::TokenKind;
use crate::provider::offered;
use crate::secret::Secret;

impl Session {
    pub async fn introspect(&self, token: &Secret, kind: Option<TokenKind>) -> Result<TokenState> {
        let endpoint = offered(self.provider.introspection_endpoint.as_ref(), "token introspection")?;
        let request = introspection::request(endpoint, &self.provider, &self.client, token, kind);
        let response = self.credential_request(request).await?;
        if let Some(broken) = response.broken {
            return Err(broken.into());
        }
        let read = self.read_response(&response, &[token], introspection::read);
        read.map_err(|failure| failure.into_error_of_call())
    }
}
