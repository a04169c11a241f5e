//! A pair that the provider just gave: stored before anyone sees it (L3), or revoked if nobody waits for it any more (L6).

use super::machine::{self, Event, Pair, Phase};
use super::record::{Grant, Record, Stage};
use super::{Change, Session};
use crate::environment::Timestamp;
use crate::error::{Error, Result, SignInReason};
use crate::secret::Secret;

/// A pair, and the flow that brought it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arrival {
    pub grant: Grant,
    pub flow: Flow,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Flow {
    /// The sign-in with this `state`.
    SignIn(Secret),
    Refresh,
}

impl Session {
    /// Stores an arrived pair and returns it.
    ///
    /// # Errors
    /// [`Error::Storage`] if it could not be stored: it then waits in memory, and the next call tries again.
    /// [`Error::Cancelled`] or [`Error::SignInRequired`] if nobody waits for it any more: it was then revoked.
    pub(super) async fn keep(&self, arrival: Arrival) -> Result<Grant> {
        let kept = self
            .update(|record, now| match arrival.judge(record, now) {
                (phase, Pair::Keep) => {
                    arrival.enter(record, now);
                    Ok(Change::Save(phase, true))
                }
                (_, Pair::Revoke | Pair::None) => Ok(Change::Leave(false)),
            })
            .await;
        match kept {
            Ok(true) => {
                self.memory().unsaved = None;
                Ok(arrival.grant)
            }
            Ok(false) => {
                self.revoke(&arrival.grant).await;
                Err(match arrival.flow {
                    Flow::SignIn(_) => Error::Cancelled,
                    Flow::Refresh => Error::SignInRequired { reason: SignInReason::NotSignedIn },
                })
            }
            Err(error) => {
                self.memory().unsaved = Some(arrival); // what it replaces is spent: this copy is the session
                Err(error)
            }
        }
    }

    /// Tries again to store a pair whose storing failed, before anything else is done with the session.
    pub(super) async fn save_what_is_unsaved(&self) -> Result<()> {
        let Some(unsaved) = self.memory().unsaved.take() else { return Ok(()) };
        self.keep(unsaved).await.map(drop)
    }
}

impl Arrival {
    fn judge(&self, record: &Record, now: Timestamp) -> (Phase, Pair) {
        let (phase, event) = match &self.flow {
            Flow::SignIn(state) => (record.phase_for_sign_in(state, now), Event::SignInCompleted),
            Flow::Refresh => (record.phase_for_refresh(&self.grant, now), Event::RefreshCompleted),
        };
        machine::next(phase, event)
    }

    fn enter(&self, record: &mut Record, now: Timestamp) {
        if let Flow::SignIn(state) = &self.flow {
            record.move_pending(state, Stage::Spent, now);
        }
        record.grant = Some(self.grant.clone());
        record.ended = None;
        record.lease = None;
    }
}
