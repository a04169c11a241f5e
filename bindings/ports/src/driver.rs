//! The thread on which waiting calls go on. UniFFI writes a call's answer where it is polled, and that is not for the screen's
//! thread; nor for the one that woke the call, which may hold what the poll needs.

use crate::call::Call;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::{io, thread};

static QUEUE: OnceLock<Sender<Arc<Call>>> = OnceLock::new();

/// Starts the thread, if it does not run yet. It stays for as long as the process does.
pub(crate) fn start() -> io::Result<()> {
    static STARTING: Mutex<()> = Mutex::new(());
    let _alone = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    if QUEUE.get().is_some() {
        return Ok(());
    }
    let (queue, calls) = mpsc::channel::<Arc<Call>>();
    thread::Builder::new().name("aipass-dart".to_owned()).spawn(move || calls.into_iter().for_each(Call::poll))?;
    QUEUE.get_or_init(|| queue);
    Ok(())
}

/// Lets the call go on, soon.
pub(crate) fn go_on(call: Arc<Call>) {
    // There is one: Dart begins no call before it was started. It never ends, so it always takes what it is sent.
    if let Some(queue) = QUEUE.get() {
        _ = queue.send(call);
    }
}
