//! Traits that the host implements: what Rust calls in Kotlin.

use crate::functions::list;
use crate::types::{kotlin_argument, rust};
use anyhow::{Context, Result, bail, ensure};
use heck::ToSnakeCase;
use regex::Regex;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::{FfiArgument, FfiCallbackFunction, FfiDefinition, FfiType};

/// One trait, in Kotlin and in Rust.
#[derive(Debug)]
pub struct Host {
    /// The name of its module in Rust.
    pub module: String,
    /// The static methods that Rust calls.
    pub kotlin: String,
    /// Its function table.
    pub rust: String,
}

/// The traits that the code has objects for. `status` is the status's class, as Java writes it.
pub fn hosts(code: &str, interface: &ComponentInterface, status: &str) -> Result<Vec<Host>> {
    let objects =
        Regex::new(r"(?s)\ninternal object (?<object>uniffiCallbackInterface(?<name>\w+)) \{\n(?<body>.*?)\n\}\n")?;
    let register = Regex::new(r"lib\.(?<function>\w+)\(vtable\)")?;
    let methods = Regex::new(r"(?m)^    internal object (?<name>`\w+`): ")?;
    let mut hosts = Vec::new();
    let mut next = 0;
    for found in objects.captures_iter(code) {
        let object = &found["object"];
        let function =
            register.captures(&found["body"]).with_context(|| format!("UniFFI does not register {object}"))?;
        let table = table(interface, &function["function"]).with_context(|| format!("the trait {}", &found["name"]))?;
        let names: Vec<_> = methods.captures_iter(&found["body"]).map(|method| method["name"].to_owned()).collect();
        ensure!(names.len() == table.len(), "{object} has {} methods, its table {}", names.len(), table.len());
        let host = Writer {
            module: found["name"].to_snake_case(),
            object,
            status,
            function: &function["function"],
            first: next,
        };
        next += 2 + table.len();
        hosts.push(host.host(&names, &table)?);
    }
    Ok(hosts)
}

/// The functions of a trait's table, without those that free and clone handles.
fn table(interface: &ComponentInterface, register: &str) -> Result<Vec<(String, FfiCallbackFunction)>> {
    let function = interface.iter_ffi_function_definitions().find(|function| function.name() == register);
    let arguments = function
        .with_context(|| format!("the metadata has no function {register}"))?
        .arguments()
        .into_iter()
        .cloned()
        .collect::<Vec<_>>();
    let [argument] = arguments.as_slice() else { bail!("{register} takes no table") };
    let FfiType::Reference(table) = argument.type_() else { bail!("{register} takes no table") };
    let FfiType::Struct(name) = *table else { bail!("{register} takes no table") };
    let table = interface.ffi_definitions().find_map(|definition| match definition {
        FfiDefinition::Struct(found) if found.name() == name => Some(found),
        _ => None,
    });
    let table = table.with_context(|| format!("the metadata has no table {name}"))?;
    let mut functions = Vec::new();
    for field in table.fields() {
        let FfiType::Callback(callback) = field.type_() else { bail!("{} is no function", field.name()) };
        if ["uniffi_free", "uniffi_clone"].contains(&field.name()) {
            ensure!(functions.is_empty(), "UniFFI's table has another order");
            continue;
        }
        let function = interface.ffi_definitions().find_map(|definition| match definition {
            FfiDefinition::CallbackFunction(found) if found.name() == callback => Some(found),
            _ => None,
        });
        functions.push((field.name().to_owned(), function.with_context(|| format!("the metadata has no {callback}"))?));
    }
    Ok(functions)
}

struct Writer<'a> {
    module: String,
    object: &'a str,
    status: &'a str,
    function: &'a str,
    /// The number of the trait's first method among those that Rust calls.
    first: usize,
}

impl Writer<'_> {
    fn host(self, names: &[String], table: &[(String, FfiCallbackFunction)]) -> Result<Host> {
        let Self { module, object, status, function, first } = self;
        let mut kotlin = format!(
            "    @JvmStatic fun {module}_free(handle: Long, status: UniffiRustCallStatus) = \
             uniffiUpcall(status) {{ {object}.uniffiFree.callback(handle) }}\n    \
             @JvmStatic fun {module}_clone(handle: Long, status: UniffiRustCallStatus) = \
             uniffiUpcall(status) {{ status.setValue({object}.uniffiClone.callback(handle)) }}\n"
        );
        let mut rust = format!(
            "uniffi_jni_runtime::host! {{\n    BRIDGE, \"{status}\", {module}, {function},\n    free = {first}, clone = {};\n",
            first + 1
        );
        for (index, (name, (field, callback))) in names.iter().zip(table).enumerate() {
            let (arguments, result) = parts(callback).with_context(|| format!("the method {field}"))?;
            let (mut in_kotlin, mut in_rust, mut passed) = (String::new(), Vec::new(), String::new());
            for (position, argument) in arguments.iter().enumerate() {
                let type_ = argument.type_();
                in_kotlin += &format!("a{position}: {}, ", kotlin_argument(&type_)?);
                passed += &format!("a{position}, ");
                in_rust.push(format!("a{position}: {}", self::rust(Some(&type_))?));
            }
            let method = format!("call_{}", field.to_snake_case());
            kotlin += &format!(
                "    @JvmStatic fun {module}_{method}(handle: Long, {in_kotlin}status: UniffiRustCallStatus) = \
                 uniffiUpcall(status) {{ {object}.{name}.callback(handle, {passed}status, status) }}\n"
            );
            let result = self::rust(result.as_ref())?;
            rust += &format!("    {method}({}) -> {result} = {};\n", list(&in_rust, 80), first + 2 + index);
        }
        rust += "}\n";
        Ok(Host { module, kotlin, rust })
    }
}

/// The arguments between the handle and the result, and the result's type.
fn parts(callback: &FfiCallbackFunction) -> Result<(Vec<&FfiArgument>, Option<FfiType>)> {
    let arguments = callback.arguments();
    let [_, arguments @ .., returned] = arguments.as_slice() else { bail!("UniFFI passes no handle or no result") };
    ensure!(callback.has_rust_call_status_arg(), "asynchronous methods of a host are not supported");
    let result = match returned.type_() {
        FfiType::VoidPointer => None,
        FfiType::MutReference(type_) => Some(*type_),
        other => bail!("a result of the type {other:?}"),
    };
    Ok((arguments.to_vec(), result))
}
