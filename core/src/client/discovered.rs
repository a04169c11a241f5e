//! Keeps the providers that this process has discovered, and lets callers that ask for the same one share its search.

use crate::environment::{Environment, Moment, Timestamp};
use crate::error::Result;
use crate::provider::Provider;
use futures_util::future::{BoxFuture, FutureExt, Shared, WeakShared};
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// For how long a provider that was found is used again.
const MAX_AGE: Duration = Duration::from_secs(3600);
/// So many are kept; the oldest makes room.
const MAX_KEPT: usize = 16;

/// What a search is for, as far as it decides what is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub issuer: String,
    pub development_hosts: Vec<String>,
    /// Languages other than Rust pass a new object each time, so which one it is cannot be compared.
    pub has_server_trust: bool,
}

type Outcome = Result<Provider>;
type Search = BoxFuture<'static, Outcome>;

/// Providers that were found, and searches that are under way.
#[derive(Clone)]
pub(super) struct Discovered {
    environment: Environment,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    kept: Vec<Kept>,
    /// A search ends when all of its callers have gone.
    running: Vec<(Key, WeakShared<Search>)>,
}

struct Kept {
    key: Key,
    at: Moment,
    provider: Provider,
}

impl Discovered {
    pub fn new(environment: Environment) -> Self {
        Self { environment, state: Arc::default() }
    }

    /// What is kept, or what the search that is under way finds, or what `search` finds. A failure is not kept.
    pub async fn join_or_start(&self, key: Key, search: impl Future<Output = Outcome> + Send + 'static) -> Outcome {
        let search = {
            let mut state = self.state();
            if let Some(provider) = state.kept(&key, self.environment.now()) {
                return Ok(provider);
            }
            state.running(&key).unwrap_or_else(|| {
                let search = self.clone().run(key.clone(), search).boxed().shared();
                state.running.extend(search.downgrade().map(|running| (key, running)));
                search
            })
        };
        search.await
    }

    async fn run(self, key: Key, search: impl Future<Output = Outcome>) -> Outcome {
        let outcome = search.await;
        let mut state = self.state();
        state.running.retain(|(running, _)| *running != key);
        if let Ok(provider) = &outcome {
            state.kept.retain(|kept| kept.key != key);
            if state.kept.len() >= MAX_KEPT {
                state.kept.remove(0);
            }
            let at = Moment::at(self.environment.now());
            state.kept.push(Kept { key, at, provider: provider.clone() });
        }
        outcome
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn kept(&self, key: &Key, now: Timestamp) -> Option<Provider> {
        let kept = self.kept.iter().find(|kept| kept.key == *key)?;
        (kept.at.age(now) <= MAX_AGE).then(|| kept.provider.clone())
    }

    fn running(&mut self, key: &Key) -> Option<Shared<Search>> {
        self.running.retain(|(_, search)| search.upgrade().is_some());
        self.running.iter().find(|(running, _)| running == key).and_then(|(_, search)| search.upgrade())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn key(issuer: &str) -> Key {
        Key { issuer: issuer.to_owned(), development_hosts: Vec::new(), has_server_trust: false }
    }

    /// A search that takes a second and counts how often it was begun.
    fn search(begun: &Arc<AtomicUsize>, outcome: Outcome) -> impl Future<Output = Outcome> + Send + 'static {
        let begun = Arc::clone(begun);
        async move {
            begun.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_secs(1)).await;
            outcome
        }
    }

    #[tokio::test(start_paused = true)]
    async fn callers_share_one_search_and_what_it_found_for_an_hour() {
        let (discovered, begun) = (Discovered::new(Environment::system()), Arc::default());
        let ask = || discovered.join_or_start(key("a"), search(&begun, Ok(Provider::phaseo())));
        let (first, second) = tokio::join!(ask(), ask());
        assert_eq!((first, second), (Ok(Provider::phaseo()), Ok(Provider::phaseo())));
        tokio::time::advance(Duration::from_secs(3_590)).await;
        assert_eq!(ask().await, Ok(Provider::phaseo()));
        assert_eq!(begun.load(Ordering::SeqCst), 1);
        tokio::time::advance(Duration::from_secs(20)).await;
        ask().await.unwrap();
        assert_eq!(begun.load(Ordering::SeqCst), 2);
        let other_settings = Key { has_server_trust: true, ..key("a") };
        discovered.join_or_start(other_settings, search(&begun, Ok(Provider::ai_pass()))).await.unwrap();
        assert_eq!(begun.load(Ordering::SeqCst), 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_failure_is_shared_by_those_who_wait_and_not_kept() {
        let (discovered, begun) = (Discovered::new(Environment::system()), Arc::default());
        let fail = || discovered.join_or_start(key("a"), search(&begun, Err(Error::Cancelled)));
        let (first, second) = tokio::join!(fail(), fail());
        assert_eq!((first, second, begun.load(Ordering::SeqCst)), (Err(Error::Cancelled), Err(Error::Cancelled), 1));
        let found = discovered.join_or_start(key("a"), search(&begun, Ok(Provider::phaseo()))).await;
        assert_eq!((found, begun.load(Ordering::SeqCst)), (Ok(Provider::phaseo()), 2));
    }

    #[tokio::test(start_paused = true)]
    async fn a_search_goes_on_without_the_caller_who_began_it_and_ends_without_any() {
        let (discovered, begun) = (Discovered::new(Environment::system()), Arc::default());
        let ask = || discovered.join_or_start(key("a"), search(&begun, Ok(Provider::phaseo())));
        let mut began = Box::pin(ask());
        let mut joined = Box::pin(ask());
        assert!(began.as_mut().now_or_never().is_none() && joined.as_mut().now_or_never().is_none());
        drop(began);
        assert_eq!((joined.await, begun.load(Ordering::SeqCst)), (Ok(Provider::phaseo()), 1));
        assert!(discovered.join_or_start(key("b"), search(&begun, Err(Error::Cancelled))).now_or_never().is_none());
        let found = discovered.join_or_start(key("b"), search(&begun, Ok(Provider::phaseo()))).await;
        assert_eq!((found, begun.load(Ordering::SeqCst)), (Ok(Provider::phaseo()), 3));
    }

    // S8
    #[tokio::test(start_paused = true)]
    async fn the_oldest_makes_room() {
        let (discovered, begun) = (Discovered::new(Environment::system()), Arc::default());
        for issuer in 0..=MAX_KEPT {
            let found = search(&begun, Ok(Provider::phaseo()));
            discovered.join_or_start(key(&issuer.to_string()), found).await.unwrap();
        }
        assert_eq!(discovered.state().kept.len(), MAX_KEPT);
        let now = Environment::system().now();
        assert_eq!(discovered.state().kept(&key("0"), now), None);
        assert!(discovered.state().kept(&key("1"), now).is_some());
    }
}
