//! A video in the making: where it stands is a matter of the clock alone.

use std::collections::VecDeque;
use std::time::Duration;

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use image::RgbImage;
use serde_json::{Value, json};

use crate::model_api::catalogue::Model;
use crate::server::refusal::Refusal;
use crate::state::Settings;

/// The oldest goes first.
const MAX_JOBS: usize = 100;
/// A prompt with this in it fails half-way.
const FAILS: &str = "[fail]";

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
    /// A pixel for each block.
    pub(super) picture: RgbImage,
    pub(super) created: DateTime<Utc>,
}

/// How far a video is.
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

    pub(super) fn find(&self, id: &str) -> Result<&Job, Refusal> {
        let missing = || Refusal::new(StatusCode::NOT_FOUND, "not_found", format!("There is no video {id}."));
        self.0.iter().find(|job| job.id == id).ok_or_else(missing)
    }
}

impl Job {
    /// The first fifth of the time it waits, then it is in the making.
    pub(super) fn status(&self, takes: Duration, now: DateTime<Utc>) -> JobStatus {
        let percent = match u64::try_from(takes.as_millis()) {
            Ok(0) => 100,
            Ok(takes) => self.age(now).saturating_mul(100) / takes,
            Err(_) => 0,
        };
        match percent {
            50.. if self.prompt.contains(FAILS) => JobStatus::Failed,
            100.. => JobStatus::Completed,
            20.. => JobStatus::InProgress(percent),
            _ => JobStatus::Queued,
        }
    }

    /// In milliseconds.
    fn age(&self, now: DateTime<Utc>) -> u64 {
        u64::try_from((now - self.created).num_milliseconds()).unwrap_or_default()
    }

    /// OpenAI's `video`. wire: accept `id` or `videoId`, `in_progress` or `processing`
    pub(super) fn shown(&self, how_far: JobStatus, settings: &Settings) -> Value {
        let linked = settings.linked_videos;
        let (status, progress) = match how_far {
            JobStatus::Queued => ("queued", 0),
            JobStatus::InProgress(percent) => (if linked { "processing" } else { "in_progress" }, percent),
            JobStatus::Completed => ("completed", 100),
            JobStatus::Failed => ("failed", 50),
        };
        let completed = (how_far == JobStatus::Completed).then(|| {
            let takes = i64::try_from(settings.video_takes.as_secs()).unwrap_or(i64::MAX);
            self.created.timestamp().saturating_add(takes)
        });
        let error = (how_far == JobStatus::Failed)
            .then(|| json!({ "code": "video_generation_failed", "message": format!("The prompt says {FAILS}.") }));
        json!({
            (if linked { "videoId" } else { "id" }): self.id,
            "object": "video",
            "model": self.model.id,
            "status": status,
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
