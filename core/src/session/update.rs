//! Reads and changes the stored record. [`Session::update`] is the one way to change it.

use super::Session;
use super::machine::Phase;
use super::record::Record;
use super::store::{SessionStore, StoreError};
use crate::environment::Timestamp;
use crate::error::{Error, Result, StorageErrorKind};
use std::sync::Arc;

/// Compare-and-swap is tried this often against other writers; each try is a few milliseconds.
const MAX_CONFLICTS: u32 = 64;
/// What an update does to the stored record, and what it returns.
pub(super) enum Change<T> {
    /// Where the session then stands.
    Save(Phase, T),
    Leave(T),
}

impl Session {
    /// The record as memory knows it; from the store the first time.
    pub(super) async fn record(&self) -> Result<Record> {
        if let Some(record) = self.memory().record.clone() {
            return Ok(record);
        }
        self.reload().await
    }

    /// The record as the store has it now.
    pub(super) async fn reload(&self) -> Result<Record> {
        self.update(|record, _| Ok(Change::Leave(record.clone()))).await
    }

    /// The record as the store had it at some moment after this call began. Many callers at once share one read.
    pub(super) async fn reload_shared(&self) -> Result<Record> {
        let reads_before = self.memory().reads;
        let turn = self.shared.turn.lock().await;
        if let Some(record) = self.memory().record_of_read_after(reads_before) {
            return Ok(record);
        }
        self.update_in_turn(&turn, |record, _| Ok(Change::Leave(record.clone()))).await
    }

    /// The one way to change the stored record: read it, change it, and swap it in if the stored one is still the same. `change`
    /// may run more than once.
    pub(super) async fn update<T>(&self, change: impl FnMut(&mut Record, Timestamp) -> Result<Change<T>>) -> Result<T> {
        let turn = self.shared.turn.lock().await;
        self.update_in_turn(&turn, change).await
    }

    pub(super) async fn update_in_turn<T>(
        &self,
        _turn: &tokio::sync::MutexGuard<'_, ()>,
        mut change: impl FnMut(&mut Record, Timestamp) -> Result<Change<T>>,
    ) -> Result<T> {
        for _ in 0..MAX_CONFLICTS {
            self.memory().reads += 1;
            let stored = self.with_store(|store, key| store.load(key)).await?;
            let version = stored.as_ref().map(|stored| stored.version);
            let mut record = match stored {
                Some(stored) => Record::decode(&zeroize::Zeroizing::new(stored.bytes))?,
                None => Record::default(),
            };
            self.memory().correct_deadlines(&mut record, &self.environment);
            let now = self.environment.now();
            match change(&mut record, now)? {
                Change::Leave(outcome) => {
                    self.take_over(record);
                    return Ok(outcome);
                }
                Change::Save(phase, outcome) => {
                    self.compare_with_table(&record, phase, now);
                    let bytes = record.encode()?;
                    match self.with_store(move |store, key| store.compare_and_swap(key, version, bytes)).await {
                        Ok(_) => {
                            self.take_over(record);
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

    /// A difference is a bug of ours. It fails a test; an app goes on, because the record is whole.
    fn compare_with_table(&self, record: &Record, phase: Phase, now: Timestamp) {
        if record.phase(now) != phase {
            #[cfg(test)]
            panic!("the record says {:?}, the table {phase:?}", record.phase(now));
            #[cfg(not(test))]
            self.log(format!("the record says {:?}, the table {phase:?}", record.phase(now)));
        }
    }

    fn take_over(&self, record: Record) {
        self.memory().take_over(record, &self.environment);
        self.publish();
    }

    /// Runs a store call: on a background thread, because a store may block. One in memory does not.
    pub(super) async fn with_store<T: Send + 'static>(
        &self,
        work: impl FnOnce(&dyn SessionStore, String) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (store, key) = (Arc::clone(&self.shared.store), self.shared.key().to_owned());
        if self.shared.is_in_memory() {
            return work(store.as_ref(), key);
        }
        #[cfg(test)]
        if let Some(scheduled) =
            (store.as_ref() as &dyn std::any::Any).downcast_ref::<super::scheduled::ScheduledStore>()
        {
            return scheduled.run(|| work(store.as_ref(), key)).await;
        }
        let done = tokio::task::spawn_blocking(move || work(store.as_ref(), key)).await;
        done.unwrap_or_else(|_| Err(StoreError::Failed { detail: "the store panicked".to_owned() }))
    }
}
