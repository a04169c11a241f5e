//! Requests that carry a credential: code exchange, refresh and revocation share how they are sent and read.

use super::Session;
use super::record::{BoundKey, token_type};
use crate::error::{Error, Result};
use crate::net::failure::HttpFailure;
use crate::net::payload::Payload;
use crate::net::retry::CallClass;
use crate::net::{Body, Call, HttpClient, Response, retry_after};
use crate::oauth::failure::{EndpointResponse, OAuthFailure};
use crate::oauth::token::{self, TokenResponse};
use crate::redaction;
use crate::secret::Secret;
use http::HeaderMap;
use std::sync::Arc;
use std::time::Duration;
use zeroize::Zeroizing;

/// A token request ends well before the lease of its owner expires.
const MAX_TOKEN_REQUEST: Duration = Duration::from_secs(40);
/// A token response is a few hundred bytes (P4).
const MAX_TOKEN_RESPONSE: usize = 256 * 1024;
/// The least room that is made for a token response.
const MIN_TOKEN_BUFFER: usize = 1024;

/// A response to a request that carries a credential.
pub(crate) struct CredentialResponse {
    pub status: u16,
    pub headers: HeaderMap,
    /// As far as it arrived.
    pub body: Zeroizing<Vec<u8>>,
    /// Why the body did not arrive to its end, if so.
    pub broken: Option<HttpFailure>,
}

impl Session {
    /// Sends a token request and reads the response. `known` secrets are kept out of what a server's words show. `key` is what
    /// the tokens are bound to.
    pub(super) async fn token_request(
        self: &Arc<Self>,
        request: http::Result<http::Request<bytes::Bytes>>,
        known: &[&Secret],
        key: Option<&BoundKey>,
    ) -> Result<TokenResponse, TokenRequestFailure> {
        self.token_request_of(CallClass::Credential, request, known, key).await
    }

    /// The same, repeated as this class says.
    pub(super) async fn token_request_of(
        self: &Arc<Self>,
        class: CallClass,
        request: http::Result<http::Request<bytes::Bytes>>,
        known: &[&Secret],
        key: Option<&BoundKey>,
    ) -> Result<TokenResponse, TokenRequestFailure> {
        let request = request.map(|request| self.proven(request, key, None));
        let response = self.credential_request_of(class, request).await.map_err(TokenRequestFailure::NoResponse)?;
        let read = self.read_response(&response, known, |response| token::read(response, token_type(key)));
        match (read, response.broken) {
            // An object that arrived whole grants its token set, also if the connection broke after it (T7).
            (Ok(granted), None) => Ok(granted),
            (Ok(granted), Some(_)) if response.body.contains(&b'{') => Ok(granted),
            (_, Some(failure)) => Err(TokenRequestFailure::NoResponse(failure.into())),
            (Err(failure), None) => Err(TokenRequestFailure::Refused(failure)),
        }
    }

    /// Has a response read by `read`, with the words of the server cleaned of `known` secrets.
    pub(super) fn read_response<T>(
        &self,
        response: &CredentialResponse,
        known: &[&Secret],
        read: impl FnOnce(&EndpointResponse<'_>) -> T,
    ) -> T {
        let known: Vec<&str> = known.iter().copied().chain(&self.client.secret).map(Secret::expose).collect();
        read(&EndpointResponse {
            status: response.status,
            retry_after: retry_after::read(&response.headers, self.server_now()),
            body: &response.body,
            scrub: &|text, granted| {
                let granted = granted.iter().map(|secret| secret.expose());
                redaction::scrub(text, &known.iter().copied().chain(granted).collect::<Vec<_>>())
            },
        })
    }

    /// Sends a request that carries a credential, and takes the server's clock from its response (L11).
    pub(super) async fn credential_request(
        &self,
        request: http::Result<http::Request<bytes::Bytes>>,
    ) -> Result<CredentialResponse> {
        self.credential_request_of(CallClass::Credential, request).await
    }

    async fn credential_request_of(
        &self,
        class: CallClass,
        request: http::Result<http::Request<bytes::Bytes>>,
    ) -> Result<CredentialResponse> {
        let request = request.map_err(|error| Error::internal(format!("a request cannot be built: {error}")))?;
        let response = send_credential(&self.http, class, self.config.credential_timeout, request).await?;
        self.observe_server_time(&response.headers);
        Ok(response)
    }
}

/// Sends a request that carries a credential (A11: no redirects). It may take `limit`, and 40 s at most.
pub(crate) async fn send_credential(
    http: &HttpClient,
    class: CallClass,
    limit: Duration,
    request: http::Request<bytes::Bytes>,
) -> Result<CredentialResponse> {
    let limit = limit.min(MAX_TOKEN_REQUEST);
    let call = Call {
        request: request.map(Payload::Bytes),
        class,
        idle_timeout: limit,
        total_timeout: limit,
        cancellation: None, // a token request that is half done is waited for: its response may be the only copy
        progress: Arc::default(),
    };
    match http.send(call).await? {
        Response::Success(response) => {
            let (body, broken) = read_secret(response.body).await;
            Ok(CredentialResponse { status: response.status, headers: response.headers, body, broken })
        }
        Response::Error(response) => {
            let body = Zeroizing::new(response.body.to_vec());
            Ok(CredentialResponse { status: response.status, headers: response.headers, body, broken: None })
        }
    }
}

/// A body into a buffer that is wiped, also where it outgrew one (S2); and why it did not end, if so.
async fn read_secret(mut body: Body) -> (Zeroizing<Vec<u8>>, Option<HttpFailure>) {
    let mut whole = Zeroizing::new(Vec::new());
    loop {
        let chunk = match body.next_chunk().await {
            Ok(Some(chunk)) => chunk,
            Ok(None) => return (whole, None),
            Err(failure) => return (whole, Some(failure)),
        };
        let length = whole.len() + chunk.len();
        if length > MAX_TOKEN_RESPONSE {
            return (whole, Some(HttpFailure::TooLarge { limit: MAX_TOKEN_RESPONSE }));
        }
        if length > whole.capacity() {
            let mut larger = Zeroizing::new(Vec::with_capacity(if whole.is_empty() {
                length.max(MIN_TOKEN_BUFFER)
            } else {
                2 * length
            }));
            larger.extend_from_slice(&whole);
            whole = larger;
        }
        whole.extend_from_slice(&chunk);
    }
}

/// Why a token request brought no tokens.
pub(super) enum TokenRequestFailure {
    /// The provider answered, and granted no tokens.
    Refused(OAuthFailure),
    /// Nothing came back that could be read.
    NoResponse(Error),
}

impl From<TokenRequestFailure> for Error {
    fn from(failure: TokenRequestFailure) -> Self {
        match failure {
            TokenRequestFailure::Refused(failure) => failure.into(),
            TokenRequestFailure::NoResponse(error) => error,
        }
    }
}
