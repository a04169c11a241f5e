//! Makes a value for a JSON schema: known members where they fit, otherwise the smallest value that does.

use serde_json::{Map, Value, json};

/// The depth limit: a schema may refer to itself.
const MAX_DEPTH: usize = 8;
const MAX_TEXT: usize = 200;

/// A value for `schema` with the members of `known`. Unknown texts are the beginning of `text`.
pub(super) fn value_for(schema: &Value, known: Option<&Value>, text: &str) -> Value {
    let text = text.chars().take(MAX_TEXT).collect();
    Sampler { root: schema, text }.value(schema, known, 0)
}

struct Sampler<'a> {
    root: &'a Value,
    text: String,
}

impl Sampler<'_> {
    fn value(&self, schema: &Value, known: Option<&Value>, depth: usize) -> Value {
        if depth == MAX_DEPTH {
            return Value::Null;
        }
        if let Some(pointer) = schema["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) {
            return self.root.pointer(pointer).map_or(Value::Null, |schema| self.value(schema, known, depth + 1));
        }
        if let Some(value) = schema.get("const") {
            return value.clone();
        }
        if let Some(values) = schema["enum"].as_array() {
            let first = || values.first().cloned().unwrap_or_default();
            return known.filter(|known| values.contains(known)).cloned().unwrap_or_else(first);
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            if let Some(first) = schema[several].get(0) {
                return self.value(first, known, depth + 1);
            }
        }
        let kinds = kinds(schema);
        if let Some(known) = known.and_then(|known| kinds.iter().find_map(|kind| as_kind(known, kind))) {
            return known;
        }
        // An unknown value is null rather than made up.
        let kind = if kinds.contains(&"null") { "null" } else { kinds.first().copied().unwrap_or("string") };
        match kind {
            "object" => self.object(schema, known, depth),
            "array" => json!([self.value(&schema["items"], None, depth + 1)]),
            "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
            "boolean" => json!(true),
            "null" => Value::Null,
            _ if schema["format"] == "date" => json!("2026-01-31"),
            _ => json!(self.text),
        }
    }

    fn object(&self, schema: &Value, known: Option<&Value>, depth: usize) -> Value {
        let Some(properties) = schema["properties"].as_object() else { return json!({}) };
        let member = |(name, schema): (&String, &Value)| {
            (name.clone(), self.value(schema, known.and_then(|known| known.get(name)), depth + 1))
        };
        Value::Object(properties.iter().map(member).collect::<Map<String, Value>>())
    }
}

fn kinds(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(kind) => vec![kind],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ if schema.get("properties").is_some() => vec!["object"],
        _ => Vec::new(),
    }
}

/// The known value, if it is of this kind. A number can become a text. An object's members are checked one by one.
fn as_kind(known: &Value, kind: &str) -> Option<Value> {
    match (known, kind) {
        (Value::Number(number), "string") => Some(json!(number.to_string())),
        (Value::Number(number), "integer") if number.is_f64() => None,
        (Value::Number(_), "integer" | "number")
        | (Value::String(_), "string")
        | (Value::Bool(_), "boolean")
        | (Value::Array(_), "array")
        | (Value::Null, "null") => Some(known.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_members_are_used_and_the_others_fit_the_schema() {
        let schema = json!({ "type": "object", "properties": {
            "amount": { "type": "string" }, "date": { "type": ["string", "null"] }, "kind": { "enum": ["a", "b"] },
            "shop": { "$ref": "#/$defs/shop" }, "count": { "type": "integer", "minimum": 3 }, "note": { "type": "string" },
        }, "$defs": { "shop": { "properties": { "open": { "type": "boolean" }, "tags": { "type": "array", "items": { "type": "string" } } } } } });
        let known = json!({ "amount": 12.4, "kind": "b", "count": 1.5 });
        assert_eq!(
            value_for(&schema, Some(&known), "Hello"),
            json!({
                "amount": "12.4", "date": null, "kind": "b", "shop": { "open": true, "tags": ["Hello"] }, "count": 3,
                "note": "Hello",
            })
        );
    }

    #[test]
    fn a_recursive_schema_ends() {
        let schema = json!({ "properties": { "next": { "$ref": "#" } } });
        assert!(value_for(&schema, None, "").is_object());
        assert_eq!(value_for(&json!({ "$ref": "#" }), None, ""), Value::Null);
        assert_eq!(value_for(&json!({ "$ref": "#/nowhere" }), None, ""), Value::Null);
        assert_eq!(value_for(&json!({}), None, "Hello"), "Hello");
    }
}
