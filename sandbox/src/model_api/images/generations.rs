//! `POST /images/generations`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::HeaderMap;
use serde::Deserialize;

use super::order::PictureOptions;
use super::picture;
use crate::model_api::admission::{self, Sent};
use crate::model_api::catalogue::model_for;
use crate::model_api::{IMAGE_GENERATIONS, invalid, parameters};
use crate::server::refusal::{ApiError, Refusal};
use crate::state::Shared;

/// OpenAI's limit, in characters.
const MAX_PROMPT: usize = 32_000;
const DEFAULT_SIZE: (u32, u32) = (1024, 1024);

#[derive(Deserialize)]
struct GenerationRequest {
    model: String,
    prompt: String,
    #[serde(flatten)]
    options: PictureOptions,
}

pub(crate) async fn generate(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let GenerationRequest { model, prompt, options } = admission::json(&headers, body)?;
    if shared.settings.strict_parameters {
        parameters::check_image_generation(&model, options.names())?;
    }
    let order = options.order(model_for(&model, IMAGE_GENERATIONS)?)?;
    check_prompt(&prompt)?;
    let size = order.size.unwrap_or(DEFAULT_SIZE);
    let draw = move |number| Ok(picture::drawn(&prompt, number, size));
    Ok(order.fill(&shared, &headers, &access, draw).await?)
}

pub(in crate::model_api) fn check_prompt(prompt: &str) -> Result<(), Refusal> {
    if prompt.trim().is_empty() || prompt.chars().count() > MAX_PROMPT {
        return Err(invalid(format!("prompt must have 1 to {MAX_PROMPT} characters.")));
    }
    Ok(())
}
