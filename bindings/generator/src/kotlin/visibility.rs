//! What apps see, and how it is documented.

use crate::api::Api;
use anyhow::Result;
use heck::ToLowerCamelCase;
use uniffi_jni_generator::rewrite::{replace, replace_matches, within};

/// How calls cross to Rust is not part of the API, and must not crowd an editor's suggestions.
pub(super) fn hide_plumbing(code: &mut String, _: &Api) -> Result<()> {
    replace(code, "@file:Suppress(\"NAME_SHADOWING\")", "@file:Suppress(\"warnings\")")?;
    replace_matches(code, r"(?m)^public (?<kind>object|interface|abstract class|typealias) FfiConverter", |found| {
        format!("internal {} FfiConverter", &found["kind"])
    })?;
    replace_matches(
        code,
        r"(?m)^(?<plumbing>open class RustBuffer|interface Uniffi|object Uniffi|inline fun <T : Disposable\?)",
        |found| format!("internal {}", &found["plumbing"]),
    )?;
    replace(code, "public fun uniffiEnsureInitialized", "internal fun uniffiEnsureInitialized")?;
    replace(code, "    companion object ErrorHandler", "    internal companion object ErrorHandler")?;
    replace(
        code,
        "    constructor(withHandle: UniffiWithHandle",
        "    internal constructor(withHandle: UniffiWithHandle",
    )?;
    replace(code, "    protected val cleanable:", "    private val cleanable:")?;
    replace(code, "    protected val handle:", "    private val handle:")?;
    replace(code, "    val uniffiIsDestroyed:", "    internal val uniffiIsDestroyed:")?;
    replace(code, "    fun uniffiCloneHandle()", "    internal fun uniffiCloneHandle()")
}

/// The hand-written part of the package offers them as `Config()` and `Provider.aiPass()`.
pub(super) fn hide_record_constructors(code: &mut String, api: &Api) -> Result<()> {
    for function in api.record_constructors() {
        let head = format!(" fun `{}`", function.name().to_lower_camel_case());
        replace(code, &head, &format!(" internal{head}"))?;
    }
    Ok(())
}

/// Documents what UniFFI adds to the API.
pub(super) fn document(code: &mut String, api: &Api) -> Result<()> {
    let words = [
        ("class InternalException(", "A panic in the native library: a bug, to be reported."),
        ("interface Disposable {", "What the native library holds for the app: until `close`, or until it is garbage."),
        ("    fun destroy()", "As `close`."),
        ("    override fun destroy()", "As `close`."),
        (
            "    @Synchronized\n    override fun close()",
            "Frees it now, and not only when it is garbage. Calls that are under way run to their end.",
        ),
        ("        override val message\n", "What happened, as an English sentence for developers."),
    ];
    for (start, text) in words {
        let indent = &start[..start.len() - start.trim_start().len()];
        replace(code, &format!("\n{start}"), &format!("\n{indent}/** {text} */\n{start}"))?;
    }
    for object in api.interface.object_definitions() {
        for implementation in object.trait_impls() {
            let trait_name = implementation.trait_ty.name().unwrap_or_default();
            within(code, &format!("interface {}Interface", object.name()), "companion object", |part| {
                replace(part, "    fun `", &format!("    /** As [{trait_name}] says. */\n    fun `"))
            })?;
        }
    }
    // An app, and the hand-written part of the package, can add extensions to a companion object. It needs no
    // documentation.
    replace_matches(code, r"(?m)^(?<before>[^*\n]*\n)(?<indent> +)companion object(?<rest> \{)?$", |found| {
        let rest = found.name("rest").map_or("", |rest| rest.as_str());
        format!(
            "{}{indent}/** @suppress */\n{indent}companion object{rest}",
            &found["before"],
            indent = &found["indent"]
        )
    })
}
