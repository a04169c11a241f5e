use crate::{library, root};
use aipass_bindings::{Language, OURS, write};
use camino::Utf8Path;

/// A Swift package is built from git, so its generated code is committed, and must be what would be generated now.
#[test]
fn the_committed_swift_code_is_of_this_library() {
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

#[test]
fn a_library_without_metadata_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    let stripped = out.join("libstripped.so");
    std::fs::write(&stripped, b"not a library").unwrap();
    let error = write(Language::Kotlin, OURS, &stripped, &root().join("uniffi.toml"), out).unwrap_err();
    assert!(format!("{error:#}").contains("libstripped.so"), "{error:#}");
}
