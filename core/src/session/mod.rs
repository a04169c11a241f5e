//! The lifecycle of a session: pending sign-ins, single-flight refresh, sign-out, and the stored record behind them.
//!
//! One record per issuer, client and account label (L10) lives in a [`SessionStore`] and is changed
//! only by compare-and-swap, in [`Session::update`]. Memory holds a copy of it for reading, so that neither a call with a
//! fresh token nor a look at the state waits for the store or for a refresh (L8).

mod arrival;
pub(crate) mod flights;
pub(crate) mod machine;
pub(crate) mod record;
pub(crate) mod refresh;
pub(crate) mod sealed_file;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod store;
mod token_endpoint;
mod unsaved;

use crate::config::Config;
use crate::environment::{Environment, Timestamp};
use crate::error::{Error, Result, SignInReason, StorageErrorKind};
use crate::net::HttpClient;
use crate::oauth::{self, redirect_uri::RedirectUri};
use crate::provider::Provider;
use machine::Phase;
use record::Record;
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use store::{SessionStore, StoreError};
use tokio::sync::watch;

/// Compare-and-swap is tried this often against other writers; each try is a few milliseconds.
const MAX_CONFLICTS: u32 = 64;
/// Below this, a difference between the server's clock and ours is the header's one-second grain and the way it took.
const CLOCK_GRAIN: i64 = 2_000;

/// Where a session stands, for the app's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SessionState {
    /// Nobody is signed in.
    SignedOut,
    /// A sign-in was begun and its callback has not come yet.
    SigningIn,
    /// Signed in.
    SignedIn,
    /// Signed in, and a new access token is being fetched. Calls made now wait for it.
    Refreshing,
    /// Was signed in, and the user must sign in again.
    NeedsSignIn {
        /// Why.
        reason: SignInReason,
    },
}

/// One account's session with one provider.
pub(crate) struct Session {
    key: String,
    provider: Arc<Provider>,
    client: oauth::Client,
    redirect_uri: RedirectUri,
    http: HttpClient,
    environment: Environment,
    config: Config,
    store: Arc<dyn SessionStore>,
    memory: Mutex<Memory>,
    /// Writers of this process take turns. Held while the store works, never across the network (L8).
    turn: tokio::sync::Mutex<()>,
    state: watch::Sender<SessionState>,
}

#[derive(Default)]
struct Memory {
    /// The record as it was last seen in the store.
    record: Option<Record>,
    /// The server's clock minus the device's, in milliseconds; `None` until an answer or a stored grant tells.
    server_clock_offset_ms: Option<i64>,
    /// Spreads a fleet's refreshes (L1); drawn anew with every pair.
    refresh_jitter: Duration,
    refresh_failed_at: Option<Timestamp>,
}

/// What a session is made of.
pub(crate) struct Parts {
    pub provider: Arc<Provider>,
    pub client: oauth::Client,
    pub redirect_uri: RedirectUri,
    pub account: String,
    pub http: HttpClient,
    pub config: Config,
    pub store: Arc<dyn SessionStore>,
}

/// What an update does to the stored record, and what it returns.
enum Change<T> {
    /// Where the session then stands.
    Save(Phase, T),
    Leave(T),
}

impl Session {
    pub fn new(parts: Parts) -> Arc<Self> {
        let environment = parts.http.environment.clone();
        Arc::new(Self {
            key: session_key(&parts.provider.issuer, &parts.client.id, &parts.account),
            provider: parts.provider,
            client: parts.client,
            redirect_uri: parts.redirect_uri,
            http: parts.http,
            environment,
            config: parts.config,
            store: parts.store,
            memory: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            state: watch::Sender::new(SessionState::SignedOut),
        })
    }

    /// Where the session stands. Reads the store, because other clients change it too, and never waits for a refresh (L8).
    pub async fn state(self: &Arc<Self>) -> Result<SessionState> {
        self.save_unsaved_sign_in().await?;
        self.reload().await?;
        Ok(*self.state.borrow())
    }

    /// Names the completed sign-in, so that nothing remembered of one account is told to another (L10).
    pub async fn grant_id(&self) -> Result<Option<String>> {
        Ok(self.record().await?.grant.map(|grant| grant.id))
    }

    /// The grant of whoever is signed in.
    pub async fn grant_now(self: &Arc<Self>) -> Result<Option<record::Grant>> {
        self.save_unsaved_sign_in().await?;
        Ok(self.record().await?.grant)
    }

    /// The states from now on.
    pub fn subscribe(&self) -> watch::Receiver<SessionState> {
        self.state.subscribe()
    }

    /// Takes the server's clock from an answer (L11).
    pub fn observe_server_time(&self, headers: &http::HeaderMap) {
        if let Some(server) = crate::net::server_time(headers) {
            let offset = server.0.saturating_sub(self.environment.now().0);
            self.memory().server_clock_offset_ms = Some(if offset.abs() < CLOCK_GRAIN { 0 } else { offset });
        }
    }

    /// The server's clock minus the device's, in milliseconds.
    pub fn server_clock_offset_ms(&self) -> i64 {
        let memory = self.memory();
        let stored = || memory.record.as_ref()?.grant.as_ref().map(|grant| grant.server_clock_offset_ms);
        memory.server_clock_offset_ms.or_else(stored).unwrap_or_default()
    }

    /// Forgets everything without reading it, so that it also works when the store's key is lost (L14).
    pub async fn forget(&self) -> Result<()> {
        let _turn = self.turn.lock().await;
        self.with_store(|store, key| store.delete(key)).await?;
        unsaved::take_all(&self.key);
        self.forget_in_memory();
        Ok(())
    }

    fn forget_in_memory(&self) {
        *self.memory() = Memory::default();
        self.publish();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn server_now(&self) -> Timestamp {
        Timestamp(self.environment.now().0.saturating_add(self.server_clock_offset_ms()))
    }

    /// The record as memory knows it; from the store the first time.
    async fn record(&self) -> Result<Record> {
        if let Some(record) = self.memory().record.clone() {
            return Ok(record);
        }
        self.reload().await
    }

    /// The record as the store has it now.
    async fn reload(&self) -> Result<Record> {
        self.update(|record, _| Ok(Change::Leave(record.clone()))).await
    }

    /// The one way to change the stored record: read it, change it, and swap it in if nobody else did meanwhile. `change`
    /// may run more than once.
    async fn update<T>(&self, mut change: impl FnMut(&mut Record, Timestamp) -> Result<Change<T>>) -> Result<T> {
        let _turn = self.turn.lock().await;
        for _ in 0..MAX_CONFLICTS {
            let stored = self.with_store(|store, key| store.load(key)).await?;
            let version = stored.as_ref().map(|stored| stored.version);
            let mut record = match stored {
                Some(stored) => Record::decode(&zeroize::Zeroizing::new(stored.bytes))?,
                None => Record::default(),
            };
            let now = self.environment.now();
            match change(&mut record, now)? {
                Change::Leave(outcome) => {
                    self.remember(record);
                    return Ok(outcome);
                }
                Change::Save(phase, outcome) => {
                    debug_assert_eq!(record.phase(now), phase, "the record and the table disagree");
                    let bytes = record.encode()?;
                    match self.with_store(move |store, key| store.compare_and_swap(key, version, bytes)).await {
                        Ok(_) => {
                            self.remember(record);
                            return Ok(outcome);
                        }
                        Err(StoreError::Conflict) => {}
                        Err(error) => return Err(error.into()),
                    }
                }
            }
        }
        let detail = "other processes keep changing the session".to_owned();
        Err(Error::Storage { kind: StorageErrorKind::Failed, detail })
    }

    fn remember(&self, record: Record) {
        let mut memory = self.memory();
        let token = |record: Option<&Record>| Some(record?.grant.as_ref()?.access_token.clone());
        if token(memory.record.as_ref()) != token(Some(&record)) {
            memory.refresh_jitter = self.environment.random_up_to(self.config.refresh_ahead / 2);
            let clock_was_told = memory.server_clock_offset_ms.is_some();
            if let (Some(grant), false) = (&record.grant, clock_was_told) {
                memory.server_clock_offset_ms = Some(grant.server_clock_offset_ms);
            }
        }
        memory.record = Some(record);
        drop(memory);
        self.publish();
    }

    /// Tells the state to whoever watches it.
    fn publish(&self) {
        let now = self.environment.now();
        let state = {
            let memory = self.memory();
            let record = memory.record.as_ref();
            match record.map_or(Phase::SignedOut, |record| record.phase(now)) {
                Phase::SignedIn => SessionState::SignedIn,
                Phase::Refreshing => SessionState::Refreshing,
                Phase::SigningIn => SessionState::SigningIn,
                Phase::SignedOut => SessionState::SignedOut,
                Phase::NeedsSignIn => SessionState::NeedsSignIn { reason: sign_in_reason(record) },
            }
        };
        let changed = self.state.send_if_modified(|current| std::mem::replace(current, state) != state);
        if changed {
            self.http.log.write(self.environment.now(), format!("session: {state:?}"));
        }
    }

    /// Runs a store call on a background thread.
    async fn with_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn SessionStore, String) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (store, key) = (Arc::clone(&self.store), self.key.clone());
        let done = tokio::task::spawn_blocking(move || work(store.as_ref(), key)).await;
        done.unwrap_or_else(|_| Err(StoreError::Failed { detail: "the store panicked".to_owned() }))
    }

    fn sign_in_required(&self, record: &Record) -> Error {
        Error::from(sign_in_reason(Some(record)))
    }
}

fn sign_in_reason(record: Option<&Record>) -> SignInReason {
    record.and_then(|record| record.ended).map_or(SignInReason::NotSignedIn, SignInReason::from)
}

/// The name under which a session is stored: the same for the same issuer, client and account label, and for no other (L10).
fn session_key(issuer: &str, client_id: &str, account: &str) -> String {
    let mut digest = Sha256::new();
    for part in [issuer, client_id, account] {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    let name: String = digest.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    format!("one.aipass.session.{name}")
}
