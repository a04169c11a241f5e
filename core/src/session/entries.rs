//! Entries of the store beside the session's record. They outlive it: signing out does not remove them.

use super::Session;
use super::store::StoreError;
use crate::error::{Error, Result, StorageErrorKind};
use std::sync::Arc;
use zeroize::Zeroizing;

/// As for the record: each try is a few milliseconds.
const MAX_CONFLICTS: u32 = 64;

/// What becomes of an entry.
pub(crate) enum EntryChange<T> {
    Save(Vec<u8>, T),
    Leave(T),
}

impl Session {
    /// Changes an entry by compare-and-swap: `change` gets what is stored under `key`, and may run more than once.
    pub async fn update_entry<T>(
        self: &Arc<Self>,
        key: &str,
        mut change: impl FnMut(Option<&[u8]>) -> Result<EntryChange<T>>,
    ) -> Result<T> {
        // Callers of this process take turns, so that hundreds at once do not run out of tries.
        let _turn = self.shared.entries.lock().await;
        for _ in 0..MAX_CONFLICTS {
            let name = key.to_owned();
            let stored = self.with_store(move |store, _| store.load(name)).await?;
            let version = stored.as_ref().map(|stored| stored.version);
            let stored = stored.map(|stored| Zeroizing::new(stored.bytes));
            match change(stored.as_ref().map(|bytes| bytes.as_slice()))? {
                EntryChange::Leave(outcome) => return Ok(outcome),
                EntryChange::Save(bytes, outcome) => {
                    let name = key.to_owned();
                    let swap = move |store: &dyn super::SessionStore, _| store.compare_and_swap(name, version, bytes);
                    match self.with_store(swap).await {
                        Ok(_) => return Ok(outcome),
                        Err(StoreError::Conflict) => tokio::task::yield_now().await,
                        Err(error) => return Err(error.into()),
                    }
                }
            }
        }
        let detail = "other processes keep changing the same entry".to_owned();
        Err(Error::Storage { kind: StorageErrorKind::Failed, detail })
    }

    /// Removes an entry without reading it.
    pub async fn remove_entry(self: &Arc<Self>, key: &str) -> Result<()> {
        let _turn = self.shared.entries.lock().await;
        let name = key.to_owned();
        Ok(self.with_store(move |store, _| store.delete(name)).await?)
    }
}
