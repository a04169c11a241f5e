use super::*;
use crate::gateway::json_in_text;
use crate::gateway::receipt::ReceiptItem;
use proptest::prelude::*;

fn hints(locale: &str, currency: &str) -> Place {
    let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    Place::new(Some(locale), Some(currency).filter(|code| !code.is_empty()), today)
}

fn nowhere() -> Place {
    hints("", "")
}

fn read(answer: &str, place: &Place) -> Receipt {
    read_receipt(json_in_text::find(answer), place).unwrap_or_else(|Cut| panic!("cut off: {answer:.300}"))
}

/// The amount and the currency of an answer with these members.
fn money(members: &str, hints: &Place) -> (Option<String>, Option<String>) {
    let reading = read(&format!("{{{members}}}"), hints);
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
    let expected = Receipt {
        merchant: Some("Café Étoile".to_owned()),
        date: NaiveDate::from_ymd_opt(2026, 3, 4),
        date_text: Some("04.03.2026".to_owned()),
        amount: Some(Decimal::new(123_456, 2)),
        amount_text: Some("1.234,56 €".to_owned()),
        currency: Some("EUR".to_owned()),
        currency_text: Some("eur".to_owned()),
        category: Some("food".to_owned()),
        confidence: Some(0.93),
        items: vec![ReceiptItem { total: Some(Decimal::ONE), ..ReceiptItem::default() }],
        ..Receipt::default()
    };
    assert_eq!(read(answer, &nowhere()), expected);
}

// P7
#[test]
fn other_names_for_the_fields_are_understood() {
    let answer = r#"{"receipt": {"vendor": "A", "Transaction Date": "2026-03-04", "amount": null, "grandTotal": 12.40, "currency_code": "usd"}}"#;
    let reading = read(answer, &nowhere());
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
        assert_eq!(read(&format!("{{{}}}", members.join(",")), &nowhere()), Receipt::default(), "{nothing}");
    }
}

// P7
#[test]
fn what_cannot_be_read_keeps_its_text() {
    let answer = r#"{"merchant": {"name": "A"}, "date": "03/04/2026", "amount": "12.34.56", "currency": "$", "category": [], "confidence": "high"}"#;
    let expected = Receipt {
        merchant: Some("A".to_owned()),
        date_text: Some("03/04/2026".to_owned()),
        amount_text: Some("12.34.56".to_owned()),
        currency_text: Some("$".to_owned()),
        ..Receipt::default()
    };
    assert_eq!(read(answer, &nowhere()), expected);
    let answer = r#"{"amount": {"value": 1}, "date": "\ud800", "currency": true}"#;
    let expected = Receipt {
        date_text: Some(r"\ud800".to_owned()),
        amount_text: Some(r#"{"value": 1}"#.to_owned()),
        currency_text: Some("true".to_owned()),
        ..Receipt::default()
    };
    assert_eq!(read(answer, &nowhere()), expected);
    let cut = json_in_text::find(r#"{"amount": 12.40, "merchant": "cut o"#);
    assert_eq!(read_receipt(cut, &nowhere()), Err(Cut));
}

// P7
#[test]
fn amounts_are_decimal_whatever_their_json() {
    let members = r#""total": 79228162514264337593543950.335, "currency": "EUR""#;
    assert_eq!(money(members, &nowhere()), pair("79228162514264337593543950.335", "EUR"));
    for (amount, expected) in [
        ("12", "12"),
        ("0.1", "0.1"),
        ("12.40", "12.40"),
        ("1.5e2", "150"),
        (r#""1.5e2""#, "150"),
        ("-3", "-3"),
        ("1e99", ""),
    ] {
        assert_eq!(money(&format!("\"amount\": {amount}"), &nowhere()), pair(expected, ""), "{amount}");
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
        assert_eq!(money(members, &nowhere()), pair(amount, currency), "{members}");
    }
    assert_eq!(read(r#"{"amount": "$12"}"#, &nowhere()).currency_text.as_deref(), Some("$"));
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
        (r#""amount": "1.234""#, "", "", ""),
        (r#""amount": "12.750""#, "", "", ""),
        (r#""amount": "12,750""#, "EUR", "12750", ""),
        (r#""amount": "$12,750""#, "", "12750", ""),
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
        let reading = read(r#"{"date": "03/04/2026", "currency": "$"}"#, &hints(locale, ""));
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
        let reading = read(&format!("{{\"merchant\": null, \"confidence\": {text}}}"), &nowhere());
        assert_eq!(reading.confidence, expected, "{text}");
    }
}

// S3: a value that is longer than any of its kind
#[test]
fn hostile_values_are_not_read() {
    for piece in ["1", "1,", "9.", "$", "(", "a ", "-", " ", "\u{A0}", "1/", "年", "[", "é"] {
        let long = piece.repeat(100_000 / piece.len());
        let answer =
            format!(r#"{{"amount": "{long}", "currency": "{long}", "date": "{long}", "confidence": "{long}"}}"#);
        let reading = read(&answer, &hints(&long, &long));
        assert_eq!((reading.amount, reading.currency, reading.date), (None, None, None), "{piece}");
    }
}

proptest! {
    // S3
    #[test]
    fn no_values_panic(amount in "\\PC{0,20}", currency in "\\PC{0,20}", date in "\\PC{0,20}", locale in "\\PC{0,12}") {
        let answer = serde_json::json!({ "amount": amount, "currency": currency, "date": date, "merchant": date });
        read(&answer.to_string(), &hints(&locale, &currency));
        let bare = format!("{{\"amount\":{amount},\"date\":\"{date}\"}}");
        _ = read_receipt(json_in_text::find(&bare), &hints(&locale, &currency));
    }
}

// P7, R6, R7
#[test]
fn amounts_are_read_in_their_locale() {
    for (members, locale, amount, currency) in [
        (r#""amount": "4.500", "currency": "KWD""#, "ar-KW", "4.500", "KWD"),
        (r#""amount": "4.500""#, "ar-KW", "4.500", ""),
        (r#""amount": "12,750", "currency": "BHD""#, "en-BH", "", "BHD"),
        (r#""amount": "USD - 12.50""#, "", "12.50", "USD"),
        (r#""amount": "EUR – 12,50""#, "", "12.50", "EUR"),
        (r#""amount": "-12.50", "currency": "EUR""#, "", "-12.50", "EUR"),
        (r#""amount": "(12.50)", "currency": "EUR""#, "", "-12.50", "EUR"),
        (r#""amount": "Rs. 500/-""#, "en-IN", "500", "INR"),
        (r#""amount": "₹ 1,23,456.00""#, "", "123456.00", "INR"),
        (r#""amount": 45.000, "currency": "IDR""#, "", "", "IDR"),
        (r#""amount": "Rp 45.000""#, "id-ID", "45000", "IDR"),
        (r#""amount": "Le 120""#, "en-SL", "120", "SLE"),
        (r#""amount": "Le 120""#, "", "120", ""),
        (r#""amount": "SR 120""#, "en-SC", "120", "SCR"),
        (r#""amount": "SR 120""#, "ar-SA", "120", "SAR"),
        (r#""amount": "SR 120""#, "", "120", ""),
        (r#""amount": "£120""#, "ar-EG", "120", "EGP"),
        (r#""amount": "£120""#, "en-GB", "120", "GBP"),
        (r#""amount": "£120""#, "", "120", "GBP"),
        (r#""amount": "L 120""#, "es-HN", "120", "HNL"),
        (r#""amount": "L 120", "currency": "HNL""#, "", "120", "HNL"),
        (r#""amount": "12 L", "currency": "EUR""#, "", "", "EUR"),
        (r#""amount": "Q120""#, "es-GT", "120", "GTQ"),
        (r#""amount": "120 KM""#, "bs-BA", "120", "BAM"),
        (r#""amount": "RD$ 120""#, "", "120", "DOP"),
        (r#""amount": "Tk 120""#, "bn-BD", "120", "BDT"),
        (r#""amount": "USD$ 120""#, "", "120", "USD"),
        (r#""amount": "CAD$120""#, "", "120", "CAD"),
        (r#""amount": "120 kr""#, "sv-SE", "120", "SEK"),
        (r#""amount": "R$ 1.234,56""#, "", "1234.56", "BRL"),
        (r#""amount": "¥1,234""#, "ja-JP", "1234", "JPY"),
        (r#""amount": "¥1,234""#, "zh-CN", "1234", "CNY"),
        (r#""amount": "¥1,234""#, "", "1234", ""),
        (r#""amount": "99p""#, "en-GB", "", ""),
        (r#""amount": "$ 120", "currency": "MXN""#, "en-US", "120", "MXN"),
        (r#""amount": "﷼ 120""#, "ar-OM", "120", "OMR"),
        (r#""amount": "C$ 120""#, "es-NI", "120", "NIO"),
        (r#""amount": "S/ 12.50""#, "", "12.50", "PEN"),
        (r#""amount": "B/. 12.50""#, "", "12.50", "PAB"),
    ] {
        assert_eq!(money(members, &hints(locale, "")), pair(amount, currency), "{members} {locale}");
    }
}

// P11
#[test]
fn keys_that_differ_are_not_read() {
    for (members, amount) in [
        (r#""merchant": "A", "total_paid": 12.5"#, "12.5"),
        (r#""merchant": "A", "amount": 12.5, "total": "12.50 EUR""#, "12.5"),
        (r#""merchant": "A", "amount": 10, "total": 12.5"#, ""),
        (r#""merchant": "A", "subtotal": 10, "tax": 2, "tip": 1"#, ""),
        (r#""merchant": "A", "amount_paid": 20, "change": 7.5"#, ""),
        (r#""merchant": "A", "total": 12.5, "amount_paid": 20, "change": 7.5"#, "12.5"),
        (r#""merchant": "A", "amount": 10, "amount": 12.5"#, "12.5"),
        (r#""shop": "Cafe Nord", "total_to_pay": 12.5, "vat": {"rate": "19%", "amount": 2.0}"#, "12.5"),
    ] {
        assert_eq!(money(members, &nowhere()).0, pair(amount, "").0, "{members}");
    }
    let shop = read(r#"{"merchant": {"name": "Cafe Nord", "address": "x"}, "amount": 1}"#, &nowhere());
    assert_eq!(shop.merchant.as_deref(), Some("Cafe Nord"));
}

// P8
#[test]
fn a_pound_is_britains_only_where_no_other_is_likely() {
    for (locale, currency) in [("", "GBP"), ("en", "GBP"), ("de-DE", "GBP"), ("ar-EG", "EGP"), ("ar", ""), ("nus", "")]
    {
        assert_eq!(money(r#""amount": "£12.50""#, &hints(locale, "")), pair("12.50", currency), "{locale}");
    }
}
