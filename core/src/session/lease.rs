//! The refresh lease: which process may spend the refresh token (L12, L16).
//!
//! The owner changes the lease's counter while its request runs. A waiter that sees the same counter for [`DEAD_AFTER`] of
//! its own monotonic time takes the lease: its owner was killed or suspended. No clocks of two processes are compared, and
//! no process ids. An owner that was only suspended still stores the token set that it receives (`new_tokens.rs`).

use super::Session;
use super::machine::{self, Event};
use super::record::{EndReason, Grant, Lease, Record};
use super::update::Change;
use crate::environment::Instant;
use crate::error::{Error, Result, SignInReason};
use std::convert::Infallible;
use std::time::Duration;

/// How often a waiter looks at the record.
const POLL: Duration = Duration::from_millis(200);
/// How often an owner changes the counter. L16 asks for 1.5 s; the rest is for a slow store.
const BEAT: Duration = Duration::from_secs(1);
/// A counter that stands still for this long has a dead owner.
const DEAD_AFTER: Duration = Duration::from_secs(5);
/// The most that one look counts. If the waiter itself was suspended between two looks, it did not see whether the owner lived.
const MAX_COUNTED: Duration = Duration::from_secs(1);

/// What a refresh finds when it asks for the lease.
pub(super) enum Turn {
    /// The lease is ours.
    Ours {
        grant: Grant,
        /// The last owner counts as dead. It may have spent the refresh token.
        taken_over: bool,
    },
    /// Another process has refreshed already.
    Done(Grant),
    /// The same, so long ago that its token has expired, too.
    Expired(Grant),
    /// Another process is refreshing.
    Wait(Lease),
    /// There is nothing to refresh.
    Ended(Error),
}

/// Another process's lease, and for how long its counter has not changed.
struct Watched {
    lease: Lease,
    still_for: Duration,
    seen_at: Instant,
}

impl Watched {
    fn is_dead(&self) -> bool {
        self.still_for >= DEAD_AFTER
    }

    /// Counts another look at the record.
    fn look(earlier: Option<Self>, lease: Lease, now: Instant) -> Self {
        match earlier {
            Some(earlier) if earlier.lease == lease => {
                let since = now.saturating_duration_since(earlier.seen_at);
                Self { still_for: earlier.still_for + since.min(MAX_COUNTED), seen_at: now, lease }
            }
            _ => Self { lease, still_for: Duration::ZERO, seen_at: now },
        }
    }
}

impl Session {
    /// Waits until the lease is ours, or until there is nothing left to refresh. Never returns [`Turn::Wait`].
    pub(super) async fn wait_for_lease(&self, seen: &Grant) -> Result<Turn> {
        let mut watched: Option<Watched> = None;
        loop {
            let dead = watched.as_ref().filter(|watched| watched.is_dead()).map(|watched| &watched.lease);
            match self.take_lease(seen, dead).await? {
                Turn::Wait(lease) => {
                    watched = Some(Watched::look(watched, lease, self.environment.instant()));
                    tokio::time::sleep(POLL).await;
                }
                // One that comes while this process looks is new, whatever its clock says.
                Turn::Done(stored) if watched.is_none() && !self.lives_for(&stored, Duration::ZERO) => {
                    return Ok(Turn::Expired(stored));
                }
                turn => return Ok(turn),
            }
        }
    }

    /// Takes the lease if it is free, ours, or still the one that is `dead`.
    async fn take_lease(&self, seen: &Grant, dead: Option<&Lease>) -> Result<Turn> {
        let owner = &self.shared.owner;
        self.update(|record, now| {
            let Some(grant) = record.grant.clone() else {
                return Ok(Change::Leave(Turn::Ended(self.sign_in_required(record))));
            };
            if grant.id != seen.id {
                let reason = SignInReason::NotSignedIn; // of the account that asked; another one is signed in
                return Ok(Change::Leave(Turn::Ended(Error::from(reason))));
            }
            if grant.set_id() != seen.set_id() {
                return Ok(Change::Leave(Turn::Done(grant)));
            }
            if grant.refresh_token.is_none() {
                let reason = SignInReason::NoRefreshToken;
                let phase = record.end(EndReason::NoRefreshToken, now);
                return Ok(Change::Save(phase, Turn::Ended(Error::from(reason))));
            }
            let foreign = record.lease.as_ref().filter(|lease| lease.owner != *owner);
            let taken_over = foreign.is_some();
            if let Some(lease) = foreign
                && dead != Some(lease)
            {
                return Ok(Change::Leave(Turn::Wait(lease.clone())));
            }
            let (phase, _) = machine::next(record.phase(now), Event::RefreshBegun);
            record.lease = Some(Lease { owner: owner.clone(), beat: self.memory().next_beat() });
            Ok(Change::Save(phase, Turn::Ours { grant, taken_over }))
        })
        .await
    }

    /// Shows other processes that the owner of the lease lives, for as long as this is polled.
    pub(super) async fn renew_lease(&self, grant: &Grant) -> Infallible {
        loop {
            tokio::time::sleep(BEAT).await;
            let renewed = self.update(|record, now| {
                if !self.is_own_lease(record, grant) {
                    return Ok(Change::Leave(false));
                }
                let (phase, _) = machine::next(record.phase(now), Event::RefreshBegun);
                if let Some(lease) = &mut record.lease {
                    lease.beat = self.memory().next_beat();
                }
                Ok(Change::Save(phase, true))
            });
            match renewed.await {
                Ok(true) => {}
                // Taken by another process, or the session is over. The request goes on: its token set may be the only one.
                Ok(false) => std::future::pending().await,
                Err(error) => self.log(format!("the refresh lease was not renewed: {error}")),
            }
        }
    }

    /// Frees the lease for the next refresh. If that fails, another process takes it over when its counter stands still.
    pub(super) async fn release_lease(&self, grant: &Grant) {
        let released = self.update(|record, now| match self.is_own_lease(record, grant) {
            true => {
                let (phase, _) = machine::next(record.phase(now), Event::RefreshFailed);
                record.lease = None;
                Ok(Change::Save(phase, ()))
            }
            false => Ok(Change::Leave(())),
        });
        if let Err(error) = released.await {
            self.log(format!("the refresh lease stays: {error}"));
        }
    }

    fn is_own_lease(&self, record: &Record, grant: &Grant) -> bool {
        record.grant.as_ref().is_some_and(|current| current.id == grant.id)
            && record.lease.as_ref().is_some_and(|lease| lease.owner == self.shared.owner)
    }
}
