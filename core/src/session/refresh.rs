//! Access tokens for calls: the one in memory while it lives, else the next one.
//!
//! | the token in memory | the call |
//! |---|---|
//! | lives, and no refresh is due | gets it; nothing is sent |
//! | lives for `min_ttl`, and a refresh is due | gets it at once; a refresh runs beside it (L15) |
//! | lives for less than `min_ttl`, but the provider issues longer ones | waits for the refresh |
//! | expired, or refused with a 401 | waits for the refresh |
//!
//! A refresh takes the record's lease (`lease.rs`), sends its request without holding a lock, stores the new token set, and
//! only then returns it (L3). The process may die between any two of these steps: the store then holds the old token set or
//! the new one.
//!
//! # After a 401
//! A call whose token is refused with a 401 refreshes once and is repeated once (L4). No refresh is made where the refused token
//! itself came of such a refresh less than [`REST_AFTER_REFUSAL`] ago, whether or not the API accepted it meanwhile. That rule
//! is about refusals only: a token that has expired by the server's `Date` is refreshed as any expired token is (L1, L11).
//!
//! # Without a refresh token
//! The token is used until it expires; the session ends then (`NoRefreshToken`), see `ending.rs`. A refusal before that ends the
//! session only if the API names the token as invalid (`AccessRefused`, T6).

use super::Session;
use super::flights::Flight;
use super::lease::Turn;
use super::new_tokens::{Flow, NewTokens};
use super::record::{EndReason, Grant, Record, TokenSetId};
use super::token_endpoint::TokenRequestFailure;
use super::update::Change;
use crate::environment::Instant;
use crate::error::{Error, Result, SignInReason, StorageErrorKind};
use crate::oauth::token::{self, TokenResponse};
use crate::secret::Secret;
use std::sync::Arc;
use std::time::Duration;

/// While the old token lives, a provider that just failed is not asked again for this long.
const REST_AFTER_FAILURE: Duration = Duration::from_secs(10);
/// A token that replaced a refused one is not replaced for another refusal within this time (L4).
const REST_AFTER_REFUSAL: Duration = Duration::from_secs(30);

/// A server's `Date` has whole seconds: a token that seems to live for less may have expired.
pub(super) const DATE_RESOLUTION: Duration = Duration::from_secs(1);

/// Why the provider gave no token set.
enum RefreshFailure {
    GrantEnded,
    Other(Error),
}

impl Session {
    /// The access token for a call of the library's own. Before one that costs money the store is read: another process
    /// may have signed out or changed the account (L17).
    pub async fn grant_for_call(self: &Arc<Self>, costs_money: bool) -> Result<Grant> {
        if costs_money {
            match self.reload().await {
                // A store that is locked is locked for the other processes, too: they changed nothing.
                Err(Error::Storage { kind: StorageErrorKind::Unavailable, .. }) if self.is_known() => {}
                outcome => drop(outcome?),
            }
        }
        self.live_grant(Duration::ZERO).await
    }

    /// An access token that lives for at least `min_ttl`, if the provider issues such tokens. Refreshes if necessary.
    pub async fn access_token(self: &Arc<Self>, min_ttl: Duration) -> Result<Secret> {
        self.live_grant(min_ttl).await.map(|grant| grant.access_token)
    }

    /// The grant with such an access token.
    pub(super) async fn live_grant(self: &Arc<Self>, min_ttl: Duration) -> Result<Grant> {
        let grant = self.grant().await?;
        if !self.is_due(&grant, min_ttl) {
            return Ok(grant);
        }
        // If the token set that replaces it could not be stored, the call waits for the store and returns its error (L3).
        let is_spent = self.shared.unsaved_successor_of(grant.set_id()).is_some();
        if !is_spent && self.lives_for(&grant, min_ttl) {
            if !self.refresh_failed_lately() {
                drop(Flight::join_or_start(self, &grant)); // goes on by itself
            }
            return Ok(grant);
        }
        // A running refresh may be waiting for another process, between two looks at the store. If that process has stored a
        // token that lives, the call does not wait (L15).
        if !is_spent
            && self.shared.flights.is_any_running()
            && let Ok(Record { grant: Some(stored), .. }) = self.reload_shared().await
            && self.lives_for(&stored, min_ttl)
        {
            return Ok(stored);
        }
        let next = self.refresh(&grant).await?;
        // One that another process stored may live for less than this caller asks for.
        let is_short = self.lives_for(&next, Duration::ZERO) && !self.lives_for(&next, min_ttl);
        if is_short && !self.was_refreshed_lately(&next) { self.refresh(&next).await } else { Ok(next) }
    }

    /// The same, if it takes neither the store nor a refresh.
    pub fn access_token_in_memory(&self, min_ttl: Duration) -> Option<Secret> {
        if self.shared.unsaved_sign_in().is_some() {
            return None;
        }
        let grant = self.memory().record.as_ref()?.grant.clone()?;
        (self.may_hold_key_of(&grant) && !self.is_due(&grant, min_ttl)).then_some(grant.access_token)
    }

    /// The grant for the repeat after the API refused `rejected` with a 401, however fresh it looked (L4). Its token is
    /// `rejected` itself where the 30 s of the module's docs forbid a refresh.
    pub async fn replace_rejected(self: &Arc<Self>, rejected: &Secret) -> Result<Grant> {
        let grant = self.grant().await?;
        if self.memory().grant_of(rejected).is_some_and(|owner| owner != grant.id) {
            // The account was changed meanwhile: the call must not be repeated for the other one (L10).
            return Err(Error::from(SignInReason::NotSignedIn));
        }
        let is_expired = !self.lives_for(&grant, DATE_RESOLUTION);
        if grant.access_token != *rejected || (self.replaced_a_refused_lately(grant.set_id()) && !is_expired) {
            return Ok(grant);
        }
        let next = self.refresh(&grant).await?;
        // One that another process had stored before may be old: it may be replaced at once if it is refused, too.
        if self.was_refreshed_lately(&next) {
            self.memory().replaced_a_refused = Some((next.set_id(), self.environment.instant()));
        }
        Ok(next)
    }

    /// Replaces the token set now, however long it lives.
    pub async fn refresh_now(self: &Arc<Self>) -> Result<()> {
        let grant = self.grant().await?;
        if grant.refresh_token.is_none() {
            return Err(Error::from(SignInReason::NoRefreshToken));
        }
        self.refresh(&grant).await.map(drop)
    }

    /// Whether a refresh of this process brought this token just now, so that its refusal says something of the grant (T6).
    pub fn is_fresh(&self, token: &Secret) -> bool {
        let grant = self.memory().record.as_ref().and_then(|record| record.grant.clone());
        grant.is_some_and(|grant| grant.access_token == *token && self.was_refreshed_lately(&grant))
    }

    /// The current grant, unless its key is lost for sure. Reads the store before it returns [`Error::SignInRequired`]: another
    /// process may have signed in (L12).
    async fn grant(self: &Arc<Self>) -> Result<Grant> {
        self.save_unsaved_sign_in().await?;
        if let Some(grant) = self.record().await?.grant.filter(|grant| self.may_hold_key_of(grant)) {
            return Ok(grant);
        }
        let record = self.reload().await?;
        match &record.grant {
            Some(grant) if self.may_hold_key_of(grant) => Ok(grant.clone()),
            Some(_) => Err(Error::from(SignInReason::DpopKeyLost)),
            None => Err(self.sign_in_required(&record)),
        }
    }

    /// Ends the session because the API refused a token that had just been issued, if it still is the current one (T6).
    /// What is left of it is revoked (L19). On a task of its own: the caller may go away.
    pub async fn end_after_rejection_of(self: &Arc<Self>, refused: &Secret) -> Result<()> {
        let (session, refused) = (Arc::clone(self), refused.clone());
        let ended = tokio::spawn(async move { session.end_if_current(&refused).await }).await;
        ended.unwrap_or_else(|_| Err(Error::internal("ending a session panicked")))
    }

    async fn end_if_current(self: &Arc<Self>, refused: &Secret) -> Result<()> {
        let ended = self.update(|record, now| match record.grant.clone() {
            Some(grant) if grant.access_token == *refused => {
                Ok(Change::Save(record.end(EndReason::AccessRefused, now), Some(grant)))
            }
            _ => Ok(Change::Leave(None)),
        });
        if let Some(grant) = ended.await? {
            self.revoke_beside(grant);
        }
        Ok(())
    }

    /// Whether a refresh is due: some time before the token expires, by the server's clock (L1).
    fn is_due(&self, grant: &Grant, min_ttl: Duration) -> bool {
        let memory = self.memory();
        let Some(remaining) = grant.remaining(memory.server_now(&self.environment)) else { return false };
        let lifetime = grant.lifetime().unwrap_or(Duration::MAX);
        let jitter = (self.config.refresh_ahead / 2).mul_f64(memory.refresh_jitter);
        let ahead = self.config.refresh_ahead.saturating_add(jitter).min(lifetime / 5);
        let ahead = if grant.refresh_token.is_some() { ahead } else { Duration::ZERO };
        remaining.is_zero() || remaining < ahead.max(attainable(min_ttl, grant))
    }

    pub(super) fn lives_for(&self, grant: &Grant, min_ttl: Duration) -> bool {
        grant.remaining(self.server_now()).is_none_or(|remaining| remaining > attainable(min_ttl, grant))
    }

    fn refresh_failed_lately(&self) -> bool {
        let failed_at = self.memory().refresh_failed_at;
        failed_at.is_some_and(|at| self.environment.instant().saturating_duration_since(at) < REST_AFTER_FAILURE)
    }

    fn replaced_a_refused_lately(&self, set: TokenSetId) -> bool {
        let replaced = self.memory().replaced_a_refused;
        self.is_of_late(replaced, set)
    }

    fn was_refreshed_lately(&self, grant: &Grant) -> bool {
        let refreshed = self.memory().refreshed;
        self.is_of_late(refreshed, grant.set_id())
    }

    fn is_of_late(&self, noted: Option<(TokenSetId, Instant)>, set: TokenSetId) -> bool {
        let since = |at| self.environment.instant().saturating_duration_since(at);
        noted.is_some_and(|(other, at)| other == set && since(at) < REST_AFTER_REFUSAL)
    }

    /// Replaces the token set that the caller saw. All callers share one refresh.
    async fn refresh(self: &Arc<Self>, seen: &Grant) -> Result<Grant> {
        Flight::join_or_start(self, seen).outcome().await
    }

    /// A refresh from beginning to end. `flights.rs` runs it on a task of its own.
    pub(super) async fn run_refresh(self: Arc<Self>, seen: Grant) -> Result<Grant> {
        let (grant, taken_over) = match self.wait_for_lease(&seen).await? {
            Turn::Ours { grant, taken_over } => (grant, taken_over),
            Turn::Done(grant) => return Ok(grant),
            Turn::Expired(grant) => return self.refresh(&grant).await,
            Turn::Ended(error) => return Err(error),
            Turn::Wait(_) => return Err(Error::internal("a refresh did not wait for its lease")),
        };
        let outcome = match self.shared.unsaved_successor_of(grant.set_id()) {
            Some(tokens) => self.keep(tokens).await, // it came before, and could not be stored
            None => self.request_and_keep(&grant, taken_over).await,
        };
        // Keep the lease while there is a token set that could not be stored: another process would spend the old one again.
        if self.shared.unsaved_successor_of(grant.set_id()).is_none() {
            self.release_lease(&grant).await;
        }
        outcome
    }

    async fn request_and_keep(self: &Arc<Self>, grant: &Grant, taken_over: bool) -> Result<Grant> {
        let response = tokio::select! {
            biased; // a response that is there comes before another beat
            response = self.request_refresh(grant) => response,
            never = self.renew_lease(grant) => match never {},
        };
        match response {
            Ok(TokenResponse { tokens, defect }) => {
                let (server_now, offset) = (self.server_now(), self.server_clock_offset_ms());
                let next = grant.refreshed(tokens, server_now, offset);
                self.memory().refreshed = Some((next.set_id(), self.environment.instant()));
                let flow = Flow::Refresh { spent: grant.set_id() };
                self.keep_of_same_user(grant, NewTokens { grant: next, flow, defect }).await
            }
            Err(RefreshFailure::GrantEnded) => {
                self.memory().spent = Some(grant.set_id());
                self.end_unless_rotated(grant, taken_over).await
            }
            Err(RefreshFailure::Other(error)) => {
                self.memory().refresh_failed_at = Some(self.environment.instant());
                Err(error)
            }
        }
    }

    async fn request_refresh(self: &Arc<Self>, grant: &Grant) -> Result<TokenResponse, RefreshFailure> {
        if self.memory().spent == Some(grant.set_id()) {
            return Err(RefreshFailure::GrantEnded); // that the session has ended could not be stored
        }
        let refresh_token = grant.refresh_token.as_ref().ok_or(RefreshFailure::GrantEnded)?;
        self.prepare_refreshed_id_token_check(grant).await;
        let request = token::refresh(&self.provider, &self.client, refresh_token, &grant.resources);
        let known = [refresh_token, &grant.access_token];
        match self.token_request(request, &known, grant.dpop.as_ref()).await {
            Ok(granted) => Ok(granted),
            Err(TokenRequestFailure::Refused(refusal)) if refusal.ends_the_grant() => Err(RefreshFailure::GrantEnded),
            Err(failure) => Err(RefreshFailure::Other(failure.into())),
        }
    }

    /// L5: `invalid_grant` may only mean that another process was faster. Otherwise the session ends, and what is left of
    /// it is revoked (L19); not where the lease was taken over, because its last owner may still bring the next token set.
    async fn end_unless_rotated(self: &Arc<Self>, grant: &Grant, taken_over: bool) -> Result<Grant> {
        let reason = EndReason::GrantEnded;
        let outcome = self.update(|record, now| match record.grant.clone() {
            Some(current) if current.id == grant.id && current.set_id() != grant.set_id() => {
                Ok(Change::Leave(Ok(current)))
            }
            Some(current) if current.id == grant.id => {
                Ok(Change::Save(record.end(reason, now), Err((SignInReason::from(reason).into(), true))))
            }
            _ => Ok(Change::Leave(Err((self.sign_in_required(record), false)))),
        });
        match outcome.await? {
            Ok(rotated) => Ok(rotated),
            Err((error, ended)) => {
                if ended && !taken_over {
                    self.revoke_beside(Grant { refresh_token: None, ..grant.clone() }); // the refresh token is dead
                }
                Err(error)
            }
        }
    }
}

/// The lifetime to ask for: none, if the provider's tokens never live for `min_ttl`, or there is no refresh token. Prevents a
/// refresh loop, and a session that ends while its token lives.
fn attainable(min_ttl: Duration, grant: &Grant) -> Duration {
    let is_attainable = grant.refresh_token.is_some() && grant.lifetime().is_none_or(|lifetime| min_ttl < lifetime);
    if is_attainable { min_ttl } else { Duration::ZERO }
}
