//! Tool calls and contents in forms other than OpenAI's.

use serde_json::{Value, json};

use super::events::{self, Event};
use crate::wire::fault::Alteration;

pub(super) fn in_whole(alteration: Alteration, json: &mut Value) {
    for choice in json.pointer_mut("/choices").and_then(Value::as_array_mut).into_iter().flatten() {
        let Some(message) = choice.get_mut("message") else { continue };
        match alteration {
            Alteration::StructuredContent => structure(&mut message["content"]),
            Alteration::StructuredArguments => {
                for call in message.pointer_mut("/tool_calls").and_then(Value::as_array_mut).into_iter().flatten() {
                    structure(&mut call["function"]["arguments"]);
                }
            }
            Alteration::FunctionCall => {
                let calls = message.as_object_mut().and_then(|message| message.remove("tool_calls"));
                if let Some(call) = calls.as_ref().and_then(|calls| calls.get(0)) {
                    message["function_call"] = call["function"].clone();
                    choice["finish_reason"] = json!("function_call");
                }
            }
            _ => {}
        }
    }
}

/// A text of a JSON object becomes that object; another text becomes a member of an object.
fn structure(text: &mut Value) {
    let Some(string) = text.as_str() else { return };
    *text = serde_json::from_str(string).ok().filter(Value::is_object).unwrap_or_else(|| json!({ "text": string }));
}

pub(super) fn in_stream(alteration: Alteration, mut events: Vec<Event>) -> Vec<Event> {
    match alteration {
        Alteration::StructuredContent => gather(&mut events, "/choices/0/delta/content"),
        Alteration::StructuredArguments => {
            gather(&mut events, "/choices/0/delta/tool_calls/0/function/arguments");
        }
        Alteration::FunctionCall => events::chunks(&mut events).for_each(as_function_call),
        Alteration::NewCallIds => {
            let pieces =
                events::chunks(&mut events).filter_map(|chunk| chunk.pointer_mut("/choices/0/delta/tool_calls/0"));
            pieces.enumerate().for_each(|(number, piece)| piece["id"] = json!(format!("call_{number}")));
        }
        Alteration::NameLate => {
            let mut functions: Vec<&mut Value> = events::chunks(&mut events)
                .filter_map(|chunk| chunk.pointer_mut("/choices/0/delta/tool_calls/0/function"))
                .collect();
            let name = functions.first_mut().and_then(|function| function.as_object_mut()?.remove("name"));
            if let (Some(name), Some(last)) = (name, functions.last_mut()) {
                last["name"] = name;
            }
        }
        _ => {}
    }
    events
}

/// Puts all pieces of a text into the first, as JSON. Only the first of several calls is changed.
fn gather(events: &mut [Event], pointer: &str) {
    let mut pieces: Vec<&mut Value> = events::chunks(events)
        .filter_map(|chunk| chunk.pointer_mut(pointer))
        .filter(|piece| piece.is_string())
        .collect();
    let mut text = Value::from(pieces.iter().filter_map(|piece| piece.as_str()).collect::<String>());
    structure(&mut text);
    let mut texts = std::iter::once(text).chain(std::iter::repeat(json!("")));
    for (piece, text) in pieces.iter_mut().zip(&mut texts) {
        **piece = text;
    }
}

fn as_function_call(chunk: &mut Value) {
    let Some(choice) = chunk.pointer_mut("/choices/0") else { return };
    if choice["finish_reason"] == "tool_calls" {
        choice["finish_reason"] = json!("function_call");
    }
    let Some(delta) = choice["delta"].as_object_mut() else { return };
    if let Some(calls) = delta.remove("tool_calls") {
        delta.insert("function_call".to_owned(), calls[0]["function"].clone());
    }
}
