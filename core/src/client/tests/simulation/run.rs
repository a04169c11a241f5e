//! A run from its first step to its end, when everything works again and is asked once more.

use super::calls::Kind;
use super::defects::Defect;
use super::judge::{Accusation, Left};
use super::network::transport_of;
use super::plan::{Action, Plan, SLOTS};
use super::provider::SetName;
use super::random::{Random, SeededRandom};
use super::state::{Power, Simulation, State, StoreFailure};
use super::store::store_of;
use crate::environment::{Environment, ProcessId};
use crate::session::store::MemoryStore;
use crate::{AiPass, Error, Provider, SessionState};
use std::sync::{Arc, LazyLock, Mutex};
use std::time::Duration;
use tokio::time::Instant;

static AI_PASS: LazyLock<Provider> = LazyLock::new(Provider::ai_pass);

/// All calls have ended by then, those of the library in the background, too.
const SETTLED: Duration = Duration::from_secs(1_300);

/// What a run came to.
#[derive(Debug, Default)]
pub(super) struct Report {
    pub accusation: Option<Accusation>,
    /// How often something was lost in the counted window.
    pub counted: u64,
    pub requests: usize,
    pub trace: Vec<String>,
}

/// Runs a plan on a clock of its own. The same plan always comes to the same.
pub(super) fn run(plan: &Plan, is_traced: bool) -> Report {
    simulate(plan, None, is_traced)
}

/// Runs a plan with a defect.
pub(super) fn run_with(plan: &Plan, defect: Defect, is_traced: bool) -> Report {
    simulate(plan, Some(defect), is_traced)
}

fn simulate(plan: &Plan, defect: Option<Defect>, is_traced: bool) -> Report {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
    runtime.block_on(async {
        let simulation = Simulation::new(plan.seed, plan.knobs, defect, is_traced);
        let runner = Runner { simulation: Arc::clone(&simulation), disk: Arc::default() };
        for slot in 0..SLOTS {
            runner.start(slot);
        }
        for (number, action) in &plan.steps {
            // So that a step does the same where others before it were left out.
            simulation.lock().random = Random::of(plan.seed, *number as u64);
            runner.step(*action).await;
            if simulation.lock().judge.accusation.is_some() {
                break;
            }
        }
        if simulation.lock().judge.accusation.is_none() {
            runner.settle().await;
        }
        *simulation.clients.lock().unwrap() = Default::default();
        let mut state = simulation.lock();
        Report {
            accusation: state.judge.accusation.take(),
            counted: state.judge.counted,
            requests: state.requests,
            trace: state.trace.take().unwrap_or_default(),
        }
    })
}

/// What a process has in the end: the outcome of a call, and the state of its session.
type Ending = (usize, Result<(), Error>, Result<SessionState, Error>);

struct Runner {
    simulation: Arc<Simulation>,
    disk: Arc<MemoryStore>,
}

impl Runner {
    fn start(&self, slot: usize) {
        let simulation = &self.simulation;
        let number = simulation.lock().start(slot);
        let environment = Environment {
            clock: simulation.clock.clone(),
            random: Arc::new(SeededRandom(Mutex::new(Random::of(number as u64, 1)))),
            process: ProcessId::new(),
        };
        let (store, transport) = (store_of(simulation, &self.disk, number), transport_of(simulation, number));
        let ends_one = simulation.knobs.ends_one_token_set;
        let provider = Provider { revocation_ends_one_token_set: ends_one, ..AI_PASS.clone() };
        let client = || {
            let builder = AiPass::builder("client_123", "myapp://auth/callback").provider(provider.clone());
            builder.store(store.clone()).scripted(transport.clone(), environment.clone()).build().unwrap()
        };
        simulation.clients.lock().unwrap()[slot] = Some([client(), client()]);
        simulation.lock().note(|| format!("process {number} starts in slot {slot}"));
    }

    fn stop(&self, slot: usize, how: Power) {
        let mut state = self.simulation.lock();
        let process = state.slots[slot];
        if state.processes[process].power != Power::Dead {
            state.note(|| format!("process {process} is {how:?}"));
            state.switch(process, how);
        }
        drop(state);
        if how == Power::Dead {
            self.simulation.clients.lock().unwrap()[slot] = None; // its tasks stay, and do nothing any more
        }
    }

    fn go_on(&self, slot: usize) {
        let mut state = self.simulation.lock();
        let process = state.slots[slot];
        let power = state.processes[process].power;
        match power {
            Power::Running => {}
            Power::Suspended => {
                state.note(|| format!("process {process} goes on"));
                state.switch(process, Power::Running);
            }
            Power::Dead => {
                drop(state);
                self.start(slot);
            }
        }
    }

    async fn step(&self, action: Action) {
        let simulation = &self.simulation;
        simulation.lock().note(|| format!("-- {action:?}"));
        match action {
            Action::Token { client, min_ttl, cancel_after } => {
                simulation.call(client, Kind::Token { min_ttl }, cancel_after)
            }
            Action::Read { client, cancel_after } => simulation.call(client, Kind::Read, cancel_after),
            Action::Pay { client, cancel_after } => simulation.call(client, Kind::Pay, cancel_after),
            Action::Balance { client } => simulation.call(client, Kind::Balance, None),
            Action::SignIn { client, user, takes, delivered_twice } => {
                simulation.sign_in(client, user, takes, delivered_twice)
            }
            Action::SignOut { client } => simulation.sign_out(client),
            Action::CancelSignIn { client } => simulation.cancel_sign_in(client),
            Action::Forget { client } => simulation.forget(client),
            Action::Resume { client } => {
                if let Some((_, ai)) = simulation.client(client.slot, client.object) {
                    ai.resumed();
                }
            }
            Action::Kill { slot } => self.stop(slot, Power::Dead),
            Action::Suspend { slot } => self.stop(slot, Power::Suspended),
            Action::GoOn { slot } => self.go_on(slot),
            Action::FailStore { slot, fault, during } => {
                let from = Instant::now();
                simulation.lock().store_faults.push(StoreFailure { fault, slot, from, until: from + during });
            }
            Action::Network { faults, latency_ms } => {
                let mut state = simulation.lock();
                state.network_faults = faults;
                state.latency = Duration::from_millis(latency_ms);
            }
            Action::MoveClock { seconds } => simulation.move_clock(seconds),
            Action::Refuse { whole_grant } => {
                let mut state = simulation.lock();
                state.judge.refused = Some(Instant::now());
                if let Some(set) = state.judge.stored_now().set {
                    state.provider.refuse(set.grant, whole_grant);
                }
            }
            Action::Wait(wait) => tokio::time::sleep(wait).await,
        }
        simulation.lock().judge_lease();
    }

    /// Everything works again and is asked once more, after all tokens have expired.
    async fn settle(&self) {
        let simulation = &self.simulation;
        simulation.clock.set_by_seconds(0);
        {
            let mut state = simulation.lock();
            state.note(|| "-- everything works again".into());
            state.network_faults = 0;
            state.latency = Duration::from_millis(20);
            let now = Instant::now();
            state.store_faults.iter_mut().for_each(|failure| failure.until = failure.until.min(now));
        }
        (0..SLOTS).for_each(|slot| self.go_on(slot));
        tokio::time::sleep(SETTLED).await;
        tokio::time::sleep(simulation.knobs.life).await;
        let mut outcomes = Vec::new();
        for slot in [0, 1, 0, 1] {
            let Some((process, ai)) = simulation.client(slot, 0) else { return };
            ai.resumed();
            tokio::time::sleep(Duration::from_secs(1)).await;
            outcomes.push((process, ai.refresh_balance().await.map(drop), ai.session_state().await));
            tokio::time::sleep(Duration::from_secs(60)).await;
        }
        simulation.lock().judge_in_the_end(&outcomes);
    }
}

impl State {
    fn judge_in_the_end(&mut self, outcomes: &[Ending]) {
        self.note(|| format!("in the end {outcomes:?}"));
        let stored = self.judge.stored_now();
        if stored.lease.is_some() {
            self.accuse("L16", "nobody refreshes, and the lease stays".into());
        }
        if let Some(number) = self.calls.iter().position(|call| !call.is_over && self.is_running(call.process)) {
            self.accuse("P3", format!("call {number} has not ended"));
        }
        for (process, outcome, state) in &outcomes[outcomes.len() - SLOTS..] {
            match (stored.set, outcome, state) {
                (Some(_), Ok(()), Ok(SessionState::SignedIn)) => {}
                (None, Err(Error::SignInRequired { .. }), Ok(state)) if *state != SessionState::SignedIn => {}
                _ => self.accuse(
                    "L12",
                    format!("process {process}: {outcome:?}, {state:?}, and stored is {:?}", stored.set),
                ),
            }
        }
        if let Some(set) = stored.set
            && set != self.provider.newest(set.grant)
        {
            self.accuse("L3", format!("stored is {set:?}, and the newest is another"));
        }
        for grant in 0..self.provider.grants.len() {
            self.judge_what_became_of(grant);
        }
    }

    /// Every token set was stored, or replaced by one that was, or given back, or is left for a reason (T7, L19).
    fn judge_what_became_of(&mut self, grant: usize) {
        let left = self.judge.left.get(&grant).copied();
        let sets = &self.provider.grants[grant].sets;
        if let Some(Left::SignedOut { process, at }) = left {
            let may_stay = self.judge.was_forgotten
                || self.was_stopped_since(process, at)
                || self.store_failed_since(at)
                || self.judge.network_failed.is_some_and(|failed| failed >= at);
            if !may_stay && !sets.iter().any(|set| set.given_back) {
                self.accuse("L7", format!("grant {grant} was signed out, and not given back"));
            }
        }
        let sets = &self.provider.grants[grant].sets;
        for (generation, set) in sets.iter().enumerate() {
            if set.delivered.is_none() {
                continue;
            }
            let later_is_stored = sets[generation..].iter().any(|later| later.stored);
            let is_settled = later_is_stored || set.given_back || self.judge.was_forgotten;
            // One of an unknown account, or of the same one, is left: to revoke it could end the session in use.
            let other_is_in_use = self.judge.stored_now().set.is_some_and(|stored| stored.grant != grant)
                || matches!(left, Some(Left::Replaced { .. }));
            if !is_settled && !other_is_in_use && !self.was_stopped_since(set.process, set.sent) {
                let name = SetName { grant, generation };
                return self.accuse("T7", format!("{name:?} came, and was neither stored nor given back"));
            }
        }
    }
}
