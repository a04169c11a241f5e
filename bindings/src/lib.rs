//! The native library behind the Swift, Kotlin and Dart packages. All that it exports is defined in the crate `aipass`.

aipass::uniffi_reexport_scaffolding!();
