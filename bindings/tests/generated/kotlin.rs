//! The generated Kotlin is not committed, its native methods are. These tests look at what the rules made of UniFFI's.

use crate::{library, root};
use aipass_bindings::{Language, OURS, write, write_over_jni};
use camino::Utf8Path;
use std::sync::LazyLock;

/// The code in Kotlin, and that of its native methods in Rust.
static GENERATED: LazyLock<(String, String)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    write_over_jni(OURS, &library(), &root().join("uniffi.toml"), out, &out.join("jni.rs")).unwrap();
    let read = |file: &str| std::fs::read_to_string(out.join(file)).unwrap();
    (read("one/aipass/mobile/aipass.kt"), read("jni.rs"))
});

static CODE: LazyLock<&str> = LazyLock::new(|| &GENERATED.0);

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
    let error = write_over_jni(OURS, &library(), &wrong, out, &out.join("jni.rs")).unwrap_err();
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

// docs/decisions/0014-kotlin-over-jni.md
#[test]
fn the_committed_native_methods_are_what_would_be_generated() {
    let committed = std::fs::read_to_string(root().join("bindings/src/jni.rs")).unwrap();
    assert!(GENERATED.1 == committed, "bindings/src/jni.rs is out of date: run scripts/bindings kotlin");
}

#[test]
fn our_kotlin_is_not_written_over_jna() {
    assert!(!CODE.contains("jna"));
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    let error = write(Language::Kotlin, OURS, &library(), &root().join("uniffi.toml"), out).unwrap_err();
    assert!(error.to_string().contains("JNI"), "{error}");
}
