//! The native library behind the Swift, Kotlin and Dart packages. Everything that it exports is defined in the crate
//! `aipass`, or in `uniffi-dart-ports`; Kotlin's native methods call the same functions.

aipass::uniffi_reexport_scaffolding!();
uniffi_dart_ports::export!("aipass");

#[cfg(not(target_os = "ios"))]
#[allow(unsafe_code, reason = "native methods")]
mod jni;

#[cfg(not(target_os = "ios"))]
#[allow(unsafe_code, reason = "a native method")]
mod trust_of_java;

#[cfg(feature = "allocation-counts")]
mod allocations;
