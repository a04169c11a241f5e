//! A session without a refresh token ends with its access token. It is announced before that, so that the app can ask its user
//! at a good moment, and not in the middle of a call that fails.
//!
//! The state follows from the record and the server's clock, as that of a pending sign-in does; nothing is stored. It is looked
//! at again whenever the app reads it, when the app comes back to the front, and while a [`SessionStates`](crate::SessionStates)
//! waits, at the latest after [`MAX_WAIT`]: a phone that sleeps stops the timers, and its clock may be set.

use super::record::{Grant, Record};
use super::refresh::DATE_RESOLUTION;
use super::shared::Memory;
use super::{Session, SessionState};
use crate::environment::Timestamp;
use crate::error::SignInReason;
use crate::secret::Secret;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::sync::watch;

/// The longest time between two looks at the clock while a session's end is in sight.
const MAX_WAIT: Duration = Duration::from_secs(15 * 60);

impl Grant {
    /// When the session ends by itself, by the server's clock; `None` if it can be refreshed, or its end is unknown.
    pub(crate) fn ends_at(&self) -> Option<Timestamp> {
        self.expires_at.filter(|_| self.refresh_token.is_none())
    }

    /// How long before its end it is announced: never before half of its life has passed.
    fn announced_ahead(&self, wanted: Duration) -> Duration {
        self.lifetime().map_or(wanted, |lifetime| wanted.min(lifetime / 2))
    }
}

impl Session {
    /// The state of a session that has a grant.
    pub(super) fn signed_in_state(&self, memory: &Memory, record: &Record, now: Timestamp) -> SessionState {
        let Some(grant) = &record.grant else { return SessionState::SignedIn };
        let over = |reason| match record.has_open_pending(now) {
            true => SessionState::SigningIn,
            false => SessionState::NeedsSignIn { reason },
        };
        if !self.may_hold_key_of(grant) || memory.has_lost_key_of(grant) {
            return over(SignInReason::DpopKeyLost);
        }
        let Some(ends_at) = grant.ends_at() else { return SessionState::SignedIn };
        match ends_at.since(memory.server_now(&self.environment)).unwrap_or_default() {
            Duration::ZERO => over(SignInReason::NoRefreshToken),
            left if left <= grant.announced_ahead(self.wanted_ahead()) => SessionState::EndsSoon,
            _ => SessionState::SignedIn,
        }
    }

    /// Whether a refresh could replace the token that the API refused. It cannot where the token is the current one, lives by
    /// the clock, and came without a refresh token. The store is read: another process may have signed in.
    pub async fn is_replaceable(self: &Arc<Self>, rejected: &Secret) -> bool {
        match self.reload().await {
            Ok(Record { grant: Some(grant), .. }) => {
                grant.access_token != *rejected
                    || grant.refresh_token.is_some()
                    || !self.lives_for(&grant, DATE_RESOLUTION)
            }
            _ => true,
        }
    }

    /// How long from now the state has to be looked at again; `None` if time alone does not end the session.
    pub fn next_look(&self) -> Option<Duration> {
        let grant = self.memory().record.as_ref()?.grant.clone()?;
        let left = grant.ends_at()?.since(self.server_now()).filter(|left| !left.is_zero())?;
        let until_announced = left.saturating_sub(grant.announced_ahead(self.wanted_ahead()));
        let until_change = if until_announced.is_zero() { left } else { until_announced };
        Some(until_change.min(MAX_WAIT))
    }

    /// Publishes the state as the clock has it now.
    pub fn look_at_clock(&self) {
        self.publish();
    }

    /// Tells when the end of the session becomes known, or changes.
    pub fn subscribe_to_end(&self) -> watch::Receiver<Option<Timestamp>> {
        self.shared.ends_at.subscribe()
    }

    /// The clients of one session may have different settings: the longest time counts.
    fn wanted_ahead(&self) -> Duration {
        Duration::from_millis(self.shared.sign_in_again_before_ms.load(Ordering::Relaxed))
    }
}
