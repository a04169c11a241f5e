//! One session, many callers: of one client, of several clients, of several processes.

use super::world::*;
use crate::{Error, SessionState, SignInReason};
use serde_json::json;
use std::time::Duration;

const NOW: Duration = Duration::ZERO;

fn another_process_takes_the_lease(world: &World) {
    world.rewrite_record(|record| record["lease"] = json!({"owner": "another", "beat": 0}));
}

fn another_process_renews_the_lease(world: &World) {
    world.rewrite_record(|record| record["lease"]["beat"] = json!(record["lease"]["beat"].as_u64().unwrap() + 1));
}

// L2
#[tokio::test(start_paused = true)]
async fn a_thousand_callers_with_an_expired_token_cause_one_refresh() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    tokio::time::advance(2 * HOUR).await;
    let callers: Vec<_> = (0..1000).map(|_| ask(&ai)).collect();
    for caller in callers {
        assert_eq!(caller.await.unwrap().unwrap().expose(), "access-2");
    }
    assert_eq!(world.token_requests(), 2); // the sign-in's, and one refresh
}

// L2
#[tokio::test(start_paused = true)]
async fn the_caller_who_started_a_refresh_may_go_away() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    tokio::time::advance(2 * HOUR).await;
    let starter = ask(&ai);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let joiner = ask(&ai);
    tokio::task::yield_now().await;
    starter.abort();
    assert_eq!(joiner.await.unwrap().unwrap().expose(), "access-2");
    assert_eq!(world.token_requests(), 2);
}

// L12
#[tokio::test(start_paused = true)]
async fn clients_of_one_process_share_one_refresh() {
    let world = World::new();
    world.signed_in().await;
    let (background, screen) = (world.client(), world.client());
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    tokio::time::advance(2 * HOUR).await;
    let (first, second) = tokio::join!(background.access_token(NOW), screen.access_token(NOW));
    assert_eq!((first.unwrap().expose(), second.unwrap().expose()), ("access-2", "access-2"));
    assert_eq!(screen.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(background.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(world.token_requests(), 2);
}

// L12: another process holds the lease
#[tokio::test(start_paused = true)]
async fn another_processs_refresh_is_waited_for_and_its_token_set_used() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    another_process_takes_the_lease(&world);
    let caller = ask(&ai);
    for _ in 0..20 {
        tokio::time::sleep(Duration::from_millis(1500)).await; // L16: as rarely as an owner may renew it
        another_process_renews_the_lease(&world);
    }
    assert_eq!(world.token_requests(), 1);
    let (access, refresh) = world.server.rotate_elsewhere();
    world.rewrite_record(|record| {
        record["grant"]["access_token"] = json!(access);
        record["grant"]["refresh_token"] = json!(refresh);
        record["grant"]["expires_at"] = json!(device_ms(&world.clock) + 3_600_000);
        record["lease"] = json!(null);
    });
    assert_eq!(caller.await.unwrap().unwrap().expose(), access);
    assert_eq!(world.token_requests(), 1);
}

// L16: its owner was killed. Also a lease of version 1, whatever its wall clock says
#[tokio::test(start_paused = true)]
async fn a_dead_processs_lease_is_taken_after_five_seconds() {
    let leases = [
        json!({"owner": "another", "beat": 0}),
        json!({"owner": "another", "expires_at": 0}),
        json!({"owner": "another", "expires_at": i64::MAX}),
    ];
    for lease in leases {
        let world = World::new();
        let ai = world.signed_in().await;
        tokio::time::advance(2 * HOUR).await;
        world.rewrite_record(|record| record["lease"] = lease);
        let started = tokio::time::Instant::now();
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
        let waited = started.elapsed();
        assert!((5_000..5_500).contains(&waited.as_millis()), "{waited:?}");
        assert!(world.store.record().unwrap().get("lease").is_none());
    }
}

// L16: a waiter would take a lease that looks like the one before for a dead one
#[tokio::test(start_paused = true)]
async fn no_two_leases_of_an_owner_look_alike() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_millis(500));
    let mut leases = Vec::new();
    for _ in 0..3 {
        tokio::time::advance(2 * HOUR).await;
        let caller = ask(&ai);
        tokio::time::sleep(Duration::from_millis(100)).await;
        leases.push(world.store.record().unwrap()["lease"].clone());
        caller.await.unwrap().unwrap();
    }
    assert!(leases.iter().all(|lease| lease["owner"] == leases[0]["owner"]));
    assert!(leases[0]["beat"] != leases[1]["beat"] && leases[1]["beat"] != leases[2]["beat"], "{leases:?}");
}

// L1: it had stored a token that has expired meanwhile
#[tokio::test(start_paused = true)]
async fn an_expired_token_of_another_process_is_not_handed_out() {
    let world = World::new();
    let ai = world.signed_in().await;
    let (access, refresh) = world.server.rotate_elsewhere();
    world.rewrite_record(|record| {
        record["grant"]["access_token"] = json!(access);
        record["grant"]["refresh_token"] = json!(refresh);
        record["grant"]["expires_at"] = json!(device_ms(&world.clock) + 3_600_000);
    });
    tokio::time::advance(2 * HOUR).await;
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-3");
    assert_eq!(world.token_requests(), 2);
}

// L1: by another process that was content with it
#[tokio::test(start_paused = true)]
async fn a_token_of_another_process_that_lives_for_less_than_asked_is_replaced() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    let (access, refresh) = world.server.rotate_elsewhere();
    world.rewrite_record(|record| {
        record["grant"]["access_token"] = json!(access);
        record["grant"]["refresh_token"] = json!(refresh);
        record["grant"]["expires_at"] = json!(device_ms(&world.clock) + 600_000);
    });
    assert_eq!(ai.access_token(HOUR / 2).await.unwrap().expose(), "access-3");
    assert_eq!(world.token_requests(), 2);
}

// L5
#[tokio::test(start_paused = true)]
async fn a_refused_refresh_looks_into_the_store_first() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(1));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let (access, refresh) = world.server.rotate_elsewhere(); // ours is refused from now on
    world.rewrite_record(|record| {
        record["grant"]["access_token"] = json!(access);
        record["grant"]["refresh_token"] = json!(refresh);
    });
    assert_eq!(caller.await.unwrap().unwrap().expose(), access);
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}

// L8
#[tokio::test(start_paused = true)]
async fn looking_at_the_state_never_waits_for_a_refresh() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(15));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_secs(1)).await;
    let started = tokio::time::Instant::now();
    assert_eq!(ai.session_state().await, Ok(SessionState::Refreshing));
    assert_eq!(world.client().session_state().await, Ok(SessionState::Refreshing));
    assert_eq!(world.another_process().session_state().await, Ok(SessionState::SignedIn)); // it refreshes nothing
    assert_eq!(started.elapsed(), NOW);
    caller.await.unwrap().unwrap();
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}

// L3, L12: the second client must not spend the old token set again
#[tokio::test(start_paused = true)]
async fn a_token_set_that_one_client_could_not_store_is_found_by_another() {
    let world = World::new();
    let first = world.signed_in().await;
    let second = world.client();
    world.server.set(|state| state.token_takes = Duration::from_millis(900));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&first);
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.store.fail_writes(1);
    assert_eq!(caller.await.unwrap().unwrap_err().code(), "storage_full");
    assert_eq!(second.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(first.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(world.token_requests(), 2);
    assert!(world.server.revoked().is_empty());
}

// L3: whoever tries to store it again may go away
#[tokio::test(start_paused = true)]
async fn a_caller_who_goes_away_while_a_token_set_is_stored_again_takes_nothing_along() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_millis(900));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.store.fail_writes(1);
    assert!(caller.await.unwrap().is_err());
    for polls in 1..10 {
        let mut impatient = Box::pin(ai.access_token(NOW));
        for _ in 0..polls {
            if futures_util::FutureExt::now_or_never(impatient.as_mut()).is_some() {
                break;
            }
            tokio::task::yield_now().await;
        }
    }
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(world.token_requests(), 2);
}

// L6, L12: this process slept with its request under way, and another one refreshed meanwhile
#[tokio::test(start_paused = true)]
async fn a_late_token_set_does_not_replace_a_newer_one_of_the_same_sign_in() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(1));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.rewrite_record(|record| {
        record["grant"]["access_token"] = json!("newer");
        record["grant"]["expires_at"] = json!(device_ms(&world.clock) + 3_600_000);
    });
    assert_eq!(caller.await.unwrap().unwrap().expose(), "newer");
    assert_eq!(world.store.record().unwrap()["grant"]["access_token"], "newer");
    assert!(world.server.revoked().is_empty());
}

// L12
#[tokio::test(start_paused = true)]
async fn a_client_that_looked_before_the_sign_in_sees_it_afterwards() {
    let world = World::new();
    let early = world.client();
    let reason = SignInReason::NotSignedIn;
    assert_eq!(early.access_token(NOW).await, Err(Error::from(reason)));
    assert_eq!(early.session_state().await, Ok(SessionState::SignedOut));
    let other = world.signed_in().await;
    assert_eq!(early.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(early.access_token(NOW).await.unwrap().expose(), "access-1");
    other.sign_out().await.unwrap();
    assert_eq!(early.session_state().await, Ok(SessionState::SignedOut));
}
