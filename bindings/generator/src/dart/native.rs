//! The functions of the native library that are used, each looked up when it is first called.

use super::types::native;
use anyhow::Result;
use heck::ToLowerCamelCase;
use std::cell::RefCell;
use std::collections::BTreeMap;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{FfiFunction, FfiType};

/// What a crate exports to C, as far as it is called.
pub struct Native<'a> {
    interface: &'a ComponentInterface,
    declarations: RefCell<BTreeMap<String, String>>,
}

impl<'a> Native<'a> {
    pub fn new(interface: &'a ComponentInterface) -> Self {
        Self { interface, declarations: RefCell::default() }
    }

    /// The variable that holds a function. A leaf is called without telling the VM, which a function may be that neither
    /// waits nor takes long.
    pub fn function(&self, function: &FfiFunction, is_leaf: bool) -> Result<String> {
        let mut arguments = Vec::new();
        for argument in function.arguments() {
            arguments.push(native(Some(&argument.type_()))?);
        }
        if function.has_rust_call_status_arg() {
            arguments.push(("Pointer<_CallStatus>", "Pointer<_CallStatus>"));
        }
        let answer = native(function.return_type())?;
        let in_c: Vec<_> = arguments.iter().map(|(c, _)| *c).collect();
        let in_dart: Vec<_> = arguments.iter().map(|(_, dart)| *dart).collect();
        let (in_c, in_dart) = (in_c.join(", "), in_dart.join(", "));
        let variable = self.variable(function.name());
        let leaf = if is_leaf { ", isLeaf: true" } else { "" };
        let declaration = format!(
            "final {1} Function({in_dart}) {variable} = _library.lookupFunction<{0} Function({in_c}), {1} \
             Function({in_dart})>('{2}'{leaf});\n",
            answer.0,
            answer.1,
            function.name(),
        );
        self.declarations.borrow_mut().insert(variable.clone(), declaration);
        Ok(variable)
    }

    /// The variable that holds the address of a function that frees an object.
    pub fn free_object(&self, function: &FfiFunction) -> String {
        self.address(function.name(), "_FreeObject")
    }

    /// The variable that holds the address of a function that begins a call of one argument.
    pub fn begin(&self, function: &FfiFunction) -> String {
        self.address(function.name(), "_Begin")
    }

    /// The variable that knows how futures with such a result are driven.
    pub fn future(&self, result: Option<FfiType>) -> Result<String> {
        let complete = self.function(&self.interface.ffi_rust_future_complete(result.clone()), false)?;
        let poll = self.interface.ffi_rust_future_poll(result.clone());
        let free = self.address(self.interface.ffi_rust_future_free(result.clone()).name(), "_FreeFuture");
        let (_, dart) = native(result.as_ref())?;
        let variable =
            format!("_futureOf{}", FfiType::return_type_name(result.as_ref()).replace("rust_buffer", "Buffer"));
        let declaration = format!(
            "final _FutureKind<{dart}> {variable} = _FutureKind(_library.lookupFunction<Void Function(Uint64, \
             Pointer<NativeFunction<_Wake>>, Uint64), _Poll>('{}'), {complete}, {free});\n",
            poll.name(),
        );
        self.declarations.borrow_mut().insert(variable.clone(), declaration);
        Ok(variable)
    }

    /// All of them, in the order of their names.
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
