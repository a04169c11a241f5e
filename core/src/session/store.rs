//! Where a session is kept between starts of the app. Hosts implement [`SessionStore`] over the platform's keystore; this
//! library brings one in memory and one in sealed files.

use crate::error::{Error, StorageErrorKind};
use std::any::Any;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use zeroize::Zeroizing;

/// Keeps sessions as opaque bytes, one entry per key.
///
/// The library calls it on a background thread; it may block. The bytes hold tokens in clear: seal them, or keep them
/// where the platform seals them. Never delete an entry that cannot be read: report it.
#[cfg_attr(feature = "uniffi", uniffi::export(with_foreign))]
pub trait SessionStore: Any + Send + Sync {
    /// The entry under `key`; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`] if the entry may exist but cannot be read.
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError>;

    /// Replaces the entry under `key` if its version still is `expected_version` (`None`: if there is no entry), whole or
    /// not at all, and returns the new entry's version once the entry is durable.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if the version is another by now; the others if it could not be written.
    fn compare_and_swap(&self, key: String, expected_version: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError>;

    /// Removes the entry under `key`, also one that cannot be read. No entry is no error.
    ///
    /// # Errors
    /// [`StoreError`] if the entry is still there.
    fn delete(&self, key: String) -> Result<(), StoreError>;
}

/// An entry of a store.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct StoredSession {
    /// What was stored. Secret.
    pub bytes: Vec<u8>,
    /// Changes with every write, and never takes a value that this key had before, even after a delete: a counter that
    /// outlives deletes, or 64 random bits.
    pub version: i64,
}

impl std::fmt::Debug for StoredSession {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "StoredSession {{ bytes: {} bytes, version: {} }}", self.bytes.len(), self.version)
    }
}

/// Why a store failed. `detail` is for developers and must hold no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum StoreError {
    /// Another writer changed the entry in between.
    #[error("changed by another writer")]
    Conflict,
    /// Not accessible now, such as before the device's first unlock.
    #[error("not accessible now: {detail}")]
    Unavailable {
        /// What the platform said.
        detail: String,
    },
    /// The key that sealed the entry is gone.
    #[error("the key is gone: {detail}")]
    KeyLost {
        /// What the platform said.
        detail: String,
    },
    /// There is no room.
    #[error("no room: {detail}")]
    Full {
        /// What the platform said.
        detail: String,
    },
    /// The entry is damaged.
    #[error("the entry is damaged: {detail}")]
    Corrupt {
        /// What the platform said.
        detail: String,
    },
    /// Anything else.
    #[error("{detail}")]
    Failed {
        /// What the platform said.
        detail: String,
    },
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        let detail = error.to_string();
        let kind = match error {
            StoreError::Unavailable { .. } => StorageErrorKind::Unavailable,
            StoreError::KeyLost { .. } => StorageErrorKind::KeyLost,
            StoreError::Full { .. } => StorageErrorKind::Full,
            StoreError::Corrupt { .. } => StorageErrorKind::Corrupt,
            StoreError::Conflict | StoreError::Failed { .. } => StorageErrorKind::Failed,
        };
        Error::Storage { kind, detail }
    }
}

/// Keeps sessions in memory only: they end with the process. For tests and for programs that sign in at every start.
#[derive(Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct MemoryStore(Mutex<Entries>);

#[derive(Default)]
struct Entries {
    /// The bytes, wiped when they are replaced, and their version.
    by_key: HashMap<String, (Zeroizing<Vec<u8>>, i64)>,
    last_version: i64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl MemoryStore {
    /// An empty store.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn new() -> Self {
        Self::default()
    }
}

impl std::fmt::Debug for MemoryStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("MemoryStore(…)")
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl SessionStore for MemoryStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = entries.by_key.get(&key);
        Ok(entry.map(|(bytes, version)| StoredSession { bytes: bytes.to_vec(), version: *version }))
    }

    fn compare_and_swap(&self, key: String, expected_version: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        let bytes = Zeroizing::new(bytes);
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.by_key.get(&key).map(|(_, version)| *version) != expected_version {
            return Err(StoreError::Conflict);
        }
        entries.last_version += 1;
        let version = entries.last_version;
        entries.by_key.insert(key, (bytes, version));
        Ok(version)
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).by_key.remove(&key);
        Ok(())
    }
}
