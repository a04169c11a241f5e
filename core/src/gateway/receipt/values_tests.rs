use super::*;
use crate::gateway::receipt::place::Place;
use chrono::NaiveDate;
use proptest::prelude::*;

fn decimals(own: Option<char>) -> Decimals {
    let place = Place::new(None, None, NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    Decimals::of(&["EUR"], &place).shown(own)
}

// P13
#[test]
fn quantities_are_read_with_their_units() {
    for (text, own, value, unit) in [
        ("2", None, Some("2"), None),
        ("2.0", None, Some("2.0"), None),
        ("2x", None, Some("2"), None),
        ("x 2", None, Some("2"), None),
        ("2 ×", None, Some("2"), None),
        ("0,456 kg", None, Some("0.456"), Some("kg")),
        ("3 pcs", None, Some("3"), Some("pcs")),
        ("3 Stk.", None, Some("3"), Some("Stk.")),
        ("-1", None, Some("-1"), None),
        ("1,5 m²", None, Some("1.5"), Some("m²")),
        ("1,250 kg", Some(','), Some("1.250"), Some("kg")),
        ("1.250 kg", Some(','), Some("1250"), Some("kg")),
        ("1,250 kg", None, None, None),
        ("٣", None, Some("3"), None),
        ("two", None, None, None),
        ("2 of 3", None, None, None),
        ("about 2", None, None, None),
        ("2 kg net each and every one", None, None, None),
        ("", None, None, None),
    ] {
        let read = quantity(text, &decimals(own));
        let expected = value.map(|value| Quantity { value: value.parse().unwrap(), unit: unit.map(str::to_owned) });
        assert_eq!(read, expected, "{text}");
    }
}

// P13
#[test]
fn products_are_taken_apart() {
    for (text, expected) in [
        ("2 x 1,50", Some(("2", "1,50"))),
        ("2x1.50 EUR", Some(("2", "1.50 EUR"))),
        ("2 @ 1.50", Some(("2", "1.50"))),
        ("0,456 kg × 3,99 €/kg", Some(("0,456 kg", "3,99 €/kg"))),
        ("2 * €1.50", Some(("2", "€1.50"))),
        ("2x", None),
        ("1.50", None),
        ("2 x 3 x 4", None),
        ("3 boxes 2", None),
    ] {
        assert_eq!(product(text), expected, "{text}");
    }
}

// P13
#[test]
fn rates_are_in_percent() {
    let is_19 = |rate: Decimal| rate == Decimal::from(19);
    for (text, expected) in [
        ("19", Some("19")),
        ("19%", Some("19")),
        ("19,0 %", Some("19.0")),
        ("8.875", Some("8.875")),
        ("9.975 %", Some("9.975")),
        ("2.5", Some("2.5")),
        ("0", Some("0")),
        ("0.19", Some("19")),
        ("0.07", None),
        ("0,5 %", Some("0.5")),
        ("101", None),
        ("-19", None),
        ("A", None),
        ("19 EUR", None),
    ] {
        let read = rate(text, &decimals(Some('.')), is_19);
        assert_eq!(read.map(|rate| rate.to_string()).as_deref(), expected, "{text}");
    }
}

// P13, S1: no more of a card's number than its last four digits
#[test]
fn of_a_card_only_the_last_four_digits_are_kept() {
    for (text, expected) in [
        ("4821", Some("4821")),
        ("**** **** **** 4821", Some("4821")),
        ("XXXXXXXXXXXX4821", Some("4821")),
        ("4111 1111 1111 4821", Some("4821")),
        ("#0042", Some("0042")),
        ("482", None),
        ("4821*", None),
        ("12/2026", None),
        ("12.4821", None),
        ("****", None),
        ("", None),
        ("é1", None),
    ] {
        assert_eq!(last_four(text).as_deref(), expected, "{text}");
    }
}

// P13
#[test]
fn times_are_as_exact_as_they_are_printed() {
    for (text, expected) in [
        ("09:41", Some("09:41")),
        ("9:41", Some("09:41")),
        ("09:41:07", Some("09:41:07")),
        ("9:41 PM", Some("21:41")),
        ("12:05 am", Some("00:05")),
        ("12:05 p.m.", Some("12:05")),
        ("21:41 PM", Some("21:41")),
        ("午後2:05", Some("14:05")),
        ("18:30 Uhr", Some("18:30")),
        ("18.30 Uhr", Some("18:30")),
        ("18.30", Some("18:30")),
        ("9h41", Some("09:41")),
        ("2026-03-04T09:41:00+01:00", Some("09:41:00")),
        ("2026-03-04T09:41:00-05:00", Some("09:41:00")),
        ("2026-03-04T09:41:00.123Z", Some("09:41:00")),
        ("2026-03-04 09:41", Some("09:41")),
        ("٠٩:٤١", Some("09:41")),
        ("09：41", Some("09:41")),
        ("14.03.26", None),
        ("24:00", None),
        ("12:60", None),
        ("12:5", None),
        ("21:41 AM", None),
        ("0:30 PM", None),
        ("09:41 - 10:20", None),
        ("09:41:07:11", None),
        ("noon", None),
        ("9", None),
        ("", None),
    ] {
        assert_eq!(time(text).as_deref(), expected, "{text}");
    }
}

// P13
#[test]
fn kinds_and_languages_are_those_that_are_known() {
    for (text, expected) in [
        ("sale", Some(ReceiptKind::Sale)),
        ("Refund", Some(ReceiptKind::Refund)),
        ("credit note", Some(ReceiptKind::Refund)),
        ("tax_invoice", Some(ReceiptKind::Invoice)),
        ("order", Some(ReceiptKind::Order)),
        ("other", Some(ReceiptKind::Other)),
        ("sale or refund", None),
        ("", None),
    ] {
        assert_eq!(kind(text), expected, "{text}");
    }
    for (text, expected) in [
        ("de", Some("de")),
        ("en_US", Some("en-US")),
        ("zh-Hant-TW", Some("zh-Hant-TW")),
        ("German", None),
        ("de, fr", None),
        ("", None),
    ] {
        assert_eq!(language(text).as_deref(), expected, "{text}");
    }
}

proptest! {
    // S3
    #[test]
    fn no_text_panics(text in "([0-9.,:xX×*@/% apmh+-]|\\PC){0,70}") {
        quantity(&text, &decimals(None));
        product(&text);
        per_unit(&text);
        rate(&text, &decimals(Some(',')), |_| false);
        last_four(&text);
        kind(&text);
        language(&text);
        time(&text);
    }
}
