//! The functions of the native library that the code uses. Dart looks each up when it is first called.

use crate::types::native;
use anyhow::{Context, Result, ensure};
use heck::{ToLowerCamelCase, ToUpperCamelCase};
use std::cell::RefCell;
use std::collections::BTreeMap;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{Callable, FfiFunction, FfiType};

/// The declarations of the functions that are used so far.
pub struct Native<'a> {
    interface: &'a ComponentInterface,
    declarations: RefCell<BTreeMap<String, String>>,
}

impl<'a> Native<'a> {
    pub fn new(interface: &'a ComponentInterface) -> Self {
        Self { interface, declarations: RefCell::default() }
    }

    /// The variable that holds a function. A leaf call is cheaper, because the VM does not leave Dart's state for it. Only
    /// a function that returns quickly may be a leaf.
    pub fn function(&self, function: &FfiFunction, is_leaf: bool) -> Result<String> {
        let mut arguments = Vec::new();
        for argument in function.arguments() {
            arguments.push(native(Some(&argument.type_()))?);
        }
        if function.has_rust_call_status_arg() {
            arguments.push(("Pointer<_CallStatus>", "Pointer<_CallStatus>"));
        }
        let returned = native(function.return_type())?;
        let in_c: Vec<_> = arguments.iter().map(|(c, _)| *c).collect();
        let in_dart: Vec<_> = arguments.iter().map(|(_, dart)| *dart).collect();
        let (in_c, in_dart) = (in_c.join(", "), in_dart.join(", "));
        let variable = self.variable(function.name());
        let leaf = if is_leaf { ", isLeaf: true" } else { "" };
        let declaration = format!(
            "final {1} Function({in_dart}) {variable} = _library.lookupFunction<{0} Function({in_c}), {1} \
             Function({in_dart})>('{2}'{leaf});\n",
            returned.0,
            returned.1,
            function.name(),
        );
        self.declarations.borrow_mut().insert(variable.clone(), declaration);
        Ok(variable)
    }

    /// The variable that holds the address of the function that frees objects of a type.
    ///
    /// A stream, which is an object with the methods `next` and `cancel`, is freed by `cancel`: its connection must close
    /// even if another call still holds the object. A method takes a handle and frees it, as the function of UniFFI that
    /// frees objects does.
    pub fn free_object(&self, type_name: &str) -> Result<String> {
        let object = self.interface.get_object_definition(type_name).context("no such object")?;
        let methods = object.methods();
        let method = |name: &str| methods.iter().find(|method| method.name() == name);
        let function = match (method("next"), method("cancel")) {
            (Some(_), Some(cancel)) => {
                // A finalizer passes no arguments and ignores results.
                let is_plain = cancel.arguments().is_empty() && cancel.return_type().is_none();
                ensure!(
                    is_plain && !cancel.is_async(),
                    "{type_name}.cancel frees the stream, so it must take no arguments, return nothing and not be async"
                );
                cancel.ffi_func()
            }
            _ => object.ffi_object_free(),
        };
        Ok(self.address(function.name(), "_FreeObject"))
    }

    /// The variable that holds UniFFI's functions for futures whose result is nothing, or a number of this type.
    pub fn future(&self, result: Option<FfiType>) -> Result<String> {
        let complete = self.function(&self.interface.ffi_rust_future_complete(result.clone()), false)?;
        let poll = self.address(self.interface.ffi_rust_future_poll(result.clone()).name(), "_Poll");
        let free = self.address(self.interface.ffi_rust_future_free(result.clone()).name(), "_FreeFuture");
        let (_, dart) = native(result.as_ref())?;
        let variable = format!("_futureOf{}", FfiType::return_type_name(result.as_ref()).to_upper_camel_case());
        let declaration = format!("final _FutureKind<{dart}> {variable} = _FutureKind({poll}, {complete}, {free});\n");
        self.declarations.borrow_mut().insert(variable.clone(), declaration);
        Ok(variable)
    }

    /// The declarations, sorted by name.
    pub fn declarations(&self) -> String {
        self.declarations.borrow().values().map(|declaration| format!("{declaration}\n")).collect()
    }

    fn address(&self, name: &str, type_: &str) -> String {
        let variable = format!("{}Address", self.variable(name));
        let declaration = format!("final Pointer<NativeFunction<{type_}>> {variable} = _library.lookup('{name}');\n");
        self.declarations.borrow_mut().insert(variable.clone(), declaration);
        variable
    }

    fn variable(&self, symbol: &str) -> String {
        let crate_name = self.interface.crate_name();
        let stem = symbol
            .strip_prefix(&format!("uniffi_{crate_name}_fn_"))
            .or(symbol.strip_prefix(&format!("ffi_{crate_name}_")))
            .unwrap_or(symbol);
        format!("_{}", stem.to_lower_camel_case())
    }
}
