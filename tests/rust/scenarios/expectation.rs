//! Whether what came is what a scenario expects.

use serde_json::Value;

/// What a step came to: its result, or the library's error, as the scenarios write them.
pub enum Outcome {
    Result(Value),
    Error(Value),
}

pub fn check(expectation: Option<&Value>, outcome: &Outcome) -> Result<(), String> {
    let wanted = expectation.and_then(|expectation| expectation.get("result"));
    let refusal = expectation.and_then(|expectation| expectation.get("error"));
    match (outcome, refusal) {
        (Outcome::Error(error), Some(refusal)) => matches(refusal, error, "error"),
        (Outcome::Error(error), None) => Err(format!("it failed: {error}")),
        (Outcome::Result(result), Some(refusal)) => Err(format!("{refusal} was expected, and it came to {result}")),
        (Outcome::Result(result), None) => wanted.map_or(Ok(()), |wanted| matches(wanted, result, "result")),
    }
}

fn matches(wanted: &Value, came: &Value, path: &str) -> Result<(), String> {
    let differs = || Err(format!("{path} should be {wanted}, and is {came}"));
    match wanted {
        Value::Object(wanted_fields) => {
            if let Some(part) = wanted.get("$contains").and_then(Value::as_str) {
                return if came.as_str().is_some_and(|text| text.contains(part)) { Ok(()) } else { differs() };
            }
            if let Some(wanted) = wanted.get("$some") {
                let items = came.as_array().map(Vec::as_slice).unwrap_or_default();
                return if items.iter().any(|item| matches(wanted, item, path).is_ok()) { Ok(()) } else { differs() };
            }
            if let Some(least) = wanted.get("$at_least").and_then(Value::as_f64) {
                return if came.as_f64().is_some_and(|number| number >= least) { Ok(()) } else { differs() };
            }
            wanted_fields.iter().try_for_each(|(name, wanted)| match came.get(name) {
                Some(came) => matches(wanted, came, &format!("{path}.{name}")),
                None => Err(format!("{path} has no {name}: {came}")),
            })
        }
        Value::Array(wanted_items) => match came.as_array() {
            Some(items) if items.len() == wanted_items.len() => wanted_items
                .iter()
                .zip(items)
                .enumerate()
                .try_for_each(|(index, (wanted, came))| matches(wanted, came, &format!("{path}[{index}]"))),
            _ => differs(),
        },
        // 1 and 1.0 are the same number.
        Value::Number(number) if number.as_f64() == came.as_f64() => Ok(()),
        _ if wanted == came => Ok(()),
        _ => differs(),
    }
}
