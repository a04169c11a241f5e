//! What a process that can be stopped does: its store fails and its requests wait while it is. Its store may also fail for a
//! while by itself.

use super::log::{Log, Power};
use crate::client::tests::world::FlakyStore;
use crate::session::store::{SessionStore, StoreError, StoredSession};
use std::sync::{Arc, Mutex};
use tokio::sync::watch;
use tokio::time::Instant;

/// A store of one process: it does nothing while its process is stopped, and cannot write for a while when it is told so.
pub(super) struct ProcessStore {
    pub inner: Arc<FlakyStore>,
    pub log: Arc<Mutex<Log>>,
    pub power: watch::Receiver<Power>,
    pub is_full_until: Mutex<Option<Instant>>,
}

impl ProcessStore {
    fn check(&self) -> Result<(), StoreError> {
        match *self.power.borrow() {
            Power::Running => Ok(()),
            _ => Err(StoreError::Unavailable { detail: "stopped".into() }),
        }
    }
}

impl SessionStore for ProcessStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        self.check()?;
        self.inner.load(key)
    }

    fn compare_and_swap(&self, key: String, expected: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        self.check()?;
        if self.is_full_until.lock().unwrap().is_some_and(|end| Instant::now() < end) {
            return Err(StoreError::Full { detail: "no room".into() });
        }
        let record: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let version = self.inner.compare_and_swap(key, expected, bytes)?;
        let refresh_token = record["grant"]["refresh_token"].as_str();
        self.log.lock().unwrap().stored.extend(refresh_token.map(str::to_owned));
        Ok(version)
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        self.check()?;
        self.inner.delete(key)
    }
}

/// Goes on when the process runs; never, if it is dead.
pub(super) async fn runs(mut power: watch::Receiver<Power>) {
    if power.wait_for(|power| *power == Power::Running).await.is_err() {
        std::future::pending().await
    }
}
