//! Signing in and out, and what else an app does to its session.

use super::calls::{STORED_AGAIN, is_of_network};
use super::plan::Client;
use super::provider::SetName;
use super::state::{Simulation, State};
use crate::environment::Clock;
use crate::{AiPass, Error, SignInOptions};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

impl Simulation {
    /// A user signs in. The callback comes to the process that then stands in the slot, once or twice.
    pub fn sign_in(self: &Arc<Self>, client: Client, user: usize, takes: Duration, delivered_twice: bool) {
        let Some((process, ai)) = self.client(client.slot, client.object) else { return };
        let simulation = Arc::clone(self);
        tokio::spawn(async move {
            let begun = Instant::now();
            let request = match ai.begin_sign_in(SignInOptions::default()).await {
                Ok(request) => request,
                Err(error) => return simulation.lock().judge_outcome_of_app(process, begun, "begin_sign_in", &error),
            };
            let state = request.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
            tokio::time::sleep(takes).await;
            let code = simulation.lock().provider.issue_code(user);
            let callback = format!("myapp://auth/callback?code=code-{code}&state={state}");
            for _ in 0..1 + usize::from(delivered_twice) {
                let Some((process, ai)) = simulation.client(client.slot, client.object) else { return };
                tokio::spawn(complete(Arc::clone(&simulation), process, ai, callback.clone(), code));
            }
        });
    }

    pub fn sign_out(self: &Arc<Self>, client: Client) {
        let Some((process, ai)) = self.client(client.slot, client.object) else { return };
        let simulation = Arc::clone(self);
        let floor = {
            let mut state = self.lock();
            state.processes[process].may_delete += 1;
            state.judge.newest()
        };
        tokio::spawn(async move {
            let begun = Instant::now();
            let outcome = ai.sign_out().await;
            let mut state = simulation.lock();
            state.note(|| format!("process {process} signed out: {outcome:?}"));
            state.processes[process].may_delete -= 1;
            match outcome {
                Ok(_) if state.was_stopped_since(process, begun) => {}
                Ok(_) => match state.judge.last_without_grant(floor) {
                    Some(at) => state.processes[process].floor = state.processes[process].floor.max(at),
                    None => state.accuse("L7", "signed out, and the store keeps the session".into()),
                },
                Err(error) => state.judge_outcome_of_app(process, begun, "sign_out", &error),
            }
        });
    }

    pub fn forget(self: &Arc<Self>, client: Client) {
        let Some((process, ai)) = self.client(client.slot, client.object) else { return };
        let simulation = Arc::clone(self);
        {
            let mut state = self.lock();
            state.processes[process].may_delete += 1;
            state.judge.was_forgotten = true;
        }
        tokio::spawn(async move {
            let begun = Instant::now();
            let outcome = ai.forget_session().await;
            let mut state = simulation.lock();
            state.processes[process].may_delete -= 1;
            if let Err(error) = outcome {
                state.judge_outcome_of_app(process, begun, "forget_session", &error);
            }
        });
    }

    pub fn cancel_sign_in(self: &Arc<Self>, client: Client) {
        let Some((process, ai)) = self.client(client.slot, client.object) else { return };
        let simulation = Arc::clone(self);
        tokio::spawn(async move {
            let begun = Instant::now();
            if let Err(error) = ai.cancel_sign_in().await {
                simulation.lock().judge_outcome_of_app(process, begun, "cancel_sign_in", &error);
            }
        });
    }

    /// The device's clock is moved.
    pub fn move_clock(&self, seconds: i64) {
        self.clock.set_by_seconds(seconds);
        let mut state = self.lock();
        state.judge.clock_was_moved |= seconds != 0;
        let now = self.clock.now();
        state.note(|| format!("the clock is set to {now:?}"));
    }
}

async fn complete(simulation: Arc<Simulation>, process: usize, ai: AiPass, callback: String, code: usize) {
    let begun = Instant::now();
    let outcome = ai.complete_sign_in(callback).await;
    let mut state = simulation.lock();
    state.note(|| format!("process {process} completed a sign-in: {outcome:?}"));
    match outcome {
        Ok(()) => {
            let grant = state.provider.codes[code].grant;
            match grant.and_then(|grant| state.judge.first_with(grant)) {
                Some(at) => state.processes[process].floor = state.processes[process].floor.max(at),
                None => state.accuse("L3", "a sign-in is complete, and was not stored".into()),
            }
        }
        // Delivered twice, cancelled, signed out meanwhile, or too late: what was issued is looked at in the end (T7).
        Err(Error::InvalidCallback { .. } | Error::Cancelled) => {}
        Err(error) => state.judge_outcome_of_app(process, begun, "complete_sign_in", &error),
    }
}

impl State {
    fn judge_outcome_of_app(&mut self, process: usize, begun: Instant, what: &str, error: &Error) {
        let may = match error {
            Error::Storage { .. } => self.store_failed_since(begun.checked_sub(STORED_AGAIN).unwrap_or(begun)),
            error if is_of_network(error) => self.network_failed_since(begun),
            _ => false,
        };
        if !may && !self.was_stopped_since(process, begun) {
            self.accuse("A9", format!("{what} failed for no reason: {error:?}"));
        }
    }

    /// The provider gets a code.
    pub fn code_sent(&mut self, code: usize) {
        let first = self.provider.codes[code].grant.map(|grant| SetName { grant, generation: 0 });
        if first.is_some_and(|first| self.provider.set(first).delivered.is_some()) {
            self.accuse("A8", format!("code {code} was sent again after it had been exchanged"));
        }
    }
}
