//! The files of a crate's Dart library.

use crate::comments::Documentation;
use crate::config::Config;
use crate::names::Names;
use crate::native::Native;
use crate::scope;
use crate::spelling;
use crate::types::Types;
use anyhow::Result;
use regex::Regex;
use std::collections::BTreeMap;
use std::fmt::Write;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{Function, Type};

/// The part that is the same for every crate: how values and calls cross.
const RUNTIME: &str = include_str!("runtime/runtime.dart");
const CALLS: &str = include_str!("runtime/calls.dart");
const BUFFERS: &str = include_str!("runtime/buffers.dart");
const CODECS: &str = include_str!("runtime/codecs.dart");

/// What every part of the library is written with.
pub struct Module<'a> {
    pub interface: &'a ComponentInterface,
    pub types: Types<'a>,
    pub native: Native<'a>,
    pub documentation: Documentation<'a>,
}

impl<'a> Module<'a> {
    pub fn new(interface: &'a ComponentInterface, config: &'a Config, names: &'a Names) -> Self {
        let types = Types { interface, config, absent: scope::absent(interface) };
        let documentation = Documentation { names, types: types.classes(), config };
        Self { interface, types, native: Native::new(interface), documentation }
    }

    /// The files, by name.
    pub fn files(&self) -> Result<BTreeMap<String, String>> {
        let crate_name = self.interface.crate_name();
        let in_use = self.types.in_use();
        let (mut records, mut enums, mut errors) = (String::new(), String::new(), String::new());
        for record in self.interface.record_definitions().iter().filter(|record| in_use.contains(record.name())) {
            records += &self.record(record)?;
        }
        for definition in self.interface.enum_definitions().iter().filter(|found| in_use.contains(found.name())) {
            let is_error = self.interface.is_name_used_as_error(definition.name());
            *(if is_error { &mut errors } else { &mut enums }) += &self.enumeration(definition)?;
        }
        let mut objects = String::new();
        for object in self.interface.object_definitions() {
            if !self.types.absent.contains(object.name()) {
                objects += &self.object(object)?;
            }
        }
        let constructors = &self.types.config.constructors;
        for function in self.interface.function_definitions() {
            if !constructors.contains_key(function.name()) && self.types.can_call(function) {
                objects += &self.function(function)?;
            }
        }
        let custom_types = self.custom_types()?;
        for object in self.interface.object_definitions() {
            let codec = crate::types::codec_name(object.name());
            let mention = Regex::new(&format!(r"\b{codec}\b"))?;
            if [&records, &enums, &errors, &objects].iter().any(|text| mention.is_match(text)) {
                objects += &self.object_codec(object.name())?;
            }
        }
        let mut parts = BTreeMap::from([
            ("records", records),
            ("enums", enums),
            ("errors", errors),
            ("objects", objects),
            ("values", custom_types),
            ("native", self.checksums() + &self.native.declarations()), // last, because the other parts add to it
        ]);
        parts.retain(|_, text| !text.is_empty());
        let mut files: BTreeMap<String, String> = parts
            .iter()
            .map(|(name, text)| {
                // Objects have two constructors, for synchronous and asynchronous calls. Some use only one.
                let ignored: &[&str] = if *name == "objects" { &["unused_element"] } else { &[] };
                (format!("{name}.dart"), format!("{}part of '{crate_name}.dart';\n\n{text}", head(ignored)))
            })
            .collect();
        for (name, text) in
            [("runtime.dart", RUNTIME), ("calls.dart", CALLS), ("buffers.dart", BUFFERS), ("codecs.dart", CODECS)]
        {
            let head = head(&["unused_element", "unused_field"]);
            files.insert(name.to_owned(), head + &text.replace("{{crate}}", crate_name));
        }
        let mut library = format!("{}library;\n\n", head(&[]));
        for import in ["dart:async", "dart:convert", "dart:ffi", "dart:isolate", "dart:typed_data"] {
            _ = writeln!(library, "import '{import}';");
        }
        _ = writeln!(library, "\nimport 'package:ffi/ffi.dart';\n");
        let mut own: Vec<_> = self.types.config.imports.iter().chain([&self.types.config.library]).collect();
        own.sort();
        own.iter().for_each(|import| _ = writeln!(library, "import '{import}';"));
        library += "\n";
        files.keys().for_each(|part| _ = writeln!(library, "part '{part}';"));
        files.insert(format!("{crate_name}.dart"), library);
        Ok(files)
    }

    /// The functions that become constructors of the record, with their names in Dart.
    pub fn constructors_of(&self, record: &str) -> impl Iterator<Item = (&Function, String)> {
        let prefix = format!("{record}.");
        self.types
            .config
            .constructors
            .iter()
            .filter(move |(_, name)| name.starts_with(&prefix))
            .filter_map(|(function, name)| Some((self.interface.get_function_definition(function)?, name.clone())))
    }

    /// What reads and writes the Dart types of custom types.
    fn custom_types(&self) -> Result<String> {
        let mut written = String::new();
        for type_ in self.interface.iter_local_types() {
            let Type::Custom { name, builtin, .. } = type_ else { continue };
            let Some(custom) = self.types.config.custom_types.get(name) else { continue };
            let (codec, native) = (self.types.constant(builtin)?, &custom.type_name);
            let lower = custom.lower.replace("{}", "value");
            let lift = |value: &str| custom.lift.replace("{}", value);
            _ = write!(
                written,
                "final class _{name}Codec extends _Codec<{native}> {{\nconst _{name}Codec();\n\n\
                 @override\n{native} read(_Reader reader) => {};\n\n\
                 @override\nvoid write(_Writer writer, {native} value) => {codec}.write(writer, {lower});\n\n\
                 @override\n{native} lift(_RustBuffer buffer) => {};\n\n\
                 @override\n_RustBuffer lower({native} value) => {codec}.lower({lower});\n}}\n\n\
                 const _Codec<{native}> {} = _{name}Codec();\n\n",
                lift(&format!("{codec}.read(reader)")),
                lift(&format!("{codec}.lift(buffer)")),
                crate::types::codec_name(name),
            );
        }
        Ok(written)
    }

    /// The version and the checksums of the native library that this code belongs to.
    fn checksums(&self) -> String {
        let version = self.interface.uniffi_contract_version();
        let mut checksums: Vec<_> = self.interface.iter_checksums().collect();
        checksums.sort();
        let mut written =
            format!("const int _contractVersion = {version};\n\nconst Map<String, int> _checksums = {{\n");
        for (function, checksum) in checksums {
            _ = writeln!(written, "{}: {checksum},", spelling::quoted(&function));
        }
        written + "};\n\n"
    }
}

/// The first lines of a file.
fn head(ignored: &[&str]) -> String {
    let mut head = "// Written by uniffi-dart-generator: do not edit.\n".to_owned();
    if !ignored.is_empty() {
        _ = writeln!(head, "// ignore_for_file: {}", ignored.join(", "));
    }
    head + "\n"
}
