//! Native methods of Java's, and methods of Java's that Rust calls.

use jni_sys::JNINativeMethod;
use std::ffi::{CStr, c_char, c_void};

/// A native method of the class, in the form in which the VM takes it.
#[repr(transparent)]
pub struct Native(JNINativeMethod);

// SAFETY: constants.
unsafe impl Sync for Native {}

impl Native {
    /// A method of this name and signature, as Java writes them. Both end with a zero.
    pub const fn new(name: &'static str, signature: &'static str, function: *const ()) -> Self {
        Self(JNINativeMethod {
            name: terminated(name).as_ptr() as *mut c_char,
            signature: terminated(signature).as_ptr() as *mut c_char,
            fnPtr: function as *mut c_void,
        })
    }
}

/// A static method of the class.
pub struct Upcall {
    pub(crate) name: &'static CStr,
    pub(crate) signature: &'static CStr,
}

impl Upcall {
    /// A method of this name and signature, as Java writes them. Both end with a zero.
    pub const fn new(name: &'static str, signature: &'static str) -> Self {
        Self { name: terminated(name), signature: terminated(signature) }
    }
}

/// A name of Java's, which ends with a zero.
pub const fn terminated(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("a name of Java's must end with a zero"),
    }
}
