//! Finds the receipt in what a model wrote: the object that is meant, wherever it stands in the answer (P11).

use super::doubt::{self, Payments};
use super::fields::{self, Field};
use crate::gateway::json_in_text::{
    self, Candidate, Cut, Found, Introduction, Json, Piece, is_placeholder, is_schema, unwrapped, work,
};
use std::collections::BTreeMap;

/// What the model gave for each field: the values under all of its keys, that of the best key first; nulls left out.
pub(super) type Fields = BTreeMap<Field, Vec<Json>>;

/// A receipt that was found: its summary, and the details beside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    pub(super) summary: Fields,
    pub(super) details: Fields,
}

/// An object that may be the receipt.
struct Possible {
    summary: Candidate<Field, Vec<Json>>,
    details: Fields,
}

/// Texts that stand for a value, besides those that every template has; in lower case.
const PLACEHOLDERS: &[&str] = &[
    "merchant name",
    "the merchant",
    "the merchant name",
    "store name",
    "shop name",
    "vendor name",
    "name of the merchant",
    "total amount",
    "the total paid",
    "currency",
    "category",
];

/// Texts that say that the whole is an example.
const SAY_EXAMPLE: &[&str] =
    &["example", "example store", "example merchant", "example shop", "sample store", "sample merchant", "sample shop"];

/// The receipt in what was found: its fields, those left out that are not sure. `None` without a receipt; [`Cut`] if one is
/// cut off, and none follows.
pub(super) fn receipt(found: Found) -> Result<Option<Said>, Cut> {
    let mut is_cut = found.is_cut;
    let mut possible = Vec::new();
    for piece in found.pieces {
        let follows_cut = piece.follows_cut;
        if let Some(read) = read(piece) {
            is_cut &= !follows_cut || read.summary.presentation.is_draft;
            possible.push(read);
        }
    }
    if is_cut {
        return Err(Cut);
    }
    let Some(last) = possible.len().checked_sub(1) else { return Ok(None) };
    // A form with nothing in it says something only where nothing follows.
    let says_something = |possible: &Possible| possible.summary.fields.values().any(|values| !values.is_empty());
    let mut index = 0;
    possible.retain(|possible| {
        index += 1;
        index > last || says_something(possible)
    });
    let details = agreed_details(&possible);
    let summaries: Vec<_> = possible.into_iter().map(|possible| possible.summary).collect();
    let last = summaries.last().map(|summary| ShopAndDay::of(&summary.fields)).unwrap_or_default();
    let chosen = json_in_text::choose(&summaries, |other| ShopAndDay::of(other).is_another_than(&last));
    let is_whole = |chosen: &Fields| summaries.last().is_some_and(|last| last.fields == *chosen);
    Ok(chosen.map(|summary| Said { details: if is_whole(&summary) { details } else { Fields::new() }, summary }))
}

/// What one object says, if it is a receipt.
pub(super) fn said(piece: Piece) -> Option<Said> {
    read(piece).map(|read| Said { summary: read.summary.fields, details: read.details })
}

/// Whether an object names a field that only receipts have.
pub(super) fn is_receipt(members: &[(String, Json)]) -> bool {
    members.iter().any(|(key, _)| fields::telling(key).is_some())
}

/// The details of the last object, without those of which an object that it does not revise says something else.
fn agreed_details(possible: &[Possible]) -> Fields {
    let Some((last, earlier)) = possible.split_last() else { return Fields::new() };
    let mut details = last.details.clone();
    if last.summary.presentation.introduction == Introduction::Revision {
        return details;
    }
    for other in earlier.iter().filter(|other| !other.summary.presentation.is_draft) {
        details.retain(|field, values| other.details.get(field).is_none_or(|said| said == values));
    }
    details
}

/// What tells two receipts from two readings of one. Empty where nothing is said.
#[derive(Default)]
struct ShopAndDay {
    merchant: String,
    date: String,
    amount: String,
}

impl ShopAndDay {
    fn of(fields: &Fields) -> Self {
        let folded = |field| fields.get(&field).map_or_else(String::new, |values| folded(values));
        Self { merchant: folded(Field::Merchant), date: folded(Field::Date), amount: folded(Field::Amount) }
    }

    /// Of two shops, or of two days with two amounts.
    fn is_another_than(&self, other: &Self) -> bool {
        let differ = |one: &str, other: &str| !one.is_empty() && !other.is_empty() && one != other;
        differ(&self.merchant, &other.merchant)
            || differ(&self.date, &other.date) && differ(&self.amount, &other.amount)
    }
}

fn folded(values: &[Json]) -> String {
    let text: String = values.iter().map(Json::to_string).collect();
    work::note(text.len());
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn read(piece: Piece) -> Option<Possible> {
    let Piece { json, presentation, follows_cut, after, .. } = piece;
    let members = unwrapped(json, fields::telling)?;
    if is_schema(&members) {
        return None;
    }
    let fields = summary(&members, follows_cut, &after)?;
    Some(Possible { summary: Candidate { fields, presentation }, details: details(members) })
}

/// The details among the members of a receipt.
fn details(members: Vec<(String, Json)>) -> Fields {
    let mut ranked: BTreeMap<Field, BTreeMap<usize, Json>> = BTreeMap::new();
    for (key, value) in members {
        let Some((field, rank)) = fields::detail(&key) else { continue };
        let values = ranked.entry(field).or_default();
        // The last of two equal keys counts.
        values.remove(&rank);
        if is_said(&value) {
            values.insert(rank, value);
        }
    }
    ranked.into_iter().map(|(field, values)| (field, values.into_values().collect())).collect()
}

/// More of the summary's names than any part of a receipt has.
const NAMES_OF_A_RECEIPT: usize = 4;

fn summary(members: &[(String, Json)], follows_cut: bool, after: &str) -> Option<Fields> {
    let mut ranked: BTreeMap<Field, BTreeMap<usize, Json>> = BTreeMap::new();
    let payments = Payments::of(members);
    let paid_may_be_more = payments.paid_may_be_more();
    let other_amount = doubt::other_amount(after, members);
    let mut handed_over = None;
    let mut is_of_a_part = false;
    let mut placeholders = 0;
    for (key, value) in members {
        is_of_a_part |= fields::is_of_a_part(key);
        let Some((field, rank)) = fields::of(key) else { continue };
        let values = ranked.entry(field).or_default();
        // The last of two equal keys counts.
        values.remove(&rank);
        if says(value) && stands_for_a_value(value) {
            placeholders += 1;
            continue;
        }
        if !says(value) || paid_may_be_more && fields::is_paid(key) {
            continue;
        }
        if field == Field::Amount && payments.may_be(key, value) {
            handed_over = Some(value.clone());
        } else {
            values.insert(rank, value.clone());
        }
    }
    let said: usize = ranked.values().map(BTreeMap::len).sum();
    // One placeholder is a field that the model could not read; where they are half, nothing was read.
    if placeholders > 0 && said + usize::from(handed_over.is_some()) <= placeholders || says_example(members) {
        return None;
    }
    if let Some(amounts) = ranked.get_mut(&Field::Amount) {
        // A second reading of the amount: only the text of the first is told.
        if let Some(value) = handed_over.filter(|_| amounts.is_empty()) {
            amounts.extend([(0, value), (usize::MAX, Json::Null)]);
        } else if let Some(other) = other_amount.filter(|_| !amounts.is_empty()) {
            amounts.insert(usize::MAX, Json::Text(other));
        }
    }
    let names = |field| ranked.get(&field).is_some_and(|values| !values.is_empty());
    let is_part = is_of_a_part && ranked.len() < NAMES_OF_A_RECEIPT && !names(Field::Merchant) && !names(Field::Date);
    // After what is cut off, a lone field may be a part of it.
    if is_part || follows_cut && ranked.len() < 2 {
        return None;
    }
    let mut fields: Fields =
        ranked.into_iter().map(|(field, values)| (field, values.into_values().collect())).collect();
    let is_zero =
        |json: &Json| matches!(json, Json::Number(number) if number.bytes().all(|byte| b"0.".contains(&byte)));
    let is_form = fields.iter().all(|(field, values)| match field {
        Field::Amount | Field::Confidence => values.iter().all(is_zero),
        _ => values.is_empty(),
    });
    if is_form && fields.len() > 1 {
        // A form with zeros for its numbers.
        fields.remove(&Field::Amount);
    }
    Some(fields)
}

/// Whether a value says something, and is no placeholder.
pub(super) fn is_said(value: &Json) -> bool {
    says(value) && !stands_for_a_value(value)
}

/// Whether a value says something.
fn says(value: &Json) -> bool {
    match value {
        Json::Null => false,
        Json::Text(text) => !stands_for_nothing(text.trim()),
        _ => true,
    }
}

/// Whether a value is that of a schema or a template.
fn stands_for_a_value(value: &Json) -> bool {
    match value {
        Json::Text(text) => is_placeholder(text) || is_one_of(text, PLACEHOLDERS),
        Json::Object(members) => is_schema(members),
        _ => false,
    }
}

/// Whether a receipt's fields say that it is an example.
fn says_example(members: &[(String, Json)]) -> bool {
    members.iter().any(|(key, value)| {
        fields::of(key).is_some() && matches!(value, Json::Text(text) if is_one_of(text, SAY_EXAMPLE))
    })
}

/// Whether a text is one of these, which are shorter than 32 bytes.
fn is_one_of(text: &str, known: &[&str]) -> bool {
    text.len() < 32 && known.contains(&text.trim().to_lowercase().as_str())
}

fn stands_for_nothing(text: &str) -> bool {
    let text = text.trim_matches(|char| matches!(char, '[' | ']' | '(' | ')' | '<' | '>')).trim();
    const NOTHING: &str = "|n/a|na|n.a.|none|null|nil|unknown|undefined|unspecified|unreadable|illegible|not available|\
        not found|not provided|not readable|not specified|not visible|?|??|???|-|--|—";
    // The list's longest is shorter, and a long text need not be copied to know.
    text.len() < 32 && NOTHING.split('|').any(|nothing| nothing == text.to_lowercase())
}

#[cfg(test)]
#[path = "found_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "decoy_tests.rs"]
mod decoy_tests;

#[cfg(test)]
#[path = "model_texts_tests.rs"]
mod model_texts_tests;

#[cfg(test)]
#[path = "several_tests.rs"]
mod several_tests;
