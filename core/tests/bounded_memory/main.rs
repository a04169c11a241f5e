//! Memory while an answer is read is bounded by its bytes, whatever they are (S8): at most four times as much and 8 MB.
//!
//! Counted are the bytes that are allocated at once in the whole process, by an allocator of this binary's own. Everything goes through
//! the public API and a real connection. One test, because the count is one.

// Counting is all that this allocator adds to the system's.
#![allow(unsafe_code)]

mod asks;
mod inputs;
mod server;

use asks::Ask;
use inputs::{MB, inputs};
use server::Server;
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[global_allocator]
static ALLOCATOR: Counting = Counting;

// SAFETY: every call goes to the system's allocator as it came; growing in place is counted as new and old memory at once.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let live = LIVE.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(live, Ordering::Relaxed);
        // SAFETY: the caller's promises are the system's conditions.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the memory came from `alloc` above with this layout.
        unsafe { System.dealloc(pointer, layout) }
    }
}

// S8, P4
#[test]
fn reading_an_answer_takes_memory_by_its_bytes_and_not_by_what_they_say() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let server = Server::start();
    let ai = runtime.block_on(server.signed_in());
    for (about, ask, body, expected) in inputs() {
        let bytes = body.len();
        *server.response.lock().unwrap() =
            (if matches!(ask, Ask::Stream) { "text/event-stream" } else { "application/json" }, Arc::new(body));
        let before = LIVE.load(Ordering::Relaxed);
        PEAK.store(before, Ordering::Relaxed);
        let answer = runtime.block_on(ask.of(&ai));
        let peak = PEAK.load(Ordering::Relaxed) - before;
        let read = answer.as_deref().ok();
        assert_eq!(if expected == Some("*") { read.and(expected) } else { read }, expected, "{about}: {answer:?}");
        assert!(peak <= 4 * bytes + 8 * MB, "{about}: {peak} bytes for {bytes}");
        if std::env::var_os("AIPASS_SHOW_MEMORY").is_some() {
            println!("{about}: {:.1} times {bytes}", peak as f64 / bytes as f64);
        }
    }
}
