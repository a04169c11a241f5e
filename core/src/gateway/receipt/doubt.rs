//! Signs that an amount may not be the total: what stands beside it in the receipt, and what the model says after it (P11).

use super::fields;
use crate::gateway::json_in_text::{Json, plain_key, sentences, work};
use rust_decimal::Decimal;

/// How deep a receipt's payments may be: `{"payments": [{"change": 1}]}`.
const MAX_DEPTH: usize = 2;

/// Words of sentences whose amounts are parts of a receipt, in lower case.
const PARTS: &str = "\
    tax|vat|gst|tip|gratuity|service|subtotal|sub-total|change|discount|saved|saving|cash|tender|each|item|unit|\
    price|per |net|rounding|deposit|loyalty|confiden|sure|certain|mwst|steuer|trinkgeld|rückgeld|rabatt|\
    zwischensumme|netto|pfand|tva|taxe|pourboire|remise|sous-total|rendu|iva|propina|descuento|cambio|impuesto|\
    imposto|troco|desconto|sconto|resto|imposta|btw|korting|moms|rabat|ндс|скидк|сдач|kdv|indirim|税|小计|小計|割引|釣|세금|\
    할인|거스름";

/// Words of sentences about the total, even if they name a part.
const TOTALS: &str = "\
    total|amount due|amount paid|gesamt|endbetrag|importe|totale|totaal|summa|итог|合計|总|總|합계|toplam";

/// The list of payments, under the name that is asked for.
const PAYMENTS: &str = "payments";

/// What was handed over, and what came back.
#[derive(Default)]
pub(super) struct Payments {
    handed_over: Vec<Decimal>,
    change: Vec<Decimal>,
    /// It is said that no change was given.
    is_exact: bool,
    /// It is said what was handed over, besides what was paid.
    is_tendered: bool,
}

/// More payments than a receipt has; they are compared with each other.
const MAX_PAYMENTS: usize = 16;

impl Payments {
    /// Those among the members of a receipt, and of its inner objects.
    pub(super) fn of(members: &[(String, Json)]) -> Self {
        let mut payments = Self::default();
        let listed = members.iter().filter(|(key, _)| key == PAYMENTS).map(|(_, value)| value);
        let listed =
            listed.filter_map(|value| if let Json::List(items) = value { Some(items) } else { None }).flatten();
        let amounts = listed.filter_map(|payment| match payment {
            Json::Object(members) => {
                members.iter().rfind(|(key, _)| key == "amount").and_then(|(_, value)| number(value))
            }
            _ => None,
        });
        payments.handed_over.extend(amounts.filter(|amount| !amount.is_zero()).take(MAX_PAYMENTS));
        collect(members, MAX_DEPTH, &mut |key, number| {
            let list = if fields::is_change(key) {
                payments.is_exact |= number.is_zero();
                &mut payments.change
            } else if fields::is_paid(key) || fields::is_tendered(key) {
                payments.is_tendered |= fields::is_tendered(key);
                &mut payments.handed_over
            } else {
                return;
            };
            if number.is_zero() {
                return;
            }
            if list.len() < MAX_PAYMENTS {
                list.push(number);
            }
        });
        payments
    }

    /// Whether what was paid may be more than the total: change was given, or may have been given.
    pub(super) fn paid_may_be_more(&self) -> bool {
        !self.change.is_empty() || self.is_tendered && !self.is_exact
    }

    /// Whether an amount may be what was handed over, and not what was to pay: change was given, and nothing shows that the amount
    /// is the difference.
    pub(super) fn may_be(&self, key: &str, value: &Json) -> bool {
        let (Some(amount), false) = (number(value), self.change.is_empty()) else { return false };
        let without = |handed: &Decimal, change: &Decimal| handed.checked_sub(change.abs());
        let is_difference = |handed| self.change.iter().any(|change| without(handed, change) == Some(amount));
        // Where it is told what was handed over, another amount is none of it.
        let is_untold = self.handed_over.is_empty() && plain_key(key) == "amount";
        !self.handed_over.iter().any(is_difference) && (self.handed_over.contains(&amount) || is_untold)
    }
}

fn collect(members: &[(String, Json)], depth: usize, take: &mut impl FnMut(&str, Decimal)) {
    for (key, value) in members {
        match value {
            Json::Object(inner) if depth > 0 => collect(inner, depth - 1, take),
            Json::List(items) if depth > 0 => {
                for item in items {
                    if let Json::Object(inner) = item {
                        collect(inner, depth - 1, take);
                    }
                }
            }
            value => _ = payment(value).map(|number| take(key, number)),
        }
    }
}

/// The amount of a payment; `None` for words such as a card's, with its last digits or without.
fn payment(value: &Json) -> Option<Decimal> {
    const MAX_CURRENCY: usize = 3;
    if let Json::Text(text) = value
        && !numbers(text).any(|number| number.is_money)
        && text.chars().filter(|char| char.is_alphabetic()).count() > MAX_CURRENCY
    {
        return None;
    }
    number(value)
}

/// The amount of a value that is plain enough to be compared.
fn number(value: &Json) -> Option<Decimal> {
    match value {
        Json::Number(number) => number.parse().ok(),
        Json::Text(text) => numbers(text).next().and_then(|number| number.value),
        _ => None,
    }
}

/// Another amount of money in the prose after a receipt: the model may have corrected itself.
pub(super) fn other_amount(after: &str, receipt: &[(String, Json)]) -> Option<String> {
    let mut known = Vec::new();
    collect_all(receipt, &mut known);
    let about_a_total = |sentence: &String| {
        let names_part = PARTS.split('|').any(|word| sentence.contains(word));
        // "The total of 12.50 includes a tax of 2.00."
        let names_both =
            names_part && numbers(sentence).filter_map(|number| number.value).any(|value| known.contains(&value));
        let names_total = TOTALS.split('|').any(|word| {
            let is_whole = |at: usize| !sentence[..at].ends_with(|char: char| char.is_alphabetic() || char == '-');
            sentence.match_indices(word).any(|(at, _)| is_whole(at))
        });
        (names_total || !names_part) && !names_both
    };
    sentences(after).map(str::to_lowercase).filter(about_a_total).find_map(|sentence| {
        let mut amounts = numbers(&sentence).filter(|number| number.is_money);
        let other = amounts.find(|number| number.value.is_some_and(|value| !known.contains(&value)))?;
        Some(other.text.to_owned())
    })
}

fn collect_all(members: &[(String, Json)], known: &mut Vec<Decimal>) {
    for (_, value) in members {
        let text = value.to_string();
        work::note(text.len());
        known.extend(numbers(&text).filter_map(|number| number.value));
    }
}

/// A number in a text.
struct Number<'a> {
    text: &'a str,
    value: Option<Decimal>,
    /// It has two decimals, or a sign of a currency beside it.
    is_money: bool,
}

fn numbers(text: &str) -> impl Iterator<Item = Number<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(|char: char| char.is_ascii_digit())?;
        let is_part = |char: char| !(char.is_ascii_digit() || matches!(char, '.' | ',' | '\''));
        let end = text[start..].find(is_part).map_or(text.len(), |length| start + length);
        from = end;
        let number = text[start..end].trim_end_matches(['.', ',', '\'']);
        let (before, after) = (&text[..start], &text[start + number.len()..]);
        // A part of a date, a time, a share or a name.
        let is_tied = after.starts_with(['%', '-', '/', ':']) || before.ends_with(['-', '/', ':', '#']);
        let is_sign = |char: char| "$€£¥￥₹₩₽₺₫฿₪円元원".contains(char);
        let has_sign = before.trim_end().ends_with(is_sign) || after.trim_start().starts_with(is_sign);
        let decimals = number.rfind(['.', ',']).map_or(0, |at| number.len() - at - 1);
        let value = value(number, decimals);
        Some(Number { text: number, value, is_money: !is_tied && (decimals == 2 || has_sign) })
    })
}

/// Its last mark is the decimal one, unless three digits follow it; `None` for a date such as 04.03.26.
fn value(number: &str, decimals: usize) -> Option<Decimal> {
    let (integer, fraction) = match number.rfind(['.', ',']) {
        Some(at) if decimals != 3 => (&number[..at], &number[at + 1..]),
        _ => (number, ""),
    };
    let groups: Vec<&str> = integer.split(['.', ',', '\'']).collect();
    if groups.iter().skip(1).any(|group| group.len() != 3) {
        return None;
    }
    format!("{}.{fraction}0", groups.concat()).parse::<Decimal>().ok().map(|value| value.normalize())
}
