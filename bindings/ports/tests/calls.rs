//! Calls are driven as UniFFI's futures want it, and whatever becomes of the isolate that made them, nothing of them is left in
//! Rust. The futures are UniFFI's own; the isolate's part is played here.

#![allow(unsafe_code, reason = "it stands in for Dart's VM")]
#![allow(missing_docs, reason = "what it exports is for itself")]

use aipass_ports::{
    Message, aipass_dart_drive, aipass_dart_enter, aipass_dart_hold_call, aipass_dart_hold_call_for_buffer,
    aipass_dart_hold_call_for_object, aipass_dart_hold_object, aipass_dart_initialize, aipass_dart_leave,
    aipass_dart_object, aipass_dart_release, aipass_dart_take_buffer,
};
use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use uniffi::{Handle, RustCallStatus, RustCallStatusCode};

uniffi::setup_scaffolding!();

/// What the calls wait for and answer. How many references there are tells what is left of them.
#[derive(uniffi::Object)]
pub struct Gate(Semaphore);

#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum Refusal {
    #[error("refused: {why}")]
    Refused { why: String },
}

#[uniffi::export]
impl Gate {
    pub async fn number(self: Arc<Self>) -> u32 {
        _ = self.0.acquire().await;
        42
    }

    pub async fn text(self: Arc<Self>) -> String {
        _ = self.0.acquire().await;
        "an answer".repeat(1000)
    }

    pub async fn itself(self: Arc<Self>) -> Arc<Gate> {
        _ = self.0.acquire().await;
        self
    }

    pub async fn refusal(self: Arc<Self>) -> Result<Arc<Gate>, Refusal> {
        _ = self.0.acquire().await;
        Err(Refusal::Refused { why: "closed for good".to_owned() })
    }

    pub async fn bug(self: Arc<Self>) -> String {
        _ = self.0.acquire().await;
        panic!("a bug")
    }
}

/// Whose calls these are, where it does not matter.
const ISOLATE: usize = usize::MAX;

/// How many messages came to each port.
static MESSAGES: LazyLock<Mutex<HashMap<i64, usize>>> = LazyLock::new(Mutex::default);

unsafe extern "C" fn post(port: i64, _message: *mut Message) -> bool {
    *MESSAGES.lock().unwrap().entry(port).or_default() += 1;
    true
}

/// A port of Dart's.
struct Port(i64);

impl Port {
    fn open() -> Self {
        static LAST: AtomicI64 = AtomicI64::new(0);
        assert!(aipass_dart_initialize(post));
        Self(LAST.fetch_add(1, Ordering::SeqCst) + 1)
    }

    fn messages(&self) -> usize {
        MESSAGES.lock().unwrap().get(&self.0).copied().unwrap_or_default()
    }
}

fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(120), "in vain: {what}");
        thread::yield_now();
    }
}

/// A call that Dart has begun.
struct Begun {
    gate: Arc<Gate>,
    future: Handle,
    held: usize,
    port: Port,
}

impl Begun {
    fn new(begin: extern "C" fn(Handle) -> Handle, hold: impl Fn(Handle, i64) -> usize) -> Self {
        let gate = Arc::new(Gate(Semaphore::new(0)));
        let port = Port::open();
        let future = begin(Handle::from_arc(Arc::clone(&gate)));
        let held = hold(future.clone(), port.0);
        aipass_dart_drive(held);
        Self { gate, future, held, port }
    }

    fn number() -> Self {
        Self::new(uniffi_aipass_ports_fn_method_gate_number, |future, port| {
            aipass_dart_hold_call(
                ISOLATE,
                future,
                ffi_aipass_ports_rust_future_poll_u32,
                ffi_aipass_ports_rust_future_free_u32,
                port,
            )
        })
    }

    fn buffer(begin: extern "C" fn(Handle) -> Handle) -> Self {
        Self::new(begin, |future, port| {
            aipass_dart_hold_call_for_buffer(
                ISOLATE,
                future,
                ffi_aipass_ports_rust_future_poll_rust_buffer,
                ffi_aipass_ports_rust_future_free_rust_buffer,
                ffi_aipass_ports_rust_future_complete_rust_buffer,
                port,
            )
        })
    }

    fn object(begin: extern "C" fn(Handle) -> Handle) -> Self {
        Self::new(begin, |future, port| {
            aipass_dart_hold_call_for_object(
                ISOLATE,
                future,
                ffi_aipass_ports_rust_future_poll_u64,
                ffi_aipass_ports_rust_future_free_u64,
                complete_object,
                uniffi_aipass_ports_fn_free_gate,
                port,
            )
        })
    }

    /// Lets it be answered.
    fn answer(&self) {
        self.gate.0.add_permits(1);
        eventually("a message comes", || self.port.messages() > 0);
    }

    fn is_only_reference(&self) -> bool {
        Arc::strong_count(&self.gate) == 1
    }

    /// As Dart does when it has the answer, and its finalizer when the isolate was killed. Nothing is left then.
    fn release(self) {
        aipass_dart_release(self.held);
        eventually("the call is gone", || Arc::strong_count(&self.gate) == 1);
    }
}

/// What C sees: a handle is a number.
unsafe extern "C" fn complete_object(future: Handle, status: &mut RustCallStatus) -> Handle {
    // SAFETY: the caller's.
    Handle::from_raw_unchecked(unsafe { ffi_aipass_ports_rust_future_complete_u64(future, status) })
}

/// What went wrong, as UniFFI writes it.
fn failure(status: RustCallStatus) -> (RustCallStatusCode, String) {
    let written = ManuallyDrop::into_inner(status.error_buf).destroy_into_vec();
    (status.code, String::from_utf8_lossy(&written).into_owned())
}

#[test]
fn a_number_is_there_when_the_port_is_told_so() {
    let call = Begun::number();
    assert_eq!(call.port.messages(), 0);
    call.answer();
    let mut status = RustCallStatus::default();
    // SAFETY: its future, which was told to be ready.
    let number = unsafe { ffi_aipass_ports_rust_future_complete_u32(call.future.clone(), &mut status) };
    assert_eq!((number, status.code), (42, RustCallStatusCode::Success));
    assert_eq!(call.port.messages(), 1);
    call.release();
}

#[test]
fn a_buffer_is_taken_once() {
    let call = Begun::buffer(uniffi_aipass_ports_fn_method_gate_text);
    let mut status = RustCallStatus::default();
    assert_eq!(aipass_dart_take_buffer(call.held, &mut status).len(), 0, "it is not there yet");
    call.answer();
    let text = aipass_dart_take_buffer(call.held, &mut status).destroy_into_vec();
    assert_eq!(text, "an answer".repeat(1000).into_bytes());
    assert_eq!(aipass_dart_take_buffer(call.held, &mut status).len(), 0, "it was taken");
    assert_eq!(status.code, RustCallStatusCode::Success);
    call.release();
}

#[test]
fn an_object_is_the_calls_until_it_is_released() {
    let call = Begun::object(uniffi_aipass_ports_fn_method_gate_itself);
    let mut status = RustCallStatus::default();
    assert_eq!(aipass_dart_object(call.held, &mut status), 0, "it is not there yet");
    call.answer();
    let handle = aipass_dart_object(call.held, &mut status);
    assert_eq!(handle, Arc::as_ptr(&call.gate) as u64);
    assert_eq!(aipass_dart_object(call.held, &mut status), handle);
    assert_eq!(status.code, RustCallStatusCode::Success);
    assert!(!call.is_only_reference());
    call.release();
}

#[test]
fn an_error_is_told_once_whatever_was_asked_for() {
    let call = Begun::object(uniffi_aipass_ports_fn_method_gate_refusal);
    call.answer();
    let mut status = RustCallStatus::default();
    assert_eq!(aipass_dart_object(call.held, &mut status), 0);
    let (code, text) = failure(status);
    assert_eq!(code, RustCallStatusCode::Error);
    assert!(text.contains("closed for good"), "{text}");
    let mut status = RustCallStatus::default();
    assert_eq!(aipass_dart_object(call.held, &mut status), 0);
    assert_eq!(status.code, RustCallStatusCode::Success);
    call.release();
}

#[test]
fn a_panic_is_told_as_one() {
    let call = Begun::buffer(uniffi_aipass_ports_fn_method_gate_bug);
    call.answer();
    let mut status = RustCallStatus::default();
    assert_eq!(aipass_dart_take_buffer(call.held, &mut status).len(), 0);
    let (code, text) = failure(status);
    assert_eq!(code, RustCallStatusCode::UnexpectedError);
    assert!(text.contains("a bug"), "{text}");
    call.release();
}

#[test]
fn what_a_killed_isolate_waited_for_is_ended_and_nobody_is_told() {
    for call in [
        Begun::number(),
        Begun::buffer(uniffi_aipass_ports_fn_method_gate_text),
        Begun::object(uniffi_aipass_ports_fn_method_gate_itself),
    ] {
        assert!(!call.is_only_reference());
        let port = call.port.0;
        call.release();
        assert_eq!(Port(port).messages(), 0);
    }
}

#[test]
fn an_answer_that_a_killed_isolate_did_not_take_is_freed() {
    for call in [
        Begun::number(),
        Begun::buffer(uniffi_aipass_ports_fn_method_gate_text),
        Begun::buffer(uniffi_aipass_ports_fn_method_gate_bug),
        Begun::object(uniffi_aipass_ports_fn_method_gate_itself),
        Begun::object(uniffi_aipass_ports_fn_method_gate_refusal),
    ] {
        call.answer();
        call.release();
    }
}

#[test]
fn a_call_that_is_killed_while_it_is_answered_leaves_nothing() {
    for round in 0..500 {
        let call = Begun::object(uniffi_aipass_ports_fn_method_gate_itself);
        let gate = Arc::clone(&call.gate);
        let answering = thread::spawn(move || gate.0.add_permits(1));
        for _ in 0..round % 50 {
            thread::yield_now();
        }
        aipass_dart_release(call.held);
        answering.join().unwrap();
        eventually("the call is gone", || Arc::strong_count(&call.gate) == 1);
        assert!(call.port.messages() <= 1);
    }
}

#[test]
fn what_was_held_but_never_begun_is_freed() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let future = uniffi_aipass_ports_fn_method_gate_number(Handle::from_arc(Arc::clone(&gate)));
    aipass_dart_release(aipass_dart_hold_call(
        ISOLATE,
        future,
        ffi_aipass_ports_rust_future_poll_u32,
        ffi_aipass_ports_rust_future_free_u32,
        Port::open().0,
    ));
    assert_eq!(Arc::strong_count(&gate), 1);
}

#[test]
fn an_isolate_that_ends_leaves_nothing_of_its_own_and_all_of_others() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let hold = |isolate| {
        aipass_dart_hold_object(isolate, Handle::from_arc(Arc::clone(&gate)), uniffi_aipass_ports_fn_free_gate);
        let future = uniffi_aipass_ports_fn_method_gate_number(Handle::from_arc(Arc::clone(&gate)));
        let (poll, free) = (ffi_aipass_ports_rust_future_poll_u32, ffi_aipass_ports_rust_future_free_u32);
        aipass_dart_drive(aipass_dart_hold_call(isolate, future, poll, free, Port::open().0));
    };
    let (one, other) = (aipass_dart_enter(), aipass_dart_enter());
    hold(one);
    hold(other);
    hold(one);
    assert_eq!(Arc::strong_count(&gate), 7);
    aipass_dart_leave(one);
    eventually("what it held is gone", || Arc::strong_count(&gate) == 3);
    aipass_dart_leave(other);
    eventually("what the other held is gone", || Arc::strong_count(&gate) == 1);
}

#[test]
fn what_is_released_twice_is_freed_once() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let isolate = aipass_dart_enter();
    let handle = Handle::from_arc(Arc::clone(&gate));
    let held = aipass_dart_hold_object(isolate, handle, uniffi_aipass_ports_fn_free_gate);
    aipass_dart_release(held);
    aipass_dart_leave(isolate);
    aipass_dart_release(held);
    assert_eq!(Arc::strong_count(&gate), 1);
}

#[test]
fn an_object_is_freed_by_its_own_function_when_it_is_released() {
    let gate = Arc::new(Gate(Semaphore::new(0)));
    let held = aipass_dart_hold_object(ISOLATE, Handle::from_arc(Arc::clone(&gate)), uniffi_aipass_ports_fn_free_gate);
    assert_eq!(Arc::strong_count(&gate), 2);
    aipass_dart_release(held);
    assert_eq!(Arc::strong_count(&gate), 1);
}
