//! For tests and measurements of the bindings: calls without any work of the library, to compare with, and calls that
//! panic. Never shipped.

use aipass::{AiPass, Error, SessionStore, StoreError, StoredSession};
use std::sync::{Arc, LazyLock};

uniffi::setup_scaffolding!();
uniffi_dart_ports::export!("aipass_probe");

/// Why a call failed.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum ProbeError {
    /// An error of the library.
    #[error("{code}")]
    Failed {
        /// Its code.
        code: String,
    },
}

#[allow(clippy::expect_used, reason = "a probe may panic")]
static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("threads"));

/// An object whose calls do no work.
#[derive(uniffi::Object)]
pub struct Bare(bool);

#[uniffi::export]
impl Bare {
    /// Makes one.
    #[uniffi::constructor]
    #[allow(clippy::new_without_default, reason = "only a constructor is exported")]
    pub fn new() -> Self {
        Self(false)
    }

    /// A synchronous call.
    pub fn call(&self) -> bool {
        self.0
    }

    /// An asynchronous call that is ready at its first poll.
    pub async fn call_async(&self) -> bool {
        self.0
    }

    /// An asynchronous call that runs on a thread of a runtime, as every call of the library does.
    pub async fn call_async_elsewhere(&self) -> bool {
        let value = self.0;
        RUNTIME.spawn(async move { value }).await.unwrap_or(value)
    }
}

/// Panics outside of the library.
#[uniffi::export]
pub fn panic_here() -> Result<(), ProbeError> {
    panic!("a bug")
}

/// Makes a call of the library that panics on the library's own thread, because its store panics.
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
