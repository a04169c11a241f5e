//! `GET /videos/{id}` and `GET /videos/{id}/content`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use serde_json::json;

use super::job::{Job, JobStatus};
use super::mp4;
use super::orders::not_ready;
use crate::clients::API_ACCESS;
use crate::model_api::{files, invalid};
use crate::server::bearer;
use crate::server::paced_body::paced;
use crate::server::parameters::Parameters;
use crate::server::refusal::{ApiError, Refusal, json_response};
use crate::state::{Shared, lock};

/// A video is handed over in pieces of so many bytes.
const PIECE: usize = 64 * 1024;
const MP4: &str = "video/mp4";

pub(crate) async fn status(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    bearer::authorize(&shared, &headers, API_ACCESS)?;
    let videos = lock(&shared.videos);
    let job = videos.find(&id)?;
    let status = job.status(shared.settings.video_takes, shared.clock.now());
    Ok(json_response(StatusCode::OK, &job.shown(status, &shared.settings)))
}

pub(crate) async fn content(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    bearer::authorize(&shared, &headers, API_ACCESS)?;
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    if query.once("variant")?.is_some_and(|variant| variant != "video") {
        return Err(invalid("variant must be video: a sandbox makes no other.").into());
    }
    let job = lock(&shared.videos).find(&id)?.clone();
    if job.status(shared.settings.video_takes, shared.clock.now()) != JobStatus::Completed {
        return Err(not_ready().into());
    }
    let video = film(job).await?;
    if shared.settings.linked_videos {
        let link = files::link(&shared, &headers, MP4, "mp4", video);
        return Ok(json_response(StatusCode::OK, &json!({ "downloadUrl": link })));
    }
    let pieces = (0..video.len()).step_by(PIECE);
    let pieces = pieces.map(move |begin| video.slice(begin..video.len().min(begin + PIECE)));
    let mut response = Response::new(paced(&shared, pieces));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MP4));
    Ok(response)
}

/// Where a completed video is fetched without a token.
pub(crate) async fn link(shared: &Shared, headers: &HeaderMap, id: &str) -> Option<String> {
    let job = lock(&shared.videos).find(id).ok()?.clone();
    let video = film(job).await.ok()?;
    Some(files::link(shared, headers, MP4, "mp4", video))
}

/// Made when it is asked for: a video is megabytes, what it is made from is not.
async fn film(job: Job) -> Result<Bytes, Refusal> {
    let made = tokio::task::spawn_blocking(move || mp4::of(&job.picture, job.seconds)).await;
    made.map_err(|_| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "The video could not be made."))
}
