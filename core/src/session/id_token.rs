//! The id_token in the life of a session: a nonce at the beginning, a check of every one that comes, and what becomes of the tokens
//! beside one that is refused. It is checked if the provider names its keys (`jwks_uri`), else ignored.
//!
//! | id_token | at a sign-in | at a refresh (OpenID Connect Core 12.2) |
//! |---|---|---|
//! | missing | stored: some providers that take the scope `openid` issue none | stored |
//! | right | stored, and `sub` is the account | stored |
//! | signed rightly, for another issuer, client or user | revoked; the error says why | revoked, and the session ends: tokens of another user are never used |
//! | refused for any other reason | revoked; the error says why | stored, because the old tokens may be spent (T7); the error says why |
//! | there, and the keys cannot be fetched | the code is not spent, and the callback can be tried again | stored: it need not come at all, so it proves nothing that is needed |
//!
//! The keys are fetched before a code or a refresh token is spent, so that the new tokens are not held back. Only a key that the
//! provider published since then costs a request in between.

use super::Session;
use super::new_tokens::NewTokens;
use super::record::{EndReason, Grant};
use super::revocations::ReplacedSignIn;
use super::update::Change;
use crate::error::{Error, ProviderErrorKind, Result};
use crate::oauth::failure::OAuthFailure;
use crate::oauth::id_token::{self, Expected, IdTokenRefusal};
use crate::oauth::jwa::Algorithm;
use crate::oauth::jwks::KeySet;
use crate::secret::Secret;
use std::sync::Arc;
use std::time::Duration;

/// 256 bits, as those of `state`.
const NONCE_BYTES: usize = 32;
/// A refresh waits no longer than this for keys that it can do without.
const MAX_WAIT_OF_REFRESH: Duration = Duration::from_secs(5);

/// Why it is not known who signed in.
enum Unidentified {
    Refused(IdTokenRefusal),
    /// The key that it names is unknown, and asking for newer ones failed.
    NoNewerKeys(Error),
}

impl From<Unidentified> for OAuthFailure {
    fn from(failure: Unidentified) -> Self {
        let detail = match failure {
            Unidentified::Refused(refusal) => refusal.to_string(),
            Unidentified::NoNewerKeys(error) => format!("{}, and {error}", IdTokenRefusal::NoKey),
        };
        Self::IdToken { detail }
    }
}

impl Session {
    /// Adds a nonce to the parameters of an authorization request that asks for an id_token
    /// ([OpenID Connect Core 3.1.2.1](https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest)). It belongs into the pending
    /// sign-in.
    pub(super) fn add_nonce(
        &self,
        scopes: &[String],
        parameters: &mut Vec<(String, String)>,
    ) -> Result<Option<Secret>> {
        if !self.may_get_id_token(scopes) {
            return Ok(None);
        }
        if parameters.iter().any(|(name, _)| name == "nonce") {
            return Err(Error::invalid_input("extra_parameters", "nonce is set by the library"));
        }
        let nonce = Secret::new(self.environment.random_text(NONCE_BYTES)?);
        parameters.push(("nonce".to_owned(), nonce.expose().to_owned()));
        Ok(Some(nonce))
    }

    /// Fetches the provider's keys if a sign-in with these scopes needs them. Call it before the code is spent.
    pub(super) async fn prepare_id_token_check(&self, scopes: &[String]) -> Result<()> {
        if self.may_get_id_token(scopes) { self.provider_keys().await.map(drop) } else { Ok(()) }
    }

    /// Checks the id_token of a sign-in, if there is one: its `sub` becomes the grant's account, or its refusal the defect of the
    /// token set. `nonce` is what the sign-in sent.
    pub(super) async fn identify(&self, tokens: &mut NewTokens, nonce: Option<&Secret>) {
        let Some(id_token) = tokens.grant.id_token.take() else { return };
        // One that was not asked for is ignored. A token set that cannot be used is given up without it.
        if !self.may_get_id_token(&tokens.grant.requested_scopes) || tokens.defect.is_some() {
            return;
        }
        let checked = match self.provider_keys().await {
            Ok(keys) => self.check_id_token(&id_token, &keys, &tokens.grant, nonce, None).await,
            Err(error) => Err(Unidentified::NoNewerKeys(error)),
        };
        match checked {
            Ok(subject) => self.accept(tokens, subject, id_token),
            Err(failure) => tokens.defect = Some(failure.into()),
        }
    }

    /// Fetches the provider's keys if the refresh of this grant may bring an id_token. Call it before the refresh token is spent.
    pub(super) async fn prepare_refreshed_id_token_check(&self, grant: &Grant) {
        if !self.may_get_id_token(&grant.scopes) && !self.may_get_id_token(&grant.requested_scopes) {
            return;
        }
        if let Ok(Err(error)) = tokio::time::timeout(MAX_WAIT_OF_REFRESH, self.provider_keys()).await {
            self.log(format!("an id_token could not be checked now: {error}"));
        }
    }

    /// Keeps the token set of a refresh of `spent`, unless its id_token says that it belongs to somebody else.
    pub(super) async fn keep_of_same_user(self: &Arc<Self>, spent: &Grant, mut tokens: NewTokens) -> Result<Grant> {
        let id_token = tokens.grant.id_token.take();
        if let Some((id_token, keys)) = id_token.zip(self.provider_keys_in_memory()) {
            let subject = self.known_subject(&spent.id);
            let checked = tokio::select! {
                checked = self.check_id_token(&id_token, &keys, &tokens.grant, None, subject.as_deref()) => checked,
                never = self.renew_lease(spent) => match never {},
            };
            match checked {
                Ok(subject) => self.accept(&mut tokens, subject, id_token),
                Err(Unidentified::Refused(refusal)) if refusal.is_of_other_session() => {
                    return Err(self.end_for(refusal, spent, &tokens.grant).await);
                }
                Err(Unidentified::NoNewerKeys(error)) => self.log(format!("an id_token was not checked: {error}")),
                Err(failure) => tokens.defect = tokens.defect.or(Some(failure.into())),
            }
        }
        self.keep(tokens).await
    }

    /// Whether a userinfo response is about the user of the grant with this id
    /// ([OpenID Connect Core 5.3.2](https://openid.net/specs/openid-connect-core-1_0.html#UserInfoResponse)).
    pub(crate) fn check_subject(&self, grant_id: &str, subject: &str) -> Result<()> {
        match self.known_subject(grant_id) {
            Some(known) if self.provider.jwks_uri.is_some() && known != subject => {
                let detail = "its sub is another user than the one who signed in";
                Err(Error::of_response(ProviderErrorKind::UserInfoRefused, Some(200), detail))
            }
            _ => Ok(()),
        }
    }

    /// Whether these scopes ask for an id_token that can be checked.
    fn may_get_id_token(&self, scopes: &[String]) -> bool {
        let is_verifiable = !Algorithm::allowed(&self.provider.id_token_signing_algorithms).is_empty();
        is_verifiable && self.provider.jwks_uri.is_some() && scopes.iter().any(|scope| scope == "openid")
    }

    /// The user of the grant with this id, if it is the present one.
    fn known_subject(&self, grant_id: &str) -> Option<String> {
        let memory = self.memory();
        let grant = memory.record.as_ref()?.grant.as_ref()?;
        grant.account.clone().filter(|_| grant.id == grant_id)
    }

    /// Checks an id_token. If it names a key that is unknown, newer keys are fetched once.
    async fn check_id_token(
        &self,
        id_token: &Secret,
        keys: &KeySet,
        grant: &Grant,
        nonce: Option<&Secret>,
        subject: Option<&str>,
    ) -> Result<String, Unidentified> {
        let expected = Expected {
            issuer: &self.provider.issuer,
            client_id: &self.client.id,
            algorithms: &Algorithm::allowed(&self.provider.id_token_signing_algorithms),
            nonce,
            subject,
            access_token: &grant.access_token,
            now: self.server_now(),
        };
        let checked = match id_token::check(id_token, keys, &expected) {
            Err(refusal) if refusal.may_be_of_newer_key() => {
                match self.newer_provider_keys().await.map_err(Unidentified::NoNewerKeys)? {
                    Some(newer) => id_token::check(id_token, &newer, &expected),
                    None => Err(refusal),
                }
            }
            checked => checked,
        };
        checked.map_err(Unidentified::Refused)
    }

    fn accept(&self, tokens: &mut NewTokens, subject: String, id_token: Secret) {
        tokens.grant.account = Some(subject);
        tokens.grant.id_token = self.provider.end_session_endpoint.is_some().then_some(id_token);
    }

    /// Ends the session whose refresh brought tokens of another one, and revokes both (L19). Returns the error.
    async fn end_for(self: &Arc<Self>, refusal: IdTokenRefusal, spent: &Grant, foreign: &Grant) -> Error {
        self.memory().spent = Some(spent.set_id()); // no second try, even if the end cannot be stored
        let ended = self.update(|record, now| match record.grant.clone() {
            Some(current) if current.set_id() == spent.set_id() => {
                Ok(Change::Save(record.end(EndReason::GrantEnded, now), Some(current)))
            }
            _ => Ok(Change::Leave(None)),
        });
        match ended.await {
            Ok(Some(current)) => self.revoke_beside(current),
            Ok(None) => {}
            Err(error) => self.log(format!("the end of the session was not stored: {error}")),
        }
        let error = Error::from(OAuthFailure::from(Unidentified::Refused(refusal)));
        match self.discard(foreign, None).await {
            ReplacedSignIn::Revoked { report } => report.named_in(error),
            ReplacedSignIn::LeftSameAccount | ReplacedSignIn::LeftUnknownAccount => error,
        }
    }
}
