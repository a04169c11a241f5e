//! Access tokens for calls: the one at hand while it is fresh, else the next one.
//!
//! A refresh takes the record's lease, asks the provider without holding anything, stores the new pair, and only then shows
//! it to anyone (L3). Between any two of these steps the process may die: the store then holds the old pair or the new one.

use super::arrival::{Arrival, Flow};
use super::flights::{self, FlightKey};
use super::machine::{self, Event};
use super::record::{EndReason, Grant, Lease, Record};
use super::token_endpoint::TokenRequestFailure;
use super::{Change, Session, unsaved};
use crate::error::{Error, Result, SignInReason};
use crate::oauth::token::{self, TokenResponse, Tokens};
use crate::secret::Secret;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

const LEASE_POLL: Duration = Duration::from_millis(200);
const REST_AFTER_FAILURE: Duration = Duration::from_secs(10);

/// Names this process in leases. Within the process, flights keep the order.
static PROCESS: LazyLock<String> = LazyLock::new(|| {
    let random = crate::environment::Environment::system().random_text(12);
    random.unwrap_or_else(|_| std::process::id().to_string())
});

/// What a refresh found when it asked for the lease.
enum Turn {
    Ours(Grant),
    /// Somebody else refreshed already.
    Done(Grant),
    /// Somebody else is refreshing.
    Wait,
    /// There is nothing to refresh.
    Ended(Error),
}

/// Why the provider gave no pair.
enum RefreshFailure {
    GrantEnded,
    Other(Error),
}

impl Session {
    /// An access token that lives for at least `min_ttl`, if the provider gives such. Refreshes if need be.
    pub async fn access_token(self: &Arc<Self>, min_ttl: Duration) -> Result<Secret> {
        let grant = self.grant().await?;
        let early = self.is_alive(&grant, min_ttl);
        if !self.is_due(&grant, min_ttl) || (early && self.refresh_failed_lately()) {
            return Ok(grant.access_token);
        }
        match self.refresh(&grant).await {
            Ok(next) => Ok(next.access_token),
            Err(error @ Error::Storage { .. }) => Err(error),
            // Refreshing early is a courtesy: while the old token lives, a failure of it is nobody's failure.
            Err(error) => match self.record().await?.grant {
                Some(current) if current == grant && early => Ok(grant.access_token),
                _ => Err(error),
            },
        }
    }

    /// The token to use after the API refused `rejected` with a 401, however fresh it looked (L4).
    pub async fn replace_rejected(self: &Arc<Self>, rejected: &Secret) -> Result<Secret> {
        let grant = self.grant().await?;
        if grant.access_token != *rejected {
            return Ok(grant.access_token);
        }
        Ok(self.refresh(&grant).await?.access_token)
    }

    /// The current grant. Nobody is told to sign in before the store was asked: another process may know better (L12).
    async fn grant(self: &Arc<Self>) -> Result<Grant> {
        self.save_unsaved_sign_in().await?;
        if let Some(grant) = self.record().await?.grant {
            return Ok(grant);
        }
        let record = self.reload().await?;
        record.grant.clone().ok_or_else(|| self.sign_in_required(&record))
    }

    /// Ends the session because the API refused a token that had just been issued, if it still is the current one (T6).
    pub async fn end_after_refusal_of(&self, refused: &Secret) -> Result<()> {
        self.update(|record, now| match &record.grant {
            Some(grant) if grant.access_token == *refused => {
                Ok(Change::Save(record.end(EndReason::AccessRefused, now), ()))
            }
            _ => Ok(Change::Leave(())),
        })
        .await
    }

    /// L1: before it expires, by the server's clock.
    fn is_due(&self, grant: &Grant, min_ttl: Duration) -> bool {
        let Some(remaining) = grant.remaining(self.server_now()) else { return false };
        let lifetime = grant.lifetime().unwrap_or(Duration::MAX);
        let ahead = self.config.refresh_ahead.saturating_add(self.memory().refresh_jitter).min(lifetime / 5);
        remaining.is_zero() || remaining < ahead.max(attainable(min_ttl, grant))
    }

    fn is_alive(&self, grant: &Grant, min_ttl: Duration) -> bool {
        grant.remaining(self.server_now()).is_none_or(|remaining| remaining > attainable(min_ttl, grant))
    }

    /// While the old token lives, a provider that just failed is given a rest.
    fn refresh_failed_lately(&self) -> bool {
        let failed_at = self.memory().refresh_failed_at;
        failed_at.and_then(|at| self.environment.now().since(at)).is_some_and(|rest| rest < REST_AFTER_FAILURE)
    }

    /// Replaces the pair that the caller saw: once, for all who ask.
    async fn refresh(self: &Arc<Self>, seen: &Grant) -> Result<Grant> {
        let (session, flown) = (Arc::clone(self), seen.clone());
        let next = flights::join_or_start(FlightKey::new(&self.key, seen), || session.fly(flown)).await;
        let known = self.memory().record.as_ref().and_then(|record| record.grant.clone());
        if known.as_ref() == Some(seen) {
            self.reload().await?; // the flight was another client's: the store knows its outcome, our memory does not
        }
        next
    }

    async fn fly(self: Arc<Self>, seen: Grant) -> Result<Grant> {
        let grant = loop {
            match self.take_lease(&seen).await? {
                Turn::Ours(grant) => break grant,
                Turn::Done(grant) => return Ok(grant),
                Turn::Ended(error) => return Err(error),
                Turn::Wait => tokio::time::sleep(LEASE_POLL).await,
            }
        };
        if let Some(arrival) = unsaved::successor_of(&self.key, &grant) {
            return self.keep(arrival).await; // it came before, and the store would not take it
        }
        match self.ask_for_next_pair(&grant).await {
            Ok(TokenResponse { tokens, defect }) => {
                let next = self.next_grant(&grant, tokens);
                let kept = self.keep(Arrival { grant: next, flow: Flow::Refresh { spent: grant.access_token } }).await;
                match defect {
                    Some(defect) => kept.and(Err(defect.into())), // T7: stored, and the error says why
                    None => kept,
                }
            }
            Err(RefreshFailure::GrantEnded) => {
                let outcome = self.end_unless_rotated(&grant).await;
                self.release_lease(&grant).await;
                outcome
            }
            Err(RefreshFailure::Other(error)) => {
                self.memory().refresh_failed_at = Some(self.environment.now());
                self.release_lease(&grant).await;
                Err(error)
            }
        }
    }

    fn next_grant(&self, grant: &Grant, tokens: Tokens) -> Grant {
        grant.refreshed(tokens, self.environment.now(), self.server_clock_offset_ms())
    }

    async fn take_lease(&self, seen: &Grant) -> Result<Turn> {
        self.update(|record, now| {
            let Some(grant) = record.grant.clone() else {
                return Ok(Change::Leave(Turn::Ended(self.sign_in_required(record))));
            };
            if grant.id != seen.id {
                let reason = SignInReason::NotSignedIn; // of the account that asked; another one is signed in
                return Ok(Change::Leave(Turn::Ended(Error::from(reason))));
            }
            if grant.access_token != seen.access_token {
                return Ok(Change::Leave(Turn::Done(grant)));
            }
            if grant.refresh_token.is_none() {
                let reason = SignInReason::NoRefreshToken;
                let phase = record.end(EndReason::NoRefreshToken, now);
                return Ok(Change::Save(phase, Turn::Ended(Error::from(reason))));
            }
            if record.lease.as_ref().is_some_and(|lease| lease.owner != *PROCESS && lease.is_live(now)) {
                return Ok(Change::Leave(Turn::Wait));
            }
            let (phase, _) = machine::next(record.phase(now), Event::RefreshBegun);
            record.lease = Some(Lease { owner: PROCESS.clone(), expires_at: now.plus(Lease::TIME) });
            Ok(Change::Save(phase, Turn::Ours(grant)))
        })
        .await
    }

    /// Lets the next one try at once. If that fails, the lease runs out by itself.
    async fn release_lease(&self, grant: &Grant) {
        let is_ours = |record: &Record| {
            record.grant.as_ref().is_some_and(|current| current.id == grant.id)
                && record.lease.as_ref().is_some_and(|lease| lease.owner == *PROCESS)
        };
        let released = self.update(|record, now| match is_ours(record) {
            true => {
                let (phase, _) = machine::next(record.phase(now), Event::RefreshFailed);
                record.lease = None;
                Ok(Change::Save(phase, ()))
            }
            false => Ok(Change::Leave(())),
        });
        if let Err(error) = released.await {
            self.http.log.write(self.environment.now(), format!("session: the refresh lease stays: {error}"));
        }
    }

    async fn ask_for_next_pair(&self, grant: &Grant) -> Result<TokenResponse, RefreshFailure> {
        let refresh_token = grant.refresh_token.as_ref().ok_or(RefreshFailure::GrantEnded)?;
        let request = token::refresh(&self.provider, &self.client, refresh_token);
        let known = [refresh_token, &grant.access_token];
        match self.token_request(request, &known).await {
            Ok(granted) => Ok(granted),
            Err(TokenRequestFailure::Refused(refusal)) if refusal.ends_the_grant() => Err(RefreshFailure::GrantEnded),
            Err(failure) => Err(RefreshFailure::Other(failure.into())),
        }
    }

    /// L5: `invalid_grant` may only mean that another process was faster.
    async fn end_unless_rotated(&self, grant: &Grant) -> Result<Grant> {
        let reason = EndReason::GrantEnded;
        self.update(|record, now| match &record.grant {
            Some(current) if current.id == grant.id && current.access_token != grant.access_token => {
                Ok(Change::Leave(Ok(current.clone())))
            }
            Some(current) if current.id == grant.id => {
                Ok(Change::Save(record.end(reason, now), Err(SignInReason::from(reason).into())))
            }
            _ => Ok(Change::Leave(Err(self.sign_in_required(record)))),
        })
        .await?
    }
}

/// A token that lives shorter than what is asked for is as good as it gets: no refresh loop.
fn attainable(min_ttl: Duration, grant: &Grant) -> Duration {
    if grant.lifetime().is_none_or(|lifetime| min_ttl < lifetime) { min_ttl } else { Duration::ZERO }
}
