//! An answer in its wrapper: `{"receipt": {…}}`, `{"status": "ok", "data": [{…}]}`, `{"result": "{…}"}`.

use super::Json;
use std::collections::BTreeSet;

/// Keys of wrappers, without their style. An object under any other key is a part of the answer, not the answer.
const KEYS: &[&str] = &[
    "receipt",
    "receipts",
    "receiptdata",
    "receiptinfo",
    "receiptdetails",
    "data",
    "result",
    "results",
    "answer",
    "finalanswer",
    "final",
    "output",
    "response",
    "extraction",
    "extracted",
    "extracteddata",
    "extractedreceipt",
    "json",
    "content",
    "document",
    "invoice",
    "payload",
    "arguments",
    "parameters",
    "value",
];

/// How deep an answer may be wrapped, as in `{"data": {"receipt": {…}}}`.
const MAX_WRAPPERS: usize = 4;

/// Those of a tool call. It is an answer only if its tool takes one: other tools compute with parts of it.
const CALL_KEYS: &[&str] = &["arguments", "parameters"];

/// Parts of the names of tools that take an answer.
const ANSWER_TOOLS: &[&str] = &[
    "receipt", "extract", "invoice", "answer", "result", "final", "submit", "output", "json", "respon", "record",
    "save", "report",
];

/// Whether an object names no tool, or one that takes the answer.
fn is_call_of_the_answer(members: &[(String, Json)]) -> bool {
    let name = members.iter().rev().find_map(|(key, value)| match value {
        Json::Text(name) if matches!(plain_key(key).as_str(), "name" | "tool" | "function" | "toolname" | "action") => {
            Some(name)
        }
        _ => None,
    });
    name.is_none_or(|name| ANSWER_TOOLS.iter().any(|known| name.to_lowercase().contains(known)))
}

/// A key without its style: `totalAmount`, `total_amount` and `Total amount` are the same.
pub(in crate::gateway) fn plain_key(key: &str) -> String {
    key.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The members of the answer: those of the object itself if it holds an asked field, else those of the only object under a
/// wrapper's key that holds two of them. An array of one stands for its element, a string for the JSON in it. `field` tells
/// which field a key is for.
pub(in crate::gateway) fn unwrapped<F: Ord>(
    json: Json,
    field: impl Fn(&str) -> Option<F>,
) -> Option<Vec<(String, Json)>> {
    inner(json, &field, 0, 1)
}

fn inner<F: Ord>(
    json: Json,
    field: &impl Fn(&str) -> Option<F>,
    depth: usize,
    at_least: usize,
) -> Option<Vec<(String, Json)>> {
    if depth > MAX_WRAPPERS {
        return None;
    }
    match json {
        Json::Object(members) => {
            let asked: BTreeSet<F> = members.iter().filter_map(|(key, _)| field(key)).collect();
            if !asked.is_empty() {
                return (asked.len() >= at_least).then_some(members);
            }
            let is_answer = is_call_of_the_answer(&members);
            let wrapped = members.into_iter().filter(|(key, _)| {
                let key = plain_key(key);
                KEYS.contains(&key.as_str()) && (is_answer || !CALL_KEYS.contains(&key.as_str()))
            });
            let mut found = wrapped.filter_map(|(_, value)| inner(value, field, depth + 1, 2));
            let first = found.next()?;
            found.next().is_none().then_some(first)
        }
        Json::List(items) => {
            let [only] = <[Json; 1]>::try_from(items).ok()?;
            inner(only, field, depth + 1, at_least)
        }
        Json::Text(text) => {
            let found = super::find(&text);
            if !found.is_alone {
                return None;
            }
            inner(found.pieces.into_iter().next()?.json, field, depth + 1, at_least)
        }
        _ => None,
    }
}
