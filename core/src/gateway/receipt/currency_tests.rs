use super::*;

/// The currency that a text means for a user of this currency and region.
fn read(text: &str, preferred: &str, region: &str) -> Option<&'static str> {
    let locale = format!("en-{region}");
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
    let place = Place::new(Some(&locale), Some(preferred), today);
    choose(&[&text.to_owned()], &meanings(text, &usual(&place)), &place)
}

// P7
#[test]
fn the_tables_name_known_currencies_once() {
    let known: Vec<_> = CODES.split(' ').chain([MORE_CODES]).collect();
    let mut sorted = known.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), known.len());
    assert!(known.iter().all(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase())));
    let named = NAMES.iter().flat_map(|(_, codes)| codes.split(' ')).chain(USUAL.iter().map(|row| row.1));
    for code in named.chain(THREE_DECIMALS.split(' ')).chain([THREE_DECIMALS_ON_PAPER]) {
        assert!(known.contains(&code), "{code}");
    }
    let mut names: Vec<_> = NAMES.iter().flat_map(|(names, _)| names.split(' ')).collect();
    assert!(names.iter().all(|name| *name == plain_name(name)));
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
}

// P7
#[test]
fn codes_symbols_and_names_of_one_currency_are_read_without_hints() {
    for (text, code) in [
        ("EUR", "EUR"),
        ("usd", "USD"),
        (" Chf ", "CHF"),
        ("HRK", "HRK"),
        ("€", "EUR"),
        ("£", "GBP"),
        ("₹", "INR"),
        ("₺", "TRY"),
        ("₩", "KRW"),
        ("zł", "PLN"),
        ("Kč", "CZK"),
        ("US$", "USD"),
        ("R$", "BRL"),
        ("Euro", "EUR"),
        ("Euros", "EUR"),
        ("euro (EUR)", "EUR"),
        ("USD ($)", "USD"),
        ("$ CAD", "CAD"),
        ("US dollars", "USD"),
        ("U.S. Dollar", "USD"),
        ("British Pounds", "GBP"),
        ("Swiss francs", "CHF"),
        ("Yen", "JPY"),
    ] {
        assert_eq!(read(text, "", ""), Some(code), "{text}");
    }
}

// P7
#[test]
fn what_several_currencies_share_needs_a_hint() {
    for text in ["$", "dollars", "¥", "kr", "kr.", "Rs.", "pesos", "dinar", "Fr."] {
        assert_eq!(read(text, "", ""), None, "{text}");
        assert_eq!(read(text, "EUR", "DE"), None, "{text}");
    }
    for (text, preferred, region, code) in [
        ("$", "CAD", "", "CAD"),
        ("$", "aud", "US", "AUD"),
        ("$", "EUR", "US", "USD"),
        ("$", "", "CA", "CAD"),
        ("$", "", "EC", "USD"),
        ("$", "", "MX", "MXN"),
        ("¥", "", "JP", "JPY"),
        ("¥", "CNY", "", "CNY"),
        ("kr", "", "SE", "SEK"),
        ("kr", "", "GL", "DKK"),
        ("Rs.", "", "IN", "INR"),
        ("Fr.", "", "CH", "CHF"),
    ] {
        assert_eq!(read(text, preferred, region), Some(code), "{text} {preferred} {region}");
    }
}

// P7
#[test]
fn what_is_no_currency_or_two_means_nothing() {
    for text in ["", "XYZ", "XXX", "XAU", "BTC", "€ USD", "EUR/USD", "money", "EUR EUR2", &"€".repeat(1000)] {
        assert_eq!(read(text, "USD", "US"), None, "{text}");
    }
}
