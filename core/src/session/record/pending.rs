//! Sign-ins whose browser page is open, or was.

use super::{BoundKey, Record};
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
    /// What the id_token must repeat, if an id_token was asked for.
    #[serde(with = "secret::exposed::option", default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<Secret>,
    pub scopes: Vec<String>,
    /// Where the tokens are to be used (RFC 8707), for the code's exchange.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The key that the code and its tokens are bound to, if they are bound to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop: Option<BoundKey>,
    pub expires_at: Timestamp,
    pub stage: Stage,
    /// Only of a sign-in with a code that the user enters on another device. It has no verifier: a callback is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device: Option<PendingDevice>,
}

/// What a sign-in with a code on another device waits with (RFC 8628 3.2).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct PendingDevice {
    #[serde(with = "secret::exposed")]
    pub device_code: Secret,
    /// What the user is shown.
    pub user_code: String,
    pub verification_uri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification_uri_complete: Option<String>,
    /// At least this long between two polls.
    pub interval_ms: u64,
}

impl PendingSignIn {
    /// Whether a token set that comes for it is kept. A callback's is exchanged once and is claimed before; a device's code is asked
    /// about again and again, and no other flow can spend it.
    pub fn is_waited_for(&self) -> bool {
        match self.stage {
            Stage::Claimed => true,
            Stage::Waiting => self.device.is_some(),
            Stage::Spent | Stage::Cancelled => false,
        }
    }

    /// Moves to another stage. One that is over needs no secrets any more.
    fn move_to(&mut self, stage: Stage) {
        self.stage = stage;
        if matches!(stage, Stage::Spent | Stage::Cancelled) {
            self.code_verifier = Secret::new("");
            self.dpop = None;
            if let Some(device) = &mut self.device {
                device.device_code = Secret::new("");
            }
        }
    }

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
        let waited_for = self.pending(state).is_some_and(PendingSignIn::is_waited_for);
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

    /// Moves a pending sign-in to another stage; the phase after it.
    pub fn move_pending(&mut self, state: &Secret, stage: Stage, now: Timestamp) -> Phase {
        let before = self.phase(now);
        if let Some(pending) = self.pending.iter_mut().find(|pending| pending.state == *state) {
            pending.move_to(stage);
        }
        self.after_pending_changed(before, now)
    }

    /// Moves a pending sign-in whose outcome is waited for; the phase after it, and whether it still was waited for. A late
    /// outcome of an exchange changes nothing that was cancelled or signed out meanwhile (L6).
    pub fn settle_claim(&mut self, state: &Secret, stage: Stage, now: Timestamp) -> (Phase, bool) {
        let is_waited_for = self.pending(state).is_some_and(PendingSignIn::is_waited_for);
        if is_waited_for { (self.move_pending(state, stage, now), true) } else { (self.phase(now), false) }
    }

    /// Gives up all pending sign-ins; the phase after it.
    pub fn abandon_pending(&mut self, now: Timestamp) -> Phase {
        let before = self.phase(now);
        for pending in self.pending.iter_mut().filter(|pending| pending.stage != Stage::Spent) {
            pending.move_to(Stage::Cancelled);
        }
        self.after_pending_changed(before, now)
    }

    /// The sign-in with a device's code that was begun last. There is one at a time.
    #[cfg(feature = "device-authorization")]
    pub fn pending_device(&self) -> Option<&PendingSignIn> {
        self.pending.iter().rev().find(|pending| pending.device.is_some())
    }

    /// Adds a sign-in with a device's code, and gives up the one before it; the phase after it.
    #[cfg(feature = "device-authorization")]
    pub fn add_pending_device(&mut self, pending: PendingSignIn, now: Timestamp) -> Phase {
        let waiting = self.pending.iter_mut().filter(|pending| pending.device.is_some() && pending.is_waited_for());
        waiting.for_each(|pending| pending.move_to(Stage::Cancelled));
        self.add_pending(pending, now)
    }

    fn after_pending_changed(&self, before: Phase, now: Timestamp) -> Phase {
        let abandoned = before == Phase::SigningIn && !self.has_open_pending(now);
        machine::next(before, if abandoned { Event::SignInAbandoned } else { Event::CallbackMoved }).0
    }

    pub(in crate::session) fn has_open_pending(&self, now: Timestamp) -> bool {
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
