//! Reads receipts with the `tesseract` program: real OCR, then a few rules.

mod amounts;
mod dates;
mod fields;
mod page;
mod program;

use bytes::Bytes;
use image::GrayImage;

use crate::backend::{Answer, photo};
use crate::server::refusal::Refusal;
use fields::Fields;
use page::Page;

/// Lines that rise or fall by more than this share of their length are straightened and read again: tesseract loses the
/// big letters of a slanted heading.
const SLANTED: f32 = 0.015;

/// Answers as a model would that was asked for the receipt's fields, with null for what could not be read.
pub(crate) async fn answer(encoded: Bytes) -> Result<Answer, Refusal> {
    let grey = photo::work(move || photo::upright(&encoded).map(page::legible)).await?;
    let page = read(grey.clone()).await?;
    let slant = page.slant();
    let mut fields = Fields::of(&page);
    if slant.abs() > SLANTED {
        let straight = photo::work(move || Ok(page::straighten(&grey, slant))).await?;
        fields = Fields::of(&read(straight).await?).or(fields);
    }
    Ok(Answer { model: "tesseract/receipt".to_owned(), text: fields.to_json() })
}

async fn read(grey: GrayImage) -> Result<Page, Refusal> {
    program::run(grey).await.map(|table| Page::parse(&table))
}
