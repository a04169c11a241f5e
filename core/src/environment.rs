//! The seams for time, randomness and the process, so that tests need no real clock and are deterministic, and one test can
//! run several processes. The network's seam is [`crate::net::transport::Transport`].
//!
//! Two kinds of time: a [`Timestamp`] is read from the wall clock, which the user may set; it is for what outlives the
//! process. An [`Instant`] is monotonic; every duration within the process is measured with it (L18).

use crate::error::{Error, Result};
use crate::hex::hex;
use chrono::{DateTime, Local, NaiveDate, Utc};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
/// A moment on the monotonic clock. tokio's, because tests pause it; without a runtime it is the system's.
pub(crate) use tokio::time::Instant;

/// A moment on the wall clock, in milliseconds since 1970 (UTC). Wall-clock, because a phone sleeps: its monotonic
/// clocks stop meanwhile (L13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct Timestamp(pub i64);

impl Timestamp {
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    /// The time from `earlier` until this moment; `None` if `earlier` is later.
    pub fn since(self, earlier: Timestamp) -> Option<Duration> {
        u64::try_from(self.0.checked_sub(earlier.0)?).ok().map(Duration::from_millis)
    }

    pub fn to_system_time(self) -> SystemTime {
        let distance = Duration::from_millis(self.0.unsigned_abs());
        let moment = if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) };
        moment.unwrap_or(UNIX_EPOCH)
    }
}

impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self(millis(after)),
            Err(before) => Self(-millis(before.duration())),
        }
    }
}

/// A moment on both clocks, for the age of what is kept in memory.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub wall: Timestamp,
    pub monotonic: Instant,
}

impl Moment {
    /// The present moment; `now` is the wall clock's.
    pub fn at(now: Timestamp) -> Self {
        Self { wall: now, monotonic: Instant::now() }
    }

    /// The greater age by the two clocks: the wall clock may be set back (L18), the other one stops while a phone sleeps (L13).
    pub fn age(self, now: Timestamp) -> Duration {
        now.since(self.wall).unwrap_or_default().max(self.monotonic.elapsed())
    }
}

pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Tells the wall-clock time.
pub(crate) trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;

    /// The date where the device is.
    fn local_date(&self) -> NaiveDate {
        DateTime::<Utc>::from(self.now().to_system_time()).date_naive()
    }
}

/// Gives unpredictable bytes.
pub(crate) trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

/// Names the process: sessions share their memory within it, and their refresh leases are signed with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct ProcessId(Arc<str>);

impl ProcessId {
    /// Random, because system process ids are used again.
    pub fn new() -> Self {
        let mut bytes = [0_u8; 12];
        match SystemRandom.fill(&mut bytes) {
            Ok(()) => Self(hex(&bytes).into()),
            Err(_) => Self(std::process::id().to_string().into()),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// This process.
static THIS_PROCESS: LazyLock<ProcessId> = LazyLock::new(ProcessId::new);

/// Where a client takes its time, its randomness and the identity of its process from.
#[derive(Clone)]
pub(crate) struct Environment {
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
    pub process: ProcessId,
}

impl Environment {
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), random: Arc::new(SystemRandom), process: THIS_PROCESS.clone() }
    }

    /// The wall-clock time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The monotonic time.
    pub fn instant(&self) -> Instant {
        Instant::now()
    }

    /// Base64url text of that many random bytes.
    pub fn random_text(&self, bytes: usize) -> Result<String> {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let mut buffer = zeroize::Zeroizing::new(vec![0_u8; bytes]);
        self.random.fill(&mut buffer)?;
        Ok(URL_SAFE_NO_PAD.encode(&*buffer))
    }

    /// A number from 0 to 1, for jitter. Not for secrets.
    pub fn random_fraction(&self) -> f64 {
        let mut bytes = [0_u8; 4];
        match self.random.fill(&mut bytes) {
            Ok(()) => f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX),
            Err(_) => 0.5,
        }
    }

    /// A duration between nothing and `most`, for jitter. Not for secrets.
    pub fn random_up_to(&self, most: Duration) -> Duration {
        most.mul_f64(self.random_fraction())
    }
}

struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
    }

    fn local_date(&self) -> NaiveDate {
        Local::now().date_naive()
    }
}

struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<()> {
        getrandom::fill(bytes).map_err(|error| Error::Other {
            code: "no_randomness".to_owned(),
            detail: format!("the system gives no random bytes: {error}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // L13, L18
    #[tokio::test(start_paused = true)]
    async fn the_greater_age_by_two_clocks_counts() {
        const HOUR: Duration = Duration::from_secs(3600);
        let start = Timestamp(1_700_000_000_000);
        let kept = Moment::at(start);
        assert_eq!(kept.age(start), Duration::ZERO);
        assert_eq!(kept.age(start.plus(HOUR)), HOUR, "the monotonic clock slept");
        tokio::time::advance(HOUR).await;
        assert_eq!(kept.age(start), HOUR, "the wall clock stood still");
        assert_eq!(kept.age(Timestamp(start.0 - 7_200_000)), HOUR, "the wall clock was set back");
        assert_eq!(kept.age(start.plus(2 * HOUR)), 2 * HOUR);
    }
}
