//! The currency of a receipt, by the codes and signs on it.

use std::collections::BTreeMap;

/// Signs of one currency.
const SIGNS: [(&str, &str); 10] = [
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("฿", "THB"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("R$", "BRL"),
    ("NT$", "TWD"),
    ("KD", "KWD"),
];
/// Signs of several currencies. Which one it is, the reader of the answer knows better, as with a model's answer.
const SHARED: [&str; 4] = ["$", "¥", "円", "kr"];
const CODES: [&str; 24] = [
    "EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "INR", "BRL",
    "MXN", "SGD", "HKD", "ZAR", "SAR", "KWD", "TWD", "THB",
];

/// The currency that is named most often: its code, or a sign that several currencies share. A code counts for more than any sign.
pub(super) fn find(lines: &[String]) -> Option<&'static str> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for word in lines.iter().flat_map(|line| line.split_whitespace()) {
        let sign = word.trim_matches(|char: char| char.is_ascii_digit() || char.is_ascii_punctuation() && char != '$');
        if let Some(code) = CODES.iter().find(|code| **code == sign) {
            *votes.entry(code).or_default() += 1000;
        } else if let Some(named) = meaning(sign) {
            *votes.entry(named).or_default() += 1;
        }
    }
    votes.into_iter().max_by_key(|(_, votes)| *votes).map(|(code, _)| code)
}

fn meaning(sign: &str) -> Option<&'static str> {
    let own = SIGNS.iter().find(|(known, _)| *known == sign).map(|(_, code)| *code);
    own.or_else(|| SHARED.iter().find(|known| **known == sign).copied())
}

/// The decimals of amounts in a currency.
pub(super) fn decimals(currency: Option<&str>) -> u32 {
    match currency {
        Some("JPY" | "¥" | "円" | "TWD") => 0,
        Some("KWD") => 3,
        _ => 2,
    }
}

/// Whether a word is a currency's code or sign and nothing else.
pub(super) fn is_sign(word: &str) -> bool {
    CODES.contains(&word) || meaning(word).is_some()
}

/// A number without the sign or code that touches it.
pub(super) fn without_sign(number: &str) -> &str {
    let signs = || CODES.iter().copied().chain(SIGNS.iter().map(|(sign, _)| *sign)).chain(SHARED);
    let longest = |found: &dyn Fn(&str) -> bool| signs().filter(|sign| found(sign)).map(str::len).max().unwrap_or(0);
    let before = longest(&|sign| number.starts_with(sign));
    let number = &number[before..];
    let after = longest(&|sign| number.ends_with(sign));
    &number[..number.len() - after]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_currency_is_named_by_a_code_or_else_by_a_sign() {
        for (text, currency) in [
            ("SUMME 1.234,56 €", Some("EUR")),
            ("CAD $5.00 $6.00", Some("CAD")),
            ("TOTAL R$ 16,16", Some("BRL")),
            ("TOTAL NT$1,240", Some("TWD")),
            ("Burger $11.95 Total $12", Some("$")),
            ("TOTALT 99,00 kr", Some("kr")),
            ("TOPLAM ₺90,00 KDV 20%", Some("TRY")),
            ("SUMME 12,40", None),
        ] {
            assert_eq!(find(&[text.to_owned()]), currency, "{text}");
        }
        assert_eq!(without_sign("NT$1,240"), "1,240");
        assert_eq!(without_sign("12,40zł"), "12,40");
    }
}
