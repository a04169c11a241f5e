//! How fast this process polls, and what the responses mean: the table in [`super`].

use crate::environment::Instant;
use crate::error::{Error, SignInReason};
use crate::oauth::device::{self, Judgement, MAX_LIFETIME};
use crate::oauth::failure::OAuthFailure;
use crate::secret::Secret;
use crate::session::token_endpoint::TokenRequestFailure;
use std::time::Duration;

/// What `slow_down` adds to the interval (RFC 8628 3.5).
const SLOW_DOWN: Duration = Duration::from_secs(5);
/// The longest wait after failures, unless the interval is longer.
const MAX_BACKOFF: Duration = Duration::from_secs(60);
/// So many doubtful responses in a row are believed.
const MAX_DOUBTS: u32 = 2;

/// How this process polls.
#[derive(Default)]
pub(in crate::session) struct Polling {
    /// The `state` of the sign-in that is polled for.
    of: Option<Secret>,
    interval: Duration,
    /// No poll before this.
    pub next: Option<Instant>,
    /// Polls in a row without a response.
    failures: u32,
    /// Doubtful responses since the last clear one.
    doubts: u32,
    /// Why the sign-in is over, if it failed.
    pub ended: Option<Error>,
}

impl Polling {
    /// The polls of a new sign-in.
    pub fn begin(state: Secret, interval: Duration, next: Option<Instant>) -> Self {
        Self { of: Some(state), interval, next, ..Self::default() }
    }

    pub fn is_for(&self, state: &Secret) -> bool {
        self.of.as_ref() == Some(state)
    }

    /// How long to wait before the next poll; `None` if the sign-in is over.
    pub fn wait_after(&mut self, judgement: Judgement) -> Option<Duration> {
        let (failures, doubts) = (std::mem::take(&mut self.failures), std::mem::take(&mut self.doubts));
        let asked = match judgement {
            Judgement::Pending => None,
            Judgement::SlowDown { retry_after } => {
                self.interval += SLOW_DOWN;
                retry_after
            }
            Judgement::Unavailable { retry_after } => {
                (self.failures, self.doubts) = (failures + 1, doubts);
                retry_after
            }
            Judgement::Doubtful if doubts + 1 < MAX_DOUBTS => {
                self.doubts = doubts + 1;
                None
            }
            Judgement::Doubtful | Judgement::Denied | Judgement::Expired | Judgement::Refused => return None,
        };
        let backoff = self.interval.saturating_mul(2_u32.saturating_pow(self.failures));
        let wait = backoff.min(MAX_BACKOFF.max(self.interval));
        Some(wait.max(asked.unwrap_or_default()).min(MAX_LIFETIME))
    }
}

/// What a failed poll means. Without a network nothing is known about the code.
pub(super) fn judge(failure: &TokenRequestFailure) -> Judgement {
    match failure {
        TokenRequestFailure::Refused(failure) => device::judge(failure),
        // The store of a key that proves the request (RFC 9449) may be locked.
        TokenRequestFailure::NoResponse(Error::Offline { .. } | Error::Timeout { .. } | Error::Storage { .. }) => {
            Judgement::Unavailable { retry_after: None }
        }
        TokenRequestFailure::NoResponse(Error::Provider { .. }) => Judgement::Doubtful,
        TokenRequestFailure::NoResponse(_) => Judgement::Refused,
    }
}

/// The error of a sign-in that is over.
pub(super) fn error_of(judgement: Judgement, failure: TokenRequestFailure) -> Error {
    let reason = match judgement {
        Judgement::Denied => SignInReason::Denied,
        Judgement::Expired => SignInReason::DeviceCodeExpired,
        _ => return failure.into(),
    };
    let detail = match failure {
        TokenRequestFailure::Refused(OAuthFailure::Refused { description, .. }) => description,
        _ => None,
    };
    Error::SignInRequired { reason, detail }
}
