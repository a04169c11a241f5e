//! What all clients of one session share within a process (L12, L17): the record in memory, the running refreshes, the
//! token sets that could not be stored. The other clients therefore see a sign-out at once.
//!
//! Shared means: the same process, the same store, the same session key. Two [`SealedFileStore`]s over the same folder are
//! the same store. Two other store objects count as two stores, whatever is behind them: they are kept in step like two
//! processes, by the record and its lease.

use super::SessionState;
use super::flights::Flights;
#[cfg(feature = "dpop")]
use super::nonces::Nonces;
use super::record::{Grant, MAX_PENDING, Record, TokenSetId};
use super::revocations::ReplacedSignIn;
use super::sealed_file::SealedFileStore;
use super::store::{MemoryStore, SessionStore};
use super::unsaved::Unsaved;
use crate::environment::{Environment, Instant, ProcessId, Timestamp};
use crate::secret::Secret;
use sha2::{Digest, Sha256};
use std::any::Any;
use std::collections::{HashMap, VecDeque};
use std::path::PathBuf;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;

/// So many access tokens are remembered, to know later whose a refused one was.
const MAX_HANDED_OUT: usize = 64;
/// A stored deadline is corrected where the wall clock moved by more than this against the monotonic one.
const CLOCK_STEP: i64 = 1_000;

static SESSIONS: LazyLock<Mutex<HashMap<Name, Entry>>> = LazyLock::new(Mutex::default);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Name {
    process: ProcessId,
    place: Place,
    session: String,
}

/// Where a store keeps its entries, as far as it is known.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Place {
    SealedFolder(PathBuf, [u8; 8]),
    /// The store object's address. No other object can get it while [`Shared`] holds this one.
    Object(usize),
}

struct Entry {
    shared: Weak<Shared>,
    /// Held while there is a token set that could not be stored: it may outlive all clients (L3).
    held: Option<Arc<Shared>>,
}

/// One session of this process.
pub(super) struct Shared {
    name: Name,
    pub store: Arc<dyn SessionStore>,
    /// The owner in this session's leases. It is not the process's id: two store objects over one place are two owners.
    pub owner: String,
    memory: Mutex<Memory>,
    /// Writers of this process take turns. Held while the store works, never across the network (L8).
    pub turn: tokio::sync::Mutex<()>,
    /// The same for the entries beside the record.
    pub entries: tokio::sync::Mutex<()>,
    pub state: watch::Sender<SessionState>,
    /// The id of the grant of the completed sign-in.
    pub grant: watch::Sender<Option<String>>,
    /// When the session ends by itself, by the server's clock.
    pub ends_at: watch::Sender<Option<Timestamp>>,
    /// [`Config::sign_in_again_before`](crate::Config), the longest of all clients.
    pub sign_in_again_before_ms: AtomicU64,
    pub flights: Flights,
    pub unsaved: Unsaved,
    #[cfg(feature = "dpop")]
    pub nonces: Nonces,
    /// How this process polls for the sign-in with a device's code. Locked while a poll runs: only those who wait for the same
    /// sign-in wait for it (L8).
    #[cfg(feature = "device-authorization")]
    pub polling: Arc<tokio::sync::Mutex<super::device::Polling>>,
    /// Wakes who waits for a change of the record in memory.
    #[cfg(feature = "device-authorization")]
    pub changed: tokio::sync::Notify,
}

#[derive(Default)]
pub(super) struct Memory {
    /// The record as it was last seen in the store.
    pub record: Option<Record>,
    /// How many reads of the store were begun, and the number of the read that `record` came of.
    pub reads: u64,
    record_read: u64,
    server_clock: Option<ServerClock>,
    /// Spreads the refreshes of many devices over time (L1), from 0 to 1. A new value is drawn with every token set.
    pub refresh_jitter: f64,
    pub refresh_failed_at: Option<Instant>,
    /// The token set that this process's last refresh brought, and when (T6).
    pub refreshed: Option<(TokenSetId, Instant)>,
    /// The token set whose refresh token the provider refused. The store may not know it yet.
    pub spent: Option<TokenSetId>,
    /// The token set that replaced a refused one, and when (L4).
    pub replaced_a_refused: Option<(TokenSetId, Instant)>,
    /// The last value of a lease's counter. It goes on from one lease to the next, so that no two leases look alike (L16).
    beat: u64,
    /// Digests of access tokens, each with the grant that it belongs to.
    handed_out: VecDeque<([u8; 32], String)>,
    /// When the sign-ins that this process began expire, by `state`.
    deadlines: Vec<(Secret, Instant)>,
    /// The id of the grant of the last completed sign-in.
    pub completed_sign_in: String,
    /// What became of the sign-in that it replaced.
    pub replaced_sign_in: Option<ReplacedSignIn>,
    /// What became of the last token set that could not be kept.
    pub discarded_tokens: Option<ReplacedSignIn>,
    /// The thumbprint of the key that the platform said it has lost. Not stored: it is asked again at every call.
    pub lost_key: Option<String>,
}

/// The server's time at a moment of the monotonic clock.
#[derive(Clone, Copy)]
struct ServerClock {
    /// The server's clock minus the device's, in milliseconds.
    offset_ms: i64,
    server: Timestamp,
    at: Instant,
}

impl Shared {
    /// The shared state of this process, store and session: the existing one, or a new one.
    pub fn open(environment: &Environment, store: Arc<dyn SessionStore>, session: String) -> Arc<Self> {
        let name = Name { process: environment.process.clone(), place: Place::of(&store), session };
        let mut sessions = sessions();
        if let Some(shared) = sessions.get(&name).and_then(|entry| entry.shared.upgrade()) {
            return shared;
        }
        let shared = Arc::new(Self {
            name: name.clone(),
            store,
            owner: format!("{}-{}", name.process.as_str(), ProcessId::new().as_str()),
            memory: Mutex::default(),
            turn: tokio::sync::Mutex::default(),
            entries: tokio::sync::Mutex::default(),
            state: watch::Sender::new(SessionState::SignedOut),
            grant: watch::Sender::new(None),
            ends_at: watch::Sender::new(None),
            sign_in_again_before_ms: AtomicU64::new(0),
            flights: Flights::default(),
            unsaved: Unsaved::default(),
            #[cfg(feature = "dpop")]
            nonces: Nonces::default(),
            #[cfg(feature = "device-authorization")]
            polling: Arc::default(),
            #[cfg(feature = "device-authorization")]
            changed: tokio::sync::Notify::new(),
        });
        sessions.insert(name, Entry { shared: Arc::downgrade(&shared), held: None });
        shared
    }

    /// The key of the session in its store.
    pub fn key(&self) -> &str {
        &self.name.session
    }

    /// Whether the store is one that never blocks.
    pub fn is_in_memory(&self) -> bool {
        let object: &dyn Any = self.store.as_ref();
        object.is::<MemoryStore>()
    }

    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps this alive without any client, or no longer.
    pub fn hold(self: &Arc<Self>, hold: bool) {
        let held = hold.then(|| Arc::clone(self));
        if let Some(entry) = sessions().get_mut(&self.name) {
            entry.held = held;
        }
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let mut sessions = sessions();
        // Another client may have opened the session again meanwhile.
        if sessions.get(&self.name).is_some_and(|entry| entry.shared.strong_count() == 0) {
            sessions.remove(&self.name);
        }
    }
}

impl Memory {
    /// Takes over a record from the store, and remembers whose its access token is.
    pub fn take_over(&mut self, record: Record, environment: &Environment) {
        let set_id = |record: &Record| record.grant.as_ref().map(Grant::set_id);
        if self.record.as_ref().map(set_id) != Some(set_id(&record)) {
            self.refresh_jitter = environment.random_fraction();
            if let Some(grant) = &record.grant {
                if self.server_clock.is_none() {
                    self.set_server_clock(grant.server_clock_offset_ms, environment);
                }
                if self.handed_out.len() >= MAX_HANDED_OUT {
                    self.handed_out.pop_front();
                }
                self.handed_out.push_back((digest(&grant.access_token), grant.id.clone()));
            }
        }
        self.record = Some(record);
        self.record_read = self.reads;
    }

    /// The record, if it was read after the first `reads` reads of the store had begun.
    pub fn record_of_read_after(&self, reads: u64) -> Option<Record> {
        self.record.clone().filter(|_| self.record_read > reads)
    }

    /// Forgets the session, and keeps what is known of clocks and of tokens that are still on their way.
    pub fn forget(&mut self) {
        let kept = Memory {
            server_clock: self.server_clock,
            reads: self.reads,
            handed_out: std::mem::take(&mut self.handed_out),
            beat: self.beat,
            discarded_tokens: self.discarded_tokens.take(),
            ..Self::default()
        };
        *self = kept;
    }

    /// Whether the platform has lost the key that the tokens are bound to.
    pub fn has_lost_key_of(&self, grant: &Grant) -> bool {
        grant.dpop.as_ref().is_some_and(|key| self.lost_key.as_ref() == Some(&key.jkt))
    }

    /// The next value of a lease's counter.
    pub fn next_beat(&mut self) -> u64 {
        self.beat += 1;
        self.beat
    }

    /// The grant that this access token was handed out for, if that is known.
    pub fn grant_of(&self, access_token: &Secret) -> Option<&str> {
        let digest = digest(access_token);
        self.handed_out.iter().rev().find(|(known, _)| *known == digest).map(|(_, grant)| grant.as_str())
    }

    pub fn set_server_clock(&mut self, offset_ms: i64, environment: &Environment) {
        let server = Timestamp(environment.now().0.saturating_add(offset_ms));
        self.server_clock = Some(ServerClock { offset_ms, server, at: environment.instant() });
    }

    /// The server's time: by the wall clock, because a phone that sleeps stops the monotonic one (L13), but never less than
    /// went by on the monotonic clock, because the user may set the other one back (L18).
    pub fn server_now(&self, environment: &Environment) -> Timestamp {
        let now = environment.now();
        let Some(clock) = self.server_clock else { return now };
        let by_wall_clock = Timestamp(now.0.saturating_add(clock.offset_ms));
        by_wall_clock.max(clock.server.plus(environment.instant().saturating_duration_since(clock.at)))
    }

    /// A sign-in that this process begins expires by the monotonic clock.
    pub fn set_deadline(&mut self, state: &Secret, after: Duration, environment: &Environment) {
        if self.deadlines.len() >= MAX_PENDING {
            self.deadlines.remove(0);
        }
        self.deadlines.extend(environment.instant().checked_add(after).map(|at| (state.clone(), at)));
    }

    /// Whether this process began the sign-in.
    #[cfg(feature = "device-authorization")]
    pub fn has_begun(&self, state: &Secret) -> bool {
        self.deadlines.iter().any(|(begun, _)| begun == state)
    }

    /// Corrects when the sign-ins of this process expire, where the wall clock was set meanwhile.
    pub fn correct_deadlines(&self, record: &mut Record, environment: &Environment) {
        let (now, instant) = (environment.now(), environment.instant());
        for pending in &mut record.pending {
            let Some((_, deadline)) = self.deadlines.iter().find(|(state, _)| *state == pending.state) else {
                continue;
            };
            let left = deadline.saturating_duration_since(instant);
            let passed = instant.saturating_duration_since(*deadline);
            let expires_at = Timestamp(now.plus(left).0.saturating_sub(crate::environment::millis(passed)));
            if (expires_at.0 - pending.expires_at.0).abs() > CLOCK_STEP {
                pending.expires_at = expires_at;
            }
        }
    }
}

impl Place {
    fn of(store: &Arc<dyn SessionStore>) -> Self {
        let object: &dyn Any = store.as_ref();
        match object.downcast_ref::<SealedFileStore>() {
            Some(sealed) => {
                let (folder, key_id) = sealed.place();
                Self::SealedFolder(folder, key_id)
            }
            None => Self::Object(Arc::as_ptr(store).cast::<()>() as usize),
        }
    }
}

fn sessions() -> MutexGuard<'static, HashMap<Name, Entry>> {
    SESSIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn digest(token: &Secret) -> [u8; 32] {
    Sha256::digest(token.expose().as_bytes()).into()
}
