//! Amounts and currencies, as receipts print them.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use rust_decimal::Decimal;

/// A sign of several letters before one that it contains.
const SIGNS: [(&str, &str); 11] = [
    ("€", "EUR"),
    ("£", "GBP"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₺", "TRY"),
    ("฿", "THB"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("R$", "BRL"),
    ("NT$", "TWD"),
    ("$", "USD"),
];
const CODES: [&str; 24] = [
    "EUR", "USD", "GBP", "CHF", "JPY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "INR", "BRL",
    "MXN", "SGD", "HKD", "ZAR", "SAR", "KWD", "TWD", "THB",
];
/// Words for a total. Zeros are compared as the letter o: `T0TAL` is a common misreading.
const TOTAL: [&str; 16] = [
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
    "celkem",
    "toplam",
    "合計",
    "總計",
    "รวมทั้งสิ้น",
];
/// Words for partial sums that contain a word for a total.
const PARTIAL: [&str; 8] = ["subt", "sub t", "sub-t", "zwischen", "netto", "net t", "sous", "ara t"];

/// The currency that is named most often; a code counts for more than any sign, since $ is many a dollar.
pub(crate) fn currency(lines: &[String]) -> Option<&'static str> {
    let mut votes: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        for word in line.split(|c: char| !c.is_ascii_alphabetic()) {
            if let Some(code) = CODES.iter().find(|code| **code == word) {
                *votes.entry(code).or_default() += 1000;
            }
        }
        if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| line.contains(sign)) {
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
    let largest = |one: &Decimal, other: &Decimal| one.abs().cmp(&other.abs());
    let on_line = |line: &String| joined(line).iter().filter_map(|word| amount(word)).max_by(largest);
    let below = |index: usize| lines.get(index + 1).filter(|line| names_nothing(line)).and_then(on_line);
    let totals = lines.iter().enumerate().filter(|(_, line)| says_total(line));
    totals.filter_map(|(index, line)| on_line(line).or_else(|| below(index))).max_by(largest)
}

/// Whether a line has no words but a currency's: "Cash 50.00" below a total is not the total.
fn names_nothing(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.into_iter().all(|word| CODES.contains(&word) || SIGNS.iter().any(|(sign, _)| sign.contains(word)))
}

/// The words of a line, with numbers as one that have spaces between their thousands: `1 143,00`.
fn joined(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in line.split_whitespace() {
        let is_group = word.len() >= 3
            && word.bytes().take(3).all(|byte| byte.is_ascii_digit())
            && !word.as_bytes().get(3).is_some_and(u8::is_ascii_digit);
        match words.last_mut() {
            Some(last)
                if is_group && (1..=3).contains(&last.len()) && last.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// `31.95`, `€31.95`, `1,234.56`, `1.234,56`, `1'234.50`; and, with a sign, `¥1240`. The last separator is the decimal one
/// and two digits follow it; any other number is no amount.
fn amount(word: &str) -> Option<Decimal> {
    let has_sign = SIGNS.iter().any(|(sign, _)| word.contains(sign));
    let digits = word.trim_matches(|c: char| !c.is_ascii_digit());
    let plain: String = digits.chars().filter(char::is_ascii_digit).collect();
    if digits.chars().any(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '\'' | '’')) || plain.len() > 9 {
        return None;
    }
    let is_negative = word.split(|c: char| c.is_ascii_digit()).next().is_some_and(|before| before.contains(['-', '−']));
    let signed = |amount: Decimal| if is_negative { -amount } else { amount };
    match digits.rfind(|c: char| !c.is_ascii_digit()) {
        Some(separator) if digits.len() - separator == 3 => {
            let (whole, cents) = plain.split_at(plain.len() - 2);
            Decimal::from_str(&format!("{whole}.{cents}")).ok().map(signed)
        }
        None if has_sign => Decimal::from_str(&plain).ok().map(signed),
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
        assert_eq!(total(&lines("CELKEM 1 143,00 Kč")), Some(Decimal::new(114_300, 2)));
        assert_eq!(total(&lines("TOTAL -€16.16")), Some(Decimal::new(-1616, 2)));
        assert_eq!(currency(&lines("TOTAL R$ 16,16")), Some("BRL"));
    }

    #[test]
    fn what_is_not_there_is_not_invented() {
        for text in [
            "",
            "Coffee 3.40",
            "Total",
            "Total\nCash 50.00",
            "TOTAL 35750",
            "Total 12.5",
            "Total 2026-03-04",
            "Total 99999999999.00",
        ] {
            assert_eq!(total(&lines(text)), None, "{text}");
        }
        assert_eq!(currency(&lines("SUMME 12,40")), None);
    }
}
