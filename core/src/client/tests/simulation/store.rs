//! The store that both processes share: it fails when the plan says so, and tells the judge what is written.

use super::defects::Write;
use super::judge::{Lease, Stored};
use super::plan::StoreFault;
use super::provider::{SetName, parse};
use super::state::{Simulation, State};
use crate::session::scheduled::ScheduledStore;
use crate::session::store::{MemoryStore, SessionStore, StoreError, StoredSession};
use futures_util::FutureExt;
use serde_json::Value;
use std::sync::{Arc, Weak};

/// The store as one process sees it.
struct ProcessStore {
    disk: Arc<MemoryStore>,
    /// Weak: a store outlives its run where a token set could not be stored in it.
    simulation: Weak<Simulation>,
    process: usize,
}

pub(super) fn store_of(simulation: &Arc<Simulation>, disk: &Arc<MemoryStore>, process: usize) -> Arc<ScheduledStore> {
    let store = ProcessStore { disk: Arc::clone(disk), simulation: Arc::downgrade(simulation), process };
    let simulation = Arc::downgrade(simulation);
    let turn = move || {
        let simulation = simulation.clone();
        async move {
            match simulation.upgrade() {
                Some(simulation) => simulation.turn(process).await,
                None => std::future::pending().await,
            }
        }
        .boxed()
    };
    Arc::new(ScheduledStore { store: Box::new(store), turn: Box::new(turn) })
}

impl ProcessStore {
    fn with<T>(&self, work: impl FnOnce(&mut State) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let gone = || StoreError::Failed { detail: "the run is over".into() };
        let simulation = self.simulation.upgrade().ok_or_else(gone)?;
        let mut state = simulation.lock();
        work(&mut state)
    }
}

fn failure(fault: StoreFault) -> StoreError {
    let detail = "simulated".to_owned();
    match fault {
        StoreFault::Full => StoreError::Full { detail },
        StoreFault::Locked => StoreError::Unavailable { detail },
        StoreFault::KeyLost => StoreError::KeyLost { detail },
        StoreFault::Torn | StoreFault::Unsure => StoreError::Failed { detail },
    }
}

fn is_session(key: &str) -> bool {
    key.starts_with("one.aipass.session.")
}

impl SessionStore for ProcessStore {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        self.with(|state| {
            let fault = state.store_fault(self.process);
            let stored = self.disk.load(key.clone())?;
            if is_session(&key) {
                state.processes[self.process].read_garbage = fault == Some(StoreFault::Torn) && stored.is_some();
            }
            match fault {
                Some(fault @ (StoreFault::Locked | StoreFault::KeyLost)) => Err(failure(fault)),
                Some(StoreFault::Torn) => {
                    Ok(stored.map(|stored| StoredSession { bytes: b"{\"v\":2,\"gr".to_vec(), ..stored }))
                }
                _ if is_session(&key) => Ok(state.misread(self.process, stored)),
                _ => Ok(stored),
            }
        })
    }

    fn compare_and_swap(&self, key: String, expected: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        self.with(|state| {
            let fault = state.store_fault(self.process);
            let fails = matches!(fault, Some(StoreFault::Full | StoreFault::Locked | StoreFault::KeyLost));
            let mut expected = expected;
            if is_session(&key) && state.defect.is_some() {
                let before = self.disk.load(key.clone())?;
                match state.miswrite(self.process, before.as_ref(), &bytes, fails) {
                    Write::Made => {}
                    Write::Forced => expected = before.map(|before| before.version),
                    Write::Pretended => return Ok(0),
                }
            }
            if let Some(fault @ (StoreFault::Full | StoreFault::Locked | StoreFault::KeyLost)) = fault {
                return Err(failure(fault));
            }
            let version = self.disk.compare_and_swap(key.clone(), expected, bytes.clone())?;
            if is_session(&key) {
                if state.processes[self.process].read_garbage {
                    state.accuse("L9", "a record that could not be read was overwritten".into());
                }
                let stored = stored(&serde_json::from_slice(&bytes).unwrap());
                state.stored(self.process, stored);
                state.remember(self.process, StoredSession { bytes, version });
            }
            match fault {
                Some(StoreFault::Unsure) => Err(failure(StoreFault::Unsure)),
                _ => Ok(version),
            }
        })
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        self.with(|state| {
            if let Some(fault @ StoreFault::Locked) = state.store_fault(self.process) {
                return Err(failure(fault));
            }
            self.disk.delete(key.clone())?;
            if is_session(&key) {
                if state.processes[self.process].may_delete == 0 {
                    state.accuse("L9", "the record was removed, and nobody asked for it".into());
                }
                state.stored(self.process, Stored::default());
            }
            Ok(())
        })
    }
}

/// What the judge needs of a record.
pub(super) fn stored(record: &Value) -> Stored {
    let token = |name: &str| record["grant"][name].as_str().and_then(parse);
    let set = token("access_token").zip(token("refresh_token")).map(|(access, refresh)| SetName {
        grant: access.grant,
        generation: access.generation.max(refresh.generation), // one of the two may stay the same
    });
    let pending = record["pending"].as_array().into_iter().flatten();
    Stored {
        set,
        ended: record["ended"].as_str().map(str::to_owned),
        account: record["grant"]["account"].as_str().map(str::to_owned),
        pending: pending.map(|pending| pending["state"].as_str().unwrap().to_owned()).collect(),
        lease: record.get("lease").map(|lease| Lease {
            owner: lease["owner"].as_str().unwrap().to_owned(),
            beat: lease["beat"].as_u64().unwrap(),
        }),
    }
}
