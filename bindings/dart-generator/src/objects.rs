//! Objects, functions, and the methods of values.

use crate::callables::{Receiver, asynchronous, body, return_type, signature};
use crate::module::Module;
use crate::spelling;
use anyhow::{Result, bail};
use uniffi_bindgen::interface::{Callable, Constructor, Function, Method, Object, Type};

impl Module<'_> {
    /// An object's class.
    pub fn object(&self, object: &Object) -> Result<String> {
        let name = object.name();
        let clone = self.native.function(object.ffi_object_clone(), true)?;
        let free = self.native.free_object(name)?;
        let mut members = format!(
            "{name}._(int handle) : super(handle, {free});\n\n{name}._held(super.handle, super.number) : super._held();\n"
        );
        for constructor in object.constructors() {
            if self.types.can_call(constructor) {
                members += "\n";
                members += &self.constructor(constructor, name)?;
            }
        }
        for method in object.methods() {
            if self.types.can_call(&method) {
                members += &self.method(method)?;
            }
        }
        let documentation = self.documentation.comment(object.docstring(), &format!("{name}."));
        Ok(format!(
            "{documentation}final class {name} extends _RustObject {{\n{members}\n\
             @override\nint _clone() {{\n_checkOpen();\nreturn {clone}(_handle, _status);\n}}\n}}\n\n"
        ))
    }

    /// What reads and writes an object that is a part of another value.
    pub fn object_codec(&self, name: &str) -> Result<String> {
        Ok(format!(
            "{name} _read{name}(_Reader reader) => {name}._(_readInt64(reader));\n\
             void _write{name}(_Writer writer, {name} value) {{\nfinal handle = value._clone();\n\
             writer._handles.add((handle, {free}));\n_writeInt64(writer, handle);\n}}\n\n\
             const _Codec<{name}> {} = _Pair(_read{name}, _write{name});\n\n",
            crate::types::codec_name(name),
            free = self.native.free_object(name)?,
        ))
    }

    /// A top-level function.
    pub fn function(&self, function: &Function) -> Result<String> {
        let (documentation, name) = self.head(function, function.name());
        let (returned, arguments) = (return_type(function, &self.types)?, signature(function, &self.types)?);
        let body = body(function, &Receiver::Nothing, &self.types, &self.native)?;
        Ok(format!("{documentation}{returned} {name}{arguments} {}{{\n{body}}}\n\n", asynchronous(function)))
    }

    /// A method of a record, an enum or an error. It is a getter if it takes no arguments, returns something and is not
    /// async.
    pub fn value_method(&self, method: &Method, owner: &Type) -> Result<String> {
        let (documentation, name) = self.head(method, &self.value_method_name(method, owner));
        let (returned, arguments) = (return_type(method, &self.types)?, signature(method, &self.types)?);
        let body = body(method, &Receiver::Value(owner), &self.types, &self.native)?;
        let head = match method.arguments().is_empty() && !method.is_async() && method.return_type().is_some() {
            true => format!("get {name}"),
            false => format!("{name}{arguments}"),
        };
        Ok(format!("\n{documentation}{returned} {head} {}{{\n{body}}}\n", asynchronous(method)))
    }

    /// The name in Dart of a record's, enum's or error's method. UniFFI's `rename` changes methods of objects only.
    pub fn value_method_name(&self, method: &Method, owner: &Type) -> String {
        let path = format!("{}.{}", owner.name().unwrap_or_default(), method.name());
        let renamed = self.types.config.rename.get(&path).and_then(|renamed| renamed.as_str());
        renamed.unwrap_or(method.name()).to_owned()
    }

    fn method(&self, method: &Method) -> Result<String> {
        let (documentation, name) = self.head(method, method.name());
        let (returned, arguments) = (return_type(method, &self.types)?, signature(method, &self.types)?);
        let body = body(method, &Receiver::Object, &self.types, &self.native)?;
        Ok(format!("\n{documentation}{returned} {name}{arguments} {}{{\n{body}}}\n", asynchronous(method)))
    }

    fn constructor(&self, constructor: &Constructor, object: &str) -> Result<String> {
        if !constructor.is_async() {
            let name = match constructor.is_primary_constructor() {
                true => object.to_owned(),
                false => format!("{object}.{}", spelling::value(constructor.name())),
            };
            return factory(self, constructor, &name);
        }
        if constructor.is_primary_constructor() {
            bail!("the primary constructor of {object} is async: Dart needs one with a name, for a static method");
        }
        let (documentation, name) = self.head(constructor, constructor.name());
        let (returned, arguments) = (return_type(constructor, &self.types)?, signature(constructor, &self.types)?);
        let body = body(constructor, &Receiver::Nothing, &self.types, &self.native)?;
        Ok(format!("{documentation}static {returned} {name}{arguments} async {{\n{body}}}\n"))
    }

    fn head(&self, callable: &dyn Callable, name: &str) -> (String, String) {
        let name = spelling::value(name);
        (self.documentation.comment(callable.docstring(), &format!("Calls `{name}`.")), name)
    }
}

/// A synchronous constructor. `name` is `Class` or `Class.name`.
pub fn factory(module: &Module<'_>, callable: &dyn Callable, name: &str) -> Result<String> {
    let documentation = module.documentation.comment(callable.docstring(), "Makes one.");
    let arguments = signature(callable, &module.types)?;
    let body = body(callable, &Receiver::Nothing, &module.types, &module.native)?;
    Ok(format!("{documentation}factory {name}{arguments} {{\n{body}}}\n"))
}
