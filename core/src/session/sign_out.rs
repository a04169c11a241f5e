//! Signing out: the local session always ends, and the provider is asked to revoke its tokens (L7).

use super::Session;
use super::machine::{self, Event};
use super::record::{Grant, Record};
use super::revocations::{ReplacedSignIn, Revocation, SignOutReport};
use super::token_endpoint::CredentialResponse;
use super::update::Change;
use crate::error::Result;
use crate::oauth::revocation::{self, TokenKind};
use crate::provider::RevocationEncoding;
use crate::secret::Secret;
use std::sync::Arc;
use url::Url;

impl Session {
    /// Signs out. The local session is gone before the provider is asked, so that a kill in between leaves no session.
    ///
    /// # Errors
    /// [`Error::Storage`](crate::Error::Storage) if the stored session could not be removed. The provider was asked all the same, and
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
        let mut timed_out = None;
        for grant in unsaved.chain(stored) {
            // The user waits for one time limit, not for one a token set.
            let outcome = match &timed_out {
                Some(timed_out) => SignOutReport::not_asked(&grant, timed_out),
                None => self.revoke(&grant).await,
            };
            if outcome.access_token.timed_out() {
                timed_out = Some(outcome.access_token.clone());
            }
            report = report.and(outcome);
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
            Some(token) => self.revoke_token(endpoint, Some(&grant.access_token), token, TokenKind::RefreshToken).await,
            None => Revocation::NotNeeded,
        };
        if refresh_token.timed_out() {
            return SignOutReport::not_asked(grant, &refresh_token);
        }
        let access_token = &grant.access_token;
        let access_token = self.revoke_token(endpoint, Some(access_token), access_token, TokenKind::AccessToken).await;
        SignOutReport { refresh_token, access_token }
    }

    /// Asks the provider to revoke a token of the caller's. The session is not changed.
    pub async fn revoke_by_caller(self: &Arc<Self>, token: &Secret, kind: TokenKind) -> Revocation {
        let Some(endpoint) = &self.provider.revocation_endpoint else { return Revocation::NotOffered };
        let bearer = match kind {
            TokenKind::AccessToken => Some(token.clone()),
            // Only for the query of AI Pass's older form, which a provider's own session may authorize.
            TokenKind::RefreshToken => self.grant_now().await.ok().flatten().map(|grant| grant.access_token),
        };
        self.revoke_token(endpoint, bearer.as_ref(), token, kind).await
    }

    /// `bearer` is the access token that authorizes a revocation by query.
    async fn revoke_token(
        &self,
        endpoint: &Url,
        bearer: Option<&Secret>,
        token: &Secret,
        kind: TokenKind,
    ) -> Revocation {
        let by_query = || revocation::by_query(endpoint, bearer, token);
        let encoding = self.provider.revocation_encoding;
        let first = match encoding {
            RevocationEncoding::Query => by_query(),
            RevocationEncoding::Form | RevocationEncoding::FormThenQuery => {
                revocation::by_form(endpoint, &self.provider, &self.client, token, kind)
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
