//! How a video is getting on.

use crate::failure::Failure;
use crate::output;
use crate::progress;
use crate::result_file::Saved;
use aipass::{AiPass, VideoJob, VideoStatus};
use serde::Serialize;
use std::cell::RefCell;
use std::sync::Arc;

/// What `--json` prints.
#[derive(Serialize)]
struct Report<'a> {
    id: &'a str,
    status: &'a str,
    /// From 0 to 100.
    progress: Option<u8>,
    model: Option<&'a str>,
    failure: Option<&'a str>,
    /// The file that it was written to, if it was.
    #[serde(flatten)]
    saved: Option<Saved>,
}

pub fn print(job: &VideoJob, saved: Option<Saved>, json: bool) -> Result<(), Failure> {
    let status = status(&job.status);
    let (model, failure) = (job.model.as_deref(), job.failure.as_deref());
    if json {
        return output::json(&Report { id: &job.id, status, progress: job.progress, model, failure, saved }, false);
    }
    let progress = job.progress.map(|percent| format!("{percent} %"));
    let rows = [
        ("id", Some(job.id.as_str())),
        ("status", Some(status)),
        ("progress", progress.as_deref()),
        ("model", model),
        ("failure", failure),
    ];
    let known: Vec<(&str, &str)> = rows.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    output::rows(&known)
}

/// Waits until a video is done, and shows on a terminal how far it is.
pub async fn wait(ai: &AiPass, id: &str) -> Result<VideoJob, Failure> {
    let updates = Arc::new(ai.video_updates(id.to_owned()));
    let last = RefCell::new(None);
    let waiting = async {
        while let Some(job) = Arc::clone(&updates).next().await? {
            last.replace(Some(job));
        }
        Ok::<(), Failure>(())
    };
    progress::watching(waiting, || stand(last.borrow().as_ref())).await?;
    match last.into_inner() {
        Some(job) if job.status == VideoStatus::Completed => Ok(job),
        // The library knows what kind of error a failed video is.
        _ => Ok(ai.wait_for_video(id.to_owned()).await?),
    }
}

fn stand(job: Option<&VideoJob>) -> String {
    let Some(job) = job else { return "asking for the status".to_owned() };
    let bar = job.progress.map(|percent| format!(" {}", progress::bar(percent.into(), 100))).unwrap_or_default();
    format!("the video is {}{bar}", output::printable(status(&job.status)).replace('_', " "))
}

fn status(status: &VideoStatus) -> &str {
    match status {
        VideoStatus::Queued => "queued",
        VideoStatus::InProgress => "in_progress",
        VideoStatus::Completed => "completed",
        VideoStatus::Failed => "failed",
        VideoStatus::Other { name } => name,
        _ => "other",
    }
}
