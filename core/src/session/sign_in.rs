//! Signing in: a URL for the browser, and the callback that it comes back with.
//!
//! What the callback needs is stored before the URL is handed out, so that the app may be killed while its user is on the
//! provider's page (A8). A callback finds its own sign-in by its `state` (RFC 6749 10.12). `state` and `iss` (RFC 9207) are
//! checked before anything is done (A3).

use super::Session;
use super::new_tokens::{Flow, NewTokens};
use super::record::{Grant, PendingSignIn, Stage};
use super::revocations::ReplacedSignIn;
use super::token_endpoint::TokenRequestFailure;
use super::update::Change;
use crate::error::{CallbackErrorKind, Error, ProviderErrorKind, ProviderFailure, Result, SignInReason};
use crate::oauth::authorization::AuthorizationRequest;
use crate::oauth::callback::{self, Callback, Outcome};
use crate::oauth::token::TokenResponse;
use crate::oauth::{pkce, token};
use crate::redaction;
use crate::secret::Secret;
use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;
use url::Url;

/// 256 bits. A2 asks for 128.
const STATE_BYTES: usize = 32;

/// Options of a sign-in. The default suits most apps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SignInOptions {
    /// The scopes to ask for, one an item. Empty means the provider's defaults; for AI Pass `api:access` and
    /// `profile:read`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub scopes: Vec<String>,
    /// The account that the provider's page should suggest, such as an e-mail address.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub login_hint: Option<String>,
    /// What the provider's page should ask for, such as `login` or `consent` (OpenID Connect Core 3.1.2.1).
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prompt: Option<String>,
    /// More parameters of the authorization URL. Those of the protocol itself are refused.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub extra_parameters: HashMap<String, String>,
}

/// A sign-in that was begun.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SignInRequest {
    /// Open this in the system's browser, not in a web view.
    pub url: Url,
    /// A callback after this time is refused.
    pub expires_at: SystemTime,
}

impl std::fmt::Debug for SignInRequest {
    /// Shows no query: it holds the `state` and the app's parameters.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SignInRequest({})", &self.url[..url::Position::AfterPath])
    }
}

impl Session {
    /// Begins a sign-in. The present session is kept until the new one is complete.
    pub async fn begin_sign_in(&self, options: SignInOptions) -> Result<SignInRequest> {
        let now = self.environment.now();
        let scopes = if options.scopes.is_empty() { self.provider.default_scopes.clone() } else { options.scopes };
        let mut extra: Vec<_> = options.extra_parameters.into_iter().collect();
        extra.extend(options.login_hint.map(|hint| ("login_hint".to_owned(), hint)));
        extra.extend(options.prompt.map(|prompt| ("prompt".to_owned(), prompt)));
        let pending = PendingSignIn {
            state: Secret::new(self.environment.random_text(STATE_BYTES)?),
            code_verifier: pkce::code_verifier(&self.environment)?,
            scopes,
            expires_at: now.plus(self.config.sign_in_timeout),
            stage: Stage::Waiting,
        };
        let request = AuthorizationRequest {
            client_id: &self.client.id,
            redirect_uri: &self.redirect_uri,
            scopes: &pending.scopes,
            state: &pending.state,
            code_verifier: &pending.code_verifier,
            extra: &extra,
        };
        let url = request.url(&self.provider)?;
        self.update(|record, now| Ok(Change::Save(record.add_pending(pending.clone(), now), ()))).await?;
        self.memory().set_deadline(&pending.state, self.config.sign_in_timeout, &self.environment);
        Ok(SignInRequest { url, expires_at: pending.expires_at.to_system_time() })
    }

    /// Whether this URL came to this session's redirect URI.
    pub fn is_callback(&self, url: &str) -> bool {
        self.redirect_uri.is_destination_of(url, self.provider.loopback_port)
    }

    /// What became of the sign-in that the last completed one of this process replaced.
    pub fn replaced_sign_in(&self) -> Option<ReplacedSignIn> {
        self.memory().replaced_sign_in.clone()
    }

    /// What became of the last token set that came and could not be kept.
    pub fn discarded_tokens(&self) -> Option<ReplacedSignIn> {
        self.memory().discarded_tokens.clone()
    }

    /// Completes the sign-in that `callback_url` belongs to.
    pub async fn complete_sign_in(self: &Arc<Self>, callback_url: &str) -> Result<()> {
        let callback = callback::read(callback_url, &self.redirect_uri, self.provider.loopback_port)
            .map_err(|kind| Error::InvalidCallback { kind })?;
        let id = self.environment.random_text(12)?; // before the exchange: nothing may fail once there are tokens (T7)
        let (pending, code) = self.claim(callback).await?;
        let request = token::exchange(&self.provider, &self.client, &code, &pending.code_verifier, &self.redirect_uri);
        let known = [&code, &pending.code_verifier, &pending.state];
        match self.token_request(request, &known).await {
            Ok(TokenResponse { tokens, defect }) => {
                let (server_now, offset) = (self.server_now(), self.server_clock_offset_ms());
                let grant = Grant::new(id, tokens, &pending.scopes, server_now, offset);
                let flow = Flow::SignIn { state: pending.state };
                self.keep(NewTokens { grant, flow, defect }).await.map(drop)
            }
            Err(failure) => match self.settle_failed_exchange(&pending.state, &failure).await {
                Ok(true) => Err(failure.into()),
                Ok(false) => Err(Error::Cancelled),
                Err(error) => {
                    // The sign-in stays claimed until it expires. Report why the exchange failed, not why the store did.
                    self.log(format!("the claim stays: {error}"));
                    Err(failure.into())
                }
            },
        }
    }

    /// Gives up all sign-ins that were begun. Their callbacks are refused from now on.
    pub async fn cancel_sign_in(&self) -> Result<()> {
        self.update(|record, now| Ok(Change::Save(record.abandon_pending(now), ()))).await
    }

    /// Checks `state`, then `iss`, then the outcome. Claims the code, so that a second delivery cannot spend it (A8).
    async fn claim(&self, callback: Callback) -> Result<(PendingSignIn, Secret)> {
        let refuse = |kind| Err(Error::InvalidCallback { kind });
        self.update(|record, now| {
            let Some(pending) = record.pending(&callback.state).cloned() else {
                return refuse(CallbackErrorKind::UnknownState);
            };
            if !self.is_own_issuer(callback.issuer.as_deref()) {
                return refuse(CallbackErrorKind::WrongIssuer);
            }
            if pending.stage == Stage::Cancelled {
                return refuse(CallbackErrorKind::Cancelled);
            }
            // A claim has no time limit: the process that made it may have sent the code (L18).
            if pending.stage != Stage::Waiting || pending.code_verifier.expose().is_empty() {
                return refuse(CallbackErrorKind::AlreadyUsed);
            }
            if pending.expires_at <= now {
                return refuse(CallbackErrorKind::Expired);
            }
            match &callback.outcome {
                Outcome::Code(code) => {
                    let phase = record.move_pending(&callback.state, Stage::Claimed, now);
                    Ok(Change::Save(phase, Ok((pending, code.clone()))))
                }
                Outcome::Refused { code, description } => {
                    let phase = record.move_pending(&callback.state, Stage::Spent, now);
                    Ok(Change::Save(phase, Err(refusal(code, description.as_deref(), &callback.state))))
                }
            }
        })
        .await?
    }

    /// Whether the callback's `iss` is this provider's (A4, RFC 9207 2.4). It may be missing where the provider promises none.
    fn is_own_issuer(&self, issuer: Option<&str>) -> bool {
        match issuer {
            Some(issuer) => issuer == self.provider.issuer,
            None => !self.provider.authorization_response_iss,
        }
    }

    /// Marks the code as spent if the provider judged it; otherwise the callback can be delivered again. Returns whether the
    /// sign-in was still waiting for this exchange: it may have been cancelled meanwhile.
    async fn settle_failed_exchange(&self, state: &Secret, failure: &TokenRequestFailure) -> Result<bool> {
        let spent = matches!(failure, TokenRequestFailure::Refused(failure) if failure.is_final());
        let stage = if spent { Stage::Spent } else { Stage::Waiting };
        self.update(|record, now| match record.settle_claim(state, stage, now) {
            (phase, true) => Ok(Change::Save(phase, true)),
            (_, false) => Ok(Change::Leave(false)),
        })
        .await
    }
}

/// The error in a callback without a code (RFC 6749 4.1.2.1).
fn refusal(code: &str, description: Option<&str>, state: &Secret) -> Error {
    let clean = |text: &str| redaction::scrub(text, &[state.expose()]);
    let detail = description.map(clean).filter(|text| !text.trim().is_empty());
    if code == "access_denied" {
        return Error::SignInRequired { reason: SignInReason::Denied, detail };
    }
    let unavailable = matches!(code, "server_error" | "temporarily_unavailable");
    let kind = if unavailable { ProviderErrorKind::Unavailable } else { ProviderErrorKind::SignInRefused };
    let detail = detail.unwrap_or_else(|| "the provider gives no reason".to_owned());
    ProviderFailure { provider_code: Some(clean(code)), ..ProviderFailure::new(kind, detail) }.into()
}
