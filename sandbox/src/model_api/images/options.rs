//! How many images are requested, how large, and in which form they are returned.

use std::io::Cursor;

use axum::body::Body;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use image::{DynamicImage, ImageError, ImageFormat};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::backend::photo;
use crate::model_api::catalogue::Model;
use crate::model_api::errors::invalid;
use crate::model_api::files;
use crate::model_api::form::Form;
use crate::model_api::prices::IMAGE;
use crate::model_api::state::ModelApi;
use crate::wire::bearer::Access;
use crate::wire::cost::with_cost;
use crate::wire::errors::RequestError;
use crate::wire::responses::json_response;

/// OpenAI's limit.
const MAX_IMAGES: u32 = 10;
/// Pixels of a side.
const SIDES: std::ops::RangeInclusive<u32> = 16..=2048;

/// The options that every image call has.
#[derive(Deserialize)]
pub(super) struct ImageOptions {
    n: Option<u32>,
    size: Option<String>,
    response_format: Option<String>,
    output_format: Option<String>,
    style: Option<String>,
}

/// A checked request for images.
pub(super) struct ImageRequest {
    model: &'static Model,
    n: u32,
    /// Width and height; `None`: the model chooses.
    pub(super) size: Option<(u32, u32)>,
    by_link: bool,
}

impl ImageOptions {
    pub(super) fn from_form(form: &Form) -> Result<Self, RequestError> {
        let text = |name: &str| Ok(form.text(name)?.map(str::to_owned));
        Ok(Self {
            n: form.number("n")?,
            size: text("size")?,
            response_format: text("response_format")?,
            output_format: text("output_format")?,
            style: text("style")?,
        })
    }

    /// The parameters that were sent and that some models do not support.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let sent = [("response_format", self.response_format.is_some()), ("style", self.style.is_some())];
        sent.into_iter().filter(|(_, sent)| *sent).map(|(name, _)| name)
    }

    pub(super) fn check(self, model: &'static Model) -> Result<ImageRequest, RequestError> {
        let n = self.n.unwrap_or(1);
        if !(1..=MAX_IMAGES).contains(&n) {
            return Err(invalid(format!("n must be from 1 to {MAX_IMAGES}.")));
        }
        if self.output_format.is_some_and(|format| format != "png") {
            return Err(invalid("output_format must be png: a sandbox makes no other."));
        }
        let size = match self.size.as_deref() {
            None | Some("auto") => None,
            Some(size) => Some(sides(size)?),
        };
        let by_link = match self.response_format.as_deref() {
            None | Some("url") => true,
            Some("b64_json") => false,
            Some(_) => return Err(invalid("response_format must be url or b64_json.")),
        };
        // wire: responses have `url` or `b64_json`, whatever was requested. As at OpenAI, these models never return links.
        Ok(ImageRequest { model, n, size, by_link: by_link && !model.id.starts_with("gpt-image-") })
    }
}

fn sides(size: &str) -> Result<(u32, u32), RequestError> {
    let sides = size.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    sides.filter(|(width, height)| SIDES.contains(width) && SIDES.contains(height)).ok_or_else(|| {
        let (least, most) = (SIDES.start(), SIDES.end());
        invalid(format!("size must be auto or WIDTHxHEIGHT, each from {least} to {most} pixels."))
    })
}

/// The nearest size that can be requested.
pub(super) fn nearest_size((width, height): (u32, u32)) -> (u32, u32) {
    let side = |pixels: u32| pixels.clamp(*SIDES.start(), *SIDES.end());
    (side(width), side(height))
}

impl ImageRequest {
    /// Draws the images, charges for them and returns them. `draw` gets the number of each.
    pub(super) async fn respond(
        self,
        api: &ModelApi,
        headers: &HeaderMap,
        access: &Access,
        draw: impl Fn(u32) -> Result<DynamicImage, ImageError> + Send + 'static,
    ) -> Result<Response<Body>, RequestError> {
        let n = self.n;
        let images = photo::run_blocking(move || (0..n).map(|number| png(&draw(number)?)).collect());
        let images: Vec<Bytes> = images.await?;
        let cost = Decimal::from(n).saturating_mul(IMAGE);
        api.charge(access, cost);
        let entry = |png: Bytes| match self.by_link {
            true => json!({ "url": files::link(api, headers, "image/png", "png", png) }),
            false => json!({ "b64_json": STANDARD.encode(png) }),
        };
        let data: Vec<Value> = images.into_iter().map(entry).collect();
        let response = json!({ "created": api.store.clock.now().timestamp(), "model": self.model.id, "data": data });
        Ok(with_cost(json_response(StatusCode::OK, &response), cost))
    }
}

fn png(image: &DynamicImage) -> Result<Bytes, ImageError> {
    let mut encoded = Cursor::new(Vec::new());
    image.write_to(&mut encoded, ImageFormat::Png)?;
    Ok(Bytes::from(encoded.into_inner()))
}
