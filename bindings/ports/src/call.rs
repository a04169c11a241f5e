//! A call that waits for its future, as UniFFI drives them: it is polled, and polled again whenever it was woken, until its
//! answer is there.

use crate::driver;
use crate::port;
use std::cell::Cell;
use std::mem::{self, ManuallyDrop};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uniffi::{Handle, RustBuffer, RustCallStatus, RustCallStatusCode, RustFutureContinuationCallback, RustFuturePoll};

/// UniFFI's functions for futures of one kind of answer, and for objects of one type. They may be called with handles of these only,
/// and with none after it was freed.
pub type Poll = unsafe extern "C" fn(Handle, RustFutureContinuationCallback, u64);
pub type Free = unsafe extern "C" fn(Handle);
pub type Complete<T> = unsafe extern "C" fn(Handle, &mut RustCallStatus) -> T;
pub type FreeObject = unsafe extern "C" fn(Handle, &mut RustCallStatus);

/// One call. Whatever the isolate's end interrupts, its future or its answer is here, and is freed from here.
pub(crate) struct Call {
    poll: Poll,
    free: Free,
    kind: Kind,
    port: i64,
    state: Mutex<State>,
}

/// What the answer is.
pub(crate) enum Kind {
    /// Nothing that would have to be freed: Dart completes the future itself.
    Plain,
    Buffer(Complete<RustBuffer>),
    Object(Complete<Handle>, FreeObject),
}

enum State {
    /// Its future is still to be completed.
    Open(Handle),
    Failed(RustCallStatus),
    Buffer(RustBuffer),
    Object(Handle, FreeObject),
    Over,
}

thread_local! {
    /// The call that is being polled on this thread and said that it is ready.
    static IS_READY: Cell<u64> = const { Cell::new(0) };
}

impl Call {
    pub(crate) fn new(future: Handle, poll: Poll, free: Free, kind: Kind, port: i64) -> Arc<Self> {
        Arc::new(Self { poll, free, kind, port, state: Mutex::new(State::Open(future)) })
    }

    /// Lets it go on. Once the answer is there its port is told.
    pub(crate) fn poll(self: Arc<Self>) {
        let mut state = self.state();
        let State::Open(future) = &*state else { return };
        let future = future.clone();
        let datum = Arc::into_raw(Arc::clone(&self)) as u64;
        IS_READY.set(0);
        // SAFETY: the future is not freed before the state says so.
        unsafe { (self.poll)(future.clone(), go_on, datum) };
        if IS_READY.replace(0) != datum {
            return; // it will be woken
        }
        let mut status = RustCallStatus::default();
        // SAFETY: as above.
        let answer = match self.kind {
            Kind::Plain => None,
            Kind::Buffer(complete) => Some(State::Buffer(unsafe { complete(future.clone(), &mut status) })),
            Kind::Object(complete, free) => Some(State::Object(unsafe { complete(future.clone(), &mut status) }, free)),
        };
        if let Some(answer) = answer {
            let is_answered = matches!(status.code, RustCallStatusCode::Success);
            *state = if is_answered { answer } else { State::Failed(status) };
            // SAFETY: the state holds the answer now, and the future no more.
            unsafe { (self.free)(future) };
        }
        drop(state);
        port::post(self.port);
    }

    /// The buffer that it answered, which is the caller's from now on; or the status says why there is none.
    pub(crate) fn take_buffer(&self, status: &mut RustCallStatus) -> RustBuffer {
        let mut state = self.state();
        match mem::replace(&mut *state, State::Over) {
            State::Buffer(buffer) => return buffer,
            State::Failed(failure) => *status = failure,
            other => *state = other,
        }
        RustBuffer::default()
    }

    /// The handle of the object that it answered, which stays this call's until it is released; or the status says why there is
    /// none.
    pub(crate) fn object(&self, status: &mut RustCallStatus) -> u64 {
        let mut state = self.state();
        match mem::replace(&mut *state, State::Over) {
            State::Object(handle, free) => {
                let raw = handle.as_raw();
                *state = State::Object(handle, free);
                return raw;
            }
            State::Failed(failure) => *status = failure,
            other => *state = other,
        }
        0
    }

    /// Ends it, if it is not over, and frees its answer. Waits for a poll that goes on on the driver's thread: for as long as an
    /// answer takes to be written.
    pub(crate) fn abandon(&self) {
        let state = mem::replace(&mut *self.state(), State::Over);
        match state {
            // SAFETY: the state held the future, and does no more.
            State::Open(future) => unsafe { (self.free)(future) },
            State::Failed(failure) => ManuallyDrop::into_inner(failure.error_buf).destroy(),
            State::Buffer(buffer) => buffer.destroy(),
            State::Object(handle, free) => free_object(handle, free),
            State::Over => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Frees an object of UniFFI's, of which this was the handle to free.
pub(crate) fn free_object(handle: Handle, free: FreeObject) {
    let mut status = RustCallStatus::default();
    // SAFETY: the handle is given away.
    unsafe { free(handle, &mut status) };
    // The reason of a panic, of which nobody could be told.
    ManuallyDrop::into_inner(status.error_buf).destroy();
}

/// The continuation that every poll is given, and that UniFFI calls once: during the poll if the answer is there, when the call
/// is woken, or when its future is freed.
extern "C" fn go_on(datum: u64, progress: RustFuturePoll) {
    // SAFETY: the poll made it of a strong reference, for this one continuation.
    let call = unsafe { Arc::from_raw(datum as *const Call) };
    match progress {
        RustFuturePoll::Ready => IS_READY.set(datum),
        RustFuturePoll::Wake => driver::go_on(call),
    }
}
