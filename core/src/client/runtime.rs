//! Where the work runs. Foreign languages poll futures on whatever thread they like, in Dart on the screen's; so every call
//! is a task of its own on this library's runtime, and its caller only awaits the outcome.

use crate::error::{Error, Result};
use std::future::Future;
use std::sync::LazyLock;
use tokio::runtime::Handle;
use tokio::task::{AbortHandle, JoinError, JoinHandle};

/// One per process, started by the first call that needs it.
static OWN: LazyLock<Option<tokio::runtime::Runtime>> = LazyLock::new(|| {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder.worker_threads(2).thread_name("aipass").enable_all().build().ok()
});

/// The library's own runtime, or one that the host gave.
pub(crate) struct Runtime(pub Option<Handle>);

impl Runtime {
    /// Runs `work` as a task of its own; ends it if the caller goes away.
    pub async fn run<T: Send + 'static>(&self, work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
        let task = self.spawn(work)?;
        let _end_with_caller = AbortOnDrop(task.abort_handle());
        task.await.unwrap_or_else(|error| Err(explain(&error)))
    }

    /// Runs `work` as a task of its own, to its end.
    pub async fn run_detached<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<T> {
        self.spawn(work)?.await.unwrap_or_else(|error| Err(explain(&error)))
    }

    /// Runs `work` without anyone waiting for it.
    pub fn run_beside(&self, work: impl Future<Output = ()> + Send + 'static) {
        // Without threads there is nobody to run it; the next call tells that.
        drop(self.spawn(async move {
            work.await;
            Ok(())
        }));
    }

    fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<JoinHandle<Result<T>>> {
        let own = || OWN.as_ref().map(|runtime| runtime.handle().clone());
        let handle = self.0.clone().or_else(own);
        let handle = handle.ok_or_else(|| Error::internal("the system gives no threads for the library's runtime"))?;
        Ok(handle.spawn(work))
    }
}

/// S3: a panic becomes an error. Its text stays behind, because nobody checked it for secrets.
fn explain(error: &JoinError) -> Error {
    if error.is_cancelled() { Error::Cancelled } else { Error::internal("a bug in the library: its task panicked") }
}

/// Ends a task when dropped.
pub(crate) struct AbortOnDrop(pub AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}
