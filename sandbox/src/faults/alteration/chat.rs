//! Chat responses: how they end, errors in them, missing parts.

use bytes::Bytes;
use serde_json::{Value, json};

use super::events::{self, Event};
use crate::wire::fault::Alteration;

/// This many empty items are 6 MB on the wire.
const MANY_ITEMS: usize = 2_000_000;

/// Changes a response that is not streamed. Returns bytes if it is no longer JSON.
pub(super) fn in_whole(alteration: Alteration, json: &mut Value) -> Option<Bytes> {
    match alteration {
        Alteration::ErrorIn200 => *json = json!({ "error": server_error() }),
        Alteration::ManyItems => {
            let text = json.to_string();
            return ["choices", "data"].iter().find_map(|list| with_many_items(&text, list));
        }
        Alteration::GarbledEvent => {
            let text = json.to_string();
            return Some(Bytes::copy_from_slice(&text.as_bytes()[..text.len() / 2]));
        }
        Alteration::EmptyUsage => json["usage"] = json!({}),
        Alteration::BudgetIn200 => json["error"] = budget_error(),
        _ => {}
    }
    for choice in json.pointer_mut("/choices").and_then(Value::as_array_mut).into_iter().flatten() {
        match alteration {
            Alteration::FinishEmpty => choice["finish_reason"] = json!(""),
            Alteration::FinishMissing => drop(choice.as_object_mut().map(|choice| choice.remove("finish_reason"))),
            Alteration::BudgetIn200 => choice["message"]["content"] = json!(""),
            Alteration::ChoiceError => {
                *choice = json!({ "index": 0, "finish_reason": "error", "message": { "content": "" }, "error": bad_gateway() });
            }
            Alteration::MessageMissing => *choice = json!({ "finish_reason": "length" }),
            _ => {}
        }
    }
    None
}

pub(super) fn in_stream(alteration: Alteration, mut events: Vec<Event>) -> Vec<Event> {
    match alteration {
        Alteration::FinishEmpty => empty_reasons(&mut events),
        Alteration::FinishMissing => {
            events = events::first_half(events);
            empty_reasons(&mut events);
        }
        Alteration::FinishTwice | Alteration::FinishChanges => {
            if let Some(end) = events::end_of_message(&events) {
                let mut again = events[end].clone();
                if let (Event::Chunk(chunk), Alteration::FinishChanges) = (&mut again, alteration) {
                    chunk["choices"][0]["finish_reason"] = json!("length");
                }
                events.insert(end + 1, again);
            }
        }
        Alteration::ErrorIn200 => {
            events = events::first_half(events);
            events.push(Event::Chunk(json!({ "error": server_error() })));
        }
        Alteration::BudgetIn200 => {
            let choice = json!({ "index": 0, "delta": {}, "finish_reason": "stop" });
            let mut last = events::event_like(&events, choice);
            last["error"] = budget_error();
            events = events::first_half(events);
            events.extend([Event::Chunk(last), Event::Done]);
        }
        Alteration::ChoiceError => {
            let choice =
                json!({ "index": 0, "delta": { "content": "" }, "finish_reason": "error", "error": bad_gateway() });
            let last = events::event_like(&events, choice);
            events = events::first_half(events);
            events.extend([Event::Chunk(last), Event::Done]);
        }
        Alteration::MessageRepeated => repeat_message(&mut events),
        Alteration::EmptyUsage => {
            let chunk = json!({ "object": "chat.completion.chunk", "choices": [], "usage": {} });
            events::insert_before_done(&mut events, Event::Chunk(chunk));
        }
        Alteration::EmptyError => {
            events::chunks(&mut events).for_each(|chunk| chunk["error"] = json!({ "message": "", "code": null }));
        }
        Alteration::GarbledEvent => {
            let middle = events.len() / 2;
            events.insert(middle, Event::Garbled(r#"{"choices":[{"index":0,"delta":{"content":"lost"#.to_owned()));
        }
        Alteration::ManyItems => {
            if let Some(Event::Chunk(chunk)) = events.first() {
                let text = with_many_items(&chunk.to_string(), "choices").unwrap_or_default();
                events[0] = Event::Garbled(String::from_utf8_lossy(&text).into_owned());
            }
        }
        _ => {}
    }
    events
}

fn empty_reasons(events: &mut [Event]) {
    for chunk in events::chunks(events) {
        for choice in chunk.pointer_mut("/choices").and_then(Value::as_array_mut).into_iter().flatten() {
            if choice["finish_reason"].is_null() {
                choice["finish_reason"] = json!("");
            }
        }
    }
}

fn repeat_message(events: &mut [Event]) {
    let piece = |event: &Event| match event {
        Event::Chunk(chunk) => chunk["choices"][0]["delta"]["content"].as_str().map(str::to_owned),
        _ => None,
    };
    let text: String = events.iter().filter_map(piece).collect();
    let Some(end) = events::end_of_message(events) else { return };
    if let Event::Chunk(chunk) = &mut events[end] {
        chunk["choices"][0]["message"] = json!({ "role": "assistant", "content": text });
    }
}

/// The JSON with empty items behind the first of this list.
fn with_many_items(text: &str, list: &str) -> Option<Bytes> {
    let mut json: Value = serde_json::from_str(text).ok()?;
    let first = json.get_mut(list)?.as_array_mut()?.first_mut()?.take();
    json[list] = Value::Null;
    let items = format!("\"{list}\":[{first}{}]", ",{}".repeat(MANY_ITEMS));
    Some(Bytes::from(json.to_string().replacen(&format!("\"{list}\":null"), &items, 1)))
}

fn server_error() -> Value {
    json!({ "message": "The model failed.", "type": "server_error", "param": null, "code": 500 })
}

fn budget_error() -> Value {
    let text = "Budget has been exceeded! Current cost: 1.5, Max budget: 1.0";
    json!({ "message": text, "type": "budget_exceeded", "param": null, "code": "400" })
}

fn bad_gateway() -> Value {
    json!({ "code": 502, "message": "The provider of the model gave up." })
}
