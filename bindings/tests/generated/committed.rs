use crate::{library, root};
use aipass_bindings::{Language, OURS, write, write_over_jni};
use camino::Utf8Path;
use std::collections::BTreeMap;

/// A Swift package is built from git, so its generated code is committed.
#[test]
fn the_committed_swift_code_is_what_would_be_generated() {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    write(Language::Swift, OURS, &library(), &root().join("uniffi.toml"), out).unwrap();
    let sources = root().join("bindings/swift/Sources");
    for (generated, committed) in
        [("AIPassMobile.swift", "AIPassMobile/Generated.swift"), ("AIPassFFI.h", "AIPassFFI/AIPassFFI.h")]
    {
        let generated = std::fs::read_to_string(out.join(generated)).unwrap();
        let is_same = generated == std::fs::read_to_string(sources.join(committed)).unwrap();
        assert!(is_same, "bindings/swift/Sources/{committed} is out of date: run scripts/bindings swift");
    }
}

/// A Dart package is taken from git too. White space is not compared: it is up to `dart format`, which the suite `dart`
/// checks.
#[test]
fn the_committed_dart_code_is_what_would_be_generated() {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    write(Language::Dart, OURS, &library(), &root().join("uniffi.toml"), out).unwrap();
    let committed = root().join("bindings/dart/lib/src/generated");
    let (generated, committed) = (without_spaces(out), without_spaces(&committed));
    assert!(generated.len() > 5, "{:?}", generated.keys());
    assert_eq!(generated.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>(), "run scripts/bindings dart");
    for (file, text) in &generated {
        assert!(
            text == &committed[file],
            "bindings/dart/lib/src/generated/{file} is out of date: run scripts/bindings dart"
        );
    }
}

/// The files of a folder by name, without white space.
fn without_spaces(folder: &Utf8Path) -> BTreeMap<String, String> {
    let files = folder.read_dir_utf8().unwrap().map(|entry| entry.unwrap().into_path());
    let read = |file: &Utf8Path| std::fs::read_to_string(file).unwrap().split_whitespace().collect();
    files.map(|file| (file.file_name().unwrap().to_owned(), read(&file))).collect()
}

#[test]
fn an_error_about_a_library_without_metadata_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    let stripped = out.join("libstripped.so");
    std::fs::write(&stripped, b"not a library").unwrap();
    let config = root().join("uniffi.toml");
    for error in [
        write(Language::Swift, OURS, &stripped, &config, out).unwrap_err(),
        write(Language::Dart, OURS, &stripped, &config, out).unwrap_err(),
        write_over_jni(OURS, &stripped, &config, out, &out.join("jni.rs")).unwrap_err(),
    ] {
        assert!(format!("{error:#}").contains("libstripped.so"), "{error:#}");
    }
}
