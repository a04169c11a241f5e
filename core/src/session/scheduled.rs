//! A store for tests with a deterministic scheduler: its calls run on the task that makes them, and the test decides how long
//! that task waits before and after each. Other stores run on background threads, whose order no seed decides.

use super::store::{SessionStore, StoreError, StoredSession};
use futures_util::future::BoxFuture;

/// A store whose calls wait for their turn.
pub(crate) struct ScheduledStore {
    pub store: Box<dyn SessionStore>,
    pub turn: Box<dyn Fn() -> BoxFuture<'static, ()> + Send + Sync>,
}

impl ScheduledStore {
    /// Runs a call between two waits. A task that never gets its second turn has changed the store, and does not know it.
    pub async fn run<T>(&self, call: impl FnOnce() -> T) -> T {
        (self.turn)().await;
        let outcome = call();
        (self.turn)().await;
        outcome
    }
}

impl SessionStore for ScheduledStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        self.store.load(key)
    }

    fn compare_and_swap(&self, key: String, expected: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        self.store.compare_and_swap(key, expected, bytes)
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        self.store.delete(key)
    }
}
