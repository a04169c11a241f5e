//! What Dart needs beside UniFFI's symbols. A thread of Rust may not call Dart, so a future that can go on says so by a message
//! to a port ([`aipass_dart_wake`]); and Dart's native finalizers pass one pointer, so what Dart holds of Rust's gets one
//! ([`aipass_dart_hold_object`], [`aipass_dart_hold_future`]). A call with a large argument is begun on another thread
//! ([`aipass_dart_begin`]). See `docs/decisions/0005-dart-from-uniffi-metadata.md`.

#![allow(unsafe_code, reason = "the C side of Dart's FFI")]

mod beginning;
mod held;
mod port;

pub use beginning::aipass_dart_begin;
pub use held::{Held, aipass_dart_begun, aipass_dart_hold_future, aipass_dart_hold_object, aipass_dart_release};
pub use port::{aipass_dart_initialize, aipass_dart_wake};
