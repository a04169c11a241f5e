//! Reads JSON the way it is meant: servers send numbers as strings, `null` for lists, and text in parts (P6).

mod content;
mod last_wins;

pub(super) use content::{Content, JsonText};
pub(super) use last_wins::{Key, from_slice, from_str};

use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::{Engine, alphabet};
use rust_decimal::Decimal;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use std::fmt;

/// Text: a string, or a list of parts with a `text`, joined; anything else is no text.
pub(super) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    deserializer.deserialize_any(TextVisitor)
}

/// A whole number that is not negative, also as a string or a float; anything else is none.
pub(super) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let from_float = |number: f64| if number >= 0.0 && number.is_finite() { Some(number as u64) } else { None };
    let number = scalar(<&RawValue>::deserialize(deserializer)?);
    Ok(number.parse().ok().or_else(|| number.parse().ok().and_then(from_float)))
}

/// A position in a list; `None` if there is none, or one that is no position.
pub(super) fn index<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(count(deserializer)?.and_then(|index| index.try_into().ok()))
}

/// True or false, also as a string or a number; anything else is none.
pub(super) fn boolean<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    let json = <&RawValue>::deserialize(deserializer)?;
    Ok(match scalar(json).to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        number if !json.get().starts_with('"') => number.parse().ok().map(|number: f64| number != 0.0),
        _ => None,
    })
}

/// A number or a word as it stands, with or without quotes.
fn scalar(json: &RawValue) -> &str {
    json.get().trim_matches('"').trim()
}

/// Bytes in base64, with or without padding and line breaks. The text may be as it stands in JSON, with its escapes: a copy without
/// them would cost more memory than the bytes (S8).
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    const INDIFFERENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    if !text.bytes().any(|byte| byte.is_ascii_whitespace() || byte == b'\\') {
        return INDIFFERENT.decode(text).ok();
    }
    let mut dense = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'\\' => {
                let (&escaped, after) = rest.split_first()?;
                rest = after;
                match escaped {
                    b'n' | b'r' | b't' => {}
                    b'u' => {
                        let (digits, after) = rest.split_at_checked(4)?;
                        rest = after;
                        dense.push(u8::from_str_radix(str::from_utf8(digits).ok()?, 16).ok()?);
                    }
                    other => dense.push(other),
                }
            }
            byte if byte.is_ascii_whitespace() => {}
            byte => dense.push(byte),
        }
    }
    INDIFFERENT.decode(dense).ok()
}

/// What has this shape; anything else is none.
pub(super) fn optional<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    Ok(from_str(<&RawValue>::deserialize(deserializer)?.get()).ok())
}

/// Calls `take` with each of the first `most` items of a list that has this shape, one at a time, so that a list needs no memory of its
/// own (S8). An object in the place of a list is its only item.
pub(super) fn each<'a, T: Deserialize<'a>>(list: &'a RawValue, most: usize, mut take: impl FnMut(T)) {
    let mut read = |item: &'a RawValue| _ = from_str(item.get()).map(&mut take);
    if list.get().starts_with('{') {
        return read(list);
    }
    let visitor = Each { most, take: read };
    let _ = serde_json::Deserializer::from_str(list.get()).deserialize_seq(visitor); // what is no list has no items
}

/// Those of the first `most` items of a list that have this shape, in a vector of just that size (S8).
pub(super) fn first_items<'a, T: Deserialize<'a>>(list: &'a RawValue, most: usize) -> Vec<T> {
    let mut count = 0;
    each(list, most, |_: IgnoredAny| count += 1);
    let mut items = Vec::with_capacity(count);
    each(list, most, |item| items.push(item));
    items
}

/// Money: a number or a string with one, read from its own digits and never through binary floating point (P7).
pub(super) fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let raw = <&RawValue>::deserialize(deserializer)?.get();
    Ok(parse_decimal(raw.trim_matches('"')))
}

/// Digits with an optional point and exponent.
pub(super) fn parse_decimal(text: &str) -> Option<Decimal> {
    let text = text.trim();
    text.parse().or_else(|_| Decimal::from_scientific(text)).ok()
}

/// Hands over the first items of a list one by one, as they stand.
struct Each<F> {
    most: usize,
    take: F,
}

impl<'de, F: FnMut(&'de RawValue)> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<(), A::Error> {
        for _ in 0..self.most {
            let Some(item) = items.next_element()? else { break };
            (self.take)(item);
        }
        Ok(())
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Option<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text or parts of text")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(text.to_owned()))
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<Self::Value, E> {
        Ok(Some(text))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Some(number.to_string()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            if key == "text" {
                found = map.next_value::<Text>()?.0;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Self::Value, A::Error> {
        let mut whole = None;
        while let Some(Text(part)) = parts.next_element()? {
            if let Some(part) = part {
                whole.get_or_insert_with(String::new).push_str(&part);
            }
        }
        Ok(whole)
    }
}

/// What [`text`] reads, as a type.
pub(super) struct Text(pub Option<String>);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer).map(Text)
    }
}

#[cfg(test)]
mod tests;
