//! The seams through which time and randomness come in, so that tests need neither a real clock nor luck.
//! The network's seam is [`crate::net::transport::Transport`].

use crate::error::{Error, Result};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

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

pub(crate) fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// Tells the wall-clock time.
pub(crate) trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;
}

/// Gives unpredictable bytes.
pub(crate) trait Random: Send + Sync {
    fn fill(&self, bytes: &mut [u8]) -> Result<()>;
}

/// Where a client takes its time and its randomness from.
#[derive(Clone)]
pub(crate) struct Environment {
    pub clock: Arc<dyn Clock>,
    pub random: Arc<dyn Random>,
}

impl Environment {
    pub fn system() -> Self {
        Self { clock: Arc::new(SystemClock), random: Arc::new(SystemRandom) }
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Base64url text of that many random bytes.
    pub fn random_text(&self, bytes: usize) -> Result<String> {
        use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
        let mut buffer = zeroize::Zeroizing::new(vec![0_u8; bytes]);
        self.random.fill(&mut buffer)?;
        Ok(URL_SAFE_NO_PAD.encode(&*buffer))
    }

    /// A duration between nothing and `most`, for jitter. Not for secrets.
    pub fn random_up_to(&self, most: Duration) -> Duration {
        let mut bytes = [0_u8; 4];
        match self.random.fill(&mut bytes) {
            Ok(()) => most.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)),
            Err(_) => most / 2,
        }
    }
}

struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        SystemTime::now().into()
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
