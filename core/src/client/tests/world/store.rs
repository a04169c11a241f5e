//! A store in memory that can be made to fail.

use crate::session::store::{MemoryStore, SessionStore, StoreError, StoredSession};
use serde_json::Value;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Is called with each record that is about to be written.
type Watcher = Box<dyn FnMut(Value) + Send>;

/// A store in memory that can be made to fail.
#[derive(Default)]
pub struct FlakyStore {
    inner: MemoryStore,
    key: Mutex<Option<String>>,
    failing_writes: AtomicUsize,
    pub failure: Mutex<Option<StoreError>>,
    watcher: Mutex<Option<Watcher>>,
    entry_writer: Mutex<Option<Box<dyn FnMut() + Send>>>,
    entry_failure: Mutex<Option<StoreError>>,
}

/// Whether an entry is a session, and not one of those beside it.
fn is_session(key: &str) -> bool {
    key.starts_with("one.aipass.session.")
}

impl FlakyStore {
    /// The next writes fail.
    pub fn fail_writes(&self, failing: usize) {
        self.failing_writes.store(failing, Ordering::SeqCst);
    }

    pub fn fail_with(&self, failure: Option<StoreError>) {
        *self.failure.lock().unwrap() = failure;
    }

    /// Calls this with each record that is about to be written.
    pub fn watch_writes(&self, watcher: impl FnMut(Value) + Send + 'static) {
        *self.watcher.lock().unwrap() = Some(Box::new(watcher));
    }

    /// The record as it is stored.
    pub fn record(&self) -> Option<Value> {
        let key = self.key.lock().unwrap().clone()?;
        let stored = self.inner.load(key).unwrap()?;
        Some(serde_json::from_slice(&stored.bytes).unwrap())
    }

    pub(super) fn rewrite(&self, change: impl FnOnce(&mut Value)) {
        let key = self.key.lock().unwrap().clone().unwrap();
        let stored = self.inner.load(key.clone()).unwrap().unwrap();
        let mut record = serde_json::from_slice(&stored.bytes).unwrap();
        change(&mut record);
        self.inner.compare_and_swap(key, Some(stored.version), record.to_string().into_bytes()).unwrap();
    }

    /// Another writer changes the entries beside the session before each of the next writes of this one.
    pub fn race_entries(&self, writer: impl FnMut() + Send + 'static) {
        *self.entry_writer.lock().unwrap() = Some(Box::new(writer));
    }

    fn before_entry(&self) {
        // Taken out while it runs: it may write itself.
        let writer = self.entry_writer.lock().unwrap().take();
        if let Some(mut writer) = writer {
            writer();
            self.entry_writer.lock().unwrap().get_or_insert(writer);
        }
    }

    /// Writing beside the session fails.
    pub fn fail_entries(&self, failure: Option<StoreError>) {
        *self.entry_failure.lock().unwrap() = failure;
    }

    /// Another writer swaps an entry.
    pub fn overwrite(&self, key: String, version: i64, bytes: Vec<u8>) {
        self.inner.compare_and_swap(key, Some(version), bytes).unwrap();
    }

    fn check(&self) -> Result<(), StoreError> {
        self.failure.lock().unwrap().clone().map_or(Ok(()), Err)
    }
}

impl SessionStore for FlakyStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        self.check()?;
        if is_session(&key) {
            *self.key.lock().unwrap() = Some(key.clone());
        }
        self.inner.load(key)
    }

    fn compare_and_swap(&self, key: String, expected_version: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        self.check()?;
        if !is_session(&key) {
            self.before_entry();
            self.entry_failure.lock().unwrap().clone().map_or(Ok(()), Err)?;
            return self.inner.compare_and_swap(key, expected_version, bytes);
        }
        let fails = |left: usize| left.checked_sub(1);
        if self.failing_writes.fetch_update(Ordering::SeqCst, Ordering::SeqCst, fails).is_ok() {
            return Err(StoreError::Full { detail: "no room".into() });
        }
        if let Some(watcher) = self.watcher.lock().unwrap().as_mut() {
            watcher(serde_json::from_slice(&bytes).unwrap());
        }
        self.inner.compare_and_swap(key, expected_version, bytes)
    }

    /// Needs no key: also what cannot be read can be removed.
    fn delete(&self, key: String) -> Result<(), StoreError> {
        match self.check() {
            Err(StoreError::KeyLost { .. }) | Ok(()) => self.inner.delete(key),
            Err(error) => Err(error),
        }
    }
}
