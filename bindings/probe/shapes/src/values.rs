//! Values. Each call returns its argument, so that a test can compare.

use crate::calls::Gate;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use url::Url;

uniffi::custom_type!(Url, String, {
    remote,
    lower: |url| url.to_string(),
    try_lift: |text| Ok(text.parse()?),
});

/// A custom type over a number.
pub struct Meters(u32);

uniffi::custom_type!(Meters, u32, {
    lower: |meters| meters.0,
    try_lift: |number| Ok(Meters(number)),
});

/// A field of every type.
#[derive(uniffi::Record)]
#[allow(missing_docs, reason = "named after their types")]
pub struct Everything {
    pub uint8: u8,
    pub int8: i8,
    pub uint16: u16,
    pub int16: i16,
    pub uint32: u32,
    pub int32: i32,
    pub uint64: u64,
    pub int64: i64,
    pub float32: f32,
    pub float64: f64,
    pub boolean: bool,
    pub text: String,
    pub bytes: Vec<u8>,
    pub time: SystemTime,
    pub duration: Duration,
    pub url: Url,
    pub distance: Meters,
    pub optional: Option<String>,
    pub nested: Vec<Vec<Option<i32>>>,
    pub table: HashMap<String, Vec<u8>>,
    pub names: HashSet<String>,
    pub plain: Plain,
    pub shape: Shape,
}

/// A field with a default of each kind.
#[derive(uniffi::Record)]
#[allow(missing_docs, reason = "named after their defaults")]
pub struct Defaults {
    #[uniffi(default = true)]
    pub yes: bool,
    #[uniffi(default = -7)]
    pub minus_seven: i32,
    #[uniffi(default = 2.5)]
    pub two_and_a_half: f64,
    #[uniffi(default = "it's \\ $5")]
    pub text: String,
    #[uniffi(default = None)]
    pub nothing: Option<String>,
    #[uniffi(default = Some("something"))]
    pub something: Option<String>,
    #[uniffi(default = [])]
    pub list: Vec<i32>,
    #[uniffi(default)]
    pub table: HashMap<String, String>,
    #[uniffi(default)]
    pub bytes: Vec<u8>,
    #[uniffi(default)]
    pub duration: Duration,
}

/// Fields with defaults that UniFFI can write in Kotlin: not a text with `$` in it, nor a duration.
#[derive(uniffi::Record)]
#[allow(missing_docs, reason = "named after their defaults")]
pub struct Presets {
    #[uniffi(default = true)]
    pub yes: bool,
    #[uniffi(default = -7)]
    pub minus_seven: i32,
    #[uniffi(default = 2.5)]
    pub two_and_a_half: f64,
    #[uniffi(default = "a text")]
    pub text: String,
    #[uniffi(default = None)]
    pub nothing: Option<String>,
    #[uniffi(default = Some("something"))]
    pub something: Option<String>,
    #[uniffi(default = [])]
    pub list: Vec<i32>,
}

/// An enum whose values are keywords of Dart, or members of every enum.
#[derive(uniffi::Enum)]
#[allow(missing_docs, reason = "names are all they are")]
pub enum Plain {
    Default,
    New,
    Index,
    SeveralWords,
}

/// An enum with data.
#[derive(uniffi::Enum)]
pub enum Shape {
    /// Without fields.
    Nothing,
    /// With one field that has no name.
    Number(i64),
    /// With two fields without names.
    Pair(String, bool),
    /// With names, one of them a keyword of Dart.
    Named {
        /// A text.
        class: String,
        /// May be missing.
        length: Option<u16>,
    },
    /// With a list of its own type.
    Several {
        /// The others.
        shapes: Vec<Shape>,
    },
}

/// A record with an object in it.
#[derive(uniffi::Record)]
pub struct Holder {
    /// The object.
    pub gate: Arc<Gate>,
    /// Another one, perhaps.
    pub other: Option<Arc<Gate>>,
}

/// Functions that return their argument.
macro_rules! echoes {
    ($($name:ident: $type:ty),* $(,)?) => {
        $(
            /// Returns its argument.
            #[uniffi::export]
            pub fn $name(value: $type) -> $type {
                value
            }
        )*
    };
}

echoes! {
    echo_uint8: u8, echo_int8: i8, echo_uint16: u16, echo_int16: i16, echo_uint32: u32, echo_int32: i32,
    echo_uint64: u64, echo_int64: i64, echo_float32: f32, echo_float64: f64, echo_boolean: bool, echo_text: String,
    echo_bytes: Vec<u8>, echo_time: SystemTime, echo_duration: Duration, echo_url: Url, echo_distance: Meters,
    echo_optional: Option<i32>, echo_list: Vec<String>, echo_table: HashMap<i32, Vec<f64>>, echo_names: HashSet<u16>,
    echo_presets: Presets,
    echo_plain: Plain, echo_shape: Shape, echo_everything: Everything, echo_defaults: Defaults, echo_holder: Holder,
}

/// The largest number, which no int of Dart can hold.
#[uniffi::export]
pub fn largest() -> u64 {
    u64::MAX
}

/// The longest duration, which no Duration of Dart can hold.
#[uniffi::export]
pub fn longest() -> Duration {
    Duration::MAX
}
