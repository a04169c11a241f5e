//! Signing out: the local session always ends, and the provider is asked to revoke its tokens (L7).

use super::Session;
use super::machine::{self, Event};
use super::record::{Grant, Record};
use super::sign_in::ReplacedSignIn;
use super::token_endpoint::CredentialResponse;
use super::update::Change;
use crate::error::{Error, Result};
use crate::oauth::revocation::{self, TokenKind};
use crate::provider::RevocationEncoding;
use crate::secret::Secret;
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
    /// The stored session could not be read, so it is unknown whether there was a token. It may live until it expires.
    Unknown,
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

    fn unknown() -> Self {
        Self { refresh_token: Revocation::Unknown, access_token: Revocation::Unknown }
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
                Revocation::NotNeeded | Revocation::Accepted | Revocation::Unknown => {}
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
            Self::Unknown => 3,
            Self::Refused { .. } => 4,
            Self::NotReached { .. } => 5,
        };
        if rank(&other) > rank(&self) { other } else { self }
    }
}

impl Session {
    /// Signs out. The local session is gone before the provider is asked, so that a kill in between leaves no session.
    ///
    /// # Errors
    /// [`Error::Storage`] if the stored session could not be removed. The provider was asked all the same, and
    /// [`Session::discarded_tokens`] has its response.
    pub async fn sign_out(&self) -> Result<SignOutReport> {
        let mut known = self.memory().record.as_ref().map(|record| record.grant.clone());
        // Empty the record in one update, so that a refresh that returns meanwhile finds the sign-out (L6). The record is not
        // deleted: a delete could remove the sign-in that another process stores at that moment.
        let taken = self
            .update(|record, now| {
                known = Some(record.grant.clone());
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
            Ok(grant) => (Some(grant), Ok(())),
            // A store that cannot be read or written does not prevent a sign-out.
            Err(_) => (known, self.forget().await),
        };
        self.forget_in_memory();
        let (mut report, stored) = match stored {
            Some(grant) => (SignOutReport::nothing_to_revoke(), grant),
            None => (SignOutReport::unknown(), None),
        };
        for grant in unsaved.chain(stored) {
            report = report.and(self.revoke(&grant).await);
        }
        if let Err(error) = forgotten {
            self.memory().discarded_tokens = Some(ReplacedSignIn::Revoked { report });
            return Err(error);
        }
        Ok(report)
    }

    /// Asks the provider to revoke both tokens of a grant (RFC 7009 2.1). The refresh token is first: it lives longer. A provider
    /// that lets the first request time out is not asked again.
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
        if matches!(refresh_token, Revocation::NotReached { error: Error::Timeout { .. } }) {
            return SignOutReport { access_token: refresh_token.clone(), refresh_token };
        }
        let access_token = self.revoke_token(endpoint, grant, &grant.access_token, TokenKind::AccessToken).await;
        SignOutReport { refresh_token, access_token }
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
