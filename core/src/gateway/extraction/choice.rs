//! Which JSON of a model's answer is the one that was asked for (P11).

use super::schema;
use crate::gateway::json_in_text::{
    self, Candidate, Found, Json, Piece, Presentation, is_placeholder, is_schema, unwrapped,
};
use serde_json::Value;
use std::collections::BTreeMap;

/// A piece that fits the schema, as text and as its value.
#[derive(Clone)]
struct Fitting {
    written: String,
    value: Value,
    presentation: Presentation,
}

/// Why there is no JSON that fits.
#[derive(Debug)]
pub(super) enum NoMatch {
    /// The answer is cut off.
    Cut,
    Because(String),
}

impl From<String> for NoMatch {
    fn from(why: String) -> Self {
        Self::Because(why)
    }
}

/// The JSON that fits; or why there is none.
pub(super) fn fitting(found: Found, schema: &Value) -> Result<String, NoMatch> {
    let mut is_cut = found.is_cut;
    let mut violation = None;
    let mut fitting = Vec::new();
    for piece in found.pieces {
        let follows_cut = piece.follows_cut;
        match fit(piece, schema) {
            Ok(fit) => {
                is_cut &= !follows_cut || fit.presentation.is_draft;
                fitting.push(fit);
            }
            Err(why) => violation = violation.or(why),
        }
    }
    if is_cut {
        return Err(NoMatch::Cut);
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
    let Fitting { value, presentation, .. } = fitting;
    let fields: BTreeMap<String, Value> = match value {
        Value::Object(members) => members.into_iter().collect(),
        whole => [(String::new(), whole)].into(),
    };
    Candidate { fields, presentation }
}

/// The piece itself or what is in its wrapper, if one of them fits; else why not, if it is more than a template.
fn fit(piece: Piece, schema: &Value) -> Result<Fitting, Option<String>> {
    let Piece { json, written, presentation, follows_cut, .. } = piece;
    let properties = schema.get("properties").and_then(Value::as_object);
    let is_property = |name: &str| properties.is_some_and(|properties| properties.contains_key(name));
    if follows_cut && names(&json) < 2 {
        return Err(None);
    }
    let original = json.clone();
    let json = without_placeholders(json, schema).ok_or(None)?;
    let written = written.filter(|_| json == original);
    let read = |written: &str| serde_json::from_str::<Value>(written).ok();
    let written = written.unwrap_or_else(|| json.to_string());
    let value = read(&written).ok_or(None)?;
    let Some(why) = schema::violation(&value, schema) else {
        return Ok(Fitting { written, value, presentation });
    };
    let holds_none = matches!(&json, Json::Object(members) if !members.iter().any(|(name, _)| is_property(name)));
    let is_string = matches!(json, Json::Text(_));
    if holds_none || is_string {
        let inner = unwrapped(json, |name| is_property(name).then(|| name.to_owned())).map(Json::Object);
        let inner = inner.and_then(|inner| without_placeholders(inner, schema)).map(|inner| inner.to_string());
        if let Some(written) = inner
            && let Some(value) = read(&written)
            && schema::violation(&value, schema).is_none()
        {
            return Ok(Fitting { written, value, presentation });
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

/// The value with null for each placeholder; `None` if half of its properties are placeholders, or if it echoes the schema.
fn without_placeholders(json: Json, schema: &Value) -> Option<Json> {
    let Json::Object(mut members) = json else { return Some(json) };
    let properties = schema.get("properties");
    let described = |name: &str| properties.and_then(|properties| properties.get(name));
    let holds_one = members.iter().any(|(name, _)| described(name).is_some() && name != "type");
    if is_schema(&members) && !holds_one && described("type").is_none() {
        return None;
    }
    let said = members.iter().filter(|(name, value)| described(name).is_some() && *value != Json::Null).count();
    let mut placeholders = 0;
    for (name, value) in &mut members {
        if described(name).is_some_and(|described| stands_for_a_value(value, described)) {
            placeholders += 1;
            *value = Json::Null;
        }
    }
    (placeholders == 0 || 2 * placeholders < said).then_some(Json::Object(members))
}

/// Whether a type, a form or a description stands where a property's value should.
fn stands_for_a_value(value: &Json, described: &Value) -> bool {
    match value {
        Json::Text(text) => {
            let allowed = described.get("enum").and_then(Value::as_array);
            let is_allowed = allowed.is_some_and(|allowed| allowed.iter().any(|one| one.as_str() == Some(text)));
            !is_allowed && is_placeholder(text)
        }
        Json::Object(inner) => described.get("properties").is_none() && is_schema(inner),
        _ => false,
    }
}
