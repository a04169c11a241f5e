//! The sign-ins there were, without their tokens.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{FamilyId, Grants, Rotation};

/// One sign-in, or one grant to a client for itself. It tells when tokens expire, and no part of a token.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Session {
    number: FamilyId,
    client_id: String,
    scopes: Vec<String>,
    state: SessionState,
    /// When its access token expires; `None` if none works.
    access_expires: Option<DateTime<Utc>>,
    /// How often its tokens were refreshed.
    refreshes: usize,
    /// Whether the client acts for itself, without a user.
    without_user: bool,
}

/// What the client can still do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum SessionState {
    /// Its access token works.
    Live,
    /// Its access token does not work, but its refresh token does.
    AccessExpired,
    /// Nothing works any more: a new sign-in is needed.
    Ended,
    /// The same, because the permission was withdrawn or a token was used twice.
    Revoked,
}

impl Grants {
    /// The newest `most` sign-ins, newest first.
    pub(crate) fn sessions(&self, most: usize, now: DateTime<Utc>) -> Vec<Session> {
        let mut access: BTreeMap<FamilyId, DateTime<Utc>> = BTreeMap::new();
        for token in self.access.values() {
            access
                .entry(token.family)
                .and_modify(|latest| *latest = token.expires.max(*latest))
                .or_insert(token.expires);
        }
        // Of each family how often it was refreshed, and whether it can be again.
        let mut refresh: BTreeMap<FamilyId, (usize, bool)> = BTreeMap::new();
        for token in self.refresh.values() {
            let (refreshes, usable) = refresh.entry(token.family).or_default();
            *refreshes += usize::from(token.state == Rotation::Used);
            *usable |= self.is_usable(token, now);
        }
        let newest = self.families.iter().rev().take(most);
        newest
            .map(|(number, family)| {
                let live = |expires: &DateTime<Utc>| !family.revoked && now < *expires;
                let access_expires = access.get(number).copied().filter(live);
                let (refreshes, usable) = refresh.get(number).copied().unwrap_or_default();
                let state = match access_expires {
                    _ if family.revoked => SessionState::Revoked,
                    Some(_) => SessionState::Live,
                    _ if usable => SessionState::AccessExpired,
                    _ => SessionState::Ended,
                };
                Session {
                    number: *number,
                    client_id: family.client_id.clone(),
                    scopes: family.scopes.clone(),
                    state,
                    access_expires,
                    refreshes,
                    without_user: family.without_user,
                }
            })
            .collect()
    }
}
