//! Whether JSON fits a schema, as far as an app has to know before it decodes it: the keywords `type`, `enum`, `required`,
//! `properties` and `items` (JSON Schema, draft 2020-12). All others are taken as met.

use serde_json::Value;

/// What is wrong with the value, and where, as a JSON pointer (RFC 6901); `None` if it fits.
pub(super) fn violation(value: &Value, schema: &Value) -> Option<String> {
    violation_at(value, schema, "")
}

// As deep as the value is, which the JSON reader has limited to 128 levels.
fn violation_at(value: &Value, schema: &Value, place: &str) -> Option<String> {
    let shown = if place.is_empty() { "the whole" } else { place };
    if let Some(types) = schema.get("type")
        && !types_of(types).any(|name| is_of_type(value, name))
    {
        return Some(format!("{shown} is not of the type {types}"));
    }
    if let Some(allowed) = schema.get("enum").and_then(Value::as_array)
        && !allowed.contains(value)
    {
        return Some(format!("{shown} is none of the values that the schema allows"));
    }
    match value {
        Value::Object(members) => {
            let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
            if let Some(name) = required.filter_map(Value::as_str).find(|name| !members.contains_key(*name)) {
                return Some(format!("{place}/{} is missing", escaped(name)));
            }
            let properties = schema.get("properties")?.as_object()?;
            let mut known = members.iter().filter_map(|(name, value)| Some((name, value, properties.get(name)?)));
            known.find_map(|(name, value, schema)| violation_at(value, schema, &format!("{place}/{}", escaped(name))))
        }
        Value::Array(items) => {
            let schema = schema.get("items")?;
            (0..)
                .zip(items)
                .find_map(|(index, item): (usize, _)| violation_at(item, schema, &format!("{place}/{index}")))
        }
        _ => None,
    }
}

fn types_of(types: &Value) -> impl Iterator<Item = &str> {
    let one = types.as_str();
    let several = types.as_array().into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(several)
}

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        // 2.0 is an integer too.
        "integer" => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0),
        _ => true,
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        let schema = json!({
            "type": "object",
            "required": ["name", "items"],
            "properties": {
                "name": {"type": ["string", "null"]},
                "items": {"type": "array", "items": {
                    "type": "object", "required": ["price/unit"],
                    "properties": {"price/unit": {"type": "number"}, "count": {"type": "integer"}, "kind": {"enum": ["a", 1]}},
                }},
            },
        });
        let items = |item: Value| json!({"name": null, "items": [{"price/unit": 1}, item]});
        for (value, expected) in [
            (items(json!({"price/unit": 1.5, "count": 2.0, "kind": 1, "more": []})), None),
            (json!({"name": "x", "items": []}), None),
            (json!([]), Some("the whole is not of the type \"object\"")),
            (json!({"items": []}), Some("/name is missing")),
            (json!({"name": 1, "items": []}), Some("/name is not of the type [\"string\",\"null\"]")),
            (items(json!({})), Some("/items/1/price~1unit is missing")),
            (items(json!({"price/unit": "1"})), Some("/items/1/price~1unit is not of the type \"number\"")),
            (items(json!({"price/unit": 1, "count": 2.5})), Some("/items/1/count is not of the type \"integer\"")),
            (
                items(json!({"price/unit": 1, "kind": "b"})),
                Some("/items/1/kind is none of the values that the schema allows"),
            ),
        ] {
            assert_eq!(violation(&value, &schema).as_deref(), expected, "{value}");
        }
    }

    #[test]
    fn a_schema_that_says_nothing_fits_everything() {
        for schema in
            [json!({}), json!({"type": "new"}), json!({"required": 1, "properties": [], "items": true, "enum": 2})]
        {
            for value in [json!(null), json!([1]), json!({"a": {}})] {
                assert_eq!(violation(&value, &schema), None, "{schema} {value}");
            }
        }
    }
}
