//! What a model gave for a field, as text.

use super::fields::Field;
use super::found::Fields;
use crate::gateway::json_in_text::Json;

pub(super) fn all(fields: &Fields, field: Field) -> &[Json] {
    fields.get(&field).map_or(&[], Vec::as_slice)
}

pub(super) fn first(fields: &Fields, field: Field) -> Option<&Json> {
    all(fields, field).first()
}

/// A value as the model gave it.
pub(super) fn text(json: &Json) -> String {
    match json {
        Json::Text(text) => text.trim().to_owned(),
        json => json.to_string(),
    }
}

/// What all of these values say; `None` if one says something else, or nothing that can be read.
pub(super) fn agreed<'a, T: PartialEq>(said: &'a [Json], read: impl FnMut(&'a Json) -> Option<T>) -> Option<T> {
    let mut values = said.iter().map(read);
    let first = values.next()??;
    values.all(|value| value.as_ref() == Some(&first)).then_some(first)
}

/// A share of one: `0.9`, `90%`, or 90 of a hundred. Between 1 and 10 it could as well be of ten, and is not read.
pub(super) fn share(text: &str) -> Option<f64> {
    let (number, percent) = match text.strip_suffix('%') {
        Some(number) => (number.trim(), true),
        None => (text, false),
    };
    let value: f64 = number.replace(',', ".").parse().ok()?;
    let share = if percent || (value > 10.0 && value <= 100.0) { value / 100.0 } else { value };
    (0.0..=1.0).contains(&share).then_some(share)
}
