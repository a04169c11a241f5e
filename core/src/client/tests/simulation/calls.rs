//! The calls that an app makes, and what is expected of their outcomes.

use super::network::call_of;
use super::plan::Client;
use super::state::{Simulation, State};
use crate::{Error, RawRequest, SignInReason};
use bytes::Bytes;
use http::Request;
use rust_decimal::Decimal;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// While the access token lives, a call waits at most for the store: its own reads, and those before it (L15).
const MAX_WAIT_FOR_STORE: Duration = Duration::from_secs(2);
/// A dead lease (5.5 s), the refresh of the other process, and two of one's own with what they give up, each of 20 s with its repeats
/// (L16).
const MAX_WAIT_FOR_TOKEN: Duration = Duration::from_secs(130);
/// What could not be stored is tried again within so long (`core/src/session/saving.rs`).
pub(super) const STORED_AGAIN: Duration = Duration::from_secs(45);
/// The library's own limit of a call.
const MAX_CALL: Duration = Duration::from_secs(601);

/// What the last request of a call came to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Attempt {
    /// It may have been processed.
    Maybe,
    /// It certainly was not.
    Refused,
}

/// A call that was begun.
pub(super) struct Call {
    pub process: usize,
    begun: Instant,
    /// What was stored after so many writes may be known to it, and nothing older.
    floor: usize,
    pays: bool,
    last: Option<Attempt>,
    /// The grant that it uses.
    grant: Option<usize>,
    /// Whether the store had a token that lives, when the call began.
    had_live_token: bool,
    pub is_over: bool,
}

/// What a call asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Token { min_ttl: Duration },
    Read,
    Pay,
    Balance,
}

impl Simulation {
    /// Makes a call on a task of its own. Its caller may go away after a while.
    pub fn call(self: &Arc<Self>, client: Client, kind: Kind, cancel_after: Option<Duration>) {
        let Some((process, ai)) = self.client(client.slot, client.object) else { return };
        let number = self.lock().begin_call(process, kind);
        let simulation = Arc::clone(self);
        let balance_floor = self.lock().processes[process].floor;
        tokio::spawn(async move {
            let call = async {
                match kind {
                    Kind::Token { min_ttl } => {
                        ai.access_token(min_ttl).await.map(|token| Some(token.expose().to_owned()))
                    }
                    Kind::Read => ai.call_endpoint(request(number, RawRequest::get("sim"))).await.map(|_| None),
                    Kind::Pay => ai.call_endpoint(request(number, RawRequest::post("sim", "{}"))).await.map(|_| None),
                    Kind::Balance => ai.balance().await.map(|balance| {
                        simulation.lock().judge_balance(balance.max_budget, balance_floor);
                        None
                    }),
                }
            };
            let limit = cancel_after.unwrap_or(Duration::MAX / 4);
            let outcome = tokio::time::timeout(limit.min(MAX_CALL * 2), call).await;
            let mut state = simulation.lock();
            match outcome {
                Ok(outcome) => state.end_call(number, kind, outcome),
                Err(_) => {
                    state.note(|| format!("call {number} was given up"));
                    if cancel_after.is_none() && !state.was_stopped_since(process, state.calls[number].begun) {
                        state.accuse("P3", format!("call {number} has no end"));
                    }
                    state.calls[number].is_over = true;
                }
            }
        });
    }
}

fn request(number: usize, request: RawRequest) -> RawRequest {
    RawRequest { query: [("call".to_owned(), number.to_string())].into(), ..request }
}

impl State {
    fn begin_call(&mut self, process: usize, kind: Kind) -> usize {
        let pays = kind == Kind::Pay;
        let known = self.processes[process].floor;
        // Before a call that costs money the store is read. A store that is locked is locked for the others, too (L17).
        let floor = if pays && self.store_fault(process).is_none() { self.judge.newest() } else { known };
        let live = |enough: Duration| {
            let set = self.judge.stored_now().set;
            set.is_some_and(|set| self.provider.life_left(set) > enough + Duration::from_secs(20))
        };
        let had_live_token = matches!(kind, Kind::Token { min_ttl } if live(min_ttl));
        if pays {
            self.misremember(process);
        }
        let begun = Instant::now();
        let number = self.calls.len();
        self.note(|| format!("process {process} begins call {number}: {kind:?}"));
        self.calls.push(Call { process, begun, floor, pays, last: None, grant: None, had_live_token, is_over: false });
        number
    }

    /// A request of a call is sent. Returns what its token must be newer than.
    pub fn call_sent(&mut self, request: &Request<Bytes>, call: Option<usize>, process: usize) -> usize {
        let Some(number) = call else { return 0 }; // of a balance: its outcome is judged
        let call = &mut self.calls[number];
        let last = call.last.replace(Attempt::Maybe);
        let (pays, floor, begun) = (call.pays, call.floor, call.begun);
        if pays && last == Some(Attempt::Maybe) {
            self.accuse("P1", format!("call {number} was sent again, and may have been paid for: {}", request.uri()));
        }
        if pays && self.store_failed_since(begun) { self.processes[process].floor.min(floor) } else { floor }
    }

    /// A call uses a token of this grant: all its requests must.
    pub fn call_used(&mut self, number: usize, grant: usize) {
        let first = *self.calls[number].grant.get_or_insert(grant);
        if first != grant {
            self.accuse("L10", format!("call {number} of grant {first} was repeated with grant {grant}"));
        }
    }

    /// The provider's answer to a request of a call.
    pub fn call_answered(&mut self, request: &Request<Bytes>, response: &crate::net::scripted::Scripted) {
        let Some(number) = call_of(request) else { return };
        let is_refused = response.as_ref().is_ok_and(|response| matches!(response.status().as_u16(), 401 | 429));
        self.calls[number].last = Some(if is_refused { Attempt::Refused } else { Attempt::Maybe });
    }

    fn judge_balance(&mut self, budget: Option<Decimal>, floor: usize) {
        let user_of = |grant: usize| self.provider.grants[grant].user as u64;
        let is_of_user = |grant: usize| Some(Decimal::from(user_of(grant) + 1)) == budget;
        if !self.judge.since(floor).any(|stored| stored.set.is_some_and(|set| is_of_user(set.grant))) {
            self.accuse("L10", format!("the balance {budget:?} is another user's"));
        }
    }

    fn end_call(&mut self, number: usize, kind: Kind, outcome: Result<Option<String>, Error>) {
        let call = &mut self.calls[number];
        call.is_over = true;
        let (process, begun, floor, had_live_token) = (call.process, call.begun, call.floor, call.had_live_token);
        let waited = begun.elapsed();
        self.note(|| format!("call {number} ends after {waited:?}: {outcome:?}"));
        if self.was_stopped_since(process, begun) {
            return; // it may have failed, or have waited for its own end
        }
        let is_token = matches!(kind, Kind::Token { .. });
        let store_failed = self.store_failed_since(begun.checked_sub(STORED_AGAIN).unwrap_or(begun));
        let changed = self.judge.since(floor).any(|stored| stored.set.is_none());
        if is_token
            && had_live_token
            && !self.judge.clock_was_moved
            && !store_failed
            && !changed
            && waited > MAX_WAIT_FOR_STORE
        {
            self.accuse("L15", format!("call {number} waited {waited:?} for a token that lived"));
        }
        let bound = if is_token { MAX_WAIT_FOR_TOKEN } else { MAX_CALL };
        if waited > bound && !store_failed {
            self.accuse("L16", format!("call {number} waited {waited:?}"));
        }
        match outcome {
            Ok(Some(token)) => {
                self.judge_token(&token, floor);
            }
            Ok(None) => {
                if kind == Kind::Pay {
                    let floor = self.processes[process].floor.max(floor);
                    self.processes[process].floor = floor;
                }
            }
            Err(error) => self.judge_error(process, begun, floor, &error),
        }
    }

    /// Whether a call may fail like this.
    pub fn judge_error(&mut self, process: usize, begun: Instant, floor: usize, error: &Error) {
        let stored: Vec<_> = self.judge.since(floor).collect();
        let may = match error {
            Error::SignInRequired { reason: SignInReason::NotSignedIn, .. } => {
                let mut grants: Vec<_> = stored.iter().map(|stored| stored.set.map(|set| set.grant)).collect();
                grants.dedup();
                grants.contains(&None) || grants.len() > 1
            }
            Error::SignInRequired { reason: SignInReason::GrantEnded | SignInReason::AccessRefused, .. } => {
                stored.iter().any(|stored| stored.ended.is_some() || stored.set.is_none())
                    || stored.iter().any(|stored| stored.set.is_some_and(|set| self.provider.grants[set.grant].ended))
                    || self.refused_since(begun)
                    || self.store_failed_since(begun)
            }
            error if is_of_network(error) => self.network_failed_since(begun),
            Error::Storage { .. } => self.store_failed_since(begun.checked_sub(STORED_AGAIN).unwrap_or(begun)),
            _ => false,
        };
        if !may {
            self.accuse("L3", format!("a call of process {process} failed for no reason: {error:?}"));
        }
    }
}

/// Whether an error is the network's or the provider's.
pub(super) fn is_of_network(error: &Error) -> bool {
    use Error::{Offline, Provider, RateLimited, Timeout, Truncated};
    matches!(error, Offline { .. } | Timeout { .. } | RateLimited { .. } | Provider { .. } | Truncated { .. })
}
