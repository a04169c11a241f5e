//! Which JSON of a model's answer is the one that was asked for (P11).

use super::schema;
use crate::gateway::json_in_text::{
    self, Candidate, Found, Json, Piece, Standing, is_placeholder, is_schema, unwrapped,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// A piece that fits the schema, as text and as its value.
#[derive(Clone)]
struct Fitting {
    written: String,
    value: Value,
    standing: Standing,
}

/// Why there is no JSON that fits.
#[derive(Debug)]
pub(super) enum Unfit {
    /// The answer is cut off.
    Cut,
    Because(String),
}

impl From<String> for Unfit {
    fn from(why: String) -> Self {
        Self::Because(why)
    }
}

/// The JSON that fits; or why there is none.
pub(super) fn fitting(found: Found, schema: &Value) -> Result<String, Unfit> {
    let mut is_cut = found.is_cut;
    let mut violation = None;
    let mut fitting = Vec::new();
    for piece in found.pieces {
        let follows_cut = piece.follows_cut;
        match fit(piece, schema) {
            Ok(fit) => {
                is_cut &= !follows_cut || fit.standing.is_draft;
                fitting.push(fit);
            }
            Err(why) => violation = violation.or(why),
        }
    }
    if is_cut {
        return Err(Unfit::Cut);
    }
    let Some(last) = fitting.last().cloned() else {
        return Err(violation.unwrap_or_else(|| "there is no JSON".to_owned()).into());
    };
    let candidates: Vec<_> = fitting.into_iter().map(candidate).collect();
    let chosen = json_in_text::choose(&candidates, |_| false);
    let chosen = chosen.ok_or_else(|| "it has examples or drafts only".to_owned())?;
    if chosen.len() == candidates.last().map_or(0, |last| last.fields.len()) {
        return Ok(last.written);
    }
    // What the answers do not agree on is unknown.
    let Value::Object(members) = last.value else { return Err("it has several answers".to_owned().into()) };
    let sure: serde_json::Map<String, Value> = members
        .into_iter()
        .map(|(name, value)| if chosen.contains_key(&name) { (name, value) } else { (name, Value::Null) })
        .collect();
    let sure = Value::Object(sure);
    match schema::violation(&sure, schema) {
        None => Ok(sure.to_string()),
        Some(why) => Err(format!("it has several answers, and without what they differ on {why}").into()),
    }
}

/// The fields of an object; of anything else the whole, under an empty name.
fn candidate(fitting: Fitting) -> Candidate<String, Value> {
    let Fitting { value, standing, .. } = fitting;
    let fields: BTreeMap<String, Value> = match value {
        Value::Object(members) => members.into_iter().collect(),
        whole => [(String::new(), whole)].into(),
    };
    Candidate { fields, standing }
}

/// The piece itself or what is in its wrapper, if one of them fits; else why not, if it is more than a template.
fn fit(piece: Piece, schema: &Value) -> Result<Fitting, Option<String>> {
    let Piece { json, written, standing, follows_cut, .. } = piece;
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_property = |name: &str| properties.is_some_and(|properties| properties.contains_key(name));
    if is_template(&json, schema, is_property) || follows_cut && names(&json) < 2 {
        return Err(None);
    }
    let read = |written: &str| serde_json::from_str::<Value>(written).ok();
    let written = written.unwrap_or_else(|| json.to_string());
    let value = read(&written).ok_or(None)?;
    let Some(why) = schema::violation(&value, schema) else {
        return Ok(Fitting { written, value, standing });
    };
    let holds_none = matches!(&json, Json::Object(members) if !members.iter().any(|(name, _)| is_property(name)));
    let is_string = matches!(json, Json::Text(_));
    if holds_none || is_string {
        let inner = unwrapped(json, |name| is_property(name).then(|| name.to_owned())).map(Json::Object);
        let inner = inner.filter(|inner| !is_template(inner, schema, is_property)).map(|inner| inner.to_string());
        if let Some(written) = inner
            && let Some(value) = read(&written)
            && schema::violation(&value, schema).is_none()
        {
            return Ok(Fitting { written, value, standing });
        }
    }
    Err(Some(why))
}

fn names(json: &Json) -> usize {
    match json {
        Json::Object(members) => members.len(),
        _ => 0,
    }
}

/// Whether this echoes the schema, or is a form of it with types for its values.
fn is_template(json: &Json, schema: &Value, is_property: impl Fn(&str) -> bool + Copy) -> bool {
    let Json::Object(members) = json else { return false };
    if is_schema(members)
        && !members.iter().any(|(name, _)| is_property(name) && name != "type")
        && !is_property("type")
    {
        return true;
    }
    members.iter().any(|(name, value)| {
        let described = schema.get("properties").and_then(|properties| properties.get(name));
        let allowed = described.and_then(|described| described.get("enum")).and_then(Value::as_array);
        match value {
            Json::Text(text) => {
                let is_allowed = allowed.is_some_and(|allowed| allowed.iter().any(|one| one.as_str() == Some(text)));
                is_property(name) && !is_allowed && is_placeholder(text)
            }
            // A property's description where its value should stand.
            Json::Object(inner) => {
                let is_object = described.and_then(|described| described.get("properties")).is_some();
                is_property(name) && !is_object && is_schema(inner)
            }
            _ => false,
        }
    })
}
