//! How a sandbox is stopped.

use tokio::sync::watch;

/// Sent once; every connection and the listener wait for it.
#[derive(Clone)]
pub(crate) struct StopSignal(watch::Sender<bool>);

impl StopSignal {
    pub(crate) fn new() -> Self {
        Self(watch::Sender::new(false))
    }

    pub(crate) fn send(&self) {
        self.0.send_replace(true);
    }

    /// Waits until the signal is sent.
    pub(crate) fn received(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut stopping = self.0.subscribe();
        async move {
            // An error means that the sandbox is gone, which is a stop too.
            let _ = stopping.wait_for(|stop| *stop).await;
        }
    }
}
