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

/// Answers as a model would that was asked for the receipt's fields, with null for what could not be read. Of several pages,
/// the first names the shop and the last has the total.
pub(crate) async fn answer(pages: &[Bytes]) -> Result<Answer, Refusal> {
    let mut fields = Fields::default();
    for (number, page) in pages.iter().enumerate() {
        let next = read_page(page.clone()).await?;
        fields = if number == 0 { next } else { fields.continued_by(next) };
    }
    Ok(Answer { model: "tesseract/receipt".to_owned(), text: fields.to_json() })
}

/// The page is read twice. Small print wants to be large, and is read at whatever slant it has; the shop's name wants to be
/// small and level, or tesseract takes its big letters for pictures.
async fn read_page(encoded: Bytes) -> Result<Fields, Refusal> {
    let grey = photo::work(move || photo::upright(&encoded).map(page::legible)).await?;
    let print = read(grey.clone()).await?;
    let slant = print.slant();
    let level = photo::work(move || Ok(page::half(&page::straighten(&grey, slant)))).await?;
    let heading = read(level).await?;
    Ok(Fields::of(&print).named_by(Fields::of(&heading)))
}

async fn read(grey: GrayImage) -> Result<Page, Refusal> {
    program::run(grey).await.map(|table| Page::parse(&table))
}
