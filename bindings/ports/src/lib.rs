//! What Dart needs beside UniFFI's symbols. A thread of Rust may not call Dart, and Dart's thread is the screen's: so calls that
//! wait are driven here, on a thread of their own, and a message to a port says that the answer is there ([`aipass_dart_drive`]).
//! And an isolate may be killed at any moment, so what it holds of Rust's is known here, and freed when it ends
//! ([`aipass_dart_leave`]). See `docs/decisions/0005-dart-from-uniffi-metadata.md`.

#![allow(unsafe_code, reason = "the C side of Dart's FFI")]

mod call;
mod driver;
mod held;
mod port;

pub use held::{
    aipass_dart_drive, aipass_dart_enter, aipass_dart_hold_call, aipass_dart_hold_call_for_buffer,
    aipass_dart_hold_call_for_object, aipass_dart_hold_object, aipass_dart_leave, aipass_dart_object,
    aipass_dart_release, aipass_dart_take_buffer,
};
pub use port::{Message, aipass_dart_initialize};
