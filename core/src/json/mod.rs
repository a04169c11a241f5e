//! Reads small JSON bodies in the tolerant way: token sets, claims, and what a server says in an error.
//!
//! A token set can be sent once, and an error body is all that is known of a failure. A strict parser would lose both over a
//! detail, so here:
//! - of a member that stands twice, the last one counts;
//! - a value is looked at only when it is asked for: an odd one spoils none of the others;
//! - a byte order mark, UTF-16, bytes that are not UTF-8 and text after the JSON do no harm.
//!
//! Values stay slices of the text, so that a secret is copied only into its [`Secret`](crate::secret::Secret). One that is
//! written with escapes also passes through a buffer of `serde_json`, which does not wipe it.

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;
use url::form_urlencoded;
use zeroize::Zeroizing;

/// Objects deeper than this are not looked into.
pub(crate) const MAX_DEPTH: usize = 4;
/// Words that servers write where they mean nothing.
const EMPTY_WORDS: [&str; 5] = ["", "null", "none", "false", "0"];

/// An object's members in the order in which they stand.
#[derive(Clone)]
pub(crate) struct Object<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Object<'a> {
    /// The object at the beginning of `text`; of a list, its first object.
    pub fn at_start(text: &'a str) -> Option<Self> {
        objects_at_start(text).next()
    }

    pub fn of(value: &'a RawValue) -> Option<Self> {
        serde_json::from_str(value.get()).ok()
    }

    /// The object that signed JSON is, in the strict way: nothing before or after it, and no name twice
    /// ([RFC 7515 4](https://www.rfc-editor.org/rfc/rfc7515#section-4), [RFC 7519 4](https://www.rfc-editor.org/rfc/rfc7519#section-4)).
    #[cfg(any(feature = "dpop", feature = "openid"))]
    pub fn strict(json: &'a [u8]) -> Option<Self> {
        let object: Self = serde_json::from_slice(json).ok()?;
        let mut seen = HashSet::new();
        let is_strict = object.0.iter().all(|(name, _)| seen.insert(name.as_str()));
        is_strict.then_some(object)
    }

    /// The member of this name; the last one if it stands twice.
    pub fn get(&self, name: &str) -> Option<&'a RawValue> {
        self.0.iter().rev().find(|(member, _)| member == name).map(|(_, value)| *value)
    }

    /// The object with each name once.
    pub fn to_json(&self) -> String {
        let mut seen = HashSet::new();
        let last_of_each = self.0.iter().rev().filter(|(name, _)| seen.insert(name));
        let mut members: Vec<String> =
            last_of_each.map(|(name, value)| format!("{}:{}", serde_json::Value::from(name.as_str()), value)).collect();
        members.reverse();
        format!("{{{}}}", members.join(","))
    }

    /// The object with only the members of these names.
    pub fn only(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    /// The object without the members of these names.
    #[cfg(feature = "registration")]
    pub fn without(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| !names.contains(&name.as_str())).cloned().collect())
    }

    /// Whether it has no members.
    #[cfg(feature = "registration")]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The objects among its members, and those in its lists.
    fn children(&self) -> Vec<Object<'a>> {
        self.0.iter().flat_map(|(_, value)| objects_in(value)).collect()
    }
}

impl<'a> FromIterator<(&'static str, &'a RawValue)> for Object<'a> {
    fn from_iter<M: IntoIterator<Item = (&'static str, &'a RawValue)>>(members: M) -> Self {
        Self(members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Object<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Object(members))
            }
        }

        deserializer.deserialize_map(Members)
    }
}

/// The object that `is_it` accepts, followed by the objects around it, from the inside out. The one nearest to the top is
/// taken, and the last of several. Text before the first object is skipped.
pub(crate) fn find<'a>(text: &'a str, is_it: impl Fn(&Object<'a>) -> bool) -> Vec<Object<'a>> {
    let mut top: Vec<Object<'a>> = objects_at_start(text).collect();
    if top.is_empty() {
        top.extend(text.find('{').and_then(|start| Object::at_start(&text[start..])));
    }
    // Each object with the place of the one around it, level by level.
    let mut objects: Vec<(Object<'a>, Option<usize>)> = top.into_iter().map(|object| (object, None)).collect();
    let mut level = 0..objects.len();
    for _ in 0..MAX_DEPTH {
        if let Some(found) = level.clone().rev().find(|place| is_it(&objects[*place].0)) {
            let around = std::iter::successors(Some(found), |place| objects[*place].1);
            return around.map(|place| objects[place].0.clone()).collect();
        }
        for place in level.clone() {
            let children = objects[place].0.children();
            objects.extend(children.into_iter().map(|child| (child, Some(place))));
        }
        level = level.end..objects.len();
    }
    Vec::new()
}

/// The object at the beginning of `text`, or those of the list there. What follows is not looked at.
fn objects_at_start(text: &str) -> impl Iterator<Item = Object<'_>> {
    first_value(text).into_iter().flat_map(objects_in)
}

/// The value at the beginning of `text`. What follows is not looked at.
pub(crate) fn first_value(text: &str) -> Option<&RawValue> {
    serde_json::Deserializer::from_str(text).into_iter::<&RawValue>().next()?.ok()
}

/// The object that the value is, or those of the list that it is.
fn objects_in(value: &RawValue) -> impl Iterator<Item = Object<'_>> {
    let values = match value.get().as_bytes().first() {
        Some(b'{') => vec![value],
        Some(b'[') => items(value),
        _ => Vec::new(),
    };
    values.into_iter().filter_map(Object::of)
}

/// The values of a list; none where it is no list.
pub(crate) fn items(value: &RawValue) -> Vec<&RawValue> {
    serde_json::from_str(value.get()).unwrap_or_default()
}

/// A string, or a number as its digits; also alone in a list. Anything else is no text.
/// The caller wipes it where it is a secret.
pub(crate) fn text(value: &RawValue) -> Option<String> {
    let json = value.get();
    match json.as_bytes().first()? {
        b'"' => serde_json::from_str(json).ok(),
        b'-' | b'0'..=b'9' => Some(json.to_owned()),
        b'[' => match items(value).as_slice() {
            [only] if !only.get().starts_with('[') => text(only),
            _ => None,
        },
        _ => None,
    }
}

/// A string, and nothing else.
#[cfg(any(feature = "dpop", feature = "openid"))]
pub(crate) fn string(value: &RawValue) -> Option<String> {
    serde_json::from_str(value.get()).ok()
}

/// The text of a value, if it is not blank.
#[cfg(any(feature = "introspection", feature = "registration"))]
pub(crate) fn shown_text(value: &RawValue) -> Option<String> {
    text(value).filter(|text| !text.trim().is_empty())
}

/// Whether a value says anything: not `null`, `false`, zero, blank text, or an object or list of nothing but such.
pub(crate) fn says_something(value: &RawValue) -> bool {
    tells(value, MAX_DEPTH, |number| number != 0.0)
}

/// The same for an `error` member, where a status of success says nothing either.
pub(crate) fn says_failure(value: &RawValue) -> bool {
    tells(value, MAX_DEPTH, |number| number != 0.0 && !(200.0..300.0).contains(&number))
}

fn tells(value: &RawValue, depth: usize, number_tells: fn(f64) -> bool) -> bool {
    let json = value.get();
    let inner = |value: &RawValue| tells(value, depth - 1, number_tells);
    match json.as_bytes().first() {
        Some(b'{' | b'[') if depth == 0 => true,
        Some(b'{') => Object::of(value).is_none_or(|object| object.0.iter().any(|(_, value)| inner(value))),
        Some(b'[') => items(value).into_iter().any(inner),
        Some(b'"') => text(value).map(Zeroizing::new).is_none_or(|word| {
            let word = word.trim();
            !EMPTY_WORDS.iter().any(|empty| word.eq_ignore_ascii_case(empty))
        }),
        Some(b'n' | b'f') | None => false,
        Some(b't') => true,
        Some(_) => json.parse().map_or(true, number_tells),
    }
}

/// A body as JSON text: decoded, taken out of a JSON string, or converted from a form.
pub(crate) fn json_text(body: &[u8]) -> Zeroizing<String> {
    let decoded = decode(body);
    let trimmed = decoded.trim();
    if trimmed.starts_with('"')
        && let Ok(inner) = serde_json::from_str(trimmed)
    {
        return Zeroizing::new(inner);
    }
    form_as_json(trimmed).unwrap_or_else(|| Zeroizing::new(trimmed.to_owned()))
}

/// `access_token=…&token_type=bearer`, as servers older than RFC 6749 respond, whatever `Accept` says.
fn form_as_json(text: &str) -> Option<Zeroizing<String>> {
    if text.contains(|c: char| matches!(c, '{' | '<' | '"') || c.is_whitespace()) {
        return None;
    }
    let mut pairs = form_urlencoded::parse(text.as_bytes());
    if !pairs.clone().any(|(name, value)| matches!(&*name, "access_token" | "error") && !value.is_empty()) {
        return None;
    }
    object_of_texts(&mut pairs)
}

/// UTF-8 with or without a byte order mark, or UTF-16. Bytes that are not text become U+FFFD.
fn decode(body: &[u8]) -> Zeroizing<String> {
    let utf16 = |unit: fn([u8; 2]) -> u16| {
        let units = body.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        let mut text = Zeroizing::new(String::with_capacity(body.len() * 2)); // no growth leaves a copy behind
        text.extend(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)));
        Zeroizing::new(text.trim_start_matches('\u{feff}').to_owned())
    };
    match body {
        [0xff, 0xfe, ..] => utf16(u16::from_le_bytes),
        [0xfe, 0xff, ..] => utf16(u16::from_be_bytes),
        [b'{' | b'[' | b'"', 0, ..] => utf16(u16::from_le_bytes),
        [0, b'{' | b'[' | b'"', ..] => utf16(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => Zeroizing::new(String::from_utf8_lossy(rest).into_owned()),
        _ => Zeroizing::new(String::from_utf8_lossy(body).into_owned()),
    }
}

/// Writes a JSON object of texts. Its buffer never grows, so no copy of a secret is left behind.
pub(crate) fn object_of_texts<'a>(
    fields: &mut (impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + Clone),
) -> Option<Zeroizing<String>> {
    let mut object = Zeroizing::new(Vec::with_capacity(max_object_bytes(fields)));
    object.push(b'{');
    for (index, (name, value)) in fields.enumerate() {
        if index > 0 {
            object.push(b',');
        }
        serde_json::to_writer(&mut *object, &*name).ok()?;
        object.push(b':');
        serde_json::to_writer(&mut *object, &*value).ok()?;
    }
    object.push(b'}');
    String::from_utf8(std::mem::take(&mut *object)).ok().map(Zeroizing::new)
}

/// JSON makes a byte six at most.
pub(crate) fn max_object_bytes<'a>(fields: &(impl Iterator<Item = (Cow<'a, str>, Cow<'a, str>)> + Clone)) -> usize {
    fields.clone().map(|(name, value)| 6 * (name.len() + value.len()) + 6).sum::<usize>() + 2
}

#[cfg(test)]
mod tests;
