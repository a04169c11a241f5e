//! The default settings, the providers and the metadata of a client, as functions: records have no constructors of their own
//! in other languages.

use crate::client::DiscoverySettings;
use crate::config::Config;
use crate::error::Result;
use crate::net::tls::ServerTrust;
#[cfg(feature = "registration")]
use crate::oauth::registration::ClientMetadata;
use crate::provider::Provider;
use std::sync::Arc;

/// The default settings, which suit production. Change single fields and leave the rest.
#[uniffi::export]
pub(crate) fn default_config() -> Config {
    Config::default()
}

/// AI Pass at `https://aipass.one`.
#[uniffi::export]
pub(crate) fn ai_pass_provider() -> Provider {
    Provider::ai_pass()
}

/// AI Pass at another base URL: a sandbox on loopback, or a private installation.
///
/// # Errors
/// [`Error::InvalidInput`](crate::Error::InvalidInput) if it is not an http or https URL.
#[uniffi::export]
pub(crate) fn ai_pass_provider_at(base_url: String) -> Result<Provider> {
    Provider::ai_pass_at(&base_url)
}

/// Phaseo, called AI Stats until 2026, at `https://api.phaseo.app`.
///
/// Its device authorization and its registration are closed to apps, so neither is set. An app gets no refresh token there: the
/// user signs in again when the access token has expired.
#[uniffi::export]
pub(crate) fn phaseo_provider() -> Provider {
    Provider::phaseo()
}

/// The same as Phaseo, under the service's former name.
#[uniffi::export]
pub(crate) fn ai_stats_provider() -> Provider {
    Provider::ai_stats()
}

/// Phaseo at another base URL, such as a sandbox on loopback.
///
/// # Errors
/// [`Error::InvalidInput`](crate::Error::InvalidInput) if it is not an http or https URL.
#[uniffi::export]
pub(crate) fn phaseo_provider_at(base_url: String) -> Result<Provider> {
    Provider::phaseo_at(&base_url)
}

/// The provider with this issuer, as its server describes itself (RFC 8414, OpenID Connect Discovery). `issuer` is spelt as the
/// server spells it: the two are compared byte for byte, and a slash at the end counts.
///
/// A provider that was found is kept in memory for an hour and used by later calls of this process. AI Pass and Phaseo are built
/// in and are returned without a request, because metadata names no model API. For any other server, set `model_api`, its
/// origin among `resource_origins`, and the scopes that the app needs: if OpenID Connect is offered, `openid` alone is preset.
/// `config`, `server_trust` and `debug_build` are as for a client; what is left out has its default for production.
///
/// # Errors
/// - [`Error::InvalidInput`](crate::Error::InvalidInput) naming `issuer` if it is no https URL, or has a query or a fragment.
/// - [`Error::Provider`](crate::Error::Provider) with the kind `NotFound` if there is no metadata, naming the addresses that were
///   asked; `MetadataRefused` if it is another issuer's or cannot be used, naming its member; `UnexpectedRedirect`, `Unavailable`,
///   `ResponseTooLarge` or `InvalidResponse`.
/// - [`Error::Offline`](crate::Error::Offline), [`Error::Timeout`](crate::Error::Timeout) or
///   [`Error::RateLimited`](crate::Error::RateLimited) if the server could not be asked. All requests together may take
///   [`Config::credential_timeout`].
#[uniffi::export(default(config = None, server_trust = None, debug_build = false))]
pub(crate) async fn discover_provider(
    issuer: String,
    config: Option<Config>,
    server_trust: Option<Arc<dyn ServerTrust>>,
    debug_build: bool,
) -> Result<Provider> {
    let settings = DiscoverySettings { config: config.unwrap_or_default(), server_trust, debug_build };
    Provider::discover_with(&issuer, settings).await
}

/// Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional.
///
/// # Errors
/// [`Error::InvalidInput`](crate::Error::InvalidInput) if an endpoint is not an http or https URL.
#[uniffi::export]
pub(crate) fn custom_provider(
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
) -> Result<Provider> {
    Provider::custom(&issuer, &authorization_endpoint, &token_endpoint)
}

/// The metadata of an app on a phone or a desktop, which has no secret: `native`, `none`, and the grants
/// `authorization_code` and `refresh_token` (RFC 8252).
#[cfg(feature = "registration")]
#[uniffi::export]
pub(crate) fn native_app_metadata(client_name: String, redirect_uris: Vec<String>) -> ClientMetadata {
    ClientMetadata::native_app(client_name, redirect_uris)
}
