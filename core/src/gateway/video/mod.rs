//! Videos: asked for, waited for, fetched into a file.

mod job;
mod request;
mod updates;

pub use job::{VideoJob, VideoStatus};
pub use request::VideoRequest;
pub use updates::VideoUpdates;

use super::bill::Ceiling;
use super::download::SavedFile;
use super::error_response;
use super::exchange::{BufferedResponse, JSON, check_prompt, endpoint, file_or_error, media_type, read_whole};
use super::models::Capability;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, ProviderErrorKind, Result};
use crate::net::SuccessResponse;
use job::MAX_RESPONSE;
use std::path::PathBuf;
use std::sync::Arc;
use url::Url;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks for a video. Making it takes minutes. One paid call, which returns the job at once. Store its id, so that
    /// the app finds the video again if it is killed meanwhile.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `prompt`, `seconds` or `input_reference` before anything is sent; those of [`chat`](Self::chat).
    pub async fn create_video(&self, request: VideoRequest) -> Result<VideoJob> {
        self.run(|ai| async move {
            request.check()?;
            let asked_for = request.model.clone();
            let prepared = request.prepare().await?;
            let model = ai.model_for(Capability::Video, asked_for.as_deref()).await?;
            let url = ai.video_url(&[])?;
            let payload = prepared.encode(model.clone())?;
            let mut answer =
                ai.ask_paid(MAX_RESPONSE, ApiRequest::post(url, payload, JSON), Ceiling::default()).await?;
            answer.settle(None, None).await; // the headers have all that is told
            let mut job = job::read(answer)?;
            job.model = job.model.or(Some(model));
            Ok(job)
        })
        .await
    }

    /// Asks for another version of a video that is done. One paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `id` or `prompt` before anything is sent; those of [`chat`](Self::chat).
    pub async fn remix_video(&self, id: String, prompt: String) -> Result<VideoJob> {
        self.run(|ai| async move {
            check_prompt(&prompt)?;
            let url = ai.video_url(&[&id, "remix"])?;
            let body = serde_json::json!({ "prompt": prompt }).to_string();
            let post = ApiRequest::post(url, bytes::Bytes::from(body), JSON);
            let mut answer = ai.ask_paid(MAX_RESPONSE, post, Ceiling::default()).await?;
            answer.settle(None, None).await;
            job::read(answer)
        })
        .await
    }

    /// The status of a video.
    ///
    /// # Errors
    /// [`Error::Provider`] with kind `NotFound` if there is none; those of every call.
    pub async fn video(&self, id: String) -> Result<VideoJob> {
        self.run(|ai| async move { job::read(ai.video_status(&id).await?) }).await
    }

    /// Asks for a video's status repeatedly, and returns each change, until the video is done or has failed. It waits
    /// as long as that takes. If the library does not know the status, it waits no longer than one call may take.
    pub fn video_updates(&self, id: String) -> VideoUpdates {
        VideoUpdates::new(self.clone(), id)
    }

    /// Waits until a video is done. The whole wait is one call with one time limit, ten minutes unless
    /// [`CallOptions::timeout`](crate::CallOptions) says otherwise; the provider goes on making the video after that.
    ///
    /// # Errors
    /// [`Error::Provider`] with kind `GenerationFailed` if the provider could not make it; [`Error::Timeout`] with the last
    /// status; those of [`video`](Self::video).
    pub async fn wait_for_video(&self, id: String) -> Result<VideoJob> {
        let updates = Arc::new(self.video_updates(id));
        let asked = Arc::clone(&updates);
        let waited = self.run(|_| async move {
            let mut last = None;
            while let Some(job) = asked.next_here().await? {
                last = Some(job);
            }
            last.ok_or_else(|| Error::internal("a video has no status"))?.or_failure()
        });
        waited.await.map_err(|error| updates.with_last_status(error))
    }

    /// Writes a video that is done to a new file. The result of [`create_video`](Self::create_video) has the cost of
    /// making it. The file appears only when it is complete, and is never held in memory. The call's time limit applies
    /// to the whole file: ten minutes, unless [`CallOptions::timeout`](crate::CallOptions) says otherwise.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `destination` if there is a file already; [`Error::Truncated`] if the connection
    /// broke; those of every call.
    pub async fn download_video(&self, id: String, destination: PathBuf) -> Result<SavedFile> {
        self.run(|ai| async move {
            ai.video_url(&[&id])?;
            let destination = ai.reserve(destination).await?;
            destination.write_from(ai.video_content(&id).await?).await
        })
        .await
    }
}

impl AiPass {
    fn video_url(&self, segments: &[&str]) -> Result<Url> {
        if segments.first().is_some_and(|id| id.trim().is_empty()) {
            return Err(Error::invalid_input("id", "it is empty"));
        }
        let segments: Vec<&str> = ["videos"].iter().chain(segments).copied().collect();
        endpoint(self.provider().model_api.as_ref(), "video", &segments)
    }

    /// What is said about a video; some servers say it only at its `status`.
    async fn video_status(&self, id: &str) -> Result<BufferedResponse> {
        let ask = async |segments: &[&str]| {
            self.ask_up_to(MAX_RESPONSE, ApiRequest::get(self.video_url(segments)?, JSON)).await
        };
        match ask(&[id]).await {
            Err(error) if is_missing(&error) => ask(&[id, "status"]).await.map_err(|_| error),
            answered => answered,
        }
    }

    /// The file itself; some servers only answer where it is, or say so only in the video's status.
    async fn video_content(&self, id: &str) -> Result<SuccessResponse> {
        let (answer, has_token) = match self.fetch(self.video_url(&[id, "content"])?, true).await {
            Ok(fetched) => fetched,
            Err(error) if is_missing(&error) => return self.video_from_status(id, error).await,
            Err(error) => return Err(error),
        };
        if media_type(&answer) != JSON {
            return file_or_error(answer).await;
        }
        let (request_id, scrubber) = (error_response::request_id(&answer.headers), answer.scrubber.clone());
        let elsewhere = job::read_download_url(&read_whole(answer, MAX_RESPONSE).await?, request_id);
        let elsewhere = elsewhere.map_err(|error| error.scrubbed(&scrubber))?;
        file_or_error(self.fetch(elsewhere, has_token).await?.0).await
    }

    /// The file from where the video's status says that it is; `missing` if it does not say so.
    async fn video_from_status(&self, id: &str, missing: Error) -> Result<SuccessResponse> {
        let Ok(answer) = self.video_status(id).await else { return Err(missing) };
        match job::download_url(&answer.body) {
            Some(url) => self.fetch_file(&url).await,
            None => Err(job::read(answer).ok().and_then(|job| job.or_failure().err()).unwrap_or(missing)),
        }
    }
}

/// Whether a server has nothing at a path, or refuses all requests to it.
fn is_missing(error: &Error) -> bool {
    use ProviderErrorKind::{BadRequest, Forbidden, NotFound};
    matches!(error, Error::Provider { kind: BadRequest | Forbidden | NotFound, .. })
}

#[cfg(test)]
mod tests;
