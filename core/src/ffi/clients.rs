//! Constructors of objects that Rust makes with builders, and methods whose arguments have defaults.

use crate::client::AiPass;
#[cfg(feature = "registration")]
use crate::client::ClientRegistration;
use crate::client::runtime::Runtime;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::net::cancellation::Cancellation;
use crate::net::tls::ServerTrust;
#[cfg(feature = "registration")]
use crate::oauth::registration::{ClientMetadata, RegisteredClient};
use crate::provider::Provider;
#[cfg(feature = "registration")]
use crate::secret::Secret;
use crate::session::sealed_file::SealedFileStore;
use crate::session::store::{SessionStore, StoreError};
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

#[uniffi::export]
impl AiPass {
    /// A client for the app that is registered as `client_id` with `redirect_uri`, such as `myapp://auth/callback`.
    /// Reads no store and sends nothing. What is left out has its default for production: AI Pass as the provider, and
    /// the platform's root certificates. `store` keeps the session; without one it is in memory until the process ends.
    /// A package for a platform with a secure store passes that store by default. `account` is a label that keeps
    /// several accounts of one app apart. `debug_build` says whether the app is a debug build; packages set it where
    /// they can. Only a debug build may name insecure development hosts, or a proxy, in `config`.
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
    /// insecure development hosts, or a proxy, in `config`.
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

#[cfg(feature = "registration")]
#[uniffi::export]
impl ClientRegistration {
    /// For registrations at `provider`. Sends nothing. What is left out has its default for production. `debug_build` says
    /// whether the app is a debug build: only then may `config` name insecure development hosts.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming the setting that cannot work.
    #[uniffi::constructor(default(config = None, server_trust = None, debug_build = false))]
    pub fn new(
        provider: Provider,
        config: Option<Config>,
        server_trust: Option<Arc<dyn ServerTrust>>,
        debug_build: bool,
    ) -> Result<Self> {
        Self::at(provider, config.unwrap_or_default(), server_trust, debug_build)
    }

    /// Registers a client (RFC 7591 3). `initial_access_token` is what the provider's operator gives to those who may
    /// register; many providers ask for none.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider has no endpoint for it, and
    /// [`Error::InvalidInput`] naming a field of `metadata`, before anything is sent.
    /// [`Error::Provider`] with kind `RedirectUriRefused` or `BadRequest`, and the server's code, such as
    /// `invalid_client_metadata`; with kind `Forbidden` if the initial access token is missing or refused.
    /// [`Error::Offline`] or [`Error::Timeout`] if no response came: the client may
    /// have been registered.
    #[uniffi::method(name = "register", default(initial_access_token = None))]
    pub(crate) async fn register_with_default(
        &self,
        metadata: ClientMetadata,
        initial_access_token: Option<Secret>,
    ) -> Result<RegisteredClient> {
        self.register(metadata, initial_access_token).await
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
