//! Registers a client at a provider that offers it (RFC 7591), and reads, changes and removes the registration (RFC 7592).
//! Comes before there is an [`AiPass`](super::AiPass): that one needs the client id.
//!
//! Each request goes on if its caller is dropped: its response may be the only copy of a secret.

use super::runtime::Runtime;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::net::retry::CallClass;
use crate::net::tls::ServerTrust;
use crate::net::{HttpClient, retry_after, server_time};
use crate::oauth::failure::{EndpointResponse, OAuthFailure};
use crate::oauth::registration::{self, ClientMetadata, RegisteredClient};
use crate::provider::{Provider, offered};
use crate::redaction;
use crate::secret::Secret;
use crate::session::token_endpoint::{CredentialResponse, send_credential};
use bytes::Bytes;
use http::{Method, Request};
use std::future::Future;
use std::sync::Arc;
use url::Url;

const REGISTRATION: &str = "dynamic client registration";

/// Registers clients at one provider (RFC 7591), and manages what it has registered (RFC 7592).
///
/// ```no_run
/// # async fn example(provider: aipass::Provider) -> aipass::Result<()> {
/// use aipass::{AiPass, ClientMetadata, ClientRegistration, Config};
///
/// let redirect_uri = "myapp://auth/callback".to_owned();
/// let metadata = ClientMetadata::native_app("Receipts".to_owned(), vec![redirect_uri.clone()]);
/// let registration = ClientRegistration::at(provider.clone(), Config::default(), None, false)?;
/// let client = registration.register(metadata, None).await?; // keep it: its tokens are told once
/// let ai = AiPass::builder(client.client_id, redirect_uri).provider(provider).build()?;
/// # Ok(()) }
/// ```
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct ClientRegistration(Arc<Inner>);

struct Inner {
    provider: Provider,
    config: Config,
    http: HttpClient,
    runtime: Runtime,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl ClientRegistration {
    /// Reads what the provider has registered (RFC 7592 2.1). Keep the result in the place of `client`: the provider may
    /// have given it a new secret, token or address.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if `client` has no token or address, or the provider offers no reading;
    /// [`Error::InvalidInput`] naming `registration_client_uri` if it is at another server than the registration endpoint.
    /// Nothing is sent then. [`Error::Provider`] with kind `Forbidden` if the registration is gone or the token is
    /// refused.
    pub async fn read(&self, client: RegisteredClient) -> Result<RegisteredClient> {
        const WHAT: &str = "reading a client's registration";
        self.run(|inner| async move {
            let (uri, token) = inner.management(&client, WHAT)?;
            let response = inner.send(registration::manage(Method::GET, uri, token)?).await?;
            inner.read(&response, Some(&client), Some(token), WHAT)
        })
        .await
    }

    /// Replaces what the provider has registered with the metadata of `client` (RFC 7592 2.2): what is `None` or empty is
    /// removed. So read the registration, change its `metadata`, and pass it on. Keep the result in the place of `client`.
    ///
    /// # Errors
    /// As [`read`](Self::read) and [`register`](Self::register).
    pub async fn update(&self, client: RegisteredClient) -> Result<RegisteredClient> {
        const WHAT: &str = "changing a client's registration";
        self.run(|inner| async move {
            let (uri, token) = inner.management(&client, WHAT)?;
            let request = registration::update(uri, token, &client.client_id, &client.metadata)?;
            let response = inner.send(request).await?;
            inner.read(&response, Some(&client), Some(token), WHAT)
        })
        .await
    }

    /// Removes the registration (RFC 7592 2.3). The client id no longer works, nor do its tokens. This cannot be undone.
    ///
    /// # Errors
    /// As [`read`](Self::read).
    pub async fn delete(&self, client: RegisteredClient) -> Result<()> {
        const WHAT: &str = "removing a client's registration";
        self.run(|inner| async move {
            let (uri, token) = inner.management(&client, WHAT)?;
            let response = inner.send(registration::manage(Method::DELETE, uri, token)?).await?;
            match response.status {
                200..300 => Ok(()),
                _ => Err(registration::refusal(inner.failure(&response, token), WHAT)),
            }
        })
        .await
    }
}

impl ClientRegistration {
    /// For registrations at `provider`. Sends nothing. `server_trust` decides which servers' certificates are trusted;
    /// without it the platform does. `debug_build` says whether the app is a debug build: only then may `config` name
    /// insecure development hosts.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming the setting that cannot work.
    pub fn at(
        provider: Provider,
        config: Config,
        server_trust: Option<Arc<dyn ServerTrust>>,
        debug_build: bool,
    ) -> Result<Self> {
        config.check(debug_build)?;
        provider.check(&config.insecure_development_hosts)?;
        let http = HttpClient::new(&config, server_trust);
        Ok(Self(Arc::new(Inner { provider, config, http, runtime: Runtime(None) })))
    }

    /// Registers a client (RFC 7591 3). `initial_access_token` is what the provider's operator gives to those who may
    /// register; many providers ask for none.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider has no endpoint for it, and [`Error::InvalidInput`] naming a field of
    /// `metadata`, before anything is sent. [`Error::Provider`] with kind `RedirectUriRefused` or `BadRequest`, and the
    /// server's code, such as `invalid_client_metadata`; with kind `Forbidden` if the initial access token is missing or
    /// refused. [`Error::Offline`] or [`Error::Timeout`] if no response came: the client may have been registered.
    pub async fn register(
        &self,
        metadata: ClientMetadata,
        initial_access_token: Option<Secret>,
    ) -> Result<RegisteredClient> {
        self.run(|inner| async move {
            let endpoint = inner.endpoint()?;
            let request = registration::register(endpoint, &metadata, initial_access_token.as_ref())?;
            let response = inner.send(request).await?;
            inner.read(&response, None, initial_access_token.as_ref(), REGISTRATION)
        })
        .await
    }

    async fn run<T, F>(&self, work: impl FnOnce(Arc<Inner>) -> F) -> Result<T>
    where
        T: Send + 'static,
        F: Future<Output = Result<T>> + Send + 'static,
    {
        self.0.runtime.run_detached(work(Arc::clone(&self.0))).await
    }

    #[cfg(test)]
    pub(crate) fn scripted(provider: Provider, transport: Arc<dyn crate::net::transport::Transport>) -> Self {
        let environment = crate::environment::Environment::system();
        let http = HttpClient { transport, environment, log: Arc::default() };
        let runtime = Runtime(tokio::runtime::Handle::try_current().ok());
        Self(Arc::new(Inner { provider, config: Config::default(), http, runtime }))
    }
}

impl Inner {
    fn endpoint(&self) -> Result<&Url> {
        offered(self.provider.registration_endpoint.as_ref(), REGISTRATION)
    }

    /// Where a registration is managed, and its token, which goes to no other server than that of the registration endpoint.
    fn management<'a>(&self, client: &'a RegisteredClient, what: &str) -> Result<(&'a Url, &'a Secret)> {
        let endpoint = self.endpoint()?;
        let (Some(uri), Some(token)) = (&client.registration_client_uri, &client.registration_access_token) else {
            return Err(Error::Unsupported { what: what.to_owned() });
        };
        if uri.origin() != endpoint.origin() || uri.fragment().is_some() || !uri.username().is_empty() {
            let detail = "it is not at the server of the registration endpoint: the token does not go there";
            return Err(Error::invalid_input("registration_client_uri", detail));
        }
        Ok((uri, token))
    }

    async fn send(&self, request: Request<Bytes>) -> Result<CredentialResponse> {
        send_credential(&self.http, CallClass::Credential, self.config.credential_timeout, request).await
    }

    fn read(
        &self,
        response: &CredentialResponse,
        known: Option<&RegisteredClient>,
        token: Option<&Secret>,
        what: &str,
    ) -> Result<RegisteredClient> {
        let read = self.with_response(response, token, |response| registration::read(response, known));
        match (read, &response.broken) {
            // A registration that arrived whole is there, also if the connection broke after it.
            (Ok(client), _) => Ok(client),
            (Err(_), Some(broken)) => Err(broken.clone().into()),
            (Err(failure), None) => Err(registration::refusal(failure, what)),
        }
    }

    fn failure(&self, response: &CredentialResponse, token: &Secret) -> OAuthFailure {
        self.with_response(response, Some(token), |response| OAuthFailure::read(response, "the provider redirects"))
    }

    /// The response with the token kept out of what the server's words show.
    fn with_response<T>(
        &self,
        response: &CredentialResponse,
        token: Option<&Secret>,
        read: impl FnOnce(&EndpointResponse<'_>) -> T,
    ) -> T {
        let known: Vec<&str> = token.map(Secret::expose).into_iter().collect();
        let now = server_time(&response.headers).unwrap_or_else(|| self.http.environment.now());
        read(&EndpointResponse {
            status: response.status,
            retry_after: retry_after::read(&response.headers, now),
            body: &response.body,
            scrub: &|text, _| redaction::scrub(text, &known),
        })
    }
}

impl std::fmt::Debug for ClientRegistration {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ClientRegistration(at {})", self.0.provider.issuer)
    }
}

#[cfg(test)]
#[path = "registration_tests.rs"]
mod tests;
