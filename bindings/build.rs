//! Arguments for the linker.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let argument = match std::env::var("CARGO_CFG_TARGET_OS").as_deref() {
        // By default the library's install name is the path where it was built, and an app that links it (CocoaPods links
        // vendored libraries) looks for it there. With this it looks in the app's own folder of libraries.
        Ok("macos") => "-Wl,-install_name,@rpath/libaipass_ffi.dylib",
        // Newer devices with Android have pages of 16 KB. They load only libraries that are aligned to that, and make the part
        // that is read-only after loading read-only by whole pages.
        Ok("android") => "-Wl,-z,max-page-size=16384,-z,common-page-size=16384",
        _ => return,
    };
    println!("cargo::rustc-link-arg-cdylib={argument}");
}
