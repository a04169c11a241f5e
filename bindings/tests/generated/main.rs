//! The Rust API, the native library and the generated code fit together.

mod committed;
mod complete;
mod kotlin;
mod left_out;
mod words;

use camino::{Utf8Path, Utf8PathBuf};
use std::process::Command;
use std::sync::Once;

/// The repository's root.
fn root() -> Utf8PathBuf {
    Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The native library, built from the present sources. Cargo does not build it for this test, because a test cannot link
/// with a cdylib; and a library of an earlier build would hide that the generated code is out of date.
///
/// The suite `rust` has just built it with the whole workspace, and says so in `AIPASS_LIBRARY_IS_BUILT`. To build this package alone
/// would compile its dependencies again there, with fewer features.
fn library() -> Utf8PathBuf {
    static BUILD: Once = Once::new();
    let own = Utf8PathBuf::from_path_buf(std::env::current_exe().unwrap()).unwrap();
    let folder = own.parent().and_then(|deps| deps.parent()).unwrap();
    BUILD.call_once(|| {
        if std::env::var_os("AIPASS_LIBRARY_IS_BUILT").is_none() {
            build(folder.parent().unwrap());
        }
    });
    folder.join(format!("{}aipass_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX))
}

/// Builds this package as `cargo test -p aipass-ffi` does, so that nothing is compiled twice.
fn build(target: &Utf8Path) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--locked", "--package", "aipass-ffi", "--all-targets", "--target-dir"]).arg(target);
    if cfg!(feature = "allocation-counts") {
        cargo.args(["--features", "aipass-ffi/allocation-counts"]);
    }
    // Cargo sets these for this test's package. Build scripts such as ring's would be run again because of them.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "OUT_DIR" {
            cargo.env_remove(name);
        }
    }
    assert!(cargo.status().unwrap().success(), "the native library does not build");
}
