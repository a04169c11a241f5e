//! What is known of a token, and how many there are.

use chrono::{DateTime, Utc};

use super::{Family, FamilyId, Grants, RefreshToken, Rotation, TokenCounts};
use crate::wire::bearer::Access;

/// What introspection says of a live token.
pub(crate) struct TokenFacts {
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    /// `None`: it does not expire.
    pub(crate) expires: Option<DateTime<Utc>>,
    pub(crate) resource: Option<String>,
    pub(crate) without_user: bool,
    pub(crate) is_refresh: bool,
}

/// Why an access token does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum InvalidToken {
    Unknown,
    Expired,
    Revoked,
}

impl Grants {
    /// What the access token allows, if it is live.
    pub(crate) fn access(&self, token: &str, now: DateTime<Utc>) -> Result<Access, InvalidToken> {
        let access = self.access.get(token).ok_or(InvalidToken::Unknown)?;
        let family = self.families.get(&access.family).filter(|family| !family.revoked).ok_or(InvalidToken::Revoked)?;
        if now >= access.expires {
            return Err(InvalidToken::Expired);
        }
        Ok(Access { client_id: family.client_id.clone(), scopes: family.scopes.clone() })
    }

    /// The client that an access or refresh token was issued to, whether it still works or not.
    pub(crate) fn client_of(&self, token: &str) -> Option<&str> {
        let family = self.refresh.get(token).map(|refresh| refresh.family);
        let family = family.or_else(|| self.access.get(token).map(|access| access.family))?;
        self.families.get(&family).map(|family| family.client_id.as_str())
    }

    /// What a token is, if it is live: RFC 7662.
    pub(crate) fn facts(&self, token: &str, now: DateTime<Utc>) -> Option<TokenFacts> {
        let (family, expires, is_refresh) = match (self.access.get(token), self.refresh.get(token)) {
            (Some(access), _) if now < access.expires => (access.family, Some(access.expires), false),
            (None, Some(refresh)) if self.is_usable(refresh, now) => (refresh.family, refresh.expires, true),
            _ => return None,
        };
        let Family { client_id, scopes, resource, without_user, .. } =
            self.families.get(&family).filter(|family| !family.revoked)?.clone();
        Some(TokenFacts { client_id, scopes, expires, resource, without_user, is_refresh })
    }

    pub(crate) fn counts(&self, now: DateTime<Utc>) -> TokenCounts {
        TokenCounts {
            live_access: self
                .access
                .values()
                .filter(|token| now < token.expires && self.is_live(&token.family))
                .count(),
            live_refresh: self.refresh.values().filter(|token| self.is_usable(token, now)).count(),
            issued_for_codes: self.issued_for_codes,
            issued_for_refreshes: self.issued_for_refreshes,
        }
    }

    fn is_live(&self, family: &FamilyId) -> bool {
        self.families.get(family).is_some_and(|family| !family.revoked)
    }

    pub(super) fn is_usable(&self, token: &RefreshToken, now: DateTime<Utc>) -> bool {
        matches!(token.state, Rotation::Unused | Rotation::InProgress { .. })
            && token.expires.is_none_or(|expires| now < expires)
            && self.is_live(&token.family)
    }
}
