//! Keeps what later calls need: the model catalogue, what is known of the balance. Each subject keeps its own type here.
//! This module depends on none of them, so that nothing below `gateway` imports it.

use crate::environment::{Moment, Timestamp};
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

#[derive(Default)]
pub(crate) struct Cache {
    entries: Mutex<HashMap<TypeId, Entry>>,
    kept: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

/// One completed sign-in; `None` if no user is signed in.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct Account(pub Option<String>);

struct Entry {
    account: Account,
    stored_at: Moment,
    value: Box<dyn Any + Send>,
}

impl Cache {
    /// The value of this type that was put for this account, if it is not older than `max_age`.
    pub fn get<T: Clone + Send + 'static>(&self, account: &Account, now: Timestamp, max_age: Duration) -> Option<T> {
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        let Entry { account: owner, stored_at, value } = entries.get(&TypeId::of::<T>())?;
        let is_fresh = stored_at.age(now) <= max_age;
        if is_fresh && owner == account { value.downcast_ref().cloned() } else { None }
    }

    pub fn put<T: Send + 'static>(&self, account: Account, now: Timestamp, value: T) {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert(TypeId::of::<T>(), Entry { account, stored_at: Moment::at(now), value: Box::new(value) });
    }

    /// The one object of this type that the client keeps for as long as it lives.
    pub fn kept<T: Default + Send + Sync + 'static>(&self) -> Arc<T> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let object = kept.entry(TypeId::of::<T>()).or_insert_with(|| Arc::new(T::default()));
        // The key is the type.
        Arc::clone(object).downcast().unwrap_or_default()
    }
}
