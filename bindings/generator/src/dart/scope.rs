//! What of a crate Dart gets. It implements no trait of Rust's, so what it could only implement is not there: such a
//! type, an argument of it that may be left out, and a call with one that may not.

use super::types::Types;
use std::collections::BTreeSet;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{Argument, AsType, Callable, DefaultValue, Literal, Object, Type};

/// Traits that Rust hands out no object of.
pub fn absent(interface: &ComponentInterface) -> BTreeSet<String> {
    let is_handed_out = |object: &Object| {
        interface.iter_callables().filter_map(|callable| callable.return_type().cloned()).any(|answer| {
            answer.iter_types().any(|type_| matches!(type_, Type::Object { name, .. } if name == object.name()))
        })
    };
    let traits = interface.object_definitions().iter().filter(|object| object.has_callback_interface());
    let callbacks = interface.callback_interface_definitions().iter().map(|callback| callback.name().to_owned());
    traits.filter(|object| !is_handed_out(object)).map(|object| object.name().to_owned()).chain(callbacks).collect()
}

impl Types<'_> {
    /// Whether Dart has the type.
    pub fn has(&self, type_: &Type) -> bool {
        type_.iter_types().all(|type_| match type_ {
            Type::Object { name, .. } | Type::CallbackInterface { name, .. } => !self.absent.contains(name),
            _ => true,
        })
    }

    /// Whether nothing is lost if the argument is left out.
    pub fn may_be_left_out(&self, argument: &Argument) -> bool {
        matches!(argument.as_type(), Type::Optional { .. })
            && matches!(argument.default_value(), Some(DefaultValue::Default | DefaultValue::Literal(Literal::None)))
    }

    /// Whether Dart can make the call.
    pub fn can_call(&self, callable: &dyn Callable) -> bool {
        callable.arguments().iter().all(|argument| self.has(&argument.as_type()) || self.may_be_left_out(argument))
            && callable.return_type().is_none_or(|answer| self.has(answer))
    }

    /// Records and enums that some call takes, answers or throws.
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
        let answers = callable.return_type().into_iter().chain(callable.throws_type()).cloned();
        for type_ in arguments.filter(|type_| self.has(type_)).chain(answers) {
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
