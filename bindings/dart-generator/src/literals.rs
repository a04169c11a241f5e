//! Default values.

use crate::spelling;
use crate::types::Types;
use anyhow::{Result, bail};
use uniffi_bindgen::interface::{DefaultValue, Literal, Type};

impl Types<'_> {
    /// The default as a Dart expression, and whether that is a constant.
    pub fn default(&self, value: &DefaultValue, type_: &Type) -> Result<(String, bool)> {
        let constant = |text: &str| Ok((text.to_owned(), true));
        match (value, type_) {
            (value, Type::Box { inner_type }) => self.default(value, inner_type),
            (DefaultValue::Literal(literal), _) => match literal {
                Literal::Boolean(value) => constant(&value.to_string()),
                Literal::String(text) => constant(&spelling::quoted(text)),
                Literal::UInt(value, ..) => constant(&value.to_string()),
                Literal::Int(value, ..) => constant(&value.to_string()),
                Literal::Float(text, _) => constant(text),
                Literal::Enum(variant, Type::Enum { name, .. }) => self.variant(name, variant),
                Literal::None => constant("null"),
                Literal::Some { inner } => match type_ {
                    Type::Optional { inner_type } => self.default(inner, inner_type),
                    other => self.default(inner, other),
                },
                Literal::EmptySequence | Literal::EmptyMap | Literal::EmptySet => self.empty(type_),
                other => bail!("Dart has no constant for the default {other:?}"),
            },
            (DefaultValue::Default, type_) => self.empty(type_),
        }
    }

    /// The value of Rust's `Default` for the type.
    fn empty(&self, type_: &Type) -> Result<(String, bool)> {
        let text = match type_ {
            Type::UInt8
            | Type::Int8
            | Type::UInt16
            | Type::Int16
            | Type::UInt32
            | Type::Int32
            | Type::UInt64
            | Type::Int64 => "0",
            Type::Float32 | Type::Float64 => "0.0",
            Type::Boolean => "false",
            Type::String => "''",
            Type::Optional { .. } => "null",
            Type::Sequence { .. } => "const []",
            Type::Map { .. } | Type::Set { .. } => "const {}",
            Type::Duration => "Duration.zero",
            Type::Bytes => return Ok(("Uint8List(0)".to_owned(), false)),
            Type::Record { name, .. } => return self.of_defaults(name),
            Type::Custom { name, builtin, .. } if !self.config.custom_types.contains_key(name) => {
                return self.empty(builtin);
            }
            other => bail!("Dart has no default value of the type {other:?}"),
        };
        Ok((text.to_owned(), true))
    }

    /// A record whose fields all have a default.
    pub fn of_defaults(&self, record: &str) -> Result<(String, bool)> {
        let Some(definition) = self.interface.get_record_definition(record) else { bail!("no record {record}") };
        let mut is_constant = true;
        for field in definition.fields() {
            let Some(default) = field.default_value() else { bail!("{record}.{} has no default", field.name()) };
            is_constant &= self.default(default, &uniffi_bindgen::interface::AsType::as_type(field))?.1;
        }
        Ok((format!("{}{record}()", if is_constant { "const " } else { "" }), is_constant))
    }

    fn variant(&self, name: &str, variant: &str) -> Result<(String, bool)> {
        let Some(definition) = self.interface.get_enum_definition(name) else { bail!("no enum {name}") };
        let owner = self.enum_name(name);
        if self.interface.is_name_used_as_error(name) {
            bail!("the error {name} cannot be a default value");
        }
        Ok(if definition.contains_variant_fields() {
            (format!("const {}()", spelling::case_type(&owner, variant)), true)
        } else {
            (format!("{owner}.{}", spelling::value(variant)), true)
        })
    }
}
