//! How a sandbox is set up.

use std::collections::HashMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rust_decimal::Decimal;
use tokio::net::TcpListener;
use url::Url;

use crate::account::ledger::Ledger;
use crate::backend::{Backend, Engine};
use crate::client::Client;
use crate::clock::Clock;
use crate::handle::Sandbox;
use crate::server;
use crate::state::{Settings, Shared};

/// Sets up a [`Sandbox`]. Every setting has a default that suits a test.
#[derive(Clone, Debug)]
pub struct Builder {
    backend: Backend,
    upstream_key: Option<String>,
    budget: Decimal,
    port: u16,
    clients: Vec<Client>,
    access_token_lifetime: Duration,
    refresh_takes: Duration,
    chunk_delay: Duration,
    revocation: Revocation,
}

/// Which requests the revocation endpoint takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Revocation {
    /// The form body of RFC 7009, and the query with a bearer header.
    #[default]
    FormOrQuery,
    /// Only the query with a bearer header; a form is told that its token parameter is missing.
    QueryOnly,
}

/// Why a sandbox did not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StartError {
    /// The port could not be bound on 127.0.0.1.
    #[error("cannot listen on 127.0.0.1:{port}: {source}")]
    Bind {
        /// The port asked for; 0 means any.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The HTTPS client for the upstream backend could not be set up.
    #[error("cannot set up the connection to the upstream server: {0}")]
    Upstream(String),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            backend: Backend::Recorded,
            upstream_key: None,
            budget: Decimal::TEN,
            port: 0,
            clients: vec![Client::receipts()],
            access_token_lifetime: Duration::from_secs(3600),
            refresh_takes: Duration::ZERO,
            chunk_delay: Duration::ZERO,
            revocation: Revocation::default(),
        }
    }
}

impl Builder {
    /// What answers chats. Default: [`Backend::Recorded`].
    pub fn backend(mut self, backend: Backend) -> Self {
        self.backend = backend;
        self
    }

    /// The key for [`Backend::Upstream`], in place of the environment's `AIPASS_UPSTREAM_KEY`.
    pub fn upstream_key(mut self, key: impl Into<String>) -> Self {
        self.upstream_key = Some(key.into());
        self
    }

    /// What the user may spend, in US dollars. Default: 10.
    pub fn budget(mut self, budget: Decimal) -> Self {
        self.budget = budget;
        self
    }

    /// The port on 127.0.0.1. Default: 0, any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Registers a client beside `client_123`, or in its place where the id is the same.
    pub fn client(mut self, client: Client) -> Self {
        self.clients.push(client);
        self
    }

    /// How long an access token works. Default: one hour.
    pub fn access_token_lifetime(mut self, lifetime: Duration) -> Self {
        self.access_token_lifetime = lifetime;
        self
    }

    /// How long a refresh is in progress. A second refresh of the same token meanwhile is answered with 503 and
    /// `Retry-After`. Default: none.
    pub fn refresh_takes(mut self, time: Duration) -> Self {
        self.refresh_takes = time;
        self
    }

    /// The pause before each event of a streamed answer. Default: none.
    pub fn chunk_delay(mut self, pause: Duration) -> Self {
        self.chunk_delay = pause;
        self
    }

    /// Which requests the revocation endpoint takes. Default: both forms.
    pub fn revocation(mut self, revocation: Revocation) -> Self {
        self.revocation = revocation;
        self
    }

    /// Starts listening on loopback, on the runtime this is called from.
    ///
    /// # Errors
    /// [`StartError`] when the port is taken, or the upstream backend has no way to connect.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let engine = Engine::new(self.backend, self.upstream_key)?;
        let bind = |source| StartError::Bind { port: self.port, source };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let listener = TcpListener::bind(address).await.map_err(bind)?;
        let port = listener.local_addr().map_err(bind)?.port();
        let base_url = Url::parse(&format!("http://127.0.0.1:{port}/")).map_err(|e| bind(std::io::Error::other(e)))?;
        let shared = Arc::new(Shared {
            settings: Settings {
                hosts: ["127.0.0.1", "localhost", "[::1]"].map(|name| format!("{name}:{port}")).to_vec(),
                access_token_lifetime: self.access_token_lifetime,
                refresh_takes: self.refresh_takes,
                chunk_delay: self.chunk_delay,
                revocation: self.revocation,
            },
            clients: self.clients.into_iter().map(|client| (client.id.clone(), client)).collect::<HashMap<_, _>>(),
            engine,
            clock: Clock::default(),
            consents: Mutex::default(),
            grants: Mutex::default(),
            ledger: Mutex::new(Ledger::new(self.budget)),
            log: Mutex::default(),
            connections: Arc::default(),
            streams: Arc::default(),
        });
        let serving = tokio::spawn(server::serve(listener, Arc::clone(&shared)));
        Ok(Sandbox::new(shared, base_url, serving))
    }
}
