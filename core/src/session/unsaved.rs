//! Pairs that the provider gave and the store would not take (L3): kept for the whole process, so that no caller who goes
//! away takes one along, and so that another client of the same session finds it instead of spending the old pair again.

use super::arrival::{Arrival, Flow};
use super::record::Grant;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

static UNSAVED: LazyLock<Mutex<Vec<Unsaved>>> = LazyLock::new(Mutex::default);

struct Unsaved {
    session: String,
    arrival: Arrival,
}

fn all() -> MutexGuard<'static, Vec<Unsaved>> {
    UNSAVED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a pair until it is stored or revoked.
pub(super) fn keep(session: &str, arrival: &Arrival) {
    let mut all = all();
    if !all.iter().any(|unsaved| unsaved.session == session && unsaved.arrival == *arrival) {
        all.push(Unsaved { session: session.to_owned(), arrival: arrival.clone() });
    }
}

/// Forgets a pair that is stored or revoked by now.
pub(super) fn forget(session: &str, arrival: &Arrival) {
    all().retain(|unsaved| unsaved.session != session || unsaved.arrival != *arrival);
}

/// The pair that replaces this one already.
pub(super) fn successor_of(session: &str, grant: &Grant) -> Option<Arrival> {
    find(session, |flow| matches!(flow, Flow::Refresh { spent } if *spent == grant.access_token))
}

/// The pair of a completed sign-in.
pub(super) fn sign_in(session: &str) -> Option<Arrival> {
    find(session, |flow| matches!(flow, Flow::SignIn { .. }))
}

/// All pairs of a session that is over, to be revoked.
pub(super) fn take_all(session: &str) -> Vec<Arrival> {
    let mut all = all();
    let (ended, others) = std::mem::take(&mut *all).into_iter().partition(|unsaved| unsaved.session == session);
    *all = others;
    ended.into_iter().map(|unsaved: Unsaved| unsaved.arrival).collect()
}

fn find(session: &str, is_it: impl Fn(&Flow) -> bool) -> Option<Arrival> {
    let all = all();
    let found = all.iter().rev().find(|unsaved| unsaved.session == session && is_it(&unsaved.arrival.flow));
    found.map(|unsaved| unsaved.arrival.clone())
}
