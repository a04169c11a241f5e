//! UniFFI's C functions, as Java's native methods.

use crate::types::{kotlin_argument, kotlin_result, rust};
use anyhow::{Context, Result};
use regex::Regex;
use std::collections::BTreeSet;
use uniffi_bindgen::ComponentInterface;
use uniffi_bindgen::interface::FfiFunction;

/// The functions that the code calls, each in Kotlin and in Rust, sorted by name.
#[derive(Debug)]
pub struct Functions {
    /// The declarations of native methods.
    pub kotlin: String,
    /// The lines of the runtime crate's macro.
    pub rust: String,
}

impl Functions {
    /// Those that the code calls on `UniffiLib`.
    pub fn of(code: &str, interface: &ComponentInterface) -> Result<Self> {
        let calls = Regex::new(r"UniffiLib\.(ffi_\w+|uniffi_\w+)\(")?;
        let called: BTreeSet<&str> =
            calls.captures_iter(code).filter_map(|found| found.get(1)).map(|found| found.as_str()).collect();
        let definitions: Vec<FfiFunction> = interface.iter_ffi_function_definitions().collect();
        let (mut kotlin, mut rust) = (String::new(), String::new());
        for name in called {
            let definition = definitions.iter().find(|definition| definition.name() == name);
            let definition = definition.with_context(|| format!("the metadata has no function {name}"))?;
            let lines = lines(definition).with_context(|| format!("the function {name}"))?;
            kotlin += &lines.0;
            rust += &lines.1;
        }
        Ok(Self { kotlin, rust })
    }
}

fn lines(function: &FfiFunction) -> Result<(String, String)> {
    let name = function.name();
    if name.contains("_rust_future_poll_") {
        let kotlin = format!("    @JvmStatic external fun {name}(future: Long, waiting: Long)\n");
        return Ok((kotlin, format!("    poll {name};\n")));
    }
    let (mut in_kotlin, mut in_rust) = (Vec::new(), Vec::new());
    for (position, argument) in function.arguments().into_iter().enumerate() {
        let type_ = argument.type_();
        in_kotlin.push(format!("a{position}: {}", kotlin_argument(&type_)?));
        in_rust.push(format!("a{position}: {}", rust(Some(&type_))?));
    }
    let kind = if function.has_rust_call_status_arg() { "call" } else { "begin" };
    if function.has_rust_call_status_arg() {
        in_kotlin.push("status: UniffiRustCallStatus".to_owned());
    }
    let (in_kotlin, in_rust, result) = (in_kotlin.join(", "), list(&in_rust, 70), function.return_type());
    Ok((
        format!("    @JvmStatic external fun {name}({in_kotlin}): {}\n", kotlin_result(result)?),
        format!("    {kind} {name}({in_rust}) -> {};\n", rust(result)?),
    ))
}

/// Separated by commas, each on a line of its own if they are longer than `width` together.
pub fn list(parts: &[String], width: usize) -> String {
    let joined = parts.join(", ");
    if joined.len() <= width { joined } else { format!("\n        {}\n    ", parts.join(",\n        ")) }
}
