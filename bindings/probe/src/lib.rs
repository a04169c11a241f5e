//! For the bindings' own tests, beside the library that they test: functions as bare as UniFFI makes them, to measure
//! against, and a bug, to see how a panic arrives. Never shipped.

use aipass::{AiPass, Error, SessionStore, StoreError, StoredSession};
use std::sync::{Arc, LazyLock};

uniffi::setup_scaffolding!();

// Named, so that its symbols are linked.
use aipass_ports as _;

/// What a failed call says.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum ProbeError {
    /// An error of the library.
    #[error("{code}")]
    Failed {
        /// Its code.
        code: String,
    },
}

#[allow(clippy::expect_used, reason = "it measures nothing without threads")]
static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("threads"));

/// An object as bare as UniFFI makes them.
#[derive(uniffi::Object)]
pub struct Bare(bool);

#[uniffi::export]
impl Bare {
    /// One to measure with.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "only a constructor is exported")]
    pub fn new() -> Self {
        Self(false)
    }

    /// UniFFI's bare synchronous call.
    pub fn call(&self) -> bool {
        self.0
    }

    /// UniFFI's bare asynchronous call.
    pub async fn call_async(&self) -> bool {
        self.0
    }

    /// The same, made on a thread of a runtime and only awaited by its caller, as every call of the library is.
    pub async fn call_async_elsewhere(&self) -> bool {
        let value = self.0;
        RUNTIME.spawn(async move { value }).await.unwrap_or(value)
    }
}

/// A bug outside of any call of the library.
#[uniffi::export]
pub fn panic_here() -> Result<(), ProbeError> {
    panic!("a bug")
}

/// A call of the library whose work panics, because its store has a bug.
#[uniffi::export]
pub async fn panic_in_a_call() -> Result<(), ProbeError> {
    let failed = |error: Error| ProbeError::Failed { code: error.code().to_owned() };
    let ai =
        AiPass::builder("client_123", "myapp://auth/callback").store(Arc::new(BuggyStore)).build().map_err(failed)?;
    ai.session_state().await.map(drop).map_err(failed)
}

struct BuggyStore;

impl SessionStore for BuggyStore {
    fn load(&self, _key: String) -> Result<Option<StoredSession>, StoreError> {
        panic!("a bug")
    }

    fn compare_and_swap(&self, _: String, _: Option<i64>, _: Vec<u8>) -> Result<i64, StoreError> {
        panic!("a bug")
    }

    fn delete(&self, _key: String) -> Result<(), StoreError> {
        panic!("a bug")
    }
}
