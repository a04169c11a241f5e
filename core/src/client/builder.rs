//! Makes a client, and refuses settings that cannot work.

use super::cache::Cache;
use super::runtime::Runtime;
use super::{AiPass, CallOptions, Inner};
use crate::config::{Config, check_header_text};
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::net::tls::ServerTrust;
use crate::net::{HttpClient, ReqwestTransport, log::Log, transport::Transport};
use crate::oauth::{Client, redirect_uri::RedirectUri};
use crate::provider::Provider;
use crate::secret::Secret;
#[cfg(feature = "dpop")]
use crate::session::dpop_key::DpopKey;
use crate::session::store::{MemoryStore, SessionStore};
use crate::session::{Parts, Session};
use std::sync::Arc;
use tokio::sync::watch;

/// The settings of a new client; see [`AiPass::builder`].
pub struct AiPassBuilder {
    client_id: String,
    client_secret: Option<Secret>,
    redirect_uri: String,
    account: String,
    provider: Option<Provider>,
    config: Config,
    store: Option<Arc<dyn SessionStore>>,
    server_trust: Option<Arc<dyn ServerTrust>>,
    runtime: Option<tokio::runtime::Handle>,
    debug_build: bool,
    #[cfg(feature = "dpop")]
    dpop: Option<DpopKey>,
    environment: Environment,
    #[cfg(any(test, feature = "fuzzing"))]
    transport: Option<Arc<dyn Transport>>,
}

impl AiPassBuilder {
    pub(super) fn new(client_id: String, redirect_uri: String) -> Self {
        Self {
            client_id,
            client_secret: None,
            redirect_uri,
            account: "default".to_owned(),
            provider: None,
            config: Config::default(),
            store: None,
            server_trust: None,
            runtime: None,
            debug_build: cfg!(debug_assertions),
            #[cfg(feature = "dpop")]
            dpop: None,
            environment: Environment::system(),
            #[cfg(any(test, feature = "fuzzing"))]
            transport: None,
        }
    }

    /// The provider to sign in with. Default: [`Provider::ai_pass`].
    pub fn provider(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    /// Where the session is kept. Default: in memory, until the process ends. Give the same store object to all clients of
    /// one session: they then share its state, so that signing out reaches all of them at once. Two
    /// [`SealedFileStore`](crate::SealedFileStore)s over the same folder count as one.
    pub fn store(mut self, store: Arc<dyn SessionStore>) -> Self {
        self.store = Some(store);
        self
    }

    /// A label that keeps several accounts of one app apart. Default: `default`.
    pub fn account(mut self, label: impl Into<String>) -> Self {
        self.account = label.into();
        self
    }

    /// Time limits and the like. Default: [`Config::default`].
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Decides which servers' certificates are trusted. Default: the platform; on Android, where only Kotlin code can ask the
    /// platform, roots that are built in.
    pub fn server_trust(mut self, trust: Arc<dyn ServerTrust>) -> Self {
        self.server_trust = Some(trust);
        self
    }

    /// Whether the app is a debug build: only then may [`Config::insecure_development_hosts`] name hosts, and
    /// [`Config::http_proxy`] a proxy. Default: whether the program was compiled with `debug_assertions`. The Swift, Kotlin and
    /// Dart packages are built for release, so they pass on whether the app is a debug build.
    pub fn debug_build(mut self, is_debug_build: bool) -> Self {
        self.debug_build = is_debug_build;
        self
    }

    /// The secret of a confidential client. Do not use it in an app: every user of the app could read it.
    pub fn client_secret(mut self, secret: Secret) -> Self {
        self.client_secret = Some(secret);
        self
    }

    /// Binds the tokens of the next sign-ins to this key (RFC 9449), so that a stolen token is of no use without it. The
    /// provider must take proofs by `ES256` ([`Provider::dpop_signing_algorithms`]), else a sign-in is
    /// [`Error::Unsupported`] before anything is sent. Default: tokens are Bearer tokens.
    ///
    /// A session that is there already stays as it is, bound or not, until the next sign-in. A provider that grants Bearer
    /// tokens all the same is refused: the sign-in fails with [`Error::Provider`] of kind `InvalidResponse`, and its
    /// tokens are revoked. [`client_credentials_token`](AiPass::client_credentials_token) is not bound.
    #[cfg(feature = "dpop")]
    pub fn dpop(mut self, key: DpopKey) -> Self {
        self.dpop = Some(key);
        self
    }

    /// Runs the work on this runtime instead of the library's own. It must have time and I/O enabled.
    pub fn runtime(mut self, runtime: tokio::runtime::Handle) -> Self {
        self.runtime = Some(runtime);
        self
    }

    #[cfg(any(test, feature = "fuzzing"))]
    pub(crate) fn scripted(mut self, transport: Arc<dyn Transport>, environment: Environment) -> Self {
        self.transport = Some(transport);
        self.environment = environment;
        self.runtime = tokio::runtime::Handle::try_current().ok();
        self
    }

    /// The client. Reads no store and sends nothing. Cloning the client is cheap: all clones are the same client.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming the setting that cannot work.
    pub fn build(self) -> Result<AiPass> {
        if self.client_id.trim().is_empty() {
            return Err(Error::invalid_input(
                "client_id",
                "it is empty; AI Pass shows it at https://aipass.one/panel/developer",
            ));
        }
        check_header_text("client_id", &self.client_id)?;
        self.config.check(self.debug_build)?;
        let provider = Arc::new(self.provider.unwrap_or_else(Provider::ai_pass));
        provider.check(&self.config.insecure_development_hosts)?;
        let redirect_uri = RedirectUri::parse(&self.redirect_uri)?;
        let network = Arc::new(ReqwestTransport::new(&self.config, self.server_trust, self.environment.clone()));
        let transport: Arc<dyn Transport> = network.clone();
        #[cfg(any(test, feature = "fuzzing"))]
        let transport = self.transport.unwrap_or(transport);
        let http = HttpClient { transport, environment: self.environment, log: Arc::new(Log::default()) };
        let session = Session::new(Parts {
            provider: Arc::clone(&provider),
            client: Client { id: self.client_id.clone(), secret: self.client_secret },
            redirect_uri,
            account: self.account.clone(),
            http: http.clone(),
            config: self.config.clone(),
            store: self.store.unwrap_or_else(|| Arc::new(MemoryStore::new())),
            #[cfg(feature = "dpop")]
            dpop: self.dpop,
        });
        let inner = Inner {
            session,
            provider,
            client_id: self.client_id,
            account_label: self.account,
            config: self.config,
            http,
            network,
            runtime: Runtime(self.runtime),
            cache: Cache::default(),
            resumptions: watch::Sender::default(),
        };
        Ok(AiPass { inner: Arc::new(inner), options: CallOptions::default() })
    }
}

impl std::fmt::Debug for AiPassBuilder {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let issuer = self.provider.as_ref().map_or("AI Pass", |provider| &provider.issuer);
        write!(formatter, "AiPassBuilder({} at {issuer})", self.client_id)
    }
}
