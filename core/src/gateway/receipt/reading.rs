//! What a model said about a receipt, read as far as it can be read (P7, P11).
//!
//! Models answer with JSON of any dress and with values of any form. What is clear becomes a value; what is not stays
//! `None` beside the text as the model gave it, so that the app can show it and ask. Reading never guesses, never fails,
//! and does no I/O; its work is linear in the answer's length.

use super::Receipt;
use super::amount::{self, Decimals, Written};
use super::detail_reading;
use super::fields::Field;
use super::found::{self, Fields, Said};
use super::place::Place;
use super::texts::{agreed, all, first, share, text};
use super::{currency, date};
use crate::gateway::json_in_text::{Cut, Found, Json};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// Reads the receipt in what was found in a model's answer. Without one every field is `None`.
pub(super) fn read_receipt(found: Found, place: &Place) -> Result<Receipt, Cut> {
    let said = found::receipt(found)?;
    Ok(said.map(|said| read_said(&said, place)).unwrap_or_default())
}

pub(super) fn read_said(said: &Said, place: &Place) -> Receipt {
    let fields = &said.summary;
    let (date, date_text) = read_date(fields, place);
    let (money, decimals) = read_money(fields, place);
    let mut receipt = Receipt {
        merchant: first(fields, Field::Merchant).and_then(name),
        date,
        date_text,
        category: first(fields, Field::Category).and_then(name),
        confidence: first(fields, Field::Confidence).and_then(|said| share(&text(said))),
        ..money
    };
    detail_reading::add(&mut receipt, said, decimals, place);
    receipt
}

/// The text where a name is wanted; some shops are called by a number, and some models give a shop its own object.
fn name(json: &Json) -> Option<String> {
    match json {
        Json::Text(_) | Json::Number(_) => Some(text(json)),
        Json::Object(members) => {
            let (_, name) = members.iter().rfind(|(key, _)| key.eq_ignore_ascii_case("name"))?;
            matches!(name, Json::Text(name) if !name.trim().is_empty()).then(|| text(name))
        }
        _ => None,
    }
}

fn read_date(fields: &Fields, place: &Place) -> (Option<NaiveDate>, Option<String>) {
    let said = all(fields, Field::Date);
    (agreed(said, |said| date::read(&text(said), place)), said.first().map(text))
}

/// The amount and the currency, which decide on each other: the amount's text may name the currency, and the currency's
/// decimals tell what a mark before three digits means.
fn read_money(fields: &Fields, place: &Place) -> (Receipt, Decimals) {
    let amounts = all(fields, Field::Amount);
    let currencies: Vec<String> = all(fields, Field::Currency).iter().map(text).collect();
    let written: Vec<Option<Written>> = amounts.iter().map(written).collect();
    let beside_amounts = written.iter().flatten().flat_map(|written| &written.around).filter(|text| !text.is_empty());
    let beside_amounts: Vec<&String> = beside_amounts.collect();

    // A bare letter is a currency only where one is expected: "12 L" are litres outside of Honduras.
    let named = currencies.iter().flat_map(|text| currency::meanings(text, &currency::usual(place)));
    let expected: Vec<&str> = currency::usual(place).into_iter().chain(named).collect();
    let meanings_of = |text: &String| currency::meanings(text, &expected);
    // Beside a number that is an amount of money stands a currency or nothing: "3 x 4.50" and "12 kg" are not amounts.
    let only_money = beside_amounts.iter().all(|text| !meanings_of(text).is_empty());
    let texts = currencies.iter().chain(beside_amounts.into_iter().filter(|_| only_money));
    let texts: Vec<&String> = texts.collect();
    let meanings: Vec<Vec<&str>> = texts.iter().map(|text| meanings_of(text)).collect();

    let common = meanings.iter().cloned().reduce(|all, more| currency::in_both(&all, &more)).unwrap_or_default();
    let code = currency::choose(&texts, &common, place);
    let possible: Vec<&str> = match code {
        Some(code) => vec![code],
        // Not known: what it may be counts, the user's own included.
        None => meanings.iter().flatten().copied().chain(currency::usual(place)).collect(),
    };
    let decimals = Decimals::of(&possible, place);

    let mut written = written.iter();
    let amount = agreed(amounts, |said| {
        let written = written.next().and_then(Option::as_ref);
        match said {
            Json::Number(number) => amount::from_json(number, &decimals),
            Json::Text(text) if only_money => {
                let value: Option<Decimal> = written.and_then(|written| written.value(&decimals));
                value.or_else(|| amount::from_exponent(text.trim()))
            }
            _ => None,
        }
    });
    let receipt = Receipt {
        amount,
        currency: code.map(str::to_owned),
        currency_text: texts.first().map(|&text| text.clone()),
        amount_text: amounts.first().map(text),
        ..Receipt::default()
    };
    (receipt, decimals)
}

fn written(said: &Json) -> Option<Written> {
    match said {
        Json::Text(text) => Written::new(text.trim()),
        _ => None,
    }
}

#[cfg(test)]
#[path = "reading_tests.rs"]
mod tests;
