//! How a sandbox is set up.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rust_decimal::Decimal;
use tokio::net::TcpListener;
use tokio::sync::{broadcast, watch};
use url::Url;

use crate::account::ledger::Ledger;
use crate::backend::{Backend, Engine};
use crate::clients::Client;
use crate::clock::Clock;
use crate::fault::{Active, Endpoint, Fault, InvalidFault};
use crate::handle::Sandbox;
use crate::model_api::catalogue::Catalogue;
use crate::persistence::{Saved, StateFile};
use crate::server;
use crate::state::{Settings, Shared};

/// So many ended requests wait for a listener that is slow; then it misses the oldest.
const ENDED_REQUESTS_WAITING: usize = 256;

/// How this machine is called by itself, and by the Android emulator on it.
const HOSTS: [&str; 4] = ["127.0.0.1", "localhost", "[::1]", "10.0.2.2"];

/// Long enough for a progress bar to be seen, short enough to wait for.
const VIDEO_TAKES: Duration = Duration::from_secs(4);

/// Sets up a [`Sandbox`]. Every setting has a default that suits a test.
#[derive(Clone, Debug)]
pub struct Builder {
    backend: Backend,
    upstream_key: Option<String>,
    budget: Option<Decimal>,
    port: u16,
    clients: Vec<Client>,
    access_token_lifetime: Duration,
    refresh_takes: Duration,
    chunk_delay: Duration,
    video_takes: Duration,
    linked_videos: bool,
    revocation: Revocation,
    catalogue: Catalogue,
    strict_parameters: Option<bool>,
    lan: bool,
    faults: Vec<(Endpoint, Fault, Option<u32>)>,
    state: Option<PathBuf>,
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
    /// The port could not be bound.
    #[error("cannot listen on port {port}: {source}")]
    Bind {
        /// The port asked for; 0 means any.
        port: u16,
        /// What the system said.
        source: std::io::Error,
    },
    /// The state file cannot be used.
    #[error("the state file {path} cannot be used: {detail}")]
    State {
        /// Where it is.
        path: String,
        /// What is wrong with it.
        detail: String,
    },
    /// A fault cannot happen as it is described.
    #[error("a fault is impossible: {0}")]
    Fault(InvalidFault),
    /// The HTTPS client for the upstream backend could not be set up.
    #[error("cannot set up the connection to the upstream server: {0}")]
    Upstream(String),
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            backend: Backend::Recorded,
            upstream_key: None,
            budget: None,
            port: 0,
            clients: vec![Client::receipts(), Client::command_line()],
            access_token_lifetime: Duration::from_secs(3600),
            refresh_takes: Duration::ZERO,
            chunk_delay: Duration::ZERO,
            video_takes: VIDEO_TAKES,
            linked_videos: false,
            revocation: Revocation::default(),
            catalogue: Catalogue::default(),
            strict_parameters: None,
            lan: false,
            faults: Vec::new(),
            state: None,
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

    /// What the user may spend, in US dollars. Default: 10, or what the state file says.
    pub fn budget(mut self, budget: Decimal) -> Self {
        self.budget = Some(budget);
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

    /// The pause before each piece of a streamed answer: an event of a chat, a word of speech, 64 KiB of a video. Default: none.
    pub fn chunk_delay(mut self, pause: Duration) -> Self {
        self.chunk_delay = pause;
        self
    }

    /// How long a video is in the making, by the sandbox's clock. Default: 4 seconds.
    pub fn video_takes(mut self, time: Duration) -> Self {
        self.video_takes = time;
        self
    }

    /// Speaks of videos as some servers do: `videoId` in place of `id`, `processing` in place of `in_progress`, and as
    /// content a `downloadUrl` in place of the video. Default: as OpenAI does.
    pub fn linked_videos(mut self, linked: bool) -> Self {
        self.linked_videos = linked;
        self
    }

    /// Which requests the revocation endpoint takes. Default: both forms.
    pub fn revocation(mut self, revocation: Revocation) -> Self {
        self.revocation = revocation;
        self
    }

    /// Which models are listed, and how. Default: [`Catalogue::Today`].
    pub fn catalogue(mut self, catalogue: Catalogue) -> Self {
        self.catalogue = catalogue;
        self
    }

    /// Whether parameters are refused that stock LiteLLM refuses, such as a `temperature` other than 1 for `gpt-5-mini`.
    /// Default: with [`Catalogue::Today`] only.
    pub fn strict_parameters(mut self, strict: bool) -> Self {
        self.strict_parameters = Some(strict);
        self
    }

    /// Listens on all of this machine's addresses, so that a phone in the same network reaches it. Default: loopback only.
    /// The control API answers loopback alone, whatever this says.
    pub fn lan(mut self, lan: bool) -> Self {
        self.lan = lan;
        self
    }

    /// Keeps clients, tokens and money in this file, and begins with what an earlier sandbox left there. Default: nothing
    /// outlives the sandbox.
    pub fn state(mut self, path: impl Into<PathBuf>) -> Self {
        self.state = Some(path.into());
        self
    }

    /// Lays a fault from the beginning; see [`Sandbox::add_fault`].
    pub fn fault(mut self, endpoint: Endpoint, fault: Fault, times: Option<u32>) -> Self {
        self.faults.push((endpoint, fault, times));
        self
    }

    /// Starts listening on loopback, on the runtime this is called from.
    ///
    /// # Errors
    /// [`StartError`] when the port is taken, the upstream backend has no way to connect, or a fault is impossible.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let mut faults = Active::default();
        for (endpoint, fault, times) in self.faults {
            fault.check().map_err(StartError::Fault)?;
            faults.add(endpoint, fault, times);
        }
        let (state_file, saved) = match self.state {
            Some(path) => StateFile::open(path).map(|(file, saved)| (Some(file), saved))?,
            None => (None, Saved::default()),
        };
        let clock = Clock::default();
        let mut clients = saved.clients;
        for client in self.clients {
            clients.know(client, clock.now());
        }
        let mut ledger = saved.ledger.unwrap_or_else(|| Ledger::new(Decimal::TEN));
        if let Some(budget) = self.budget {
            ledger.set_budget(budget);
        }
        let engine = Engine::new(self.backend, self.upstream_key)?;
        let bind = |source| StartError::Bind { port: self.port, source };
        let interface = if self.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
        let address = SocketAddr::from((interface, self.port));
        let listener = TcpListener::bind(address).await.map_err(bind)?;
        let port = listener.local_addr().map_err(bind)?.port();
        let base_url = Url::parse(&format!("http://127.0.0.1:{port}/")).map_err(|e| bind(std::io::Error::other(e)))?;
        let shared = Arc::new(Shared {
            settings: Settings {
                port,
                hosts: HOSTS.map(|name| format!("{name}:{port}")).to_vec(),
                access_token_lifetime: self.access_token_lifetime,
                refresh_takes: self.refresh_takes,
                chunk_delay: self.chunk_delay,
                video_takes: self.video_takes,
                linked_videos: self.linked_videos,
                revocation: self.revocation,
                catalogue: self.catalogue,
                strict_parameters: self.strict_parameters.unwrap_or(self.catalogue == Catalogue::Today),
            },
            clients: Mutex::new(clients),
            engine,
            clock,
            consents: Mutex::default(),
            grants: Mutex::new(saved.grants),
            ledger: Mutex::new(ledger),
            log: Mutex::default(),
            ended: broadcast::Sender::new(ENDED_REQUESTS_WAITING),
            faults: Mutex::new(faults),
            files: Mutex::default(),
            videos: Mutex::default(),
            connections: Arc::default(),
            streams: Arc::default(),
            state_file,
            stopping: watch::Sender::new(false),
        });
        let serving = tokio::spawn(server::serve(listener, Arc::clone(&shared)));
        Ok(Sandbox::new(shared, base_url, serving))
    }
}
