//! `POST /videos/{id}/remix`.

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::Response;
use axum::http::header::HeaderMap;
use serde::Deserialize;

use super::lifecycle::{completed, start};
use crate::model_api::bodies::{self, RequestBody};
use crate::model_api::images::check_prompt;
use crate::model_api::state::ModelApi;
use crate::model_api::video_jobs::{self, Job};
use crate::random;
use crate::wire::errors::ApiError;

#[derive(Deserialize)]
struct RemixRequest {
    prompt: String,
}

pub(crate) async fn remix(
    State(api): State<ModelApi>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let RemixRequest { prompt } = bodies::json(&headers, body)?;
    check_prompt(&prompt)?;
    let created = api.store.clock.now();
    let original = completed(&api, &id)?;
    let source = Some(video_jobs::digest(original.request().to_string().as_bytes()));
    let job = Job { id: random::short("video_"), prompt, remix_of: Some(id), source, created, ..original };
    Ok(start(&api, &access, job))
}
