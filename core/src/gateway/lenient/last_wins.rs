//! Members that stand twice: the last one counts, as in JavaScript and Python (RFC 8259 4 leaves it open).
//!
//! Serde's derived readers refuse a struct's member that stands twice, and a paid answer would be lost. Here every struct, however deep,
//! sees the last of each member that it has a field for. The members wait as slices of the input: nothing is copied.

use serde::Deserialize;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Deserializer, EnumAccess, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::de::Read;
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Reads JSON text. Must be all of it.
pub(in crate::gateway) fn from_str<'a, T: Deserialize<'a>>(json: &'a str) -> serde_json::Result<T> {
    read(serde_json::Deserializer::from_str(json))
}

/// Reads JSON text in bytes. Must be all of it.
pub(in crate::gateway) fn from_slice<'a, T: Deserialize<'a>>(json: &'a [u8]) -> serde_json::Result<T> {
    read(serde_json::Deserializer::from_slice(json))
}

fn read<'a, R: Read<'a>, T: Deserialize<'a>>(mut json: serde_json::Deserializer<R>) -> serde_json::Result<T> {
    let value = T::deserialize(LastWins(&mut json))?;
    json.end()?;
    Ok(value)
}

/// A deserializer, visitor, seed or access below which structs are read in this way.
struct LastWins<T>(T);

macro_rules! forward_deserialize {
    ($($method:ident($($argument:ident: $type:ty),*);)*) => {$(
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, D::Error> {
            self.0.$method($($argument,)* LastWins(visitor))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for LastWins<D> {
    type Error = D::Error;

    forward_deserialize! {
        deserialize_any();
        deserialize_bool();
        deserialize_i8();
        deserialize_i16();
        deserialize_i32();
        deserialize_i64();
        deserialize_i128();
        deserialize_u8();
        deserialize_u16();
        deserialize_u32();
        deserialize_u64();
        deserialize_u128();
        deserialize_f32();
        deserialize_f64();
        deserialize_char();
        deserialize_str();
        deserialize_string();
        deserialize_bytes();
        deserialize_byte_buf();
        deserialize_option();
        deserialize_unit();
        deserialize_unit_struct(name: &'static str);
        deserialize_newtype_struct(name: &'static str);
        deserialize_seq();
        deserialize_tuple(len: usize);
        deserialize_tuple_struct(name: &'static str, len: usize);
        deserialize_map();
        deserialize_enum(name: &'static str, variants: &'static [&'static str]);
        deserialize_identifier();
        deserialize_ignored_any();
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(StructVisitor { fields, visitor })
    }
}

macro_rules! forward_visit {
    ($($method:ident($($argument:ident: $type:ty)?);)*) => {$(
        fn $method<E: de::Error>(self, $($argument: $type)?) -> Result<V::Value, E> {
            self.0.$method($($argument)?)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for LastWins<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(formatter)
    }

    forward_visit! {
        visit_bool(value: bool);
        visit_i64(value: i64);
        visit_i128(value: i128);
        visit_u64(value: u64);
        visit_u128(value: u128);
        visit_f64(value: f64);
        visit_str(value: &str);
        visit_borrowed_str(value: &'de str);
        visit_string(value: String);
        visit_bytes(value: &[u8]);
        visit_borrowed_bytes(value: &'de [u8]);
        visit_none();
        visit_unit();
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(LastWins(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(LastWins(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(LastWins(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(LastWins(members))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(data)
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for LastWins<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(LastWins(deserializer))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for LastWins<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(LastWins(seed))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for LastWins<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(LastWins(seed))
    }
}

/// Reads an object's members to its end before a struct's own visitor sees the last of each.
struct StructVisitor<V> {
    fields: &'static [&'static str],
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for StructVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(formatter)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        let mut last: Vec<(&'static str, &'de RawValue)> = Vec::new();
        while let Some(Key(key)) = map.next_key()? {
            let Some(&field) = self.fields.iter().find(|field| **field == key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = map.next_value()?;
            match last.iter_mut().find(|(known, _)| *known == field) {
                Some((_, earlier)) => *earlier = value,
                None => last.push((field, value)),
            }
        }
        self.visitor.visit_map(Members { rest: last.into_iter(), value: None, error: PhantomData })
    }
}

struct Members<'de, E> {
    rest: std::vec::IntoIter<(&'static str, &'de RawValue)>,
    value: Option<&'de RawValue>,
    error: PhantomData<E>,
}

impl<'de, E: de::Error> MapAccess<'de> for Members<'de, E> {
    type Error = E;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, E> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, E> {
        let value = self.value.take().map_or("null", RawValue::get);
        seed.deserialize(LastWins(&mut serde_json::Deserializer::from_str(value))).map_err(E::custom)
    }
}

/// A member's name, copied only if it has escapes.
#[derive(Deserialize)]
pub(in crate::gateway) struct Key<'a>(#[serde(borrow)] pub Cow<'a, str>);

#[cfg(test)]
mod tests {
    use super::super::{count, text};
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        #[serde(default, deserialize_with = "text")]
        name: Option<String>,
        #[serde(default)]
        inner: Vec<Inner>,
        #[serde(default)]
        nested: Option<Box<Outer>>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        #[serde(rename = "n", default, deserialize_with = "count")]
        number: Option<u64>,
    }

    // K4: at every depth, whatever stands between
    #[test]
    fn the_last_of_a_repeated_member_counts() {
        let json = r#"{"name":{"x":1},"inner":[{"n":1,"n":[1,2],"n":"3"}],"other":1,"other":2,"n\u0061me":"b",
            "nested":{"name":"first","name":"last"}} "#;
        let nested = Outer { name: Some("last".into()), inner: vec![], nested: None };
        let expected =
            Outer { name: Some("b".into()), inner: vec![Inner { number: Some(3) }], nested: Some(nested.into()) };
        assert_eq!(from_str::<Outer>(json).unwrap(), expected);
        assert_eq!(from_slice::<Outer>(json.as_bytes()).unwrap(), expected);
        assert_eq!(from_str::<Vec<Outer>>(r#"[{"name":"a","name":null}]"#).unwrap()[0].name, None);
    }

    #[test]
    fn what_is_not_json_or_has_another_shape_is_an_error() {
        for json in ["", "{", "[]", "1", "null", "{} {}", r#"{"inner":1}"#, r#"{"name":"a","name":}"#] {
            assert!(from_str::<Outer>(json).is_err(), "{json}");
        }
        assert!(from_slice::<Outer>(b"{\"name\":\"\xff\"}").is_err());
    }
}
