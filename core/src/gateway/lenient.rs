//! Reads JSON the way it is meant: servers send numbers as strings, `null` for lists, and text in parts (P6).

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
    let value = serde_json::Value::deserialize(deserializer)?;
    let from_float = |number: f64| if number >= 0.0 && number.is_finite() { Some(number as u64) } else { None };
    Ok(match &value {
        serde_json::Value::Number(number) => number.as_u64().or_else(|| number.as_f64().and_then(from_float)),
        serde_json::Value::String(text) => text.trim().parse().ok(),
        _ => None,
    })
}

/// A position in a list; what cannot be read is the first.
pub(super) fn index<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Ok(count(deserializer)?.and_then(|index| index.try_into().ok()).unwrap_or_default())
}

/// A truth, also as a string or a number; anything else is none.
pub(super) fn truth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<bool>, D::Error> {
    Ok(match serde_json::Value::deserialize(deserializer)? {
        serde_json::Value::Bool(truth) => Some(truth),
        serde_json::Value::Number(number) => number.as_f64().map(|number| number != 0.0),
        serde_json::Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    })
}

/// The items of a list that have this shape; the others are left out.
pub(super) fn readable_items<'de, D: Deserializer<'de>, T: de::DeserializeOwned>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let items: Vec<&RawValue> = list(deserializer)?;
    Ok(items.iter().filter_map(|item| serde_json::from_str(item.get()).ok()).collect())
}

/// Bytes in base64, with or without padding and line breaks.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    const INDIFFERENT: GeneralPurpose = GeneralPurpose::new(
        &alphabet::STANDARD,
        GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
    );
    if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        let dense: String = text.split_ascii_whitespace().collect();
        return INDIFFERENT.decode(dense).ok();
    }
    INDIFFERENT.decode(text).ok()
}

/// What has this shape; anything else is none.
pub(super) fn optional<'de, D: Deserializer<'de>, T: de::DeserializeOwned>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(serde_json::Value::deserialize(deserializer)?).ok())
}

/// A list; `null` is an empty one.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
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
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Probe {
        #[serde(default, deserialize_with = "text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "count")]
        count: Option<u64>,
        #[serde(default, deserialize_with = "list")]
        list: Vec<u8>,
        #[serde(default, deserialize_with = "decimal")]
        money: Option<Decimal>,
    }

    fn probe(json: &str) -> Probe {
        serde_json::from_str(json).unwrap()
    }

    // P6
    #[test]
    fn every_form_that_servers_send_is_read() {
        for (json, expected) in [
            (r#"{"text":"a"}"#, Some("a")),
            (r#"{"text":"a\nb"}"#, Some("a\nb")),
            (r#"{"text":[{"type":"text","text":"a"},{"type":"image"},"b"]}"#, Some("ab")),
            (r#"{"text":null}"#, None),
            (r#"{"text":[]}"#, None),
            (r#"{"text":true}"#, None),
            (r#"{}"#, None),
        ] {
            assert_eq!(probe(json).text.as_deref(), expected, "{json}");
        }
        for (json, expected) in
            [("7", Some(7)), ("\"7\"", Some(7)), ("7.0", Some(7)), ("-7", None), ("null", None), ("[]", None)]
        {
            assert_eq!(probe(&format!("{{\"count\":{json}}}")).count, expected, "{json}");
        }
        assert_eq!(probe(r#"{"list":null}"#).list, Vec::<u8>::new());
        assert_eq!(probe(r#"{"list":[1]}"#).list, [1]);
    }

    // P7
    #[test]
    fn money_keeps_its_digits() {
        for (json, expected) in [
            ("0.1", Some("0.1")),
            ("2.45", Some("2.45")),
            ("\"7.55\"", Some("7.55")),
            ("1e-7", Some("0.0000001")),
            ("0.30000000000000004", Some("0.30000000000000004")),
            ("null", None),
            ("\"much\"", None),
            ("{}", None),
        ] {
            let money = probe(&format!("{{\"money\":{json}}}")).money;
            assert_eq!(money, expected.map(|text| text.parse().unwrap()), "{json}");
        }
    }
}
