//! A running sandbox, and what a test can do to it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::stream::{self, Stream};
use rust_decimal::Decimal;
use serde::Serialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;
use url::Url;

use crate::builder::Builder;
use crate::fault::{Endpoint, Fault, InvalidFault};
use crate::server::request_log::RequestRecord;
use crate::state::{Shared, lock};

/// A running AI Pass on loopback. It stops when dropped, and forgets everything.
#[derive(Debug)]
pub struct Sandbox {
    shared: Arc<Shared>,
    base_url: Url,
    serving: JoinHandle<()>,
}

/// Tokens that would be accepted now, and how they came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct TokenCounts {
    /// Access tokens that are neither expired nor revoked.
    pub live_access: usize,
    /// Refresh tokens that are neither used nor revoked.
    pub live_refresh: usize,
    /// Token pairs issued for an authorization code.
    pub issued_for_codes: usize,
    /// Token pairs issued for a refresh token.
    pub issued_for_refreshes: usize,
}

/// What a sandbox holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SandboxState {
    /// TCP connections that clients hold open, idle ones in a pool included. In the control API's answer, its own too.
    pub connections_open: usize,
    /// Streamed answers on their way; falls as soon as a client drops one.
    pub streams_open: usize,
    /// What the user has spent, in US dollars.
    pub spent: Decimal,
    /// How many tokens are live, and how many pairs were issued.
    pub tokens: TokenCounts,
}

impl Shared {
    pub(crate) fn snapshot(&self) -> SandboxState {
        SandboxState {
            connections_open: self.connections.load(Ordering::SeqCst),
            streams_open: self.streams.load(Ordering::SeqCst),
            spent: lock(&self.ledger).spent(),
            tokens: lock(&self.grants).counts(self.clock.now()),
        }
    }
}

impl Sandbox {
    /// The settings of a sandbox that is not running yet.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new(shared: Arc<Shared>, base_url: Url, serving: JoinHandle<()>) -> Self {
        Self { shared, base_url, serving }
    }

    /// Where it listens: `http://127.0.0.1:PORT/`.
    pub fn base_url(&self) -> Url {
        self.base_url.clone()
    }

    /// Where the control API begins: `http://127.0.0.1:PORT/sandbox`.
    pub fn control_url(&self) -> Url {
        let mut url = self.base_url();
        url.set_path(crate::control::PATH);
        url
    }

    /// Stops listening and closes every connection; returns when that has happened.
    pub async fn stop(mut self) {
        self.serving.abort();
        self.stopped().await;
    }

    /// Waits until the control API has stopped it.
    pub async fn stopped(&mut self) {
        if !self.serving.is_finished() {
            // The outcome is "finished" or "cancelled", which is what was asked for.
            let _ = (&mut self.serving).await;
        }
    }

    /// Lays a fault on an endpoint: the next requests meet it, so many times, or until it is cleared. Of several, a request
    /// meets the one that was laid first.
    ///
    /// # Errors
    /// [`InvalidFault`] if it cannot happen, such as a status of 42.
    pub fn add_fault(&self, endpoint: Endpoint, fault: Fault, times: Option<u32>) -> Result<(), InvalidFault> {
        fault.check()?;
        lock(&self.shared.faults).add(endpoint, fault, times);
        Ok(())
    }

    /// Takes all faults away.
    pub fn clear_faults(&self) {
        lock(&self.shared.faults).clear();
    }

    /// Makes every access token issued so far expire; refresh tokens still work.
    pub fn expire_access_tokens(&self) {
        lock(&self.shared.grants).expire_access_tokens();
    }

    /// The user takes back the permission: refreshes get `invalid_grant`, API calls get 401.
    pub fn revoke_grants(&self) {
        lock(&self.shared.grants).revoke_all();
    }

    /// Moves the sandbox's clock forward, so that codes and tokens age without anyone sleeping. `Date` headers follow.
    pub fn advance_clock(&self, by: Duration) {
        self.shared.clock.advance(by);
    }

    /// Changes what the user may spend in total, in US dollars. What is spent stays spent.
    pub fn set_budget(&self, budget: Decimal) {
        lock(&self.shared.ledger).set_budget(budget);
    }

    /// Changes what the user may still spend, in US dollars.
    pub fn set_remaining_budget(&self, remaining: Decimal) {
        lock(&self.shared.ledger).set_remaining(remaining);
    }

    /// All that a test may want to look at.
    pub fn state(&self) -> SandboxState {
        self.shared.snapshot()
    }

    /// What the user has spent, in US dollars.
    pub fn spent(&self) -> Decimal {
        lock(&self.shared.ledger).spent()
    }

    /// How many requests came for `path` (without its query), whatever the answer.
    pub fn requests(&self, path: &str) -> usize {
        lock(&self.shared.log).records().filter(|record| record.path == path).count()
    }

    /// The latest requests, oldest first, without credentials: at most 10,000.
    pub fn request_log(&self) -> Vec<RequestRecord> {
        lock(&self.shared.log).records().cloned().collect()
    }

    /// Each request from now on, when it has ended. A listener that is more than 256 requests behind misses the oldest.
    pub fn ended_requests(&self) -> impl Stream<Item = RequestRecord> + Send + use<> {
        stream::unfold(self.shared.ended.subscribe(), |mut ended| async move {
            loop {
                match ended.recv().await {
                    Ok(record) => return Some((record, ended)),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                }
            }
        })
    }

    /// How many tokens are live, and how many pairs were issued.
    pub fn tokens(&self) -> TokenCounts {
        lock(&self.shared.grants).counts(self.shared.clock.now())
    }

    /// TCP connections that clients hold open, idle ones in a pool included.
    pub fn connections_open(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Streamed answers on their way; falls as soon as a client drops one.
    pub fn streams_open(&self) -> usize {
        self.shared.streams.load(Ordering::SeqCst)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not derived: the state is made of codes and tokens.
        f.write_str("Shared")
    }
}
