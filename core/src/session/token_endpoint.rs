//! Requests that carry a credential: code exchange, refresh and revocation share how they are sent and read.

use super::Session;
use crate::error::{Error, Result};
use crate::net::payload::Payload;
use crate::net::retry::CallClass;
use crate::net::{Call, Reply, redaction};
use crate::oauth::failure::OAuthFailure;
use crate::oauth::token::{self, Tokens};
use crate::secret::Secret;
use std::sync::Arc;
use std::time::Duration;

/// A token request ends well before the lease of its owner expires.
const MAX_TOKEN_REQUEST: Duration = Duration::from_secs(40);
/// A token response is a few hundred bytes (P4).
const MAX_TOKEN_RESPONSE: usize = 256 * 1024;

impl Session {
    /// Sends a token request and reads its answer. `known` secrets are kept out of what a server's words show.
    pub(super) async fn token_request(
        &self,
        request: http::Result<http::Request<bytes::Bytes>>,
        known: &[&Secret],
    ) -> Result<Tokens, TokenRequestFailure> {
        let known: Vec<&str> = known.iter().copied().chain(&self.client.secret).map(Secret::expose).collect();
        let (status, body) = self.credential_request(request).await.map_err(TokenRequestFailure::NoAnswer)?;
        token::read(status, &body, |text| redaction::scrub(text, &known)).map_err(TokenRequestFailure::Refused)
    }

    /// Sends a request that carries a credential in its body (A11: no redirects) and returns status and body.
    pub(super) async fn credential_request(
        &self,
        request: http::Result<http::Request<bytes::Bytes>>,
    ) -> Result<(u16, bytes::Bytes)> {
        let request = request.map_err(|error| Error::internal(format!("a request cannot be built: {error}")))?;
        let limit = self.config.credential_timeout.min(MAX_TOKEN_REQUEST);
        let call = Call {
            request: request.map(Payload::Bytes),
            class: CallClass::Credential,
            idle_timeout: limit,
            total_timeout: limit,
            cancellation: None, // a token request that is half done is waited for: its answer may be the only copy
            progress: Arc::default(),
        };
        match self.http.send(call).await? {
            Reply::Success(answer) => {
                self.observe_server_time(&answer.headers);
                let status = answer.status;
                Ok((status, answer.body.read_all(MAX_TOKEN_RESPONSE).await?.into()))
            }
            Reply::Refusal(refusal) => {
                self.observe_server_time(&refusal.headers);
                Ok((refusal.status, refusal.body))
            }
        }
    }
}

/// Why a token request brought no tokens.
pub(super) enum TokenRequestFailure {
    /// The provider answered otherwise.
    Refused(OAuthFailure),
    /// Nothing came back that could be read.
    NoAnswer(Error),
}

impl From<TokenRequestFailure> for Error {
    fn from(failure: TokenRequestFailure) -> Self {
        match failure {
            TokenRequestFailure::Refused(refusal) => refusal.into(),
            TokenRequestFailure::NoAnswer(error) => error,
        }
    }
}
