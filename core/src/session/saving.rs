//! Storing token sets whose storing failed (L3): the next call tries it again, and a task in the background. Another process may
//! take over the lease of this one when its counter stands still, and would spend the old token set a second time (L16). While the
//! store fails the counter cannot be renewed either, so storing the set itself is what is tried.

use super::Session;
use super::new_tokens::{Flow, NewTokens};
use super::record::TokenSetId;
use super::shared::Shared;
use crate::error::{Error, Result};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

/// The first tries come fast: most stores fail for a moment, and a lease counts as dead after 5 s.
const FAST_TRIES: u32 = 10;
const FAST_WAIT: Duration = Duration::from_secs(1);
const SLOW_WAIT: Duration = Duration::from_secs(30);

impl Shared {
    /// Keeps a token set in memory until it is stored or revoked.
    pub fn keep_unsaved(self: &Arc<Self>, tokens: &NewTokens) {
        self.change_unsaved(|unsaved| {
            if !unsaved.contains(tokens) {
                unsaved.push(tokens.clone());
            }
        });
    }

    /// Forgets a token set that is stored or revoked by now. Returns whether it was kept.
    pub fn forget_unsaved(self: &Arc<Self>, tokens: &NewTokens) -> bool {
        self.change_unsaved(|unsaved| {
            let before = unsaved.len();
            unsaved.retain(|kept| kept != tokens);
            unsaved.len() < before
        })
    }

    /// All token sets that are kept in memory.
    pub fn take_unsaved(self: &Arc<Self>) -> Vec<NewTokens> {
        self.change_unsaved(std::mem::take)
    }

    /// The same, and they stay.
    pub fn unsaved_now(&self) -> Vec<NewTokens> {
        self.unsaved.sets().clone()
    }

    /// The token set that replaces this one already.
    pub fn unsaved_successor_of(&self, spent: TokenSetId) -> Option<NewTokens> {
        self.unsaved.find(|flow| matches!(flow, Flow::Refresh { spent: it } if *it == spent))
    }

    /// The token set of a completed sign-in.
    pub fn unsaved_sign_in(&self) -> Option<NewTokens> {
        self.unsaved.find(|flow| matches!(flow, Flow::SignIn { .. }))
    }

    fn change_unsaved<T>(self: &Arc<Self>, change: impl FnOnce(&mut Vec<NewTokens>) -> T) -> T {
        let mut unsaved = self.unsaved.sets();
        let outcome = change(&mut unsaved);
        self.hold(!unsaved.is_empty());
        outcome
    }
}

impl Session {
    /// Tries again to store the token set of a sign-in whose storing failed. On a task of its own: the caller may go away.
    pub(super) async fn save_unsaved_sign_in(self: &Arc<Self>) -> Result<()> {
        let Some(tokens) = self.shared.unsaved_sign_in() else { return Ok(()) };
        let session = Arc::clone(self);
        let saved = tokio::spawn(async move { session.keep(tokens).await.map(drop) }).await;
        saved.unwrap_or_else(|_| Err(Error::internal("storing a session panicked")))
    }

    /// Tries again and again to store what could not be stored, until it is stored or given up, or the client whose call it was
    /// is gone. The calls of other clients try, too.
    pub(super) fn save_in_background(self: &Arc<Self>) {
        if self.shared.unsaved.is_being_saved.swap(true, Ordering::SeqCst) {
            return;
        }
        let guard = SavingGuard(Arc::clone(&self.shared));
        let session = Arc::downgrade(self);
        tokio::spawn(async move {
            let guard = guard;
            for tries in 0_u32.. {
                tokio::time::sleep(if tries < FAST_TRIES { FAST_WAIT } else { SLOW_WAIT }).await;
                let Some(session) = session.upgrade() else { return };
                for tokens in guard.0.unsaved_now() {
                    // A call may have stored it meanwhile, or a sign-out given it up.
                    if guard.0.unsaved_now().contains(&tokens)
                        && let Err(error) = session.keep(tokens).await
                    {
                        session.log(format!("a token set is still not stored: {error}"));
                    }
                }
                if guard.0.unsaved_now().is_empty() {
                    drop(guard);
                    if !session.shared.unsaved_now().is_empty() {
                        session.save_in_background(); // one came between that look and the end of this task
                    }
                    return;
                }
            }
        });
    }
}

/// Says that nothing is being saved any more, also if the task is dropped.
struct SavingGuard(Arc<Shared>);

impl Drop for SavingGuard {
    fn drop(&mut self) {
        self.0.unsaved.is_being_saved.store(false, Ordering::SeqCst);
    }
}
