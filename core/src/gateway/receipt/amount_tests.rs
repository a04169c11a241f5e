use super::*;
use proptest::prelude::*;

fn decimals(currencies: &[&str], locale: &str) -> Decimals {
    let place = Place::new(Some(locale), None, chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap());
    Decimals::of(currencies, &place)
}

/// The value as text, with its decimals as written.
fn read(text: &str, three_decimals: bool) -> Option<String> {
    read_in(text, if three_decimals { &["KWD"] } else { &["EUR"] }, "")
}

fn read_in(text: &str, currencies: &[&str], locale: &str) -> Option<String> {
    Some(Written::new(text)?.value(&decimals(currencies, locale))?.to_string())
}

// P7
#[test]
fn amounts_are_read_as_they_are_written_around_the_world() {
    for (text, value) in [
        ("12", "12"),
        ("12.40", "12.40"),
        ("12,4", "12.4"),
        ("0,05", "0.05"),
        (".50", "0.50"),
        ("$.50", "0.50"),
        ("1,234.56", "1234.56"),
        ("1.234,56 €", "1234.56"),
        ("$12", "12"),
        ("EUR 12,40", "12.40"),
        ("1 234,56", "1234.56"),
        ("1\u{A0}234,56", "1234.56"),
        ("1\u{202F}234\u{202F}567,89", "1234567.89"),
        ("1\u{2009}234", "1234"),
        ("1'234.56", "1234.56"),
        ("1’234’567.05", "1234567.05"),
        ("1,23,456.78", "123456.78"),
        ("12,34,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("1234567.89", "1234567.89"),
        ("12.-", "12"),
        ("12,— €", "12"),
        ("Fr. 12.--", "12"),
        ("12:- kr", "12"),
        ("Rs.500", "500"),
        ("１，２３４．５６", "1234.56"),
        ("\u{200F}12.40\u{200E}", "12.40"),
        ("12.3456", "12.3456"),
        ("500/-", "500"),
        ("Rs. 500/-", "500"),
        ("1,23,456.00", "123456.00"),
        ("1'234.50", "1234.50"),
        ("USD - 12.50", "12.50"),
        ("Total - 12.50", "12.50"),
        ("Amount – 12,50 €", "12.50"),
        ("Total -12.50", "-12.50"),
        ("EUR – 12,50", "12.50"),
        ("12.50 - USD", "12.50"),
        ("Total: 12.50 EUR", "12.50"),
        ("USD: 12.50", "12.50"),
        ("1 234,56 kr", "1234.56"),
        ("EUR12", "12"),
        ("١٬٢٣٤٫٥٠", "1234.50"),
        ("٤٫٥٠٠", "4.500"),
        ("१,२३,४५६.७८", "123456.78"),
        ("১২.৫০", "12.50"),
        ("๑๒.๕๐", "12.50"),
    ] {
        assert_eq!(read(text, false).as_deref(), Some(value), "{text}");
    }
}

// P7
#[test]
fn negative_amounts_keep_their_sign() {
    for text in
        ["-12.40", "− 12,40", "12,40-", "12.40 -", "(12.40)", "($12.40)", "$(12.40)", "-$12.40", "$-12.40", "12.40- €"]
    {
        assert_eq!(read(text, false).as_deref(), Some("-12.40"), "{text}");
    }
    assert_eq!(read("+12.40", false).as_deref(), Some("12.40"));
    assert_eq!(read("-0.00", false).as_deref(), Some("0.00"));
    assert_eq!(read("12 (EUR)", false).as_deref(), Some("12"));
}

// P7
#[test]
fn a_dash_that_may_be_a_minus_or_none_is_not_read() {
    for text in
        ["USD-12.50", "EUR–12,50", "USD- 12.50", "- USD 12.50", "12.50-EUR", "12.50 -EUR", "EUR − 12.50", "12.50 EUR -"]
    {
        assert_eq!(read(text, false), None, "{text}");
    }
    for text in ["USD -12.50", "-USD 12.50", "EUR −12.50", "12.50- EUR", "−12,50", "(USD 12.50)", "- 12.50"] {
        assert_eq!(read(text, false).as_deref(), Some("-12.50"), "{text}");
    }
}

// P7, R6
#[test]
fn the_locale_tells_the_mark_of_thousandths() {
    for (text, currency, locale, value) in [
        ("4.500", "KWD", "ar-KW", Some("4.500")),
        ("12.750", "BHD", "en-BH", Some("12.750")),
        ("12,750", "BHD", "en-BH", None),
        ("4,500", "TND", "fr-TN", Some("4.500")),
        ("4.500", "TND", "ar-TN", None),
        ("4.500", "KWD", "de-DE", None),
        ("4.500", "IQD", "ar-IQ", None),
        ("4.500", "EUR", "ar-KW", Some("4500")),
        ("1.234", "JPY", "ja-JP", Some("1234")),
        ("12.500", "OMR", "ar-OM", Some("12.500")),
        ("1,234.500", "KWD", "", Some("1234.500")),
        ("٤٫٥٠٠", "KWD", "", Some("4.500")),
        ("٤٬٥٠٠", "KWD", "", Some("4500")),
    ] {
        assert_eq!(read_in(text, &[currency], locale).as_deref(), value, "{text} {currency} {locale}");
    }
    // A model may copy a grouped number into JSON as it stands.
    for (number, currencies, value) in [
        ("45.000", &["IDR"][..], None),
        ("1.234", &["EUR"], None),
        ("1.234", &["KWD"], Some("1.234")),
        ("1.234", &[], Some("1.234")),
        ("0.500", &["EUR"], Some("0.500")),
        ("1234.567", &["EUR"], Some("1234.567")),
    ] {
        let read = from_json(number, &decimals(currencies, "")).map(|value| value.to_string());
        assert_eq!(read.as_deref(), value, "{number} {currencies:?}");
    }
}

// P7: without a currency a mark before three digits may group them, or be that of thousandths
#[test]
fn without_a_currency_one_mark_before_three_digits_is_not_read() {
    for text in ["12.750", "12,750", "1.234", "123,456", "-4.500", "(4,500)"] {
        for locale in ["", "en", "ar", "zz-ZZ"] {
            assert_eq!(read_in(text, &[], locale), None, "{text} {locale}");
        }
    }
    for currency in ["KWD", "BHD", "TND", "JOD", "OMR", "LYD", "IQD"] {
        assert_eq!(read_in("12.750", &[currency], ""), None, "{currency}");
        assert_eq!(read_in("1,012.750", &[currency], "").as_deref(), Some("1012.750"), "{currency}");
    }
    for (text, value) in [
        ("12.75", "12.75"),
        ("1.234.567", "1234567"),
        ("1,234.50", "1234.50"),
        ("0.500", "0.500"),
        ("1234.567", "1234.567"),
        ("1 234", "1234"),
        ("1.234,-", "1234"),
    ] {
        assert_eq!(read_in(text, &[], "").as_deref(), Some(value), "{text}");
    }
}

// P7
#[test]
fn one_mark_before_three_digits_groups_unless_the_currency_has_three_decimals() {
    for text in ["1.234", "1,234", "123.456"] {
        let digits = text.replace(['.', ','], "");
        assert_eq!(read(text, false), Some(digits), "{text}");
        assert_eq!(read(text, true), None, "{text}");
    }
    // These can be read in one way only.
    for (text, value) in [
        ("0.500", "0.500"),
        ("1234.567", "1234.567"),
        ("1,234.567", "1234.567"),
        ("1 234", "1234"),
        ("1.234,-", "1234"),
    ] {
        assert_eq!(read(text, true).as_deref(), Some(value), "{text}");
        assert_eq!(read(text, false).as_deref(), Some(value), "{text}");
    }
}

// P7
#[test]
fn what_is_no_amount_or_two_is_not_read() {
    for text in [
        "",
        "free",
        "12.34.56",
        "1,2,3",
        "12,34.56",
        "1.234,567,890",
        "1 234'567.8",
        "1'23",
        "12 40",
        "1  234",
        "10-12",
        "12.40/10",
        "0,123,456",
        "012.345",
        "1.2e5",
        "0¡0",
        "-12-",
        "(-12)",
        "12.40.-",
        "2 x 3.50",
        "12:30",
        "1 234.5 6",
        "99999999999999999999999999999999",
        "0.00000000000000000000000000000000001",
        &"1".repeat(1_000_000),
    ] {
        assert_eq!(read(text, false), None, "{text:.40}");
    }
}

// P7
#[test]
fn what_stands_around_the_number_is_given_back() {
    for (text, around) in
        [("US$ 12", ["US$", ""]), ("-12.40 EUR", ["", "EUR"]), ("Rs.-5/kg", ["Rs.", "/kg"]), ("(€12.-)", ["€", ""])]
    {
        assert_eq!(Written::new(text).unwrap().around, around, "{text}");
    }
}

// P7
#[test]
fn json_numbers_are_exact() {
    for (text, value) in
        [("12", "12"), ("12.40", "12.40"), ("1.5e2", "150"), ("-125E-2", "-1.25"), ("-0.0", "0.0"), ("1.234", "1.234")]
    {
        assert_eq!(
            from_json(text, &decimals(&[], "")).map(|value| value.to_string()).as_deref(),
            Some(value),
            "{text}"
        );
    }
    assert_eq!(exact("0.1").unwrap() + exact("0.2").unwrap(), exact("0.3").unwrap());
    for text in
        ["1e30", "1e-40", "1e99999999999999999999", "1e4294967295", "1e-4294967295", "1e-2147483648", &"9".repeat(40)]
    {
        assert_eq!(from_json(text, &decimals(&[], "")), None, "{text}");
    }
}

proptest! {
    // P7
    #[test]
    fn every_amount_survives_its_writing(cents in -9_999_999_999_i64..=9_999_999_999, style in 0..4) {
        let digits = format!("{:03}", cents.unsigned_abs());
        let (integer, fraction) = digits.split_at(digits.len() - 2);
        let (group, point) = [(",", "."), (".", ","), ("\u{202F}", ","), ("'", ".")][style as usize];
        let groups: Vec<_> = integer.as_bytes().rchunks(3).rev().map(|group| str::from_utf8(group).unwrap()).collect();
        let text = format!("{}{}{point}{fraction}", if cents < 0 { "-" } else { "" }, groups.join(group));
        prop_assert_eq!(Written::new(&text).unwrap().value(&decimals(&[], "")), Some(Decimal::new(cents, 2)));
    }

    // S3
    #[test]
    fn no_text_panics(text in "([0-9.,' ()+-]|[eE€]|\\PC){0,70}|-?[0-9]{1,3}[.]?[0-9]{0,3}[eE][+-]?[0-9]{1,12}", three_decimals: bool) {
        read(&text, three_decimals);
        from_json(&text, &decimals(&[], ""));
        from_exponent(&text);
    }
}
