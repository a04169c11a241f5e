//! What Dart holds of Rust's, behind the one pointer that its finalizers pass.

use std::mem::ManuallyDrop;
use uniffi::RustCallStatus;

/// An object or a future of UniFFI's, and how it is freed.
pub struct Held {
    handle: u64,
    free: Free,
}

enum Free {
    Object(extern "C" fn(u64, &mut RustCallStatus)),
    Future(extern "C" fn(u64)),
}

/// Takes an object's handle and UniFFI's function that frees it. To be given to [`aipass_dart_release`].
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_object(handle: u64, free: extern "C" fn(u64, &mut RustCallStatus)) -> Box<Held> {
    Box::new(Held { handle, free: Free::Object(free) })
}

/// Takes a future's handle and UniFFI's function that frees it. To be given to [`aipass_dart_release`].
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_future(handle: u64, free: extern "C" fn(u64)) -> Box<Held> {
    Box::new(Held { handle, free: Free::Future(free) })
}

/// Frees what is held: for Dart itself, or for its finalizer, which runs in the middle of a garbage collection or of an
/// isolate's end. What is freed may wake others who wait; posting their messages is allowed there too.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_release(held: Box<Held>) {
    match held.free {
        Free::Object(free) => {
            let mut status = RustCallStatus::default();
            free(held.handle, &mut status);
            // The reason of a panic, of which nobody could be told.
            ManuallyDrop::into_inner(status.error_buf).destroy();
        }
        Free::Future(free) => free(held.handle),
    }
}
