//! Calls of UniFFI's, and what Dart's VM does with them.

use std::collections::HashMap;
use std::mem::ManuallyDrop;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, LazyLock, Mutex};
use std::thread;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;
use uniffi::{Handle, RustCallStatus, RustCallStatusCode};
use uniffi_dart_ports::Message;
use uniffi_dart_ports::functions::{drive, hold_call, hold_call_for_buffer, hold_call_for_object, initialize, release};

/// What the calls wait for and return. The number of references shows whether a call still holds it.
#[derive(uniffi::Object)]
pub struct Gate(pub Semaphore);

#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum GateError {
    #[error("closed: {why}")]
    Closed { why: String },
}

#[uniffi::export]
impl Gate {
    pub async fn number(self: Arc<Self>) -> u32 {
        _ = self.0.acquire().await;
        42
    }

    pub async fn text(self: Arc<Self>) -> String {
        _ = self.0.acquire().await;
        "a long text".repeat(1000)
    }

    pub async fn itself(self: Arc<Self>) -> Arc<Gate> {
        _ = self.0.acquire().await;
        self
    }

    pub async fn failure(self: Arc<Self>) -> Result<Arc<Gate>, GateError> {
        _ = self.0.acquire().await;
        Err(GateError::Closed { why: "closed for good".to_owned() })
    }

    pub async fn bug(self: Arc<Self>) -> String {
        _ = self.0.acquire().await;
        panic!("a bug")
    }
}

/// The isolate of a call, in tests that do not care which.
pub const ISOLATE: usize = usize::MAX;

/// The number of messages that came to each port.
static MESSAGES: LazyLock<Mutex<HashMap<i64, usize>>> = LazyLock::new(Mutex::default);

unsafe extern "C" fn post(port: i64, _message: *mut Message) -> bool {
    *MESSAGES.lock().unwrap().entry(port).or_default() += 1;
    true
}

/// A port of Dart's.
pub struct Port(pub i64);

impl Port {
    pub fn open() -> Self {
        static LAST: AtomicI64 = AtomicI64::new(0);
        assert!(initialize(post));
        Self(LAST.fetch_add(1, Ordering::SeqCst) + 1)
    }

    pub fn messages(&self) -> usize {
        MESSAGES.lock().unwrap().get(&self.0).copied().unwrap_or_default()
    }
}

/// Waits for something that another thread does.
pub fn eventually(what: &str, is_true: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_true() {
        assert!(begun.elapsed() < Duration::from_secs(120), "timeout: {what}");
        thread::yield_now();
    }
}

/// A call that Dart has begun.
pub struct Begun {
    pub gate: Arc<Gate>,
    pub future: Handle,
    pub number: usize,
    pub port: Port,
}

impl Begun {
    fn new(begin: extern "C" fn(Handle) -> Handle, hold: impl Fn(Handle, i64) -> usize) -> Self {
        let gate = Arc::new(Gate(Semaphore::new(0)));
        let port = Port::open();
        let future = begin(Handle::from_arc(Arc::clone(&gate)));
        let number = hold(future.clone(), port.0);
        drive(number);
        Self { gate, future, number, port }
    }

    pub fn plain() -> Self {
        Self::new(uniffi_uniffi_dart_ports_fn_method_gate_number, |future, port| {
            hold_call(
                ISOLATE,
                future,
                crate::ffi_uniffi_dart_ports_rust_future_poll_u32,
                crate::ffi_uniffi_dart_ports_rust_future_free_u32,
                port,
            )
        })
    }

    pub fn buffer(begin: extern "C" fn(Handle) -> Handle) -> Self {
        Self::new(begin, |future, port| {
            hold_call_for_buffer(
                ISOLATE,
                future,
                crate::ffi_uniffi_dart_ports_rust_future_poll_rust_buffer,
                crate::ffi_uniffi_dart_ports_rust_future_free_rust_buffer,
                crate::ffi_uniffi_dart_ports_rust_future_complete_rust_buffer,
                port,
            )
        })
    }

    pub fn object(begin: extern "C" fn(Handle) -> Handle) -> Self {
        Self::new(begin, |future, port| {
            hold_call_for_object(
                ISOLATE,
                future,
                crate::ffi_uniffi_dart_ports_rust_future_poll_u64,
                crate::ffi_uniffi_dart_ports_rust_future_free_u64,
                complete_object,
                uniffi_uniffi_dart_ports_fn_free_gate,
                port,
            )
        })
    }

    /// Lets the call return, and waits for the message.
    pub fn finish(&self) {
        self.gate.0.add_permits(1);
        eventually("a message comes", || self.port.messages() > 0);
    }

    pub fn is_only_reference(&self) -> bool {
        Arc::strong_count(&self.gate) == 1
    }

    /// Releases the call, as Dart does when it has the result, and as its finalizer does when the isolate was killed. Then
    /// checks that nothing is left.
    pub fn release(self) {
        release(self.number);
        eventually("the call is freed", || Arc::strong_count(&self.gate) == 1);
    }
}

/// UniFFI's function, with the types that C has: a handle is a number.
unsafe extern "C" fn complete_object(future: Handle, status: &mut RustCallStatus) -> Handle {
    // SAFETY: the caller's promise.
    Handle::from_raw_unchecked(unsafe { crate::ffi_uniffi_dart_ports_rust_future_complete_u64(future, status) })
}

/// The error in a status, as UniFFI writes it.
pub fn error_in(status: RustCallStatus) -> (RustCallStatusCode, String) {
    let written = ManuallyDrop::into_inner(status.error_buf).destroy_into_vec();
    (status.code, String::from_utf8_lossy(&written).into_owned())
}
