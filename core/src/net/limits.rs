//! A call's limits: idle time, total time, cancellation (P3).

use super::cancellation::Cancellation;
use super::failure::HttpFailure;
use super::progress::TransferProgress;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// A call's idle limit, its total limit, and its cancellation (P3).
#[derive(Clone)]
pub(super) struct Limits {
    pub idle: Duration,
    pub total: Duration,
    pub deadline: Instant,
    pub cancellation: Option<Arc<Cancellation>>,
}

impl Limits {
    /// Waits for one step of the call, within all limits.
    pub async fn guard<T>(&self, step: impl Future<Output = T>) -> Result<T, HttpFailure> {
        let idle_end = after(self.idle);
        let end = idle_end.min(self.deadline);
        match self.cancellable(tokio::time::timeout_at(end, step)).await? {
            Ok(done) => Ok(done),
            Err(_) if end == self.deadline => Err(HttpFailure::TotalTimeout { limit: self.total }),
            Err(_) => Err(HttpFailure::IdleTimeout { limit: self.idle }),
        }
    }

    /// Waits for the response to what is being sent. A large file may take its time, but must not stand still.
    pub async fn guard_sending<T>(
        &self,
        step: impl Future<Output = T>,
        progress: &TransferProgress,
    ) -> Result<T, HttpFailure> {
        let mut step = pin!(step);
        loop {
            let sent = progress.count().sent;
            match self.guard(step.as_mut()).await {
                Err(HttpFailure::IdleTimeout { .. }) if progress.count().sent != sent => {}
                result => return result,
            }
        }
    }

    pub async fn cancellable<T>(&self, step: impl Future<Output = T>) -> Result<T, HttpFailure> {
        let Some(cancellation) = &self.cancellation else { return Ok(step.await) };
        tokio::select! {
            biased;
            () = cancellation.cancelled() => Err(HttpFailure::Cancelled),
            done = step => Ok(done),
        }
    }
}

/// That long from now; for a limit that means "none", longer than any app runs.
pub(super) fn after(duration: Duration) -> Instant {
    const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);
    Instant::now() + duration.min(A_YEAR)
}
