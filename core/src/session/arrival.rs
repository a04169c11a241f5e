//! A pair that the provider just gave: stored before anyone sees it (L3), or revoked if nobody waits for it any more (L6).

use super::machine::{self, Event, Pair, Phase};
use super::record::{Grant, Record, Stage};
use super::{Change, Session, unsaved};
use crate::environment::Timestamp;
use crate::error::{Error, Result, SignInReason};
use crate::secret::Secret;
use std::sync::Arc;

/// A pair, and the flow that brought it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Arrival {
    pub grant: Grant,
    pub flow: Flow,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Flow {
    /// The sign-in with this `state`.
    SignIn { state: Secret },
    /// The refresh that spent the pair with this access token.
    Refresh { spent: Secret },
}

/// What becomes of a pair.
enum Verdict {
    Keep(Phase),
    /// The store has it, or a later one of the same sign-in. Revoking this one could end that one's family.
    Have(Grant),
    Revoke,
}

impl Session {
    /// Stores an arrived pair and returns it, or the later one that the store has.
    ///
    /// # Errors
    /// [`Error::Storage`] if it could not be stored: it then waits in memory, and the next call tries again.
    /// [`Error::Cancelled`] or [`Error::SignInRequired`] if nobody waits for it any more: it was then revoked.
    pub(super) async fn keep(&self, arrival: Arrival) -> Result<Grant> {
        let kept = self
            .update(|record, now| match arrival.judge(record, now) {
                Verdict::Keep(phase) => {
                    arrival.enter(record, now);
                    Ok(Change::Save(phase, Some(arrival.grant.clone())))
                }
                Verdict::Have(grant) => Ok(Change::Leave(Some(grant))),
                Verdict::Revoke => Ok(Change::Leave(None)),
            })
            .await;
        match kept {
            Ok(Some(grant)) => {
                unsaved::forget(&self.key, &arrival);
                if let Flow::SignIn { .. } = arrival.flow {
                    self.revoke_unsaved().await; // the previous account's
                }
                Ok(grant)
            }
            Ok(None) => {
                unsaved::forget(&self.key, &arrival);
                self.revoke(&arrival.grant).await;
                Err(match arrival.flow {
                    Flow::SignIn { .. } => Error::Cancelled,
                    Flow::Refresh { .. } => Error::from(SignInReason::NotSignedIn),
                })
            }
            Err(error) => {
                unsaved::keep(&self.key, &arrival); // what it replaces is spent: this copy is the session
                Err(error)
            }
        }
    }

    /// Tries again to store the pair of a sign-in whose storing failed. On a task of its own: the caller may go away.
    pub(super) async fn save_unsaved_sign_in(self: &Arc<Self>) -> Result<()> {
        let Some(arrival) = unsaved::sign_in(&self.key) else { return Ok(()) };
        let session = Arc::clone(self);
        let saved = tokio::spawn(async move { session.keep(arrival).await.map(drop) }).await;
        saved.unwrap_or_else(|_| Err(Error::internal("storing a session panicked")))
    }

    /// Revokes the pairs that could not be stored, because their session is over.
    pub(super) async fn revoke_unsaved(&self) {
        for orphan in unsaved::take_all(&self.key) {
            self.revoke(&orphan.grant).await;
        }
    }
}

impl Arrival {
    fn judge(&self, record: &Record, now: Timestamp) -> Verdict {
        let (phase, event) = match (&self.flow, &record.grant) {
            (_, Some(current)) if current.access_token == self.grant.access_token => {
                return Verdict::Have(current.clone());
            }
            (Flow::Refresh { spent }, Some(current))
                if current.id == self.grant.id && current.access_token != *spent =>
            {
                return Verdict::Have(current.clone());
            }
            (Flow::Refresh { .. }, _) => (record.phase_for_refresh(&self.grant, now), Event::RefreshCompleted),
            (Flow::SignIn { state }, _) => (record.phase_for_sign_in(state, now), Event::SignInCompleted),
        };
        match machine::next(phase, event) {
            (phase, Pair::Keep) => Verdict::Keep(phase),
            (_, Pair::Revoke | Pair::None) => Verdict::Revoke,
        }
    }

    fn enter(&self, record: &mut Record, now: Timestamp) {
        if let Flow::SignIn { state } = &self.flow {
            record.move_pending(state, Stage::Spent, now);
        }
        record.grant = Some(self.grant.clone());
        record.ended = None;
        record.lease = None;
    }
}
