//! A video's changes, one after another.

use super::job::{VideoJob, VideoStatus};
use crate::client::AiPass;
use crate::error::{Error, Result, TimeLimit};
use crate::net::cancellation::Cancellation;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

/// The wait before the second question; later ones grow by half.
const FIRST_WAIT: Duration = Duration::from_secs(2);
const MAX_WAIT: Duration = Duration::from_secs(15);

/// The changes of a video; see [`AiPass::video_updates`].
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct VideoUpdates {
    ai: AiPass,
    id: String,
    last: Mutex<Option<(VideoJob, Duration)>>,
    closed: Arc<Cancellation>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl VideoUpdates {
    /// The present status at the first call, then the next change; `None` after the video is done or has failed, and
    /// after [`cancel`](Self::cancel). A failed video is returned with its status, not as an error.
    ///
    /// # Errors
    /// Those of [`AiPass::video`]; its time limits apply to each request, not to the wait. [`Error::Timeout`] with the
    /// last status if the library does not know that status and it stayed the same for as long as a call may take.
    /// After an error this can be called again.
    pub async fn next(self: Arc<Self>) -> Result<Option<VideoJob>> {
        let updates = Arc::clone(&self);
        // Each request has its own limits. The wait has none: a change may take any time.
        let change = self.ai.run_unlimited(|_| async move { updates.next_here().await }).await;
        change.map_err(|error| self.with_last_status(error))
    }

    /// A [`next`](Self::next) that is waiting returns `None`, and so does every later one.
    pub fn cancel(&self) {
        self.closed.cancel();
    }
}

impl VideoUpdates {
    pub(super) fn new(ai: AiPass, id: String) -> Self {
        Self { ai, id, last: Mutex::new(None), closed: Cancellation::new() }
    }

    /// The same, on whichever runtime it is called.
    pub(super) async fn next_here(&self) -> Result<Option<VideoJob>> {
        let mut last = self.last.lock().await;
        let limit = self.max_wait(last.as_ref().map(|(job, _)| &job.status));
        tokio::select! {
            biased;
            () = self.closed.cancelled() => Ok(None),
            change = tokio::time::timeout(limit, self.next_change(&mut last)) => {
                change.unwrap_or(Err(Error::Timeout { limit: TimeLimit::Total, after: limit, last_status: None }))
            }
        }
    }

    /// How long to wait for the status to change. An unknown status may be final, and would never change.
    fn max_wait(&self, status: Option<&VideoStatus>) -> Duration {
        match status {
            Some(VideoStatus::Other { .. }) => self.ai.time_limit(),
            _ => Duration::MAX,
        }
    }

    /// The same error; one about time says how the video stood.
    pub(super) fn with_last_status(&self, mut error: Error) -> Error {
        if let (Error::Timeout { last_status, .. }, Ok(last)) = (&mut error, self.last.try_lock()) {
            *last_status = last.as_ref().map(|(job, _)| job.status.word());
        }
        error
    }

    async fn next_change(&self, last: &mut Option<(VideoJob, Duration)>) -> Result<Option<VideoJob>> {
        loop {
            if let Some((job, wait)) = last {
                if job.is_over() {
                    return Ok(None);
                }
                tokio::time::sleep(*wait).await;
                *wait = (*wait * 3 / 2).min(MAX_WAIT);
            }
            let job = self.ai.video(self.id.clone()).await?;
            let is_news =
                last.as_ref().is_none_or(|(old, _)| (&old.status, old.progress) != (&job.status, job.progress));
            let wait = last.as_ref().map_or(FIRST_WAIT, |(_, wait)| *wait);
            *last = Some((job.clone(), wait));
            if is_news {
                return Ok(Some(job));
            }
        }
    }
}

impl std::fmt::Debug for VideoUpdates {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "VideoUpdates({})", self.id)
    }
}

#[cfg(test)]
#[path = "updates_tests.rs"]
mod tests;
