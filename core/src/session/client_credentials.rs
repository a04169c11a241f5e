//! Access tokens of the client's own, without a user ([RFC 6749 4.4](https://www.rfc-editor.org/rfc/rfc6749#section-4.4)). They belong to no session: they are kept in memory only, and a
//! sign-out does not touch them.
//!
//! Callers that need the same token share one request. A token is used until shortly before it expires; one whose life the
//! provider does not tell is not kept, because nothing here would see its refusal.

use super::Session;
use super::record::Grant;
use crate::environment::Moment;
use crate::error::{Error, Result};
use crate::oauth::authorization::check_scopes;
use crate::oauth::token;
use crate::secret::Secret;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;

/// So many sets of scopes have a token at a time.
const MAX_KEPT: usize = 16;

/// The tokens in memory, and the requests that are under way, each by its scopes.
#[derive(Default)]
pub(super) struct ClientTokens(Mutex<HashMap<Vec<String>, Slot>>);

enum Slot {
    Running(watch::Receiver<Option<Result<Secret>>>),
    Kept(KeptToken),
}

struct KeptToken {
    token: Secret,
    /// How long it is used.
    life: Duration,
    since: Moment,
}

impl Session {
    /// A token that lives, for these scopes.
    pub async fn client_credentials_token(self: &Arc<Self>, scopes: Vec<String>) -> Result<Secret> {
        if self.client.secret.is_none() {
            let detail = "only a client with a secret can have a token of its own: see AiPassBuilder::client_secret";
            return Err(Error::invalid_input("client_secret", detail));
        }
        check_scopes(&scopes)?;
        let mut key = scopes;
        key.sort();
        key.dedup();
        let mut receiver = {
            let mut slots = self.client_tokens.slots();
            match slots.get(&key) {
                Some(Slot::Kept(kept)) if kept.lives(self) => return Ok(kept.token.clone()),
                Some(Slot::Running(outcome)) => outcome.clone(),
                _ => {
                    let (sender, receiver) = watch::channel(None);
                    make_room(&mut slots);
                    slots.insert(key.clone(), Slot::Running(receiver.clone()));
                    // Made before the task: if the runtime drops the task, the slot is freed.
                    let guard = RunningGuard { session: Arc::clone(self), key };
                    tokio::spawn(async move {
                        let outcome = guard.session.request_client_token(&guard.key).await;
                        let outcome = guard.finish(outcome);
                        sender.send_replace(Some(outcome));
                    });
                    receiver
                }
            }
        };
        let outcome = receiver.wait_for(Option::is_some).await.ok().and_then(|outcome| outcome.clone());
        outcome.unwrap_or_else(|| Err(Error::internal("a token request was lost: its task panicked or was dropped")))
    }

    /// The token, and how long it is used; `None` means that it is not kept.
    async fn request_client_token(self: &Arc<Self>, scopes: &[String]) -> Result<(Secret, Option<Duration>)> {
        let request = token::client_credentials(&self.provider, &self.client, scopes);
        let granted = self.token_request(request, &[], None).await?;
        if let Some(defect) = granted.defect {
            // T7: what cannot be used is revoked.
            let grant = Grant::new(String::new(), granted.tokens, scopes, self.server_now(), 0);
            return Err(self.revoke(&grant).await.named_in(defect.into()));
        }
        // A refresh token beside it, which RFC 6749 4.4.3 advises against, is left: to revoke it could end this token too.
        let used_for =
            granted.tokens.expires_in.map(|life| life.saturating_sub(self.config.refresh_ahead.min(life / 5)));
        Ok((granted.tokens.access_token, used_for))
    }
}

impl ClientTokens {
    fn slots(&self) -> MutexGuard<'_, HashMap<Vec<String>, Slot>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl KeptToken {
    fn lives(&self, session: &Session) -> bool {
        self.since.age(session.environment.now()) < self.life
    }
}

/// Drops the token that has been kept longest, if there are too many.
fn make_room(slots: &mut HashMap<Vec<String>, Slot>) {
    let kept = slots.iter().filter_map(|(key, slot)| match slot {
        Slot::Kept(kept) => Some((kept.since.monotonic, key)),
        Slot::Running(_) => None,
    });
    let oldest = kept.min_by_key(|(since, _)| *since).map(|(_, key)| key.clone());
    if slots.len() >= MAX_KEPT
        && let Some(oldest) = oldest
    {
        slots.remove(&oldest);
    }
}

/// Frees the slot of a request when it ends, also if its task panics or is dropped.
struct RunningGuard {
    session: Arc<Session>,
    key: Vec<String>,
}

impl RunningGuard {
    /// Keeps the token before its callers are told: later ones find it.
    fn finish(self, outcome: Result<(Secret, Option<Duration>)>) -> Result<Secret> {
        let (token, life) = outcome?;
        if let Some(life) = life {
            let since = Moment::at(self.session.environment.now());
            let kept = Slot::Kept(KeptToken { token: token.clone(), life, since });
            self.session.client_tokens.slots().insert(self.key.clone(), kept);
        }
        Ok(token)
    }
}

impl Drop for RunningGuard {
    fn drop(&mut self) {
        let mut slots = self.session.client_tokens.slots();
        if matches!(slots.get(&self.key), Some(Slot::Running(_))) {
            slots.remove(&self.key);
        }
    }
}
