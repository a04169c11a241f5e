//! `POST /videos` and `POST /videos/{id}/remix`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use bytes::Bytes;
use image::DynamicImage;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::h264::BLOCK;
use super::job::{Job, JobStatus};
use crate::backend::photo;
use crate::model_api::admission::{self, Sent};
use crate::model_api::catalogue::model_for;
use crate::model_api::form::Form;
use crate::model_api::images::{check_prompt, picture};
use crate::model_api::{VIDEOS, invalid};
use crate::random;
use crate::server::refusal::{ApiError, Refusal, json_response};
use crate::sign_in::authorize::is_media_type;
use crate::sign_in::grants::Access;
use crate::state::{Shared, lock};

const SECONDS: std::ops::RangeInclusive<u32> = 1..=20;
const DEFAULT_SECONDS: u32 = 4;
/// Pixels of a side.
const SIDES: std::ops::RangeInclusive<u32> = 64..=1920;
const DEFAULT_SIZE: (u32, u32) = (720, 1280);
/// US dollars for a second: 0.10.
const PRICE: Decimal = Decimal::from_parts(10, 0, 0, false, 2);

#[derive(Deserialize)]
struct VideoRequest {
    model: String,
    prompt: String,
    #[serde(default)]
    seconds: Option<Seconds>,
    size: Option<String>,
    /// A picture that it is to begin with, which only a form can carry.
    #[serde(skip)]
    reference: Option<Bytes>,
}

/// OpenAI writes the number as a string.
#[derive(Deserialize)]
#[serde(untagged)]
enum Seconds {
    Number(u32),
    Text(String),
}

#[derive(Deserialize)]
struct RemixRequest {
    prompt: String,
}

pub(crate) async fn create(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let request = if is_media_type(&headers, "multipart/form-data") {
        VideoRequest::of(&Form::read(&headers, body).await?)?
    } else {
        admission::json(&headers, body)?
    };
    let model = model_for(&request.model, VIDEOS)?;
    check_prompt(&request.prompt)?;
    let (seconds, size) = (request.seconds()?, request.size()?);
    let reference = match request.reference {
        Some(file) => Some(photo::work(move || photo::upright(&file)).await?),
        None => None,
    };
    let blocks = (size.0 / BLOCK, size.1 / BLOCK);
    let picture = match reference {
        Some(image) => picture::edited(&[image], None, &request.prompt, 0, blocks),
        None => picture::drawn(&request.prompt, 0, blocks),
    };
    let job = Job {
        id: random::short("video_"),
        model,
        prompt: request.prompt,
        seconds,
        size,
        remix_of: None,
        picture: picture.into_rgb8(),
        created: shared.clock.now(),
    };
    Ok(begin(&shared, &access, job))
}

pub(crate) async fn remix(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let RemixRequest { prompt } = admission::json(&headers, body)?;
    check_prompt(&prompt)?;
    let now = shared.clock.now();
    let original = lock(&shared.videos).find(&id)?.clone();
    if original.status(shared.settings.video_takes, now) != JobStatus::Completed {
        return Err(not_ready().into());
    }
    let blocks = original.picture.dimensions();
    let picture = picture::edited(&[DynamicImage::from(original.picture)], None, &prompt, 0, blocks);
    let job = Job {
        id: random::short("video_"),
        prompt,
        remix_of: Some(id),
        picture: picture.into_rgb8(),
        created: now,
        ..original
    };
    Ok(begin(&shared, &access, job))
}

/// A video that is not there yet cannot be worked on or fetched.
pub(super) fn not_ready() -> Refusal {
    Refusal::new(StatusCode::CONFLICT, "invalid_request_error", "The video is not completed: ask for its status.")
}

fn begin(shared: &Shared, access: &Access, job: Job) -> Response<Body> {
    let cost = Decimal::from(job.seconds).saturating_mul(PRICE);
    admission::charge(shared, access, cost);
    let answer = json_response(StatusCode::OK, &job.shown(JobStatus::Queued, &shared.settings));
    lock(&shared.videos).add(job);
    admission::with_cost(answer, cost)
}

impl VideoRequest {
    fn of(form: &Form) -> Result<Self, Refusal> {
        let text = |name: &str| Ok(form.text(name)?.map(str::to_owned));
        Ok(Self {
            model: form.required("model")?.to_owned(),
            prompt: form.required("prompt")?.to_owned(),
            seconds: text("seconds")?.map(Seconds::Text),
            size: text("size")?,
            reference: form.files("input_reference").next().cloned(),
        })
    }

    fn seconds(&self) -> Result<u32, Refusal> {
        let seconds = match &self.seconds {
            None => Some(DEFAULT_SECONDS),
            Some(Seconds::Number(seconds)) => Some(*seconds),
            Some(Seconds::Text(text)) => text.parse().ok(),
        };
        seconds
            .filter(|seconds| SECONDS.contains(seconds))
            .ok_or_else(|| invalid(format!("seconds must be from {} to {}.", SECONDS.start(), SECONDS.end())))
    }

    fn size(&self) -> Result<(u32, u32), Refusal> {
        let Some(size) = &self.size else { return Ok(DEFAULT_SIZE) };
        let sides = size.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        let fits = |side: u32| SIDES.contains(&side) && side.is_multiple_of(BLOCK);
        sides.filter(|(width, height)| fits(*width) && fits(*height)).ok_or_else(|| {
            let (least, most) = (SIDES.start(), SIDES.end());
            invalid(format!("size must be WIDTHxHEIGHT in pixels, each a multiple of {BLOCK} from {least} to {most}."))
        })
    }
}
