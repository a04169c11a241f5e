//! The names of what a crate exports.

use std::collections::{BTreeMap, BTreeSet};
use uniffi_bindgen::ComponentInterface;

/// The names of everything that a crate exports, as Rust spells them.
#[derive(Default)]
pub struct Names {
    /// Records, enums, objects and traits.
    pub types: BTreeSet<String>,
    /// Enums that are thrown.
    pub errors: BTreeSet<String>,
    /// Each enum's variants.
    pub variants: BTreeMap<String, Vec<String>>,
    /// Enums whose variants have no fields.
    pub flat_enums: BTreeSet<String>,
    /// Methods and functions; methods as `Type::method`.
    pub functions: BTreeSet<String>,
    /// Fields and arguments.
    pub values: BTreeSet<String>,
}

impl Names {
    /// Collects the names of one crate.
    pub fn of(interface: &ComponentInterface) -> Self {
        let mut names = Self::default();
        for record in interface.record_definitions() {
            names.types.insert(record.name().to_owned());
            names.values.extend(record.fields().iter().map(|field| field.name().to_owned()));
        }
        for item in interface.enum_definitions() {
            names.types.insert(item.name().to_owned());
            if interface.is_name_used_as_error(item.name()) {
                names.errors.insert(item.name().to_owned());
            }
            if item.variants().iter().all(|variant| !variant.has_fields()) {
                names.flat_enums.insert(item.name().to_owned());
            }
            let variants = item.variants().iter().map(|variant| variant.name().to_owned()).collect();
            names.variants.insert(item.name().to_owned(), variants);
            let fields = item.variants().iter().flat_map(|variant| variant.fields());
            names.values.extend(fields.map(|field| field.name().to_owned()));
            names.functions.extend(item.methods().iter().map(|method| format!("{}::{}", item.name(), method.name())));
        }
        for object in interface.object_definitions() {
            names.types.insert(object.name().to_owned());
            for method in object.methods() {
                names.functions.insert(format!("{}::{}", object.name(), method.name()));
                names.values.extend(method.arguments().iter().map(|argument| argument.name().to_owned()));
            }
            for constructor in object.constructors() {
                names.functions.insert(format!("{}::{}", object.name(), constructor.name()));
                names.values.extend(constructor.arguments().iter().map(|argument| argument.name().to_owned()));
            }
        }
        for function in interface.function_definitions() {
            names.functions.insert(function.name().to_owned());
            names.values.extend(function.arguments().iter().map(|argument| argument.name().to_owned()));
        }
        names
    }

    /// The enum that has a variant of this name. `None` if several enums have one.
    pub fn enum_of(&self, variant: &str) -> Option<&str> {
        let mut owners = self.variants.iter().filter(|(_, variants)| variants.iter().any(|name| name == variant));
        match (owners.next(), owners.next()) {
            (Some((owner, _)), None) => Some(owner),
            _ => None,
        }
    }
}
