//! All that a run has in common: the provider, what is stored, which process runs, and what the judge knows.

use super::calls::Call;
use super::defects::{Defect, Memory};
use super::judge::Judge;
use super::plan::{Knobs, SHORT_FAULT, SLOTS, StoreFault};
use super::provider::Provider;
use super::random::Random;
use crate::AiPass;
use crate::client::tests::world::TestClock;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Power {
    Running,
    Suspended,
    Dead,
}

/// A run's world.
pub(super) struct Simulation {
    pub knobs: Knobs,
    pub clock: Arc<TestClock>,
    state: Mutex<State>,
    /// The clients that live, two objects of each process.
    pub clients: Mutex<[Option<[AiPass; 2]>; SLOTS]>,
}

pub(super) struct State {
    pub knobs: Knobs,
    /// The defect that the library seems to have.
    pub defect: Option<Defect>,
    pub defect_memory: Memory,
    pub random: Random,
    pub provider: Provider,
    /// Everything that was ever started.
    pub processes: Vec<Process>,
    /// Which of them stands in which slot.
    pub slots: [usize; SLOTS],
    pub store_faults: Vec<StoreFailure>,
    pub network_faults: u64,
    pub latency: Duration,
    pub judge: Judge,
    pub calls: Vec<Call>,
    pub requests: usize,
    pub trace: Option<Vec<String>>,
    started: Instant,
}

pub(super) struct Process {
    pub power: Power,
    /// Wakes what waits for it to run, in the order in which it waits.
    runs: Arc<Notify>,
    /// From when until when it did not run.
    stops: Vec<(Instant, Option<Instant>)>,
    /// Since this commit of the store it must know better than what was before.
    pub floor: usize,
    /// The last read of the record was of garbage.
    pub read_garbage: bool,
    /// So many calls are under way that may delete the record.
    pub may_delete: usize,
}

pub(super) struct StoreFailure {
    pub fault: StoreFault,
    pub slot: Option<usize>,
    pub from: Instant,
    pub until: Instant,
}

impl Simulation {
    pub fn new(seed: u64, knobs: Knobs, defect: Option<Defect>, is_traced: bool) -> Arc<Self> {
        let state = State {
            knobs,
            defect,
            defect_memory: Memory::default(),
            random: Random::of(seed, 0),
            provider: Provider::default(),
            processes: Vec::new(),
            slots: [0; SLOTS],
            store_faults: Vec::new(),
            network_faults: 0,
            latency: Duration::from_millis(20),
            judge: Judge::default(),
            calls: Vec::new(),
            requests: 0,
            trace: is_traced.then(Vec::new),
            started: Instant::now(),
        };
        Arc::new(Self { knobs, clock: Arc::new(TestClock::new()), state: Mutex::new(state), clients: Mutex::default() })
    }

    pub fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The client that lives in this slot now, with its process.
    pub fn client(&self, slot: usize, object: usize) -> Option<(usize, AiPass)> {
        let clients = self.clients.lock().unwrap();
        let ai = clients[slot].as_ref()?[object].clone();
        let state = self.lock();
        state.is_running(state.slots[slot]).then(|| (state.slots[slot], ai))
    }

    /// Lets others go first, or not, as the seed says; and waits while the process does not run. A dead one never goes on.
    pub async fn turn(&self, process: usize) {
        enum Turn {
            Now,
            Yield(u64),
            Wait(Duration),
        }
        let (turn, runs) = {
            let mut state = self.lock();
            let turn = match state.random.below(10) {
                0..=3 => Turn::Now,
                4..=6 => Turn::Yield(1 + state.random.below(4)),
                _ => Turn::Wait(state.random.millis_below(30)),
            };
            (turn, Arc::clone(&state.processes[process].runs))
        };
        match turn {
            Turn::Now => {}
            Turn::Yield(times) => {
                for _ in 0..times {
                    tokio::task::yield_now().await;
                }
            }
            Turn::Wait(time) => tokio::time::sleep(time).await,
        }
        while !self.lock().is_running(process) {
            runs.notified().await;
        }
    }
}

impl State {
    pub fn note(&mut self, text: impl FnOnce() -> String) {
        let at = self.started.elapsed();
        if let Some(trace) = &mut self.trace {
            trace.push(format!("{:>12.3} {}", at.as_secs_f64(), text()));
        }
    }

    pub fn start(&mut self, slot: usize) -> usize {
        self.processes.push(Process {
            power: Power::Running,
            runs: Arc::default(),
            stops: Vec::new(),
            floor: self.judge.newest(),
            read_garbage: false,
            may_delete: 0,
        });
        self.slots[slot] = self.processes.len() - 1;
        self.slots[slot]
    }

    pub fn switch(&mut self, process: usize, to: Power) {
        let now = Instant::now();
        let process = &mut self.processes[process];
        let before = std::mem::replace(&mut process.power, to);
        match (before, to) {
            (Power::Running, Power::Suspended | Power::Dead) => process.stops.push((now, None)),
            (Power::Suspended, Power::Running) => {
                process.stops.last_mut().unwrap().1 = Some(now);
                process.runs.notify_waiters();
            }
            _ => {}
        }
    }

    pub fn is_running(&self, process: usize) -> bool {
        self.processes[process].power == Power::Running
    }

    /// Whether it did not run at some moment since then.
    pub fn was_stopped_since(&self, process: usize, since: Instant) -> bool {
        self.processes[process].stops.iter().any(|(_, until)| until.is_none_or(|until| until >= since))
    }

    /// How the store fails for this process now.
    pub fn store_fault(&self, process: usize) -> Option<StoreFault> {
        let now = Instant::now();
        let of_process = |failure: &&StoreFailure| failure.slot.is_none_or(|slot| self.slots[slot] == process);
        self.store_faults.iter().filter(of_process).find(|failure| now < failure.until).map(|failure| failure.fault)
    }

    /// Whether a store failed since then.
    pub fn store_failed_since(&self, since: Instant) -> bool {
        self.store_faults.iter().any(|failure| failure.until >= since)
    }

    /// The same for so long that a lease may have died meanwhile.
    pub fn store_failed_long_since(&self, since: Instant) -> bool {
        let now = Instant::now();
        let faults = self.store_faults.iter().filter(|failure| failure.until >= since);
        let failed = faults.map(|failure| failure.until.min(now).saturating_duration_since(failure.from.max(since)));
        failed.sum::<Duration>() > SHORT_FAULT
    }
}
