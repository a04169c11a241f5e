//! What isolates hold of Rust's. It is known here under a number, so that it is not lost with an isolate that is killed, wherever it
//! was: Dart's own list of finalizers is not whole at every moment.

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
    /// With the isolate that holds it.
    held: HashMap<usize, (usize, Held)>,
    last: usize,
}

static HOLDINGS: LazyLock<Mutex<Holdings>> = LazyLock::new(Mutex::default);

/// Never for longer than it takes to look something up: what is freed may come back here.
fn holdings() -> MutexGuard<'static, Holdings> {
    HOLDINGS.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Holdings {
    /// A number that is not in use.
    fn number(&mut self) -> usize {
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
    let number = holdings.number();
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
            Self::Call(call) => call.abandon(),
        }
    }
}

/// A number for an isolate, to be given to [`aipass_dart_leave`] when it ends.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_enter() -> usize {
    holdings().number()
}

/// Frees all that the isolate held.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_leave(isolate: usize) {
    let left: Vec<_> = holdings().held.extract_if(|_, (holder, _)| *holder == isolate).collect();
    left.into_iter().for_each(|(_, (_, held))| held.free());
}

/// Takes an object's handle and UniFFI's function that frees it.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_object(isolate: usize, handle: Handle, free: FreeObject) -> usize {
    hold(isolate, Held::Object(handle, free))
}

/// Takes a future's handle and UniFFI's functions for its kind, for a call that answers nothing, or a number. To be given to
/// [`aipass_dart_drive`]; once its port was told, UniFFI's function completes it. Then it is to be released.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_call(isolate: usize, future: Handle, poll: Poll, free: Free, port: i64) -> usize {
    hold(isolate, Held::Call(Call::new(future, poll, free, Kind::Plain, port)))
}

/// The same for a call that answers a buffer, which is taken by [`aipass_dart_take_buffer`].
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_call_for_buffer(
    isolate: usize,
    future: Handle,
    poll: Poll,
    free: Free,
    complete: Complete<RustBuffer>,
    port: i64,
) -> usize {
    hold(isolate, Held::Call(Call::new(future, poll, free, Kind::Buffer(complete), port)))
}

/// The same for a call that answers an object, whose handle is told by [`aipass_dart_object`]: what was held for the call is the
/// object from then on.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_hold_call_for_object(
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

/// Begins the call. When its answer is there, a message comes to its port.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_drive(number: usize) {
    if let Some(call) = call(number) {
        call.poll();
    }
}

/// The buffer that the call answered; or the status says why there is none.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_take_buffer(number: usize, status: &mut RustCallStatus) -> RustBuffer {
    call(number).map(|call| call.take_buffer(status)).unwrap_or_default()
}

/// The handle of the object that the call answered; or the status says why there is none.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_object(number: usize, status: &mut RustCallStatus) -> u64 {
    call(number).map(|call| call.object(status)).unwrap_or_default()
}

/// Frees what is held under the number: for Dart itself, or for its finalizer, which runs in the middle of a garbage collection or of
/// an isolate's end. What is freed may wake others who wait: they are only queued there, for the driver.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_release(number: usize) {
    let held = holdings().held.remove(&number);
    if let Some((_, held)) = held {
        held.free();
    }
}
