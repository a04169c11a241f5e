//! Server-sent events as JSON, and back.

use bytes::Bytes;
use serde_json::{Value, json};

/// The content of one event.
#[derive(Clone, Debug)]
pub(super) enum Event {
    Chunk(Value),
    Done,
    /// Not JSON.
    Garbled(String),
}

pub(super) fn read(body: &[u8]) -> Vec<Event> {
    let text = String::from_utf8_lossy(body);
    let data = text.split("\n\n").filter_map(|event| event.trim().strip_prefix("data: "));
    let event = |data: &str| match data {
        "[DONE]" => Event::Done,
        data => serde_json::from_str(data).map_or_else(|_| Event::Garbled(data.to_owned()), Event::Chunk),
    };
    data.map(event).collect()
}

pub(super) fn write(events: &[Event]) -> Bytes {
    let text = |event: &Event| match event {
        Event::Chunk(chunk) => format!("data: {chunk}\n\n"),
        Event::Done => "data: [DONE]\n\n".to_owned(),
        Event::Garbled(garbled) => format!("data: {garbled}\n\n"),
    };
    Bytes::from(events.iter().map(text).collect::<String>())
}

/// The first half of the events before the end of the message.
pub(super) fn first_half(events: Vec<Event>) -> Vec<Event> {
    let is_piece =
        |event: &&Event| matches!(event, Event::Chunk(chunk) if chunk["choices"][0]["finish_reason"].is_null());
    let pieces = events.iter().filter(is_piece).count();
    events.into_iter().take(pieces.div_ceil(2)).collect()
}

/// An event like those of the stream, with this choice.
pub(super) fn event_like(events: &[Event], choice: Value) -> Value {
    let first = events.iter().find_map(|event| match event {
        Event::Chunk(chunk) => Some(chunk.clone()),
        _ => None,
    });
    let mut chunk = first.unwrap_or_else(|| json!({ "object": "chat.completion.chunk" }));
    chunk["choices"] = json!([choice]);
    chunk
}

/// The position of the last event of a choice with a finish reason.
pub(super) fn end_of_message(events: &[Event]) -> Option<usize> {
    events
        .iter()
        .rposition(|event| matches!(event, Event::Chunk(chunk) if chunk["choices"][0]["finish_reason"].is_string()))
}

/// The chunks, to be changed.
pub(super) fn chunks(events: &mut [Event]) -> impl Iterator<Item = &mut Value> {
    events.iter_mut().filter_map(|event| match event {
        Event::Chunk(chunk) => Some(chunk),
        _ => None,
    })
}

/// Adds before `[DONE]`.
pub(super) fn insert_before_done(events: &mut Vec<Event>, event: Event) {
    let end = events.iter().position(|event| matches!(event, Event::Done)).unwrap_or(events.len());
    events.insert(end, event);
}
