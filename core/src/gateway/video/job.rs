//! What a video model says about a job.

use crate::error::{Error, ProviderErrorKind, ProviderFailure, Result};
use crate::gateway::envelope;
use crate::gateway::exchange::BufferedResponse;
use crate::gateway::members::{self, Members};
use crate::redaction::scrub;
use rust_decimal::Decimal;
use std::borrow::Cow;
use url::Url;

/// A video that is being made, or is done.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct VideoJob {
    /// Its id in every later call.
    pub id: String,
    /// Its status.
    pub status: VideoStatus,
    /// How much is done, from 0 to 100, if the provider says so.
    pub progress: Option<u8>,
    /// The model, if the provider says so. For a new video it is at least the one of the request.
    pub model: Option<String>,
    /// Why it failed, in the provider's words; `None` if it did not fail.
    pub failure: Option<String>,
    /// What this call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

/// The status of a video.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum VideoStatus {
    /// It waits for its turn.
    Queued,
    /// It is being made.
    InProgress,
    /// It can be downloaded.
    Completed,
    /// It could not be made.
    Failed,
    /// A status that the library does not know. It may be a final one, so the library waits for a change no longer than
    /// one call may take.
    Other {
        /// The provider's word; empty if there is none.
        name: String,
    },
}

impl VideoJob {
    /// Whether nothing changes any more.
    pub(super) fn is_over(&self) -> bool {
        matches!(self.status, VideoStatus::Completed | VideoStatus::Failed)
    }

    /// The job, or the error that its failure is.
    pub(super) fn or_failure(self) -> Result<Self> {
        if self.status != VideoStatus::Failed {
            return Ok(self);
        }
        let detail = self.failure.unwrap_or_else(|| "the provider gives no reason".to_owned());
        let failure = ProviderFailure::new(ProviderErrorKind::GenerationFailed, detail);
        Err(ProviderFailure { request_id: self.request_id, ..failure }.into())
    }
}

impl VideoStatus {
    /// As OpenAI writes it, or the provider's own word, bounded.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Queued => "queued".to_owned(),
            Self::InProgress => "in_progress".to_owned(),
            Self::Completed => "completed".to_owned(),
            Self::Failed => "failed".to_owned(),
            Self::Other { name } => scrub(name, &[]),
        }
    }

    fn read(name: &str) -> Self {
        match name.to_ascii_lowercase().as_str() {
            "queued" | "pending" | "submitted" => Self::Queued,
            "in_progress" | "processing" | "running" => Self::InProgress,
            "completed" | "complete" | "succeeded" | "success" | "done" | "ready" => Self::Completed,
            "failed" | "error" | "cancelled" | "canceled" | "rejected" | "expired" => Self::Failed,
            _ => Self::Other { name: name.to_owned() },
        }
    }
}

/// The largest response about a video that is read (P4, S8). Its members are read one by one.
pub(super) const MAX_RESPONSE: usize = 256 * 1024;

/// The members of a job.
const JOB: [&str; 10] = [
    "id",
    "videoId",
    "video_id",
    "status",
    "progress",
    "model",
    "error",
    "failureReason",
    "failure_reason",
    "errorMessage",
];

/// `{id | videoId, status, progress?, model?, error?}`, also in an envelope's `data`. A failed job is no error here: its
/// `error` member is its reason.
pub(super) fn read(answer: BufferedResponse) -> Result<VideoJob> {
    let BufferedResponse { status, body, request_id, cost, scrubber, .. } = answer;
    let named = |json| {
        let job = Members::read(json, &JOB)?;
        let id = ["id", "videoId", "video_id"].iter().find_map(|name| job.text(name))?;
        // Beside an error and without a status, an id is that of the request.
        let is_job = job.text("status").is_some() || reason(&job).is_none();
        is_job.then_some((id, job))
    };
    let enveloped = || {
        let envelope = Members::read(&body, &["data", "video"])?;
        ["data", "video"].iter().find_map(|name| named(envelope.raw(name)?))
    };
    let Some((id, job)) = named(&body).or_else(enveloped) else {
        let error = envelope::data(&body, request_id.clone()).err();
        let error = error.unwrap_or_else(|| Error::unreadable(status, "the response is not a video job"));
        return Err(error.of_request(request_id).scrubbed(&scrubber));
    };
    Ok(VideoJob {
        id,
        status: VideoStatus::read(job.text("status").as_deref().unwrap_or_default()),
        progress: percent(&job),
        model: job.text("model"),
        failure: reason(&job).map(|text| scrubber.scrub(&text)),
        cost,
        request_id,
    })
}

/// 0 to 100; what is at most 1 and has a point is a share of one.
fn percent(job: &Members<'_>) -> Option<u8> {
    let text = job.scalar("progress")?;
    let text = text.trim();
    let number: f64 = text.trim_end_matches('%').trim_end().parse().ok()?;
    let is_share = text.contains('.') && !text.ends_with('%') && number <= 1.0;
    let percent = if is_share { number * 100.0 } else { number };
    (0.0..=100.0).contains(&percent).then(|| percent.round() as u8)
}

/// Why a job failed, if it says so.
fn reason(job: &Members<'_>) -> Option<String> {
    const WORDS: [&str; 4] = ["message", "detail", "reason", "code"];
    let error = job.object("error", &WORDS);
    let message = error.and_then(|error| WORDS.iter().find_map(|name| error.text(name)));
    let text = || job.scalar("error").filter(|text| text != "false" && !text.trim().is_empty());
    let beside = || ["failureReason", "failure_reason", "errorMessage"].iter().find_map(|name| job.text(name));
    message.or_else(|| text().map(Cow::into_owned)).or_else(beside)
}

/// Where the video is, if an answer says so: `{downloadUrl}`, also in an envelope's `data` or about its `video`.
pub(super) fn download_url(body: &[u8]) -> Option<Url> {
    const URLS: [&str; 5] = ["downloadUrl", "download_url", "videoUrl", "video_url", "url"];
    const AROUND: [&str; 5] = ["data", "video", "result", "output", "content"];
    let named = |json| {
        let members = Members::read(json, &URLS)?;
        URLS.iter().find_map(|name| Url::parse(&members.text(name)?).ok())
    };
    let listed = |json| members::items(json, 1, named)?.pop();
    let around = Members::read(body, &AROUND);
    let inside = || {
        let around = around.as_ref()?;
        AROUND.iter().find_map(|name| {
            let json = around.raw(name)?;
            named(json).or_else(|| listed(json)).or_else(|| {
                let inner = Members::read(json, &AROUND)?;
                AROUND.iter().find_map(|name| named(inner.raw(name)?))
            })
        })
    };
    named(body).or_else(inside)
}

/// The same of an answer that came instead of the video.
pub(super) fn read_download_url(body: &[u8], request_id: Option<String>) -> Result<Url> {
    envelope::data(body, request_id.clone())?;
    let neither =
        || Error::unreadable(200, "the answer is neither a video nor says where it is").of_request(request_id);
    download_url(body).ok_or_else(neither)
}

#[cfg(test)]
#[path = "job_tests.rs"]
mod tests;
