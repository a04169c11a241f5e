//! A token set that the provider just granted: stored before anyone sees it (L3), or given up if its flow was overtaken (L6).
//! It is never dropped (T7).
//!
//! | what came | what the store has | what becomes of it |
//! |---|---|---|
//! | a sign-in's | its callback is still claimed, or its device's code waited for | stored; the grant that it replaces is given up |
//! | a sign-in's, unusable or overtaken | anything | revoked |
//! | a refresh's | the token set that the refresh spent | stored |
//! | a refresh's | a newer one of the same sign-in | the newer one is used, this one is given up |
//! | a refresh's | another sign-in | given up |
//! | a refresh's | no grant | revoked |
//! | any | the store fails | kept in memory, stored later (`saving.rs`) |
//!
//! *Given up* (L19): revoked, unless that could end the grant which is in use (see [`Session::give_up`]).

use super::Session;
use super::machine::{self, Event, Phase, TokenSet};
use super::record::{Grant, Record, Stage, TokenSetId};
use super::revocations::ReplacedSignIn;
use super::update::Change;
use crate::environment::Timestamp;
use crate::error::{Error, Result, SignInReason};
use crate::oauth::failure::OAuthFailure;
use crate::secret::Secret;
use std::sync::Arc;

/// A token set, and the flow that brought it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NewTokens {
    pub grant: Grant,
    pub flow: Flow,
    /// What is wrong with it, if it cannot be used as it is (T7).
    pub defect: Option<OAuthFailure>,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Flow {
    /// The sign-in with this `state`.
    SignIn { state: Secret },
    /// The refresh that spent this token set.
    Refresh { spent: TokenSetId },
}

/// What to do with a token set.
enum Decision {
    Store(Phase),
    /// The store has it, or a later one of the same sign-in.
    UseStored(Grant),
    /// Its flow was overtaken. The grant that is in use, if any.
    GiveUp(Option<Grant>),
}

/// The outcome of an update.
enum Outcome {
    Stored { replaced: Option<Grant> },
    AlreadyStored(Grant),
    Overtaken(Option<Grant>),
}

impl Session {
    /// Stores a new token set and returns its grant, or the later one that the store has.
    ///
    /// # Errors
    /// - [`Error::Storage`] if it could not be stored. It is kept in memory, and tried again.
    /// - [`Error::Cancelled`] or [`Error::SignInRequired`] if its flow was overtaken. It was given up.
    /// - The error of its defect. A sign-in's token set was revoked, a refresh's was stored.
    pub(super) async fn keep(self: &Arc<Self>, tokens: NewTokens) -> Result<Grant> {
        // Of earlier flows. One that comes while this is stored is later.
        let unsaved_before = self.shared.unsaved_now();
        let outcome = self
            .update(|record, now| match tokens.decide(record, now) {
                Decision::Store(phase) => {
                    let replaced = tokens.enter(record, now);
                    Ok(Change::Save(phase, Outcome::Stored { replaced }))
                }
                Decision::UseStored(grant) => Ok(Change::Leave(Outcome::AlreadyStored(grant))),
                Decision::GiveUp(current) => {
                    // A set that cannot be used ends its sign-in: its code is spent.
                    let state = match &tokens.flow {
                        Flow::SignIn { state } if tokens.defect.is_some() => state,
                        _ => return Ok(Change::Leave(Outcome::Overtaken(current))),
                    };
                    // With a device's code: whoever waits for it elsewhere must not take the present session for its outcome.
                    let is_devices = record.pending(state).is_some_and(|pending| pending.device.is_some());
                    let stage = if is_devices { Stage::Cancelled } else { Stage::Spent };
                    let phase = record.settle_claim(state, stage, now).0;
                    Ok(Change::Save(phase, Outcome::Overtaken(current)))
                }
            })
            .await;
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(error) => {
                self.shared.keep_unsaved(&tokens); // what it replaces is spent: this copy is the session
                self.save_in_background();
                return Err(error);
            }
        };
        self.shared.forget_unsaved(&tokens);
        match (outcome, &tokens.flow) {
            (Outcome::Stored { replaced }, Flow::SignIn { .. }) => {
                let unsaved = unsaved_before.into_iter().filter(|unsaved| self.shared.forget_unsaved(unsaved));
                let replaced = replaced.into_iter().chain(unsaved.map(|unsaved| unsaved.grant)).collect();
                self.give_up_replaced(replaced, &tokens.grant).await;
                Ok(tokens.grant)
            }
            (Outcome::Stored { .. }, Flow::Refresh { .. }) => match tokens.defect {
                Some(defect) => Err(defect.into()),
                None => Ok(tokens.grant),
            },
            (Outcome::AlreadyStored(current), _) if current.set_id() != tokens.grant.set_id() => {
                self.discard(&tokens.grant, Some(&current)).await;
                Ok(current)
            }
            (Outcome::AlreadyStored(current), _) => match tokens.defect {
                Some(defect) => Err(defect.into()),
                None => Ok(current),
            },
            (Outcome::Overtaken(_), Flow::SignIn { .. }) => {
                let became = self.discard(&tokens.grant, None).await;
                Err(match (tokens.defect, became) {
                    (None, _) => Error::Cancelled,
                    (Some(defect), ReplacedSignIn::Revoked { report }) => report.named_in(defect.into()),
                    (Some(defect), _) => defect.into(),
                })
            }
            (Outcome::Overtaken(current), Flow::Refresh { .. }) => {
                self.discard(&tokens.grant, current.as_ref()).await;
                Err(Error::from(SignInReason::NotSignedIn))
            }
        }
    }
}

impl NewTokens {
    fn decide(&self, record: &Record, now: Timestamp) -> Decision {
        let (phase, event) = match (&self.flow, &record.grant) {
            (Flow::SignIn { .. }, current) if self.defect.is_some() => return Decision::GiveUp(current.clone()),
            (_, Some(current)) if current.set_id() == self.grant.set_id() => {
                return Decision::UseStored(current.clone());
            }
            (Flow::Refresh { spent }, Some(current)) if current.id == self.grant.id && current.set_id() != *spent => {
                return Decision::UseStored(current.clone());
            }
            (Flow::Refresh { .. }, _) => (record.phase_for_refresh(&self.grant, now), Event::RefreshCompleted),
            (Flow::SignIn { state }, _) => (record.phase_for_sign_in(state, now), Event::SignInCompleted),
        };
        match machine::next(phase, event) {
            (phase, TokenSet::Keep) => Decision::Store(phase),
            (_, TokenSet::Revoke | TokenSet::None) => Decision::GiveUp(record.grant.clone()),
        }
    }

    /// Puts the token set into the record. Returns the grant that it replaces, if that belongs to another sign-in.
    fn enter(&self, record: &mut Record, now: Timestamp) -> Option<Grant> {
        if let Flow::SignIn { state } = &self.flow {
            record.move_pending(state, Stage::Spent, now);
        }
        let mut grant = self.grant.clone();
        let replaced = record.grant.take();
        if let Some(before) = replaced.as_ref().filter(|before| before.id == grant.id) {
            grant.account = grant.account.or_else(|| before.account.clone()); // learnt while the refresh ran
            grant.id_token = grant.id_token.or_else(|| before.id_token.clone()); // a refresh need not bring one
        }
        let replaced = replaced.filter(|before| before.id != grant.id);
        record.grant = Some(grant);
        record.ended = None;
        record.ended_grant = None;
        record.lease = None;
        replaced
    }
}
