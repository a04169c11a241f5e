//! What Dart needs beside UniFFI's symbols. A thread of Rust may not call Dart, and Dart's thread is the screen's: so calls that
//! wait are driven here, on a thread of their own, and a message to a port says that the answer is there ([`aipass_dart_drive`]).
//! And Dart's native finalizers pass one pointer, so what Dart holds of Rust's gets one ([`aipass_dart_hold_object`],
//! [`aipass_dart_hold_call`]). See `docs/decisions/0005-dart-from-uniffi-metadata.md`.

#![allow(unsafe_code, reason = "the C side of Dart's FFI")]

mod call;
mod driver;
mod held;
mod port;

pub use held::{
    Held, aipass_dart_drive, aipass_dart_hold_call, aipass_dart_hold_call_for_buffer, aipass_dart_hold_call_for_object,
    aipass_dart_hold_object, aipass_dart_release, aipass_dart_take_buffer, aipass_dart_take_object,
};
pub use port::{Message, aipass_dart_initialize};
