//! Codes, access tokens and refresh tokens, and the families they belong to.
//!
//! A family is all that came from one sign-in. Reuse of its code or of a refresh token that was already used means that
//! someone has a copy: the whole family dies (RFC 6749 §4.1.2, RFC 9700 §4.14.2).

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::handle::TokenCounts;
use crate::random;
use crate::server::refusal::Refusal;
use crate::sign_in::authorization_request::AuthorizationRequest;
use crate::sign_in::pkce;

/// What every access token starts with, so that a leaked one is recognised anywhere.
pub(crate) const ACCESS_TOKEN_PREFIX: &str = "sandbox_at_";
/// What every refresh token starts with.
pub(crate) const REFRESH_TOKEN_PREFIX: &str = "sandbox_rt_";

type FamilyId = u64;

/// Everything issued. Codes live for a minute and are not kept beyond the process.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct Grants {
    next_family: FamilyId,
    families: BTreeMap<FamilyId, Family>,
    #[serde(skip)]
    codes: HashMap<String, Code>,
    access: BTreeMap<String, AccessToken>,
    refresh: BTreeMap<String, RefreshToken>,
    issued_for_codes: usize,
    issued_for_refreshes: usize,
}

#[derive(Clone, Serialize, Deserialize)]
struct Family {
    client_id: String,
    scopes: Vec<String>,
    revoked: bool,
    /// What the latest refresh replaced.
    #[serde(default)]
    former_access: Option<String>,
}

struct Code {
    request: AuthorizationRequest,
    expires: DateTime<Utc>,
    /// Whether it was presented, and the family that came of it.
    spent: Option<Option<FamilyId>>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
struct AccessToken {
    family: FamilyId,
    expires: DateTime<Utc>,
}

#[derive(Serialize, Deserialize)]
struct RefreshToken {
    family: FamilyId,
    /// `None`: works until it is used or revoked.
    expires: Option<DateTime<Utc>>,
    state: Rotation,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Rotation {
    Unused,
    InProgress { until: DateTime<Utc> },
    Used,
    Revoked,
}

/// A fresh pair of tokens.
pub(crate) struct TokenPair {
    pub(crate) access_token: String,
    pub(crate) refresh_token: String,
    pub(crate) scopes: Vec<String>,
}

/// When a new pair expires.
#[derive(Clone, Copy)]
pub(crate) struct Expiry {
    pub(crate) access: DateTime<Utc>,
    /// `None`: never.
    pub(crate) refresh: Option<DateTime<Utc>>,
}

/// What a live access token stands for.
pub(crate) struct Access {
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
}

/// Why a refresh does not begin.
pub(crate) enum RefreshRefused {
    InvalidGrant(Refusal),
    /// The same token is being refreshed; it will have been for another while of this length.
    InProgress(TimeDelta),
}

/// What an authorization code is exchanged with.
pub(crate) struct CodeExchange<'a> {
    pub(crate) code: &'a str,
    pub(crate) client_id: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) code_verifier: &'a str,
}

fn invalid_grant(text: &str) -> Refusal {
    Refusal::bad_request("invalid_grant", text)
}

impl Grants {
    pub(crate) fn issue_code(&mut self, code: String, request: AuthorizationRequest, expires: DateTime<Utc>) {
        self.codes.insert(code, Code { request, expires, spent: None });
    }

    /// Exchanges a code. Whatever its own client presents it with, it is spent: a second attempt, right or wrong, is reuse.
    pub(crate) fn redeem(
        &mut self,
        exchange: &CodeExchange<'_>,
        now: DateTime<Utc>,
        expiry: Expiry,
    ) -> Result<TokenPair, Refusal> {
        let code = self.codes.get_mut(exchange.code).ok_or_else(|| invalid_grant("The code is unknown."))?;
        if code.request.client_id != exchange.client_id {
            return Err(invalid_grant("The code was issued to another client."));
        }
        if let Some(family) = code.spent {
            if let Some(family) = family {
                self.revoke_family(family);
            }
            return Err(invalid_grant("The code was already used; the tokens issued for it are revoked."));
        }
        code.spent = Some(None);
        if now >= code.expires {
            return Err(invalid_grant("The code has expired."));
        }
        if code.request.redirect_uri != exchange.redirect_uri {
            return Err(invalid_grant("redirectUri is not the one that the code was requested with."));
        }
        if !pkce::verifies(exchange.code_verifier, &code.request.code_challenge) {
            return Err(invalid_grant("codeVerifier does not match the code challenge."));
        }
        let family = self.next_family;
        self.next_family += 1;
        code.spent = Some(Some(family));
        let (client_id, scopes) = (code.request.client_id.clone(), code.request.scopes.clone());
        self.families.insert(family, Family { client_id, scopes: scopes.clone(), revoked: false, former_access: None });
        self.issued_for_codes += 1;
        Ok(self.issue_pair(family, scopes, expiry))
    }

    /// Begins a refresh: until it is finished, the token is in use.
    pub(crate) fn begin_refresh(
        &mut self,
        token: &str,
        client_id: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), RefreshRefused> {
        let refused = |text: &str| Err(RefreshRefused::InvalidGrant(invalid_grant(text)));
        let Some(refresh) = self.refresh.get_mut(token) else {
            return refused("The refresh token is unknown.");
        };
        let family = refresh.family;
        match self.families.get(&family) {
            Some(known) if known.client_id != client_id => {
                return refused("The refresh token was issued to another client.");
            }
            Some(known) if !known.revoked => {}
            _ => return refused("The refresh token is revoked."),
        }
        match refresh.state {
            Rotation::Unused if refresh.expires.is_some_and(|expires| now >= expires) => {
                refused("The refresh token has expired.")
            }
            Rotation::Unused => {
                refresh.state = Rotation::InProgress { until };
                Ok(())
            }
            Rotation::InProgress { until } => Err(RefreshRefused::InProgress(until - now)),
            Rotation::Revoked => refused("The refresh token is revoked."),
            Rotation::Used => {
                self.revoke_family(family);
                refused("The refresh token was already used; all tokens of this sign-in are revoked.")
            }
        }
    }

    /// Finishes a refresh: the old pair is dead, the new one is live. wire: refresh rotates the pair
    pub(crate) fn finish_refresh(&mut self, token: &str, expiry: Expiry) -> Result<TokenPair, Refusal> {
        let revoked = || invalid_grant("The refresh token was revoked meanwhile.");
        let refresh = self.refresh.get_mut(token).ok_or_else(revoked)?;
        let family = refresh.family;
        let known = self.families.get(&family).filter(|known| !known.revoked).ok_or_else(revoked)?;
        if refresh.state == Rotation::Revoked {
            return Err(revoked());
        }
        refresh.state = Rotation::Used;
        let scopes = known.scopes.clone();
        let former = self.access.iter().find(|(_, access)| access.family == family).map(|(token, _)| token.clone());
        self.access.retain(|_, access| access.family != family);
        if let (Some(former), Some(known)) = (former, self.families.get_mut(&family)) {
            known.former_access = Some(former);
        }
        self.issued_for_refreshes += 1;
        Ok(self.issue_pair(family, scopes, expiry))
    }

    /// What `token` allows, if it is live.
    pub(crate) fn access(&self, token: &str, now: DateTime<Utc>) -> Option<Access> {
        let access = self.access.get(token).filter(|access| now < access.expires)?;
        let family = self.families.get(&access.family).filter(|family| !family.revoked)?;
        Some(Access { client_id: family.client_id.clone(), scopes: family.scopes.clone() })
    }

    /// The client that an access or refresh token was issued to, dead or alive.
    pub(crate) fn client_of(&self, token: &str) -> Option<&str> {
        let family = self.refresh.get(token).map(|refresh| refresh.family);
        let family = family.or_else(|| self.access.get(token).map(|access| access.family))?;
        self.families.get(&family).map(|family| family.client_id.as_str())
    }

    /// Revokes one token. RFC 7009 §2.1: with a refresh token goes all that it can renew; an access token goes alone, so
    /// that a client that forgets the refresh token is found out.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.access.remove(token);
        if let Some(refresh) = self.refresh.get_mut(token) {
            refresh.state = Rotation::Revoked;
            let family = refresh.family;
            self.revoke_family(family);
        }
    }

    /// Takes back the access token that a refresh has just issued, and revives the former one in its place.
    pub(crate) fn keep_former_access_token(&mut self, issued: &str) -> Option<String> {
        let access = *self.access.get(issued)?;
        let former = self.families.get_mut(&access.family)?.former_access.take()?;
        self.access.remove(issued);
        self.access.insert(former.clone(), access);
        Some(former)
    }

    /// Ends all sessions of a client.
    pub(crate) fn revoke_client(&mut self, client_id: &str) {
        let own = self.families.values_mut().filter(|family| family.client_id == client_id);
        own.for_each(|family| family.revoked = true);
        self.codes.retain(|_, code| code.request.client_id != client_id);
    }

    /// Makes tokens usable whose refresh was under way when the sandbox ended.
    pub(crate) fn reset_unfinished_refreshes(&mut self) {
        for token in self.refresh.values_mut() {
            if matches!(token.state, Rotation::InProgress { .. }) {
                token.state = Rotation::Unused;
            }
        }
    }

    pub(crate) fn revoke_all(&mut self) {
        self.families.values_mut().for_each(|family| family.revoked = true);
    }

    pub(crate) fn expire_access_tokens(&mut self) {
        self.access.values_mut().for_each(|access| access.expires = DateTime::<Utc>::MIN_UTC);
    }

    pub(crate) fn counts(&self, now: DateTime<Utc>) -> TokenCounts {
        let alive = |family: &FamilyId| self.families.get(family).is_some_and(|family| !family.revoked);
        let usable = |token: &&RefreshToken| {
            matches!(token.state, Rotation::Unused | Rotation::InProgress { .. })
                && token.expires.is_none_or(|expires| now < expires)
                && alive(&token.family)
        };
        TokenCounts {
            live_access: self.access.values().filter(|token| now < token.expires && alive(&token.family)).count(),
            live_refresh: self.refresh.values().filter(usable).count(),
            issued_for_codes: self.issued_for_codes,
            issued_for_refreshes: self.issued_for_refreshes,
        }
    }

    fn revoke_family(&mut self, family: FamilyId) {
        if let Some(family) = self.families.get_mut(&family) {
            family.revoked = true;
        }
    }

    fn issue_pair(&mut self, family: FamilyId, scopes: Vec<String>, expiry: Expiry) -> TokenPair {
        let access_token = random::secret(ACCESS_TOKEN_PREFIX);
        let refresh_token = random::secret(REFRESH_TOKEN_PREFIX);
        self.access.insert(access_token.clone(), AccessToken { family, expires: expiry.access });
        self.refresh
            .insert(refresh_token.clone(), RefreshToken { family, expires: expiry.refresh, state: Rotation::Unused });
        TokenPair { access_token, refresh_token, scopes }
    }
}
