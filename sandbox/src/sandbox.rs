//! A running sandbox, and what a test can do with it.

use std::time::Duration;

use futures_util::stream::{self, Stream};
use rust_decimal::Decimal;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;
use url::Url;

use crate::control::{Control, SandboxState};
use crate::lock::lock;
use crate::store::devices::DeviceDecision;
use crate::store::grants::TokenCounts;
use crate::wire::fault::{ActiveFault, Endpoint, Fault, InvalidFault};
use crate::wire::paths;
use crate::wire::request_log::RequestRecord;

/// A running provider on loopback, AI Pass unless the builder said otherwise. It stops when dropped, and keeps nothing but its state file.
pub struct Sandbox {
    control: Control,
    base_url: Url,
    serving: JoinHandle<()>,
}

impl Sandbox {
    pub(crate) fn new(control: Control, base_url: Url, serving: JoinHandle<()>) -> Self {
        Self { control, base_url, serving }
    }

    /// Where it listens: `http://127.0.0.1:PORT/`.
    pub fn base_url(&self) -> Url {
        self.base_url.clone()
    }

    /// Where the control API begins: `http://127.0.0.1:PORT/sandbox`.
    pub fn control_url(&self) -> Url {
        let mut url = self.base_url();
        url.set_path(paths::CONTROL);
        url
    }

    /// Its issuer, byte for byte as the metadata has it: `http://127.0.0.1:PORT`, with `/oauth` in the dialect `phaseo`.
    pub fn issuer(&self) -> String {
        let path = paths::of(self.control.settings.dialect).issuer;
        format!("{}{path}", self.base_url.as_str().trim_end_matches('/'))
    }

    /// Where its metadata is: RFC 8414.
    pub fn metadata_url(&self) -> Url {
        self.at(paths::of(self.control.settings.dialect).discovery)
    }

    /// Where its model API begins: `http://127.0.0.1:PORT/oauth2/v1`, in the other dialects `/v1`.
    pub fn model_api_url(&self) -> Url {
        self.at(paths::of(self.control.settings.dialect).model_api)
    }

    fn at(&self, paths: &[&str]) -> Url {
        let mut url = self.base_url();
        url.set_path(paths.first().copied().unwrap_or_default());
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
            // The result is "finished" or "cancelled": both mean stopped.
            let _ = (&mut self.serving).await;
        }
    }

    /// Adds a fault to an endpoint. It applies to the next `times` requests, or to all until it is cleared. Of several faults,
    /// the one that was added first applies.
    ///
    /// # Errors
    /// [`InvalidFault`] if it is impossible, such as a status of 42.
    pub fn add_fault(&self, endpoint: Endpoint, fault: Fault, times: Option<u32>) -> Result<(), InvalidFault> {
        self.control.add_fault(endpoint, fault, times)
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.control.clear_faults();
    }

    /// The faults that apply to requests, in the order they were added.
    pub fn active_faults(&self) -> Vec<ActiveFault> {
        self.control.active_faults()
    }

    /// Removes one fault; `false` if there is none with this id.
    pub fn remove_fault(&self, id: u64) -> bool {
        self.control.remove_fault(id)
    }

    /// Makes every access token issued so far expire; refresh tokens still work.
    pub fn expire_access_tokens(&self) {
        self.control.expire_access_tokens();
    }

    /// The user withdraws the permission: refreshes get `invalid_grant`, API calls get 401.
    pub fn revoke_grants(&self) {
        self.control.revoke_grants();
    }

    /// Signs with a new key from now on. The keys' document lists the new key and the one before it.
    pub fn rotate_keys(&self) {
        self.control.rotate_keys();
    }

    /// Plays the user of a device: decides on the device that shows `user_code`, or on the newest that waits. `false` if none
    /// waits.
    pub fn decide_device(&self, user_code: Option<&str>, decision: DeviceDecision) -> bool {
        self.control.decide_device(user_code, decision)
    }

    /// Moves the sandbox's clock forward, so that codes and tokens age without sleeping. `Date` headers follow.
    pub fn advance_clock(&self, by: Duration) {
        self.control.advance_clock(by);
    }

    /// Changes what the user may spend in total, in US dollars. What is spent stays spent.
    pub fn set_budget(&self, budget: Decimal) {
        lock(&self.control.store.ledger).set_budget(budget);
    }

    /// Changes what the user may still spend, in US dollars.
    pub fn set_remaining_budget(&self, remaining: Decimal) {
        self.control.set_remaining_budget(remaining);
    }

    /// Connections, streams, spending and tokens.
    pub fn state(&self) -> SandboxState {
        self.control.state()
    }

    /// What the user has spent, in US dollars.
    pub fn spent(&self) -> Decimal {
        self.control.state().spent
    }

    /// How many requests there were to `path` (without its query), whatever the response.
    pub fn requests(&self, path: &str) -> usize {
        self.request_log().iter().filter(|record| record.path == path).count()
    }

    /// The latest requests, oldest first, without credentials: at most 10,000.
    pub fn request_log(&self) -> Vec<RequestRecord> {
        self.control.log.records()
    }

    /// Each request from now on, when it has ended. A reader that is more than 256 requests behind misses the oldest.
    pub fn ended_requests(&self) -> impl Stream<Item = RequestRecord> + Send + use<> {
        stream::unfold(self.control.log.subscribe(), |mut ended| async move {
            loop {
                match ended.recv().await {
                    Ok(record) => return Some((record, ended)),
                    Err(RecvError::Lagged(_)) => {}
                    Err(RecvError::Closed) => return None,
                }
            }
        })
    }

    /// How many tokens are live, and how many token sets were issued.
    pub fn tokens(&self) -> TokenCounts {
        self.control.state().tokens
    }

    /// TCP connections that clients hold open, including idle ones in a pool.
    pub fn connections_open(&self) -> usize {
        self.control.connections.get()
    }

    /// Streamed responses that are being sent. Falls as soon as a client drops one.
    pub fn streams_open(&self) -> usize {
        self.control.streams.get()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl std::fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Not derived: the state consists of codes and tokens.
        f.debug_struct("Sandbox").field("base_url", &self.base_url.as_str()).finish_non_exhaustive()
    }
}
