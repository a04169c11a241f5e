//! The generated Kotlin is not committed. These tests look at what the rules made of UniFFI's.

use crate::{library, root};
use aipass_bindings::{Language, OURS, write, write_over_jni};
use camino::Utf8Path;
use std::sync::LazyLock;

static CODE: LazyLock<String> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    write(Language::Kotlin, OURS, &library(), &root().join("uniffi.toml"), out).unwrap();
    std::fs::read_to_string(out.join("one/aipass/mobile/aipass.kt")).unwrap()
});

/// The code of a method of a class.
fn method(class: &str, name: &str) -> &'static str {
    let class = CODE.find(&format!("\nopen class {class}: ")).unwrap_or_else(|| panic!("no class {class}"));
    let start =
        CODE[class..].find(&format!("    override suspend fun `{name}`(")).unwrap_or_else(|| panic!("no {name}"));
    let body = &CODE[class + start..];
    &body[..body.find("\n    }\n").unwrap()]
}

#[test]
fn calls_that_copy_files_or_vectors_run_on_another_thread() {
    for (class, name) in [
        ("AiPass", "scanReceipt"),
        ("AiPass", "chat"),
        ("AiPass", "embed"),
        ("AiPass", "imageBytes"),
        ("AiPass", "speak"),
        ("Conversation", "ask"),
    ] {
        assert!(method(class, name).contains("withContext(Dispatchers.Default)"), "{class}.{name}");
    }
}

/// A cancelled `withContext` drops its result: an object would never be freed. The pieces of a stream are small.
#[test]
fn calls_that_return_objects_or_pieces_run_on_the_callers_thread() {
    for (class, name) in [
        ("AiPass", "chatStream"),
        ("AiPass", "openSpeech"),
        ("Conversation", "stream"),
        ("ByteStream", "next"),
        ("ChatStream", "next"),
        ("AiPass", "models"),
    ] {
        assert!(!method(class, name).contains("withContext"), "{class}.{name}");
    }
}

/// S3: its handle is freed.
#[test]
fn a_closed_object_is_refused_as_an_argument() {
    assert!(!CODE.contains("return value.uniffiCloneHandle()"));
    assert!(CODE.contains("return value.callWithHandle { it }"));
}

#[test]
fn printed_values_show_no_secret() {
    let start = CODE.find("data class OAuthClient (").unwrap();
    let class = &CODE[start..start + CODE[start..].find("companion object").unwrap()];
    let printed = class.lines().find(|line| line.contains("\"OAuthClient(")).unwrap();
    assert!(printed.contains("clientId=$clientId") && !printed.contains("ecret"), "{printed}");
}

#[test]
fn a_name_in_the_configuration_that_is_not_exported_is_an_error() {
    let config = std::fs::read_to_string(root().join("uniffi.toml")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    let wrong = out.join("uniffi.toml");
    std::fs::write(&wrong, config.replace("\"GeneratedImage.url\"", "\"GeneratedImage.address\"")).unwrap();
    let error = write(Language::Kotlin, OURS, &library(), &wrong, out).unwrap_err();
    assert!(format!("{error:#}").contains("GeneratedImage.address"), "{error:#}");
}

#[test]
fn fields_and_types_have_names_of_their_own() {
    assert!(!CODE.contains("val v1"), "a field without a name");
    assert!(!CODE.contains("typealias Url"), "an alias for a native type");
    assert!(CODE.contains("val `bytes`: kotlin.ByteArray) : Photo()"));
}

/// docs/decisions/0011-time-in-kotlin.md
#[test]
fn no_type_is_missing_on_android_7() {
    assert!(!CODE.contains("java.time"), "Android has it since API 26");
    assert!(CODE.contains("kotlin.time.Duration") && CODE.contains("kotlin.time.Instant"));
    assert!(CODE.contains("one.aipass.mobile.CalendarDate"));
}

/// The lines that declare what an app sees, and its documentation.
fn declarations(code: &str) -> Vec<&str> {
    let kinds = ["data class ", "data object ", "sealed class ", "enum class ", "open class ", "class ", "interface "];
    let members = [
        "fun `",
        "suspend fun `",
        "override fun `",
        "override suspend fun `",
        "val `",
        "override val `",
        "constructor(",
        "* ",
    ];
    let is_declaration = |line: &&str| kinds.iter().chain(&members).any(|start| line.starts_with(start));
    let public = &code[code.find("// Public interface members begin here.").unwrap()..];
    public.lines().map(str::trim).filter(is_declaration).collect()
}

/// docs/decisions/0014-kotlin-over-jni.md
#[test]
fn kotlin_over_jni_has_the_api_of_kotlin_over_jna() {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    let bridge = out.join("bridge.rs");
    write_over_jni(OURS, &library(), &root().join("uniffi.toml"), out, &bridge).unwrap();
    let code = std::fs::read_to_string(out.join("one/aipass/mobile/aipass.kt")).unwrap();
    let (over_jni, over_jna) = (declarations(&code), declarations(&CODE));
    assert!(over_jni.len() > 1_000, "{}", over_jni.len());
    let differences: Vec<_> = over_jni.iter().zip(&over_jna).filter(|(one, other)| one != other).collect();
    assert!(differences.is_empty() && over_jni.len() == over_jna.len(), "{differences:?}");
    assert!(!code.contains("jna"));
    let rust = std::fs::read_to_string(bridge).unwrap();
    assert!(rust.contains("\"Java_one_aipass_mobile_UniffiLib_register\""));
}
