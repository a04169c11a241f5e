//! From a photo of a receipt to its fields. One paid call; what the model says is read leniently and never guessed at (P7).

mod amount;
mod characters;
mod cldr;
mod currency;
mod date;
mod doubt;
mod fields;
mod found;
mod place;
mod reading;

use super::chat::{ChatRequest, FinishReason, TokenUsage};
use super::json_in_text;
use super::photo::Photo;
use super::vision::about_photos;
use crate::client::AiPass;
use crate::error::{Error, Result};
use chrono::{DateTime, NaiveDate, Utc};
use place::Place;
use rust_decimal::Decimal;

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
}

impl ReceiptScan {
    /// Reads the receipt on this photo, given as bytes or as a file's path.
    pub fn photo(photo: impl Into<Photo>) -> Self {
        Self::pages(vec![photo.into()])
    }

    /// Reads the receipt on these photos, from its beginning to its end.
    pub fn pages(photos: Vec<Photo>) -> Self {
        Self { photos, locale: None, expected_currency: None, model: None, temperature: None, max_tokens: None }
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
    /// # Errors
    /// [`Error::InvalidInput`] naming "photo", "locale" or "expected_currency" before anything is sent; [`Error::Truncated`] if
    /// the model's answer is cut off; those of [`chat`](Self::chat).
    pub async fn scan_receipt(&self, scan: ReceiptScan) -> Result<Receipt> {
        check_hints(&scan)?;
        let today = DateTime::<Utc>::from(self.now().to_system_time()).date_naive();
        let place = Place::new(scan.locale.as_deref(), scan.expected_currency.as_deref(), today);
        let prompt = fields::prompt();
        let prompt = if scan.photos.len() > 1 { format!("{prompt} {PAGES}") } else { prompt };
        let mut request = ChatRequest::new(vec![about_photos(prompt, scan.photos)?]);
        request.model = scan.model;
        request.temperature = scan.temperature;
        request.max_tokens = scan.max_tokens;
        let answer = self.chat(request).await?;
        let found = json_in_text::find(&answer.text);
        // What is whole before the cut may be a draft.
        let may_be_cut =
            matches!(answer.finish_reason, FinishReason::Length | FinishReason::ContentFilter) && !found.is_alone;
        match reading::read_receipt(found, &place) {
            Ok(read) if !may_be_cut => {
                let text = if answer.text.is_empty() { answer.refusal.unwrap_or_default() } else { answer.text };
                Ok(Receipt {
                    model: answer.model,
                    usage: answer.usage,
                    cost: answer.cost,
                    request_id: answer.request_id,
                    answer: text,
                    ..read
                })
            }
            _ => Err(json_in_text::truncated(&answer)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client::tests::world::World;
    use crate::net::scripted::answer;
    use serde_json::{Value, json};

    const CHAT: &str = "/oauth2/v1/chat/completions";
    /// A photo of one pixel.
    const PHOTO: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

    // one call, and the hints settle what is ambiguous
    #[tokio::test(start_paused = true)]
    async fn the_pages_of_a_receipt_are_read_together_in_one_call() {
        let world = World::new();
        let ai = world.signed_in().await;
        let said = r#"{"amount": "1.234", "currency": "$", "date": "03/04/2026", "merchant": "A"}"#;
        let reply = json!({"choices": [{"message": {"content": said}, "finish_reason": "stop"}]}).to_string();
        world.server.set(|state| state.api_answers.push_back(answer(200, reply)));
        let page = || Photo::Url(PHOTO.into());
        let scan = ReceiptScan {
            locale: Some("en-CA".into()),
            model: Some("m-1".into()),
            ..ReceiptScan::pages(vec![page(), page(), page()])
        };
        let receipt = ai.scan_receipt(scan).await.unwrap();
        let read = (receipt.amount.unwrap().to_string(), receipt.currency.as_deref(), receipt.date);
        assert_eq!(read, ("1234".to_owned(), Some("CAD"), None), "in Canada both orders are in use");

        let [body] = &world.transport.bodies(CHAT)[..] else { panic!("not one call") };
        let body: Value = serde_json::from_slice(body).unwrap();
        let content = body["messages"][0]["content"].as_array().unwrap();
        assert_eq!(content.iter().filter(|part| part["type"] == "image_url").count(), 3);
        assert!(content[0]["text"].as_str().unwrap().ends_with(PAGES));
        // P9
        assert_eq!((body.get("temperature"), body.get("max_tokens")), (None, None));
        let without = ai.scan_receipt(ReceiptScan::pages(vec![])).await;
        assert!(matches!(without, Err(Error::InvalidInput { input, .. }) if input == "photo"));
    }

    // P11
    #[tokio::test(start_paused = true)]
    async fn a_draft_before_the_cut_is_not_the_receipt() {
        let world = World::new();
        let ai = world.signed_in().await;
        let (length, stop) = ("length", "stop");
        for (said, finish_reason, amount) in [
            (r#"First: {"merchant": "A", "amount": 99}. The total is {"amount""#, length, None),
            (r#"First: {"merchant": "A", "amount": 99}. The total"#, length, None),
            (r#"First: {"merchant": "A", "amount": 99}. The total"#, "content_filter", None),
            (r#"First: {"merchant": "A", "amount": 99}. The total"#, "model_length", None),
            (r#"<think>{"merchant": "A", "amount": 99}"#, length, None),
            (r#"{"merchant": "A", "amount": 12}"#, length, Some("12")),
            (r#"First: {"merchant": "A", "amount": 99}. The total is {"amount""#, stop, None),
            (r#"<think>{"amount": </think>{"merchant": "A", "amount": 12, "items": ["#, stop, None),
            ("```json\n{\"merchant\": \"A\", \"amount\": 9\n```\nThe tax: {\"rate\": 7, \"amount\": 1}", stop, None),
            ("{\"merchant\": \"A\", \"amount\": 9} so ```json\n{\"merchant\":\n```\n{\"note\": 1}", stop, None),
            (r#"<think>{"amount": </think>{"merchant": "A", "amount": 12}"#, stop, Some("12")),
            ("```json\n{\"amount\":\n```\n{\"merchant\": \"A\", \"amount\": 12}", stop, Some("12")),
            (r#"Of the set {a, b I took {"merchant": "A", "amount": 12} (see {that)"#, stop, Some("12")),
        ] {
            let reply =
                json!({"choices": [{"message": {"content": said}, "finish_reason": finish_reason}]}).to_string();
            world.server.set(|state| state.api_answers.push_back(answer(200, reply)));
            let photos = vec![Photo::Url(PHOTO.into())];
            let scan = ReceiptScan { model: Some("m-1".into()), ..ReceiptScan::pages(photos) };
            match (ai.scan_receipt(scan).await, amount) {
                (Ok(receipt), Some(amount)) => assert_eq!(receipt.amount.unwrap().to_string(), amount),
                (read, _) => assert!(matches!(&read, Err(Error::Truncated { text, .. }) if text == said), "{read:?}"),
            }
        }
    }

    // P11, P12: a refusal is not lost, and the cost is told
    #[tokio::test(start_paused = true)]
    async fn what_the_model_thought_is_not_the_receipt() {
        let world = World::new();
        let ai = world.signed_in().await;
        let thought = r#"The total: {"merchant": "A", "amount": 99}"#;
        for (message, said) in [
            (json!({"reasoning_content": thought, "content": "I cannot read it."}), "I cannot read it."),
            (json!({"reasoning": thought, "content": null}), ""),
            (json!({"reasoning_content": thought, "content": null, "refusal": "I will not."}), "I will not."),
            (
                json!({"content": [{"type": "thinking", "thinking": thought}, {"type": "text", "text": "None."}]}),
                "None.",
            ),
        ] {
            let reply = json!({"choices": [{"message": message, "finish_reason": "stop"}], "usage": {"cost": 0.001}});
            world.server.set(|state| state.api_answers.push_back(answer(200, reply.to_string())));
            let photos = vec![Photo::Url(PHOTO.into())];
            let scan = ReceiptScan { model: Some("m-1".into()), ..ReceiptScan::pages(photos) };
            let receipt = ai.scan_receipt(scan).await.unwrap();
            assert_eq!((receipt.amount, receipt.answer.as_str()), (None, said), "{message}");
            assert_eq!(receipt.cost, Some("0.001".parse().unwrap()));
        }
    }

    // P8
    #[test]
    fn misspelt_hints_are_named_before_it_costs_money() {
        let check = |locale: Option<&str>, currency: Option<&str>| {
            let (locale, expected_currency) = (locale.map(Into::into), currency.map(Into::into));
            check_hints(&ReceiptScan { locale, expected_currency, ..ReceiptScan::photo(Vec::new()) })
        };
        for tag in ["de", "en-US", "en_US", "zh-Hant-TW", "es-419"] {
            assert_eq!(check(Some(tag), Some("EUR")), Ok(()), "{tag}");
        }
        assert!(matches!(check(Some("de DE!!"), None), Err(Error::InvalidInput { input, .. }) if input == "locale"));
        for code in ["EURO", "E", "ZZZ", ""] {
            let named = check(None, Some(code));
            assert!(matches!(named, Err(Error::InvalidInput { input, .. }) if input == "expected_currency"), "{code}");
        }
    }
}
