//! Calls that are begun on a thread of their own. UniFFI reads bytes one by one, which for a photo takes many milliseconds:
//! not on the caller's thread, which may be the screen's.

use crate::held::Held;
use crate::port::aipass_dart_wake;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread;
use uniffi::RustBuffer;

/// UniFFI's function for an asynchronous method with one argument: it answers a future's handle.
type Begin = extern "C" fn(u64, RustBuffer) -> u64;

/// A future that another thread is making.
pub(crate) struct Beginning {
    state: Arc<Mutex<State>>,
    free: extern "C" fn(u64),
}

enum State {
    Pending,
    Begun(u64),
    /// Nobody wants it any more.
    Abandoned,
}

impl Beginning {
    pub(crate) fn handle(&self) -> u64 {
        match *lock(&self.state) {
            State::Begun(handle) => handle,
            State::Pending | State::Abandoned => 0,
        }
    }

    pub(crate) fn abandon(self) {
        let state = std::mem::replace(&mut *lock(&self.state), State::Abandoned);
        if let State::Begun(handle) = state {
            (self.free)(handle);
        }
    }
}

/// Begins `function(this, argument)` on another thread, and posts a 1 to the port when its future can be polled: then
/// [`aipass_dart_begun`](crate::aipass_dart_begun) answers its handle.
#[unsafe(no_mangle)]
pub extern "C" fn aipass_dart_begin(
    function: Begin,
    this: u64,
    argument: RustBuffer,
    free: extern "C" fn(u64),
    port: u64,
) -> Box<Held> {
    let state = Arc::new(Mutex::new(State::Pending));
    let shared = Arc::clone(&state);
    let work = move |argument: RustBuffer| {
        let handle = function(this, argument);
        let mut state = lock(&shared);
        if matches!(*state, State::Abandoned) {
            drop(state);
            free(handle);
        } else {
            *state = State::Begun(handle);
            drop(state);
            aipass_dart_wake(port, 1);
        }
    };
    // The argument follows the thread, so that it is not lost where there is none to be had.
    let (sender, receiver) = mpsc::channel::<RustBuffer>();
    let thread_work = work.clone();
    let spawned = thread::Builder::new().name("aipass-begin".to_owned()).spawn(move || {
        if let Ok(argument) = receiver.recv() {
            thread_work(argument);
        }
    });
    match spawned {
        Ok(_) => {
            // The thread waits for it, and for nothing else.
            if let Err(mpsc::SendError(argument)) = sender.send(argument) {
                work(argument);
            }
        }
        Err(_) => work(argument),
    }
    Held::beginning(Beginning { state, free })
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{aipass_dart_begun, aipass_dart_release};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::{Duration, Instant};

    /// What stops a call in its middle, and counts the futures that were freed; one of each for each test.
    macro_rules! world {
        () => {
            static GATE: Mutex<()> = Mutex::new(());
            static FREED: AtomicU64 = AtomicU64::new(0);

            extern "C" fn begin(this: u64, argument: RustBuffer) -> u64 {
                drop(GATE.lock());
                this + argument.destroy_into_vec().len() as u64
            }

            extern "C" fn free(handle: u64) {
                FREED.store(handle, Ordering::SeqCst);
            }
        };
    }

    fn eventually(is_so: impl Fn() -> bool) -> bool {
        let begun = Instant::now();
        while !is_so() && begun.elapsed() < Duration::from_secs(10) {
            thread::yield_now();
        }
        is_so()
    }

    #[test]
    fn a_future_that_was_begun_has_a_handle_and_is_freed_when_it_is_released() {
        world!();
        let closed = GATE.lock().unwrap();
        let held = aipass_dart_begin(begin, 40, RustBuffer::from_vec(vec![0; 2]), free, 7);
        assert_eq!(aipass_dart_begun(&held), 0);
        drop(closed);
        assert!(eventually(|| aipass_dart_begun(&held) == 42));
        aipass_dart_release(held);
        assert_eq!(FREED.load(Ordering::SeqCst), 42);
    }

    #[test]
    fn a_future_that_nobody_wants_any_more_is_freed_when_it_is_there() {
        world!();
        let closed = GATE.lock().unwrap();
        let held = aipass_dart_begin(begin, 40, RustBuffer::from_vec(vec![0; 2]), free, 7);
        aipass_dart_release(held);
        assert_eq!(FREED.load(Ordering::SeqCst), 0);
        drop(closed);
        assert!(eventually(|| FREED.load(Ordering::SeqCst) == 42));
    }
}
