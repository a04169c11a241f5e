//! Token sets that came and could not be stored (L3). What they replace is spent, so the copy in memory is the session: it is
//! held until it is stored or given up, also without any client.

use super::new_tokens::{Flow, NewTokens};
use std::sync::atomic::AtomicBool;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The token sets of a session that could not be stored.
#[derive(Default)]
pub(super) struct Unsaved {
    sets: Mutex<Vec<NewTokens>>,
    pub is_being_saved: AtomicBool,
}

impl Unsaved {
    pub fn sets(&self) -> MutexGuard<'_, Vec<NewTokens>> {
        self.sets.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last one that came of such a flow.
    pub fn find(&self, is_it: impl Fn(&Flow) -> bool) -> Option<NewTokens> {
        self.sets().iter().rev().find(|tokens| is_it(&tokens.flow)).cloned()
    }
}
