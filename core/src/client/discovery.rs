//! Makes a [`Provider`] out of the metadata that a server publishes
//! ([RFC 8414](https://www.rfc-editor.org/rfc/rfc8414), [OpenID Connect Discovery 1.0](https://openid.net/specs/openid-connect-discovery-1_0.html)).
//! [`metadata`] says what is read of a document. This module fetches it, and [`Discovered`] keeps what was found.
//!
//! | outcome at an address | then |
//! |---|---|
//! | metadata of this issuer | it decides, also if it cannot be used: a second document must not overrule a refusal |
//! | 4xx, a redirect, 5xx, a page, metadata of another issuer | the next address is asked; after the last one, the most telling outcome is the error |
//! | 429, no connection, a time limit | the call fails |
//!
//! A provider that was found is kept for an hour. A failure is not kept.

use super::discovered::{Discovered, Key};
use super::runtime::Runtime;
use crate::config::Config;
use crate::environment::Environment;
use crate::error::{Error, ProviderErrorKind, ProviderFailure, Result, TimeLimit};
use crate::net::payload::Payload;
use crate::net::retry::CallClass;
use crate::net::tls::ServerTrust;
use crate::net::{Call, ErrorResponse, HttpClient, Response};
use crate::oauth::metadata::{self, Metadata, NoMetadata};
use crate::provider::{Provider, base_endpoint, check_transport};
use http::{Request, header};
use std::sync::{Arc, LazyLock};
use std::time::Duration;
use url::Url;

/// What this process has found.
static DISCOVERED: LazyLock<Discovered> = LazyLock::new(|| Discovered::new(Environment::system()));

/// The longest issuer, in bytes.
const MAX_ISSUER: usize = 2048;

/// How a provider is discovered; see [`Provider::discover_with`].
#[derive(Clone)]
pub struct DiscoverySettings {
    /// Time limits, development hosts, and the app's name. Default: [`Config::default`].
    pub config: Config,
    /// Decides which servers' certificates are trusted. Default: as for a client.
    pub server_trust: Option<Arc<dyn ServerTrust>>,
    /// Whether the app is a debug build: only then may [`Config::insecure_development_hosts`] name hosts. Default: whether the
    /// program was compiled with `debug_assertions`.
    pub debug_build: bool,
}

impl Default for DiscoverySettings {
    fn default() -> Self {
        Self { config: Config::default(), server_trust: None, debug_build: cfg!(debug_assertions) }
    }
}

/// What a server says of itself, for a developer to read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ServerMetadata {
    /// Where it was found.
    pub url: Url,
    /// The document as the server sent it, a JSON object. If a member stands twice, the last one counts.
    pub json: String,
    /// The provider, if the library can use the server.
    pub provider: Option<Provider>,
    /// What keeps the library from using the server: the name of a member, a colon, and what is wrong with it. Empty if nothing does.
    pub problems: Vec<String>,
}

impl Provider {
    /// The provider with this issuer, as its server describes itself (RFC 8414, OpenID Connect Discovery). See
    /// [`discover_with`](Self::discover_with).
    ///
    /// ```no_run
    /// # async fn example() -> aipass::Result<()> {
    /// let provider = aipass::Provider::discover("https://id.example/tenant").await?;
    /// let ai = aipass::AiPass::builder("client_123", "myapp://auth/callback").provider(provider).build()?;
    /// # Ok(()) }
    /// ```
    pub async fn discover(issuer: &str) -> Result<Self> {
        Self::discover_with(issuer, DiscoverySettings::default()).await
    }

    /// The provider with this issuer, as its server describes itself. `issuer` is spelt as the server spells it: the two are
    /// compared byte for byte, and a slash at the end counts.
    ///
    /// Asks for the metadata at the addresses that RFC 8414 and OpenID Connect Discovery name. A provider that was found is
    /// kept in memory for an hour and used by later calls of this process, also those with other settings if these name the
    /// same development hosts and give a `server_trust` too, or give none. AI Pass and Phaseo are built in and are returned
    /// without a request, because metadata names no model API. For any other server, set `model_api`, its origin among
    /// `resource_origins`, and the scopes that the app needs: if OpenID Connect is offered, `openid` alone is preset.
    ///
    /// # Errors
    /// - [`Error::InvalidInput`] naming `issuer` if it is no https URL, or has a query or a fragment.
    /// - [`Error::Provider`] with the kind `NotFound` if there is no metadata, naming the addresses that were asked;
    ///   `MetadataRefused` if it is another issuer's or cannot be used, naming its member; `UnexpectedRedirect`,
    ///   `Unavailable`, `ResponseTooLarge` or `InvalidResponse`.
    /// - [`Error::Offline`], [`Error::Timeout`] or [`Error::RateLimited`] if the server could not be asked. All requests
    ///   together may take [`Config::credential_timeout`].
    pub async fn discover_with(issuer: &str, settings: DiscoverySettings) -> Result<Self> {
        if let Some(built_in) = Self::built_in(issuer) {
            return Ok(built_in);
        }
        let asked = Asked::new(issuer, &settings)?;
        let (key, http) = (asked.key(&settings), http_client(&settings));
        Runtime(None).run(async move { DISCOVERED.join_or_start(key, asked.provider(http)).await }).await
    }

    /// What the server with this issuer says of itself, and whether the library can use it. Always asks the server.
    ///
    /// # Errors
    /// As [`discover_with`](Self::discover_with), but for metadata that cannot be used: [`ServerMetadata::problems`] names all that
    /// is wrong with it.
    pub async fn examine(issuer: &str, settings: DiscoverySettings) -> Result<ServerMetadata> {
        let asked = Asked::new(issuer, &settings)?;
        let (url, read) = Runtime(None).run(async move { asked.fetch(&http_client(&settings)).await }).await?;
        let (json, problems) = (read.json.clone(), read.problems.iter().map(ToString::to_string).collect());
        Ok(ServerMetadata { url, json, problems, provider: read.provider().ok() })
    }
}

fn http_client(settings: &DiscoverySettings) -> HttpClient {
    HttpClient::new(&settings.config, settings.server_trust.clone())
}

/// An issuer whose metadata is asked for.
struct Asked {
    issuer: String,
    addresses: Vec<Url>,
    development_hosts: Vec<String>,
    time_limit: Duration,
}

impl Asked {
    fn new(issuer: &str, settings: &DiscoverySettings) -> Result<Self> {
        settings.config.check(settings.debug_build)?;
        let development_hosts = settings.config.insecure_development_hosts.clone();
        if issuer.len() > MAX_ISSUER {
            return Err(Error::invalid_input("issuer", format!("it is longer than {MAX_ISSUER} bytes")));
        }
        let url = base_endpoint("issuer", issuer)?;
        check_transport("issuer", &url, &development_hosts)?;
        Ok(Self {
            issuer: issuer.to_owned(),
            addresses: metadata::addresses(&url),
            development_hosts,
            time_limit: settings.config.credential_timeout,
        })
    }

    fn key(&self, settings: &DiscoverySettings) -> Key {
        Key {
            issuer: self.issuer.clone(),
            development_hosts: self.development_hosts.clone(),
            has_server_trust: settings.server_trust.is_some(),
        }
    }

    async fn provider(self, http: HttpClient) -> Result<Provider> {
        let (url, read) = self.fetch(&http).await?;
        read.provider().map_err(|problem| refused(&problem, &url))
    }

    /// The metadata, and where it was found.
    async fn fetch(&self, http: &HttpClient) -> Result<(Url, Metadata)> {
        let all = tokio::time::timeout(self.time_limit, self.ask_all(http));
        let late = Error::Timeout { limit: TimeLimit::Total, after: self.time_limit, last_status: None };
        all.await.unwrap_or(Err(late))
    }

    async fn ask_all(&self, http: &HttpClient) -> Result<(Url, Metadata)> {
        let mut telling: Option<Miss> = None;
        for url in &self.addresses {
            match self.ask(http, url).await? {
                Ok(read) => return Ok((url.clone(), read)),
                Err(miss) if telling.as_ref().is_none_or(|known| miss.weight > known.weight) => telling = Some(miss),
                Err(_) => {}
            }
        }
        let asked: Vec<&str> = self.addresses.iter().map(Url::as_str).collect();
        let detail = format!("there is no metadata at {}: check the issuer's spelling", asked.join(", "));
        let not_found = Error::of_response(ProviderErrorKind::NotFound, Some(404), detail);
        Err(telling.filter(|miss| miss.weight > Weight::Absent).map_or(not_found, |miss| miss.error))
    }

    /// Asks one address. The outer error ends the search.
    async fn ask(&self, http: &HttpClient, url: &Url) -> Result<Result<Metadata, Miss>> {
        let request = Request::builder().uri(url.as_str()).header(header::ACCEPT, "application/json");
        let request = request.body(Payload::empty()).map_err(|_| Error::internal("a request cannot be built"))?;
        let call = Call {
            request,
            class: CallClass::Read,
            idle_timeout: self.time_limit,
            total_timeout: self.time_limit,
            cancellation: None,
            progress: Arc::default(),
        };
        let document = match http.send(call).await? {
            Response::Success(response) => response.body.read_all(metadata::MAX_DOCUMENT).await?,
            Response::Error(response) => return Miss::of(&response, url).map(Err),
        };
        let read = metadata::read(&self.issuer, &document, &self.development_hosts);
        Ok(read.map_err(|no_metadata| {
            let weight = match no_metadata {
                NoMetadata::NotAnObject => Weight::Page,
                NoMetadata::OtherIssuer { .. } => Weight::OtherIssuer,
            };
            Miss { weight, error: refused(&no_metadata, url) }
        }))
    }
}

fn refused(why: &impl std::fmt::Display, url: &Url) -> Error {
    Error::of_response(ProviderErrorKind::MetadataRefused, Some(200), format!("{why} ({url})"))
}

/// An address where the metadata is not.
struct Miss {
    weight: Weight,
    error: Error,
}

/// How much a miss tells of why there is no metadata.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    Absent,
    Page,
    Redirect,
    Broken,
    OtherIssuer,
}

impl Miss {
    /// What an error response means. The outer error ends the search.
    fn of(response: &ErrorResponse, url: &Url) -> Result<Self> {
        let &ErrorResponse { status, retry_after, .. } = response;
        let detail = format!("{url} answers with status {status}");
        let (weight, kind) = match status {
            429 => return Err(Error::RateLimited { retry_after, request_id: None, detail, text: None }),
            300..400 => (Weight::Redirect, ProviderErrorKind::UnexpectedRedirect),
            500.. => (Weight::Broken, ProviderErrorKind::Unavailable),
            _ => (Weight::Absent, ProviderErrorKind::NotFound),
        };
        let failure = ProviderFailure { status: Some(status), retry_after, ..ProviderFailure::new(kind, detail) };
        Ok(Self { weight, error: failure.into() })
    }
}

#[cfg(test)]
#[path = "discovery_tests.rs"]
mod tests;
