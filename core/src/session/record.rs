//! What is stored of a session: one JSON object, sealed by the store, changed only by compare-and-swap.
//!
//! Version 2, pinned by the files in `core/fixtures/session/`: whatever was ever written still loads (L9).
//!
//! # To change what is stored, ask
//! 1. Must it outlive the process? If not, it belongs into `shared.rs`.
//! 2. Is it a duration or a deadline? The wall clock may be set by any amount before it is read again. The worst that may
//!    follow is a wait or a new sign-in (L18).
//! 3. Can another process still be running the previous release? A member that is added with a default keeps the version:
//!    the other release ignores it and drops it at its next write. Everything else is a new version, which the other release
//!    refuses with a typed error.
//! 4. Is it a member of the token set? Then [`Grant::set_id`] must cover it (T7).
//! 5. Is it secret? Then it is a [`Secret`], with `secret::exposed`.
//!
//! Then add a fixture with the new form, and never edit an older one.
//!
//! | version | what changed |
//! |---|---|
//! | 1 | lease with `owner` and `expires_at` (wall clock) |
//! | 2 | lease with `owner` and `beat`; `account` of a grant; `ended_grant`. A claim has no time |

use super::machine::{self, Event, Phase};
use crate::environment::{Timestamp, millis};
use crate::error::{Error, SignInReason, StorageErrorKind};
use crate::oauth::token::Tokens;
use crate::secret::{self, Secret};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// The version that is written.
const VERSION: u32 = 2;
/// More pending sign-ins than this, and the oldest is dropped (A12).
pub(super) const MAX_PENDING: usize = 5;

/// All that is stored under one session key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Record {
    #[serde(rename = "v")]
    version: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grant: Option<Grant>,
    /// Why the last grant ended, if the user did not end it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended: Option<EndReason>,
    /// The grant that ended, so that a token set of it that comes late is recognised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_grant: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pending: Vec<PendingSignIn>,
    /// Who may refresh just now (L12).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<Lease>,
}

/// What a completed sign-in gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Grant {
    /// Names this sign-in through all its refreshes, so that a late token set of another is told apart (L6).
    pub id: String,
    /// The provider's id of the user (`sub`), once it was told (L19).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(with = "secret::exposed")]
    pub access_token: Secret,
    #[serde(with = "secret::exposed::option", default, skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<Secret>,
    /// By the server's clock; `None` means unknown (T1).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// The access token's whole life, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lifetime_ms: Option<i64>,
    /// The server's clock minus the device's when the token came, in milliseconds (L11).
    #[serde(default)]
    pub server_clock_offset_ms: i64,
    #[serde(default)]
    pub scopes: Vec<String>,
    /// What the sign-in asked for; empty if it was stored before this was written down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub requested_scopes: Vec<String>,
}

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
    /// dies meanwhile, nobody knows whether the code was spent: the user signs in again (L18).
    Claimed,
    /// The code was spent. Kept, so that a second delivery gets its own error.
    Spent,
    /// The app gave it up. Kept, so that its late callback gets its own error.
    Cancelled,
}

/// The right to refresh (L12). Its owner changes `beat` while its request runs; see `lease.rs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lease {
    pub owner: String,
    #[serde(default)]
    pub beat: u64,
}

/// Tells token sets apart, by all of their members (T7): a digest, so that it is no copy of a secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenSetId([u8; 32]);

impl std::fmt::Debug for TokenSetId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TokenSetId(…)")
    }
}

/// Why a grant ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EndReason {
    GrantEnded,
    AccessRefused,
    NoRefreshToken,
}

impl From<EndReason> for SignInReason {
    fn from(reason: EndReason) -> Self {
        match reason {
            EndReason::GrantEnded => SignInReason::GrantEnded,
            EndReason::AccessRefused => SignInReason::AccessRefused,
            EndReason::NoRefreshToken => SignInReason::NoRefreshToken,
        }
    }
}

impl Default for Record {
    fn default() -> Self {
        Self { version: VERSION, grant: None, ended: None, ended_grant: None, pending: Vec::new(), lease: None }
    }
}

impl Record {
    /// # Errors
    /// [`Error::Storage`] where the bytes are not a record of a version that is known. They are left as they are (L9).
    pub fn decode(bytes: &[u8]) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Versioned {
            v: u32,
        }
        let unreadable = |kind, detail: &str| Error::Storage { kind, detail: detail.to_owned() };
        // serde's own messages quote what they read, and what they read is secret.
        let corrupt = |_| unreadable(StorageErrorKind::Corrupt, "not a session record");
        let Versioned { v } = serde_json::from_slice(bytes).map_err(corrupt)?;
        if v > VERSION {
            let detail = format!("version {v}, but this library knows up to {VERSION}: update the app");
            return Err(unreadable(StorageErrorKind::FromNewerVersion, &detail));
        }
        let record: Self = serde_json::from_slice(bytes).map_err(corrupt)?;
        Ok(Self { version: VERSION, ..record })
    }

    /// The bytes to store. Secret.
    pub fn encode(&self) -> Result<Vec<u8>, Error> {
        secret::to_json(self).map_err(|_| Error::internal("the session record cannot be written"))
    }

    /// Where the session stands, as far as the store knows.
    pub fn phase(&self, now: Timestamp) -> Phase {
        if self.grant.is_some() {
            if self.lease.is_some() { Phase::Refreshing } else { Phase::SignedIn }
        } else if self.ended.is_some() {
            Phase::NeedsSignIn // beginning a sign-in takes this back
        } else if self.has_open_pending(now) {
            Phase::SigningIn
        } else {
            Phase::SignedOut
        }
    }

    /// Where a refresh of `grant` finds itself when it comes back. Also if another process took its lease meanwhile, and
    /// was told that the grant has ended: the token set that this refresh brings is the session (L16).
    pub fn phase_for_refresh(&self, grant: &Grant, now: Timestamp) -> Phase {
        let ended_meanwhile = self.grant.is_none()
            && self.ended == Some(EndReason::GrantEnded)
            && self.ended_grant.as_ref() == Some(&grant.id);
        match &self.grant {
            Some(current) if current.id == grant.id => Phase::Refreshing,
            None if ended_meanwhile => Phase::Refreshing,
            _ => self.phase(now),
        }
    }

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

    fn has_open_pending(&self, now: Timestamp) -> bool {
        self.pending.iter().any(|pending| pending.is_open(now))
    }

    /// Ends the grant by itself; the phase after it.
    pub fn end(&mut self, reason: EndReason, now: Timestamp) -> Phase {
        let (phase, _) = machine::next(self.phase(now), Event::GrantEnded);
        self.ended_grant = self.grant.take().map(|grant| grant.id);
        self.lease = None;
        self.ended = Some(reason);
        phase
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

impl Grant {
    /// The grant of a completed sign-in. `server_now` is the server's time, `offset_ms` what it is ahead of the device's.
    pub fn new(id: String, tokens: Tokens, requested_scopes: &[String], server_now: Timestamp, offset_ms: i64) -> Self {
        Self {
            id,
            account: None,
            access_token: tokens.access_token,
            refresh_token: tokens.refresh_token,
            expires_at: tokens.expires_in.map(|life| server_now.plus(life)),
            lifetime_ms: tokens.expires_in.map(millis),
            server_clock_offset_ms: offset_ms,
            scopes: tokens.scopes.unwrap_or_else(|| requested_scopes.to_vec()),
            requested_scopes: requested_scopes.to_vec(),
        }
    }

    /// The same grant with its next token set. A missing refresh token keeps the old one (T4).
    pub fn refreshed(&self, tokens: Tokens, server_now: Timestamp, offset_ms: i64) -> Self {
        let mut next = Self::new(self.id.clone(), tokens, &self.scopes, server_now, offset_ms);
        next.requested_scopes.clone_from(&self.requested_scopes); // a missing scope means the one of before, not this
        next.refresh_token = next.refresh_token.or_else(|| self.refresh_token.clone());
        next.account.clone_from(&self.account);
        next
    }

    /// Which token set of which sign-in this is. The account is no member of it: it is learnt later.
    pub fn set_id(&self) -> TokenSetId {
        let mut digest = Sha256::new();
        let mut add = |member: &[u8]| {
            digest.update((member.len() as u64).to_le_bytes());
            digest.update(member);
        };
        add(self.id.as_bytes());
        add(self.access_token.expose().as_bytes());
        add(&[u8::from(self.refresh_token.is_some())]);
        add(self.refresh_token.as_ref().map_or("", |token| token.expose()).as_bytes());
        for optional in [self.expires_at.map(|at| at.0), self.lifetime_ms] {
            add(&[u8::from(optional.is_some())]);
            add(&optional.unwrap_or_default().to_le_bytes());
        }
        self.scopes.iter().for_each(|scope| add(scope.as_bytes()));
        TokenSetId(digest.finalize().into())
    }

    /// How much longer the access token lives; `None` if unknown. Zero means expired.
    pub fn remaining(&self, server_now: Timestamp) -> Option<Duration> {
        self.expires_at.map(|expires_at| expires_at.since(server_now).unwrap_or_default())
    }

    pub fn lifetime(&self) -> Option<Duration> {
        self.lifetime_ms.and_then(|life| u64::try_from(life).ok()).map(Duration::from_millis)
    }
}

#[cfg(test)]
#[path = "record_tests.rs"]
mod tests;
