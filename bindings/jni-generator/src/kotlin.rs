//! The changes to UniFFI's Kotlin: what spoke to JNA speaks to native methods. The rest, and so the API, stays as it is.

use crate::rewrite::{replace, replace_matches, replace_matches_if_any, within};
use anyhow::{Result, ensure};

/// Where the native methods go.
pub const LIBRARY: &str = "{{the native methods}}\n";

const CONVERTER: &str = "/**\n * The FfiConverter interface handles converter";
const STATUS: &str = "@Structure.FieldOrder(\"code\", \"error_buf\")";
const EXCEPTION: &str = "class InternalException";
const LOADING: &str = "// Contains loading, initialization code,";
const INITIALIZING: &str = "/**\n * @suppress\n */\npublic fun uniffiEnsureInitialized";
const CLEANER: &str = "// The fallback Jna cleaner";
const CHOICE: &str = "// We decide at uniffi binding generation time";

/// Makes all changes. Fails if UniFFI's code is not as expected.
pub fn edit(code: &mut String) -> Result<()> {
    replace_matches(code, r"(?m)^import com\.sun\.jna\..*\n", |_| String::new())?;
    replace_part(code, "// This is a helper for safely working with byte buffers", CONVERTER, "")?;
    replace_part(
        code,
        "    fun lowerIntoRustBuffer(",
        "/**\n * FfiConverter that uses",
        include_str!("runtime/converter.kt"),
    )?;
    replace_part(code, STATUS, EXCEPTION, include_str!("runtime/status.kt"))?;
    replace(code, "if (status.error_buf.len > 0)", "if (status.error_buf != 0L)")?;
    replace_part(code, LOADING, INITIALIZING, LIBRARY)?;
    replace(code, "    IntegrityCheckingUniffiLib.ensureInitialized()\n", "")?;
    replace(code, "IntegrityCheckingUniffiLib and UniffiLib", "UniffiLib")?;
    futures(code)?;
    within(code, "public object FfiConverterString:", "\n}\n", strings)?;
    if code.contains(CLEANER) {
        replace_part(code, CLEANER, CHOICE, include_str!("runtime/cleaner.kt"))?;
        replace(code, "UniffiJnaCleaner()", "UniffiQueueCleaner()")?;
        replace(code, "fallback to the JNA cleaner", "fallback to a queue of references")?;
    }
    hosts(code)?;
    if code.contains("return value.uniffiCloneHandle()") {
        // UniFFI's code clones the handle of an object that was closed, which Rust has freed.
        replace(code, "return value.uniffiCloneHandle()", "return value.callWithHandle { it }")?;
    }
    replace(code, "RustBuffer.ByValue", "Long")?;
    replace(code, "RustBuffer.free(", "UniffiLib.bufferFree(")?;
    let left = code.lines().find(|line| line.to_lowercase().contains("jna") || line.contains("Structure"));
    ensure!(left.is_none(), "UniFFI wrote more of JNA than is known: {left:?}");
    Ok(())
}

/// Futures are polled without a callback: the native method resumes what waits.
fn futures(code: &mut String) -> Result<()> {
    if !code.contains("suspend fun<T, F, E: kotlin.Exception> uniffiRustCallAsync(") {
        return Ok(());
    }
    replace_part(code, "// FFI type for Rust future continuations", "internal suspend fun<T, F, E", "")?;
    replace(code, "(Long, UniffiRustFutureContinuationCallback, Long) -> Unit", "(Long, Long) -> Unit")?;
    replace(code, "                    uniffiRustFutureContinuationCallbackImpl,\n", "")?;
    replace(code, "{ future, callback, continuation -> UniffiLib.", "{ future, continuation -> UniffiLib.")?;
    replace(code, "(future, callback, continuation) }", "(future, continuation) }")?;
    Ok(())
}

fn strings(code: &mut String) -> Result<()> {
    replace_part(code, "    override fun lift(", "    override fun read(", include_str!("runtime/string-lift.kt"))?;
    replace_part(code, "    fun toUtf8(", "    // We aren't sure", include_str!("runtime/string-lower.kt"))
}

/// The objects through which Rust calls what the host implements.
fn hosts(code: &mut String) -> Result<()> {
    let pattern = r"(?s)\ninternal object uniffiCallbackInterface\w+ \{\n.*?\n\}\n";
    replace_matches_if_any(code, pattern, |found| found[0].replace("override fun callback", "fun callback"))?;
    replace_matches_if_any(code, r"(?m)^(?<head>    internal object [`\w]+): Uniffi\w+ \{", |found| {
        format!("{} {{", &found["head"])
    })?;
    replace_matches_if_any(code, r"`uniffiOutReturn`: [\w.]+,", |_| {
        "`uniffiOutReturn`: UniffiRustCallStatus,".to_owned()
    })?;
    let table = r"(?s)\n    internal var vtable = .*?\n    \}\n(?<end>\})";
    replace_matches_if_any(code, table, |found| found["end"].to_owned())?;
    Ok(())
}

/// Replaces everything from `start` up to `end`.
fn replace_part(code: &mut String, start: &str, end: &str, new: &str) -> Result<()> {
    within(code, start, end, |part| {
        *part = new.to_owned();
        Ok(())
    })
}
