//! The lifecycle of a session, from the sign-in button to the sign-out. It joins the protocol ([`oauth`], without I/O) and the
//! network ([`net`](crate::net)), and keeps the result in a [`SessionStore`].
//!
//! # The journey
//! 1. **Begin** ([`sign_in`]). [`Session::begin_sign_in`] makes `state` and a code verifier, stores both as a *pending
//!    sign-in*, and only then returns the URL for the browser (A8). The app may be killed now. Where the provider requires it,
//!    the parameters are sent to it before ([`pushed`]).
//! 2. **Callback** ([`sign_in`]). [`Session::complete_sign_in`] finds the pending sign-in by its `state`, checks `state` and
//!    `iss` (A3), and *claims* it: a second delivery of the same URL is refused from here on. The code is exchanged at the
//!    token endpoint ([`token_endpoint`]). If the sign-in was cancelled meanwhile, the outcome is too late and changes
//!    nothing. An id_token that comes along is checked ([`id_token`]). If the app asked for it, the tokens are bound to a key of
//!    this device ([`dpop`]).
//! 3. **Keep** ([`new_tokens`]). Every token set that the provider grants, at sign-in or refresh, goes through
//!    [`Session::keep`]: stored before anyone sees it (L3), or given up, never dropped (T7). If the store fails, memory keeps
//!    it, and it is tried again ([`saving`]).
//! 4. **Call** ([`refresh`]). A call gets the access token from memory. A token that lives is handed out at once, also when a
//!    refresh is due; the refresh then runs beside the call (L15). Before a call that costs money the store is read, because
//!    another process may have signed out (L17).
//! 5. **Refresh** ([`flights`], [`lease`], [`refresh`]). Callers of this process share one refresh. Processes take turns
//!    by a lease in the record, which its owner renews while it lives (L16).
//! 6. **End.** The provider refuses the refresh token (`invalid_grant`), or refuses an access token that it has just issued:
//!    the session needs a new sign-in (T6). What is left of it is given up (L19, [`give_up`]).
//!    A session without a refresh token ends with its access token, and is announced before that ([`ending`]).
//! 7. **Another device** (`device`). A sign-in without a callback: a pending sign-in that holds a device's code, and polls until
//!    the user has decided elsewhere. From its token set on it is a sign-in like every other.
//! 8. **Sign out** ([`sign_out`]). The stored session goes first, then the provider is asked to revoke (L7).
//!
//! # Where things are
//! - [`record`]: what is stored, one record per issuer, client and account label (L10), in a [`SessionStore`] ([`store`],
//!   [`sealed_file`]). It is changed only by compare-and-swap, in [`update`].
//! - [`shared`]: what the clients of one session share in this process, above all a copy of the record. Neither a call with a
//!   fresh token nor a look at the state waits for the store or for a refresh (L8).
//! - [`machine`]: the phases of a session and the events that change them, as one table.

mod authorized;
mod client_credentials;
#[cfg(feature = "device-authorization")]
pub(crate) mod device;
#[cfg_attr(not(feature = "dpop"), path = "no_dpop.rs")]
pub(crate) mod dpop;
#[cfg(feature = "dpop")]
pub(crate) mod dpop_key;
mod ending;
pub(crate) mod entries;
mod flights;
mod give_up;
#[cfg_attr(not(feature = "openid"), path = "no_id_token.rs")]
mod id_token;
#[cfg(feature = "introspection")]
mod introspection;
mod lease;
pub(crate) mod machine;
mod new_tokens;
#[cfg(feature = "dpop")]
mod nonces;
#[cfg(feature = "openid")]
mod provider_keys;
mod pushed;
pub(crate) mod record;
pub(crate) mod refresh;
pub(crate) mod revocations;
mod saving;
#[cfg(test)]
pub(crate) mod scheduled;
pub(crate) mod sealed_file;
mod shared;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod store;
pub(crate) mod token_endpoint;
mod unsaved;
mod update;

use crate::config::Config;
use crate::environment::{Environment, Timestamp};
use crate::error::{Error, Result, SignInReason};
use crate::hex::hex;
use crate::net::HttpClient;
use crate::oauth::{self, redirect_uri::RedirectUri};
use crate::provider::Provider;
use machine::Phase;
use record::Record;
use sha2::{Digest, Sha256};
use shared::{Memory, Shared};
use std::sync::atomic::Ordering;
use std::sync::{Arc, MutexGuard};
use store::SessionStore;
use tokio::sync::watch;

/// Below this, a difference between the server's clock and ours is the header's one-second grain and the way it took.
const CLOCK_GRAIN: i64 = 2_000;

/// The state of a session, for the app's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SessionState {
    /// No user is signed in.
    SignedOut,
    /// A sign-in was begun and its callback has not come yet.
    SigningIn,
    /// Signed in.
    SignedIn,
    /// Signed in, and every call works, but the session ends soon and cannot be refreshed: the provider gave no refresh
    /// token. Offer a new sign-in, which replaces this one. [`SessionInfo::ends_at`](crate::SessionInfo) says when it
    /// ends, and [`Config::sign_in_again_before`](crate::Config) how long before that this state begins.
    EndsSoon,
    /// Signed in, and this process is fetching a new access token. Calls wait for it only if the old one has expired.
    Refreshing,
    /// The session has ended, and the user must sign in again.
    NeedsSignIn {
        /// Why.
        reason: SignInReason,
    },
}

/// One account's session with one provider.
pub(crate) struct Session {
    provider: Arc<Provider>,
    client: oauth::Client,
    redirect_uri: RedirectUri,
    http: HttpClient,
    environment: Environment,
    config: Config,
    shared: Arc<Shared>,
    client_tokens: client_credentials::ClientTokens,
    #[cfg(feature = "dpop")]
    dpop: Option<dpop_key::DpopKey>,
    #[cfg(feature = "openid")]
    keys: provider_keys::ProviderKeys,
}

/// What a session is made of.
pub(crate) struct Parts {
    pub provider: Arc<Provider>,
    pub client: oauth::Client,
    pub redirect_uri: RedirectUri,
    pub account: String,
    pub http: HttpClient,
    pub config: Config,
    pub store: Arc<dyn SessionStore>,
    #[cfg(feature = "dpop")]
    pub dpop: Option<dpop_key::DpopKey>,
}

impl Session {
    pub fn new(parts: Parts) -> Arc<Self> {
        let environment = parts.http.environment.clone();
        let key = session_key(&parts.provider.issuer, &parts.client.id, &parts.account);
        let shared = Shared::open(&environment, parts.store, key);
        let before = u64::try_from(parts.config.sign_in_again_before.as_millis()).unwrap_or(u64::MAX);
        shared.sign_in_again_before_ms.fetch_max(before, Ordering::Relaxed);
        Arc::new(Self {
            shared,
            provider: parts.provider,
            client: parts.client,
            redirect_uri: parts.redirect_uri,
            http: parts.http,
            environment,
            config: parts.config,
            client_tokens: client_credentials::ClientTokens::default(),
            #[cfg(feature = "dpop")]
            dpop: parts.dpop,
            #[cfg(feature = "openid")]
            keys: provider_keys::ProviderKeys::default(),
        })
    }

    /// Where the session stands, as memory knows it; from the store the first time. Never waits for a refresh (L8).
    pub async fn state(self: &Arc<Self>) -> Result<SessionState> {
        self.save_unsaved_sign_in().await?;
        self.record().await?;
        self.publish(); // a pending sign-in may have expired
        Ok(*self.shared.state.borrow())
    }

    /// The same where it does not take the store.
    pub fn state_in_memory(&self) -> Option<SessionState> {
        if !self.is_known() || self.shared.unsaved_sign_in().is_some() {
            return None;
        }
        self.publish();
        Some(*self.shared.state.borrow())
    }

    /// Reads what other processes changed.
    pub async fn see_other_processes(&self) {
        if let Err(error) = self.reload().await {
            self.log(format!("the store could not be read: {error}"));
            self.publish(); // time has passed all the same
        }
    }

    /// Identifies the completed sign-in, so that nothing cached for one account is returned to another (L10).
    pub async fn grant_id(&self) -> Result<Option<String>> {
        Ok(self.record().await?.grant.map(|grant| grant.id))
    }

    /// The same where it does not take the store.
    pub fn grant_id_in_memory(&self) -> Option<Option<String>> {
        if self.shared.unsaved_sign_in().is_some() {
            return None;
        }
        Some(self.memory().record.as_ref()?.grant.as_ref().map(|grant| grant.id.clone()))
    }

    /// The completed sign-in, and the provider's id of its user once that is known.
    pub async fn grant_and_subject(&self) -> Result<(Option<String>, Option<String>)> {
        Ok(self.record().await?.grant.map_or((None, None), |grant| (Some(grant.id), grant.account)))
    }

    /// The grant of the signed-in user, if any.
    pub async fn grant_now(self: &Arc<Self>) -> Result<Option<record::Grant>> {
        self.save_unsaved_sign_in().await?;
        Ok(self.record().await?.grant)
    }

    /// The states from now on.
    pub fn subscribe(&self) -> watch::Receiver<SessionState> {
        self.shared.state.subscribe()
    }

    /// The id of the completed sign-in's grant from now on.
    pub fn subscribe_to_grant(&self) -> watch::Receiver<Option<String>> {
        self.shared.grant.subscribe()
    }

    /// Takes the server's clock from a response (L11).
    pub fn observe_server_time(&self, headers: &http::HeaderMap) {
        if let Some(server) = crate::net::server_time(headers) {
            let offset = server.0.saturating_sub(self.environment.now().0);
            let offset = if offset.abs() < CLOCK_GRAIN { 0 } else { offset };
            self.memory().set_server_clock(offset, &self.environment);
        }
    }

    /// The server's clock minus the device's, in milliseconds.
    pub fn server_clock_offset_ms(&self) -> i64 {
        let offset = self.server_now().0.saturating_sub(self.environment.now().0);
        if offset.abs() < CLOCK_GRAIN { 0 } else { offset }
    }

    /// Forgets everything without reading it, so that it also works when the store's key is lost (L14).
    pub async fn forget(&self) -> Result<()> {
        let _turn = self.shared.turn.lock().await;
        self.with_store(|store, key| store.delete(key)).await?;
        self.shared.take_unsaved();
        self.forget_in_memory();
        Ok(())
    }

    fn forget_in_memory(&self) {
        self.memory().forget();
        self.publish();
    }

    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.shared.memory()
    }

    /// Whether memory has the record.
    fn is_known(&self) -> bool {
        self.memory().record.is_some()
    }

    fn server_now(&self) -> Timestamp {
        self.memory().server_now(&self.environment)
    }

    fn log(&self, text: String) {
        self.http.log.write(self.environment.now(), format!("session: {text}"));
    }

    /// Publishes the state to subscribers, if it changed.
    fn publish(&self) {
        let now = self.environment.now();
        let (state, grant, ends_at) = {
            let memory = self.memory();
            let record = memory.record.as_ref();
            let state = match record.map_or(Phase::SignedOut, |record| record.phase(now)) {
                Phase::SignedIn => {
                    record.map_or(SessionState::SignedIn, |record| self.signed_in_state(&memory, record, now))
                }
                // Another process' lease says nothing to this one's screen; that process may be dead.
                Phase::Refreshing if self.shared.flights.is_any_running() => SessionState::Refreshing,
                Phase::Refreshing => SessionState::SignedIn,
                Phase::SigningIn => SessionState::SigningIn,
                Phase::SignedOut => SessionState::SignedOut,
                Phase::NeedsSignIn => SessionState::NeedsSignIn { reason: sign_in_reason(record) },
            };
            let grant = record.and_then(|record| record.grant.as_ref());
            (state, grant.map(|grant| grant.id.clone()), grant.and_then(record::Grant::ends_at))
        };
        self.shared.grant.send_if_modified(|current| std::mem::replace(current, grant.clone()) != grant);
        self.shared.ends_at.send_if_modified(|current| std::mem::replace(current, ends_at) != ends_at);
        let changed = self.shared.state.send_if_modified(|current| std::mem::replace(current, state) != state);
        if changed {
            self.log(format!("{state:?}"));
        }
        #[cfg(feature = "device-authorization")]
        self.shared.changed.notify_waiters();
    }

    fn sign_in_required(&self, record: &Record) -> Error {
        Error::from(sign_in_reason(Some(record)))
    }
}

fn sign_in_reason(record: Option<&Record>) -> SignInReason {
    record.and_then(|record| record.ended).map_or(SignInReason::NotSignedIn, SignInReason::from)
}

/// The name under which a session is stored: the same for the same issuer, client and account label, and for no other (L10).
pub(crate) fn session_key(issuer: &str, client_id: &str, account: &str) -> String {
    let mut digest = Sha256::new();
    for part in [issuer, client_id, account] {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    format!("one.aipass.session.{}", hex(&digest.finalize()[..16]))
}
