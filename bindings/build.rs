//! How the library is linked, where that is not what the linker does by itself.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let argument = match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        // Without this it says of itself to be where it was built, and an app that is linked with it looks for it there: CocoaPods
        // links a vendored library. So it is looked for where apps carry theirs.
        Ok("macos") => "-Wl,-install_name,@rpath/libaipass_ffi.dylib",
        // Android's newer devices have pages of 16 KB, and load nothing that is aligned to less.
        Ok("android") => "-Wl,-z,max-page-size=16384",
        _ => return,
    };
    println!("cargo::rustc-link-arg-cdylib={argument}");
}
