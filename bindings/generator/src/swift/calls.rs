//! How calls behave: cancellation, durations, and methods of errors.

use super::names;
use crate::api::Api;
use anyhow::Result;
use uniffi_jni_generator::rewrite::{replace, replace_matches, within};

/// UniFFI's Swift does not tell Rust that a task was cancelled, though UniFFI's Rust can be told. After this rule the
/// future is dropped, which closes its connection, and the call throws `CancellationError`.
pub(super) fn cancel_with_the_task(code: &mut String, _: &Api) -> Result<()> {
    replace_matches(code, r"            freeFunc: (?<library>ffi_\w+_rust_future_)free_(?<kind>\w+),\n", |found| {
        let (library, kind) = (&found["library"], &found["kind"]);
        format!("            cancelFunc: {library}cancel_{kind},\n{}", &found[0])
    })?;
    replace(code, "fatalError(\"Cancellation not supported yet\")", "throw CancellationError()")?;
    within(code, "fileprivate func uniffiRustCallAsync<", "// Callback handlers for an async calls.", |function| {
        replace(
            function,
            "    freeFunc: (UInt64) -> (),\n",
            "    cancelFunc: @escaping @Sendable (UInt64) -> (),\n    freeFunc: (UInt64) -> (),\n",
        )?;
        replace(
            function,
            "    var pollResult: Int8;\n    repeat {\n",
            "    // A call that throws nothing cannot report that it was cancelled: it runs to its end.\n    \
             let canBeCancelled = errorHandler != nil\n    \
             await withTaskCancellationHandler {\n    var pollResult: Int8;\n    repeat {\n",
        )?;
        replace(
            function,
            "    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY\n",
            "    } while pollResult != UNIFFI_RUST_FUTURE_POLL_READY\n    \
             } onCancel: {\n        if canBeCancelled { cancelFunc(rustFuture) }\n    }\n",
        )
    })
}

/// UniFFI ends the app over a duration that Rust cannot hold.
pub(super) fn clamp_durations(code: &mut String, _: &Api) -> Result<()> {
    let write = "public static func write(_ value: TimeInterval, into buf: inout [UInt8]) {\n";
    let clamped = "        let value = value.isNaN ? 0 : min(max(value, 0), 1.0e12)\n";
    replace(code, write, &format!("{write}{clamped}"))
}

/// Methods of errors that take nothing become properties.
pub(super) fn make_error_methods_properties(code: &mut String, api: &Api) -> Result<()> {
    for error in &api.names.errors {
        let Some(definition) = api.interface.get_enum_definition(error) else { continue };
        if definition.methods().is_empty() {
            continue;
        }
        let name = names::type_name(error, api);
        within(code, &format!("enum {name}: "), &format!("\nextension {name}"), |part| {
            for method in definition.methods() {
                let method = names::value(method.name());
                replace(part, &format!("public func {method}() -> String"), &format!("public var {method}: String"))?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// An app can build an error that Rust cannot hold, such as one with an amount of NaN. Its properties ask Rust, which
/// cannot read it, and UniFFI ends the app over that.
pub(super) fn describe_every_error(code: &mut String, _: &Api) -> Result<()> {
    for (property, fallback) in [("code", "other"), ("text", "An error with a value that the library cannot hold.")] {
        within(code, &format!("public var {property}: String  {{\n    return"), "\n}\n", |getter| {
            replace(
                getter,
                "try!  FfiConverterString.lift(try! rustCall()",
                "(try? FfiConverterString.lift(rustCall()",
            )?;
            replace(getter, "\n})", &format!("\n}})) ?? \"{fallback}\""))
        })?;
    }
    Ok(())
}
