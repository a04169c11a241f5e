//! L18: the wall clock is moved. It may cost a wait or a new sign-in; it never spends a code or a refresh token twice.

use super::world::*;
use crate::session::store::{MemoryStore, SessionStore, StoreError, StoredSession};
use crate::{CallbackErrorKind, Error, SessionState, SignInOptions};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

const NOW: Duration = Duration::ZERO;
const STEPS: [i64; 8] = [-1, 1, -61, 61, -3_600, 3_600, -86_400, 86_400];

// L18, G4: while another process holds the lease
#[tokio::test(start_paused = true)]
async fn a_moved_clock_takes_no_living_lease() {
    for step in STEPS {
        let world = World::new();
        let (ai, other) = (world.signed_in().await, world.another_process());
        world.server.set(|state| state.token_takes = Duration::from_secs(4));
        tokio::time::advance(2 * HOUR).await;
        let owner = ask(&ai);
        tokio::time::sleep(Duration::from_secs(1)).await;
        let waiter = ask(&other);
        tokio::time::sleep(Duration::from_secs(1)).await;
        world.clock.set_by_seconds(step);
        let (owner, waiter) = (owner.await.unwrap(), waiter.await.unwrap());
        assert_eq!((owner.unwrap().expose(), waiter.unwrap().expose()), ("access-2", "access-2"), "{step}");
        assert_eq!(world.token_requests(), 2, "{step}");
    }
}

// L18, G4: between two deliveries of a callback
#[tokio::test(start_paused = true)]
async fn a_moved_clock_spends_no_code_twice() {
    for step in STEPS {
        for restarted in [false, true] {
            let world = World::new();
            let ai = world.client();
            let callback = begin(&ai).await;
            world.server.set(|state| state.token_takes = Duration::from_secs(4));
            let first = tokio::spawn({
                let (ai, callback) = (ai.clone(), callback.clone());
                async move { ai.complete_sign_in(callback).await }
            });
            tokio::time::sleep(Duration::from_secs(1)).await;
            world.clock.set_by_seconds(step);
            let second = if restarted { world.another_process() } else { ai.clone() };
            let refused = Error::InvalidCallback { kind: CallbackErrorKind::AlreadyUsed };
            assert_eq!(second.complete_sign_in(callback.clone()).await, Err(refused.clone()), "{step}");
            assert_eq!(first.await.unwrap(), Ok(()), "{step}");
            assert_eq!(second.complete_sign_in(callback).await, Err(refused), "{step}");
            assert_eq!(world.token_requests(), 1, "{step}");
        }
    }
}

// L18: the process that claimed a callback died; however much time passes, it is unknown whether the code was spent
#[tokio::test(start_paused = true)]
async fn a_claim_of_a_dead_process_stays() {
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    world.rewrite_record(|record| record["pending"][0]["stage"] = "claimed".into());
    for step in STEPS {
        world.clock.set_by_seconds(step);
        let error = world.another_process().complete_sign_in(callback.clone()).await.unwrap_err();
        assert_eq!(error, Error::InvalidCallback { kind: CallbackErrorKind::AlreadyUsed }, "{step}");
    }
    assert_eq!(world.token_requests(), 0);
    world.clock.set_by_seconds(0);
    sign_in(&ai).await;
}

/// A store during whose next read the clock is moved.
struct MovesClock {
    store: MemoryStore,
    clock: Arc<TestClock>,
    step: Mutex<Option<i64>>,
}

impl MovesClock {
    fn over(world: &World, step: i64) -> Arc<Self> {
        Arc::new(Self { store: MemoryStore::default(), clock: world.clock.clone(), step: Mutex::new(Some(step)) })
    }
}

impl SessionStore for MovesClock {
    fn load(&self, key: String) -> Result<Option<StoredSession>, StoreError> {
        if let Some(step) = self.step.lock().unwrap().take() {
            self.clock.set_by_seconds(step);
        }
        self.store.load(key)
    }

    fn compare_and_swap(&self, key: String, expected: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
        self.store.compare_and_swap(key, expected, bytes)
    }

    fn delete(&self, key: String) -> Result<(), StoreError> {
        self.store.delete(key)
    }
}

fn in_seconds(world: &World, seconds: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_millis((device_ms(&world.clock) + 1_000 * seconds).try_into().unwrap())
}

// L18, A8: while a sign-in begins
#[tokio::test(start_paused = true)]
async fn a_sign_in_has_its_whole_time_from_when_it_is_stored() {
    for step in STEPS {
        let world = World::new();
        let ai = world.client_over(MovesClock::over(&world, step));
        let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
        assert_eq!(request.expires_at, in_seconds(&world, 600), "{step}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SigningIn), "{step}");
    }
}

// The same of one with a code on another device
#[cfg(feature = "device-authorization")]
#[tokio::test(start_paused = true)]
async fn a_device_sign_in_has_its_whole_time_from_when_it_is_stored() {
    for step in STEPS {
        let world = World::new();
        let provider = super::device::provider();
        let ai = world.another_process_over(MovesClock::over(&world, step), builder().provider(provider));
        let sign_in = super::device::begin_at(&world, &ai, super::device::codes()).await;
        assert_eq!(sign_in.expires_at, in_seconds(&world, 600), "{step}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SigningIn), "{step}");
    }
}

// L18: within the process that began it, a sign-in expires by the monotonic clock
#[tokio::test(start_paused = true)]
async fn a_sign_in_expires_after_its_time_whatever_the_clock_says() {
    for step in STEPS {
        let world = World::new();
        let ai = world.client();
        let callback = begin(&ai).await;
        world.clock.set_by_seconds(step);
        tokio::time::advance(Duration::from_secs(590)).await;
        assert_eq!(ai.complete_sign_in(callback).await, Ok(()), "{step}");

        let callback = begin(&ai).await;
        world.clock.set_by_seconds(-step);
        tokio::time::advance(Duration::from_secs(601)).await;
        let expired = Error::InvalidCallback { kind: CallbackErrorKind::Expired };
        assert_eq!(ai.complete_sign_in(callback).await, Err(expired), "{step}");
    }
}

// L11, L18: a token is never held for living because the clock was set back
#[tokio::test(start_paused = true)]
async fn an_expired_token_stays_expired_when_the_clock_is_set_back() {
    for step in STEPS {
        let world = World::new();
        world.server.set(|state| state.sends_date = false);
        let ai = world.signed_in().await;
        tokio::time::advance(2 * HOUR).await;
        world.clock.set_by_seconds(step);
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2", "{step}");
        for _ in 0..5 {
            ai.access_token(NOW).await.unwrap();
        }
        assert_eq!(world.token_requests(), 2, "{step}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    }
}

// L18: what is kept of answers grows old by the monotonic clock too
#[tokio::test(start_paused = true)]
async fn a_balance_of_before_grows_old_when_the_clock_is_set_back() {
    let world = World::new();
    let ai = world.signed_in().await;
    ai.balance().await.unwrap();
    world.clock.set_by_hours(-5);
    ai.balance().await.unwrap();
    assert_eq!(world.transport.count(BALANCE), 1);
    tokio::time::advance(Duration::from_secs(301)).await;
    ai.balance().await.unwrap();
    assert_eq!(world.transport.count(BALANCE), 2);
}
