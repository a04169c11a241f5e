//! The members of a small JSON object, read one by one: a member that cannot be read costs only itself (P6).
//!
//! Nothing is built of what is not asked for, so that memory does not follow what a hostile body holds (S8).

use super::lenient::{self, Key, Text};
use rust_decimal::Decimal;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// No more items of a list are read than this. What is longer is not a list of words.
const MAX_ITEMS: usize = 256;

/// The named members of an object. Of a member that stands twice, the last one counts.
#[derive(Clone)]
pub(super) struct Members<'a>(Vec<(&'static str, &'a RawValue)>);

impl<'a> Members<'a> {
    /// The members called `names` of the object `json`; `None` if it is not an object.
    pub fn read(json: &'a [u8], names: &[&'static str]) -> Option<Self> {
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let members = deserializer.deserialize_map(Picked(names)).ok()?;
        deserializer.end().ok()?;
        Some(members)
    }

    /// A member as it stands; `null` is none.
    pub fn raw(&self, name: &str) -> Option<&'a [u8]> {
        let (_, value) = self.0.iter().find(|(known, _)| *known == name)?;
        Some(value.get()).filter(|json| *json != "null").map(str::as_bytes)
    }

    /// Whether a member stands there, `null` too.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| *known == name)
    }

    /// Whether a member stands there and is `null`.
    pub fn is_null(&self, name: &str) -> bool {
        self.0.iter().any(|(known, value)| *known == name && value.get() == "null")
    }

    /// The members of an object that is a member.
    pub fn object(&self, name: &str, names: &[&'static str]) -> Option<Members<'a>> {
        Members::read(self.raw(name)?, names)
    }

    /// A text that is not empty: a string, a number, or parts of text.
    pub fn text(&self, name: &str) -> Option<String> {
        serde_json::from_slice::<Text>(self.raw(name)?).ok()?.0.filter(|text| !text.trim().is_empty())
    }

    /// A string as it is meant, a number or a boolean as it is written; anything else is none.
    pub fn scalar(&self, name: &str) -> Option<Cow<'a, str>> {
        scalar(self.raw(name)?)
    }

    /// A whole number that is not negative, also as a string or a float.
    pub fn count(&self, name: &str) -> Option<u64> {
        lenient::count(&mut serde_json::Deserializer::from_slice(self.raw(name)?)).ok()?
    }

    /// Money, from its own digits (P7).
    pub fn decimal(&self, name: &str) -> Option<Decimal> {
        lenient::decimal(&mut serde_json::Deserializer::from_slice(self.raw(name)?)).ok()?
    }

    /// A boolean, also as a string or a number.
    pub fn boolean(&self, name: &str) -> Option<bool> {
        lenient::boolean(&mut serde_json::Deserializer::from_slice(self.raw(name)?)).ok()?
    }

    /// Words, in every form that servers give them; see [`words`].
    pub fn words(&self, name: &str) -> Vec<String> {
        self.raw(name).map(words).unwrap_or_default()
    }
}

fn scalar(json: &[u8]) -> Option<Cow<'_, str>> {
    match json.first()? {
        b'{' | b'[' | b'n' => None,
        b'"' => serde_json::from_slice::<String>(json).ok().map(Cow::Owned),
        _ => std::str::from_utf8(json).ok().map(Cow::Borrowed),
    }
}

/// A list of words, also as one string with commas between them, as a list of objects that have a name, or as an object that
/// says of each whether it is so. What is no word is left out.
pub(super) fn words(json: &[u8]) -> Vec<String> {
    let words: Vec<String> = match json.first() {
        Some(b'[') => items(json, MAX_ITEMS, named).unwrap_or_default(),
        Some(b'{') => serde_json::Deserializer::from_slice(json).deserialize_map(TrueNames).unwrap_or_default(),
        Some(b'"') => scalar(json).iter().flat_map(|text| text.split([',', ';', '|'])).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    words.into_iter().map(|word| word.trim().to_owned()).filter(|word| !word.is_empty()).collect()
}

/// A string, or an object with a name.
fn named(item: &[u8]) -> Option<String> {
    const NAMES: [&str; 4] = ["id", "name", "type", "value"];
    match item.first()? {
        b'"' => serde_json::from_slice(item).ok(),
        b'{' => {
            let members = Members::read(item, &NAMES)?;
            NAMES.iter().find_map(|name| members.text(name))
        }
        _ => None,
    }
}

/// What `read` makes of the items of a list, at most `most`; `None` if it is not a list.
pub(super) fn items<'a, T>(json: &'a [u8], most: usize, read: impl FnMut(&'a [u8]) -> Option<T>) -> Option<Vec<T>> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let items = deserializer.deserialize_seq(Items { most, read }).ok()?;
    deserializer.end().ok()?;
    Some(items)
}

/// Shows `look` every member of an object, with its name and its value as it stands; `None` if it is not an object.
pub(super) fn each(json: &[u8], look: impl FnMut(&str, &[u8])) -> Option<()> {
    serde_json::Deserializer::from_slice(json).deserialize_map(Each(look)).ok()
}

struct Each<F>(F);

impl<'de, F: FnMut(&str, &[u8])> Visitor<'de> for Each<F> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(name)) = map.next_key::<Key<'de>>()? {
            let value: &RawValue = map.next_value()?;
            (self.0)(&name, value.get().as_bytes());
        }
        Ok(())
    }
}

struct Picked<'n>(&'n [&'static str]);

impl<'de> Visitor<'de> for Picked<'_> {
    type Value = Members<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::with_capacity(self.0.len());
        while let Some(Key(name)) = map.next_key::<Key<'de>>()? {
            let Some(name) = self.0.iter().copied().find(|known| *known == name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value()?;
            members.retain(|(known, _)| *known != name);
            members.push((name, value));
        }
        Ok(Members(members))
    }
}

/// The names of members that are true.
struct TrueNames;

impl<'de> Visitor<'de> for TrueNames {
    type Value = Vec<String>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut names: Vec<String> = Vec::new();
        while let Some(Key(name)) = map.next_key::<Key<'de>>()? {
            let value: &RawValue = map.next_value()?;
            names.retain(|known| *known != name);
            let is_so = !matches!(value.get(), "null" | "false" | "0" | "\"\"" | "\"false\"" | "[]" | "{}");
            if is_so && names.len() < MAX_ITEMS {
                names.push(name.into_owned());
            }
        }
        Ok(names)
    }
}

struct Items<F> {
    most: usize,
    read: F,
}

impl<'de, T, F: FnMut(&'de [u8]) -> Option<T>> Visitor<'de> for Items<F> {
    type Value = Vec<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<&'de RawValue>()? {
            if items.len() < self.most {
                items.extend((self.read)(item.get().as_bytes()));
            }
        }
        Ok(items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(json: &str) -> Members<'_> {
        Members::read(json.as_bytes(), &["a", "b", "c"]).unwrap()
    }

    // K4, P6
    #[test]
    fn the_last_of_members_with_one_name_counts() {
        let members = read(r#"{"a":1,"x":[{"a":7}],"a":"2","b":"first","\u0061":3,"b":null}"#);
        assert_eq!((members.count("a"), members.text("b"), members.raw("c")), (Some(3), None, None));
    }

    // P6
    #[test]
    fn a_member_is_read_in_every_form_and_an_odd_one_costs_only_itself() {
        for (json, expected) in
            [("7", Some(7)), ("\" 7 \"", Some(7)), ("7.0", Some(7)), ("7e1", Some(70)), ("-7", None), ("[7]", None)]
        {
            assert_eq!(read(&format!("{{\"a\":{json}}}")).count("a"), expected, "{json}");
        }
        for (json, expected) in
            [("true", Some(true)), ("\"False\"", Some(false)), ("0", Some(false)), ("\"maybe\"", None), ("{}", None)]
        {
            assert_eq!(read(&format!("{{\"a\":{json}}}")).boolean("a"), expected, "{json}");
        }
        let money = read(r#"{"a":"0.30000000000000004","b":8.8e-05,"c":"much"}"#);
        let digits = |name| money.decimal(name).map(|money| money.to_string());
        assert_eq!(digits("a").as_deref(), Some("0.30000000000000004"));
        assert_eq!((digits("b").as_deref(), digits("c")), (Some("0.000088"), None));
    }

    #[test]
    fn words_are_read_in_every_form() {
        for (json, expected) in [
            (r#"["a","b",7,null,{"name":"c"},{"x":1},[]]"#, ["a", "b", "c"].as_slice()),
            (r#""a, b;c""#, &["a", "b", "c"]),
            (r#"{"a":true,"b":false,"c":1,"d":null}"#, &["a", "c"]),
            (r#""""#, &[]),
            ("7", &[]),
            ("null", &[]),
        ] {
            assert_eq!(words(json.as_bytes()), expected, "{json}");
        }
    }

    #[test]
    fn what_is_no_object_has_no_members() {
        for json in ["", "[]", "7", "{", "{}}", "<html>", "\"a\"", r#"{"a":}"#] {
            assert!(Members::read(json.as_bytes(), &["a"]).is_none(), "{json}");
        }
    }

    proptest! {
        // S3
        #[test]
        fn hostile_bytes_never_panic(body in any::<Vec<u8>>(), text in "\\PC{0,100}") {
            for json in [body.as_slice(), text.as_bytes(), format!("{{\"a\":{text}}}").as_bytes()] {
                let members = Members::read(json, &["a"]);
                let _ = members.map(|members| (members.text("a"), members.count("a"), members.words("a")));
                let _ = words(json);
            }
        }
    }
}
