//! Sign-ins whose browser page is open, or was.

use super::Record;
use crate::environment::Timestamp;
use crate::secret::{self, Secret};
use crate::session::machine::{self, Event, Phase};
use serde::{Deserialize, Serialize};

/// More pending sign-ins than this, and the oldest is dropped (A12).
pub(in crate::session) const MAX_PENDING: usize = 5;

/// A sign-in whose browser page is open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PendingSignIn {
    #[serde(with = "secret::exposed")]
    pub state: Secret,
    #[serde(with = "secret::exposed")]
    pub code_verifier: Secret,
    pub scopes: Vec<String>,
    pub expires_at: Timestamp,
    pub stage: Stage,
}

impl PendingSignIn {
    /// Whether a callback can still complete it.
    fn is_open(&self, now: Timestamp) -> bool {
        matches!(self.stage, Stage::Waiting | Stage::Claimed) && self.expires_at > now
    }
}

/// How far a pending sign-in is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// No callback yet.
    Waiting,
    /// A callback came and its code is being exchanged: a second delivery must not spend it again (A8). If the process
    /// dies meanwhile, it is unknown whether the code was spent: the user signs in again (L18).
    Claimed,
    /// The code was spent. Kept, so that a second delivery gets its own error.
    Spent,
    /// The app gave it up. Kept, so that its late callback gets its own error.
    Cancelled,
}

impl Record {
    /// Where a sign-in finds itself when its code has been exchanged.
    pub fn phase_for_sign_in(&self, state: &Secret, now: Timestamp) -> Phase {
        let waited_for = self.pending.iter().any(|pending| pending.state == *state && pending.stage == Stage::Claimed);
        match self.phase(now) {
            _ if waited_for => Phase::SigningIn,
            Phase::SigningIn => Phase::SignedOut, // others are pending, this one is not
            phase => phase,
        }
    }

    /// The pending sign-in that a callback's `state` belongs to.
    pub fn pending(&self, state: &Secret) -> Option<&PendingSignIn> {
        self.pending.iter().find(|pending| pending.state == *state)
    }

    /// Moves a pending sign-in to another stage; the phase after it. A spent one needs no verifier any more.
    pub fn move_pending(&mut self, state: &Secret, stage: Stage, now: Timestamp) -> Phase {
        let before = self.phase(now);
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.state == *state) {
            pending.stage = stage;
            if matches!(stage, Stage::Spent | Stage::Cancelled) {
                pending.code_verifier = Secret::new("");
            }
        }
        self.after_pending_changed(before, now)
    }

    /// Moves a pending sign-in whose callback is claimed; the phase after it, and whether it still was claimed. A late
    /// outcome of an exchange changes nothing that was cancelled or signed out meanwhile (L6).
    pub fn settle_claim(&mut self, state: &Secret, stage: Stage, now: Timestamp) -> (Phase, bool) {
        let is_claimed = self.pending(state).is_some_and(|pending| pending.stage == Stage::Claimed);
        if is_claimed { (self.move_pending(state, stage, now), true) } else { (self.phase(now), false) }
    }

    /// Gives up all pending sign-ins; the phase after it.
    pub fn abandon_pending(&mut self, now: Timestamp) -> Phase {
        let before = self.phase(now);
        for pending in self.pending.iter_mut().filter(|pending| pending.stage != Stage::Spent) {
            pending.stage = Stage::Cancelled;
            pending.code_verifier = Secret::new("");
        }
        self.after_pending_changed(before, now)
    }

    fn after_pending_changed(&self, before: Phase, now: Timestamp) -> Phase {
        let abandoned = before == Phase::SigningIn && !self.has_open_pending(now);
        machine::next(before, if abandoned { Event::SignInAbandoned } else { Event::CallbackMoved }).0
    }

    pub(super) fn has_open_pending(&self, now: Timestamp) -> bool {
        self.pending.iter().any(|pending| pending.is_open(now))
    }

    /// Adds a pending sign-in; the phase after it. Of more than five, one that is over goes first, then the oldest (A12).
    pub fn add_pending(&mut self, pending: PendingSignIn, now: Timestamp) -> Phase {
        let (phase, _) = machine::next(self.phase(now), Event::SignInBegun);
        if self.pending.len() >= MAX_PENDING {
            let over = self.pending.iter().position(|pending| !pending.is_open(now));
            self.pending.remove(over.unwrap_or(0));
        }
        self.pending.push(pending);
        self.ended = None;
        self.ended_grant = None;
        phase
    }
}
