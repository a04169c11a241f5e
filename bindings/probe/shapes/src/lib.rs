//! A value and a call of every shape that can cross, for the tests of the generators for Dart and for Kotlin. Never shipped.

pub mod calls;
pub mod hosts;
pub mod values;

uniffi::setup_scaffolding!();
uniffi_dart_ports::export!("shapes");
