//! Calls: their arguments in Dart, and the statements that make them.

use crate::native::Native;
use crate::spelling;
use crate::types::{Types, is_buffer};
use anyhow::Result;
use std::fmt::Write;
use uniffi_bindgen::interface::{Argument, AsType, Callable, Type};

/// What a method is called on.
pub enum Receiver<'a> {
    Nothing,
    Object,
    /// A record, enum or error. It crosses like an argument.
    Value(&'a Type),
}

/// The arguments as Dart declares them, in brackets. A single required argument is positional; several required ones, and
/// all that have a default, are named.
pub fn signature(callable: &dyn Callable, types: &Types<'_>) -> Result<String> {
    let arguments = kept(callable, types);
    if let [argument] = arguments.as_slice()
        && fallback(callable, argument, types).is_none()
    {
        let (name, type_name) = (spelling::value(argument.name()), types.name(&argument.as_type())?);
        match default(argument, types)? {
            None => return Ok(format!("({type_name} {name})")),
            Some((text, true)) if argument.default_value().is_none() && text == "null" => {
                return Ok(format!("([{type_name} {name}])"));
            }
            Some((text, true)) if argument.default_value().is_none() => {
                return Ok(format!("([{type_name} {name} = {text}])"));
            }
            Some(_) => {}
        }
    }
    let is_required = |argument: &&&Argument| {
        !matches!(default(argument, types), Ok(Some(_))) && fallback(callable, argument, types).is_none()
    };
    let required = arguments.iter().filter(is_required).count();
    let (mut positional, mut named) = (String::new(), String::new());
    for argument in arguments {
        let (name, type_name) = (spelling::value(argument.name()), types.name(&argument.as_type())?);
        if fallback(callable, argument, types).is_some() {
            _ = write!(named, "{type_name}? {name},");
            continue;
        }
        match default(argument, types)? {
            None if required == 1 => _ = write!(positional, "{type_name} {name},"),
            None => _ = write!(named, "required {type_name} {name},"),
            Some((text, _)) if text == "null" => _ = write!(named, "{type_name} {name},"),
            Some((text, true)) => _ = write!(named, "{type_name} {name} = {text},"),
            Some((_, false)) => _ = write!(named, "{type_name}? {name},"),
        }
    }
    Ok(if named.is_empty() { format!("({positional})") } else { format!("({positional} {{{named}}})") })
}

/// The statements that make the call and return its result.
pub fn body(
    callable: &dyn Callable,
    receiver: &Receiver<'_>,
    types: &Types<'_>,
    native: &Native<'_>,
) -> Result<String> {
    let mut checks = String::new();
    let mut plain = String::new();
    // Name, codec and value of each.
    let mut buffers: Vec<(String, String, String)> = Vec::new();
    let mut clones = String::new();
    let mut passed = Vec::new();
    match receiver {
        Receiver::Nothing => {}
        Receiver::Object => {
            checks.push_str("_checkOpen();\n");
            clones.push_str("final $this = _clone();\n");
            passed.push("$this".to_owned());
        }
        Receiver::Value(type_) => {
            buffers.push(("$this".to_owned(), types.constant(type_)?, "this".to_owned()));
            passed.push("$this".to_owned());
        }
    }
    for argument in callable.arguments() {
        let (name, type_) = (spelling::value(argument.name()), argument.as_type());
        if let Some(expression) = fallback(callable, argument, types) {
            _ = writeln!(checks, "{name} ??= await {expression};");
        }
        let lowered = format!("${name}");
        passed.push(lowered.clone());
        if !types.has(&type_) {
            buffers.push((lowered, "_bool".to_owned(), "false".to_owned())); // an absent optional argument
            continue;
        }
        let value = match default(argument, types)? {
            Some((text, false)) => format!("{name} ?? {text}"),
            _ => name.clone(),
        };
        if is_buffer(&type_) {
            buffers.push((lowered, types.constant(&type_)?, value));
        } else if matches!(type_, Type::Object { .. }) {
            _ = writeln!(checks, "{name}._checkOpen();");
            _ = writeln!(clones, "final {lowered} = {};", types.lower(&type_, &value)?);
        } else {
            _ = writeln!(plain, "final {lowered} = {};", types.lower(&type_, &value)?);
        }
    }
    let mut lowered: Vec<String> = Vec::new();
    let mut lowering = String::new();
    for (name, codec, value) in buffers {
        _ = match lowered.as_slice() {
            [] => writeln!(lowering, "final {name} = {codec}.lower({value});"),
            before => writeln!(lowering, "final {name} = _lowerAfter([{}], {codec}, {value});", before.join(", ")),
        };
        lowered.push(name);
    }
    let function = callable.ffi_func();
    let errors = callable.throws_type().map_or_else(|| Ok("null".to_owned()), |errors| types.constant(errors))?;
    let calling = if callable.is_async() {
        let call = format!("{}({})", native.function(function, false)?, passed.join(", "));
        let returned = callable.return_type();
        let type_name = returned.map_or_else(|| Ok("void".to_owned()), |returned| types.name(returned))?;
        let receiver = if matches!(receiver, Receiver::Object) { "this" } else { "null" };
        match returned {
            Some(Type::Object { name, .. }) => format!(
                "return _ObjectCall<{type_name}>({receiver}, {call}, {}, {errors}, {type_name}._held).result;\n",
                native.free_object(name)?,
            ),
            Some(returned) if is_buffer(returned) => {
                format!(
                    "return _BufferCall<{type_name}>({receiver}, {call}, {errors}, {}).result;\n",
                    types.lift(returned)?
                )
            }
            _ => {
                let result = returned.map(Into::into);
                let lift = returned.map_or_else(|| Ok("_nothing".to_owned()), |returned| types.lift(returned))?;
                format!(
                    "return _PlainCall<{type_name}, {}>({receiver}, {call}, {}, {errors}, {lift}).result;\n",
                    crate::types::native(result.as_ref())?.1,
                    native.future(result)?,
                )
            }
        }
    } else {
        let name = native.function(function, false)?;
        passed.push("_status".to_owned());
        let call = format!("{name}({})", passed.join(", "));
        match callable.return_type() {
            None => format!("{call};\n_check({errors});\n"),
            // No argument can have this name: names in Rust have no dollar signs.
            Some(returned) => {
                format!(
                    "final $$result = {call};\n_check({errors});\nreturn {};\n",
                    types.lifted(returned, "$$result")?
                )
            }
        }
    };
    Ok(format!("{checks}{plain}{lowering}{clones}{calling}"))
}

/// The type that the call returns, in Dart.
pub fn return_type(callable: &dyn Callable, types: &Types<'_>) -> Result<String> {
    let returned = callable.return_type().map_or_else(|| Ok("void".to_owned()), |returned| types.name(returned))?;
    Ok(if callable.is_async() { format!("Future<{returned}>") } else { returned })
}

/// `async`, so that an invalid argument fails the future, and is not thrown by the call.
pub fn asynchronous(callable: &dyn Callable) -> &'static str {
    if callable.is_async() { "async " } else { "" }
}

fn kept<'a>(callable: &'a dyn Callable, types: &Types<'_>) -> Vec<&'a Argument> {
    callable.arguments().into_iter().filter(|argument| types.has(&argument.as_type())).collect()
}

/// What gives the value of an argument that Rust requires and Dart does not.
fn fallback<'a>(callable: &dyn Callable, argument: &Argument, types: &'a Types<'_>) -> Option<&'a str> {
    types.config.fallbacks.get(argument.name()).filter(|_| callable.is_async()).map(String::as_str)
}

/// The value of an argument that is not given: its default, a record without required fields, or null where it may be
/// null. And whether that is a constant.
fn default(argument: &Argument, types: &Types<'_>) -> Result<Option<(String, bool)>> {
    if let Some(own) = types.config.defaults.get(argument.name()) {
        return Ok(Some((own.clone(), true)));
    }
    match (argument.default_value(), argument.as_type()) {
        (Some(default), type_) => types.default(default, &type_).map(Some),
        (None, Type::Record { name, .. }) => Ok(types.of_defaults(&name).ok().filter(|(_, is_constant)| *is_constant)),
        // Rust has no argument that can be left out: what may be None is what Dart may leave out.
        (None, Type::Optional { .. }) => Ok(Some(("null".to_owned(), true))),
        (None, _) => Ok(None),
    }
}
