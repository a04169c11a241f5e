//! Single flight: callers that need the same refresh share one (L2), across all clients of the process (L12).
//!
//! A flight runs on its own task, so that the caller who started it may go away while the others still get its outcome.

use super::record::Grant;
use crate::error::{Error, Result};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::future::Future;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// The session's key, and a digest of the refresh token that would be spent: two clients that hold the same token share
/// its flight, also over two store objects.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct FlightKey {
    session: String,
    refresh_token: [u8; 32],
}

type Outcome = Option<Result<Grant>>;

static FLIGHTS: LazyLock<Mutex<HashMap<FlightKey, watch::Receiver<Outcome>>>> = LazyLock::new(Mutex::default);

impl FlightKey {
    pub fn new(session: &str, grant: &Grant) -> Self {
        let token = grant.refresh_token.as_ref().map_or("", |token| token.expose());
        Self { session: session.to_owned(), refresh_token: Sha256::digest(token.as_bytes()).into() }
    }
}

fn flights() -> MutexGuard<'static, HashMap<FlightKey, watch::Receiver<Outcome>>> {
    FLIGHTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Joins the flight for `key`, or starts `flight` as it, and waits for its outcome.
pub(super) async fn join_or_start<F>(key: FlightKey, flight: impl FnOnce() -> F) -> Result<Grant>
where
    F: Future<Output = Result<Grant>> + Send + 'static,
{
    let (mut outcome, start) = {
        let mut flights = flights();
        match flights.get(&key) {
            Some(outcome) => (outcome.clone(), None),
            None => {
                let (sender, receiver) = watch::channel(None);
                flights.insert(key.clone(), receiver.clone());
                (receiver, Some((sender, Landing(key))))
            }
        }
    };
    if let Some((sender, landing)) = start {
        let flight = flight();
        // The landing goes along from the beginning: a task that a closing runtime drops unpolled lands, too.
        tokio::spawn(async move {
            let outcome = flight.await;
            drop(landing); // before the outcome is told: who comes later starts anew, and finds the new pair
            sender.send_replace(Some(outcome));
        });
    }
    match outcome.wait_for(Option::is_some).await {
        Ok(outcome) => outcome.clone().unwrap_or_else(|| Err(Error::internal("a refresh ended without an outcome"))),
        Err(_) => Err(Error::internal("a refresh was lost: its task panicked or its runtime was shut down")),
    }
}

/// Takes a flight off the list when it ends, however it ends.
struct Landing(FlightKey);

impl Drop for Landing {
    fn drop(&mut self) {
        flights().remove(&self.0);
    }
}
