//! `POST /images/edits` and `POST /images/variations`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::HeaderMap;
use image::{DynamicImage, GenericImageView as _};

use super::generations::check_prompt;
use super::order::{PictureOptions, nearest};
use super::picture;
use crate::backend::photo;
use crate::model_api::admission::{self, Sent};
use crate::model_api::catalogue::model_for;
use crate::model_api::form::Form;
use crate::model_api::{IMAGE_EDITS, IMAGE_VARIATIONS, invalid};
use crate::server::refusal::{ApiError, Refusal};
use crate::state::Shared;

/// OpenAI's limit.
const MAX_IMAGES: usize = 16;

/// wire: repeated `image` or `image[]`, optional `mask`, `prompt`, `model`, `size`, `response_format`
pub(crate) async fn edit(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let form = Form::read(&headers, body).await?;
    let order = PictureOptions::of(&form)?.order(model_for(form.required("model")?, IMAGE_EDITS)?)?;
    let prompt = form.required("prompt")?.to_owned();
    check_prompt(&prompt)?;
    let images = decoded(&form, "image").await?;
    let mask = decoded(&form, "mask").await?.into_iter().next();
    let Some(first) = images.first().filter(|_| images.len() <= MAX_IMAGES) else {
        return Err(invalid(format!("Send 1 to {MAX_IMAGES} images as image.")).into());
    };
    if mask.as_ref().is_some_and(|mask| mask.dimensions() != first.dimensions() || !mask.color().has_alpha()) {
        return Err(invalid("mask must be as large as the first image, and transparent where it is to change.").into());
    }
    let size = order.size.unwrap_or_else(|| nearest(first.dimensions()));
    let draw = move |number| Ok(picture::edited(&images, mask.as_ref(), &prompt, number, size));
    Ok(order.fill(&shared, &headers, &access, draw).await?)
}

pub(crate) async fn vary(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let form = Form::read(&headers, body).await?;
    let order = PictureOptions::of(&form)?.order(model_for(form.required("model")?, IMAGE_VARIATIONS)?)?;
    let [image] = <[DynamicImage; 1]>::try_from(decoded(&form, "image").await?)
        .map_err(|_| invalid("Send one image as image."))?;
    let size = order.size.unwrap_or_else(|| nearest(image.dimensions()));
    let draw = move |number| Ok(picture::varied(&image, number, size));
    Ok(order.fill(&shared, &headers, &access, draw).await?)
}

/// The files of `name`, each of which must be an image.
async fn decoded(form: &Form, name: &str) -> Result<Vec<DynamicImage>, Refusal> {
    let mut images = Vec::new();
    for file in form.files(name) {
        let file = file.clone();
        images.push(photo::work(move || photo::upright(&file)).await?);
    }
    Ok(images)
}
