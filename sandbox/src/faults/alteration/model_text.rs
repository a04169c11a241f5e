//! Text that models write around the requested JSON.

use serde_json::{Value, json};

use super::events::{self, Event};
use crate::wire::fault::Alteration;

/// A draft of a receipt. No bundled receipt has this amount.
const DRAFT: &str = r#"{"amount": 99.99}"#;

pub(super) fn in_whole(alteration: Alteration, json: &mut Value) {
    for choice in json.pointer_mut("/choices").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(text) = choice["message"]["content"].as_str().and_then(|text| changed_text(alteration, text)) else {
            continue;
        };
        choice["message"]["content"] = json!(text);
        if alteration == Alteration::TruncatedDraft {
            choice["finish_reason"] = json!("length");
        }
    }
}

/// The first piece of the stream gets all of the new text.
pub(super) fn in_stream(alteration: Alteration, mut events: Vec<Event>) -> Vec<Event> {
    let mut pieces: Vec<&mut Value> = events::chunks(&mut events)
        .filter_map(|chunk| chunk.pointer_mut("/choices/0/delta/content"))
        .filter(|piece| piece.is_string())
        .collect();
    let whole: String = pieces.iter().filter_map(|piece| piece.as_str()).collect();
    let Some(text) = changed_text(alteration, &whole) else { return events };
    for (number, piece) in pieces.iter_mut().enumerate() {
        **piece = json!(if number == 0 { text.as_str() } else { "" });
    }
    if alteration == Alteration::TruncatedDraft
        && let Some(end) = events::end_of_message(&events)
        && let Event::Chunk(chunk) = &mut events[end]
    {
        chunk["choices"][0]["finish_reason"] = json!("length");
    }
    events
}

/// The text in place of `text`; `None`: no change.
fn changed_text(alteration: Alteration, text: &str) -> Option<String> {
    let within = |before: &str, after: &str| format!("{before}{}{after}", json_object_in(text));
    Some(match alteration {
        Alteration::Thoughts => format!("<think>Perhaps it is {DRAFT}? No, that is the subtotal.</think>\n{text}"),
        Alteration::LoneThoughts => format!("Perhaps it is {DRAFT}? No, that is the subtotal.\n</think>\n{text}"),
        Alteration::DraftThenAnswer => format!("First I read {DRAFT} as the subtotal; the total is:\n{text}"),
        Alteration::SchemaThenAnswer => {
            let schema = r#"{"amount": "number", "currency": "string", "date": "string", "merchant": "string"}"#;
            format!("The fields are {schema}.\n{text}")
        }
        Alteration::TruncatedDraft => format!("A draft: {text}\nNow the receipt itself:\n{{\"amount\": "),
        Alteration::WrappedReceipt => within(r#"{"receipt": "#, r#", "metadata": {"pages": 1}}"#),
        Alteration::ListedReceipt => within(r#"{"results": ["#, "]}"),
        Alteration::StringReceipt => json!(json_object_in(text)).to_string(),
        Alteration::NearJson => {
            let body = json_object_in(text).trim_end_matches('}').trim_end();
            format!("{body}, // as printed\n}}")
        }
        _ => return None,
    })
}

/// The JSON object in the text, without a fence or prose.
fn json_object_in(text: &str) -> &str {
    match (text.find('{'), text.rfind('}')) {
        (Some(start), Some(end)) if start < end => &text[start..=end],
        _ => text,
    }
}
