//! Exceptions, and what a host's implementation throws.

use super::type_name;
use crate::api::Api;
use anyhow::Result;
use uniffi_jni_generator::rewrite::{replace, replace_matches, within};

const END: &str = "companion object ErrorHandler";

/// UniFFI joins the fields.
pub(super) fn make_messages_sentences(code: &mut String, api: &Api) -> Result<()> {
    within(code, &format!("sealed class {}", type_name("Error", api)), END, |part| {
        replace_matches(part, r#"(?<head>override val message\n\s+get\(\) = )".*""#, |found| {
            // An app's own tests may run without the native library. An exception can be printed there too.
            format!("{}try {{ text() }} catch (e: LinkageError) {{ javaClass.name }}", &found["head"])
        })?;
        replace(part, "fun `text`()", "internal fun `text`()")
    })?;
    replace(code, r#"get() = "detail=${ `detail` }""#, "get() = `detail`")?;
    within(code, &format!("sealed class {}", type_name("StoreError", api)), END, |part| {
        replace(part, r#"get() = """#, r#"get() = "another client changed the entry in between""#)
    })
}

pub(super) fn make_code_a_property(code: &mut String, api: &Api) -> Result<()> {
    within(code, &format!("sealed class {}", type_name("Error", api)), END, |part| {
        replace(part, "val `code`: kotlin.String,", "override val `code`: kotlin.String,")?;
        replace(part, "fun `code`(): kotlin.String {", "open val `code`: kotlin.String get() {")
    })
}

/// UniFFI uses the old name in the methods of the error itself, and in what constructors throw.
pub(super) fn rename_thrown_errors(code: &mut String, api: &Api) -> Result<()> {
    for (error, renamed) in api.naming.rename.iter().filter(|(name, _)| api.names.errors.contains(*name)) {
        let exception = type_name(error, api);
        within(code, &format!("sealed class {exception}"), END, |part| {
            replace(part, &format!("FfiConverterType{error}."), &format!("FfiConverterType{renamed}."))
        })?;
        let unrenamed = error.replace("Error", "Exception");
        replace(
            code,
            &format!("uniffiRustCallWithError({unrenamed})"),
            &format!("uniffiRustCallWithError({exception})"),
        )?;
        replace(code, &format!("@Throws({unrenamed}::class)"), &format!("@Throws({exception}::class)"))?;
        replace(code, &format!("        {unrenamed}.ErrorHandler,"), &format!("        {exception}.ErrorHandler,"))?;
    }
    Ok(())
}

/// UniFFI lets pass what is not an `Exception`, such as the error of `TODO()`. Rust would take that for success.
pub(super) fn catch_throwables(code: &mut String, _: &Api) -> Result<()> {
    in_trait_calls(code, |part| replace(part, "catch(e: kotlin.Exception)", "catch(e: kotlin.Throwable)"))
}

pub(super) fn report_without_stack_trace(code: &mut String, _: &Api) -> Result<()> {
    in_trait_calls(code, |part| replace(part, "e.stackTraceToString()", "e.toString()"))
}

fn in_trait_calls(code: &mut String, change: impl FnOnce(&mut String) -> Result<()>) -> Result<()> {
    within(code, "internal inline fun<T> uniffiTraitInterfaceCall(", "private const val UNIFFI_HANDLEMAP", change)
}
