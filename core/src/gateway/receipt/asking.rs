//! What a model is asked about a receipt: the prompt, and the JSON schema for models that take one.

use super::fields::{DETAILS, Field, Row, SUMMARY, Shape};
use serde_json::{Map, Value, json};

/// How much is asked for and for how many receipts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    Summary,
    Full,
    Several,
}

impl Asked {
    fn rows(self) -> impl Iterator<Item = &'static Row<Field>> {
        let details = if self == Self::Summary { &[] } else { DETAILS };
        SUMMARY.iter().chain(details)
    }
}

/// What the model is asked.
pub(super) fn prompt(asked: Asked) -> String {
    let names = names(asked.rows());
    let mut said = String::new();
    asked.rows().for_each(|row| say(row, &mut said));
    if asked == Asked::Several {
        return format!(
            "Extract the data of every receipt on the photos, one object each, in JSON: {{receipts: [{{{names}}}]}}. {said}Use \
             null for what a receipt does not show. Answer with the JSON object only."
        );
    }
    format!(
        "Extract receipt data in JSON: {{{names}}}. {said}Use null for what the receipt does not show. Answer with the JSON \
         object only."
    )
}

fn names<F: 'static>(rows: impl Iterator<Item = &'static Row<F>>) -> String {
    let name = |row: &'static Row<F>| match row.shape {
        Shape::List(parts) => format!("{}: [{{{}}}]", row.name, names(parts.iter())),
        _ => row.name.to_owned(),
    };
    rows.map(name).collect::<Vec<_>>().join(", ")
}

fn say<F>(row: &Row<F>, said: &mut String) {
    if !row.asked.is_empty() {
        said.push_str(&format!("{}: {}. ", row.name, row.asked));
    }
    if let Shape::List(parts) = row.shape {
        parts.iter().for_each(|part| say(part, said));
    }
}

/// The JSON schema of the answer, in the form that providers hold their models to: every member required, none open.
pub(super) fn schema(asked: Asked) -> String {
    let receipt = object(asked.rows());
    let schema = match asked {
        Asked::Several => json!({
            "type": "object", "additionalProperties": false, "required": ["receipts"],
            "properties": {"receipts": {"type": "array", "items": receipt}},
        }),
        _ => receipt,
    };
    schema.to_string()
}

fn object<F: 'static>(rows: impl Iterator<Item = &'static Row<F>>) -> Value {
    let (mut required, mut properties) = (Vec::new(), Map::new());
    for row in rows {
        let mut described = match row.shape {
            Shape::Text => json!({"type": ["string", "null"]}),
            Shape::Number => json!({"type": ["number", "null"]}),
            Shape::Flag => json!({"type": ["boolean", "null"]}),
            Shape::OneOf(words) => {
                let words: Vec<Value> = words.iter().map(|word| json!(word)).chain([Value::Null]).collect();
                json!({"type": ["string", "null"], "enum": words})
            }
            Shape::List(parts) => json!({"type": "array", "items": object(parts.iter())}),
        };
        if !row.asked.is_empty() {
            described["description"] = json!(row.asked);
        }
        required.push(row.name);
        properties.insert(row.name.to_owned(), described);
    }
    json!({"type": "object", "additionalProperties": false, "required": required, "properties": properties})
}

#[cfg(test)]
mod tests {
    use super::super::fields::{detail, in_rows, name, of, parts};
    use super::*;

    // seed 001: the prompt of the example
    #[test]
    fn the_prompt_asks_for_each_field_once() {
        assert_eq!(
            prompt(Asked::Summary),
            "Extract receipt data in JSON: {amount, currency, date, merchant, category, confidence}. amount: the total paid, as \
             a number. currency: ISO 4217 code. date: YYYY-MM-DD. confidence: 0 to 1. Use null for what the receipt does not \
             show. Answer with the JSON object only."
        );
    }

    /// The names that a schema has, with those of its lists' objects.
    fn names_in(schema: &Value) -> Vec<String> {
        let properties = schema["properties"].as_object().unwrap();
        let inner = properties.values().filter(|it| it.get("items").is_some()).flat_map(|it| names_in(&it["items"]));
        properties.keys().cloned().chain(inner).collect()
    }

    // P13: what is sent and what is read cannot drift apart
    #[test]
    fn prompt_schema_and_keys_come_from_the_same_rows() {
        let schema: Value = serde_json::from_str(&schema(Asked::Full)).unwrap();
        let prompt = prompt(Asked::Full);
        let names = names_in(&schema);
        assert_eq!(names.len(), 6 + 17 + 8 + 2 + 6 + 3 + 2);
        for name in names {
            assert!(prompt.contains(&name), "{name}");
        }
        for (key, described) in schema["properties"].as_object().unwrap() {
            let (field, rank) = of(key).or_else(|| detail(key)).unwrap_or_else(|| panic!("{key}"));
            assert_eq!((rank, name(field)), (0, key.as_str()));
            for part in described["items"]["properties"].as_object().into_iter().flatten() {
                assert_eq!(in_rows(parts(field), part.0).map(|(_, rank)| rank), Some(0), "{key} {part:?}");
            }
        }
        assert!(
            prompt
                .contains("items: [{description, quantity, unit, unit_price, discount, total, tax_class, confidence}]")
        );
    }

    // OpenAI's structured outputs: a strict schema requires each property and leaves nothing open
    #[test]
    fn the_schema_is_one_that_providers_hold_their_models_to() {
        fn is_strict(schema: &Value) {
            match schema["type"].as_str() {
                Some("object") => {
                    let properties = schema["properties"].as_object().unwrap();
                    let required: Vec<&str> =
                        schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
                    assert_eq!(
                        properties.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>(),
                        required.iter().copied().collect()
                    );
                    assert_eq!(schema["additionalProperties"], false);
                    properties.values().for_each(is_strict);
                }
                Some("array") => is_strict(&schema["items"]),
                _ => assert_eq!(schema["type"][1], "null", "{schema}"),
            }
        }
        for asked in [Asked::Summary, Asked::Full, Asked::Several] {
            is_strict(&serde_json::from_str(&schema(asked)).unwrap());
        }
    }
}
