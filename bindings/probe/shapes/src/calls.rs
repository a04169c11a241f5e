//! Calls: objects, constructors, errors, panics, asynchronous calls.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use tokio::sync::{Notify, oneshot};

/// The numbers of gates, and of calls that wait at one.
static GATES: AtomicU64 = AtomicU64::new(0);
static WAITS: AtomicU64 = AtomicU64::new(0);

/// An error with fields.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum ShapeError {
    /// Without fields.
    #[error("empty")]
    Empty,
    /// With fields.
    #[error("{value} is no number: {reason:?}")]
    NotANumber {
        /// The text.
        value: String,
        /// Why it is no number.
        reason: Option<String>,
    },
}

impl From<uniffi::UnexpectedUniFFICallbackError> for ShapeError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::NotANumber { value: "unexpected".to_owned(), reason: Some(error.reason) }
    }
}

#[uniffi::export]
impl ShapeError {
    /// The error as a sentence.
    pub fn message(&self) -> String {
        self.to_string()
    }
}

/// An error of which only the text crosses.
#[derive(Debug, thiserror::Error, uniffi::Error)]
#[uniffi(flat_error)]
#[allow(missing_docs, reason = "its text is its documentation")]
pub enum FlatError {
    #[error("closed until {0}")]
    Closed(u32),
}

/// A trait that the host implements. Dart cannot.
#[uniffi::export(with_foreign)]
pub trait Watcher: Send + Sync {
    /// Takes a note.
    fn note(&self, text: String);
}

/// A gate. Calls wait until it is open.
#[derive(uniffi::Object)]
pub struct Gate {
    name: String,
    is_open: AtomicBool,
    opened: Notify,
}

/// Counts a waiting call.
struct Wait;

impl Wait {
    fn begin() -> Self {
        WAITS.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        WAITS.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        GATES.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Gate {
    fn named(name: String) -> Self {
        GATES.fetch_add(1, Ordering::SeqCst);
        Self { name, is_open: AtomicBool::new(false), opened: Notify::new() }
    }
}

#[uniffi::export]
impl Gate {
    /// Makes a closed gate.
    #[uniffi::constructor(default(name = "gate", watcher = None))]
    #[allow(clippy::needless_pass_by_value, reason = "an optional argument that Dart leaves out")]
    pub fn new(name: String, watcher: Option<Arc<dyn Watcher>>) -> Self {
        if let Some(watcher) = watcher {
            watcher.note(name.clone());
        }
        Self::named(name)
    }

    /// Makes a gate whose name is a number.
    #[uniffi::constructor]
    pub fn numbered(number: String) -> Result<Self, ShapeError> {
        match number.parse::<u32>() {
            Ok(number) => Ok(Self::named(format!("gate {number}"))),
            Err(_) if number.is_empty() => Err(ShapeError::Empty),
            Err(error) => Err(ShapeError::NotANumber { value: number, reason: Some(error.to_string()) }),
        }
    }

    /// Makes a gate, asynchronously.
    #[uniffi::constructor]
    pub async fn later(number: String) -> Result<Self, ShapeError> {
        elsewhere(()).await;
        Self::numbered(number)
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.name.clone()
    }

    /// Whether the other one is the same object.
    pub fn is_same(self: Arc<Self>, other: Arc<Gate>) -> bool {
        Arc::ptr_eq(&self, &other)
    }

    /// Returns itself.
    pub fn itself(self: Arc<Self>) -> Arc<Gate> {
        self
    }

    /// Returns itself and perhaps another gate.
    pub fn all(self: Arc<Self>, other: Option<Arc<Gate>>) -> Vec<Arc<Gate>> {
        std::iter::once(self).chain(other).collect()
    }

    /// Opens the gate.
    pub fn open(&self) {
        self.is_open.store(true, Ordering::SeqCst);
        self.opened.notify_waiters();
    }

    /// Waits until it is open.
    pub async fn pass(&self) -> String {
        let _wait = Wait::begin();
        let opened = self.opened.notified();
        if !self.is_open.load(Ordering::SeqCst) {
            opened.await;
        }
        self.name.clone()
    }

    /// Waits until it is open, with bytes that may be many. Returns their sum.
    pub async fn carry(&self, load: Vec<u8>) -> u64 {
        self.pass().await;
        load.iter().map(|byte| u64::from(*byte)).sum()
    }

    /// Fails if it is closed.
    pub fn hurry(&self) -> Result<(), FlatError> {
        if self.is_open.load(Ordering::SeqCst) { Ok(()) } else { Err(FlatError::Closed(8)) }
    }

    /// Requires an implementation of the trait.
    pub fn watch(&self, watcher: Arc<dyn Watcher>) {
        watcher.note(self.name.clone());
    }
}

/// The number of gates.
#[uniffi::export]
pub fn gates() -> u64 {
    GATES.load(Ordering::SeqCst)
}

/// The number of calls that wait at a gate.
#[uniffi::export]
pub fn waits() -> u64 {
    WAITS.load(Ordering::SeqCst)
}

/// Hands a value to another thread and waits until it comes back.
async fn elsewhere<T: Send + 'static>(value: T) -> Option<T> {
    let (sender, receiver) = oneshot::channel();
    std::thread::spawn(move || sender.send(value));
    receiver.await.ok()
}

/// Functions that return their argument, from another thread.
macro_rules! later {
    ($($name:ident: $type:ty),* $(,)?) => {
        $(
            /// Returns its argument, later.
            #[uniffi::export]
            pub async fn $name(value: $type) -> $type {
                elsewhere(value.clone()).await.unwrap_or(value)
            }
        )*
    };
}

later! {
    later_uint8: u8, later_int8: i8, later_uint16: u16, later_int16: i16, later_uint32: u32, later_int32: i32,
    later_uint64: u64, later_int64: i64, later_float32: f32, later_float64: f64, later_boolean: bool,
    later_text: String, later_bytes: Vec<u8>, later_gate: Arc<Gate>, later_list: Vec<Option<String>>,
}

/// Returns nothing, or fails.
#[uniffi::export]
pub async fn later_nothing(fails: bool) -> Result<(), ShapeError> {
    elsewhere(()).await;
    if fails { Err(ShapeError::Empty) } else { Ok(()) }
}

/// Panics.
#[uniffi::export]
pub fn panic_now(reason: String) {
    panic!("{reason}")
}

/// Panics in a call that may fail.
#[uniffi::export]
pub async fn panic_later(reason: String) -> Result<u32, ShapeError> {
    elsewhere(()).await;
    panic!("{reason}")
}

/// Arguments with a default of each kind.
#[uniffi::export(default(second = 2, third = "three", fourth = None))]
pub fn with_defaults(first: String, second: u8, third: String, fourth: Option<bool>) -> String {
    format!("{first} {second} {third} {fourth:?}")
}
