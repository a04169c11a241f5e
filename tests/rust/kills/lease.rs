//! A process that is killed while it holds the refresh lease: the next one takes it over (L16). Judged by how often the next
//! process looks at the store and by what the provider saw, so that a busy machine changes nothing.

use crate::victim::Victim;
use crate::world::{Found, World};
use aipass::{SealedFileStore, SessionStore, StoreError, StoredSession};
use aipass_sandbox::{Endpoint, Fault};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const TOKEN: &str = "/oauth2/token";
/// A waiter takes the lease after five seconds of an unchanged counter. It looks every 200 ms at most.
const MAX_LOOKS: usize = 5_000 / 200 + 1;
/// One look counts for one second at most.
const MIN_LOOKS: usize = 5;
/// The call itself reads and writes the store a few times.
const OTHER_READS: usize = 12;

/// Counts how often the store is read.
struct CountedStore {
    inner: SealedFileStore,
    reads: AtomicUsize,
}

impl SessionStore for CountedStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        self.reads.fetch_add(1, Ordering::SeqCst);
        self.inner.load(key)
    }

    fn compare_and_swap(&self, key: String, expected: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        self.inner.compare_and_swap(key, expected, bytes)
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        self.inner.delete(key)
    }
}

// W2, L12, L16
#[tokio::test]
async fn the_lease_of_a_killed_process_is_taken_over() {
    let world = World::new("holding the lease").await;
    world.sign_in().await;
    let (asked, issued) = (world.sandbox.requests(TOKEN), world.sandbox.tokens().issued_for_refreshes);
    world.sandbox.expire_access_tokens();
    // The provider takes the request, and never looks at it.
    world.sandbox.add_fault(Endpoint::Token, Fault::Stall { bytes: None }, Some(1)).unwrap();
    let owner = Victim::start(&world, "refresh").await;
    while world.sandbox.requests(TOKEN) == asked {
        tokio::time::sleep(Duration::from_millis(5)).await; // the lease is stored before the request is sent
    }
    owner.killed_after(Duration::ZERO).await;
    world.connections_end().await;

    let store = SealedFileStore::open(world.folder.path(), &[7; 32]).unwrap();
    let store = Arc::new(CountedStore { inner: store, reads: AtomicUsize::new(0) });
    let next = world.app_over(store.clone());
    next.refresh_balance().await.unwrap();
    let reads = store.reads.load(Ordering::SeqCst);
    assert!((MIN_LOOKS..=MAX_LOOKS + OTHER_READS).contains(&reads), "the store was read {reads} times");
    assert_eq!(world.sandbox.requests(TOKEN) - asked, 2, "the killed process asked, and the next one asked once");
    assert_eq!(world.sandbox.tokens().issued_for_refreshes - issued, 1);
    assert_eq!(world.found().await, Found::LiveTokens);
}
