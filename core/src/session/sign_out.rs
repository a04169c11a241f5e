//! Signing out: the local session always ends, and the provider is asked to revoke its tokens (L7). Also what becomes of a
//! grant that another one replaces, and of tokens that could not be kept (L19).

use super::Session;
use super::machine::{self, Event};
use super::record::{Grant, Record};
use super::sign_in::ReplacedSignIn;
use super::token_endpoint::CredentialResponse;
use super::update::Change;
use crate::error::{Error, Result};
use crate::oauth::revocation::{self, TokenKind};
use crate::oauth::userinfo;
use crate::provider::RevocationEncoding;
use crate::secret::Secret;
use bytes::Bytes;
use http::{Request, header};
use std::sync::Arc;
use url::Url;

/// The provider's response to the revocation of each kind of token. The local session has ended, whatever it is.
///
/// Several token sets may be revoked: the stored one, and one that could not be stored. The report then has the worst result
/// of each kind.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SignOutReport {
    /// The refresh tokens.
    pub refresh_token: Revocation,
    /// The access tokens.
    pub access_token: Revocation,
}

/// What became of a token's revocation.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Revocation {
    /// There was no such token.
    NotNeeded,
    /// The provider accepted the request. It may say so to anything (RFC 7009 2.2), so this does not mean "revoked".
    Accepted,
    /// The provider offers no revocation: it names no endpoint for it. The token lives until it expires.
    NotOffered,
    /// The provider refused, with this HTTP status. The token may live until it expires.
    Refused {
        /// The HTTP status.
        status: u16,
    },
    /// The provider could not be reached. The token may live until it expires.
    NotReached {
        /// Why not.
        error: Error,
    },
}

impl SignOutReport {
    fn nothing_to_revoke() -> Self {
        Self { refresh_token: Revocation::NotNeeded, access_token: Revocation::NotNeeded }
    }

    /// The worse result of each kind of token.
    pub(super) fn and(self, other: Self) -> Self {
        Self {
            refresh_token: self.refresh_token.or_worse(other.refresh_token),
            access_token: self.access_token.or_worse(other.access_token),
        }
    }

    /// The error of a sign-in whose token set was given up. Names the tokens that may live on (L19).
    pub(super) fn named_in(&self, mut error: Error) -> Error {
        let worst = self.refresh_token.clone().or_worse(self.access_token.clone());
        if let Error::Provider { detail, .. } | Error::RateLimited { detail, .. } = &mut error {
            match worst {
                Revocation::NotNeeded | Revocation::Accepted => {}
                Revocation::NotOffered => {
                    detail.push_str("; its tokens live until they expire: the provider offers no revocation");
                }
                Revocation::Refused { status } => {
                    detail
                        .push_str(&format!("; its tokens were not revoked: the provider refused with status {status}"));
                }
                Revocation::NotReached { error } => {
                    detail.push_str(&format!("; its tokens were not revoked: {error}"));
                }
            }
        }
        error
    }
}

impl Revocation {
    fn or_worse(self, other: Self) -> Self {
        let rank = |revocation: &Self| match revocation {
            Self::NotNeeded => 0,
            Self::Accepted => 1,
            Self::NotOffered => 2,
            Self::Refused { .. } => 3,
            Self::NotReached { .. } => 4,
        };
        if rank(&other) > rank(&self) { other } else { self }
    }
}

impl Session {
    /// Signs out. The local session is gone before the provider is asked, so that a kill in between leaves no session.
    ///
    /// # Errors
    /// [`Error::Storage`] if the stored session could not be removed; its tokens were revoked all the same.
    pub async fn sign_out(&self) -> Result<SignOutReport> {
        let known = self.memory().record.as_ref().and_then(|record| record.grant.clone());
        // Empty the record in one update, so that a refresh that returns meanwhile finds the sign-out (L6). The record is not
        // deleted: a delete could remove the sign-in that another process stores at that moment.
        let taken = self
            .update(|record, now| {
                if *record == Record::default() {
                    return Ok(Change::Leave(None));
                }
                let (phase, _) = machine::next(record.phase(now), Event::SignedOut);
                let grant = std::mem::take(record).grant;
                Ok(Change::Save(phase, grant))
            })
            .await;
        let unsaved = self.shared.take_unsaved().into_iter().map(|tokens| tokens.grant);
        let (stored, forgotten) = match taken {
            Ok(grant) => (grant, Ok(())),
            // A store that cannot be read does not prevent a sign-out.
            Err(_) => (known, self.forget().await),
        };
        self.forget_in_memory();
        let mut report = SignOutReport::nothing_to_revoke();
        for grant in unsaved.chain(stored) {
            report = report.and(self.revoke(&grant).await);
        }
        forgotten.map(|()| report)
    }

    /// Asks the provider to revoke both tokens of a grant (RFC 7009 2.1). The refresh token is first: it lives longer.
    pub(super) async fn revoke(&self, grant: &Grant) -> SignOutReport {
        let Some(endpoint) = &self.provider.revocation_endpoint else {
            let has_refresh_token = grant.refresh_token.is_some();
            let refresh_token = if has_refresh_token { Revocation::NotOffered } else { Revocation::NotNeeded };
            return SignOutReport { refresh_token, access_token: Revocation::NotOffered };
        };
        let refresh_token = match &grant.refresh_token {
            Some(token) => self.revoke_token(endpoint, grant, token, TokenKind::RefreshToken).await,
            None => Revocation::NotNeeded,
        };
        let access_token = self.revoke_token(endpoint, grant, &grant.access_token, TokenKind::AccessToken).await;
        SignOutReport { refresh_token, access_token }
    }

    /// Revokes what is left of a session that the provider ended. The caller does not wait for it.
    pub(super) fn revoke_beside(self: &Arc<Self>, grant: Grant) {
        if grant.refresh_token.is_none() && grant.remaining(self.server_now()).is_some_and(|left| left.is_zero()) {
            return; // nothing that works is left
        }
        let session = Arc::clone(self);
        tokio::spawn(async move { session.discard(&grant, None).await });
    }

    /// Gives up a token set that no session can use any more, and remembers what became of it: the call that brought it
    /// returns an error, which cannot say so (L19). `current` is the grant in use, if any.
    pub(super) async fn discard(&self, grant: &Grant, current: Option<&Grant>) -> ReplacedSignIn {
        let became = match current {
            Some(current) => self.give_up(grant, current).await,
            None => ReplacedSignIn::Revoked { report: self.revoke(grant).await },
        };
        self.log(format!("a token set was given up: {became:?}"));
        self.memory().discarded_tokens = Some(became.clone());
        became
    }

    /// Gives up the grants that a completed sign-in replaced (L19), and remembers what became of them.
    pub(super) async fn give_up_replaced(&self, replaced: Vec<Grant>, current: &Grant) {
        let mut outcome = None;
        for mut grant in replaced {
            let mut current = current.clone();
            if !self.provider.revocation_ends_one_token_set {
                self.learn_accounts(&mut grant, &mut current).await;
            }
            let became = self.give_up(&grant, &current).await;
            outcome = Some(match (outcome, became) {
                (Some(ReplacedSignIn::Revoked { report }), ReplacedSignIn::Revoked { report: next }) => {
                    ReplacedSignIn::Revoked { report: report.and(next) }
                }
                (Some(left @ (ReplacedSignIn::LeftSameAccount | ReplacedSignIn::LeftUnknownAccount)), _) => left,
                (_, became) => became,
            });
        }
        if let Some(outcome) = &outcome {
            self.log(format!("a sign-in was replaced: {outcome:?}"));
        }
        self.memory().replaced_sign_in = outcome;
    }

    /// Revokes `grant` while `current` is in use, where that cannot end `current` too: at many servers a revocation ends all
    /// grants of the account. So the accounts must be known and differ, or the provider must be known to end one token set
    /// only.
    pub(super) async fn give_up(&self, grant: &Grant, current: &Grant) -> ReplacedSignIn {
        let is_other = grant.account.as_ref().zip(current.account.as_ref()).map(|(before, now)| before != now);
        let left = match is_other {
            Some(false) => ReplacedSignIn::LeftSameAccount,
            _ => ReplacedSignIn::LeftUnknownAccount,
        };
        if is_other != Some(true) && !self.provider.revocation_ends_one_token_set {
            return left;
        }
        // A provider that does not rotate gives the same refresh token again.
        let refresh_token = grant.refresh_token.clone().filter(|token| current.refresh_token.as_ref() != Some(token));
        if grant.access_token == current.access_token || (refresh_token.is_none() && grant.refresh_token.is_some()) {
            return left;
        }
        ReplacedSignIn::Revoked { report: self.revoke(&Grant { refresh_token, ..grant.clone() }).await }
    }

    /// Asks the provider for the accounts of the two grants, if they are unknown.
    async fn learn_accounts(&self, replaced: &mut Grant, current: &mut Grant) {
        if current.account.is_none() {
            current.account = self.ask_account(current).await;
            if let Some(account) = &current.account {
                self.note_account(&current.id, account).await;
            }
        }
        if current.account.is_some() && replaced.account.is_none() {
            replaced.account = self.ask_account(replaced).await;
        }
    }

    /// `sub` of the userinfo response, if the provider has that endpoint and the access token still works.
    async fn ask_account(&self, grant: &Grant) -> Option<String> {
        let endpoint = self.provider.userinfo_endpoint.as_ref()?;
        if grant.remaining(self.server_now()).is_some_and(|left| left.is_zero()) {
            return None;
        }
        let mut bearer = header::HeaderValue::try_from(format!("Bearer {}", grant.access_token.expose())).ok()?;
        bearer.set_sensitive(true);
        let request = Request::builder()
            .uri(endpoint.as_str())
            .header(header::AUTHORIZATION, bearer)
            .header(header::ACCEPT, "application/json")
            .body(Bytes::new());
        match self.credential_request(request).await {
            Ok(CredentialResponse { status: 200..300, body, broken: None, .. }) => {
                userinfo::read(&body).map(|info| info.subject)
            }
            _ => None,
        }
    }

    /// Stores the account of the grant with this id. If that fails, the provider is asked again when it is needed.
    pub(crate) async fn note_account(&self, grant_id: &str, account: &str) {
        let noted = self.update(|record, now| {
            let phase = record.phase(now);
            match record
                .grant
                .as_mut()
                .filter(|grant| grant.id == grant_id && grant.account.as_deref() != Some(account))
            {
                Some(grant) => {
                    grant.account = Some(account.to_owned());
                    Ok(Change::Save(phase, ()))
                }
                None => Ok(Change::Leave(())),
            }
        });
        if let Err(error) = noted.await {
            self.log(format!("the account was not stored: {error}"));
        }
    }

    async fn revoke_token(&self, endpoint: &Url, grant: &Grant, token: &Secret, kind: TokenKind) -> Revocation {
        let by_query = || revocation::by_query(endpoint, &grant.access_token, token);
        let encoding = self.provider.revocation_encoding;
        let first = match encoding {
            RevocationEncoding::Query => by_query(),
            RevocationEncoding::Form | RevocationEncoding::FormThenQuery => {
                revocation::by_form(endpoint, &self.client, token, kind)
            }
        };
        let mut response = self.credential_request(first).await;
        if let (Ok(CredentialResponse { status, body, .. }), RevocationEncoding::FormThenQuery) = (&response, encoding)
            && revocation::form_was_not_read(*status, body)
        {
            response = self.credential_request(by_query()).await;
        }
        outcome(response)
    }
}

fn outcome(response: Result<CredentialResponse>) -> Revocation {
    match response {
        Ok(CredentialResponse { status: 200..300, .. }) => Revocation::Accepted,
        Ok(CredentialResponse { status, .. }) => Revocation::Refused { status },
        Err(error) => Revocation::NotReached { error },
    }
}
