//! Cancelling from outside: for languages whose binding cannot drop a Rust future. In Rust, dropping a call's future does the
//! same.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::watch;

/// Cancels calls from outside.
///
/// Give one to [`AiPass::with`](crate::AiPass::with); then [`cancel`](Self::cancel) it from any thread: the calls end with
/// [`Error::Cancelled`](crate::Error::Cancelled) and their connections are closed.
#[derive(Debug)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Cancellation {
    own: watch::Sender<bool>,
    /// The same as an atomic, for `is_cancelled`: a lock would take longer than the call from another language.
    is_set: Arc<AtomicBool>,
    /// Another one, with which this one is cancelled too.
    outer: Option<Arc<Cancellation>>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Cancellation {
    /// A new one, not cancelled yet.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    #[allow(clippy::new_without_default, reason = "it is an identity, not a value")]
    pub fn new() -> Arc<Self> {
        Arc::new(Self { own: watch::Sender::new(false), is_set: Arc::default(), outer: None })
    }

    /// Cancels every call that has this. May be called more than once.
    pub fn cancel(&self) {
        self.is_set.store(true, Ordering::Release);
        self.own.send_replace(true);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.is_set.load(Ordering::Acquire) || self.outer.as_ref().is_some_and(|outer| outer.is_cancelled())
    }
}

impl Cancellation {
    /// What is cancelled as soon as this one or `outer` is.
    #[cfg(feature = "uniffi")]
    pub(crate) fn within(&self, outer: Arc<Cancellation>) -> Arc<Self> {
        Arc::new(Self { own: self.own.clone(), is_set: Arc::clone(&self.is_set), outer: Some(outer) })
    }

    /// Waits until it is cancelled. In a box, because it waits for another one that waits in the same way.
    pub(crate) fn cancelled(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async {
            let mut waiting = self.own.subscribe();
            // The sender lives in `self`, so the wait can only end by a cancellation.
            let own = waiting.wait_for(|cancelled| *cancelled);
            match &self.outer {
                None => drop(own.await),
                Some(outer) => tokio::select! {
                    _ = own => {}
                    () = outer.cancelled() => {}
                },
            }
        })
    }
}

#[cfg(all(test, feature = "uniffi"))]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    #[test]
    fn one_within_another_is_cancelled_with_either_and_cancels_only_itself() {
        for is_outer in [true, false] {
            let (own, outer) = (Cancellation::new(), Cancellation::new());
            let both = own.within(Arc::clone(&outer));
            let mut waiting = Box::pin(both.cancelled());
            assert!(waiting.as_mut().now_or_never().is_none() && !both.is_cancelled());
            if is_outer {
                outer.cancel()
            } else {
                own.cancel()
            }
            assert!(waiting.now_or_never().is_some() && both.is_cancelled());
            assert_eq!((own.is_cancelled(), outer.is_cancelled()), (!is_outer, is_outer));
        }
    }
}
