//! What the requests to one sandbox share.

use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{broadcast, watch};

use crate::account::ledger::Ledger;
use crate::backend::Engine;
use crate::builder::Revocation;
use crate::clients::Registry;
use crate::clock::Clock;
use crate::fault::Active;
use crate::model_api::catalogue::Catalogue;
use crate::model_api::files::Files;
use crate::model_api::video::Jobs;
use crate::persistence::StateFile;
use crate::server::request_log::{RequestLog, RequestRecord};
use crate::sign_in::consents::Consents;
use crate::sign_in::grants::Grants;

/// The state of one sandbox. Locks are held for the length of a look-up, never across a wait.
pub(crate) struct Shared {
    pub(crate) settings: Settings,
    pub(crate) clients: Mutex<Registry>,
    pub(crate) engine: Engine,
    pub(crate) clock: Clock,
    pub(crate) consents: Mutex<Consents>,
    pub(crate) grants: Mutex<Grants>,
    pub(crate) ledger: Mutex<Ledger>,
    pub(crate) log: Mutex<RequestLog>,
    /// Says of each request when it has ended.
    pub(crate) ended: broadcast::Sender<RequestRecord>,
    pub(crate) faults: Mutex<Active>,
    pub(crate) files: Mutex<Files>,
    pub(crate) videos: Mutex<Jobs>,
    pub(crate) connections: Arc<AtomicUsize>,
    pub(crate) streams: Arc<AtomicUsize>,
    /// Where it is kept beyond the process, if it was asked for.
    pub(crate) state_file: Option<StateFile>,
    /// Turns true when the sandbox is told to stop.
    pub(crate) stopping: watch::Sender<bool>,
}

impl Shared {
    /// Keeps what has changed, where it was asked for. A file that cannot be written must not pass for one that was.
    pub(crate) fn save(&self) {
        if let Some(Err(error)) = self.state_file.as_ref().map(|file| file.save(self)) {
            eprintln!("The sandbox's state could not be kept: {error}");
        }
    }

    /// Waits until the sandbox is told to stop.
    pub(crate) fn told_to_stop(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.stopping.subscribe();
        async move {
            // An error means that the sandbox is gone.
            let _ = stopping.wait_for(|stop| *stop).await;
        }
    }
}

/// What the builder fixed.
pub(crate) struct Settings {
    pub(crate) port: u16,
    /// `name:port` of every way to say "this machine" that leads here.
    pub(crate) hosts: Vec<String>,
    pub(crate) access_token_lifetime: Duration,
    pub(crate) refresh_takes: Duration,
    pub(crate) chunk_delay: Duration,
    pub(crate) video_takes: Duration,
    pub(crate) linked_videos: bool,
    pub(crate) revocation: Revocation,
    pub(crate) catalogue: Catalogue,
    pub(crate) strict_parameters: bool,
}

/// Locks, also after another request panicked: a sandbox keeps answering.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
