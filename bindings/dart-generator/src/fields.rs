//! What records and the cases of enums and errors have in common: fields, equality, `toString`, reading and writing.

use crate::comments::Documentation;
use crate::spelling;
use crate::types::Types;
use anyhow::Result;
use std::fmt::Write;
use uniffi_bindgen::interface::{AsType, Field, Type};

/// One field.
pub struct DartField {
    pub name: String,
    pub type_: Type,
    type_name: String,
    documentation: String,
    default: Option<(String, bool)>,
    is_hidden: bool,
}

/// The fields of a class.
pub struct Fields {
    pub fields: Vec<DartField>,
    /// A single field without a name in Rust is a positional argument in Dart.
    is_positional: bool,
}

impl Fields {
    /// `owner` is the record, or `Enum.Case`.
    pub fn new(fields: &[Field], owner: &str, types: &Types<'_>, documentation: &Documentation<'_>) -> Result<Self> {
        let is_positional = fields.len() == 1 && fields[0].name().is_empty();
        let mut read = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let name = match field.name() {
                "" if is_positional => spelling::value(owner.rsplit('.').next().unwrap_or(owner)),
                "" => format!("value{}", index + 1),
                name => spelling::value(name),
            };
            let type_ = field.as_type();
            read.push(DartField {
                type_name: types.name(&type_)?,
                documentation: documentation.comment(field.docstring(), &format!("The {name}.")),
                default: field.default_value().map(|default| types.default(default, &type_)).transpose()?,
                is_hidden: types.is_hidden(&format!("{owner}.{}", field.name()), &type_),
                name,
                type_,
            });
        }
        Ok(Self { fields: read, is_positional })
    }

    pub fn is_constant(&self) -> bool {
        self.fields.iter().all(|field| field.default.as_ref().is_none_or(|(_, is_constant)| *is_constant))
    }

    /// The constructor, without its documentation.
    pub fn constructor(&self, class: &str) -> String {
        let mut arguments = String::new();
        let mut initializers = Vec::new();
        for DartField { name, type_name, default, .. } in &self.fields {
            match default {
                None if self.is_positional => _ = write!(arguments, "this.{name}"),
                None => _ = write!(arguments, "required this.{name},"),
                Some((text, _)) if text == "null" => _ = write!(arguments, "this.{name},"),
                Some((text, true)) => _ = write!(arguments, "this.{name} = {text},"),
                Some((text, false)) => {
                    _ = write!(arguments, "{type_name}? {name},");
                    initializers.push(format!("{name} = {name} ?? {text}"));
                }
            }
        }
        let arguments = self.enclosed(&arguments);
        let constant = if self.is_constant() { "const " } else { "" };
        let initializers =
            if initializers.is_empty() { String::new() } else { format!(" : {}", initializers.join(", ")) };
        format!("{constant}{class}({arguments}){initializers};\n")
    }

    /// The arguments of a factory that redirects to the constructor.
    pub fn arguments(&self) -> String {
        let mut arguments = String::new();
        for DartField { name, type_name, default, .. } in &self.fields {
            match default {
                None if self.is_positional => _ = write!(arguments, "{type_name} {name}"),
                None => _ = write!(arguments, "required {type_name} {name},"),
                Some((_, true)) => _ = write!(arguments, "{type_name} {name},"),
                Some((_, false)) => _ = write!(arguments, "{type_name}? {name},"),
            }
        }
        self.enclosed(&arguments)
    }

    /// The fields. `getters` are those of the base class, which a field of the same name overrides.
    pub fn declarations(&self, getters: &[String]) -> String {
        let mut declarations = String::new();
        for DartField { name, type_name, documentation, .. } in &self.fields {
            let overrides = if getters.contains(name) { "@override\n" } else { "" };
            _ = write!(declarations, "\n{documentation}{overrides}final {type_name} {name};\n");
        }
        declarations
    }

    /// `==` and `hashCode`, by content.
    pub fn equality(&self, class: &str) -> String {
        let mut same = format!("other is {class}");
        let mut hashes = vec![class.to_owned()];
        for DartField { name, type_, .. } in &self.fields {
            if is_collection(type_) {
                _ = write!(same, " && _isSame({name}, other.{name})");
                hashes.push(format!("_hash({name})"));
            } else {
                _ = write!(same, " && {name} == other.{name}");
                hashes.push(name.clone());
            }
        }
        let hash = match hashes.as_slice() {
            [class] => format!("({class}).hashCode"),
            hashes if hashes.len() <= 20 => format!("Object.hash({})", hashes.join(", ")),
            hashes => format!("Object.hashAll([{}])", hashes.join(", ")),
        };
        let identical = if self.fields.is_empty() { "" } else { "identical(this, other) || " };
        format!(
            "\n@override\nbool operator ==(Object other) => {identical}{same};\n\n@override\nint get hashCode => {hash};\n"
        )
    }

    /// The text that `toString` returns. It leaves out hidden values, the contents of bytes and the queries of addresses.
    pub fn text(&self, class: &str) -> String {
        let fields = self.fields.iter().map(|DartField { name, type_, type_name, is_hidden, .. }| {
            let shown = match type_ {
                _ if *is_hidden => "hidden".to_owned(),
                type_ if type_.iter_types().any(|inner| *inner == Type::Bytes) => format!("${{_shown({name})}}"),
                _ if type_name.trim_end_matches('?') == "Uri" => format!("${{_shown({name})}}"),
                _ => format!("${name}"),
            };
            format!("{name}: {shown}")
        });
        let fields: Vec<_> = fields.collect();
        format!("'{class}({})'", fields.join(", "))
    }

    /// The method `copyWith`.
    pub fn copy_with(&self, class: &str) -> String {
        let mut arguments = String::new();
        let mut values = String::new();
        for DartField { name, type_name, .. } in &self.fields {
            _ = write!(arguments, "{}? {name},", type_name.trim_end_matches('?'));
            _ = write!(values, "{name}: {name} ?? this.{name},");
        }
        format!(
            "\n/// A copy with these values. A value that is left out, or null, is copied.\n\
             {class} copyWith({{{arguments}}}) => {class}({values});\n"
        )
    }

    /// Reads an instance.
    pub fn read(&self, class: &str, types: &Types<'_>) -> Result<String> {
        let mut arguments = String::new();
        for DartField { name, type_, .. } in &self.fields {
            let label = if self.is_positional { String::new() } else { format!("{name}: ") };
            _ = write!(arguments, "{label}{}.read(reader),", types.constant(type_)?);
        }
        let constant = if self.fields.is_empty() { "const " } else { "" };
        Ok(format!("{constant}{class}({arguments})"))
    }

    /// Writes the fields of `value`.
    pub fn write(&self, types: &Types<'_>) -> Result<String> {
        let mut statements = String::new();
        for DartField { name, type_, .. } in &self.fields {
            _ = writeln!(statements, "{}.write(writer, value.{name});", types.constant(type_)?);
        }
        Ok(statements)
    }

    fn enclosed(&self, arguments: &str) -> String {
        if arguments.is_empty() || self.is_positional { arguments.to_owned() } else { format!("{{{arguments}}}") }
    }
}

/// The class that reads and writes a type, and its constant.
pub fn codec(type_name: &str, read: &str, write: &str) -> String {
    format!(
        "final class _{type_name}Codec extends _Codec<{type_name}> {{\n\
         const _{type_name}Codec();\n\n\
         @override\n{type_name} read(_Reader reader) => {read};\n\n\
         @override\nvoid write(_Writer writer, {type_name} value) {{\n{write}}}\n\
         }}\n\n\
         const _Codec<{type_name}> {} = _{type_name}Codec();\n\n",
        crate::types::codec_name(type_name)
    )
}

/// Whether `==` of two values must compare their items.
fn is_collection(type_: &Type) -> bool {
    type_
        .iter_types()
        .any(|type_| matches!(type_, Type::Bytes | Type::Sequence { .. } | Type::Map { .. } | Type::Set { .. }))
}
