//! Enums: without data they are Dart enums, with data sealed classes, errors sealed exceptions.

use crate::fields::{self, Fields};
use crate::module::Module;
use crate::spelling;
use anyhow::Result;
use std::fmt::Write;
use uniffi_bindgen::interface::{AsType, Enum, Variant};

/// A method of an error with this name says in a sentence what happened. Then `toString` returns that sentence.
const MESSAGE: &str = "message";

impl Module<'_> {
    pub fn enumeration(&self, definition: &Enum) -> Result<String> {
        if self.interface.is_name_used_as_error(definition.name()) {
            self.error(definition)
        } else if definition.contains_variant_fields() {
            self.sealed(definition)
        } else {
            self.plain(definition)
        }
    }

    fn plain(&self, definition: &Enum) -> Result<String> {
        let name = definition.name();
        let mut values = Vec::new();
        for variant in definition.variants() {
            let value = spelling::value(variant.name());
            let documentation = self.documentation.comment(variant.docstring(), &format!("{}.", variant.name()));
            values.push(format!("{documentation}{value}"));
        }
        let mut methods = String::new();
        for method in definition.methods() {
            methods += &self.value_method(method, &definition.as_type())?;
        }
        let documentation = self.documentation.comment(definition.docstring(), &format!("{name}."));
        let class = format!("{documentation}enum {name} {{\n{};\n{methods}}}\n\n", values.join(",\n\n"));
        let class = if methods.is_empty() { class.replace(";\n}", "\n}") } else { class };
        let read = format!("{name}.values[_readInt32(reader) - 1]");
        Ok(class + &fields::codec(name, &read, "_writeInt32(writer, value.index + 1);\n"))
    }

    fn sealed(&self, definition: &Enum) -> Result<String> {
        let name = definition.name();
        let mut factories = String::new();
        let mut cases = String::new();
        for variant in definition.variants() {
            let class = spelling::case_type(name, variant.name());
            let fields = self.fields(name, variant)?;
            let documentation = self.documentation.comment(variant.docstring(), &format!("{}.", variant.name()));
            let constant = if fields.is_constant() { "const " } else { "" };
            let factory = spelling::value(variant.name());
            _ = write!(
                factories,
                "\n{documentation}{constant}factory {name}.{factory}({}) = {class};\n",
                fields.arguments()
            );
            let (constructor, declarations) = (fields.constructor(&class), fields.declarations(&[]));
            let (equality, text) = (fields.equality(&class), fields.text(&class));
            _ = write!(
                cases,
                "{documentation}final class {class} extends {name} {{\n\
                 /// Of these values.\n{}{declarations}{equality}\n\
                 @override\nString toString() => {text};\n}}\n\n",
                constructor.replacen(
                    ';',
                    if constructor.contains(" : ") { ", super._();" } else { " : super._();" },
                    1
                ),
            );
        }
        let mut methods = String::new();
        for method in definition.methods() {
            methods += &self.value_method(method, &definition.as_type())?;
        }
        let documentation = self.documentation.comment(definition.docstring(), &format!("{name}."));
        let class = format!("{documentation}sealed class {name} {{\nconst {name}._();\n{factories}{methods}}}\n\n");
        Ok(class + &cases + &self.variants_codec(definition, name, |variant| spelling::case_type(name, variant))?)
    }

    fn error(&self, definition: &Enum) -> Result<String> {
        let name = spelling::error_type(definition.name());
        // Of a flat error UniFFI sends only the text.
        if definition.is_flat() {
            return self.flat_error(definition, &name);
        }
        let owner = definition.as_type();
        let getters = definition.methods().iter().map(|method| self.value_method_name(method, &owner));
        let getters: Vec<String> = getters.map(|getter| spelling::value(&getter)).collect();
        let mut cases = String::new();
        for variant in definition.variants() {
            let class = spelling::error_case_type(&name, variant.name());
            let fields = self.fields(definition.name(), variant)?;
            let documentation = self.documentation.comment(variant.docstring(), &format!("{}.", variant.name()));
            let (constructor, declarations) = (fields.constructor(&class), fields.declarations(&getters));
            let (equality, text) = (fields.equality(&class), fields.text(&class));
            _ = write!(
                cases,
                "{documentation}final class {class} extends {name} {{\n\
                 /// Of these values.\n{}{declarations}{equality}\n\
                 @override\nString get _values => {text};\n}}\n\n",
                constructor.replacen(
                    ';',
                    if constructor.contains(" : ") { ", super._();" } else { " : super._();" },
                    1
                ),
            );
        }
        let mut methods = String::new();
        for method in definition.methods() {
            methods += &self.value_method(method, &definition.as_type())?;
        }
        let text = match getters.iter().any(|getter| getter == MESSAGE) {
            false => "@override\nString toString() => _values;\n".to_owned(),
            true => format!(
                "@override\nString toString() {{\ntry {{\nreturn '{name}: $message';\n}} on Object {{\n\
                 // Without the native library, as in an app's own tests.\nreturn _values;\n}}\n}}\n"
            ),
        };
        let documentation = self.documentation.comment(definition.docstring(), &format!("{name}."));
        let class = format!(
            "{documentation}sealed class {name} implements Exception {{\nconst {name}._();\n{methods}\n\
             String get _values;\n\n{text}}}\n\n"
        );
        let codec = self.variants_codec(definition, &name, |variant| spelling::error_case_type(&name, variant))?;
        Ok(class + &cases + &codec)
    }

    /// An error whose cases have a text instead of fields.
    fn flat_error(&self, definition: &Enum, name: &str) -> Result<String> {
        let mut cases = String::new();
        let mut arms = String::new();
        for (index, variant) in definition.variants().iter().enumerate() {
            let class = spelling::error_case_type(name, variant.name());
            let documentation = self.documentation.comment(variant.docstring(), &format!("{}.", variant.name()));
            _ = write!(
                cases,
                "{documentation}final class {class} extends {name} {{\n/// Described by [detail].\n\
                 const {class}(super.detail) : super._();\n}}\n\n"
            );
            _ = write!(arms, "{} => {class}(_string.read(reader)),", index + 1);
        }
        let documentation = self.documentation.comment(definition.docstring(), &format!("{name}."));
        Ok(format!(
            "{documentation}sealed class {name} implements Exception {{\nconst {name}._(this.detail);\n\n\
             /// What happened, for developers.\nfinal String detail;\n\n\
             @override\nString toString() => '{name}: $detail';\n}}\n\n{cases}\
             const _Codec<{name}> {codec} = _Pair(_read{name}, _write{name});\n\n\
             {name} _read{name}(_Reader reader) => switch (_readInt32(reader)) {{{arms}final other => throw \
             InternalException('{name} has no case $other'),}};\n\n\
             void _write{name}(_Writer writer, {name} value) => throw UnsupportedError('{name} cannot be passed to Rust');\n\n",
            codec = crate::types::codec_name(name),
        ))
    }

    fn fields(&self, owner: &str, variant: &Variant) -> Result<Fields> {
        Fields::new(variant.fields(), &format!("{owner}.{}", variant.name()), &self.types, &self.documentation)
    }

    /// What reads and writes the cases. UniFFI numbers them from one.
    fn variants_codec(&self, definition: &Enum, name: &str, class: impl Fn(&str) -> String) -> Result<String> {
        let (mut reads, mut writes) = (String::new(), String::new());
        for (index, variant) in definition.variants().iter().enumerate() {
            let (class, number) = (class(variant.name()), index + 1);
            let fields = self.fields(definition.name(), variant)?;
            _ = write!(reads, "{number} => {},", fields.read(&class, &self.types)?);
            _ = write!(writes, "case {class}():\n_writeInt32(writer, {number});\n{}", fields.write(&self.types)?);
        }
        let read = format!(
            "switch (_readInt32(reader)) {{{reads}final other => throw InternalException('{name} has no case $other'),}}"
        );
        Ok(fields::codec(name, &read, &format!("switch (value) {{\n{writes}}}\n")))
    }
}
