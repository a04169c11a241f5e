//! How many pictures are asked for, how large, and how they are handed over.

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
use crate::model_api::form::Form;
use crate::model_api::{admission, files, invalid};
use crate::server::refusal::{Refusal, json_response};
use crate::sign_in::grants::Access;
use crate::state::Shared;

/// OpenAI's limit.
const MAX_PICTURES: u32 = 10;
/// Pixels of a side.
const SIDES: std::ops::RangeInclusive<u32> = 16..=2048;
/// US dollars for a picture: 0.04.
const PRICE: Decimal = Decimal::from_parts(4, 0, 0, false, 2);

/// What may be said of the pictures in any of the calls.
#[derive(Deserialize)]
pub(super) struct PictureOptions {
    n: Option<u32>,
    size: Option<String>,
    response_format: Option<String>,
    output_format: Option<String>,
    style: Option<String>,
}

/// The pictures that are asked for.
pub(super) struct Order {
    model: &'static Model,
    count: u32,
    /// Width and height; `None`: as the model likes.
    pub(super) size: Option<(u32, u32)>,
    by_link: bool,
}

impl PictureOptions {
    pub(super) fn of(form: &Form) -> Result<Self, Refusal> {
        let text = |name: &str| Ok(form.text(name)?.map(str::to_owned));
        Ok(Self {
            n: form.number("n")?,
            size: text("size")?,
            response_format: text("response_format")?,
            output_format: text("output_format")?,
            style: text("style")?,
        })
    }

    /// The parameters that were sent, as far as a model may refuse them.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        let sent = [("response_format", self.response_format.is_some()), ("style", self.style.is_some())];
        sent.into_iter().filter(|(_, sent)| *sent).map(|(name, _)| name)
    }

    pub(super) fn order(self, model: &'static Model) -> Result<Order, Refusal> {
        let count = self.n.unwrap_or(1);
        if !(1..=MAX_PICTURES).contains(&count) {
            return Err(invalid(format!("n must be from 1 to {MAX_PICTURES}.")));
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
        // wire: answers carry `url` or `b64_json`, whatever was asked for. As at OpenAI, these models never give links.
        Ok(Order { model, count, size, by_link: by_link && !model.id.starts_with("gpt-image-") })
    }
}

fn sides(size: &str) -> Result<(u32, u32), Refusal> {
    let sides = size.split_once('x').and_then(|(width, height)| Some((width.parse().ok()?, height.parse().ok()?)));
    sides.filter(|(width, height)| SIDES.contains(width) && SIDES.contains(height)).ok_or_else(|| {
        let (least, most) = (SIDES.start(), SIDES.end());
        invalid(format!("size must be auto or WIDTHxHEIGHT, each from {least} to {most} pixels."))
    })
}

/// The nearest size to this that can be ordered.
pub(super) fn nearest((width, height): (u32, u32)) -> (u32, u32) {
    let side = |pixels: u32| pixels.clamp(*SIDES.start(), *SIDES.end());
    (side(width), side(height))
}

impl Order {
    /// Draws the pictures, charges for them and hands them over. `draw` is given the number of each.
    pub(super) async fn fill(
        self,
        shared: &Shared,
        headers: &HeaderMap,
        access: &Access,
        draw: impl Fn(u32) -> Result<DynamicImage, ImageError> + Send + 'static,
    ) -> Result<Response<Body>, Refusal> {
        let count = self.count;
        let pictures = photo::work(move || (0..count).map(|number| png(&draw(number)?)).collect());
        let pictures: Vec<Bytes> = pictures.await?;
        let cost = Decimal::from(count).saturating_mul(PRICE);
        admission::charge(shared, access, cost);
        let hand_over = |png: Bytes| match self.by_link {
            true => json!({ "url": files::link(shared, headers, "image/png", "png", png) }),
            false => json!({ "b64_json": STANDARD.encode(png) }),
        };
        let data: Vec<Value> = pictures.into_iter().map(hand_over).collect();
        let answer = json!({ "created": shared.clock.now().timestamp(), "model": self.model.id, "data": data });
        Ok(admission::with_cost(json_response(StatusCode::OK, &answer), cost))
    }
}

fn png(picture: &DynamicImage) -> Result<Bytes, ImageError> {
    let mut encoded = Cursor::new(Vec::new());
    picture.write_to(&mut encoded, ImageFormat::Png)?;
    Ok(Bytes::from(encoded.into_inner()))
}
