//! The native library, the code generated for it, and the Rust API are one and the same thing.

mod committed;
mod complete;

use camino::Utf8PathBuf;

/// The repository's root.
fn root() -> Utf8PathBuf {
    Utf8PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The native library that cargo built for this test.
fn library() -> Utf8PathBuf {
    let own = Utf8PathBuf::from_path_buf(std::env::current_exe().unwrap()).unwrap();
    let name = format!("{}aipass_ffi{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    own.parent().and_then(|deps| deps.parent()).unwrap().join(name)
}
