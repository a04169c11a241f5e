//! A video and its status, which depends on the clock alone.

use std::collections::VecDeque;
use std::time::Duration;

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::catalogue::Model;
use crate::settings::Settings;
use crate::wire::errors::RequestError;

/// More push out the oldest.
const MAX_JOBS: usize = 100;
/// A prompt that contains this fails half-way.
const FAIL_MARKER: &str = "[fail]";

/// The latest videos.
#[derive(Default)]
pub(crate) struct Jobs(VecDeque<Job>);

/// One video.
#[derive(Clone)]
pub(super) struct Job {
    pub(super) id: String,
    pub(super) model: &'static Model,
    pub(super) prompt: String,
    pub(super) seconds: u32,
    /// Width and height.
    pub(super) size: (u32, u32),
    pub(super) remix_of: Option<String>,
    /// The SHA-256 digest of the picture or video that it was made from, in base64.
    pub(super) source: Option<String>,
    pub(super) created: DateTime<Utc>,
}

/// The progress of a video.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JobStatus {
    Queued,
    /// In percent.
    InProgress(u64),
    Completed,
    Failed,
}

impl Jobs {
    pub(super) fn add(&mut self, job: Job) {
        if self.0.len() == MAX_JOBS {
            self.0.pop_front();
        }
        self.0.push_back(job);
    }

    pub(super) fn find(&self, id: &str) -> Result<&Job, RequestError> {
        let missing = || RequestError::new(StatusCode::NOT_FOUND, "not_found", format!("There is no video {id}."));
        self.0.iter().find(|job| job.id == id).ok_or_else(missing)
    }
}

impl Job {
    /// Queued for the first fifth of the time, then in progress.
    pub(super) fn status(&self, takes: Duration, now: DateTime<Utc>) -> JobStatus {
        let percent = match u64::try_from(takes.as_millis()) {
            Ok(0) => 100,
            Ok(takes) => self.age(now).saturating_mul(100) / takes,
            Err(_) => 0,
        };
        match percent {
            50.. if self.prompt.contains(FAIL_MARKER) => JobStatus::Failed,
            100.. => JobStatus::Completed,
            20.. => JobStatus::InProgress(percent),
            _ => JobStatus::Queued,
        }
    }

    /// In milliseconds.
    fn age(&self, now: DateTime<Utc>) -> u64 {
        u64::try_from((now - self.created).num_milliseconds()).unwrap_or_default()
    }

    /// What was requested. Equal requests have equal values.
    pub(super) fn request(&self) -> Value {
        json!({
            "model": self.model.id,
            "prompt": self.prompt,
            "seconds": self.seconds,
            "size": format!("{}x{}", self.size.0, self.size.1),
            "source": self.source,
        })
    }

    /// OpenAI's `video`. wire: accept `id` or `videoId`, `in_progress` or `processing`
    pub(super) fn to_json(&self, status: JobStatus, settings: &Settings) -> Value {
        let linked = settings.linked_videos;
        let (name, progress) = match status {
            JobStatus::Queued => ("queued", 0),
            JobStatus::InProgress(percent) => (if linked { "processing" } else { "in_progress" }, percent),
            JobStatus::Completed => ("completed", 100),
            JobStatus::Failed => ("failed", 50),
        };
        let completed = (status == JobStatus::Completed).then(|| {
            let takes = i64::try_from(settings.video_takes.as_secs()).unwrap_or(i64::MAX);
            self.created.timestamp().saturating_add(takes)
        });
        let error = (status == JobStatus::Failed).then(
            || json!({ "code": "video_generation_failed", "message": format!("The prompt says {FAIL_MARKER}.") }),
        );
        json!({
            (if linked { "videoId" } else { "id" }): self.id,
            "object": "video",
            "model": self.model.id,
            "status": name,
            "progress": progress,
            "created_at": self.created.timestamp(),
            "completed_at": completed,
            "expires_at": null,
            "prompt": self.prompt,
            "seconds": self.seconds.to_string(),
            "size": format!("{}x{}", self.size.0, self.size.1),
            "remixed_from_video_id": self.remix_of,
            "error": error,
        })
    }
}

/// The digest that [`Job::source`] holds.
pub(super) fn digest(bytes: &[u8]) -> String {
    STANDARD.encode(Sha256::digest(bytes))
}
