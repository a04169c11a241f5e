//! The native library, the code generated for it, and the Rust API are one and the same thing.

mod committed;
mod complete;
mod left_out;

use camino::Utf8PathBuf;
use std::process::Command;
use std::sync::Once;

/// The repository's root.
fn root() -> Utf8PathBuf {
    Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The native library as the sources are now. Cargo builds none for a test that cannot link with it, and what an earlier
/// build left would hide that the generated code is out of date.
fn library() -> Utf8PathBuf {
    static BUILD: Once = Once::new();
    let own = Utf8PathBuf::from_path_buf(std::env::current_exe().unwrap()).unwrap();
    let folder = own.parent().and_then(|deps| deps.parent()).unwrap();
    BUILD.call_once(|| {
        // Everything, as scripts/test does: the same features, so that nothing is compiled again.
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--locked", "--workspace", "--all-targets", "--target-dir"]).arg(folder.parent().unwrap());
        // What cargo tells this test about its package, build scripts such as ring's would take for a change of theirs.
        for (name, _) in std::env::vars_os() {
            let told = name.to_string_lossy();
            if told.starts_with("CARGO_PKG_") || told.starts_with("CARGO_MANIFEST_") || told == "OUT_DIR" {
                cargo.env_remove(name);
            }
        }
        assert!(cargo.status().unwrap().success(), "the native library does not build");
    });
    folder.join(format!("{}aipass_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX))
}
