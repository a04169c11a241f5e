//! What the rules know about the API, from the metadata of the native library.

use crate::OURS;
use crate::naming::Naming;
use anyhow::{Result, ensure};
use camino::Utf8Path;
use std::collections::BTreeSet;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{AsType, Callable, Function, Method, Object, Type};
use uniffi_dart_generator::Names;

/// The exported API, with Rust's names, and its names in one language.
pub struct Api {
    pub interface: ComponentInterface,
    pub names: Names,
    pub naming: Naming,
}

impl Api {
    /// Reads the metadata of an unstripped library. Fails if the naming mentions an argument or a field that is not exported.
    pub fn new(library: &Utf8Path, naming: Naming) -> Result<Self> {
        let interface = uniffi_dart_generator::interface(OURS, library)?;
        let names = Names::of(&interface);
        let api = Self { interface, names, naming };
        let paths = api.paths();
        for path in api.naming.labels.iter().chain(&api.naming.no_labels).chain(&api.naming.hidden) {
            ensure!(paths.contains(path), "uniffi.toml mentions {path:?}, which is not exported");
        }
        Ok(api)
    }

    /// All `Type.method.argument`s, `Record.field`s and `Enum.Variant.field`s. A field without a name is an empty text.
    fn paths(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::new();
        for object in self.interface.object_definitions() {
            for method in object.methods() {
                let path = |argument: &str| format!("{}.{}.{argument}", object.name(), method.name());
                paths.extend(method.arguments().iter().map(|argument| path(argument.name())));
            }
        }
        for record in self.interface.record_definitions() {
            paths.extend(record.fields().iter().map(|field| format!("{}.{}", record.name(), field.name())));
        }
        for found in self.interface.enum_definitions() {
            for variant in found.variants() {
                let path = |field: &str| format!("{}.{}.{field}", found.name(), variant.name());
                paths.extend(variant.fields().iter().map(|field| path(field.name())));
            }
        }
        paths
    }

    /// The custom types, each with its native type. `text` is the native type of those that are texts and have no other.
    pub fn custom_types<'a>(&'a self, text: &'a str) -> Vec<(&'a str, &'a str)> {
        let native = |type_: &'a Type| match type_ {
            Type::Custom { name, .. } => {
                let native = self.naming.custom_types.get(name).map_or(text, |custom| custom.type_name.as_str());
                Some((name.as_str(), native))
            }
            _ => None,
        };
        self.interface.iter_local_types().filter_map(native).collect()
    }

    /// The functions that return a record. The hand-written part of each language offers them as the record's constructors.
    pub fn record_constructors(&self) -> impl Iterator<Item = &Function> {
        let functions = self.interface.function_definitions().iter();
        functions.filter(|function| matches!(function.return_type(), Some(Type::Record { .. })) && !function.is_async())
    }

    /// The asynchronous methods, in Rust's names, that may take long on the caller's thread: they copy files or long lists
    /// of numbers. Not those that return an object, nor those of streams, whose pieces are small.
    pub fn large_calls(&self) -> Vec<(&Object, &Method)> {
        let is_stream = |object: &Object| object.methods().iter().any(|method| method.name() == "next");
        let objects = self.interface.object_definitions().iter();
        let objects = objects.filter(|object| !object.has_callback_interface() && !is_stream(object));
        let methods = objects.flat_map(|object| object.methods().into_iter().map(move |method| (object, method)));
        methods.filter(|(_, method)| method.is_async() && self.is_large(*method)).collect()
    }

    fn is_large(&self, callable: &dyn Callable) -> bool {
        let mut types: Vec<Type> = callable.arguments().iter().map(|argument| argument.as_type()).collect();
        types.extend(callable.return_type().cloned());
        let mut seen = BTreeSet::new();
        types.iter().any(|type_| self.has_large_part(type_, &mut seen))
            && !callable.return_type().is_some_and(|returned| matches!(returned, Type::Object { .. }))
    }

    /// Whether a value of the type may hold bytes or a list of numbers.
    fn has_large_part(&self, type_: &Type, seen: &mut BTreeSet<String>) -> bool {
        type_.iter_types().any(|part| match part {
            Type::Bytes => true,
            Type::Sequence { inner_type } if matches!(**inner_type, Type::Float32 | Type::Float64) => true,
            Type::Record { name, .. } | Type::Enum { name, .. } if seen.insert(name.clone()) => {
                self.field_types(name).iter().any(|field| self.has_large_part(field, seen))
            }
            _ => false,
        })
    }

    /// The types of a record's fields, or of the fields of all variants of an enum.
    fn field_types(&self, name: &str) -> Vec<Type> {
        let record = self.interface.get_record_definition(name).map(|record| record.fields().iter()).into_iter();
        let variants =
            self.interface.get_enum_definition(name).map(|found| found.variants().iter()).into_iter().flatten();
        record.flatten().chain(variants.flat_map(|variant| variant.fields())).map(AsType::as_type).collect()
    }
}

#[cfg(test)]
impl Api {
    /// An empty API, for tests of rules that look at the text alone.
    pub fn of_nothing(naming: Naming) -> Self {
        Self { interface: ComponentInterface::new(OURS), names: Names::default(), naming }
    }
}
