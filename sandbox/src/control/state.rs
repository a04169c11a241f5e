//! What a test can do to a sandbox and read from it. The control API and the Rust type `Sandbox` both use it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::lock::lock;
use crate::settings::Settings;
use crate::store::Store;
use crate::store::devices::DeviceDecision;
use crate::store::grants::TokenCounts;
use crate::wire::fault::{ActiveFault, Endpoint, Fault, FaultQueue, InvalidFault};
use crate::wire::open_count::OpenCount;
use crate::wire::request_log::RequestLog;
use crate::wire::stop_signal::StopSignal;

/// What a sandbox holds now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SandboxState {
    /// TCP connections that clients hold open, including idle ones in a pool. In the control API's response, its own too.
    pub connections_open: usize,
    /// Streamed responses that are being sent. Falls as soon as a client drops one.
    pub streams_open: usize,
    /// What the user has spent, in US dollars.
    pub spent: Decimal,
    /// How many tokens are live, and how many token sets were issued.
    pub tokens: TokenCounts,
}

/// The state of the control API.
#[derive(Clone)]
pub(crate) struct Control {
    pub(crate) store: Arc<Store>,
    pub(crate) settings: Arc<Settings>,
    pub(crate) log: Arc<RequestLog>,
    pub(crate) faults: Arc<Mutex<FaultQueue>>,
    pub(crate) connections: OpenCount,
    pub(crate) streams: OpenCount,
    /// Readers of the control API's events.
    pub(crate) listeners: OpenCount,
    pub(crate) stop: StopSignal,
}

impl Control {
    pub(crate) fn add_fault(&self, endpoint: Endpoint, fault: Fault, times: Option<u32>) -> Result<(), InvalidFault> {
        fault.check()?;
        lock(&self.faults).add(endpoint, fault, times);
        Ok(())
    }

    pub(crate) fn clear_faults(&self) {
        lock(&self.faults).clear();
    }

    pub(crate) fn active_faults(&self) -> Vec<ActiveFault> {
        lock(&self.faults).active()
    }

    pub(crate) fn remove_fault(&self, id: u64) -> bool {
        lock(&self.faults).remove(id)
    }

    pub(crate) fn expire_access_tokens(&self) {
        lock(&self.store.grants).expire_access_tokens();
    }

    pub(crate) fn revoke_grants(&self) {
        lock(&self.store.grants).revoke_all();
    }

    pub(crate) fn rotate_keys(&self) {
        lock(&self.store.keys).rotate();
    }

    pub(crate) fn decide_device(&self, user_code: Option<&str>, decision: DeviceDecision) -> bool {
        lock(&self.store.devices).decide(user_code, decision, self.store.clock.now())
    }

    pub(crate) fn advance_clock(&self, by: Duration) {
        self.store.clock.advance(by);
    }

    pub(crate) fn set_remaining_budget(&self, remaining: Decimal) {
        lock(&self.store.ledger).set_remaining(remaining);
    }

    pub(crate) fn state(&self) -> SandboxState {
        SandboxState {
            connections_open: self.connections.get(),
            streams_open: self.streams.get(),
            spent: lock(&self.store.ledger).spent(),
            tokens: lock(&self.store.grants).counts(self.store.clock.now()),
        }
    }
}
