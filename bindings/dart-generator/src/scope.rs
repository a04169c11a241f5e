//! Which part of a crate Dart gets. Dart cannot implement a Rust trait. So the generator leaves out such a trait, an
//! optional argument of its type, and a call that requires such an argument.

use crate::spelling;
use crate::types::Types;
use std::collections::BTreeSet;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{Argument, AsType, Callable, DefaultValue, Literal, Object, Type};

/// Traits that only the host implements: no call returns an object of them.
pub fn absent(interface: &ComponentInterface) -> BTreeSet<String> {
    let is_returned = |object: &Object| {
        interface.iter_callables().filter_map(|callable| callable.return_type().cloned()).any(|returned| {
            returned.iter_types().any(|type_| matches!(type_, Type::Object { name, .. } if name == object.name()))
        })
    };
    let traits = interface.object_definitions().iter().filter(|object| object.has_callback_interface());
    let callbacks = interface.callback_interface_definitions().iter().map(|callback| callback.name().to_owned());
    traits.filter(|object| !is_returned(object)).map(|object| object.name().to_owned()).chain(callbacks).collect()
}

impl Types<'_> {
    /// Whether Dart has the type.
    pub fn has(&self, type_: &Type) -> bool {
        type_.iter_types().all(|type_| match type_ {
            Type::Object { name, .. } | Type::CallbackInterface { name, .. } => !self.absent.contains(name),
            _ => true,
        })
    }

    /// Whether the argument is optional and its default is none.
    pub fn may_be_left_out(&self, argument: &Argument) -> bool {
        matches!(argument.as_type(), Type::Optional { .. })
            && matches!(argument.default_value(), Some(DefaultValue::Default | DefaultValue::Literal(Literal::None)))
    }

    /// Whether Dart can make the call.
    pub fn can_call(&self, callable: &dyn Callable) -> bool {
        callable.arguments().iter().all(|argument| self.has(&argument.as_type()) || self.may_be_left_out(argument))
            && callable.return_type().is_none_or(|returned| self.has(returned))
    }

    /// What the crate exports and Dart does not get: types, functions, `Type.method`s and `Type.method.argument`s.
    pub fn left_out(&self) -> BTreeSet<String> {
        let in_use = self.in_use();
        let mut left_out = self.absent.clone();
        let records = self.interface.record_definitions().iter().map(|record| record.name());
        let enums = self.interface.enum_definitions().iter().map(|definition| definition.name());
        left_out.extend(records.chain(enums).filter(|name| !in_use.contains(*name)).map(str::to_owned));
        let mut note = |path: String, callable: &dyn Callable| {
            if !self.can_call(callable) {
                left_out.insert(path);
                return;
            }
            let arguments = callable.arguments().into_iter().filter(|argument| !self.has(&argument.as_type()));
            left_out.extend(arguments.map(|argument| format!("{path}.{}", argument.name())));
        };
        for object in self.interface.object_definitions().iter().filter(|object| !self.absent.contains(object.name())) {
            let path = |name: &str| format!("{}.{name}", object.name());
            object.constructors().into_iter().for_each(|found| note(path(found.name()), found));
            object.methods().into_iter().for_each(|found| note(path(found.name()), found));
        }
        self.interface.function_definitions().iter().for_each(|found| note(found.name().to_owned(), found));
        left_out
    }

    /// The names of all classes that Dart gets.
    pub fn classes(&self) -> BTreeSet<String> {
        let objects = self.interface.object_definitions().iter().map(|object| object.name().to_owned());
        let mut classes: BTreeSet<String> = objects.filter(|name| !self.absent.contains(name)).collect();
        for name in self.in_use() {
            let class = self.enum_name(&name);
            if let Some(definition) = self.interface.get_enum_definition(&name) {
                let is_error = self.interface.is_name_used_as_error(&name);
                let case = if is_error { spelling::error_case_type } else { spelling::case_type };
                if is_error || definition.contains_variant_fields() {
                    classes.extend(definition.variants().iter().map(|variant| case(&class, variant.name())));
                }
            }
            classes.insert(class);
        }
        classes
    }

    /// Records and enums that some call takes, returns or throws.
    pub fn in_use(&self) -> BTreeSet<String> {
        let mut in_use = BTreeSet::new();
        for function in self.interface.function_definitions() {
            self.note_callable(function, &mut in_use);
        }
        for object in self.interface.object_definitions() {
            if self.absent.contains(object.name()) {
                continue;
            }
            for constructor in object.constructors() {
                self.note_callable(constructor, &mut in_use);
            }
            for method in object.methods() {
                self.note_callable(method, &mut in_use);
            }
        }
        in_use
    }

    fn note_callable(&self, callable: &dyn Callable, in_use: &mut BTreeSet<String>) {
        if !self.can_call(callable) {
            return;
        }
        let arguments = callable.arguments().into_iter().map(|argument| argument.as_type());
        let results = callable.return_type().into_iter().chain(callable.throws_type()).cloned();
        for type_ in arguments.filter(|type_| self.has(type_)).chain(results) {
            self.note(&type_, in_use);
        }
    }

    fn note(&self, type_: &Type, in_use: &mut BTreeSet<String>) {
        for type_ in type_.iter_types() {
            let (Type::Record { name, .. } | Type::Enum { name, .. }) = type_ else { continue };
            if !in_use.insert(name.clone()) {
                continue;
            }
            if let Some(record) = self.interface.get_record_definition(name) {
                record.fields().iter().for_each(|field| self.note(&field.as_type(), in_use));
                record.methods().iter().for_each(|method| self.note_callable(method, in_use));
            }
            if let Some(definition) = self.interface.get_enum_definition(name) {
                let fields = definition.variants().iter().flat_map(|variant| variant.fields());
                fields.for_each(|field| self.note(&field.as_type(), in_use));
                definition.methods().iter().for_each(|method| self.note_callable(method, in_use));
            }
        }
    }
}
