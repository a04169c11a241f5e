//! How far a call's transfer is.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The progress of the uploads and downloads of a call. Use one object for one call at a time.
///
/// Give one to [`AiPass::with`](crate::AiPass::with), then call [`count`](Self::count) as often as the screen is drawn.
#[derive(Debug, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct TransferProgress {
    sent: AtomicU64,
    to_send: AtomicU64,
    received: AtomicU64,
    /// 0 while it is unknown.
    to_receive: AtomicU64,
}

/// The progress of a transfer. The counts start again when the call is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TransferCount {
    /// Bytes of files and of JSON that were handed to the network.
    pub sent: u64,
    /// Bytes to send in total.
    pub to_send: u64,
    /// Bytes of the response that have arrived.
    pub received: u64,
    /// The response's size in bytes, if the server said so.
    pub to_receive: Option<u64>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl TransferProgress {
    /// The progress of a call that has not begun.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    #[allow(clippy::new_without_default, reason = "it is an identity, not a value")]
    pub fn new() -> Arc<Self> {
        Arc::new(Self::default())
    }

    /// The progress now.
    pub fn count(&self) -> TransferCount {
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed);
        TransferCount {
            sent: read(&self.sent),
            to_send: read(&self.to_send),
            received: read(&self.received),
            to_receive: Some(read(&self.to_receive)).filter(|length| *length > 0),
        }
    }
}

impl TransferProgress {
    /// A request with so many bytes is about to be sent.
    pub(crate) fn begin(&self, to_send: u64) {
        self.to_send.store(to_send, Ordering::Relaxed);
        for count in [&self.sent, &self.received, &self.to_receive] {
            count.store(0, Ordering::Relaxed);
        }
    }

    pub(crate) fn add_sent(&self, bytes: usize) {
        self.sent.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    pub(crate) fn expect(&self, length: u64) {
        self.to_receive.store(length, Ordering::Relaxed);
    }

    pub(crate) fn add_received(&self, bytes: usize) {
        self.received.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}
