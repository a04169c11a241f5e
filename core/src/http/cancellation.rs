//! Cancelling from outside: for languages whose binding cannot drop a Rust future.

use std::sync::Arc;
use tokio::sync::watch;

/// Ends the calls that were given it. In Rust, dropping a call's future does the same.
///
/// Give one to [`AiPass::with`](crate::AiPass::with); then [`cancel`](Self::cancel) it from any thread: the calls end with
/// [`Error::Cancelled`](crate::Error::Cancelled) and their connections are closed.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Cancellation(watch::Sender<bool>);

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Cancellation {
    /// One that has not been cancelled.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    #[allow(clippy::new_without_default, reason = "it is an identity, not a value")]
    pub fn new() -> Arc<Self> {
        Arc::new(Self(watch::Sender::new(false)))
    }

    /// Ends every call that was given this. May be called more than once.
    pub fn cancel(&self) {
        self.0.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        *self.0.borrow()
    }
}

impl Cancellation {
    /// Waits until it is cancelled.
    pub(crate) async fn cancelled(&self) {
        // The sender lives in `self`, so the wait can only end by a cancellation.
        let _ = self.0.subscribe().wait_for(|cancelled| *cancelled).await;
    }
}
