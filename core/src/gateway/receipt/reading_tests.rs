use super::*;
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn hints(locale: &str, currency: &str) -> Hints {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Hints { locale: some(locale), currency: some(currency) }
}

/// The amount and the currency of an answer with these members.
fn money(members: &str, hints: &Hints) -> (Option<String>, Option<String>) {
    let reading = read_receipt(&format!("{{{members}}}"), hints);
    (reading.amount.map(|amount| amount.to_string()), reading.currency)
}

fn pair(amount: &str, currency: &str) -> (Option<String>, Option<String>) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    (some(amount), some(currency))
}

// P7
#[test]
fn the_answer_asked_for_is_read_whole() {
    let answer = r#"Here it is:
        ```json
        {"amount": "1.234,56 €", "currency": "eur", "date": "04.03.2026", "merchant": " Café \u00c9toile ", "category": "food",
         "confidence": 0.93, "items": [{"amount": 1}]}
        ```"#;
    let expected = Reading {
        merchant: Some("Café Étoile".to_owned()),
        date: NaiveDate::from_ymd_opt(2026, 3, 4),
        date_text: Some("04.03.2026".to_owned()),
        amount: Some(Decimal::new(123_456, 2)),
        amount_text: Some("1.234,56 €".to_owned()),
        currency: Some("EUR".to_owned()),
        currency_text: Some("eur".to_owned()),
        category: Some("food".to_owned()),
        confidence: Some(0.93),
    };
    assert_eq!(read_receipt(answer, &Hints::default()), expected);
}

// P7
#[test]
fn other_names_for_the_fields_are_understood() {
    let answer = r#"{"receipt": {"vendor": "A", "Transaction Date": "2026-03-04", "amount": null, "grandTotal": 12.40, "currency_code": "usd"}}"#;
    let reading = read_receipt(answer, &Hints::default());
    assert_eq!(reading.merchant.as_deref(), Some("A"));
    assert_eq!(reading.date, NaiveDate::from_ymd_opt(2026, 3, 4));
    assert_eq!((reading.amount, reading.currency.as_deref()), (Some(Decimal::new(1240, 2)), Some("USD")));
}

// P7
#[test]
fn what_says_nothing_is_none() {
    for nothing in ["null", r#""""#, r#"" ""#, r#""N/A""#, r#""unknown""#, r#""None""#, r#""-""#] {
        let keys = ["merchant", "date", "amount", "currency", "category", "confidence"];
        let members: Vec<_> = keys.iter().map(|key| format!("\"{key}\": {nothing}")).collect();
        assert_eq!(
            read_receipt(&format!("{{{}}}", members.join(",")), &Hints::default()),
            Reading::default(),
            "{nothing}"
        );
    }
}

// P7
#[test]
fn what_cannot_be_read_keeps_its_text() {
    let answer = r#"{"merchant": {"name": "A"}, "date": "03/04/2026", "amount": "12.34.56", "currency": "$", "category": [], "confidence": "high"}"#;
    let expected = Reading {
        date_text: Some("03/04/2026".to_owned()),
        amount_text: Some("12.34.56".to_owned()),
        currency_text: Some("$".to_owned()),
        ..Reading::default()
    };
    assert_eq!(read_receipt(answer, &Hints::default()), expected);
    let answer = r#"{"amount": {"value": 1}, "date": "\ud800", "currency": true}"#;
    let expected = Reading {
        date_text: Some(r#""\ud800""#.to_owned()),
        amount_text: Some(r#"{"value": 1}"#.to_owned()),
        currency_text: Some("true".to_owned()),
        ..Reading::default()
    };
    assert_eq!(read_receipt(answer, &Hints::default()), expected);
    assert_eq!(read_receipt(r#"{"amount": 12.40, "merchant": "cut o"#, &Hints::default()), Reading::default());
}

// P7
#[test]
fn amounts_are_decimal_whatever_their_json() {
    let members = r#""total": 79228162514264337593543950.335, "currency": "EUR""#;
    assert_eq!(money(members, &Hints::default()), pair("79228162514264337593543950.335", "EUR"));
    for (amount, expected) in [
        ("12", "12"),
        ("0.1", "0.1"),
        ("12.40", "12.40"),
        ("1.5e2", "150"),
        (r#""1.5e2""#, "150"),
        ("-3", "-3"),
        ("1e99", ""),
    ] {
        assert_eq!(money(&format!("\"amount\": {amount}"), &Hints::default()), pair(expected, ""), "{amount}");
    }
}

// P7
#[test]
fn the_amounts_text_may_carry_the_currency() {
    for (members, amount, currency) in [
        (r#""amount": "€ 12,40""#, "12.40", "EUR"),
        (r#""amount": "12.40 usd""#, "12.40", "USD"),
        (r#""amount": "US$ 12", "currency": "$""#, "12", "USD"),
        (r#""amount": "$12 CAD""#, "12", "CAD"),
        (r#""amount": "$12""#, "12", ""),
        (r#""amount": "£12", "currency": "USD""#, "12", ""),
        (r#""amount": "12,40 €", "currency": null"#, "12.40", "EUR"),
        (r#""amount": "3 x 4.50""#, "", ""),
        (r#""amount": "--12""#, "", ""),
        (r#""amount": "12 kg", "currency": "EUR""#, "", "EUR"),
        (r#""amount": "about 12 EUR""#, "", ""),
    ] {
        assert_eq!(money(members, &Hints::default()), pair(amount, currency), "{members}");
    }
    assert_eq!(read_receipt(r#"{"amount": "$12"}"#, &Hints::default()).currency_text.as_deref(), Some("$"));
}

// P7
#[test]
fn the_currency_decides_what_a_mark_before_three_digits_means() {
    for (members, currency_hint, amount, currency) in [
        (r#""amount": "1.234", "currency": "EUR""#, "", "1234", "EUR"),
        (r#""amount": "1.234", "currency": "kwd""#, "", "", "KWD"),
        (r#""amount": 1.234, "currency": "KWD""#, "", "1.234", "KWD"),
        (r#""amount": "1,234 KD""#, "", "", "KWD"),
        (r#""amount": "1.234", "currency": "dinar""#, "", "", ""),
        (r#""amount": "1.234""#, "bhd", "", ""),
        (r#""amount": "1.234", "currency": "EUR""#, "BHD", "1234", "EUR"),
        (r#""amount": "1.234""#, "", "1234", ""),
    ] {
        assert_eq!(money(members, &hints("", currency_hint)), pair(amount, currency), "{members} {currency_hint}");
    }
}

// P7
#[test]
fn the_locale_decides_what_is_ambiguous() {
    for (locale, date, currency) in [
        ("", None, None),
        ("en", None, None),
        ("en-US", Some("2026-03-04"), Some("USD")),
        ("en_US.UTF-8", Some("2026-03-04"), Some("USD")),
        ("en-AU", Some("2026-04-03"), Some("AUD")),
        ("en-CA", None, Some("CAD")),
        ("zh-Hant-TW", None, Some("TWD")),
        ("de-DE", Some("2026-04-03"), None),
        ("de", Some("2026-04-03"), None),
        ("es-419", None, None),
        ("en-u-rg-uszzzz", None, None),
        ("\0", None, None),
    ] {
        let reading = read_receipt(r#"{"date": "03/04/2026", "currency": "$"}"#, &hints(locale, ""));
        assert_eq!(reading.date.map(|date| date.to_string()).as_deref(), date, "{locale}");
        assert_eq!(reading.currency.as_deref(), currency, "{locale}");
    }
    assert_eq!(money(r#""currency": "$""#, &hints("en-US", "CAD")), pair("", "CAD"));
    assert_eq!(money(r#""currency": "$""#, &hints("en-US", "EUR")), pair("", "USD"));
    // A hint never stands in for what the receipt does not say.
    assert_eq!(money(r#""amount": 1"#, &hints("en-US", "USD")), pair("1", ""));
}

// P7
#[test]
fn confidence_is_a_share_of_one() {
    for (text, expected) in [
        ("0.9", Some(0.9)),
        ("1", Some(1.0)),
        ("0", Some(0.0)),
        ("90", Some(0.9)),
        (r#""0.9""#, Some(0.9)),
        (r#""0,9""#, Some(0.9)),
        (r#""90%""#, Some(0.9)),
        (r#""5 %""#, Some(0.05)),
        (r#""high""#, None),
        ("7", None),
        ("-1", None),
        ("101", None),
        (r#""nan""#, None),
        (r#""inf""#, None),
        ("1e400", None),
        ("true", None),
    ] {
        let reading = read_receipt(&format!("{{\"confidence\": {text}}}"), &Hints::default());
        assert_eq!(reading.confidence, expected, "{text}");
    }
}

// S3
#[test]
fn hostile_values_take_linear_time() {
    let start = Instant::now();
    for piece in ["1", "1,", "9.", "$", "(", "a ", "-", " ", "\u{A0}", "1/", "年", "[", "é"] {
        let long = piece.repeat(100_000 / piece.len());
        let answer =
            format!(r#"{{"amount": "{long}", "currency": "{long}", "date": "{long}", "confidence": "{long}"}}"#);
        let reading = read_receipt(&answer, &hints(&long, &long));
        assert_eq!((reading.amount, reading.currency, reading.date), (None, None, None), "{piece}");
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

proptest! {
    // S3
    #[test]
    fn no_values_panic(amount in "\\PC{0,20}", currency in "\\PC{0,20}", date in "\\PC{0,20}", locale in "\\PC{0,12}") {
        let answer = serde_json::json!({ "amount": amount, "currency": currency, "date": date, "merchant": date });
        read_receipt(&answer.to_string(), &hints(&locale, &currency));
        read_receipt(&format!("{{\"amount\":{amount},\"date\":\"{date}\"}}"), &hints(&locale, &currency));
    }
}
