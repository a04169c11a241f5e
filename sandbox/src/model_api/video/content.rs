//! `GET /videos/{id}` and `GET /videos/{id}/content`.

use axum::body::Body;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::{Response, StatusCode};
use serde_json::json;

use super::clip;
use super::lifecycle::completed;
use crate::lock::lock;
use crate::model_api::errors::invalid;
use crate::model_api::files;
use crate::model_api::state::ModelApi;
use crate::wire::errors::ApiError;
use crate::wire::parameters::Parameters;
use crate::wire::responses::json_response;

/// A video is sent in pieces of so many bytes.
const PIECE: usize = 64 * 1024;
const MP4: &str = "video/mp4";

pub(crate) async fn status(
    State(api): State<ModelApi>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    api.authorize(&headers)?;
    let videos = lock(&api.videos);
    let job = videos.find(&id)?;
    let status = job.status(api.settings.video_takes, api.store.clock.now());
    Ok(json_response(StatusCode::OK, &job.to_json(status, &api.settings)))
}

pub(crate) async fn content(
    State(api): State<ModelApi>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response<Body>, ApiError> {
    api.authorize(&headers)?;
    let query = Parameters::parse(query.unwrap_or_default().as_bytes());
    if query.once("variant")?.is_some_and(|variant| variant != "video") {
        return Err(invalid("variant must be video: a sandbox makes no other.").into());
    }
    let video = clip::with_request(&completed(&api, &id)?.request());
    if api.settings.linked_videos {
        let link = files::link(&api, &headers, MP4, "mp4", video);
        return Ok(json_response(StatusCode::OK, &json!({ "downloadUrl": link })));
    }
    let pieces = (0..video.len()).step_by(PIECE);
    let pieces = pieces.map(move |begin| video.slice(begin..video.len().min(begin + PIECE)));
    let mut response = Response::new(api.pacing.body(pieces));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(MP4));
    Ok(response)
}

/// A link to a video that needs no token.
pub(crate) fn link(api: &ModelApi, headers: &HeaderMap, id: &str) -> Option<String> {
    let video = clip::with_request(&lock(&api.videos).find(id).ok()?.request());
    Some(files::link(api, headers, MP4, "mp4", video))
}
