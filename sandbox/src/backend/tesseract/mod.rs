//! Reads receipts with the `tesseract` program: real OCR, then a few rules.

mod amounts;
mod dates;
mod fields;
mod page;
mod program;

use bytes::Bytes;
use image::GrayImage;

use super::photo;
use super::response::BackendResponse;
use crate::wire::errors::RequestError;
use fields::Fields;
use page::Page;

/// Responds as a model that was asked for the receipt's fields, with null for what could not be read. Of several pages, the
/// first names the shop and the last has the total.
pub(crate) async fn respond(pages: &[Bytes], languages: &str) -> Result<BackendResponse, RequestError> {
    let mut fields = Fields::default();
    for (number, page) in pages.iter().enumerate() {
        let next = read_page(page.clone(), languages).await?;
        fields = if number == 0 { next } else { fields.continued_by(next) };
    }
    Ok(BackendResponse { model: "tesseract/receipt".to_owned(), text: fields.to_json() })
}

/// Reads the page twice. Small print must be large, and tesseract reads it at any slant. The shop's name must be small and
/// level, or tesseract takes its big letters for pictures.
async fn read_page(encoded: Bytes, languages: &str) -> Result<Fields, RequestError> {
    let grey = photo::run_blocking(move || photo::upright(&encoded).map(page::legible)).await?;
    let print = read(grey.clone(), languages).await?;
    let slant = print.slant();
    let level = photo::run_blocking(move || Ok(page::half(&page::straighten(&grey, slant)))).await?;
    let heading = read(level, languages).await?;
    Ok(Fields::of(&print).named_by(Fields::of(&heading)))
}

async fn read(grey: GrayImage, languages: &str) -> Result<Page, RequestError> {
    program::run(grey, languages).await.map(|table| Page::parse(&table))
}
