//! What calls remember for a while: the balance, the model catalogue. Each subject keeps its own type here; this module
//! knows none of them, so that nothing points back at `gateway`.

use crate::environment::Timestamp;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

#[derive(Default)]
pub(crate) struct Memory(Mutex<HashMap<TypeId, Entry>>);

/// One completed sign-in, or nobody.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Account(pub Option<String>);

struct Entry {
    account: Account,
    at: Timestamp,
    value: Box<dyn Any + Send>,
}

impl Memory {
    /// What was remembered of this type for this account, if it is not older than `max_age`.
    pub fn recall<T: Clone + Send + 'static>(&self, account: &Account, now: Timestamp, max_age: Duration) -> Option<T> {
        let entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Entry { account: owner, at, value } = entries.get(&TypeId::of::<T>())?;
        let is_fresh = now.since(*at).is_some_and(|age| age <= max_age);
        if is_fresh && owner == account { value.downcast_ref().cloned() } else { None }
    }

    pub fn remember<T: Send + 'static>(&self, account: Account, now: Timestamp, value: T) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(TypeId::of::<T>(), Entry { account, at: now, value: Box::new(value) });
    }
}
