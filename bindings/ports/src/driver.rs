//! The thread that polls waiting calls. UniFFI writes a result on the thread that polls, which must not be the screen's
//! thread. It must not be the thread that woke the call either, because that thread may hold a lock that the poll needs.

use crate::call::Call;
use crate::port::{self, Post};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{io, thread};

static QUEUE: OnceLock<Sender<Arc<Call>>> = OnceLock::new();

/// Takes the Dart VM's `NativeApi.postCObject`. Every isolate passes it before its first call; it is the same function for
/// the whole process. Returns whether the driver's thread runs, without which no call can be driven.
pub fn initialize(post: Post) -> bool {
    port::set_post(post);
    start().is_ok()
}

/// Starts the thread unless it runs already. It runs until the process ends.
fn start() -> io::Result<()> {
    static STARTING: Mutex<()> = Mutex::new(());
    let _guard = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if QUEUE.get().is_some() {
        return Ok(());
    }
    let (queue, calls) = mpsc::channel::<Arc<Call>>();
    thread::Builder::new().name("uniffi-dart".to_owned()).spawn(move || calls.into_iter().for_each(Call::poll))?;
    QUEUE.get_or_init(|| queue);
    Ok(())
}

/// Queues the call for another poll.
pub(crate) fn queue(call: Arc<Call>) {
    // Dart starts the thread before it begins a call, and the thread never ends: sending cannot fail.
    if let Some(queue) = QUEUE.get() {
        _ = queue.send(call);
    }
}
