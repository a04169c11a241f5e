//! A running sandbox, and what a test can do to it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use rust_decimal::Decimal;
use tokio::task::JoinHandle;
use url::Url;

use crate::builder::Builder;
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    /// Stops listening and closes every connection; returns when that has happened.
    pub async fn stop(mut self) {
        self.serving.abort();
        // The outcome is "cancelled", which is what was asked for.
        let _ = (&mut self.serving).await;
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
