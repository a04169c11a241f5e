//! Reads receipts with the `tesseract` program: real OCR, then rules. What the rules do not find for certain is null.

mod bill;
mod currencies;
mod dates;
mod fields;
mod figure;
mod page;
mod program;
mod readings;
mod rows;
mod taxes;
#[cfg(test)]
mod tests;
mod vocabulary;

use bytes::Bytes;
use image::GrayImage;
use serde::Serialize;

use super::photo;
use super::response::BackendResponse;
use crate::wire::errors::RequestError;
use bill::Bill;
use fields::Fields;
use page::Page;
use rows::Row;

/// Two readings of a page, in the same coordinates.
struct Readings {
    print: Page,
    heading: Page,
}

/// Responds as a model that was asked for a receipt, with null for what could not be read. A question that names `items` is
/// answered with all that is printed, one that names `receipts:` with a list of the one receipt, any other with the summary. Of
/// several pages, the first names the shop and the last has the total.
pub(crate) async fn respond(pages: &[Bytes], question: &str, languages: &str) -> Result<BackendResponse, RequestError> {
    let mut readings = Vec::new();
    for page in pages {
        readings.push(read_page(page.clone(), languages).await?);
    }
    let text = answer(&readings, question);
    Ok(BackendResponse { model: "tesseract/receipt".to_owned(), text })
}

/// The page is read twice. Small print must be large, and tesseract reads it at any slant. The shop's name must be small and
/// level, or tesseract takes its big letters for pictures. What both readings have of an amount is certain.
async fn read_page(encoded: Bytes, languages: &str) -> Result<Readings, RequestError> {
    let grey = photo::run_blocking(move || photo::upright(&encoded).map(page::legible)).await?;
    let width = grey.width();
    let print = read(grey.clone(), languages).await?;
    let slant = print.slant();
    let level = photo::run_blocking(move || Ok(page::half(&page::straighten(&grey, slant)))).await?;
    let heading = read(level, languages).await?;
    Ok(Readings { print: print.straightened(slant, width), heading: heading.doubled() })
}

async fn read(grey: GrayImage, languages: &str) -> Result<Page, RequestError> {
    program::run(grey, languages).await.map(|table| Page::parse(&table))
}

fn answer(pages: &[Readings], question: &str) -> String {
    let texts: Vec<String> =
        pages.iter().flat_map(|page| [page.print.texts(), page.heading.texts()].concat()).collect();
    let currency = currencies::find(&texts);
    let digits = currencies::decimals(currency);
    let rows =
        pages.iter().map(|page| readings::compared(rows::all(&page.print, digits), &rows::all(&page.heading, digits)));
    let rows: Vec<Row> = rows.reduce(readings::joined).unwrap_or_default();
    let bill = Bill::of(&rows);
    let fields = pages.iter().map(|page| Fields::of(&page.print, &page.heading)).reduce(Fields::continued_by);
    let summary = fields.unwrap_or_default().with_total(bill.total, currency);
    let whole = || {
        // Strings, numbers and nulls: serialising them cannot fail.
        serde_json::to_string(&Whole { summary: &summary, bill: &bill }).unwrap_or_default()
    };
    if question.contains("receipts:") {
        format!("{{\"receipts\": [{}]}}", whole())
    } else if question.contains("items") {
        whole()
    } else {
        summary.to_json()
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    #[serde(flatten)]
    summary: &'a Fields,
    #[serde(flatten)]
    bill: &'a Bill,
}
