#![doc = include_str!("../README.md")]
#![allow(unsafe_code, reason = "the C side of Dart's FFI")]

mod call;
mod driver;
mod export;
mod holdings;
mod port;

/// The functions behind [`export!`]. Call them from C only.
pub mod functions {
    pub use crate::driver::initialize;
    pub use crate::holdings::{
        drive, enter, hold_call, hold_call_for_buffer, hold_call_for_object, hold_object, leave, object, release,
        take_buffer,
    };
}

pub use call::{Complete, Free, FreeObject, Poll};
pub use port::{Message, Post};

#[doc(hidden)]
pub use uniffi;
