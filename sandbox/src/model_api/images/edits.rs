//! `POST /images/edits` and `POST /images/variations`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::HeaderMap;
use image::{DynamicImage, GenericImageView as _};

use super::options::{ImageOptions, nearest_size};
use super::pattern;
use super::prompt::check_prompt;
use crate::backend::photo;
use crate::model_api::bodies::RequestBody;
use crate::model_api::catalogue::model_for;
use crate::model_api::errors::invalid;
use crate::model_api::form::Form;
use crate::model_api::state::ModelApi;
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::paths::{IMAGE_EDITS, IMAGE_VARIATIONS};

/// OpenAI's limit.
const MAX_IMAGES: usize = 16;

/// wire: repeated `image` or `image[]`, optional `mask`, `prompt`, `model`, `size`, `response_format`
pub(crate) async fn edit(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let form = Form::read(&headers, body).await?;
    let request = ImageOptions::from_form(&form)?.check(model_for(form.required("model")?, IMAGE_EDITS)?)?;
    let prompt = form.required("prompt")?.to_owned();
    check_prompt(&prompt)?;
    let images = decode_files(&form, "image").await?;
    let mask = decode_files(&form, "mask").await?.into_iter().next();
    let Some(first) = images.first().filter(|_| images.len() <= MAX_IMAGES) else {
        return Err(invalid(format!("Send 1 to {MAX_IMAGES} images as image.")).into());
    };
    if mask.as_ref().is_some_and(|mask| mask.dimensions() != first.dimensions() || !mask.color().has_alpha()) {
        return Err(invalid("mask must be as large as the first image, and transparent where it is to change.").into());
    }
    let size = request.size.unwrap_or_else(|| nearest_size(first.dimensions()));
    let draw = move |number| Ok(pattern::edit(&images, mask.as_ref(), &prompt, number, size));
    Ok(request.respond(&api, &headers, &access, draw).await?)
}

pub(crate) async fn vary(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let form = Form::read(&headers, body).await?;
    let request = ImageOptions::from_form(&form)?.check(model_for(form.required("model")?, IMAGE_VARIATIONS)?)?;
    let [image] = <[DynamicImage; 1]>::try_from(decode_files(&form, "image").await?)
        .map_err(|_| invalid("Send one image as image."))?;
    let size = request.size.unwrap_or_else(|| nearest_size(image.dimensions()));
    let draw = move |number| Ok(pattern::vary(&image, number, size));
    Ok(request.respond(&api, &headers, &access, draw).await?)
}

/// The files of `name`, each of which must be an image.
async fn decode_files(form: &Form, name: &str) -> Result<Vec<DynamicImage>, RequestError> {
    let mut images = Vec::new();
    for file in form.files(name) {
        let file = file.clone();
        images.push(photo::run_blocking(move || photo::upright(&file)).await?);
    }
    Ok(images)
}
