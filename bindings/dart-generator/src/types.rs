//! The Dart type of each exported type, and how its values cross.

use crate::config::Config;
use crate::spelling;
use anyhow::{Result, bail};
use std::collections::BTreeSet;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{FfiType, Type};

/// The types of one crate.
pub struct Types<'a> {
    pub interface: &'a ComponentInterface,
    pub config: &'a Config,
    /// Types that Dart does not get.
    pub absent: BTreeSet<String>,
}

impl Types<'_> {
    /// The type's name.
    pub fn name(&self, type_: &Type) -> Result<String> {
        Ok(match type_ {
            Type::UInt8
            | Type::Int8
            | Type::UInt16
            | Type::Int16
            | Type::UInt32
            | Type::Int32
            | Type::UInt64
            | Type::Int64 => "int".to_owned(),
            Type::Float32 | Type::Float64 => "double".to_owned(),
            Type::Boolean => "bool".to_owned(),
            Type::String => "String".to_owned(),
            Type::Bytes => "Uint8List".to_owned(),
            Type::Timestamp => "DateTime".to_owned(),
            Type::Duration => "Duration".to_owned(),
            Type::Object { name, .. } if self.absent.contains(name) => {
                bail!("Dart cannot implement the trait {name}")
            }
            Type::Object { name, .. } | Type::Record { name, .. } => name.clone(),
            Type::Enum { name, .. } => self.enum_name(name),
            Type::Box { inner_type } => self.name(inner_type)?,
            Type::Optional { inner_type } => format!("{}?", self.name(inner_type)?),
            Type::Sequence { inner_type } => format!("List<{}>", self.name(inner_type)?),
            Type::Set { inner_type } => format!("Set<{}>", self.name(inner_type)?),
            Type::Map { key_type, value_type } => format!("Map<{}, {}>", self.name(key_type)?, self.name(value_type)?),
            Type::Custom { name, builtin, .. } => match self.config.custom_types.get(name) {
                Some(custom) => custom.type_name.clone(),
                None => self.name(builtin)?,
            },
            Type::CallbackInterface { name, .. } => bail!("Dart cannot implement the trait {name}"),
        })
    }

    /// The name of an enum's class. An error's name ends in `Exception`.
    pub fn enum_name(&self, name: &str) -> String {
        // UniFFI's `rename` does not change the errors of constructors.
        let is_known = self.interface.get_enum_definition(name).is_some();
        let renamed = self.config.rename.get(name).and_then(|renamed| renamed.as_str()).filter(|_| !is_known);
        let name = renamed.unwrap_or(name);
        if self.interface.is_name_used_as_error(name) { spelling::error_type(name) } else { name.to_owned() }
    }

    /// Whether `toString` leaves the field out.
    pub fn is_hidden(&self, field: &str, type_: &Type) -> bool {
        let hidden = |name: &str| self.config.hidden.iter().any(|hidden| hidden == name);
        hidden(field) || type_.iter_types().any(|type_| type_.name().is_some_and(hidden))
    }

    /// The name or expression of the codec that reads and writes values of the type.
    pub fn codec(&self, type_: &Type) -> Result<String> {
        Ok(match type_ {
            Type::UInt8 => "_uint8".to_owned(),
            Type::Int8 => "_int8".to_owned(),
            Type::UInt16 => "_uint16".to_owned(),
            Type::Int16 => "_int16".to_owned(),
            Type::UInt32 => "_uint32".to_owned(),
            Type::Int32 => "_int32".to_owned(),
            Type::UInt64 => "_uint64".to_owned(),
            Type::Int64 => "_int64".to_owned(),
            Type::Float32 => "_float32".to_owned(),
            Type::Float64 => "_float64".to_owned(),
            Type::Boolean => "_bool".to_owned(),
            Type::String => "_string".to_owned(),
            Type::Bytes => "_bytes".to_owned(),
            Type::Timestamp => "_timestamp".to_owned(),
            Type::Duration => "_duration".to_owned(),
            Type::Object { .. } | Type::Record { .. } | Type::Enum { .. } => codec_name(&self.name(type_)?),
            Type::Box { inner_type } => self.codec(inner_type)?,
            Type::Optional { inner_type } => format!("_Optional({})", self.codec(inner_type)?),
            Type::Sequence { inner_type } => format!("_List({})", self.codec(inner_type)?),
            Type::Set { inner_type } => format!("_Set({})", self.codec(inner_type)?),
            Type::Map { key_type, value_type } => {
                format!("_Map({}, {})", self.codec(key_type)?, self.codec(value_type)?)
            }
            Type::Custom { name, .. } if self.config.custom_types.contains_key(name) => codec_name(name),
            Type::Custom { builtin, .. } => self.codec(builtin)?,
            Type::CallbackInterface { name, .. } => bail!("Dart cannot implement the trait {name}"),
        })
    }

    /// The codec as a constant expression.
    pub fn constant(&self, type_: &Type) -> Result<String> {
        let codec = self.codec(type_)?;
        Ok(if codec.ends_with(')') { format!("const {codec}") } else { codec })
    }

    /// An expression that converts `value` to what crosses to Rust.
    pub fn lower(&self, type_: &Type, value: &str) -> Result<String> {
        Ok(match type_ {
            Type::UInt8 => format!("_unsigned({value}, 8, '{value}')"),
            Type::UInt16 => format!("_unsigned({value}, 16, '{value}')"),
            Type::UInt32 => format!("_unsigned({value}, 32, '{value}')"),
            Type::UInt64 => format!("RangeError.checkNotNegative({value}, '{value}')"),
            Type::Int8 => format!("_signed({value}, 8, '{value}')"),
            Type::Int16 => format!("_signed({value}, 16, '{value}')"),
            Type::Int32 => format!("_signed({value}, 32, '{value}')"),
            Type::Int64 | Type::Float32 | Type::Float64 => value.to_owned(),
            Type::Boolean => format!("{value} ? 1 : 0"),
            Type::Object { .. } => format!("{value}._clone()"),
            Type::Box { inner_type } => self.lower(inner_type, value)?,
            Type::Custom { name, builtin, .. } if !is_buffer(builtin) => match self.config.custom_types.get(name) {
                Some(custom) => self.lower(builtin, &format!("({})", custom.lower.replace("{}", value)))?,
                None => self.lower(builtin, value)?,
            },
            _ => format!("{}.lower({value})", self.constant(type_)?),
        })
    }

    /// A function that converts what crossed from Rust.
    pub fn lift(&self, type_: &Type) -> Result<String> {
        Ok(match type_ {
            Type::Boolean => "(value) => value != 0".to_owned(),
            Type::UInt64 => "_liftUint64".to_owned(),
            Type::Object { name, .. } => format!("{name}._"),
            Type::Box { inner_type } => self.lift(inner_type)?,
            Type::Custom { name, builtin, .. } if !is_buffer(builtin) => match self.config.custom_types.get(name) {
                Some(custom) => format!("(value) => {}", custom.lift.replace("{}", &self.lifted(builtin, "value")?)),
                None => self.lift(builtin)?,
            },
            _ if is_buffer(type_) => format!("{}.lift", self.constant(type_)?),
            _ => "(value) => value".to_owned(),
        })
    }

    /// An expression that converts `value`, which crossed from Rust.
    pub fn lifted(&self, type_: &Type, value: &str) -> Result<String> {
        Ok(match type_ {
            Type::Boolean => format!("{value} != 0"),
            Type::UInt64 => format!("_liftUint64({value})"),
            Type::Object { name, .. } => format!("{name}._({value})"),
            Type::Box { inner_type } => self.lifted(inner_type, value)?,
            Type::Custom { name, builtin, .. } if !is_buffer(builtin) => match self.config.custom_types.get(name) {
                Some(custom) => custom.lift.replace("{}", &self.lifted(builtin, value)?),
                None => self.lifted(builtin, value)?,
            },
            _ if is_buffer(type_) => format!("{}.lift({value})", self.constant(type_)?),
            _ => value.to_owned(),
        })
    }
}

/// The name of the codec of a type.
pub fn codec_name(type_name: &str) -> String {
    format!("_codecOf{type_name}")
}

/// Whether values cross as a buffer of bytes.
pub fn is_buffer(type_: &Type) -> bool {
    matches!(FfiType::from(type_), FfiType::RustBuffer(_))
}

/// The types in C and in Dart of an argument or result.
pub fn native(type_: Option<&FfiType>) -> Result<(&'static str, &'static str)> {
    Ok(match type_ {
        None => ("Void", "void"),
        Some(FfiType::UInt8) => ("Uint8", "int"),
        Some(FfiType::Int8) => ("Int8", "int"),
        Some(FfiType::UInt16) => ("Uint16", "int"),
        Some(FfiType::Int16) => ("Int16", "int"),
        Some(FfiType::UInt32) => ("Uint32", "int"),
        Some(FfiType::Int32) => ("Int32", "int"),
        Some(FfiType::UInt64 | FfiType::Handle) => ("Uint64", "int"),
        Some(FfiType::Int64) => ("Int64", "int"),
        Some(FfiType::Float32) => ("Float", "double"),
        Some(FfiType::Float64) => ("Double", "double"),
        Some(FfiType::RustBuffer(_)) => ("_RustBuffer", "_RustBuffer"),
        Some(other) => bail!("values of the type {other:?} cannot cross to Dart"),
    })
}
