//! The entries of a receipt's lists, in whatever shape a model gives a list.

use super::fields::{self, Field, Part};
use super::found::is_said;
use super::texts::{share, text};
use crate::gateway::json_in_text::Json;
use std::collections::BTreeMap;

/// An entry of a list: its value, under a name where the model made an object of the list.
pub(super) struct Entry<'a> {
    pub(super) name: Option<&'a str>,
    pub(super) value: &'a Json,
}

/// The known members of an entry, with its pointer.
pub(super) struct Members<'a> {
    pub(super) at: String,
    pub(super) values: BTreeMap<Part, &'a Json>,
}

impl<'a> Members<'a> {
    /// Those of an object; a bare value is the amount of its entry, or its name if it has no digit.
    pub(super) fn of(entry: &Entry<'a>, field: Field, at: String) -> Self {
        let rows = fields::parts(field);
        let mut ranked: BTreeMap<Part, (usize, &Json)> = BTreeMap::new();
        match entry.value {
            Json::Object(members) => {
                for (key, value) in members.iter().filter(|(_, value)| is_said(value)) {
                    let Some((part, rank)) = fields::in_rows(rows, key) else { continue };
                    if ranked.get(&part).is_none_or(|(known, _)| rank <= *known) {
                        ranked.insert(part, (rank, value));
                    }
                }
            }
            Json::Number(_) | Json::Text(_) => {
                let amount = if field == Field::Items { Part::Total } else { Part::Amount };
                let is_amount = entry.name.is_some() || !matches!(field, Field::Items | Field::Payments);
                let is_number = matches!(entry.value, Json::Number(_));
                let part = if is_number || is_amount { amount } else { rows[0].field };
                ranked.insert(part, (0, entry.value));
            }
            _ => {}
        }
        Self { at, values: ranked.into_iter().map(|(part, (_, value))| (part, value)).collect() }
    }

    pub(super) fn words(&self, part: Part) -> Option<String> {
        self.values.get(&part).copied().and_then(words)
    }

    pub(super) fn confidence(&self) -> Option<f64> {
        self.values.get(&Part::Confidence).and_then(|said| share(&text(said)))
    }

    pub(super) fn pointer(&self, part: Part) -> String {
        let name = [Field::Items, Field::Taxes, Field::Payments, Field::OtherAmounts]
            .into_iter()
            .flat_map(fields::parts)
            .find(|row| row.field == part)
            .map_or("", |row| row.name);
        format!("{}/{name}", self.at)
    }
}

/// The entries of what stands in the place of a list: a list, one object, an object of named entries, or a bare value.
pub(super) fn entries(said: &Json, field: Field) -> Vec<Entry<'_>> {
    let plain = |value| Entry { name: None, value };
    match said {
        Json::List(list) => list.iter().filter(|value| is_said(value)).map(plain).collect(),
        one @ Json::Object(members) => {
            let rows = fields::parts(field);
            if members.is_empty() {
                Vec::new()
            } else if members.iter().any(|(key, _)| fields::in_rows(rows, key).is_some()) {
                vec![plain(one)]
            } else {
                let named = members.iter().filter(|(_, value)| is_said(value));
                named.map(|(name, value)| Entry { name: Some(name), value }).collect()
            }
        }
        value => vec![plain(value)],
    }
}

/// Whether a member of an item, a tax or a payment is a figure that shows the receipt's decimal mark.
pub(super) fn is_figure(key: &str) -> bool {
    const FIGURES: [Part; 7] =
        [Part::Quantity, Part::UnitPrice, Part::Discount, Part::Total, Part::Amount, Part::Rate, Part::Base];
    let lists = [Field::Items, Field::Taxes].into_iter();
    lists.map(fields::parts).any(|rows| fields::in_rows(rows, key).is_some_and(|(part, _)| FIGURES.contains(&part)))
}

/// The text where words are wanted.
pub(super) fn words(json: &Json) -> Option<String> {
    matches!(json, Json::Text(_) | Json::Number(_)).then(|| text(json))
}
