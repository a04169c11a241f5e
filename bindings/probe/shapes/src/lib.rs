//! A value and a call of every shape that can cross to Dart, for the tests of the Dart generator. Never shipped.

pub mod calls;
pub mod values;

uniffi::setup_scaffolding!();
uniffi_dart_ports::export!("shapes");
