#![doc = include_str!("../README.md")]
// It is all about C functions, addresses and the tables of functions that a Java VM hands out.
#![allow(unsafe_code, reason = "it calls UniFFI's C functions and the Java VM's")]

mod bridge;
mod buffers;
mod crossing;
mod environment;
mod macros;
mod native;
mod static_method;
mod threads;

pub use bridge::Bridge;
pub use crossing::{Argument, Passed, Replied, Returned};
pub use native::{Native, Upcall};
pub use static_method::{StaticMethod, Thrown};

/// What the macros name, and no one else needs.
#[doc(hidden)]
pub mod raw {
    pub use crate::native::terminated as name;
    pub use jni_sys::{JNIEnv, jclass, jlong, jobject, jvalue};
    pub use uniffi::{RustBuffer, RustCallStatus};

    /// Whether the call has a result.
    pub fn succeeded(status: &RustCallStatus) -> bool {
        matches!(status.code, uniffi::RustCallStatusCode::Success)
    }
}
