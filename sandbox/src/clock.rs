//! The sandbox's clock: the system's, plus what a test has advanced it by.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

/// The system's clock, which a test may move forward instead of sleeping.
#[derive(Debug, Default)]
pub(crate) struct Clock {
    ahead_ms: AtomicI64,
}

impl Clock {
    pub(crate) fn now(&self) -> DateTime<Utc> {
        let ahead = TimeDelta::milliseconds(self.milliseconds_ahead());
        later(DateTime::<Utc>::from(SystemTime::now()), ahead)
    }

    /// How far it is ahead of the system's clock, in milliseconds.
    pub(crate) fn milliseconds_ahead(&self) -> i64 {
        self.ahead_ms.load(Ordering::Relaxed)
    }

    pub(crate) fn advance(&self, by: Duration) {
        let by = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
        // Saturating: a test that advances by a million years gets the last possible time, not one in the past.
        let _ =
            self.ahead_ms.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |ahead| Some(ahead.saturating_add(by)));
    }

    /// The moment `lifetime` from now.
    pub(crate) fn after(&self, lifetime: Duration) -> DateTime<Utc> {
        later(self.now(), TimeDelta::from_std(lifetime).unwrap_or(TimeDelta::MAX))
    }
}

fn later(time: DateTime<Utc>, by: TimeDelta) -> DateTime<Utc> {
    time.checked_add_signed(by).unwrap_or(DateTime::<Utc>::MAX_UTC)
}
