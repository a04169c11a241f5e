//! Sets up and starts a sandbox.

mod provider;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rust_decimal::Decimal;
use tokio::net::TcpListener;
use url::Url;

use crate::app::App;
use crate::backend::{Backend, Engine};
use crate::clock::Clock;
use crate::control::Control;
use crate::dialect::{AccessTokens, Dialect};
use crate::model_api::ModelApi;
use crate::sandbox::Sandbox;
use crate::serve::serve;
use crate::settings::{Catalogue, Revocation, Settings};
use crate::sign_in::SignIn;
use crate::start_error::StartError;
use crate::store::client::Client;
use crate::store::devices::Devices;
use crate::store::keys::KeyRing;
use crate::store::ledger::Ledger;
use crate::store::{SavedState, StateFile, Store};
use crate::wire::fault::{Endpoint, Fault, FaultQueue};
use crate::wire::open_count::OpenCount;
use crate::wire::request_log::RequestLog;
use crate::wire::stop_signal::StopSignal;

/// The names of this machine for itself, and for the Android emulator on it.
const HOSTS: [&str; 4] = ["127.0.0.1", "localhost", "[::1]", "10.0.2.2"];

/// RFC 8628 §3.2: the usual pause between two polls.
const DEVICE_INTERVAL: Duration = Duration::from_secs(5);

/// Long enough for a progress bar to be seen, short enough to wait for.
const VIDEO_TAKES: Duration = Duration::from_secs(4);

/// Sets up a [`Sandbox`]. Every setting has a default that suits a test.
#[derive(Clone, Debug)]
pub struct Builder {
    dialect: Dialect,
    access_tokens: AccessTokens,
    refresh_tokens: Option<bool>,
    require_pushed_requests: bool,
    device_interval: Option<Duration>,
    backend: Backend,
    upstream_key: Option<String>,
    tesseract_languages: String,
    budget: Option<Decimal>,
    port: u16,
    clients: Vec<Client>,
    access_token_lifetime: Option<Duration>,
    refresh_takes: Duration,
    chunk_delay: Duration,
    video_takes: Duration,
    linked_videos: bool,
    revocation: Revocation,
    catalogue: Catalogue,
    prices: bool,
    strict_parameters: Option<bool>,
    lan: bool,
    faults: Vec<(Endpoint, Fault, Option<u32>)>,
    state: Option<PathBuf>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            dialect: Dialect::default(),
            access_tokens: AccessTokens::default(),
            refresh_tokens: None,
            require_pushed_requests: false,
            device_interval: Some(DEVICE_INTERVAL),
            backend: Backend::Recorded,
            upstream_key: None,
            tesseract_languages: "eng".to_owned(),
            budget: None,
            port: 0,
            clients: vec![Client::receipts(), Client::command_line()],
            access_token_lifetime: None,
            refresh_takes: Duration::ZERO,
            chunk_delay: Duration::ZERO,
            video_takes: VIDEO_TAKES,
            linked_videos: false,
            revocation: Revocation::default(),
            catalogue: Catalogue::default(),
            prices: false,
            strict_parameters: None,
            lan: false,
            faults: Vec::new(),
            state: None,
        }
    }
}

impl Builder {
    /// What responds to chats. Default: [`Backend::Recorded`].
    pub fn backend(mut self, backend: Backend) -> Self {
        self.backend = backend;
        self
    }

    /// The key for [`Backend::Upstream`], in place of the environment's `AIPASS_UPSTREAM_KEY`.
    pub fn upstream_key(mut self, key: impl Into<String>) -> Self {
        self.upstream_key = Some(key.into());
        self
    }

    /// The languages of [`Backend::Tesseract`], by its own names: `deu+eng`. Their packs must be installed. Default: `eng`.
    pub fn tesseract_languages(mut self, languages: impl Into<String>) -> Self {
        self.tesseract_languages = languages.into();
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

    /// How long a refresh is in progress. A second refresh of the same token in that time gets 503 and `Retry-After`.
    /// Default: no time.
    pub fn refresh_takes(mut self, time: Duration) -> Self {
        self.refresh_takes = time;
        self
    }

    /// The pause before each piece of a streamed response: an event of a chat, a word of speech, 64 KiB of a video.
    /// Default: none.
    pub fn chunk_delay(mut self, pause: Duration) -> Self {
        self.chunk_delay = pause;
        self
    }

    /// How long a video is in progress, by the sandbox's clock. Default: 4 seconds.
    pub fn video_takes(mut self, time: Duration) -> Self {
        self.video_takes = time;
        self
    }

    /// Describes videos as some servers do: `videoId` in place of `id`, `processing` in place of `in_progress`, and as
    /// content a `downloadUrl` in place of the video. Default: as OpenAI does.
    pub fn linked_videos(mut self, linked: bool) -> Self {
        self.linked_videos = linked;
        self
    }

    /// Which requests the revocation endpoint accepts. Default: both forms.
    pub fn revocation(mut self, revocation: Revocation) -> Self {
        self.revocation = revocation;
        self
    }

    /// Which models are listed, and how. Default: [`Catalogue::Today`].
    pub fn catalogue(mut self, catalogue: Catalogue) -> Self {
        self.catalogue = catalogue;
        self
    }

    /// Whether the catalogue shows prices, in LiteLLM's form, and the usage of a stream has its cost. AI Pass shows
    /// neither. Default: false.
    pub fn prices(mut self, prices: bool) -> Self {
        self.prices = prices;
        self
    }

    /// Whether parameters are refused that stock LiteLLM refuses, such as a `temperature` other than 1 for `gpt-5-mini`.
    /// Default: with [`Catalogue::Today`] only.
    pub fn strict_parameters(mut self, strict: bool) -> Self {
        self.strict_parameters = Some(strict);
        self
    }

    /// Listens on all of this machine's addresses, so that a phone in the same network reaches it. Default: loopback only.
    /// The control API accepts requests from loopback only, in any case.
    pub fn lan(mut self, lan: bool) -> Self {
        self.lan = lan;
        self
    }

    /// Keeps clients, tokens and money in this file, and starts with what an earlier sandbox saved there. Default:
    /// nothing is kept.
    pub fn state(mut self, path: impl Into<PathBuf>) -> Self {
        self.state = Some(path.into());
        self
    }

    /// Adds a fault before the sandbox starts; see [`Sandbox::add_fault`].
    pub fn fault(mut self, endpoint: Endpoint, fault: Fault, times: Option<u32>) -> Self {
        self.faults.push((endpoint, fault, times));
        self
    }

    /// Starts listening on loopback, on the runtime this is called from.
    ///
    /// # Errors
    /// [`StartError`] if the port is taken, the state file cannot be used, the upstream backend cannot be set up, or a fault
    /// is impossible.
    pub async fn start(self) -> Result<Sandbox, StartError> {
        let mut faults = FaultQueue::default();
        for (endpoint, fault, times) in &self.faults {
            fault.check().map_err(StartError::Fault)?;
            faults.add(*endpoint, fault.clone(), *times);
        }
        let (file, saved) = match self.state.clone() {
            Some(path) => StateFile::open(path).map(|(file, saved)| (Some(file), saved))?,
            None => (None, SavedState::default()),
        };
        let clock = Arc::new(Clock::default());
        let mut clients = saved.clients;
        for client in &self.clients {
            clients.register(provider::with_scopes_of(self.dialect, client), clock.now());
        }
        let mut ledger = saved.ledger.unwrap_or_else(|| Ledger::new(Decimal::TEN));
        if let Some(budget) = self.budget {
            ledger.set_budget(budget);
        }
        let engine = Engine::new(self.backend.clone(), self.upstream_key.clone(), self.tesseract_languages.clone())?;
        let bind = |source| StartError::Bind { port: self.port, source };
        let interface = if self.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
        let address = SocketAddr::from((interface, self.port));
        let listener = TcpListener::bind(address).await.map_err(bind)?;
        let port = listener.local_addr().map_err(bind)?.port();
        let base_url = Url::parse(&format!("http://127.0.0.1:{port}/")).map_err(|e| bind(std::io::Error::other(e)))?;
        let settings = Arc::new(Settings {
            dialect: self.dialect,
            port,
            hosts: HOSTS.map(|name| format!("{name}:{port}")).to_vec(),
            backend: engine.name(),
            access_token_lifetime: self.lifetime_of_access_tokens(),
            refresh_takes: self.refresh_takes,
            chunk_delay: self.chunk_delay,
            video_takes: self.video_takes,
            linked_videos: self.linked_videos,
            revocation: self.revocation,
            catalogue: self.catalogue,
            prices: self.prices,
            strict_parameters: self.strict_parameters.unwrap_or(self.catalogue == Catalogue::Today),
            access_tokens: self.access_tokens,
            refresh_tokens: self.has_refresh_tokens(),
            require_pushed_requests: self.require_pushed_requests,
            device_interval: self.device_interval,
        });
        let store = Arc::new(Store {
            clients: Mutex::new(clients),
            grants: Mutex::new(saved.grants),
            ledger: Mutex::new(ledger),
            devices: Mutex::new(Devices::default()),
            keys: Mutex::new(KeyRing::new().map_err(|_| StartError::Keys)?),
            dialect: self.dialect,
            clock,
            file,
        });
        let control = Control {
            store: Arc::clone(&store),
            settings: Arc::clone(&settings),
            log: Arc::new(RequestLog::new()),
            faults: Arc::new(Mutex::new(faults)),
            connections: OpenCount::default(),
            streams: OpenCount::default(),
            listeners: OpenCount::default(),
            stop: StopSignal::new(),
        };
        let app = App {
            sign_in: SignIn::new(Arc::clone(&store), Arc::clone(&settings)),
            model_api: ModelApi::new(Arc::clone(&store), settings, engine, control.streams.clone()),
            store,
            control: control.clone(),
        };
        let serving = serve(listener, app.routes(), control.connections.clone(), control.stop.clone());
        Ok(Sandbox::new(control, base_url, tokio::spawn(serving)))
    }
}

impl Sandbox {
    /// The settings of a sandbox that is not running yet.
    pub fn builder() -> Builder {
        Builder::default()
    }
}
