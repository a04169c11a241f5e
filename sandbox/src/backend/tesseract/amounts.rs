//! Amounts and currencies, as receipts print them.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use rust_decimal::Decimal;

const SIGNS: [(char, &str); 4] = [('€', "EUR"), ('£', "GBP"), ('¥', "JPY"), ('$', "USD")];
const CODES: [&str; 20] = [
    "EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "INR", "BRL",
    "MXN", "SGD", "HKD", "ZAR",
];
/// Words for a total. Zeros are compared as the letter o: `T0TAL` is a common misreading.
const TOTAL: [&str; 11] = [
    "total",
    "summe",
    "gesamt",
    "betrag",
    "zu zahlen",
    "amount due",
    "balance due",
    "to pay",
    "totaal",
    "suma",
    "montant",
];
/// Words for partial sums that contain a word for a total.
const PARTIAL: [&str; 7] = ["subt", "sub t", "sub-t", "zwischen", "netto", "net t", "sous"];

/// The currency that is named most often; a code counts for more than any sign, since $ is many a dollar.
pub(crate) fn currency(lines: &[String]) -> Option<&'static str> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        for word in line.split(|c: char| !c.is_ascii_alphabetic()) {
            if let Some(code) = CODES.iter().find(|code| **code == word) {
                *votes.entry(code).or_default() += 1000;
            }
        }
        for (_, code) in SIGNS.iter().filter(|(sign, _)| line.contains(*sign)) {
            *votes.entry(code).or_default() += 1;
        }
    }
    votes.into_iter().max_by_key(|(_, votes)| *votes).map(|(code, _)| code)
}

/// The largest amount on a line that says total: tips and taxes come before the grand total, change after it.
pub(crate) fn total(lines: &[String]) -> Option<Decimal> {
    let says_total = |line: &str| {
        let line = line.to_lowercase().replace('0', "o");
        TOTAL.iter().any(|word| line.contains(word)) && !PARTIAL.iter().any(|word| line.contains(word))
    };
    let on_line = |index: usize| lines.get(index).and_then(|line| line.split_whitespace().filter_map(amount).max());
    let totals = lines.iter().enumerate().filter(|(_, line)| says_total(line));
    totals.filter_map(|(index, _)| on_line(index).or_else(|| on_line(index + 1))).max()
}

/// `31.95`, `€31.95`, `1,234.56`, `1.234,56`, `1'234.50`; and, with a sign, `¥1240`. The last separator is the decimal one
/// and two digits follow it; any other number is no amount.
fn amount(word: &str) -> Option<Decimal> {
    let has_sign = SIGNS.iter().any(|(sign, _)| word.contains(*sign));
    let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    if digits.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\'' | '’')) || plain.len() > 9 {
        return None;
    }
    match digits.rfind(|c: char| !c.is_ascii_digit()) {
        Some(separator) if digits.len() - separator == 3 => {
            let (whole, cents) = plain.split_at(plain.len() - 2);
            Decimal::from_str(&format!("{whole}.{cents}")).ok()
        }
        None if has_sign => Decimal::from_str(&plain).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_total_is_found_among_what_looks_like_it() {
        let american = "Burger $11.95\nSubtotal $39.75\nTax $3.53\nT0TAL $43.28\nCash $50.00\nChange $6.72";
        assert_eq!(total(&lines(american)), Some(Decimal::new(4328, 2)));
        assert_eq!(currency(&lines(american)), Some("USD"));
        let german = "Zwischensumme 1.240,00\nSUMME 1.234,56 €\ninkl. MwSt 19% 197,11";
        assert_eq!(total(&lines(german)), Some(Decimal::new(123_456, 2)));
        assert_eq!(currency(&lines(german)), Some("EUR"));
        assert_eq!(total(&lines("Total\nCHF 1'200.50")), Some(Decimal::new(120_050, 2)));
        assert_eq!(total(&lines("TOTAL ¥1240")), Some(Decimal::new(1240, 0)));
        assert_eq!(currency(&lines("CAD\n$5.00\n$6.00")), Some("CAD"));
    }

    #[test]
    fn what_is_not_there_is_not_invented() {
        for text in
            ["", "Coffee 3.40", "Total", "TOTAL 35750", "Total 12.5", "Total 2026-03-04", "Total 99999999999.00"]
        {
            assert_eq!(total(&lines(text)), None, "{text}");
        }
        assert_eq!(currency(&lines("SUMME 12,40")), None);
    }
}
