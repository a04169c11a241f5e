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
use crate::oauth::{pkce, refusal, token};
use crate::provider::TokenEncoding;
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
    /// Whether to ask also for the scopes that the present session has, and for its `resources` if none are named: for an
    /// app that needs one more scope later, and names only that one in `scopes`. If the user denies or cancels, the present session stays as it is. What was
    /// granted stands in [`AiPass::session_info`](crate::AiPass::session_info).
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub keep_granted_scopes: bool,
    /// Where the tokens are to be used, each an absolute URI without a fragment, such as `https://api.example.com/`
    /// (RFC 8707). Sent byte for byte, also with every refresh. Many providers issue tokens for one resource only.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub resources: Vec<String>,
    /// Whether to send the parameters to the provider ahead, so that the browser carries only a reference to them
    /// (RFC 9126). If the provider requires it, this is done in any case.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub push_parameters: bool,
}

/// A sign-in that was begun.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SignInRequest {
    /// Open this in the system's browser, not in a web view.
    pub url: Url,
    /// Open the URL before this time. A callback is accepted until [`Config::sign_in_timeout`](crate::Config) has
    /// passed, which is this time, too, unless the provider takes its URL for less long (RFC 9126).
    pub expires_at: SystemTime,
}

impl SignInOptions {
    /// The parameters that the app adds to a request for authorization.
    pub(super) fn added_parameters(&mut self) -> Vec<(String, String)> {
        let mut added: Vec<_> = std::mem::take(&mut self.extra_parameters).into_iter().collect();
        added.extend(self.login_hint.take().map(|hint| ("login_hint".to_owned(), hint)));
        added.extend(self.prompt.take().map(|prompt| ("prompt".to_owned(), prompt)));
        added
    }
}

impl std::fmt::Debug for SignInRequest {
    /// Shows no query: it holds the `state` and the app's parameters.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SignInRequest({})", &self.url[..url::Position::AfterPath])
    }
}

impl Session {
    /// Begins a sign-in. The present session is kept until the new one is complete.
    pub async fn begin_sign_in(&self, mut options: SignInOptions) -> Result<SignInRequest> {
        let lifetime = self.config.sign_in_timeout;
        if !options.resources.is_empty() && self.provider.token_encoding == TokenEncoding::CamelCaseJson {
            return Err(Error::Unsupported { what: "resource indicators (RFC 8707)".to_owned() });
        }
        if options.keep_granted_scopes && options.resources.is_empty() {
            options.resources = self.record().await?.grant.map(|grant| grant.resources).unwrap_or_default();
        }
        let mut extra = options.added_parameters();
        let scopes = self.scopes_to_ask_for(options.scopes, options.keep_granted_scopes).await?;
        let nonce = self.add_nonce(&scopes, &mut extra)?;
        let pending = PendingSignIn {
            dpop: self.new_key().await?,
            nonce,
            state: self.new_state()?,
            code_verifier: pkce::code_verifier(&self.environment)?,
            scopes,
            resources: options.resources,
            expires_at: self.environment.now().plus(lifetime),
            stage: Stage::Waiting,
            device: None,
        };
        let request = AuthorizationRequest {
            client_id: &self.client.id,
            redirect_uri: &self.redirect_uri,
            scopes: &pending.scopes,
            state: &pending.state,
            code_verifier: &pending.code_verifier,
            resources: &pending.resources,
            dpop_jkt: pending.dpop.as_ref().map(|key| key.jkt.as_str()),
            extra: &extra,
        };
        let asked_at = self.environment.instant();
        let (url, opens_for) = self.authorization_url(&request, options.push_parameters).await?;
        let stored = self.update(|record, now| {
            // Counted from when it is stored: the clock may have been moved since this call began (L18).
            let pending = PendingSignIn { expires_at: now.plus(lifetime), ..pending.clone() };
            Ok(Change::Save(record.add_pending(pending, now), now))
        });
        let stored_at = stored.await?;
        self.memory().set_deadline(&pending.state, lifetime, &self.environment);
        // The provider's clock runs since it was asked.
        let opens_for = opens_for.map(|life| life.saturating_sub(asked_at.elapsed()));
        let lifetime = opens_for.map_or(lifetime, |life| life.min(lifetime));
        Ok(SignInRequest { url, expires_at: stored_at.plus(lifetime).to_system_time() })
    }

    /// The scopes of a new sign-in: the app's or the provider's defaults, and those of the present session before them if the
    /// app asks for that.
    pub(super) async fn scopes_to_ask_for(&self, named: Vec<String>, keep_granted: bool) -> Result<Vec<String>> {
        let named = if named.is_empty() { self.provider.default_scopes.clone() } else { named };
        let granted = if keep_granted { self.record().await?.grant.map(|grant| grant.scopes) } else { None };
        let mut scopes = granted.unwrap_or_default();
        for scope in named {
            if !scopes.contains(&scope) {
                scopes.push(scope);
            }
        }
        Ok(scopes)
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
        let (verifier, resources) = (&pending.code_verifier, &pending.resources);
        let request = token::exchange(&self.provider, &self.client, &code, verifier, &self.redirect_uri, resources);
        let known = [&code, &pending.code_verifier, &pending.state];
        let exchanged = match self.prepare_id_token_check(&pending.scopes).await {
            Ok(()) => self.token_request(request, &known, pending.dpop.as_ref()).await,
            Err(error) => Err(TokenRequestFailure::NoResponse(error)), // the code was not sent
        };
        match exchanged {
            Ok(granted) => self.keep_signed_in(id, pending, granted).await,
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

    /// Keeps what the token endpoint granted to a sign-in, by a callback or by a device's code. `id` names the new grant.
    pub(super) async fn keep_signed_in(
        self: &Arc<Self>,
        id: String,
        pending: PendingSignIn,
        granted: TokenResponse,
    ) -> Result<()> {
        let TokenResponse { tokens, defect } = granted;
        let (server_now, offset) = (self.server_now(), self.server_clock_offset_ms());
        let grant = Grant::new(id, tokens, &pending.scopes, server_now, offset);
        let grant = Grant { resources: pending.resources, dpop: pending.dpop, ..grant };
        let flow = Flow::SignIn { state: pending.state };
        let mut tokens = NewTokens { grant, flow, defect };
        self.identify(&mut tokens, pending.nonce.as_ref()).await;
        self.keep(tokens).await.map(drop)
    }

    /// A name for a new sign-in, and for the grant that comes of it.
    pub(super) fn new_state(&self) -> Result<Secret> {
        self.environment.random_text(STATE_BYTES).map(Secret::new)
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
                    Ok(Change::Save(phase, Err(callback_error(code, description.as_deref(), &callback.state))))
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
fn callback_error(code: &str, description: Option<&str>, state: &Secret) -> Error {
    let clean = |text: &str| redaction::scrub(text, &[state.expose()]);
    let detail = description.map(clean).filter(|text| !text.trim().is_empty());
    if code == "access_denied" {
        return Error::SignInRequired { reason: SignInReason::Denied, detail };
    }
    let unavailable = matches!(code, "server_error" | "temporarily_unavailable");
    let kind = if unavailable { ProviderErrorKind::Unavailable } else { refusal::kind(Some(code), description) };
    let detail = detail.unwrap_or_else(|| "the provider gives no reason".to_owned());
    ProviderFailure { provider_code: Some(clean(code)), ..ProviderFailure::new(kind, detail) }.into()
}
