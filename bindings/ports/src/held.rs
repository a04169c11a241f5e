//! What Dart holds of Rust's, behind the one pointer that its finalizers pass.

use crate::call::{Call, Complete, Free, FreeObject, Kind, Poll, free_object};
use std::sync::Arc;
use uniffi::{Handle, RustBuffer, RustCallStatus};

/// An object or a call of UniFFI's.
pub struct Held(Holding);

enum Holding {
    Object(Handle, FreeObject),
    Call(Arc<Call>),
}

impl Held {
    fn object(handle: Handle, free: FreeObject) -> Box<Self> {
        Box::new(Self(Holding::Object(handle, free)))
    }

    fn call(future: Handle, poll: Poll, free: Free, kind: Kind, port: i64) -> Box<Self> {
        Box::new(Self(Holding::Call(Call::new(future, poll, free, kind, port))))
    }
}

/// Takes an object's handle and UniFFI's function that frees it. To be given to [`aipass_dart_release`].
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_object(handle: Handle, free: FreeObject) -> Box<Held> {
    Held::object(handle, free)
}

/// Takes a future's handle and UniFFI's functions for its kind, for a call that answers nothing, or a number. To be given to
/// [`aipass_dart_drive`]; once its port was told, UniFFI's function completes it. To be given to [`aipass_dart_release`] then.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_call(future: Handle, poll: Poll, free: Free, port: i64) -> Box<Held> {
    Held::call(future, poll, free, Kind::Plain, port)
}

/// The same for a call that answers a buffer, which is taken by [`aipass_dart_take_buffer`].
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_call_for_buffer(
    future: Handle,
    poll: Poll,
    free: Free,
    complete: Complete<RustBuffer>,
    port: i64,
) -> Box<Held> {
    Held::call(future, poll, free, Kind::Buffer(complete), port)
}

/// The same for a call that answers an object, whose handle is told by [`aipass_dart_take_object`]: it holds the object from
/// then on.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_call_for_object(
    future: Handle,
    poll: Poll,
    free: Free,
    complete: Complete<Handle>,
    free_object: FreeObject,
    port: i64,
) -> Box<Held> {
    Held::call(future, poll, free, Kind::Object(complete, free_object), port)
}

/// Begins the call. When its answer is there, a message comes to its port.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_drive(held: &Held) {
    if let Holding::Call(call) = &held.0 {
        Arc::clone(call).poll();
    }
}

/// The buffer that the call answered; or the status says why there is none.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_take_buffer(held: &Held, status: &mut RustCallStatus) -> RustBuffer {
    match &held.0 {
        Holding::Call(call) => call.take_buffer(status),
        Holding::Object(..) => RustBuffer::default(),
    }
}

/// The handle of the object that the call answered, which what is held goes on to own; or the status says why there is none.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_take_object(held: &Held, status: &mut RustCallStatus) -> u64 {
    match &held.0 {
        Holding::Call(call) => call.object(status),
        Holding::Object(handle, _) => handle.as_raw(),
    }
}

/// Frees what is held: for Dart itself, or for its finalizer, which runs in the middle of a garbage collection or of an
/// isolate's end. What is freed may wake others who wait; posting their messages is allowed there too.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_release(held: Box<Held>) {
    match held.0 {
        Holding::Object(handle, free) => free_object(handle, free),
        Holding::Call(call) => call.abandon(),
    }
}
