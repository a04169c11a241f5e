//! What Dart holds of Rust's, behind the one pointer that its finalizers pass.

use crate::beginning::Beginning;
use std::mem::ManuallyDrop;
use uniffi::RustCallStatus;

/// An object or a future of UniFFI's, and how it is freed.
pub struct Held(Kind);

enum Kind {
    Object(u64, extern "C" fn(u64, &mut RustCallStatus)),
    Future(u64, extern "C" fn(u64)),
    Beginning(Beginning),
}

impl Held {
    pub(crate) fn beginning(beginning: Beginning) -> Box<Self> {
        Box::new(Self(Kind::Beginning(beginning)))
    }
}

/// Takes an object's handle and UniFFI's function that frees it. To be given to [`aipass_dart_release`].
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_object(handle: u64, free: extern "C" fn(u64, &mut RustCallStatus)) -> Box<Held> {
    Box::new(Held(Kind::Object(handle, free)))
}

/// Takes a future's handle and UniFFI's function that frees it. To be given to [`aipass_dart_release`].
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_future(handle: u64, free: extern "C" fn(u64)) -> Box<Held> {
    Box::new(Held(Kind::Future(handle, free)))
}

/// The handle of a future that [`aipass_dart_begin`](crate::aipass_dart_begin) began, once its port was told; 0 before.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_begun(held: &Held) -> u64 {
    match &held.0 {
        Kind::Object(handle, _) | Kind::Future(handle, _) => *handle,
        Kind::Beginning(beginning) => beginning.handle(),
    }
}

/// Frees what is held: for Dart itself, or for its finalizer, which runs in the middle of a garbage collection or of an
/// isolate's end. What is freed may wake others who wait; posting their messages is allowed there too.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_release(held: Box<Held>) {
    match held.0 {
        Kind::Object(handle, free) => {
            let mut status = RustCallStatus::default();
            free(handle, &mut status);
            // The reason of a panic, of which nobody could be told.
            ManuallyDrop::into_inner(status.error_buf).destroy();
        }
        Kind::Future(handle, free) => free(handle),
        Kind::Beginning(beginning) => beginning.abandon(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};

    static FREED_OBJECT: AtomicU64 = AtomicU64::new(0);
    static FREED_FUTURE: AtomicU64 = AtomicU64::new(0);

    extern "C" fn free_object(handle: u64, status: &mut RustCallStatus) {
        FREED_OBJECT.store(handle, Ordering::SeqCst);
        *status = RustCallStatus::error("a panic while it was freed");
    }

    extern "C" fn free_future(handle: u64) {
        FREED_FUTURE.store(handle, Ordering::SeqCst);
    }

    #[test]
    fn what_is_held_is_freed_by_its_own_function_when_it_is_released() {
        // More than 32 bits, which a pointer of some phones could not hold.
        let (object, future) = (u64::MAX - 1, u64::MAX - 3);
        let held = [aipass_dart_hold_object(object, free_object), aipass_dart_hold_future(future, free_future)];
        assert_eq!((FREED_OBJECT.load(Ordering::SeqCst), FREED_FUTURE.load(Ordering::SeqCst)), (0, 0));
        held.into_iter().for_each(|held| aipass_dart_release(held));
        assert_eq!((FREED_OBJECT.load(Ordering::SeqCst), FREED_FUTURE.load(Ordering::SeqCst)), (object, future));
    }
}
