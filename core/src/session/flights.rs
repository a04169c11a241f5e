//! Single flight: callers that need the same refresh share one (L2), across all clients of the session in the process (L12).
//!
//! A flight runs on its own task, so the other callers get its outcome even if the one that started it is cancelled.

use super::Session;
use super::record::{Grant, TokenSetId};
use crate::error::{Error, Result};
use futures_util::future::{FutureExt, Shared};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// The outcome of a refresh, for everybody who waits for it. In which order they are woken follows from
/// the calls alone, so that a simulated run can be repeated.
type Outcome = Shared<oneshot::Receiver<Result<Grant>>>;

/// The running refreshes of a session, each named by the token set that it replaces.
#[derive(Default)]
pub(super) struct Flights(Mutex<HashMap<TokenSetId, Outcome>>);

/// A running refresh.
pub(super) struct Flight(Outcome);

impl Flights {
    /// Whether this process is refreshing the session.
    pub fn is_any_running(&self) -> bool {
        !self.running().is_empty()
    }

    fn running(&self) -> MutexGuard<'_, HashMap<TokenSetId, Outcome>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight {
    /// Joins the refresh of this token set, or starts it.
    pub fn join_or_start(session: &Arc<Session>, seen: &Grant) -> Self {
        let set = seen.set_id();
        let (sender, shared) = {
            let mut running = session.shared.flights.running();
            if let Some(outcome) = running.get(&set) {
                return Self(outcome.clone());
            }
            let (sender, receiver) = oneshot::channel();
            let outcome = receiver.shared();
            running.insert(set, outcome.clone());
            (sender, outcome)
        };
        // Made before the task: if the runtime shuts down and drops the task without polling it, the flight ends too.
        let guard = FlightGuard { session: Arc::clone(session), set };
        let seen = seen.clone();
        tokio::spawn(async move {
            let outcome = Arc::clone(&guard.session).run_refresh(seen).await;
            if let Err(error) = &outcome {
                guard.session.log(format!("a refresh failed: {error}")); // it may run beside calls that do not wait for it
            }
            // Remove the flight before sending the outcome: later callers must start a new refresh and will read the new tokens.
            drop(guard);
            let _ = sender.send(outcome); // fails only if nobody waits
        });
        Self(shared)
    }

    pub async fn outcome(self) -> Result<Grant> {
        let lost = |_| Error::internal("a refresh was lost: its task panicked or its runtime was shut down");
        self.0.await.unwrap_or_else(|error| Err(lost(error)))
    }
}

/// Removes a flight from the list when it ends, also if its task panics or is dropped.
struct FlightGuard {
    session: Arc<Session>,
    set: TokenSetId,
}

impl Drop for FlightGuard {
    fn drop(&mut self) {
        self.session.shared.flights.running().remove(&self.set);
        self.session.publish();
    }
}
