//! What other languages need besides: native types for ours, constructors where Rust has builders, and defaults.
//! Everything else is exported where it is defined.

mod bytes;

use crate::client::AiPass;
use crate::client::runtime::Runtime;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::net::cancellation::Cancellation;
use crate::net::tls::{ServerTrust, ServerTrustError};
use crate::provider::Provider;
use crate::secret::Secret;
use crate::session::sealed_file::SealedFileStore;
use crate::session::store::{SessionStore, StoreError};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::path::PathBuf;
use std::sync::Arc;
use uniffi::UnexpectedUniFFICallbackError;
use url::{Position, Url};
use zeroize::Zeroizing;

// What cannot be read comes out of the call as an error of ours, not as a panic.
uniffi::custom_type!(Url, String, {
    remote,
    lower: |url| strict(&url),
    try_lift: |text| Ok(text.parse().map_err(|error| Error::invalid_input("url", format!("not a URL: {error}")))?),
});
uniffi::custom_type!(Decimal, String, {
    remote,
    lower: |decimal| decimal.to_string(),
    try_lift: |text| Ok(text.parse().map_err(|_| Error::invalid_input("decimal", "it has more than 28 digits"))?),
});
uniffi::custom_type!(NaiveDate, String, {
    remote,
    lower: |date| date.to_string(),
    try_lift: |text| Ok(text.parse().map_err(|_| Error::invalid_input("date", "it is not a date such as 2026-01-31"))?),
});
uniffi::custom_type!(PathBuf, String, {
    remote,
    lower: |path| path.to_string_lossy().into_owned(),
    try_lift: |text| Ok(PathBuf::from(text)),
});
uniffi::custom_type!(Secret, String, {
    lower: |secret| secret.expose().to_owned(),
    try_lift: |text| Ok(Secret::new(text)),
});

/// The URL as RFC 3986 spells it. The URL standard of browsers, which `Url` follows, leaves characters alone that
/// Foundation's and Java's parsers refuse.
fn strict(url: &Url) -> String {
    let mut text = url[..Position::BeforePath].to_owned();
    for character in url[Position::BeforePath..].chars() {
        if matches!(character, '"' | '<' | '>' | '[' | '\\' | ']' | '^' | '`' | '{' | '|' | '}') {
            text.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            text.push(character);
        }
    }
    text
}

#[uniffi::export]
impl AiPass {
    /// A client for the app that is registered as `client_id` with `redirect_uri`, such as `myapp://auth/callback`.
    /// Reads no store and sends nothing. What is left out has its default for production: AI Pass as the provider, and
    /// the platform's root certificates. `store` keeps the session; without one it is in memory until the process ends.
    /// A package for a platform with a secure store passes that store by default. `account` is a label that keeps
    /// several accounts of one app apart. `debug_build` says whether the app is a debug build; packages set it where
    /// they can. Only a debug build may name insecure development hosts in `config`.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming the setting that cannot work.
    #[uniffi::constructor(default(account = "default", provider = None, config = None, store = None, server_trust = None, debug_build = false))]
    #[expect(clippy::too_many_arguments, reason = "each is a named argument with a default in other languages")]
    pub fn new(
        client_id: String,
        redirect_uri: String,
        account: String,
        provider: Option<Provider>,
        config: Option<Config>,
        store: Option<Arc<dyn SessionStore>>,
        server_trust: Option<Arc<dyn ServerTrust>>,
        debug_build: bool,
    ) -> Result<Self> {
        let mut builder = AiPass::builder(client_id, redirect_uri).account(account).debug_build(debug_build);
        if let Some(provider) = provider {
            builder = builder.provider(provider);
        }
        if let Some(config) = config {
            builder = builder.config(config);
        }
        if let Some(store) = store {
            builder = builder.store(store);
        }
        if let Some(trust) = server_trust {
            builder = builder.server_trust(trust);
        }
        builder.build()
    }

    /// A client for the app that is registered as `client_id` with `redirect_uri`, such as `myapp://auth/callback`,
    /// with a session that is kept between starts of the app: in `store_directory`, which is created if it is missing,
    /// sealed with `store_key`, 32 bytes from the platform's keystore. Reads no session and sends nothing. What is left
    /// out has its default for production. `account` is a label that keeps several accounts of one app apart.
    /// `debug_build` says whether the app is a debug build; packages set it where they can. Only a debug build may name
    /// insecure development hosts in `config`.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming the setting that cannot work; [`Error::Storage`] if the key does not have 32
    /// bytes or the directory cannot be created.
    #[uniffi::constructor(default(account = "default", provider = None, config = None, debug_build = false))]
    #[expect(clippy::too_many_arguments, reason = "each is a named argument with a default in other languages")]
    pub async fn open(
        client_id: String,
        redirect_uri: String,
        store_directory: PathBuf,
        store_key: Vec<u8>,
        account: String,
        provider: Option<Provider>,
        config: Option<Config>,
        debug_build: bool,
    ) -> Result<Self> {
        let store_key = Zeroizing::new(store_key);
        // For Dart, which implements no trait of Rust's, and whose caller is the screen: files are not for its thread.
        let opened = Runtime(None).run(async move {
            let opened = tokio::task::spawn_blocking(move || SealedFileStore::open(store_directory, &store_key)).await;
            Ok(opened.map_err(|_| Error::internal("a bug in the library: its store panicked"))??)
        });
        let store: Arc<dyn SessionStore> = Arc::new(opened.await?);
        Self::new(client_id, redirect_uri, account, provider, config, Some(store), None, debug_build)
    }

    /// A client with the same session and options, whose calls are also cancelled by `cancellation`. For languages that
    /// cannot cancel a call which begins a stream.
    pub fn with_cancellation(&self, cancellation: Arc<Cancellation>) -> AiPass {
        let mut options = self.options.clone();
        options.cancellation = Some(match options.cancellation.take() {
            Some(outer) => cancellation.within(outer),
            None => cancellation,
        });
        self.with(options)
    }
}

#[uniffi::export]
impl SealedFileStore {
    /// Keeps sessions in `directory`, which is created if it is missing, sealed with a `key` of 32 bytes from the
    /// platform's keystore. Several processes may use the same directory.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if the key does not have 32 bytes or the directory cannot be created.
    #[uniffi::constructor]
    pub fn new(directory: PathBuf, key: Vec<u8>) -> Result<Self, StoreError> {
        Self::open(directory, &Zeroizing::new(key))
    }
}

#[uniffi::export]
impl Error {
    /// A stable code for this error, such as `budget_exceeded` or `storage_key_lost`: what an app translates.
    #[uniffi::method(name = "code")]
    pub(crate) fn code_text(&self) -> String {
        self.code().to_owned()
    }

    /// What happened, as an English sentence for developers. It holds no secret.
    pub(crate) fn text(&self) -> String {
        self.to_string()
    }
}

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
/// [`Error::InvalidInput`] if it is not an http or https URL.
#[uniffi::export]
pub(crate) fn ai_pass_provider_at(base_url: String) -> Result<Provider> {
    Provider::ai_pass_at(&base_url)
}

/// Any OAuth 2.0 server, with the standard encoding (RFC 6749) and nothing optional.
///
/// # Errors
/// [`Error::InvalidInput`] if an endpoint is not an http or https URL.
#[uniffi::export]
pub(crate) fn custom_provider(
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
) -> Result<Provider> {
    Provider::custom(&issuer, &authorization_endpoint, &token_endpoint)
}

// A host's implementation that throws something else than it may: an error like the others, not a panic.
impl From<UnexpectedUniFFICallbackError> for StoreError {
    fn from(unexpected: UnexpectedUniFFICallbackError) -> Self {
        StoreError::Failed { detail: unexpected.reason }
    }
}

impl From<UnexpectedUniFFICallbackError> for ServerTrustError {
    fn from(unexpected: UnexpectedUniFFICallbackError) -> Self {
        ServerTrustError::Unavailable { detail: unexpected.reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_reach_other_languages_in_a_form_that_their_parsers_read() {
        let url = Url::parse("https://[::1]:8443/a|b[c]?d=^{e}&f=%7C#`g`").unwrap();
        assert_eq!(strict(&url), "https://[::1]:8443/a%7Cb%5Bc%5D?d=%5E%7Be%7D&f=%7C#%60g%60");
    }
}
