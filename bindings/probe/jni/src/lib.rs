//! The shapes as a library that Java loads, for the tests of the JNI generator. Never shipped.

#![allow(unsafe_code, reason = "native methods")]

mod bridge;

shapes::uniffi_reexport_scaffolding!();
