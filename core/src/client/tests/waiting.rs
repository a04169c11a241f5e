//! L15, L16: no call waits without need.

use super::world::*;
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

const NOW: Duration = Duration::ZERO;

// L15, W1: the owner of the lease was killed, or is still refreshing, and the token is valid
#[tokio::test(start_paused = true)]
async fn a_living_token_does_not_wait_for_another_processs_lease() {
    for left in [1, 15, 59] {
        let world = World::new();
        world.signed_in().await;
        tokio::time::advance(Duration::from_secs(3600 - left)).await;
        world.rewrite_record(|record| record["lease"] = json!({"owner": "killed", "beat": 4}));
        let ai = world.another_process();
        let started = Instant::now();
        for _ in 0..5 {
            assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1", "{left}");
            ai.refresh_balance().await.unwrap();
        }
        assert_eq!(started.elapsed(), NOW, "{left}");
        tokio::time::sleep(Duration::from_secs(6)).await; // the refresh beside it takes the lease
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2", "{left}");
        assert_eq!(world.token_requests(), 2, "{left}");
    }
}

// L15, W1: the provider stalls
#[tokio::test(start_paused = true)]
async fn a_living_token_does_not_wait_for_a_provider_that_stalls() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = 2 * HOUR);
    tokio::time::advance(Duration::from_secs(3600 - 30)).await;
    let started = Instant::now();
    for _ in 0..10 {
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
        ai.refresh_balance().await.unwrap();
    }
    assert_eq!(started.elapsed(), NOW);
    tokio::time::sleep(Duration::from_secs(1)).await; // it reads the store first
    assert_eq!(world.token_requests(), 2, "one refresh runs beside them");
}

// L1, L15: who asks for a longer life than is left waits, unless no token lives that long
#[tokio::test(start_paused = true)]
async fn only_a_token_that_lives_too_short_waits() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    tokio::time::advance(Duration::from_secs(3600 - 100)).await;
    let started = Instant::now();
    assert_eq!(ai.access_token(2 * HOUR).await.unwrap().expose(), "access-1");
    assert_eq!(ai.access_token(Duration::from_secs(99)).await.unwrap().expose(), "access-1");
    assert_eq!(started.elapsed(), NOW);
    assert_eq!(ai.access_token(Duration::from_secs(101)).await.unwrap().expose(), "access-2");
    assert_eq!(started.elapsed(), Duration::from_secs(2));
}

// L16: a request that takes long is not taken for a dead one
#[tokio::test(start_paused = true)]
async fn a_slow_owner_keeps_its_lease() {
    let world = World::new();
    let (ai, other) = (world.signed_in().await, world.another_process());
    world.server.set(|state| state.token_takes = Duration::from_secs(19));
    tokio::time::advance(2 * HOUR).await;
    let slow = ask(&ai);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let waiting = ask(&other);
    let (slow, waiting) = (slow.await.unwrap(), waiting.await.unwrap());
    assert_eq!((slow.unwrap().expose(), waiting.unwrap().expose()), ("access-2", "access-2"));
    assert_eq!(world.token_requests(), 2);
}

// Rule 3 of the house: what is in memory needs no task and no store
#[tokio::test(start_paused = true)]
async fn what_is_in_memory_is_returned_at_the_first_poll() {
    use crate::session::store::StoreError;
    use futures_util::FutureExt;
    let world = World::new();
    let ai = world.signed_in().await;
    world.store.fail_with(Some(StoreError::Unavailable { detail: "locked".into() }));
    assert_eq!(ai.session_state().now_or_never(), Some(Ok(crate::SessionState::SignedIn)));
    assert_eq!(ai.access_token(NOW).now_or_never().unwrap().unwrap().expose(), "access-1");
}
