//! The generator, run on a crate that exports a value and a call of every shape. That the code also works is tested in
//! Kotlin.

use camino::{Utf8Path, Utf8PathBuf};
use uniffi_jni_generator::write;

/// The native library of the crate. Cargo builds it next to this test, because the test depends on it.
fn library() -> Utf8PathBuf {
    let test = Utf8PathBuf::from_path_buf(std::env::current_exe().unwrap()).unwrap();
    let name = format!("{}shapes{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    // Named, so that the dependency is not unused.
    assert_eq!(shapes::calls::gates(), 0);
    test.parent().unwrap().join(name)
}

fn root() -> &'static Utf8Path {
    Utf8Path::new(env!("CARGO_MANIFEST_DIR")).parent().and_then(Utf8Path::parent).unwrap()
}

/// The Kotlin code and the Rust code.
fn generated() -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    write("shapes", &library(), &root().join("uniffi.toml"), out, &out.join("bridge.rs")).unwrap();
    let read = |file: &str| std::fs::read_to_string(out.join(file)).unwrap();
    (read("uniffi/shapes/shapes.kt"), read("bridge.rs"))
}

#[test]
fn the_committed_bridge_is_what_would_be_generated() {
    let committed = std::fs::read_to_string(root().join("bindings/probe/jni/src/bridge.rs")).unwrap();
    assert_eq!(generated().1, committed, "run scripts/probe jni");
}

#[test]
fn nothing_of_jna_is_left() {
    let (kotlin, _) = generated();
    for word in ["jna", "Structure", "Pointer", "ByReference", "{{", "IntegrityChecking"] {
        assert!(!kotlin.contains(word), "{word}");
    }
}

#[test]
fn every_native_method_that_is_called_is_declared_on_both_sides() {
    let (kotlin, rust) = generated();
    let declared = kotlin.lines().filter_map(|line| line.trim().strip_prefix("@JvmStatic external fun "));
    let declared: Vec<_> = declared.filter_map(|line| line.split('(').next()).collect();
    assert!(declared.len() > 100, "{declared:?}");
    for name in &declared {
        assert!(name.starts_with("buffer") || rust.contains(&format!(" {name}")), "{name}");
    }
    // Futures that no call of the crate has are left out: their functions are in every library.
    assert!(rust.contains("poll ffi_shapes_rust_future_poll_void;"));
    assert!(!rust.contains("rust_future_cancel"));
}

#[test]
fn both_sides_have_the_same_fingerprint() {
    let (kotlin, rust) = generated();
    let number = kotlin.split("register(").nth(1).and_then(|rest| rest.split('L').next()).unwrap();
    assert!(rust.contains(&format!("    {number}; ")), "{number}");
}

#[test]
fn a_library_without_the_crate_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let out = Utf8Path::from_path(folder.path()).unwrap();
    let file = out.join("libnone.so");
    std::fs::write(&file, b"not a library").unwrap();
    let error = write("shapes", &file, &root().join("uniffi.toml"), out, &out.join("bridge.rs")).unwrap_err();
    assert!(format!("{error:#}").contains("libnone.so"), "{error:#}");
    let error = write("circles", &library(), &root().join("uniffi.toml"), out, &out.join("bridge.rs")).unwrap_err();
    assert!(format!("{error:#}").contains("circles"), "{error:#}");
}
