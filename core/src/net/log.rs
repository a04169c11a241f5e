//! The library's latest actions, to be polled by the host app: method, host and port, path at the provider, status, time. Never a
//! query, a body or a credential (S1), nor the path of a result elsewhere, which may be signed.

use crate::environment::Timestamp;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

const MAX_ENTRIES: usize = 200;

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LogEntry {
    /// When it was written, by the device's clock.
    pub at: SystemTime,
    /// What happened, in English, for developers.
    pub text: String,
}

/// The last 200 lines.
#[derive(Default)]
pub(crate) struct Log(Mutex<VecDeque<LogEntry>>);

impl Log {
    pub fn write(&self, at: Timestamp, text: String) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() == MAX_ENTRIES {
            entries.pop_front();
        }
        entries.push_back(LogEntry { at: at.to_system_time(), text });
    }

    /// All lines, oldest first.
    pub fn read(&self) -> Vec<LogEntry> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }
}
