//! Text that may come as a string, as parts, or as the JSON that a server made of it.

use super::{Key, each, from_str};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// A message's content.
///
/// - A string is the text. Null is none.
/// - A list of which every item is a part has the text of its parts, joined. A part is a string, null, an object whose `type` says what
///   part it is, or an object with nothing but a `text`.
/// - An object whose `type` says that it is a part with text has that text.
/// - Everything else is structured output that the server has parsed: its JSON is the text, as it stands.
pub(in crate::gateway) struct Content(pub Option<String>);

/// A tool's arguments: a string is the text, null is none, and everything else is JSON that the server has parsed.
#[derive(Default)]
pub(in crate::gateway) struct JsonText(pub Option<String>);

/// The types of parts that hold words of the answer.
const TEXT_PARTS: [&str; 3] = ["text", "output_text", "input_text"];
/// The types of parts that hold something else.
const OTHER_PARTS: [&str; 17] = [
    "image",
    "image_url",
    "input_image",
    "output_image",
    "audio",
    "input_audio",
    "output_audio",
    "video",
    "video_url",
    "file",
    "thinking",
    "redacted_thinking",
    "reasoning",
    "refusal",
    "tool_use",
    "tool_call",
    "reference",
];

impl<'de> Deserialize<'de> for Content {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = <&RawValue>::deserialize(deserializer)?;
        Ok(Self(match json.get().as_bytes().first() {
            Some(b'[') => parts(json).unwrap_or_else(|| as_json(json)),
            Some(b'{') => match part(json) {
                Part::Text { text, is_typed: true } => Some(text),
                _ => as_json(json),
            },
            _ => as_json(json),
        }))
    }
}

impl<'de> Deserialize<'de> for JsonText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <&RawValue>::deserialize(deserializer).map(as_json).map(Self)
    }
}

fn as_json(json: &RawValue) -> Option<String> {
    match json.get() {
        "null" => None,
        text if text.starts_with('"') => from_str(text).ok(),
        json => Some(json.to_owned()),
    }
}

/// The text of a list's parts; `None` if the list is structured output. A type that is not known here is a part's beside one that is.
fn parts(list: &RawValue) -> Option<Option<String>> {
    let mut whole = None::<String>;
    let (mut has_text_part, mut has_unknown, mut has_other_values) = (false, false, false);
    each(list, usize::MAX, |item: &RawValue| match part(item) {
        Part::Text { text, is_typed } => {
            has_text_part |= is_typed;
            whole.get_or_insert_default().push_str(&text);
        }
        Part::WithoutText => {}
        Part::UnknownType => has_unknown = true,
        Part::Structured => has_other_values = true,
    });
    (!has_other_values && (has_text_part || !has_unknown)).then_some(whole)
}

enum Part {
    Text {
        text: String,
        /// Its `type` says that it is text.
        is_typed: bool,
    },
    WithoutText,
    UnknownType,
    Structured,
}

fn part(json: &RawValue) -> Part {
    match json.get().as_bytes().first() {
        Some(b'"') => Part::Text { text: as_json(json).unwrap_or_default(), is_typed: false },
        Some(b'n') => Part::WithoutText,
        Some(b'{') => from_str(json.get()).map_or(Part::Structured, PartBody::into_part),
        _ => Part::Structured,
    }
}

#[derive(Default)]
struct PartBody<'a> {
    kind: Option<String>,
    text: Option<&'a RawValue>,
    has_more: bool,
}

impl PartBody<'_> {
    fn into_part(self) -> Part {
        let text = self.text.and_then(part_text);
        match (self.kind.as_deref(), text) {
            (Some(kind), text) if TEXT_PARTS.contains(&kind) => {
                Part::Text { text: text.unwrap_or_default(), is_typed: true }
            }
            (Some(kind), _) if OTHER_PARTS.contains(&kind) => Part::WithoutText,
            (Some(_), _) => Part::UnknownType,
            (None, Some(text)) if !self.has_more => Part::Text { text, is_typed: false },
            (None, _) => Part::Structured,
        }
    }
}

/// A part's text: a string, or an object with it as its `value`.
fn part_text(json: &RawValue) -> Option<String> {
    #[derive(Deserialize)]
    struct Annotated {
        value: String,
    }
    match json.get() {
        text if text.starts_with('"') => from_str(text).ok(),
        object => from_str::<Annotated>(object).ok().map(|text| text.value),
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for PartBody<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PartVisitor)
    }
}

struct PartVisitor;

impl<'de> Visitor<'de> for PartVisitor {
    type Value = PartBody<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a part of a message")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut part = PartBody::default();
        while let Some(Key(key)) = map.next_key()? {
            match key.as_ref() {
                "type" => part.kind = map.next_value::<JsonText>()?.0,
                "text" => part.text = Some(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    part.has_more = true;
                }
            }
        }
        Ok(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(json: &str) -> Option<String> {
        from_str::<Content>(json).unwrap().0
    }

    // P6
    #[test]
    fn text_is_read_as_a_string_or_in_parts() {
        for (json, expected) in [
            (r#""a\nb""#, Some("a\nb")),
            ("null", None),
            ("[]", None),
            (r#"[{"type":"text","text":"a"},{"type":"image_url","image_url":{}},"b",null]"#, Some("ab")),
            (r#"[{"type":"text","text":"a","annotations":[]},{"type":"text","text":{"value":"b"}}]"#, Some("ab")),
            (r#"[{"type":"output_text","text":"a"},{"type":"new","text":"b"}]"#, Some("a")),
            (r#"[{"type":"thinking","thinking":[]},{"text":"a"}]"#, Some("a")),
            (r#"[{"type":"image_url","image_url":{}}]"#, None),
            (r#"{"type":"text","text":"a"}"#, Some("a")),
            (r#"{"type":"text","text":"a","text":"b"}"#, Some("b")),
        ] {
            assert_eq!(content(json).as_deref(), expected, "{json}");
        }
    }

    // C3
    #[test]
    fn structured_output_is_its_json() {
        for json in [
            r#"{"amount": 12.50, "currency":"EUR"}"#,
            r#"{"text":"hi","to":"EUR"}"#,
            r#"{"text":"hi"}"#,
            r#"{"type":"invoice","text":"x"}"#,
            r#"{"type":1}"#,
            "{}",
            "[1,2]",
            r#"["a",1]"#,
            r#"[{"amount":1}]"#,
            r#"[{"text":"a","to":"b"}]"#,
            r#"[{"type":"income","amount":3}]"#,
            "12.50",
            "true",
        ] {
            assert_eq!(content(json).as_deref(), Some(json));
            assert_eq!(from_str::<JsonText>(json).unwrap().0.as_deref(), Some(json));
        }
        let part = r#"{"type":"text","text":"a"}"#;
        assert_eq!(from_str::<JsonText>(part).unwrap().0.as_deref(), Some(part), "arguments have no parts");
        assert_eq!(from_str::<JsonText>(r#""{\"a\":1}""#).unwrap().0.as_deref(), Some(r#"{"a":1}"#));
        assert_eq!(from_str::<JsonText>("null").unwrap().0, None);
    }
}
