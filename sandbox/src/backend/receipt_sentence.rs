//! One sentence about a receipt, from a program that is no language model.

use std::str::FromStr as _;

use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

/// How many places of one text are tried as the beginning of a JSON object, to bound the work on hostile input.
const MAX_BRACES: usize = 200;

#[derive(Deserialize)]
struct Receipt<'a> {
    #[serde(borrow)]
    amount: Option<&'a RawValue>,
    currency: Option<String>,
    merchant: Option<String>,
    date: Option<String>,
}

/// States what the latest receipt in the conversation contains; without one, what this backend does instead of chatting.
pub(crate) fn reply(texts: &[String], purpose: &str) -> String {
    texts.iter().rev().find_map(|text| sentence_in(text)).unwrap_or_else(|| {
        format!(
            "I am no language model: this sandbox backend only {purpose}. \
             Send a photo, or ask with the receipt's JSON in the conversation."
        )
    })
}

fn sentence_in(text: &str) -> Option<String> {
    text.match_indices('{').take(MAX_BRACES).find_map(|(start, _)| {
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Receipt<'_>>();
        sentence(&values.next()?.ok()?)
    })
}

/// "You paid 12.40 EUR at X on 2026-03-04.", with what is there.
fn sentence(receipt: &Receipt<'_>) -> Option<String> {
    let mut sentence = format!("You paid {}", amount(receipt.amount?)?);
    for (word, value) in [("", &receipt.currency), (" at", &receipt.merchant), (" on", &receipt.date)] {
        if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
            sentence.push_str(word);
            sentence.push(' ');
            sentence.push_str(value);
        }
    }
    sentence.push('.');
    Some(sentence)
}

/// A number, or a number in a string; 12.4 is 12.40, as amounts are written.
fn amount(value: &RawValue) -> Option<String> {
    let mut amount = Decimal::from_str(value.get().trim_matches('"')).ok()?;
    if amount.scale() == 1 {
        amount.rescale(2);
    }
    Some(amount.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply_to(text: &str) -> String {
        reply(&[text.to_owned()], "reads receipts")
    }

    #[test]
    fn a_receipt_in_the_conversation_becomes_one_sentence() {
        let json = r#"{"amount": 12.40, "currency": "EUR", "date": "2026-03-04", "merchant": "X", "category": null}"#;
        assert_eq!(reply_to(json), "You paid 12.40 EUR at X on 2026-03-04.");
        let fenced = "Here {it} is:\n```json\n{\"amount\": \"12.4\", \"currency\": \"EUR\"}\n``` How much was it?";
        assert_eq!(reply_to(fenced), "You paid 12.40 EUR.");
        assert_eq!(reply_to(r#"{"amount": 1240, "currency": "JPY"}"#), "You paid 1240 JPY.");
    }

    #[test]
    fn without_a_receipt_it_says_what_it_is() {
        for text in ["How are you?", "{", r#"{"merchant": "X"}"#, r#"{"amount": null}"#, &"{".repeat(5000)] {
            assert!(reply_to(text).starts_with("I am no language model"), "{text}");
        }
    }
}
