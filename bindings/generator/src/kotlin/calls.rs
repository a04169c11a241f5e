//! How calls behave: cancelled ones, and threads.

use crate::api::Api;
use anyhow::Result;
use heck::ToLowerCamelCase;
use uniffi_jni_generator::rewrite::{replace, within};

/// A call may return at the moment in which its job is cancelled. UniFFI then drops the result without reading it. If the
/// result is an object, such as a stream with its connection, Rust keeps it for ever. Completing a call that has not
/// returned is safe: it reports that it was cancelled.
pub(super) fn free_results_of_cancelled_calls(code: &mut String, _: &Api) -> Result<()> {
    within(code, "suspend fun<T, F, E: kotlin.Exception> uniffiRustCallAsync(", "// Public interface", |part| {
        replace(
            part,
            "    } finally {\n        freeFunc(rustFuture)\n",
            "    } catch (e: kotlinx.coroutines.CancellationException) {\n        \
             runCatching { liftFunc(uniffiRustCallWithError(errorHandler) { completeFunc(rustFuture, it) }) }\n            \
             .onSuccess { Disposable.destroy(it) }\n        \
             throw e\n    } finally {\n        freeFunc(rustFuture)\n",
        )
    })
}

/// UniFFI copies the bytes of a photo more than once on the caller's thread, which may be the screen's. Not for calls that
/// return an object: a cancelled `withContext` drops its result.
pub(super) fn copy_on_another_thread(code: &mut String, api: &Api) -> Result<()> {
    replace(
        code,
        "import kotlinx.coroutines.DelicateCoroutinesApi\n",
        "import kotlinx.coroutines.DelicateCoroutinesApi\nimport kotlinx.coroutines.Dispatchers\nimport kotlinx.coroutines.withContext\n",
    )?;
    for (object, method) in api.large_calls() {
        let head = format!("    override suspend fun `{}`(", method.name().to_lower_camel_case());
        let end = format!("object FfiConverterType{}: ", object.name());
        within(code, &format!("open class {}: ", object.name()), &end, |class| {
            within(class, &head, "\n    }\n", |part| {
                replace(
                    part,
                    "return uniffiRustCallAsync(",
                    "return withContext(Dispatchers.Default) { uniffiRustCallAsync(",
                )?;
                part.push_str(" }");
                Ok(())
            })
        })?;
    }
    Ok(())
}
