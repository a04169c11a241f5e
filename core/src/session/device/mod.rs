//! Signing in with a code that the user enters on another device ([RFC 8628](https://www.rfc-editor.org/rfc/rfc8628)).
//!
//! The codes are stored as a pending sign-in before they are shown, so that an app that was killed can go on (A8). The `state` of
//! that sign-in never leaves the device: it only names the sign-in, so that cancelling, signing out and late token sets work as with
//! every other one (L6). There is one such sign-in at a time: the one before it is cancelled.
//!
//! # Polling
//! Each poll runs on a task of its own, because its response may grant tokens: they are kept also if the caller goes away (T7). All
//! callers of the process share one [`Polling`], so that together they never poll faster than the provider allows.
//!
//! | response | next |
//! |---|---|
//! | `authorization_pending` | after the interval |
//! | `slow_down`, 429 | after the interval, which is 5 s longer from now on, or `Retry-After` if that is longer |
//! | no response, 5xx | after the interval, doubled with each such failure in a row up to 60 s (RFC 8628 3.5) |
//! | `invalid_grant`, unreadable | once more after the interval: another process may just be storing the tokens (L5). Then the error |
//! | `access_denied`, `expired_token`, others | over |
//!
//! Before each poll the store is read: another process may have completed or cancelled the sign-in. The end of the code's life is
//! monotonic (L18). A response with tokens that is lost on its way cannot be had again: the next polls get `invalid_grant`.

mod polling;

pub(super) use polling::Polling;

use super::Session;
use super::record::{PendingDevice, PendingSignIn, Record, Stage};
use super::sign_in::SignInOptions;
use super::token_endpoint::TokenRequestFailure;
use super::update::Change;
use crate::environment::Instant;
use crate::error::{Error, Result, SignInReason};
use crate::net::retry::CallClass;
use crate::oauth::device::{self, DeviceAuthorization, Judgement, MAX_LIFETIME};
use crate::provider::offered;
use crate::secret::Secret;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, SystemTime};
use url::Url;

/// A sign-in that waits until the user has entered a code on another device (RFC 8628).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct DeviceSignIn {
    /// The code that the user enters, such as `WDJB-MJHT`: show it as it is.
    pub user_code: String,
    /// The page where the user enters it: show it as text, because the user types it on the other device.
    pub verification_uri: Url,
    /// The same page with the code in it, for a QR code, if the provider has one. Show the code beside it: the user
    /// compares it with the one on the page.
    pub verification_uri_complete: Option<Url>,
    /// When the code expires, by this device's clock.
    pub expires_at: SystemTime,
    /// How long the library waits between two requests, as the provider asks.
    pub interval: Duration,
}

enum Step {
    WaitUntil(Instant),
    Over(Result<()>),
}

impl Session {
    /// Begins a sign-in with a code. The present session is kept until the new one is complete.
    pub async fn begin_device_sign_in(&self, mut options: SignInOptions) -> Result<DeviceSignIn> {
        let endpoint = self.provider.device_authorization_endpoint.as_ref();
        let endpoint = offered(endpoint, "sign-in with a code on another device")?;
        if !options.resources.is_empty() || options.push_parameters {
            let what = "a resource indicator or pushed parameters in a sign-in with a code on another device";
            return Err(Error::Unsupported { what: what.to_owned() });
        }
        let extra = options.added_parameters();
        let scopes = self.scopes_to_ask_for(options.scopes, options.keep_granted_scopes).await?;
        let state = self.new_state()?;
        let dpop = self.new_key().await?;
        let request = device::authorization_request(endpoint, &self.provider, &self.client, &scopes, &extra)?;
        let response = self.credential_request(request).await?;
        let hosts = &self.config.insecure_development_hosts;
        let codes = self.read_response(&response, &[], |response| device::read(response, endpoint, hosts));
        let codes = match response.broken {
            Some(failure) => return Err(failure.into()),
            None => codes?,
        };
        let (lifetime, answered_at) = (codes.expires_in, self.environment.instant());
        let pending = PendingSignIn {
            state,
            code_verifier: Secret::new(""),
            nonce: None,
            scopes,
            resources: Vec::new(),
            dpop,
            expires_at: self.environment.now().plus(lifetime),
            stage: Stage::Waiting,
            device: Some(codes.into()),
        };
        let stored = self.update(|record, now| {
            // By the clock as it is now, which may have been moved since the response came (L18).
            let left = lifetime.saturating_sub(answered_at.elapsed());
            let pending = PendingSignIn { expires_at: now.plus(left), ..pending.clone() };
            Ok(Change::Save(record.add_pending_device(pending.clone(), now), pending))
        });
        let pending = stored.await?;
        let left = lifetime.saturating_sub(answered_at.elapsed());
        self.memory().set_deadline(&pending.state, left, &self.environment);
        shown(&pending).ok_or_else(|| Error::internal("a device's code cannot be shown"))
    }

    /// The sign-in with a code that waits for its user, if any.
    pub async fn pending_device_sign_in(&self) -> Result<Option<DeviceSignIn>> {
        let record = self.reload().await?;
        let now = self.environment.now();
        let waiting = |pending: &&PendingSignIn| pending.is_waited_for() && pending.expires_at > now;
        Ok(record.pending_device().filter(waiting).and_then(shown))
    }

    /// Waits until the user has decided about the sign-in that was begun last.
    pub async fn complete_device_sign_in(self: &Arc<Self>) -> Result<()> {
        let record = self.reload().await?;
        let Some(pending) = record.pending_device() else { return Err(self.sign_in_required(&record)) };
        loop {
            let mut polling = Arc::clone(&self.shared.polling).lock_owned().await;
            let (session, state) = (Arc::clone(self), pending.state.clone());
            let step = tokio::spawn(async move { session.step(&state, &mut polling).await }).await;
            match step.unwrap_or_else(|_| Err(Error::internal("polling for a sign-in panicked")))? {
                Step::WaitUntil(next) => self.pause(&pending.state, next).await,
                Step::Over(outcome) => return outcome,
            }
        }
    }

    /// Polls if it is time to, and says what comes next.
    async fn step(self: &Arc<Self>, state: &Secret, polling: &mut Polling) -> Result<Step> {
        self.save_unsaved_sign_in().await?; // its code is spent: another poll would end it
        let record = self.reload().await?;
        if let Some(outcome) = self.standing(&record, state) {
            let ended = polling.ended.clone().filter(|_| polling.is_for(state));
            return Ok(Step::Over(ended.map_or(outcome, Err)));
        }
        let Some((pending, device)) = record.pending(state).and_then(|it| Some((it, it.device.as_ref()?))) else {
            return Ok(Step::Over(Err(Error::Cancelled)));
        };
        let left = pending.expires_at.since(self.environment.now()).unwrap_or_default().min(MAX_LIFETIME);
        if !polling.is_for(state) {
            *polling = self.begin_polling(pending, device, left);
        }
        if left.is_zero() {
            let expired = SignInReason::DeviceCodeExpired.into();
            return self.end_device_sign_in(state, expired, polling).await;
        }
        let deadline = self.environment.instant() + left;
        if let Some(next) = polling.next.filter(|next| *next > self.environment.instant()) {
            return Ok(Step::WaitUntil(next.min(deadline)));
        }
        let id = self.environment.random_text(12)?; // before the request: nothing may fail once there are tokens (T7)
        let request = device::token_request(&self.provider, &self.client, &device.device_code);
        let (judgement, failure) = match self.prepare_id_token_check(&pending.scopes).await {
            // The code was not sent: nothing is known about it.
            Err(error) => (Judgement::Unavailable { retry_after: None }, TokenRequestFailure::NoResponse(error)),
            Ok(()) => match self
                .token_request_of(CallClass::Poll, request, &[&device.device_code, state], pending.dpop.as_ref())
                .await
            {
                Ok(granted) => {
                    let outcome = self.keep_signed_in(id, pending.clone(), granted).await;
                    // One that could not be stored is stored later.
                    polling.ended = outcome.clone().err().filter(|error| !matches!(error, Error::Storage { .. }));
                    return Ok(Step::Over(outcome));
                }
                Err(failure) => (polling::judge(&failure), failure),
            },
        };
        match polling.wait_after(judgement) {
            Some(wait) => {
                if matches!(judgement, Judgement::Unavailable { .. } | Judgement::Doubtful) {
                    self.log(format!("a poll for a sign-in failed: {}", Error::from(failure)));
                }
                let next = self.environment.instant() + wait;
                polling.next = Some(next);
                Ok(Step::WaitUntil(next.min(deadline)))
            }
            None => self.end_device_sign_in(state, polling::error_of(judgement, failure), polling).await,
        }
    }

    /// A sign-in that this process began is polled for after its interval, one of an earlier process at once: the user may have
    /// decided long ago. It then expires by this process' monotonic clock, too.
    fn begin_polling(&self, pending: &PendingSignIn, device: &PendingDevice, left: Duration) -> Polling {
        let interval = Duration::from_millis(device.interval_ms);
        let mut memory = self.memory();
        let next = match memory.has_begun(&pending.state) {
            true => Some(self.environment.instant() + interval),
            false => {
                memory.set_deadline(&pending.state, left, &self.environment);
                None
            }
        };
        Polling::begin(pending.state.clone(), interval, next)
    }

    /// Ends a sign-in that failed, unless something else ended it meanwhile.
    async fn end_device_sign_in(&self, state: &Secret, error: Error, polling: &mut Polling) -> Result<Step> {
        let ended = self.update(|record, now| match self.standing(record, state) {
            Some(outcome) => Ok(Change::Leave(outcome)),
            None => Ok(Change::Save(record.settle_claim(state, Stage::Cancelled, now).0, Err(error.clone()))),
        });
        let outcome = ended.await.unwrap_or_else(|storage| {
            // The sign-in stays until it expires. Report why it failed, not why the store did.
            self.log(format!("a sign-in that failed stays pending: {storage}"));
            Err(error.clone())
        });
        polling.ended = outcome.clone().err();
        Ok(Step::Over(outcome))
    }

    /// What became of the sign-in, as the record says; `None` while it is waited for.
    fn standing(&self, record: &Record, state: &Secret) -> Option<Result<()>> {
        match record.pending(state) {
            Some(pending) if pending.is_waited_for() => None,
            // By another caller or process.
            Some(PendingSignIn { stage: Stage::Spent, .. }) => {
                Some(if record.grant.is_some() { Ok(()) } else { Err(self.sign_in_required(record)) })
            }
            _ => Some(Err(Error::Cancelled)),
        }
    }

    /// Waits for the next poll, or until this process learns that the sign-in is over.
    async fn pause(&self, state: &Secret, until: Instant) {
        loop {
            let mut changed = pin!(self.shared.changed.notified());
            changed.as_mut().enable();
            let is_waited_for =
                self.memory().record.as_ref().is_some_and(|record| self.standing(record, state).is_none());
            if !is_waited_for {
                return;
            }
            tokio::select! {
                () = tokio::time::sleep_until(until) => return,
                () = changed => {}
            }
        }
    }
}

impl From<DeviceAuthorization> for PendingDevice {
    fn from(codes: DeviceAuthorization) -> Self {
        Self {
            device_code: codes.device_code,
            user_code: codes.user_code,
            verification_uri: codes.verification_uri.into(),
            verification_uri_complete: codes.verification_uri_complete.map(String::from),
            interval_ms: u64::try_from(codes.interval.as_millis()).unwrap_or(u64::MAX),
        }
    }
}

/// What the app shows of a sign-in with a code.
fn shown(pending: &PendingSignIn) -> Option<DeviceSignIn> {
    let device = pending.device.as_ref()?;
    Some(DeviceSignIn {
        user_code: device.user_code.clone(),
        verification_uri: device.verification_uri.parse().ok()?,
        verification_uri_complete: device.verification_uri_complete.as_ref().and_then(|uri| uri.parse().ok()),
        expires_at: pending.expires_at.to_system_time(),
        interval: Duration::from_millis(device.interval_ms),
    })
}
