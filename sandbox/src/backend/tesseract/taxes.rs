//! The taxes of a receipt: a rate, an amount, and in a table what it is worked out from.

use rust_decimal::Decimal;
use serde::Serialize;

use super::fields::number_or_null;
use super::figure::half_up;
use super::rows::{Row, name};
use super::vocabulary;

#[derive(Debug, Default, Serialize)]
pub(super) struct Tax {
    pub(super) name: Option<String>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) rate: Option<Decimal>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) base: Option<Decimal>,
    #[serde(serialize_with = "number_or_null")]
    pub(super) amount: Option<Decimal>,
    pub(super) tax_class: Option<String>,
    pub(super) included: Option<bool>,
}

/// A row of a tax says a rate, or that it is included: an item may have a tax's name in its own.
pub(super) fn is_tax(row: &Row) -> bool {
    rate(&row.label).is_some() || vocabulary::says_included(&row.label)
}

pub(super) fn tax(row: &Row, included: Option<bool>) -> Tax {
    let rate = rate(&row.label);
    let mut words = row.label.split_whitespace().peekable();
    let is_class = |word: &&str| word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let tax_class = words.next_if(is_class).map(str::to_owned);
    let words: Vec<&str> = words.filter(|word| word.contains(char::is_alphabetic)).collect();
    let (base, amount) = match (&row.figures[..], rate) {
        ([_], _) => (None, row.amount()),
        (_, Some(rate)) => columns(row, rate),
        _ => (None, None),
    };
    let included = if vocabulary::says_included(&row.label) { Some(true) } else { included };
    Tax { name: name(&words.join(" ")), rate, base, amount, tax_class, included }
}

/// Which of several columns is what the tax is worked out from, and which the tax: if only one pair fits the rate.
fn columns(row: &Row, rate: Decimal) -> (Option<Decimal>, Option<Decimal>) {
    let values: Vec<Decimal> = row.figures.iter().filter_map(|figure| figure.value).collect();
    let makes = |base: &Decimal, tax: &Decimal| half_up(*base * rate / Decimal::ONE_HUNDRED, tax.scale()) == *tax;
    let pairs = values.iter().flat_map(|base| values.iter().map(move |tax| (base, tax)));
    let mut found = pairs.filter(|(base, tax)| base != tax && makes(base, tax));
    match (found.next(), found.next()) {
        (Some((base, tax)), None) => (Some(*base), Some(*tax)),
        _ => (None, None),
    }
}

/// `19%` or `8,875 %`.
fn rate(label: &str) -> Option<Decimal> {
    let (before, _) = label.split_once('%')?;
    let number = before.split_whitespace().last()?.replace(',', ".");
    number.parse().ok().filter(|rate| (Decimal::ZERO..Decimal::ONE_HUNDRED).contains(rate))
}
