//! The objects and calls that isolates hold, each under a number. They are kept in Rust so that they are not lost when an
//! isolate is killed at any point of its code: a list in Dart can be incomplete at that moment.

use crate::call::{Call, Complete, Free, FreeObject, Kind, Poll, free_object};
use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use uniffi::{Handle, RustBuffer, RustCallStatus};

/// An object or a call of UniFFI's.
enum Held {
    Object(Handle, FreeObject),
    Call(Arc<Call>),
}

#[derive(Default)]
struct Holdings {
    /// By number, with the isolate that holds it.
    held: HashMap<usize, (usize, Held)>,
    last: usize,
}

static HOLDINGS: LazyLock<Mutex<Holdings>> = LazyLock::new(Mutex::default);

/// Locks the table. Never free anything while it is locked: freeing an object can call this module again.
fn holdings() -> MutexGuard<'static, Holdings> {
    HOLDINGS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Holdings {
    /// A number that is not in use. Never zero.
    fn unused_number(&mut self) -> usize {
        loop {
            self.last = self.last.wrapping_add(1).max(1);
            if !self.held.contains_key(&self.last) {
                return self.last;
            }
        }
    }
}

fn hold(isolate: usize, held: Held) -> usize {
    let mut holdings = holdings();
    let number = holdings.unused_number();
    holdings.held.insert(number, (isolate, held));
    number
}

fn call(number: usize) -> Option<Arc<Call>> {
    match holdings().held.get(&number) {
        Some((_, Held::Call(call))) => Some(Arc::clone(call)),
        _ => None,
    }
}

impl Held {
    fn free(self) {
        match self {
            Self::Object(handle, free) => free_object(handle, free),
            Self::Call(call) => call.cancel(),
        }
    }
}

/// Returns a number for an isolate. Pass it to [`leave`] when the isolate ends.
pub fn enter() -> usize {
    holdings().unused_number()
}

/// Frees everything that the isolate still holds.
pub fn leave(isolate: usize) {
    let left: Vec<_> = holdings().held.extract_if(|_, (holder, _)| *holder == isolate).collect();
    left.into_iter().for_each(|(_, (_, held))| held.free());
}

/// Keeps an object's handle, with UniFFI's function that frees it. Returns its number.
pub fn hold_object(isolate: usize, handle: Handle, free: FreeObject) -> usize {
    hold(isolate, Held::Object(handle, free))
}

/// Keeps the future of a call that returns nothing, or a number, with UniFFI's functions for futures of its kind. Returns
/// its number: pass it to [`drive`], complete the future with UniFFI's function when the message came to `port`, then
/// [`release`] it.
pub fn hold_call(isolate: usize, future: Handle, poll: Poll, free: Free, port: i64) -> usize {
    hold(isolate, Held::Call(Call::new(future, poll, free, Kind::Plain, port)))
}

/// As [`hold_call`], for a call that returns a buffer. Get the buffer with [`take_buffer`].
pub fn hold_call_for_buffer(
    isolate: usize,
    future: Handle,
    poll: Poll,
    free: Free,
    complete: Complete<RustBuffer>,
    port: i64,
) -> usize {
    hold(isolate, Held::Call(Call::new(future, poll, free, Kind::Buffer(complete), port)))
}

/// As [`hold_call`], for a call that returns an object. Get its handle with [`object`](fn@object). From then on the number
/// stands for the object.
pub fn hold_call_for_object(
    isolate: usize,
    future: Handle,
    poll: Poll,
    free: Free,
    complete: Complete<Handle>,
    free_object: FreeObject,
    port: i64,
) -> usize {
    hold(isolate, Held::Call(Call::new(future, poll, free, Kind::Object(complete, free_object), port)))
}

/// Polls the call for the first time. When its result is ready, a message comes to its port.
pub fn drive(number: usize) {
    if let Some(call) = call(number) {
        call.poll();
    }
}

/// Returns the buffer that the call returned, which the caller must free. If there is none, `status` says why.
pub fn take_buffer(number: usize, status: &mut RustCallStatus) -> RustBuffer {
    call(number).map(|call| call.take_buffer(status)).unwrap_or_default()
}

/// Returns the handle of the object that the call returned. If there is none, `status` says why.
pub fn object(number: usize, status: &mut RustCallStatus) -> u64 {
    call(number).map(|call| call.object(status)).unwrap_or_default()
}

/// Frees what is kept under the number. Does nothing if the number is not in use.
///
/// Dart's finalizers call this during garbage collection and while an isolate ends. That is safe: freeing an object can
/// wake other calls, but those are only queued for the driver's thread.
pub fn release(number: usize) {
    let held = holdings().held.remove(&number);
    if let Some((_, held)) = held {
        held.free();
    }
}
