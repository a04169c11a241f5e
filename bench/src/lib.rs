//! `aipass_photo::prepare` as a C function, so that one program measures it and other libraries in turn, in one process.

#![allow(unsafe_code)] // a C function that is given a pointer

use aipass_photo::{PhotoLimits, prepare};

/// Prepares a photo of `length` bytes, and returns the upload's size in bytes; 0 if it was refused.
///
/// # Safety
/// `bytes` points to `length` bytes that nobody changes meanwhile.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn aipass_prepare(bytes: *const u8, length: usize) -> usize {
    // SAFETY: the caller promises it.
    let file = unsafe { std::slice::from_raw_parts(bytes, length) };
    prepare(file, &PhotoLimits::default()).map_or(0, |photo| photo.bytes.len())
}
