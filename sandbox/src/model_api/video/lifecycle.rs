//! Starts videos, and finds those that are completed.

use axum::body::Body;
use axum::http::{Response, StatusCode};
use rust_decimal::Decimal;

use crate::lock::lock;
use crate::model_api::state::ModelApi;
use crate::model_api::video_jobs::{Job, JobStatus};
use crate::wire::bearer::Access;
use crate::wire::cost::with_cost;
use crate::wire::errors::RequestError;
use crate::wire::responses::json_response;

/// US dollars for a second: 0.10.
const PRICE: Decimal = Decimal::from_parts(10, 0, 0, false, 2);

/// Charges and keeps the video, and responds with it.
pub(super) fn start(api: &ModelApi, access: &Access, job: Job) -> Response<Body> {
    let cost = Decimal::from(job.seconds).saturating_mul(PRICE);
    api.charge(access, cost);
    let response = json_response(StatusCode::OK, &job.to_json(JobStatus::Queued, &api.settings));
    lock(&api.videos).add(job);
    with_cost(response, cost)
}

/// The video called `id`, if it is completed: others cannot be remixed or fetched.
pub(super) fn completed(api: &ModelApi, id: &str) -> Result<Job, RequestError> {
    let job = lock(&api.videos).find(id)?.clone();
    if job.status(api.settings.video_takes, api.store.clock.now()) == JobStatus::Completed {
        return Ok(job);
    }
    let text = "The video is not completed: ask for its status.";
    Err(RequestError::new(StatusCode::CONFLICT, "invalid_request_error", text))
}
