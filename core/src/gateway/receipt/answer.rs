//! Finds the receipt in what a model wrote: its JSON object, wherever it stands in the answer (P7).
//!
//! Reads JSON as RFC 8259 has it and mends nothing. An object that is broken or cut off is no receipt, and neither is
//! what stands inside it: the price of the first article must never pass for the total. The work is linear in the
//! answer's length, whatever the answer is, and there is no recursion to overflow.

use crate::gateway::json_in_text;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Keys under which models give the merchant, the one asked for first. In the form of [`plain_key`], as all of these.
pub(super) const MERCHANT: &[&str] = &["merchant", "merchantname", "vendor", "vendorname", "store", "storename"];
/// Keys for the date.
pub(super) const DATE: &[&str] = &["date", "transactiondate", "purchasedate", "receiptdate"];
/// Keys for the amount paid.
pub(super) const AMOUNT: &[&str] = &["amount", "total", "totalamount", "grandtotal", "amounttotal"];
/// Keys for the currency.
pub(super) const CURRENCY: &[&str] = &["currency", "currencycode"];
/// Keys for the category of goods.
pub(super) const CATEGORY: &[&str] = &["category"];
/// Keys for how sure the model is.
pub(super) const CONFIDENCE: &[&str] = &["confidence", "confidencescore"];

/// The members of a JSON object, their values as the model wrote them, under their keys in plain form.
pub(super) type Members<'a> = BTreeMap<String, &'a RawValue>;

/// How deep a receipt may be wrapped, as in `{"data": {"receipt": {…}}}`.
const MAX_WRAPPERS: usize = 4;

/// The JSON object in a model's answer that holds the receipt: bare, fenced, in prose, in an array of one, or in another
/// object. Of several, the first that is whole and has a receipt's keys. `None` if there is none, or if the answer is cut
/// off inside it. A list of several objects is not a receipt.
pub(crate) fn find_object(answer: &str) -> Option<&str> {
    json_in_text::pieces(answer).find_map(receipt_in)
}

/// The members of a JSON object; `None` if the text is not one. A key that is there twice has its last value.
pub(super) fn members(object: &str) -> Option<Members<'_>> {
    let members: BTreeMap<String, &RawValue> = serde_json::from_str(object).ok()?;
    Some(members.into_iter().map(|(key, value)| (plain_key(&key), value)).collect())
}

/// A key without its style: `totalAmount`, `total_amount` and `Total amount` are the same.
fn plain_key(key: &str) -> String {
    key.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The receipt in one whole piece of JSON: itself, the one element of an array, or the one object among its members.
fn receipt_in(mut json: &str) -> Option<&str> {
    for _ in 0..=MAX_WRAPPERS {
        if json.starts_with('[') {
            let [only] = serde_json::from_str::<Vec<&RawValue>>(json).ok()?[..] else { return None };
            json = only.get();
        }
        let members = members(json)?;
        let has = |keys: &[&str]| keys.iter().any(|&key| members.contains_key(key));
        if has(MERCHANT) || has(DATE) || has(AMOUNT) {
            return Some(json);
        }
        // One lone object is the receipt in its wrapper. A list is so only by its name: most lists are of articles.
        let mut inner = members.iter().filter(|(key, value)| {
            value.get().starts_with('{') || value.get().starts_with('[') && key.starts_with("receipt")
        });
        match (inner.next(), inner.next()) {
            (Some((_, wrapped)), None) => json = wrapped.get(),
            _ => return [CURRENCY, CATEGORY, CONFIDENCE].into_iter().any(has).then_some(json),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    const RECEIPT: &str = r#"{"merchant": "A } \" { B", "amount": 1, "items": [{"amount": 2}]}"#;

    // P7
    #[test]
    fn the_object_is_found_wherever_it_stands() {
        for answer in [
            RECEIPT.to_owned(),
            format!("```json\n{RECEIPT}\n```"),
            format!("```\n{RECEIPT}```\nIs there \"anything\" else?"),
            format!("Here's the 12\" {{receipt}} [as asked]({{}}): {RECEIPT} Note that {{}} is \"empty."),
            format!("{{\"thought\": \"no receipt yet\"}}\n{RECEIPT}\n{{\"amount\": 3}}"),
            format!("{{\"amount\": 9, broken}} {RECEIPT}"),
            format!("[{RECEIPT}]"),
            format!("{{{RECEIPT}}}"),
            format!("{{\"receipt\": {RECEIPT}}}"),
            format!("{{ \"data\" : {{\"receipts\": [ {RECEIPT} ]}}}}"),
            format!("{{\"status\": \"ok\", \"confidence\": 0.9, \"receipt\": {RECEIPT}}}"),
            format!("\u{FEFF}{RECEIPT}\0"),
        ] {
            assert_eq!(find_object(&answer), Some(RECEIPT), "{answer}");
        }
    }

    // P7
    #[test]
    fn a_receipt_is_known_by_its_keys_in_any_style() {
        for key in ["amount", "Total", "grand_total", "totalAmount", "Store Name", "transaction-date", "currency_code"]
        {
            let answer = format!("{{\"{key}\": null}}");
            assert_eq!(find_object(&answer), Some(&answer[..]), "{key}");
        }
        for answer in ["", "{}", "[]", "no receipt", r#"{"error": "unreadable"}"#, r#"{"totals": 1}"#, "{amount: 1}"] {
            assert_eq!(find_object(answer), None, "{answer}");
        }
    }

    // P7
    #[test]
    fn a_receipt_cut_anywhere_is_none() {
        for end in 1..RECEIPT.len() {
            assert_eq!(find_object(&RECEIPT[..end]), None, "{end}");
            assert_eq!(find_object(&format!("[{}", &RECEIPT[..end])), None, "{end}");
            assert_eq!(find_object(&format!("{{\"receipt\":{}", &RECEIPT[..end])), None, "{end}");
        }
    }

    // P7
    #[test]
    fn a_part_of_a_receipt_does_not_pass_for_the_receipt() {
        for answer in [
            r#"{"merchant": "A", "items": [{"amount": 2}], "amount": 3,}"#,
            r#"{"merchant": "A", "items": [{"amount": 2}], "amount":"#,
            r#"{"items": [{"amount": 2}]}"#,
            r#"{"receipts": [{"amount": 2}, {"amount": 3}]}"#,
            r#"[{"amount": 2}, {"amount": 3}]"#,
            r#"{"first": {"amount": 2}, "second": {"amount": 3}}"#,
        ] {
            assert_eq!(find_object(answer), None, "{answer}");
        }
    }

    // S3
    #[test]
    fn hostile_answers_take_linear_time() {
        let start = Instant::now();
        for piece in [
            "{",
            "[",
            "{\"",
            "{\"a\":",
            "[{",
            "{\"a\":[",
            "{}",
            "{\"\\",
            "{ ",
            "[{}",
            "{\"a\":{}},",
            "{\"a\":{\"b\":1}x}",
        ] {
            let answer = piece.repeat(150_000 / piece.len());
            assert_eq!(find_object(&answer), None, "{piece}");
            assert_eq!(find_object(&format!("{answer}}}]")), None, "{piece}");
            assert_eq!(find_object(&format!("{{\"a\":{answer}")), None, "{piece}");
        }
        assert_eq!(find_object(&"{".repeat(1_000_000)), None);
        // Quadratic work on any of these takes far longer.
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }

    // S3
    #[test]
    fn deep_nesting_does_not_overflow_the_stack() {
        let (open, close) = ("[".repeat(200_000), "]".repeat(200_000));
        let answer = format!("{{\"amount\":{open}{close}}}");
        assert_eq!(find_object(&answer), Some(&answer[..]));
        let (open, close) = ("{\"a\":".repeat(100_000), "}".repeat(100_000));
        assert_eq!(find_object(&format!("{open}{{\"amount\":1}}{close}")), None);
    }

    proptest! {
        // S3
        #[test]
        fn no_answer_panics(answer in "([{}\\[\\]\":,\\\\ ]|amount|a|1|\\PC){0,60}") {
            if let Some(found) = find_object(&answer) {
                prop_assert!(members(found).is_some());
            }
        }

        // P7
        #[test]
        fn prose_around_the_object_does_not_hide_it(before in "[^{\\[]{0,40}", after in "\\PC{0,40}") {
            let answer = format!("{before}{RECEIPT}{after}");
            prop_assert_eq!(find_object(&answer), Some(RECEIPT));
        }
    }
}
