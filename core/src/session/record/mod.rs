//! What is stored of a session: one JSON object, sealed by the store, changed only by compare-and-swap.
//!
//! Version 2, pinned by the files in `core/fixtures/session/`: whatever was ever written still loads (L9).
//!
//! # To change what is stored, ask
//! 1. Must it outlive the process? If not, it belongs into `core/src/session/shared.rs`.
//! 2. Is it a duration or a deadline? The wall clock may be set by any amount before it is read again. The worst that may
//!    follow is a wait or a new sign-in (L18).
//! 3. Can another process still be running the previous release? A member that is added with a default keeps the version:
//!    the other release ignores it and drops it at its next write. Everything else is a new version, which the other release
//!    refuses with a typed error.
//! 4. Is it a member of the token set? Then [`Grant::set_id`] must cover it (T7). What the sign-in asked for is none.
//! 5. Is it secret? Then it is a [`Secret`](crate::Secret), with `secret::exposed`.
//!
//! Then add a fixture with the new form, and never edit an older one.
//!
//! | version | what changed |
//! |---|---|
//! | 1 | lease with `owner` and `expires_at` (wall clock) |
//! | 2 | lease with `owner` and `beat`; `account` of a grant; `ended_grant`. A claim has no time |
//!
//! Added to version 2 since, each with a default: `requested_scopes` and `id_token` of a grant, `nonce` and `device` of a pending
//! sign-in, and `resources` and `dpop` of both. A release that does not know `dpop` sends bound tokens as Bearer tokens, and the provider
//! refuses them: the user signs in again.

mod grant;
mod key;
mod pending;

pub(crate) use grant::{Grant, TokenSetId, token_type};
pub(crate) use key::BoundKey;
pub(super) use pending::MAX_PENDING;
#[cfg(feature = "device-authorization")]
pub(crate) use pending::PendingDevice;
pub(crate) use pending::{PendingSignIn, Stage};

use super::machine::{self, Event, Phase};
use crate::environment::Timestamp;
use crate::error::{Error, SignInReason, StorageErrorKind};
use crate::secret;
use serde::{Deserialize, Serialize};

/// The version that is written.
const VERSION: u32 = 2;

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

/// The right to refresh (L12). Its owner changes `beat` while its request runs; see `core/src/session/lease.rs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lease {
    pub owner: String,
    #[serde(default)]
    pub beat: u64,
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

    /// The phase of the session, as it is stored.
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

    /// Ends the grant by itself; the phase after it.
    pub fn end(&mut self, reason: EndReason, now: Timestamp) -> Phase {
        let (phase, _) = machine::next(self.phase(now), Event::GrantEnded);
        self.ended_grant = self.grant.take().map(|grant| grant.id);
        self.lease = None;
        self.ended = Some(reason);
        phase
    }
}

#[cfg(test)]
mod tests;
