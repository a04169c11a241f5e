//! Where the work runs. Foreign languages poll futures on any thread, in Dart on the screen's. So every call is a task of its
//! own on this library's runtime, and its caller only awaits the outcome.

use crate::error::{Error, Result};
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::{AbortHandle, JoinError, JoinHandle};

/// How long [`shut_down`] waits for a call into the host, such as to its store, that is under way.
const MAX_SHUTDOWN: Duration = Duration::from_secs(5);

/// One per process.
static OWN: Mutex<Own> = Mutex::new(Own::NotStarted);

enum Own {
    /// The first call that needs it starts it.
    NotStarted,
    Running(tokio::runtime::Runtime),
    ShutDown,
}

impl Own {
    fn handle(&mut self) -> Result<Handle> {
        if let Own::NotStarted = self {
            let mut builder = tokio::runtime::Builder::new_multi_thread();
            let started = builder.worker_threads(2).thread_name("aipass").enable_all().build();
            let no_threads = |_| Error::internal("the system gives no threads for the library's runtime");
            *self = Own::Running(started.map_err(no_threads)?);
        }
        match self {
            Own::Running(runtime) => Ok(runtime.handle().clone()),
            Own::NotStarted | Own::ShutDown => {
                let detail = "shut_down() was called: nothing can be called any more".to_owned();
                Err(Error::Other { code: "shut_down".to_owned(), detail })
            }
        }
    }
}

/// Ends the library's threads: calls that are under way are cancelled, later ones fail with the code `shut_down`.
///
/// For a host whose runtime ends before its process does, such as an interpreter: if a thread of the library called into it
/// afterwards, for example a store, the process would crash. Returns when no thread of the library runs any more, but waits at most
/// five seconds for a call into the host. The package for such a host calls it by itself. Apps on phones do not need it.
#[cfg_attr(feature = "uniffi", uniffi::export)]
pub fn shut_down() {
    let own = std::mem::replace(&mut *own(), Own::ShutDown);
    if let Own::Running(runtime) = own {
        // A thread of a runtime may not wait for one.
        match Handle::try_current() {
            Ok(_) => runtime.shutdown_background(),
            Err(_) => runtime.shutdown_timeout(MAX_SHUTDOWN),
        }
    }
}

fn own() -> std::sync::MutexGuard<'static, Own> {
    OWN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The library's own runtime, or one that the host gave.
pub(crate) struct Runtime(pub Option<Handle>);

impl Runtime {
    /// Runs `work` as a task of its own, and ends it if the caller drops the future.
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

    /// Runs `work` in the background.
    pub fn run_beside(&self, work: impl Future<Output = ()> + Send + 'static) {
        // If the runtime cannot be started, the work is not done. The next call returns that error.
        drop(self.spawn(async move {
            work.await;
            Ok(())
        }));
    }

    /// Runs `work` in the background until what is returned is dropped.
    pub fn run_while_held(&self, work: impl Future<Output = ()> + Send + 'static) -> Result<AbortOnDrop> {
        let task = self.spawn(async move {
            work.await;
            Ok(())
        })?;
        Ok(AbortOnDrop(task.abort_handle()))
    }

    fn spawn<T: Send + 'static>(
        &self,
        work: impl Future<Output = Result<T>> + Send + 'static,
    ) -> Result<JoinHandle<Result<T>>> {
        let handle = match &self.0 {
            Some(host) => host.clone(),
            None => own().handle()?,
        };
        Ok(handle.spawn(work))
    }
}

/// S3: a panic becomes an error. Its text is not shown, because it may hold a secret.
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
