//! A grant: what a completed sign-in gave, with its newest token set.

use super::BoundKey;
use crate::environment::{Timestamp, millis};
use crate::oauth::token::{TokenType, Tokens};
use crate::secret::{self, Secret};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// What a completed sign-in gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Grant {
    /// Identifies this sign-in through all its refreshes, so that a late token set of another sign-in is recognised (L6).
    pub id: String,
    /// The provider's id of the user (`sub`), once it is known (L19).
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
    /// Where the sign-in asked to use the tokens (RFC 8707): every refresh asks for the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resources: Vec<String>,
    /// The newest id_token, which tells the provider at a logout who is meant. Kept only if the provider has such an endpoint.
    #[serde(with = "secret::exposed::option", default, skip_serializing_if = "Option::is_none")]
    pub id_token: Option<Secret>,
    /// The key that the tokens are bound to; none of Bearer tokens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpop: Option<BoundKey>,
}

/// Tells token sets apart, by all of their members (T7): a digest, so that it is no copy of a secret.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TokenSetId([u8; 32]);

impl std::fmt::Debug for TokenSetId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("TokenSetId(…)")
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
            resources: Vec::new(),
            id_token: tokens.id_token,
            dpop: None,
        }
    }

    /// The same grant with its next token set. A missing refresh token keeps the old one (T4).
    pub fn refreshed(&self, tokens: Tokens, server_now: Timestamp, offset_ms: i64) -> Self {
        let mut next = Self::new(self.id.clone(), tokens, &self.scopes, server_now, offset_ms);
        next.requested_scopes.clone_from(&self.requested_scopes); // if the response has no scope, the granted ones stay; the requested ones always do
        next.refresh_token = next.refresh_token.or_else(|| self.refresh_token.clone());
        next.account.clone_from(&self.account);
        next.resources.clone_from(&self.resources);
        next.dpop.clone_from(&self.dpop);
        next
    }

    /// How the access token is sent.
    pub fn token_type(&self) -> TokenType {
        token_type(self.dpop.as_ref())
    }

    /// Which token set of which sign-in this is. The account is no member of it: it is learnt later. Nor is
    /// the id_token: no call is made with it. The key belongs to the sign-in.
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

/// How tokens are sent that are bound to this key, or to none.
pub(crate) fn token_type(key: Option<&BoundKey>) -> TokenType {
    if key.is_some() { TokenType::Dpop } else { TokenType::Bearer }
}
