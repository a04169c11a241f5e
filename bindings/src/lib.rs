//! The native library behind the Swift, Kotlin and Dart packages. All that it exports is defined in the crate `aipass`, and
//! in `aipass-ports` what only Dart needs.

aipass::uniffi_reexport_scaffolding!();

// Named, so that its symbols are linked.
use aipass_ports as _;

#[cfg(feature = "allocation-counts")]
mod allocations;
