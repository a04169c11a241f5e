//! `POST /videos`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::HeaderMap;
use bytes::Bytes;
use serde::Deserialize;

use super::lifecycle::start;
use crate::backend::photo;
use crate::model_api::bodies::{self, RequestBody};
use crate::model_api::catalogue::model_for;
use crate::model_api::errors::invalid;
use crate::model_api::form::Form;
use crate::model_api::images::check_prompt;
use crate::model_api::state::ModelApi;
use crate::model_api::video_jobs::{self, Job};
use crate::random;
use crate::wire::bodies::is_media_type;
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::paths::VIDEOS;

const SECONDS: std::ops::RangeInclusive<u32> = 1..=20;
const DEFAULT_SECONDS: u32 = 4;
/// Pixels of a side.
const SIDES: std::ops::RangeInclusive<u32> = 64..=1920;
/// Video encoders work on blocks of so many pixels a side.
const BLOCK: u32 = 16;
const DEFAULT_SIZE: (u32, u32) = (720, 1280);

#[derive(Deserialize)]
struct VideoRequest {
    model: String,
    prompt: String,
    #[serde(default)]
    seconds: Option<Seconds>,
    size: Option<String>,
    /// The picture that the video begins with. Only a form can carry it.
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

pub(crate) async fn create(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let request = if is_media_type(&headers, "multipart/form-data") {
        VideoRequest::of(&Form::read(&headers, body).await?)?
    } else {
        bodies::json(&headers, body)?
    };
    let model = model_for(&request.model, VIDEOS)?;
    check_prompt(&request.prompt)?;
    let (seconds, size) = (request.seconds()?, request.size()?);
    let source = match request.reference {
        Some(file) => Some(picture_digest(file).await?),
        None => None,
    };
    let job = Job {
        id: random::short("video_"),
        model,
        prompt: request.prompt,
        seconds,
        size,
        remix_of: None,
        source,
        created: api.store.clock.now(),
    };
    Ok(start(&api, &access, job))
}

/// The digest of a file that must be a picture.
async fn picture_digest(file: Bytes) -> Result<String, RequestError> {
    photo::run_blocking(move || photo::upright(&file).map(|_| video_jobs::digest(&file))).await
}

impl VideoRequest {
    fn of(form: &Form) -> Result<Self, RequestError> {
        let text = |name: &str| Ok(form.text(name)?.map(str::to_owned));
        Ok(Self {
            model: form.required("model")?.to_owned(),
            prompt: form.required("prompt")?.to_owned(),
            seconds: text("seconds")?.map(Seconds::Text),
            size: text("size")?,
            reference: form.files("input_reference").next().cloned(),
        })
    }

    fn seconds(&self) -> Result<u32, RequestError> {
        let seconds = match &self.seconds {
            None => Some(DEFAULT_SECONDS),
            Some(Seconds::Number(seconds)) => Some(*seconds),
            Some(Seconds::Text(text)) => text.parse().ok(),
        };
        seconds
            .filter(|seconds| SECONDS.contains(seconds))
            .ok_or_else(|| invalid(format!("seconds must be from {} to {}.", SECONDS.start(), SECONDS.end())))
    }

    fn size(&self) -> Result<(u32, u32), RequestError> {
        let Some(size) = &self.size else { return Ok(DEFAULT_SIZE) };
        let sides = size.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
        let fits = |side: u32| SIDES.contains(&side) && side.is_multiple_of(BLOCK);
        sides.filter(|(width, height)| fits(*width) && fits(*height)).ok_or_else(|| {
            let (least, most) = (SIDES.start(), SIDES.end());
            invalid(format!("size must be WIDTHxHEIGHT in pixels, each a multiple of {BLOCK} from {least} to {most}."))
        })
    }
}
