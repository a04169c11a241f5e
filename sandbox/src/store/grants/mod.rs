//! Codes, access tokens and refresh tokens, and the families they belong to.
//!
//! A family is every token that came from one sign-in. If its code or a refresh token is used twice, someone has a copy: the
//! whole family is revoked (RFC 6749 §4.1.2, RFC 9700 §4.14.2).

mod inspection;
mod session;

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::code::{Code, CodeExchange, CodeRequest};
use crate::random;
use crate::wire::bearer::{ACCESS_TOKEN_PREFIX, REFRESH_TOKEN_PREFIX};
use crate::wire::errors::RequestError;

pub(crate) use inspection::{InvalidToken, TokenFacts};
pub(crate) use session::Session;

/// Tokens that would be accepted now, and how many were issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TokenCounts {
    /// Access tokens that are neither expired nor revoked.
    pub live_access: usize,
    /// Refresh tokens that are neither used nor revoked.
    pub live_refresh: usize,
    /// Token sets issued for an authorization code.
    pub issued_for_codes: usize,
    /// Token sets issued for a refresh token.
    pub issued_for_refreshes: usize,
}

type FamilyId = u64;

/// Every code and token that was issued. Codes live for a minute and are not kept beyond the process.
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
    /// RFC 8707: what the tokens are for. `None`: the provider itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    resource: Option<String>,
    /// Whether the client acts for itself (RFC 6749 §4.4), without a user.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    without_user: bool,
    /// The access token that the latest refresh replaced. State files call it `former_access`.
    #[serde(default, rename = "former_access")]
    previous_access: Option<String>,
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

/// What the token endpoint issues.
pub(crate) struct TokenSet {
    pub(crate) access_token: String,
    pub(crate) refresh_token: Option<String>,
    pub(crate) scopes: Vec<String>,
    /// RFC 8707: what the tokens are for.
    pub(crate) resource: Option<String>,
}

/// What a new family of tokens allows.
pub(crate) struct Permission {
    pub(crate) client_id: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) resource: Option<String>,
    pub(crate) without_user: bool,
}

/// When the tokens of a new set expire.
#[derive(Clone, Copy)]
pub(crate) struct Expiry {
    pub(crate) access: DateTime<Utc>,
    /// Whether the set has a refresh token.
    pub(crate) has_refresh: bool,
    /// `None`: never.
    pub(crate) refresh: Option<DateTime<Utc>>,
}

/// Why a refresh cannot begin.
pub(crate) enum RefreshError {
    InvalidGrant(RequestError),
    /// The same token is being refreshed; that refresh takes this much longer.
    InProgress(TimeDelta),
}

fn invalid_grant(text: &str) -> RequestError {
    RequestError::bad_request("invalid_grant", text)
}

impl Grants {
    pub(crate) fn issue_code(&mut self, code: String, request: CodeRequest, expires: DateTime<Utc>) {
        self.codes.insert(code, Code::new(request, expires));
    }

    /// Exchanges a code for a token set. The first attempt of the code's own client spends it, right or wrong: a second
    /// attempt is reuse.
    pub(crate) fn exchange_code(
        &mut self,
        exchange: &CodeExchange<'_>,
        now: DateTime<Utc>,
        expiry: Expiry,
    ) -> Result<TokenSet, RequestError> {
        let code = self.codes.get_mut(exchange.code).ok_or_else(|| invalid_grant("The code is unknown."))?;
        if code.request.client_id != exchange.client_id {
            return Err(invalid_grant("The code was issued to another client."));
        }
        if code.spent {
            if let Some(family) = code.family {
                self.revoke_family(family);
            }
            return Err(invalid_grant("The code was already used; the tokens issued for it are revoked."));
        }
        code.spent = true;
        code.check(exchange, now).map_err(invalid_grant)?;
        code.family = Some(self.next_family);
        let CodeRequest { client_id, scopes, resource, .. } = code.request.clone();
        self.issued_for_codes += 1;
        Ok(self.grant(Permission { client_id, scopes, resource, without_user: false }, expiry))
    }

    /// Issues the first tokens of a new family.
    pub(crate) fn grant(&mut self, permission: Permission, expiry: Expiry) -> TokenSet {
        let family = self.next_family;
        self.next_family += 1;
        let Permission { client_id, scopes, resource, without_user } = permission;
        let known = Family { client_id, scopes, revoked: false, resource, without_user, previous_access: None };
        let tokens = self.issue(family, &known, expiry);
        self.families.insert(family, known);
        tokens
    }

    /// What a code was requested for, whether it still works or not.
    pub(crate) fn request_of(&self, code: &str) -> Option<&CodeRequest> {
        self.codes.get(code).map(|code| &code.request)
    }

    /// Begins a refresh. Until it is finished, the token is in use.
    pub(crate) fn begin_refresh(
        &mut self,
        token: &str,
        client_id: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), RefreshError> {
        let invalid = |text: &str| Err(RefreshError::InvalidGrant(invalid_grant(text)));
        let Some(refresh) = self.refresh.get_mut(token) else {
            return invalid("The refresh token is unknown.");
        };
        let family = refresh.family;
        match self.families.get(&family) {
            Some(known) if known.client_id != client_id => {
                return invalid("The refresh token was issued to another client.");
            }
            Some(known) if !known.revoked => {}
            _ => return invalid("The refresh token is revoked."),
        }
        match refresh.state {
            Rotation::Unused if refresh.expires.is_some_and(|expires| now >= expires) => {
                invalid("The refresh token has expired.")
            }
            Rotation::Unused => {
                refresh.state = Rotation::InProgress { until };
                Ok(())
            }
            Rotation::InProgress { until } => Err(RefreshError::InProgress(until - now)),
            Rotation::Revoked => invalid("The refresh token is revoked."),
            Rotation::Used => {
                self.revoke_family(family);
                invalid("The refresh token was already used; all tokens of this sign-in are revoked.")
            }
        }
    }

    /// Finishes a refresh: the old tokens stop working, the new ones work. wire: refresh rotates both tokens
    pub(crate) fn finish_refresh(&mut self, token: &str, expiry: Expiry) -> Result<TokenSet, RequestError> {
        let revoked = || invalid_grant("The refresh token was revoked meanwhile.");
        let refresh = self.refresh.get_mut(token).ok_or_else(revoked)?;
        let family = refresh.family;
        let known = self.families.get(&family).filter(|known| !known.revoked).ok_or_else(revoked)?;
        if refresh.state == Rotation::Revoked {
            return Err(revoked());
        }
        refresh.state = Rotation::Used;
        let known = known.clone();
        let previous = self.access.iter().find(|(_, access)| access.family == family).map(|(token, _)| token.clone());
        self.access.retain(|_, access| access.family != family);
        if let (Some(previous), Some(known)) = (previous, self.families.get_mut(&family)) {
            known.previous_access = Some(previous);
        }
        self.issued_for_refreshes += 1;
        Ok(self.issue(family, &known, expiry))
    }

    /// Revokes one token. RFC 7009 §2.1: a refresh token with everything that it can renew; an access token alone, so that a
    /// test notices a client that forgets to revoke the refresh token.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.access.remove(token);
        if let Some(refresh) = self.refresh.get_mut(token) {
            refresh.state = Rotation::Revoked;
            let family = refresh.family;
            self.revoke_family(family);
        }
    }

    /// Revokes the access token that a refresh has just issued, and makes the previous one work in its place.
    pub(crate) fn restore_previous_access_token(&mut self, issued: &str) -> Option<String> {
        let access = *self.access.get(issued)?;
        let previous = self.families.get_mut(&access.family)?.previous_access.take()?;
        self.access.remove(issued);
        self.access.insert(previous.clone(), access);
        Some(previous)
    }

    /// Makes another text work in place of an access token that was just issued.
    pub(crate) fn rename_access_token(&mut self, issued: &str, name: String) {
        if let Some(access) = self.access.remove(issued) {
            self.access.insert(name, access);
        }
    }

    /// Revokes every token and code of a client.
    pub(crate) fn revoke_client(&mut self, client_id: &str) {
        let families = self.families.values_mut().filter(|family| family.client_id == client_id);
        families.for_each(|family| family.revoked = true);
        self.codes.retain(|_, code| code.request.client_id != client_id);
    }

    /// Makes refresh tokens usable again whose refresh was under way when the sandbox ended.
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

    fn revoke_family(&mut self, family: FamilyId) {
        if let Some(family) = self.families.get_mut(&family) {
            family.revoked = true;
        }
    }

    fn issue(&mut self, family: FamilyId, known: &Family, expiry: Expiry) -> TokenSet {
        let access_token = random::secret(ACCESS_TOKEN_PREFIX);
        self.access.insert(access_token.clone(), AccessToken { family, expires: expiry.access });
        let refresh_token = expiry.has_refresh.then(|| random::secret(REFRESH_TOKEN_PREFIX));
        if let Some(token) = &refresh_token {
            let refresh = RefreshToken { family, expires: expiry.refresh, state: Rotation::Unused };
            self.refresh.insert(token.clone(), refresh);
        }
        TokenSet { access_token, refresh_token, scopes: known.scopes.clone(), resource: known.resource.clone() }
    }
}
