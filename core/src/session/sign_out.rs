//! Signing out: locally at once and always, at the provider as far as it goes (L7).

use super::machine::{self, Event};
use super::record::{Grant, Record};
use super::token_endpoint::CredentialResponse;
use super::{Change, Session, unsaved};
use crate::error::{Error, Result};
use crate::oauth::revocation::{self, TokenKind};
use crate::provider::RevocationEncoding;
use crate::secret::Secret;
use url::Url;

/// What the provider said to the revocation of each token. Locally the user is signed out, whatever it says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SignOutReport {
    /// The refresh token.
    pub refresh_token: Revocation,
    /// The access token.
    pub access_token: Revocation,
}

/// What became of a token's revocation.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Revocation {
    /// There was no such token, or the provider offers no revocation.
    NotNeeded,
    /// The provider accepted the request. It may say so to anything (RFC 7009 2.2), so this does not mean "revoked".
    Accepted,
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

impl Session {
    /// Signs out. The local session is gone before the provider is asked, so that a kill in between leaves nobody signed in.
    ///
    /// # Errors
    /// [`Error::Storage`] if the stored session could not be removed; its tokens were revoked all the same.
    pub async fn sign_out(&self) -> Result<SignOutReport> {
        let known = self.memory().record.as_ref().and_then(|record| record.grant.clone());
        // Taken out in one step, so that a refresh that comes back meanwhile never slips in between (L6). An empty record
        // stays: a delete could take away what another process signs in with in that moment.
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
        let mut unsaved = unsaved::take_all(&self.key);
        let newest = unsaved.pop().map(|arrival| arrival.grant);
        for orphan in unsaved {
            self.revoke(&orphan.grant).await;
        }
        let (stored, forgotten) = match taken {
            Ok(grant) => (grant, Ok(())),
            // An unreadable store keeps nobody from signing out.
            Err(_) => (known, self.forget().await),
        };
        self.forget_in_memory();
        let report = match newest.or(stored) {
            Some(grant) => self.revoke(&grant).await,
            None => SignOutReport { refresh_token: Revocation::NotNeeded, access_token: Revocation::NotNeeded },
        };
        forgotten.map(|()| report)
    }

    /// Asks the provider to revoke both tokens of a grant, the refresh token first: it is the one that lasts.
    pub(super) async fn revoke(&self, grant: &Grant) -> SignOutReport {
        let Some(endpoint) = &self.provider.revocation_endpoint else {
            return SignOutReport { refresh_token: Revocation::NotNeeded, access_token: Revocation::NotNeeded };
        };
        let refresh_token = match &grant.refresh_token {
            Some(token) => self.revoke_token(endpoint, grant, token, TokenKind::RefreshToken).await,
            None => Revocation::NotNeeded,
        };
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
