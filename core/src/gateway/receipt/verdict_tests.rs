use super::*;
use crate::gateway::json_in_text;
use crate::gateway::receipt::place::Place;
use crate::gateway::receipt::reading::read_receipt;
pub(super) use ambiguous::AMBIGUOUS;
use chrono::NaiveDate;
use rust_decimal::Decimal;
pub(super) use samples::AGREE;

#[path = "verdict_ambiguous.rs"]
mod ambiguous;
#[path = "verdict_samples.rs"]
mod samples;

/// The receipt of these members, with its verdicts.
pub(super) fn judged(members: &str, locale: &str) -> Receipt {
    let place = Place::new(Some(locale), None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    let answer = format!(r#"{{"merchant": "A", "date": "2026-03-04", {members}}}"#);
    let mut receipt = read_receipt(json_in_text::find(&answer), &place).unwrap_or_else(|_| panic!("cut: {answer}"));
    judge(&mut receipt, place.region.as_deref());
    receipt
}

/// A verdict in one line: `agrees`, `off 0.30 Taxes`, `? Items Taxes`.
pub(super) fn said(verdict: &ReceiptVerdict) -> String {
    match verdict {
        ReceiptVerdict::Agrees => "agrees".to_owned(),
        ReceiptVerdict::Off { by, at } => format!("off {} {at:?}", by.normalize()),
        ReceiptVerdict::CannotTell { missing } => {
            missing.iter().fold("?".to_owned(), |said, part| format!("{said} {part:?}"))
        }
    }
}

fn verdict(members: &str, locale: &str) -> String {
    said(&judged(members, locale).verdict)
}

// P14
#[test]
fn receipts_of_many_countries_add_up() {
    for (name, locale, members) in AGREE {
        let receipt = judged(members, locale);
        assert_eq!(said(&receipt.verdict), "agrees", "{name}: {receipt:#?}");
        for item in receipt.items.iter().filter(|item| item.quantity.is_some() && item.unit_price.is_some()) {
            assert_eq!(item.verdict, ReceiptVerdict::Agrees, "{name}: {item:?}");
        }
    }
}

// P14: a receipt that may be meant in two ways is not said to agree
#[test]
fn receipts_that_do_not_tell_their_meaning_are_not_said_to_agree() {
    let wrong = AMBIGUOUS.iter().map(|(name, locale, members, expected)| (name, verdict(members, locale), *expected));
    let wrong: Vec<_> = wrong.filter(|(_, said, expected)| said != expected).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

// P14
#[test]
fn what_does_not_add_up_is_named_with_its_part() {
    for (members, expected) in [
        (r#""amount": 9.00, "currency": "EUR", "items": [{"total": 5.00}, {"total": 3.00}]"#, "off 1 Total"),
        (
            r#""amount": 8.00, "currency": "EUR", "items": [{"quantity": 2, "unit_price": 1.50, "total": 3.30}, {"total": 5}]"#,
            "off 0.3 Item { index: 0 }",
        ),
        (
            r#""amount": 8.00, "currency": "EUR", "subtotal": 7.00, "items": [{"total": 5.00}, {"total": 3.00}]"#,
            "off -1 Subtotal",
        ),
        (
            r#""amount": 8.56, "currency": "USD", "subtotal": 8.00, "items": [{"total": 5.00}, {"total": 3.10}],
          "taxes": [{"amount": 0.56, "included": false}]"#,
            "off 0.1 Items",
        ),
        (
            r#""amount": 11.90, "currency": "EUR", "items": [{"total": 11.90}],
          "taxes": [{"rate": 19, "base": 10.00, "amount": 2.20, "included": true}]"#,
            "off 0.3 Taxes",
        ),
        (
            r#""amount": 10.00, "currency": "EUR", "items": [{"total": 10.00}], "tendered": 20.00, "change": 9.00"#,
            "off 1 Payments",
        ),
        (
            r#""amount": 10.00, "currency": "EUR", "items": [{"total": 10.00}], "payments": [{"method": "Visa", "amount": 11.00}]"#,
            "off 1 Payments",
        ),
        (
            r#""amount": 12.40, "currency": "EUR", "items": [{"total": 12.37}], "subtotal": 12.37, "tendered": 12.40"#,
            "off 0.03 Total",
        ),
        (r#""amount": 12.35, "currency": "CHF", "items": [{"total": 12.31}], "subtotal": 12.31"#, "off 0.04 Total"),
        (
            r#""amount": 12.35, "currency": "CHF", "items": [{"total": 12.34}], "subtotal": 12.34, "payments": [{"method": "Visa", "amount": 12.35}]"#,
            "off 0.01 Total",
        ),
        (
            r#""amount": 10.70, "currency": "USD", "items": [{"total": 10.00}], "taxes": [{"amount": 0.70, "included": true}]"#,
            "off 0.7 Total",
        ),
    ] {
        assert_eq!(verdict(members, ""), expected, "{members}");
    }
}

// P14: nothing contradicts, and not all is proven
#[test]
fn what_cannot_be_checked_is_not_said_to_agree() {
    for (members, expected) in [
        (r#""amount": null, "items": [{"total": 5.00}]"#, "? Total"),
        (r#""amount": 5.00"#, "? Items"),
        (r#""amount": 5.00, "subtotal": 5.00"#, "? Items"),
        (r#""amount": 5.00, "payments": [{"method": "Visa", "amount": 5.00}]"#, "? Items"),
        (r#""amount": 8.00, "items": [{"total": 5.00}, {"description": "B"}]"#, "? Items"),
        (r#""amount": 8.00, "items": [{"total": 5.00}, {"total": "3.0.0"}]"#, "? Items"),
        (r#""amount": 5.00, "items": [{"unit_price": 2.50, "total": 5.00}]"#, "? Items"),
        (r#""amount": 5.00, "items": [{"total": 5.00}], "taxes": [{"amount": 0.40, "included": true}]"#, "? Taxes"),
        (
            r#""amount": 5.00, "items": [{"total": 5.00}], "taxes": [{"base": 3.00, "amount": 0.40, "included": true}]"#,
            "? Taxes",
        ),
        (r#""amount": 5.00, "items": [{"total": 5.00}], "tendered": 10.00"#, "? Payments"),
        (r#""amount": 5.00, "items": [{"total": 5.00}], "tip": 1.00"#, "? Tip"),
        (r#""amount": 5.00, "items": [{"total": 5.00}], "tip": "1 or 2""#, "? Tip"),
        (
            r#""amount": 5.00, "items": [{"total": 5.00}], "taxes": [{"rate": 25, "base": 3.00, "amount": 0.60, "included": true}]"#,
            "? Taxes",
        ),
        (
            r#""amount": 22.95, "currency": "CAD", "items": [{"total": 19.97}], "subtotal": 19.97, "tendered": 22.95,
            "taxes": [{"rate": 5, "base": 19.97, "amount": 1.00}, {"rate": 9.975, "base": 19.97, "amount": 1.98}]"#,
            "? Taxes",
        ),
        (r#""amount": 12.35, "currency": "CHF", "items": [{"total": 7.80}, {"total": 4.54}]"#, "? Rounding"),
        (r#""amount": 5.00, "items": [{"total": 5.00}], "discounts": [{"name": "10 %"}]"#, "? Items Discounts"),
        (
            r#""amount": 5.50, "items": [{"total": 6.50}, {"total": -0.50}], "discounts": [{"amount": 0.50}]"#,
            "? Discounts",
        ),
        (r#""amount": 99999999999999999999, "items": [{"total": 99999999999999999999}]"#, "?"),
    ] {
        assert_eq!(verdict(members, ""), expected, "{members}");
    }
}

// P14
#[test]
fn each_line_has_its_own_verdict() {
    for (item, expected) in [
        (r#"{"quantity": 3, "unit_price": 1.50, "total": 4.50}"#, "agrees"),
        (r#"{"unit_price": 1.50, "total": 1.50}"#, "agrees"),
        (r#"{"quantity": "0,456 kg", "unit_price": "3,99", "total": "1,82"}"#, "agrees"),
        (r#"{"quantity": "0,456 kg", "unit_price": "3,99", "total": "1,81"}"#, "agrees"),
        (r#"{"quantity": "0,456 kg", "unit_price": "3,99", "total": "1,83"}"#, "off 0.01 Item { index: 0 }"),
        (r#"{"quantity": 2, "unit_price": 1.50, "total": 3.01}"#, "off 0.01 Item { index: 0 }"),
        (r#"{"quantity": 2, "unit_price": 1.50, "total": -3.00}"#, "agrees"),
        (r#"{"quantity": -2, "unit_price": 1.50, "total": -3.00}"#, "agrees"),
        (r#"{"quantity": 2, "unit_price": 1.50, "total": -3.20}"#, "off -0.2 Item { index: 0 }"),
        (r#"{"quantity": 2, "total": 3.00}"#, "? Item { index: 0 }"),
        (r#"{"quantity": 2, "unit_price": 1.50}"#, "? Item { index: 0 }"),
        (r#"{"description": "B"}"#, "? Item { index: 0 }"),
    ] {
        let receipt = judged(&format!(r#""amount": 1, "currency": "EUR", "items": [{item}]"#), "");
        assert_eq!(said(&receipt.items[0].verdict), expected, "{item}");
    }
    let yen =
        judged(r#""amount": 1, "currency": "JPY", "items": [{"quantity": 0.3, "unit_price": 198, "total": 59}]"#, "");
    assert_eq!(yen.items[0].verdict, ReceiptVerdict::Agrees);
}

// P14: a verdict changes nothing
#[test]
fn a_verdict_leaves_every_field_as_it_was_read() {
    for (name, locale, members) in AGREE {
        let place = Place::new(Some(locale), None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
        let answer = format!(r#"{{"merchant": "A", "date": "2026-03-04", {members}}}"#);
        let before = read_receipt(json_in_text::find(&answer), &place).unwrap_or_default();
        let mut after = judged(members, locale);
        after.verdict = before.verdict.clone();
        after.items.iter_mut().for_each(|item| item.verdict = ReceiptVerdict::default());
        assert_eq!(after, before, "{name}");
    }
}

// P14: what the user corrected is judged as if it had been read so
#[test]
fn a_corrected_receipt_is_judged_again() {
    let members = r#""amount": 9.00, "currency": "EUR", "tip": "1 or 2",
        "items": [{"quantity": 2, "unit_price": 1.50, "total": 3.30}, {"total": 5.00}]"#;
    let mut receipt = judged(members, "de-DE");
    assert_eq!(said(&receipt.verdict), "off 0.3 Item { index: 0 }");
    receipt.items[0].total = Some(Decimal::new(300, 2));
    let receipt = judge_receipt(receipt, Some("de-DE".to_owned()));
    assert_eq!(said(&receipt.verdict), "off 1 Total");
    assert_eq!(receipt.items[0].verdict, ReceiptVerdict::Agrees);
    let filled_in = Receipt { tip: Some(Decimal::ONE), ..receipt.clone() };
    assert_eq!(said(&judge_receipt(filled_in, None).verdict), "agrees");
    let corrected = judge_receipt(Receipt { amount: Some(Decimal::from(8)), ..receipt }, None);
    assert_eq!(said(&corrected.verdict), "? Tip");
}

// P14: in some regions totals in euro are rounded to a coin
#[test]
fn a_receipt_is_judged_with_the_locale_of_its_scan() {
    let members = r#""amount": 3.35, "currency": "EUR", "items": [{"total": 1.19}, {"total": 2.17}], "tendered": 3.35"#;
    let receipt = judged(members, "fi-FI");
    assert_eq!(said(&judge_receipt(receipt.clone(), Some("fi-FI".to_owned())).verdict), "? Rounding");
    assert_eq!(said(&judge_receipt(receipt, Some("de-DE".to_owned())).verdict), "off -0.01 Total");
}

// P14: an amount that is too large for any receipt leaves no old verdict behind
#[test]
fn a_receipt_beyond_reason_has_no_verdict() {
    let mut receipt = judged(r#""amount": 5.00, "items": [{"unit_price": 5.00, "total": 5.00}]"#, "");
    assert_eq!(said(&receipt.verdict), "agrees");
    receipt.amount = Some(Decimal::MAX);
    let receipt = judge_receipt(receipt, None);
    assert_eq!((said(&receipt.verdict), said(&receipt.items[0].verdict)), ("?".to_owned(), "?".to_owned()));
}
