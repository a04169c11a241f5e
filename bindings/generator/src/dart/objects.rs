//! Objects, functions, and the methods of values.

use super::callables::{Receiver, answer, asynchronous, body, signature};
use super::module::Module;
use super::spelling;
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

    /// What reads and writes an object inside of something else.
    pub fn object_codec(&self, name: &str) -> Result<String> {
        Ok(format!(
            "{name} _read{name}(_Reader reader) => {name}._(_readInt64(reader));\n\
             void _write{name}(_Writer writer, {name} value) {{\nfinal handle = value._clone();\n\
             writer._handles.add((handle, {free}));\n_writeInt64(writer, handle);\n}}\n\n\
             const _Codec<{name}> {} = _Pair(_read{name}, _write{name});\n\n",
            super::types::codec_name(name),
            free = self.native.free_object(name)?,
        ))
    }

    /// A function of the library itself.
    pub fn function(&self, function: &Function) -> Result<String> {
        let (documentation, name) = self.head(function, function.name());
        let (answer, arguments) = (answer(function, &self.types)?, signature(function, &self.types)?);
        let body = body(function, &Receiver::Nothing, &self.types, &self.native)?;
        Ok(format!("{documentation}{answer} {name}{arguments} {}{{\n{body}}}\n\n", asynchronous(function)))
    }

    /// A method of a record, an enum or an error. One that takes nothing is a getter.
    pub fn value_method(&self, method: &Method, owner: &Type) -> Result<String> {
        let (documentation, name) = self.head(method, &self.value_method_name(method, owner));
        let (answer, arguments) = (answer(method, &self.types)?, signature(method, &self.types)?);
        let body = body(method, &Receiver::Value(owner), &self.types, &self.native)?;
        let head = match method.arguments().is_empty() && !method.is_async() && method.return_type().is_some() {
            true => format!("get {name}"),
            false => format!("{name}{arguments}"),
        };
        Ok(format!("\n{documentation}{answer} {head} {}{{\n{body}}}\n", asynchronous(method)))
    }

    /// UniFFI renames the methods of objects only.
    pub fn value_method_name(&self, method: &Method, owner: &Type) -> String {
        let path = format!("{}.{}", owner.name().unwrap_or_default(), method.name());
        let renamed = self.types.config.rename.get(&path).and_then(|renamed| renamed.as_str());
        renamed.unwrap_or(method.name()).to_owned()
    }

    fn method(&self, method: &Method) -> Result<String> {
        let (documentation, name) = self.head(method, method.name());
        let (answer, arguments) = (answer(method, &self.types)?, signature(method, &self.types)?);
        let body = body(method, &Receiver::Object, &self.types, &self.native)?;
        Ok(format!("\n{documentation}{answer} {name}{arguments} {}{{\n{body}}}\n", asynchronous(method)))
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
            bail!("the constructor of {object} is asynchronous, and has no name for a static method of Dart");
        }
        let (documentation, name) = self.head(constructor, constructor.name());
        let (answer, arguments) = (answer(constructor, &self.types)?, signature(constructor, &self.types)?);
        let body = body(constructor, &Receiver::Nothing, &self.types, &self.native)?;
        Ok(format!("{documentation}static {answer} {name}{arguments} async {{\n{body}}}\n"))
    }

    fn head(&self, callable: &dyn Callable, name: &str) -> (String, String) {
        let name = spelling::value(name);
        (self.documentation.comment(callable.docstring(), &format!("Calls `{name}`.")), name)
    }
}

/// What makes an instance without waiting, called `name` with its class.
pub fn factory(module: &Module<'_>, callable: &dyn Callable, name: &str) -> Result<String> {
    let documentation = module.documentation.comment(callable.docstring(), "Makes one.");
    let arguments = signature(callable, &module.types)?;
    let body = body(callable, &Receiver::Nothing, &module.types, &module.native)?;
    Ok(format!("{documentation}factory {name}{arguments} {{\n{body}}}\n"))
}
