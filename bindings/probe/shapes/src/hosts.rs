//! What a host implements, with an argument and a result of each kind. Dart has only such objects as Rust hands out.

use crate::calls::{Gate, ShapeError};
use crate::values::Everything;
use std::sync::Arc;
use std::thread;

/// A trait that the host implements.
#[uniffi::export(with_foreign)]
#[allow(missing_docs, reason = "named after what they take and return")]
pub trait Host: Send + Sync {
    fn text(&self, value: String) -> Result<String, ShapeError>;
    fn bytes(&self, value: Vec<u8>) -> Vec<u8>;
    fn short(&self, value: u8) -> u16;
    fn number(&self, value: i32) -> u64;
    fn fraction(&self, value: f32) -> f64;
    fn half(&self, value: f64) -> f32;
    fn flag(&self, value: bool) -> bool;
    fn maybe(&self, value: Option<Everything>) -> Option<Everything>;
    fn gate(&self, value: Arc<Gate>) -> Arc<Gate>;
    fn host(&self, value: Arc<dyn Host>) -> Arc<dyn Host>;
    fn nothing(&self);
}

/// Asks the host on the caller's thread, or on a thread of Rust's that ends with the call.
#[uniffi::export]
pub fn ask_text(host: Arc<dyn Host>, value: String, elsewhere: bool) -> Result<String, ShapeError> {
    if !elsewhere {
        return host.text(value);
    }
    thread::spawn(move || host.text(value)).join().unwrap_or(Err(ShapeError::Empty))
}

/// Asks the host so often, on the same thread.
#[uniffi::export]
pub fn ask_nothing(host: Arc<dyn Host>, times: u32, elsewhere: bool) {
    let ask = move || (0..times).for_each(|_| host.nothing());
    if elsewhere {
        _ = thread::spawn(ask).join();
    } else {
        ask();
    }
}

/// Asks the host from a thread of Rust's.
#[uniffi::export]
pub async fn ask_later(host: Arc<dyn Host>, value: String) -> Result<String, ShapeError> {
    ask_text(host, value, true)
}

/// Functions that pass their argument to the host and return what it returns.
macro_rules! asks {
    ($($name:ident, $method:ident: $type:ty => $result:ty),* $(,)?) => {
        $(
            /// Returns what the host returns.
            #[uniffi::export]
            pub fn $name(asked: Arc<dyn Host>, value: $type) -> $result {
                asked.$method(value)
            }
        )*
    };
}

asks! {
    ask_bytes, bytes: Vec<u8> => Vec<u8>, ask_short, short: u8 => u16, ask_number, number: i32 => u64,
    ask_fraction, fraction: f32 => f64, ask_half, half: f64 => f32, ask_flag, flag: bool => bool,
    ask_maybe, maybe: Option<Everything> => Option<Everything>, ask_gate, gate: Arc<Gate> => Arc<Gate>,
    ask_host, host: Arc<dyn Host> => Arc<dyn Host>,
}
