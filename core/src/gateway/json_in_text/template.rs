//! Schemas, templates and examples that a model echoes: they name the fields and say nothing of them.

use super::Json;

/// Words that name a type or a form where a value should stand, in lower case.
const TYPES: &[&str] = &[
    "string",
    "str",
    "text",
    "number",
    "num",
    "float",
    "double",
    "decimal",
    "integer",
    "int",
    "boolean",
    "bool",
    "object",
    "array",
    "list",
    "date",
    "datetime",
    "iso 4217 code",
    "iso 4217",
    "iso code",
    "currency code",
    "iso date",
    "iso 8601",
    "iso 8601 date",
    "placeholder",
];

/// Words beside them.
const BESIDE_TYPES: &[&str] = &["", "null", "nullable", "optional", "required"];

/// Whether a text stands for a value that is to be put in: `string`, `number | null`, `<decimal>`, `YYYY-MM-DD`, `...`.
pub(in crate::gateway) fn is_placeholder(text: &str) -> bool {
    // No such text is longer.
    if text.len() > 96 {
        return false;
    }
    let text = text.trim();
    let bracketed = [('<', '>'), ('[', ']'), ('{', '}')].iter().any(|&(open, close)| {
        text.strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close))
            .is_some_and(|inner| !inner.contains([open, close]))
    });
    let is_dots = !text.is_empty() && text.chars().all(|char| matches!(char, '.' | '…' | '_')) && text != ".";
    bracketed || is_dots || is_form(text) || is_type(text)
}

/// `YYYY-MM-DD`, `dd.mm.yy`, `XX.XX`, `HH:MM`.
fn is_form(text: &str) -> bool {
    let letters: String = text.chars().filter(char::is_ascii_alphabetic).flat_map(char::to_lowercase).collect();
    let others_are_marks = text.chars().all(|char| char.is_ascii_alphabetic() || " -./:,".contains(char));
    let is_date =
        letters.contains("yy") && letters.contains("mm") && letters.chars().all(|char| "ymdhst".contains(char));
    let is_crossed_out = letters.len() >= 2 && letters != "xxl" && letters.chars().all(|char| char == 'x');
    others_are_marks && (is_date || is_crossed_out)
}

fn is_type(text: &str) -> bool {
    let lower = text.to_ascii_lowercase().replace(['?', ')'], " ").replace('(', "|");
    let lower = lower.replace(" or ", "|").replace([',', '/'], "|");
    let words = || lower.split('|').map(str::trim);
    words().all(|word| TYPES.contains(&word) || BESIDE_TYPES.contains(&word))
        && words().any(|word| TYPES.contains(&word))
}

/// Whether this is a JSON schema, or a property of one.
pub(in crate::gateway) fn is_schema(members: &[(String, Json)]) -> bool {
    let get = |name: &str| members.iter().rfind(|(key, _)| key == name).map(|(_, value)| value);
    let has_type = match get("type") {
        Some(Json::Text(name)) => is_type(name),
        Some(Json::List(names)) => names.iter().all(|name| matches!(name, Json::Text(name) if is_type(name))),
        _ => false,
    };
    get("$schema").is_some() || matches!(get("properties"), Some(Json::Object(_))) || has_type
}

#[cfg(test)]
mod tests {
    use super::*;

    // P11
    #[test]
    fn what_stands_for_a_value_is_known() {
        for text in [
            "string",
            "Number",
            "number|null",
            "string or null",
            "<decimal>",
            "[merchant name]",
            "...",
            "…",
            "YYYY-MM-DD",
            "XX.XX",
            "dd/mm/yyyy",
            "ISO 4217 code",
            "string (optional)",
            "___",
            "{amount}",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in [
            "",
            "12.50",
            "EUR",
            "Cafe Nord",
            "2026-03-04",
            "XXL",
            "Text & Co",
            "The List",
            "-",
            "May",
            "Date Palace",
            "DM",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
