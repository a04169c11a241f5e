//! What a model said about a receipt, read as far as it can be read (P7).
//!
//! Models answer with JSON of any dress and with values of any form. What is clear becomes a value; what is not stays
//! `None` beside the text as the model gave it, so that the app can show it and ask. Reading never guesses, never fails,
//! and does no I/O; its work is linear in the answer's length.

use super::amount::{self, Written};
use super::answer::{self, Members};
use super::{currency, date};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde_json::value::RawValue;

/// What the app knows about its user. It decides between the meanings of a text, and never stands in for a missing one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hints {
    /// The user's locale as a BCP 47 tag, as in `en-US`; `en_US` is understood too. Its region tells `$` and 03/04/2026.
    pub(crate) locale: Option<String>,
    /// The ISO 4217 code of the currency that the user pays in. Tells `$`, before the locale does.
    pub(crate) currency: Option<String>,
}

/// The fields of a receipt. Every text is trimmed; one that says that there is nothing (`N/A`, `unknown`) is `None`.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Reading {
    /// Who sold.
    pub(crate) merchant: Option<String>,
    /// The day of the purchase.
    pub(crate) date: Option<NaiveDate>,
    /// The date as the model gave it, read or not.
    pub(crate) date_text: Option<String>,
    /// What was paid, in units of the currency, with the decimals that were given. Negative for a refund.
    pub(crate) amount: Option<Decimal>,
    /// The amount as the model gave it, read or not.
    pub(crate) amount_text: Option<String>,
    /// The ISO 4217 code, upper case.
    pub(crate) currency: Option<String>,
    /// The currency as the model gave it, read or not; without a field of its own, as the amount's text has it.
    pub(crate) currency_text: Option<String>,
    /// What kind of purchase it was, in the model's words.
    pub(crate) category: Option<String>,
    /// How sure the model says it is, from 0 to 1.
    pub(crate) confidence: Option<f64>,
}

/// Reads the receipt in a model's answer. Without one in it, or with one that is cut off, every field is `None`.
pub(crate) fn read_receipt(answer: &str, hints: &Hints) -> Reading {
    let Some(members) = answer::find_object(answer).and_then(answer::members) else { return Reading::default() };
    let (language, region) = subtags(hints.locale.as_deref().unwrap_or_default());
    let date_text = said(&members, answer::DATE).map(Said::into_text);
    let money = read_money(said(&members, answer::AMOUNT), said(&members, answer::CURRENCY), hints, region.as_deref());
    Reading {
        merchant: said(&members, answer::MERCHANT).and_then(Said::into_name),
        date: date_text.as_deref().and_then(|text| date::read(text, date::order(&language, region.as_deref()))),
        date_text,
        category: said(&members, answer::CATEGORY).and_then(Said::into_name),
        confidence: said(&members, answer::CONFIDENCE).and_then(|said| share(&said.into_text())),
        ..money
    }
}

/// A value that the model gave.
enum Said<'a> {
    /// The content of a string, trimmed.
    Text(String),
    /// A number, as it is written.
    Number(&'a str),
    /// Anything else, as JSON.
    Other(&'a str),
}

impl<'a> Said<'a> {
    /// `None` for null, and for texts that stand for it.
    fn new(value: &'a RawValue) -> Option<Self> {
        let json = value.get();
        match json.as_bytes().first()? {
            b'n' => None,
            b'-' | b'0'..=b'9' => Some(Self::Number(json)),
            b'"' => match serde_json::from_str::<String>(json) {
                Ok(text) => {
                    Some(text.trim()).filter(|text| !stands_for_nothing(text)).map(|text| Self::Text(text.to_owned()))
                }
                // Half of a surrogate pair: JSON has it, text does not.
                Err(_) => Some(Self::Other(json)),
            },
            _ => Some(Self::Other(json)),
        }
    }

    fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(json) | Self::Other(json) => json.to_owned(),
        }
    }

    /// The text where a name is wanted; some shops are called by a number.
    fn into_name(self) -> Option<String> {
        (!matches!(self, Self::Other(_))).then(|| self.into_text())
    }
}

/// The first of these keys under which the model gave something.
fn said<'a>(members: &Members<'a>, keys: &[&str]) -> Option<Said<'a>> {
    keys.iter().filter_map(|&key| members.get(key)).find_map(|value| Said::new(value))
}

fn stands_for_nothing(text: &str) -> bool {
    const NOTHING: &str = "|n/a|na|n.a.|none|null|nil|unknown|undefined|unspecified|unreadable|illegible|not available|\
        not found|not provided|not readable|not specified|not visible|?|??|???|-|--|—";
    // The list's longest is shorter, and a long text need not be copied to know.
    text.len() < 32 && NOTHING.split('|').any(|nothing| nothing == text.to_lowercase())
}

/// The amount and the currency, which decide on each other: the amount's text may name the currency, and the currency's
/// decimals tell what a mark before three digits means.
fn read_money(said_amount: Option<Said>, said_currency: Option<Said>, hints: &Hints, region: Option<&str>) -> Reading {
    let written = match &said_amount {
        Some(Said::Text(text)) => Written::new(text),
        _ => None,
    };
    let currency_field = said_currency.map(Said::into_text);
    let beside_amount = || written.iter().flat_map(|written| &written.around).filter(|text| !text.is_empty());
    // Beside a number that is an amount of money stands a currency or nothing: "3 x 4.50" and "12 kg" are not amounts.
    let only_money = beside_amount().all(|text| !currency::meanings(text).is_empty());
    let beside_amount = beside_amount().filter(|_| only_money).map(String::as_str);
    let texts: Vec<&str> = currency_field.as_deref().into_iter().chain(beside_amount).collect();
    let meanings: Vec<Vec<&str>> = texts.iter().map(|text| currency::meanings(text)).collect();

    let common = meanings.iter().cloned().reduce(|all, more| currency::in_both(&all, &more)).unwrap_or_default();
    let code = currency::choose(&common, hints.currency.as_deref(), region);
    let three_decimals = match code {
        Some(code) => currency::has_three_decimals(code),
        // Not known: what it may be counts, the user's own included.
        None => {
            let own = hints.currency.as_deref().map(str::to_ascii_uppercase);
            let mut possible = meanings.iter().flatten().copied().chain(own.as_deref());
            possible.any(currency::has_three_decimals)
        }
    };

    let amount = match &said_amount {
        Some(Said::Number(json)) => amount::from_json(json),
        Some(Said::Text(text)) if only_money => {
            let value = written.as_ref().and_then(|written| written.value(three_decimals));
            value.or_else(|| amount::from_exponent(text))
        }
        _ => None,
    };
    Reading {
        amount,
        currency: code.map(str::to_owned),
        currency_text: texts.first().map(|&text| text.to_owned()),
        amount_text: said_amount.map(Said::into_text),
        ..Reading::default()
    }
}

/// A share of one: `0.9`, `90%`, or 90 of a hundred. Between 1 and 10 it could as well be of ten, and is not read.
fn share(text: &str) -> Option<f64> {
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number.trim(), true),
        None => (text, false),
    };
    let value: f64 = number.replace(',', ".").parse().ok()?;
    let share = if percent || (value > 10.0 && value <= 100.0) { value / 100.0 } else { value };
    (0.0..=1.0).contains(&share).then_some(share)
}

/// The language of a locale in lower case and its region in upper case.
fn subtags(locale: &str) -> (String, Option<String>) {
    // What follows a subtag of one letter are extensions, and a POSIX locale's encoding follows a point.
    let locale = locale.split(['.', '@']).next().unwrap_or_default();
    let mut subtags = locale.split(['-', '_']).take_while(|subtag| subtag.len() > 1);
    let language = subtags.next().unwrap_or_default().to_ascii_lowercase();
    let region = subtags.find(|subtag| subtag.len() == 2 && subtag.bytes().all(|byte| byte.is_ascii_alphabetic()));
    (language, region.map(str::to_ascii_uppercase))
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
