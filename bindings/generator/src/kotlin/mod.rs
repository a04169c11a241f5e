//! What Kotlin's developers expect and UniFFI does not write: exceptions whose message is a sentence, no aliases for native
//! types.

mod values;

use crate::documentation::{self, Spelling};
use crate::names::Names;
use crate::rewrite::{replace, replace_matches, within};
use anyhow::Result;
use heck::{ToLowerCamelCase, ToShoutySnakeCase};

/// Aliases that UniFFI declares for native types, and what they stand for.
const ALIASES: [(&str, &str); 5] = [
    ("Decimal", "java.math.BigDecimal"),
    ("NaiveDate", "java.time.LocalDate"),
    ("PathBuf", "java.io.File"),
    ("Secret", "kotlin.String"),
    ("Url", "java.net.URI"),
];

/// Calls that may carry a file's bytes, there or back, or vectors.
const LARGE_CALLS: [&str; 15] = [
    "ask",
    "callEndpoint",
    "chat",
    "createVideo",
    "describeImage",
    "editImage",
    "embed",
    "extractJson",
    "generateImage",
    "imageBytes",
    "saveImage",
    "scanReceipt",
    "speak",
    "transcribe",
    "varyImage",
];

/// What only Rust's documentation may say, and what Kotlin's says instead.
const TEXTS: [(&str, &str); 7] = [
    ("Cheap to clone; all clones are the same client.", "Clients of the same account share its session."),
    ("One paid call; dropping the stream ends it.", "One paid call; closing the stream ends it."),
    ("One paid call; dropping the stream ends\n     * it.", "One paid call; closing the stream ends\n     * it."),
    ("Dropping it ends the request and closes its connection.", "`close` ends the request and closes its connection."),
    ("is cancelled or is dropped before that", "is cancelled or is closed before that"),
    (
        "Dropping it ends the request and closes\n * its connection.",
        "`close` ends the request and closes its connection.",
    ),
    ("In Rust, dropping a call's future does the same.", "Cancelling a call's job does the same for that call."),
];

/// Finishes the generated file.
pub fn finish(code: String, names: &Names) -> Result<String> {
    let mut code = documentation::translate(&code, names, &Kotlin);
    for (text, kotlin) in TEXTS {
        replace(&mut code, text, kotlin)?;
    }
    native_types(&mut code)?;
    exceptions(&mut code)?;
    values::name_fields(&mut code)?;
    hosts(&mut code)?;
    results_of_cancelled_calls(&mut code)?;
    durations(&mut code)?;
    values::print_less(&mut code)?;
    off_the_screen(&mut code)?;
    hide_plumbing(&mut code)?;
    document(&mut code)?;
    // States and reasons that print their names.
    replace_matches(&mut code, r"(?m)^    object (?<rest>\w+ : \w+\(\))", |found| {
        format!("    data object {}", &found["rest"])
    })?;
    replace_matches(&mut code, r"[ \t]+\n", |_| "\n".to_owned())?;
    Ok(code)
}

/// UniFFI's aliases give way to the native types themselves; what documentation says stays as it is, and so does a variant
/// of the same name.
fn native_types(code: &mut String) -> Result<()> {
    for (alias, native) in ALIASES {
        replace_matches(code, &format!(r"public typealias {alias} = [\w.]+\n"), |_| String::new())?;
        let mention =
            format!(r"(?s)/\*\*.*?\*/|data class {alias}\(|(?<before>[^.\w`])(?:one\.aipass\.mobile\.)?{alias}\b");
        replace_matches(code, &mention, |found| {
            found.name("before").map_or_else(|| found[0].to_owned(), |before| format!("{}{native}", before.as_str()))
        })?;
    }
    Ok(())
}

/// Messages are sentences, where UniFFI joins the fields, and codes are properties.
fn exceptions(code: &mut String) -> Result<()> {
    within(code, "sealed class AiPassException", "companion object ErrorHandler", |part| {
        replace_matches(part, r#"(?<head>override val message\n\s+get\(\) = )".*""#, |found| {
            // Without the native library, as in an app's own tests, an exception can still be printed.
            format!("{}try {{ text() }} catch (e: LinkageError) {{ javaClass.name }}", &found["head"])
        })?;
        // UniFFI forgets here that the error has another name in Kotlin.
        replace(part, "FfiConverterTypeError.", "FfiConverterTypeAiPassError.")?;
        replace(part, "val `code`: kotlin.String,", "override val `code`: kotlin.String,")?;
        replace(part, "fun `code`(): kotlin.String {", "open val `code`: kotlin.String get() {")?;
        replace(part, "fun `text`()", "internal fun `text`()")
    })?;
    // UniFFI forgets the error's name in constructors too.
    replace(code, "uniffiRustCallWithError(Exception)", "uniffiRustCallWithError(AiPassException)")?;
    replace(code, r#"get() = "detail=${ `detail` }""#, "get() = `detail`")?;
    within(code, "sealed class StoreException", "companion object ErrorHandler", |part| {
        replace(part, r#"get() = """#, r#"get() = "somebody else wrote in between""#)
    })
}

/// Whatever a host's implementation throws reaches Rust. UniFFI lets pass what is not an `Exception`, such as that of
/// `TODO()`, and Rust would take it for success; and it sends the whole stack trace for a reason.
fn hosts(code: &mut String) -> Result<()> {
    within(code, "internal inline fun<T> uniffiTraitInterfaceCall(", "private const val UNIFFI_HANDLEMAP", |part| {
        replace(part, "catch(e: kotlin.Exception)", "catch(e: kotlin.Throwable)")?;
        replace(part, "e.stackTraceToString()", "e.toString()")
    })
}

/// A call may come to its end just as its job is cancelled. UniFFI then drops the result without reading it, and whatever
/// the result holds in Rust, such as a stream with its connection, is held for ever. Completing a call that is not finished
/// is safe: it is dropped, and says that it was cancelled.
fn results_of_cancelled_calls(code: &mut String) -> Result<()> {
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

/// Rust has no negative durations, and UniFFI throws away over one what it was about to hand over.
fn durations(code: &mut String) -> Result<()> {
    let write = "override fun write(value: java.time.Duration, buf: ByteBuffer) {\n";
    let clamped = "        val value = if (value.isNegative) java.time.Duration.ZERO else value\n";
    replace(code, write, &format!("{write}{clamped}"))
}

/// A photo's bytes are copied more than once on their way: not on the caller's thread, which may be the screen's. Only for calls whose results hold nothing in Rust: a cancelled `withContext` drops its result.
fn off_the_screen(code: &mut String) -> Result<()> {
    replace(
        code,
        "import kotlinx.coroutines.DelicateCoroutinesApi\n",
        "import kotlinx.coroutines.DelicateCoroutinesApi\nimport kotlinx.coroutines.Dispatchers\nimport kotlinx.coroutines.withContext\n",
    )?;
    for call in LARGE_CALLS {
        within(code, &format!("    override suspend fun `{call}`("), "\n    }\n", |part| {
            replace(
                part,
                "return uniffiRustCallAsync(",
                "return withContext(Dispatchers.Default) { uniffiRustCallAsync(",
            )?;
            part.push_str(" }");
            Ok(())
        })?;
    }
    Ok(())
}

/// How calls cross to Rust is not part of the API, and must not crowd an editor's suggestions.
fn hide_plumbing(code: &mut String) -> Result<()> {
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
    // The package's own part says these in Kotlin's way: `Config()`, `Provider.aiPass()`.
    replace_matches(code, r" fun `(?<name>aiPassProvider|aiPassProviderAt|customProvider|defaultConfig)`", |found| {
        format!(" internal fun `{}`", &found["name"])
    })?;
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

/// Words for what UniFFI adds to the API without any.
fn document(code: &mut String) -> Result<()> {
    let words = [
        ("class InternalException(", "A panic in the native library: a bug, to be reported."),
        ("interface Disposable {", "What the native library holds for the app: until `close`, or until it is garbage."),
        ("    fun destroy()", "As `close`."),
        ("    override fun destroy()", "As `close`."),
        (
            "    @Synchronized\n    override fun close()",
            "Frees it now, not when it is garbage. What is under way goes on to its end.",
        ),
        ("        override val message\n", "What happened, as an English sentence for developers."),
    ];
    for (start, text) in words {
        let indent = &start[..start.len() - start.trim_start().len()];
        replace(code, &format!("\n{start}"), &format!("\n{indent}/** {text} */\n{start}"))?;
    }
    for store in ["MemoryStore", "SealedFileStore"] {
        within(code, &format!("interface {store}Interface"), "companion object", |part| {
            replace(part, "    fun `", "    /** As [SessionStore] says. */\n    fun `")
        })?;
    }
    // Where the package's own part, or an app, may hang its extensions.
    replace_matches(code, r"(?m)^(?<before>[^*\n]*\n)(?<indent> +)companion object(?<rest> \{)?$", |found| {
        let rest = found.name("rest").map_or("", |rest| rest.as_str());
        format!(
            "{}{indent}/** @suppress */\n{indent}companion object{rest}",
            &found["before"],
            indent = &found["indent"]
        )
    })
}

struct Kotlin;

impl Spelling for Kotlin {
    fn type_name(&self, name: &str) -> String {
        match name {
            "Error" => "AiPassException".to_owned(),
            "StoreError" => "StoreException".to_owned(),
            "ServerTrustError" => "ServerTrustException".to_owned(),
            name => name.to_owned(),
        }
    }

    fn variant(&self, owner: &str, variant: &str, names: &Names) -> String {
        if names.flat_enums.contains(owner) && !names.errors.contains(owner) {
            variant.to_shouty_snake_case()
        } else {
            variant.to_owned()
        }
    }

    fn value(&self, name: &str) -> String {
        name.to_lower_camel_case()
    }

    fn nothing(&self) -> &'static str {
        "null"
    }
}
