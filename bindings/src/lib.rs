//! The native library behind the Swift, Kotlin and Dart packages. Everything that it exports is defined in the crate
//! `aipass`, or in `uniffi-dart-ports`.

aipass::uniffi_reexport_scaffolding!();
uniffi_dart_ports::export!("aipass");

#[cfg(feature = "allocation-counts")]
mod allocations;
