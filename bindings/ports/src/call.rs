//! One asynchronous call. UniFFI's futures are polled until they are ready: once at first, and again each time they are
//! woken.

use crate::driver;
use crate::port;
use std::cell::Cell;
use std::mem::{self, ManuallyDrop};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uniffi::{Handle, RustBuffer, RustCallStatus, RustCallStatusCode, RustFutureContinuationCallback, RustFuturePoll};

/// UniFFI's function that polls futures of one kind. Call it with handles of such futures only, and not after they were
/// freed.
pub type Poll = unsafe extern "C" fn(Handle, RustFutureContinuationCallback, u64);
/// UniFFI's function that frees futures of one kind. Call it once for each handle.
pub type Free = unsafe extern "C" fn(Handle);
/// UniFFI's function that returns the result of a ready future.
pub type Complete<T> = unsafe extern "C" fn(Handle, &mut RustCallStatus) -> T;
/// UniFFI's function that frees objects of one type. Call it once for each handle.
pub type FreeObject = unsafe extern "C" fn(Handle, &mut RustCallStatus);

/// A call whose future or result is kept here, so that both can be freed when the isolate is killed.
pub(crate) struct Call {
    poll: Poll,
    free: Free,
    kind: Kind,
    port: i64,
    state: Mutex<State>,
}

/// What the call returns.
pub(crate) enum Kind {
    /// Nothing that must be freed. Dart completes the future itself.
    Plain,
    Buffer(Complete<RustBuffer>),
    Object(Complete<Handle>, FreeObject),
}

enum State {
    /// The future is not completed yet.
    Open(Handle),
    Failed(RustCallStatus),
    Buffer(RustBuffer),
    Object(Handle, FreeObject),
    /// The result was taken, or the call was cancelled.
    Finished,
}

thread_local! {
    /// The address of the call that is being polled on this thread and reported that it is ready. Zero if there is none.
    static READY: Cell<u64> = const { Cell::new(0) };
}

impl Call {
    pub(crate) fn new(future: Handle, poll: Poll, free: Free, kind: Kind, port: i64) -> Arc<Self> {
        Arc::new(Self { poll, free, kind, port, state: Mutex::new(State::Open(future)) })
    }

    /// Polls the future. If it is ready, stores the result and posts a message to the port.
    pub(crate) fn poll(self: Arc<Self>) {
        let mut state = self.state();
        let State::Open(future) = &*state else { return };
        let future = future.clone();
        let address = Arc::into_raw(Arc::clone(&self)) as u64;
        READY.set(0);
        // SAFETY: while the state is open, the future is not freed.
        unsafe { (self.poll)(future.clone(), continuation, address) };
        if READY.replace(0) != address {
            return; // the continuation queues it again
        }
        let mut status = RustCallStatus::default();
        // SAFETY: as above.
        let result = match self.kind {
            Kind::Plain => None,
            Kind::Buffer(complete) => Some(State::Buffer(unsafe { complete(future.clone(), &mut status) })),
            Kind::Object(complete, free) => Some(State::Object(unsafe { complete(future.clone(), &mut status) }, free)),
        };
        if let Some(result) = result {
            let succeeded = matches!(status.code, RustCallStatusCode::Success);
            *state = if succeeded { result } else { State::Failed(status) };
            // SAFETY: the state holds the result now, and no longer the future.
            unsafe { (self.free)(future) };
        }
        drop(state);
        port::post(self.port);
    }

    /// The buffer that the call returned, which the caller must free. If there is none, `status` says why.
    pub(crate) fn take_buffer(&self, status: &mut RustCallStatus) -> RustBuffer {
        let mut state = self.state();
        match mem::replace(&mut *state, State::Finished) {
            State::Buffer(buffer) => return buffer,
            State::Failed(failure) => *status = failure,
            other => *state = other,
        }
        RustBuffer::default()
    }

    /// The handle of the object that the call returned. The call keeps it until it is released. If there is none, `status`
    /// says why.
    pub(crate) fn object(&self, status: &mut RustCallStatus) -> u64 {
        let mut state = self.state();
        match mem::replace(&mut *state, State::Finished) {
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

    /// Cancels the call if it still runs, and frees its result. Waits for a poll on the driver's thread, which takes as
    /// long as writing one result.
    pub(crate) fn cancel(&self) {
        let state = mem::replace(&mut *self.state(), State::Finished);
        match state {
            // SAFETY: only the state held the future.
            State::Open(future) => unsafe { (self.free)(future) },
            State::Failed(failure) => ManuallyDrop::into_inner(failure.error_buf).destroy(),
            State::Buffer(buffer) => buffer.destroy(),
            State::Object(handle, free) => free_object(handle, free),
            State::Finished => {}
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Frees an object of UniFFI's. The handle must be the caller's own.
pub(crate) fn free_object(handle: Handle, free: FreeObject) {
    let mut status = RustCallStatus::default();
    // SAFETY: the handle is used for the last time here.
    unsafe { free(handle, &mut status) };
    // If freeing panicked, this is the reason. There is no caller to report it to.
    ManuallyDrop::into_inner(status.error_buf).destroy();
}

/// UniFFI calls this once for each poll: during the poll if the result is ready, otherwise when the future is woken or
/// freed.
extern "C" fn continuation(address: u64, progress: RustFuturePoll) {
    // SAFETY: the address is a strong reference that the poll made for this call of the continuation.
    let call = unsafe { Arc::from_raw(address as *const Call) };
    match progress {
        RustFuturePoll::Ready => READY.set(address),
        RustFuturePoll::Wake => driver::queue(call),
    }
}
