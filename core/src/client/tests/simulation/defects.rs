//! What the simulation is worth: deliberate defects, each of which would break a promise, and each of which is found.
//!
//! The library's code has no switches for them. A layer between it and its store and network makes the two behave together as a
//! library with the defect would: a beat that the layer does not write is one that the library forgot.

use super::judge::Accusation;
use super::network::{balance_of, bearer, call_of, fields};
use super::plan::Plan;
use super::provider::access_token;
use super::run::run_with;
use super::shrink::{command, shrink};
use super::state::{Simulation, State};
use super::store::stored;
use crate::client::tests::world::{BALANCE, REVOKE, TOKEN};
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer};
use crate::session::store::StoredSession;
use bytes::Bytes;
use http::Request;
use serde_json::Value;
use std::collections::HashMap;
use std::sync::Arc;

/// The first run, of so many, in which a defect shows.
const MAX_RUNS: u64 = 600;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Defect {
    /// A write takes no notice of what another process wrote since the record was read.
    SkipCompareAndSwap,
    /// A refresh that failed keeps its lease.
    KeepLease,
    /// The lease of another process is no reason to wait.
    IgnoreLease,
    /// The owner of a lease shows no life.
    SkipBeat,
    /// A refresh is sent twice at once.
    RefreshTwice,
    /// New tokens are used though they could not be stored.
    ShowBeforeStored,
    /// `invalid_grant` ends the session without a look at the store.
    SkipReread,
    /// Every refused refresh ends the session.
    EndOnAnyFailure,
    /// A late token set is stored, whatever happened to its session.
    StoreLate,
    /// A token set that is given up is not revoked.
    SkipRevocation,
    /// What is cached for one user is returned to the next.
    KeepCache,
    /// A call whose token was refused is repeated with the next user's.
    RepeatForOther,
    /// The store is not read before a call that costs money.
    SkipReload,
    /// A paid call is repeated after its connection broke.
    RepeatPaid,
    /// A callback does not claim its code before it is sent.
    SkipClaim,
    /// The session that is signed out stays in the store.
    SkipSignOut,
}

const ALL: [Defect; 16] = [
    Defect::SkipCompareAndSwap,
    Defect::KeepLease,
    Defect::IgnoreLease,
    Defect::SkipBeat,
    Defect::RefreshTwice,
    Defect::ShowBeforeStored,
    Defect::SkipReread,
    Defect::EndOnAnyFailure,
    Defect::StoreLate,
    Defect::SkipRevocation,
    Defect::KeepCache,
    Defect::RepeatForOther,
    Defect::SkipReload,
    Defect::RepeatPaid,
    Defect::SkipClaim,
    Defect::SkipSignOut,
];

/// The defect that `AIPASS_SIMULATION_DEFECT` names.
pub(super) fn named_defect() -> Option<Defect> {
    let name = std::env::var("AIPASS_SIMULATION_DEFECT").ok()?;
    Some(ALL.into_iter().find(|defect| format!("{defect:?}") == name).expect("a defect of this name"))
}

/// The first seed with which a defect shows.
fn first_run_with(defect: Defect) -> Option<(u64, Accusation)> {
    (0..MAX_RUNS).find_map(|seed| Some((seed, run_with(&Plan::of(seed), defect, false).accusation?)))
}

// A simulation that accuses nobody proves something only if it would.
#[test]
fn every_defect_is_found() {
    let mut missed = Vec::new();
    for defect in named_defect().map_or(ALL.to_vec(), |named| vec![named]) {
        match first_run_with(defect) {
            Some((seed, accusation)) => println!("{defect:?}: seed {seed}, {}: {}", accusation.rule, accusation.detail),
            None => missed.push(defect),
        }
    }
    assert_eq!(missed, [], "not found in {MAX_RUNS} runs");
}

// A failure of forty steps is read by nobody.
#[test]
fn a_failing_run_is_shortened_and_fails_for_the_same_reason() {
    let defect = Defect::RepeatForOther;
    let (seed, accusation) = first_run_with(defect).unwrap();
    let whole = Plan::of(seed);
    let short = shrink(&whole, |plan| run_with(plan, defect, false));
    assert!(short.steps.len() * 2 < whole.steps.len(), "{} of {} steps", short.steps.len(), whole.steps.len());
    assert_eq!(run_with(&short, defect, false).accusation.unwrap().rule, accusation.rule);
    let steps = short.steps.iter().map(|(number, _)| number.to_string()).collect::<Vec<_>>().join(",");
    assert!(
        command(&short).starts_with(&format!("AIPASS_SIMULATION={seed}:{steps} cargo test ")),
        "{}",
        command(&short)
    );
}

/// What the layer remembers.
#[derive(Default)]
pub(super) struct Memory {
    /// The record with each refresh token, as it was last written.
    records: HashMap<String, Vec<u8>>,
    /// What a process reads next, in place of what is stored.
    shown: HashMap<usize, StoredSession>,
    /// What a process read or wrote last.
    known: HashMap<usize, StoredSession>,
    /// The owner in a process's leases.
    owners: HashMap<usize, String>,
    /// Whose balance a process asked for first.
    users: HashMap<usize, usize>,
}

/// What happens to a write.
#[derive(PartialEq)]
pub(super) enum Write {
    Made,
    /// Made whatever is stored.
    Forced,
    /// Not made, and reported as made.
    Pretended,
}

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap_or_default()
}

/// Whether two records are the same but for what this member has.
fn differ_only_in(one: &Value, other: &Value, member: &str) -> bool {
    let without = |record: &Value| {
        let mut record = record.clone();
        record.as_object_mut().map(|record| record.remove(member));
        record
    };
    one[member] != other[member] && without(one) == without(other)
}

impl State {
    /// What a process reads of the record.
    pub fn misread(&mut self, process: usize, stored: Option<StoredSession>) -> Option<StoredSession> {
        let (Some(defect), Some(mut stored)) = (self.defect, stored.clone()) else { return stored };
        let memory = &mut self.defect_memory;
        match (defect, memory.shown.remove(&process)) {
            (Defect::SkipReload, Some(known)) => return Some(known), // an older version, which no write can replace
            (_, Some(shown)) => return Some(StoredSession { version: stored.version, ..shown }),
            (_, None) => {}
        }
        memory.known.insert(process, stored.clone());
        if defect == Defect::IgnoreLease {
            let mut record = json(&stored.bytes);
            let owner = record["lease"]["owner"].as_str();
            if owner.is_some() && owner != memory.owners.get(&process).map(String::as_str) {
                record.as_object_mut().unwrap().remove("lease");
                stored.bytes = record.to_string().into_bytes();
            }
        }
        Some(stored)
    }

    /// What becomes of a process's write. `fails`: the store will refuse it.
    pub fn miswrite(&mut self, process: usize, before: Option<&StoredSession>, bytes: &[u8], fails: bool) -> Write {
        let Some(defect) = self.defect else { return Write::Made };
        let (old, new) = (before.map(|before| json(&before.bytes)).unwrap_or_default(), json(bytes));
        let memory = &mut self.defect_memory;
        if let Some(token) = new["grant"]["refresh_token"].as_str() {
            memory.records.insert(token.to_owned(), bytes.to_vec());
        }
        if let Some(owner) = new["lease"]["owner"].as_str() {
            memory.owners.insert(process, owner.to_owned());
        }
        let (was, is) = (stored(&old), stored(&new));
        let owner = |record: &Value| record["lease"]["owner"].clone();
        let is_pretended = match defect {
            Defect::SkipCompareAndSwap => return Write::Forced,
            Defect::KeepLease => is.lease.is_none() && differ_only_in(&old, &new, "lease"),
            Defect::SkipBeat => {
                was.lease.is_some() && owner(&old) == owner(&new) && differ_only_in(&old, &new, "lease")
            }
            Defect::ShowBeforeStored => fails && is.set.is_some() && is.set != was.set,
            Defect::SkipClaim => differ_only_in(&old, &new, "pending") && was.pending == is.pending,
            Defect::SkipSignOut => was.set.is_some() && is.set.is_none() && is.ended.is_none(),
            _ => false,
        };
        if is_pretended { Write::Pretended } else { Write::Made }
    }

    /// A process wrote this.
    pub fn remember(&mut self, process: usize, written: StoredSession) {
        if self.defect.is_some() {
            self.defect_memory.known.insert(process, written);
        }
    }

    /// A process begins a call that costs money.
    pub fn misremember(&mut self, process: usize) {
        if self.defect == Some(Defect::SkipReload)
            && let Some(known) = self.defect_memory.known.get(&process)
        {
            self.defect_memory.shown.insert(process, known.clone());
        }
    }

    /// The request that follows a response, in place of the response.
    fn misrepeated(&self, request: &Request<Bytes>, response: &Scripted) -> Option<Request<Bytes>> {
        call_of(request)?;
        match (self.defect?, response) {
            (Defect::RepeatPaid, Err(HttpFailure::Broken { .. })) if request.method() == "POST" => {
                Some(request.clone())
            }
            (Defect::RepeatForOther, Ok(response)) if response.status() == 401 => {
                let token = format!("Bearer {}", access_token(self.judge.stored_now().set?, &self.knobs));
                let mut repeated = request.clone();
                let before = repeated.headers_mut().insert("authorization", token.parse().unwrap());
                (before.as_ref() != repeated.headers().get("authorization")).then_some(repeated)
            }
            _ => None,
        }
    }

    /// A process gets this response to this request.
    fn misunderstood(&mut self, process: usize, request: &Request<Bytes>, response: Scripted) -> Scripted {
        let (Some(defect), Ok(status)) = (self.defect, response.as_ref().map(|response| response.status().as_u16()))
        else {
            return response;
        };
        match (defect, spent_by(request)) {
            (Defect::EndOnAnyFailure, Some(_)) if status >= 400 => answer(400, r#"{"error":"invalid_grant"}"#),
            (Defect::SkipReread, Some(token)) if status == 400 => {
                self.defect_memory.show(process, &token);
                response
            }
            (Defect::StoreLate, Some(token)) if status == 200 => {
                self.defect_memory.show(process, &token);
                response
            }
            (Defect::KeepCache, None) if status == 200 && request.uri().path() == BALANCE => {
                let Some(user) = self.provider.user_of(bearer(request), &self.knobs) else { return response };
                answer(200, balance_of(*self.defect_memory.users.entry(process).or_insert(user)))
            }
            _ => response,
        }
    }
}

impl Simulation {
    /// Sends a request as a library with the defect would.
    pub async fn send_with_defect(self: Arc<Self>, process: usize, request: Request<Bytes>) -> Scripted {
        let defect = self.lock().defect;
        if defect.is_none() {
            return self.send(process, request).await;
        }
        if defect == Some(Defect::SkipRevocation) && request.uri().path() == REVOKE {
            return answer(200, "");
        }
        if defect == Some(Defect::RefreshTwice) && spent_by(&request).is_some() {
            tokio::spawn(Arc::clone(&self).send(process, request.clone()));
        }
        let mut response = Arc::clone(&self).send(process, request.clone()).await;
        let repeated = self.lock().misrepeated(&request, &response);
        if let Some(repeated) = repeated {
            response = Arc::clone(&self).send(process, repeated).await;
        }
        self.lock().misunderstood(process, &request, response)
    }
}

/// The refresh token in a request.
fn spent_by(request: &Request<Bytes>) -> Option<String> {
    if request.uri().path() != TOKEN {
        return None;
    }
    fields(request)["refreshToken"].as_str().map(str::to_owned)
}

impl Memory {
    /// A process reads next what was stored with this refresh token.
    fn show(&mut self, process: usize, token: &str) {
        if let Some(bytes) = self.records.get(token) {
            self.shown.insert(process, StoredSession { bytes: bytes.clone(), version: 0 });
        }
    }
}
