//! `POST /images/generations`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::HeaderMap;
use serde::Deserialize;

use super::options::ImageOptions;
use super::pattern;
use super::prompt::check_prompt;
use crate::model_api::bodies::{self, RequestBody};
use crate::model_api::catalogue::model_for;
use crate::model_api::parameters;
use crate::model_api::state::ModelApi;
use crate::wire::errors::ApiError;
use crate::wire::paths::IMAGE_GENERATIONS;

const DEFAULT_SIZE: (u32, u32) = (1024, 1024);

#[derive(Deserialize)]
struct GenerationRequest {
    model: String,
    prompt: String,
    #[serde(flatten)]
    options: ImageOptions,
}

pub(crate) async fn generate(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let GenerationRequest { model, prompt, options } = bodies::json(&headers, body)?;
    if api.settings.strict_parameters {
        parameters::check_image_generation(&model, options.names())?;
    }
    let request = options.check(model_for(&model, IMAGE_GENERATIONS)?)?;
    check_prompt(&prompt)?;
    let size = request.size.unwrap_or(DEFAULT_SIZE);
    let draw = move |number| Ok(pattern::generate(&prompt, number, size));
    Ok(request.respond(&api, &headers, &access, draw).await?)
}
