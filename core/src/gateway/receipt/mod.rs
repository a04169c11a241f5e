//! From a photo of a receipt to its fields. One paid call; what the model says is read leniently and never guessed at (P7).

mod amount;
mod asking;
mod chain;
mod characters;
mod cldr;
mod currency;
mod date;
mod detail_reading;
mod details;
mod doubt;
mod entries;
mod fields;
mod fingerprint;
mod found;
mod line;
mod money;
mod place;
mod reading;
mod rivals;
mod several;
mod slip;
mod taxes;
mod texts;
mod values;
mod verdict;

pub use details::{
    ReceiptAmount, ReceiptDiscount, ReceiptItem, ReceiptKind, ReceiptMerchant, ReceiptPart, ReceiptPayment, ReceiptTax,
    ReceiptVerdict, UnreadValue,
};
pub use verdict::judge_receipt;

use super::chat::{ChatAnswer, ChatRequest, FinishReason, Preparation, ResponseFormat, TokenUsage};
use super::fallback::{Fallback, RefusedModel};
use super::json_in_text;
use super::photo::Photo;
use super::photo_check::{PhotoCheck, PhotoHint};
use super::quote::CostEstimate;
use super::tokens::photos::PhotoSize;
use super::vision::about_photos;
use crate::client::AiPass;
use crate::error::{Error, Result};
use asking::Asked;
use chrono::{DateTime, NaiveDate, Utc};
use json_in_text::{Cut, Found};
use place::Place;
use rust_decimal::Decimal;

/// The most text that the receipts of one answer keep together (S8).
const MAX_KEPT: usize = 8 * 1024 * 1024;

/// Said besides where a receipt has several photos.
const PAGES: &str = "The photos show one receipt, from its beginning to its end; they may overlap. Read them together.";

/// A receipt to read.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReceiptScan {
    /// The photo, or several of one long receipt, from its beginning to its end.
    pub photos: Vec<Photo>,
    /// The receipt's locale, as a BCP 47 tag such as `en-US` or `de-DE`. It decides what 03/04/2026 and `$` mean.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub locale: Option<String>,
    /// The currency to expect, as an ISO 4217 code. It decides which dollar `$` is.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub expected_currency: Option<String>,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The sampling temperature, from 0 to 2. `None` leaves it to the model: some models refuse any value but their
    /// own.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub temperature: Option<f64>,
    /// The longest answer, in tokens; `None` leaves it to the model. A reasoning model's thoughts count too.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_tokens: Option<u32>,
    /// How much to read; `None` is [`ReceiptDetail::Full`].
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub detail: Option<ReceiptDetail>,
    /// Whether the photos are looked at before money is spent, and what then; `None` does not look.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub photo_check: Option<PhotoCheck>,
    /// Which models to ask where this one refuses at no cost; `None` asks no other.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub fallback: Option<Fallback>,
}

/// How much of a receipt to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReceiptDetail {
    /// All that [`Receipt`] has: items, taxes, payments, and with them a verdict on whether they add up.
    Full,
    /// Merchant, date, amount, currency, category and confidence: fewer tokens, and no verdict.
    Summary,
}

/// The fields of a receipt. A field that cannot be read, or can be read in two ways, is `None`; the field beside it
/// keeps the model's own words. Texts are trimmed.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Receipt {
    /// The shop, as the receipt names it.
    pub merchant: Option<String>,
    /// The day of the purchase.
    pub date: Option<NaiveDate>,
    /// The date as the model gave it.
    pub date_text: Option<String>,
    /// The total paid, in units of the currency, with the decimals that were given. Negative for a refund.
    pub amount: Option<Decimal>,
    /// The amount as the model gave it.
    pub amount_text: Option<String>,
    /// The currency, as an ISO 4217 code in capitals.
    pub currency: Option<String>,
    /// The currency as the model gave it; if it gave none, as the amount's text has it.
    pub currency_text: Option<String>,
    /// What kind of purchase it was, in the model's words.
    pub category: Option<String>,
    /// The model's own confidence, from 0 to 1.
    pub confidence: Option<f64>,
    /// The model that read it, as the provider names it.
    pub model: String,
    /// The tokens used, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// What the call cost in US dollars, if the provider says so. Unknown is `None`, never zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
    /// The model's whole answer, or its refusal if it did not answer.
    pub answer: String,
    /// Whether the amounts add up. It changes none of them.
    pub verdict: ReceiptVerdict,
    /// The time of the purchase as `HH:MM` or `HH:MM:SS`, from 00 to 23 hours, as exact as the receipt is.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub time: Option<String>,
    /// The time as the model gave it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub time_text: Option<String>,
    /// The lines of the receipt in their order, at most 2,000.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub items: Vec<ReceiptItem>,
    /// The subtotal, as the receipt has it: before or after discounts, with or without taxes.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub subtotal: Option<Decimal>,
    /// The discounts on the whole receipt.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub discounts: Vec<ReceiptDiscount>,
    /// The taxes.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub taxes: Vec<ReceiptTax>,
    /// The tip.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tip: Option<Decimal>,
    /// By how much the total was rounded, with the receipt's sign.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub rounding: Option<Decimal>,
    /// The payments.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub payments: Vec<ReceiptPayment>,
    /// What was handed over in cash.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub tendered: Option<Decimal>,
    /// What was given back of it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub change: Option<Decimal>,
    /// The shop's address, telephone and tax number, if the receipt has any of them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub merchant_details: Option<ReceiptMerchant>,
    /// The number of the receipt.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub number: Option<String>,
    /// What the receipt is.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kind: Option<ReceiptKind>,
    /// The receipt's language, as a BCP 47 tag.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub language: Option<String>,
    /// The total in other currencies.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub other_amounts: Vec<ReceiptAmount>,
    /// The values beyond the summary that the model gave and that could not be read. Their fields are `None`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub unread: Vec<UnreadValue>,
    /// A hint that two receipts are the same one: then they have the same fingerprint. `1:` and the first 20
    /// hexadecimal digits of the SHA-256 of merchant, date, amount, currency and number, as they were read; `None` without
    /// one of the first three. The library keeps none.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub fingerprint: Option<String>,
    /// Signs that the photos cannot be read, if the scan asked for them.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub photo_hints: Vec<PhotoHint>,
    /// The models that refused the request before this one answered it, in order; empty if the first one did.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub refused_models: Vec<RefusedModel>,
}

impl ReceiptScan {
    /// Reads the receipt on this photo, given as bytes or as a file's path.
    pub fn photo(photo: impl Into<Photo>) -> Self {
        Self::pages(vec![photo.into()])
    }

    /// Reads the receipt on these photos, from its beginning to its end.
    pub fn pages(photos: Vec<Photo>) -> Self {
        Self {
            photos,
            locale: None,
            expected_currency: None,
            model: None,
            temperature: None,
            max_tokens: None,
            detail: None,
            photo_check: None,
            fallback: None,
        }
    }
}

/// A hint that is misspelt would be a guess about money (P8).
fn check_hints(scan: &ReceiptScan) -> Result<()> {
    let is_tag = |tag: &str| {
        let subtag =
            |text: &str| (1..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        tag.split(['-', '_']).all(subtag)
    };
    if scan.locale.as_deref().is_some_and(|tag| !is_tag(tag)) {
        return Err(Error::invalid_input("locale", "it is not a BCP 47 tag, such as en-US"));
    }
    let is_code = |code: &str| code.len() == 3 && currency::code(code).is_some();
    if scan.expected_currency.as_deref().is_some_and(|code| !is_code(code)) {
        return Err(Error::invalid_input("expected_currency", "it is not an ISO 4217 code, such as EUR"));
    }
    Ok(())
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Reads a photographed receipt. On the device its photos are turned upright and shrunk, and their metadata is
    /// removed. One paid call. A field that cannot be read is `None`, not an error.
    ///
    /// A model that the catalogue says takes JSON schemas (`structured_outputs`, `json_schema`) gets one; others get the prompt
    /// alone.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming "photo", "locale" or "expected_currency" before anything is sent; [`Error::Truncated`] if
    /// the model's answer is cut off; those of [`chat`](Self::chat).
    pub async fn scan_receipt(&self, scan: ReceiptScan) -> Result<Receipt> {
        let asked = asked_of(&scan);
        self.scan(scan, asked, None, reading::read_receipt).await
    }

    /// Reads every receipt on photos of several, in the order of the model's answer. One paid call; model, tokens, cost,
    /// request id and answer of each receipt are those of the call. Empty if the model says that there is none.
    ///
    /// # Errors
    /// As [`scan_receipt`](Self::scan_receipt); [`Error::InvalidOutput`] with all that the model said if it gives no list of
    /// receipts, or several that differ.
    pub async fn scan_receipts(&self, scan: ReceiptScan) -> Result<Vec<Receipt>> {
        let receipts = self.scan(scan, Asked::Several, None, several::read_receipts).await?;
        Ok(receipts.unwrap_or_default())
    }
}

impl AiPass {
    /// What a scan may cost.
    pub(super) async fn estimate_scan(&self, scan: ReceiptScan) -> Result<CostEstimate> {
        let asked = asked_of(&scan);
        let (request, preparation) = chat_request(scan, asked)?;
        self.estimate_chat(request, preparation).await
    }

    /// As [`scan_receipt`](Self::scan_receipt), of photos of these sizes that are ready to be sent.
    pub(super) async fn scan_ready(&self, scan: ReceiptScan, photos: Vec<PhotoSize>) -> Result<Receipt> {
        let asked = asked_of(&scan);
        self.scan(scan, asked, Some(photos), reading::read_receipt).await
    }

    /// Asks about the photos and reads the answer. `ready`: the photos' sizes, if they are ready to be sent.
    async fn scan<T: Scanned>(
        &self,
        scan: ReceiptScan,
        asked: Asked,
        ready: Option<Vec<PhotoSize>>,
        read: fn(Found, &Place) -> std::result::Result<T, Cut>,
    ) -> Result<T> {
        check_hints(&scan)?;
        let today = DateTime::<Utc>::from(self.now().to_system_time()).date_naive();
        let place = Place::new(scan.locale.as_deref(), scan.expected_currency.as_deref(), today);
        let (request, preparation) = chat_request(scan, asked)?;
        let preparation = Preparation { ready, ..preparation };
        let (answer, photo_hints) = self.chat_prepared(request, preparation).await?;
        let found = json_in_text::find(&answer.text);
        // What is whole before the cut may be a draft.
        let may_be_cut =
            matches!(answer.finish_reason, FinishReason::Length | FinishReason::ContentFilter) && !found.is_alone;
        match read(found, &place) {
            Ok(read) if !may_be_cut => read.of_answer(answer, &photo_hints, &place),
            _ => Err(json_in_text::truncated(&answer)),
        }
    }
}

fn asked_of(scan: &ReceiptScan) -> Asked {
    match scan.detail {
        Some(ReceiptDetail::Summary) => Asked::Summary,
        Some(ReceiptDetail::Full) | None => Asked::Full,
    }
}

/// What is asked of the model, and how it is prepared.
fn chat_request(scan: ReceiptScan, asked: Asked) -> Result<(ChatRequest, Preparation)> {
    let prompt = asking::prompt(asked);
    let are_pages = scan.photos.len() > 1 && asked != Asked::Several;
    let prompt = if are_pages { format!("{prompt} {PAGES}") } else { prompt };
    let mut request = ChatRequest::new(vec![about_photos(prompt, scan.photos)?]);
    request.model = scan.model;
    request.temperature = scan.temperature;
    request.max_tokens = scan.max_tokens;
    request.fallback = scan.fallback;
    let schema = (asked != Asked::Summary).then(|| ResponseFormat::JsonSchema {
        name: "receipt".to_owned(),
        schema_json: asking::schema(asked),
        strict: true,
    });
    Ok((request, Preparation { schema, photo_check: scan.photo_check, ready: None }))
}

/// What a scan returns.
trait Scanned: Sized {
    /// With what the answer says besides, what a look at the photos found, and with the verdicts.
    fn of_answer(self, answer: ChatAnswer, photo_hints: &[PhotoHint], place: &Place) -> Result<Self>;
}

impl Scanned for Receipt {
    fn of_answer(self, answer: ChatAnswer, photo_hints: &[PhotoHint], place: &Place) -> Result<Self> {
        let text = if answer.text.is_empty() { answer.refusal.unwrap_or_default() } else { answer.text };
        let mut receipt = Receipt {
            model: answer.model,
            usage: answer.usage,
            cost: answer.cost,
            request_id: answer.request_id,
            answer: text,
            refused_models: answer.refused_models,
            photo_hints: photo_hints.to_vec(),
            ..self
        };
        verdict::judge(&mut receipt, place.region.as_deref());
        receipt.fingerprint = fingerprint::of(&receipt);
        Ok(receipt)
    }
}

impl Scanned for Option<Vec<Receipt>> {
    fn of_answer(self, answer: ChatAnswer, photo_hints: &[PhotoHint], place: &Place) -> Result<Self> {
        let Some(receipts) = self else {
            return Err(json_in_text::invalid_output(&answer, "there is no list of receipts, or there are several"));
        };
        // Each keeps the answer.
        if receipts.len().saturating_mul(answer.text.len()) > MAX_KEPT {
            return Err(json_in_text::invalid_output(&answer, "it is too long for so many receipts"));
        }
        let receipts = receipts.into_iter().map(|receipt| receipt.of_answer(answer.clone(), photo_hints, place));
        receipts.collect::<Result<_>>().map(Some)
    }
}

#[cfg(test)]
#[path = "scan_tests.rs"]
mod tests;
