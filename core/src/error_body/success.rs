//! An error below a status of success (P10).
//!
//! The body may be a whole answer of many megabytes: only the members that an error has are kept, everything else is passed over.

use super::ErrorBody;
use crate::json;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// A member larger than this is no member of an error.
const MAX_MEMBER: usize = 64 * 1024;
/// The members of an error, at the top of a body.
pub(super) const OF_ERRORS: [&str; 29] = [
    "error",
    "errors",
    "success",
    "detail",
    "details",
    "message",
    "title",
    "error_description",
    "errorDescription",
    "error_message",
    "errorMessage",
    "msg",
    "errmsg",
    "reason",
    "error_uri",
    "description",
    "code",
    "error_code",
    "type",
    "error_type",
    "param",
    "status",
    "status_code",
    "generation_id",
    "request_id",
    "timestamp",
    "instance",
    "path",
    "trace_id",
];

/// The members of an object that matter here; of one that stands twice, the last.
#[derive(Default)]
struct Members<'a> {
    known: Vec<(&'static str, &'a RawValue)>,
    /// Whether there are others: then `detail` and `errors` are a part of an answer, and not the outcome.
    has_others: bool,
    /// The first element, where the body is an array.
    first: Option<&'a RawValue>,
}

pub(super) fn read(body: &str) -> Option<ErrorBody> {
    let members: Members<'_> = serde_json::from_str(body).ok()?;
    let members = match members.first {
        Some(first) => serde_json::from_str::<Members<'_>>(first.get()).ok().filter(|inner| inner.first.is_none())?,
        None => members,
    };
    let get = |wanted: &str| members.known.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
    let is_large = |value: &RawValue| value.get().len() > MAX_MEMBER;
    let says = |name: &str| get(name).is_some_and(|value| is_large(value) || json::says_failure(value));
    let failed = get("success").is_some_and(|success| success.get().trim_matches('"').eq_ignore_ascii_case("false"));
    let is_only_an_error = !members.has_others && (says("errors") || says("detail"));
    if !says("error") && !failed && !is_only_an_error {
        return None;
    }
    let small = members.known.iter().filter(|(_, value)| !is_large(value)).copied();
    let mut read = ErrorBody::of_object(&small.collect(), 0);
    let large = get("error").filter(|error| is_large(error));
    if let (true, Some(error)) = (read.text.is_empty(), large) {
        read.text = super::bounded(error.get(), super::MAX_TEXT);
    }
    Some(read)
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MembersVisitor)
    }
}

struct MembersVisitor;

impl<'de> Visitor<'de> for MembersVisitor {
    type Value = Members<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or an array")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Members::default();
        while let Some(Name(name)) = map.next_key()? {
            match OF_ERRORS.iter().find(|known| **known == name) {
                Some(name) => {
                    let value = map.next_value()?;
                    members.known.retain(|(known, _)| known != name);
                    members.known.push((name, value));
                }
                None => {
                    members.has_others = true;
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(members)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let first = seq.next_element()?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Members { first, ..Members::default() })
    }
}

/// A member's name, borrowed where it has no escapes.
struct Name<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Name<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NameVisitor;
        impl<'de> Visitor<'de> for NameVisitor {
            type Value = Name<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a name")
            }

            fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Borrowed(name)))
            }

            fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
                Ok(Name(Cow::Owned(name.to_owned())))
            }
        }
        deserializer.deserialize_str(NameVisitor)
    }
}
