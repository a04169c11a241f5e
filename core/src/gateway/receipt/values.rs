//! Values of a receipt's details, besides its money: quantities, rates, times, the digits of a card (P7).

use super::amount::{Decimals, Written};
use super::characters::digit;
use super::details::ReceiptKind;
use rust_decimal::Decimal;

/// More characters than any of these values needs.
const MAX_CHARACTERS: usize = 64;

/// A quantity and what it is counted in.
#[derive(Debug, PartialEq)]
pub(super) struct Quantity {
    pub(super) value: Decimal,
    pub(super) unit: Option<String>,
}

/// `2`, `2x`, `x 2`, `0,456 kg`, `3 pcs`. A mark before three digits is read where the receipt shows which mark is decimal.
pub(super) fn quantity(text: &str, decimals: &Decimals) -> Option<Quantity> {
    let written = Written::new(text)?;
    let value = written.value(&decimals.of_a_quantity())?;
    let [before, after] = &written.around;
    let is_times = |text: &str| matches!(text, "x" | "X" | "×" | "*");
    let unit = after.strip_suffix(['x', 'X', '×', '*']).unwrap_or(after).trim();
    let is_unit = unit.chars().all(|char| char.is_alphabetic() || matches!(char, '.' | '²' | '³'));
    if !(before.is_empty() || is_times(before)) || !is_unit || unit.chars().count() > 16 {
        return None;
    }
    Some(Quantity { value, unit: (!unit.is_empty()).then(|| unit.to_owned()) })
}

/// The two sides of `2 x 1,50`, `2 @ 1.50` and `0,456 kg × 3,99 €/kg`.
pub(super) fn product(text: &str) -> Option<(&str, &str)> {
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        return None;
    }
    let has_digit = |side: &str| side.chars().any(|char| digit(char).is_some());
    let is_sign = |at: usize, sign: char| {
        let (before, after) = (&text[..at], &text[at + sign.len_utf8()..]);
        let stands_alone = before.ends_with(|char: char| char == ' ' || digit(char).is_some())
            && !after.starts_with(char::is_alphabetic);
        (!matches!(sign, 'x' | 'X') || stands_alone) && has_digit(before) && has_digit(after)
    };
    let mut signs = text.char_indices().filter(|&(_, char)| matches!(char, 'x' | 'X' | '×' | '*' | '@'));
    let (at, sign) = signs.find(|&(at, sign)| is_sign(at, sign))?;
    signs.next().is_none().then_some((text[..at].trim(), text[at + sign.len_utf8()..].trim()))
}

/// A price and the unit that it is for: `3,99 €/kg`.
pub(super) fn per_unit(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once('/') {
        Some((price, unit)) if !unit.trim().is_empty() && unit.trim().chars().all(char::is_alphabetic) => {
            (price.trim(), Some(unit.trim()))
        }
        _ => (text, None),
    }
}

/// A rate in percent: `19`, `19 %`, `19,0%`. Of a number below one it is not known whether it is a share; `fits` tells.
pub(super) fn rate(text: &str, decimals: &Decimals, fits: impl Fn(Decimal) -> bool) -> Option<Decimal> {
    let written = Written::new(text)?;
    let value = written.value(&decimals.of_a_quantity())?;
    let [before, after] = &written.around;
    let is_percent = |text: &str| matches!(text.to_lowercase().as_str(), "%" | "percent" | "prozent" | "pct" | "٪");
    let says_percent = is_percent(after) || is_percent(before);
    if !(before.is_empty() && after.is_empty() || says_percent) || value < Decimal::ZERO || value > Decimal::ONE_HUNDRED
    {
        return None;
    }
    if says_percent || value >= Decimal::ONE || value.is_zero() {
        return Some(value);
    }
    let as_share = value.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
    match (fits(value), fits(as_share)) {
        (true, false) => Some(value),
        (false, true) => Some(as_share),
        _ => None,
    }
}

/// The last four digits of a card, as in `**** 1234`. Of a longer number the rest is dropped.
pub(super) fn last_four(text: &str) -> Option<String> {
    let text = text.trim();
    let start = text.char_indices().rev().nth(3)?.0;
    let last = &text[start..];
    let is_tied = text[..start].ends_with(['/', '.', ',']);
    (last.bytes().all(|byte| byte.is_ascii_digit()) && !is_tied).then(|| last.to_owned())
}

/// What a receipt is, in one of the words that are asked for or that receipts have.
pub(super) fn kind(text: &str) -> Option<ReceiptKind> {
    if text.len() > MAX_CHARACTERS {
        return None;
    }
    let word: String = text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    Some(match word.as_str() {
        "sale" | "receipt" | "purchase" | "salesreceipt" | "salereceipt" | "payment" => ReceiptKind::Sale,
        "refund" | "return" | "creditnote" | "credit" | "refundreceipt" => ReceiptKind::Refund,
        "invoice" | "bill" | "taxinvoice" => ReceiptKind::Invoice,
        "order" | "orderconfirmation" => ReceiptKind::Order,
        "other" => ReceiptKind::Other,
        _ => return None,
    })
}

/// A BCP 47 tag, as it is given but for its marks.
pub(super) fn language(text: &str) -> Option<String> {
    let tag = text.trim().replace('_', "-");
    let mut subtags = tag.split('-');
    let is_language = |text: &str| (2..=3).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphabetic());
    let is_subtag = |text: &str| (2..=8).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric());
    (tag.len() <= 35 && subtags.next().is_some_and(is_language) && subtags.all(is_subtag)).then_some(tag)
}

/// A time of day, as `HH:MM` or `HH:MM:SS`: no more than the text says.
pub(super) fn time(text: &str) -> Option<String> {
    if text.chars().nth(MAX_CHARACTERS).is_some() {
        return None;
    }
    let plain = text.chars().map(|char| digit(char).unwrap_or(if char == '：' { ':' } else { char }));
    let text: String = plain.flat_map(char::to_lowercase).collect();
    // With points it is a time only where nothing else is: 14.03.26 is a day.
    let alone = text.trim().trim_end_matches("uhr").trim();
    let mark = match alone.bytes().filter(|byte| *byte == b'.').count() {
        1 if alone.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') => '.',
        _ if text.contains(':') => ':',
        _ => 'h',
    };
    let is_part = |char: char| char.is_ascii_digit() || char == mark;
    let mut groups = without_offset(&text).split(|char| !is_part(char)).map(|group| group.trim_matches(mark));
    let parts: Vec<&str> = groups.find(|group| group.contains(mark))?.split(mark).collect();
    if groups.any(|group| group.contains(mark)) || !(2..=3).contains(&parts.len()) {
        return None;
    }
    let number = |part: &str, below: u8| part.parse().ok().filter(|value: &u8| part.len() <= 2 && *value < below);
    let is_two = |part: &&str| part.len() == 2;
    if !parts.iter().skip(1).all(is_two) {
        return None;
    }
    let (hour, minute) = (number(parts[0], 24)?, number(parts[1], 60)?);
    let second = match parts.get(2) {
        Some(part) => Some(number(part, 60)?),
        None => None,
    };
    let letters: String = text.chars().filter(|char| !matches!(char, '.' | ' ')).collect();
    let says = |words: &[&str]| words.iter().any(|word| letters.contains(word));
    let hour = match (hour, says(&["am", "午前", "上午", "오전"]), says(&["pm", "午後", "下午", "오후"])) {
        (_, true, true) | (0, _, true) | (13.., true, _) => return None,
        (12, true, _) => 0,
        (1..=11, _, true) => hour + 12,
        _ => hour,
    };
    let seconds = second.map(|second| format!(":{second:02}")).unwrap_or_default();
    Some(format!("{hour:02}:{minute:02}{seconds}"))
}

/// A text in the form of ISO 8601 without its offset from UTC: the time is the one that the receipt shows.
fn without_offset(text: &str) -> &str {
    let colon = text.find(':').unwrap_or(text.len());
    let is_iso = text[..colon].contains('t');
    let offset = text[colon..].find(|char| char == '+' || is_iso && char == '-');
    &text[..offset.map_or(text.len(), |at| colon + at)]
}

#[cfg(test)]
#[path = "values_tests.rs"]
mod tests;
