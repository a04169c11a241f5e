//! S2: no block of memory is given back while a token stands in it. An allocator looks at every block that is freed.
//!
//! What is covered: reading, rewriting and clearing the stored session, and the tokens that memory holds meanwhile. What is
//! not: buffers of the TLS and HTTP libraries, which the library does not own.
#![allow(unsafe_code, reason = "an allocator")]

use aipass::{AiPass, Provider, SessionStore, SignInOptions, StoreError, StoredSession};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use zeroize::Zeroizing;

/// In every token of the test.
const CANARY: &[u8] = b"canary-of-memory";
const RECORDS: &[&str] = &[
    r#"{"v":1,"grant":{"id":"g","access_token":"at-canary-of-memory-1","refresh_token":"rt-canary-of-memory-2"}}"#,
    #[cfg(feature = "dpop")]
    r#"{"v":2,"grant":{"id":"g","access_token":"at-canary-of-memory-1","dpop":{"jkt":"j","private_key":"canary-of-memory-3"}}}"#,
];

static LEFT_BEHIND: AtomicUsize = AtomicUsize::new(0);

struct Watching;

#[global_allocator]
static ALLOCATOR: Watching = Watching;

// SAFETY: hands everything to the system's allocator. A block is looked at as long as it is still the caller's, and only as
// far as `layout` says; `realloc` is the default one, which frees the old block here. Memory is zeroed when it is handed out,
// so that what is read was written, or is zero.
unsafe impl GlobalAlloc for Watching {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        let bytes = unsafe { std::slice::from_raw_parts(block, layout.size()) };
        if bytes.windows(CANARY.len()).any(|window| window == CANARY) {
            LEFT_BEHIND.fetch_add(1, Ordering::SeqCst);
        }
        unsafe { System.dealloc(block, layout) }
    }
}

/// One session, kept without leaving anything behind.
struct Store(Mutex<(Zeroizing<Vec<u8>>, i64)>);

impl SessionStore for Store {
    fn load(&self, _: String) -> Result<Option<StoredSession>, StoreError> {
        let entry = self.0.lock().unwrap();
        Ok(Some(StoredSession { bytes: entry.0.to_vec(), version: entry.1 }))
    }

    fn compare_and_swap(&self, _: String, _: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        let mut entry = self.0.lock().unwrap();
        *entry = (Zeroizing::new(bytes), entry.1 + 1);
        Ok(entry.1)
    }

    fn delete(&self, _: String) -> Result<(), StoreError> {
        unreachable!("the session is cleared, not deleted")
    }
}

// S2, G13
#[test]
fn no_token_is_left_in_freed_memory() {
    drop(std::hint::black_box(CANARY.to_vec()));
    assert_eq!(LEFT_BEHIND.swap(0, Ordering::SeqCst), 1, "the allocator sees nothing");

    for record in RECORDS {
        live_through(record);
        assert_eq!(LEFT_BEHIND.load(Ordering::SeqCst), 0, "blocks were freed with a secret in them");
    }
}

fn live_through(record: &str) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = Arc::new(Store(Mutex::new((Zeroizing::new(record.into()), 1))));
    runtime.block_on(async {
        let provider = Provider::custom("https://id.invalid", "https://id.invalid/a", "https://id.invalid/t").unwrap();
        let ai = AiPass::builder("client", "myapp://cb").provider(provider).store(store.clone()).build().unwrap();
        ai.session_state().await.unwrap();
        for _ in 0..7 {
            ai.begin_sign_in(SignInOptions::default()).await.unwrap(); // rewrites the record
        }
        let token = ai.access_token(Duration::ZERO).await.unwrap();
        assert!(token.expose().as_bytes().windows(CANARY.len()).any(|window| window == CANARY));
        ai.sign_out().await.unwrap();
    });
    drop(runtime);
    drop(store);
}
