//! Keeps results for later calls: the balance, the model catalogue. Each subject keeps its own type here. This module
//! depends on none of them, so that nothing below `gateway` imports it.

use crate::environment::{Instant, Timestamp};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

#[derive(Default)]
pub(crate) struct Cache(Mutex<HashMap<TypeId, Entry>>);

/// One completed sign-in; `None` if no user is signed in.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Account(pub Option<String>);

struct Entry {
    account: Account,
    stored_at: (Timestamp, Instant),
    value: Box<dyn Any + Send>,
}

impl Cache {
    /// The value of this type that was put for this account, if it is not older than `max_age`.
    pub fn get<T: Clone + Send + 'static>(&self, account: &Account, now: Timestamp, max_age: Duration) -> Option<T> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Entry { account: owner, stored_at: (at, instant), value } = entries.get(&TypeId::of::<T>())?;
        // The greater age by two clocks: the wall clock may be set back (L18), the other one stops while a phone sleeps (L13).
        let age = now.since(*at).unwrap_or_default().max(instant.elapsed());
        let is_fresh = age <= max_age;
        if is_fresh && owner == account { value.downcast_ref().cloned() } else { None }
    }

    pub fn put<T: Send + 'static>(&self, account: Account, now: Timestamp, value: T) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(TypeId::of::<T>(), Entry { account, stored_at: (now, Instant::now()), value: Box::new(value) });
    }
}
