//! T7, L19: a token set is known by all of its members, and none is dropped.

use super::world::*;
use crate::net::scripted::{Scripted, answer, with_header};
use crate::{Error, SessionState, SignInReason};
use serde_json::json;
use std::time::Duration;

const NOW: Duration = Duration::ZERO;

// T7: whatever stays the same, the rest is stored, and the lease is released
#[tokio::test(start_paused = true)]
async fn a_refresh_that_keeps_the_access_token_is_stored_whole() {
    for rotates in [true, false] {
        let world = World::new();
        world.server.set(|state| {
            state.keeps_access_token = true;
            state.rotates_refresh_token = rotates;
        });
        let ai = world.signed_in().await;
        for refreshes in 1..5_usize {
            assert_eq!(expire_and_ask(&ai).await, "access-same");
            let record = world.store.record().unwrap();
            let refresh_token = if rotates { format!("refresh-{}", refreshes + 1) } else { "refresh-1".to_owned() };
            assert_eq!(record["grant"]["refresh_token"], json!(refresh_token));
            assert_eq!(record["grant"]["expires_at"], json!(device_ms(&world.clock) + 3_600_000));
            assert!(record.get("lease").is_none(), "{record}");
            for _ in 0..5 {
                assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-same");
            }
            assert_eq!(world.token_requests(), 1 + refreshes);
        }
        let started = tokio::time::Instant::now();
        tokio::time::advance(2 * HOUR).await;
        assert_eq!(world.another_process().access_token(NOW).await.unwrap().expose(), "access-same");
        assert_eq!(started.elapsed(), 2 * HOUR, "nobody's lease is waited for");
    }
}

// T1, T4, T7: what a refresh may leave out
#[tokio::test(start_paused = true)]
async fn members_that_a_refresh_leaves_out_cause_no_request_at_every_call() {
    let answers: [fn() -> Scripted; 4] = [
        || answer(200, r#"{"access_token":"access-1"}"#),
        || answer(200, r#"{"access_token":"access-1","expires_in":3600}"#),
        || answer(200, r#"{"access_token":"access-1","expires_in":30}"#),
        || answer(200, r#"{"access_token":"access-1","expires_in":3600,"scope":"api:access"}"#),
    ];
    for (index, response) in answers.into_iter().enumerate() {
        let world = World::new();
        let ai = world.signed_in().await;
        world.server.answer_token_requests(&[response]);
        for _ in 0..5 {
            if world.token_requests() == 1 {
                tokio::time::advance(2 * HOUR).await;
            }
            assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1", "{index}");
        }
        assert_eq!(world.token_requests(), 2, "{index}");
        let record = world.store.record().unwrap();
        assert_eq!(record["grant"]["refresh_token"], "refresh-1");
        assert!(record.get("lease").is_none());
    }
}

// L4, L11: one that has expired by the server's clock is refreshed all the same
#[tokio::test(start_paused = true)]
async fn a_token_that_the_server_says_has_expired_is_refreshed_again() {
    let world = World::new();
    let ai = world.signed_in().await;
    let refused = || answer(401, r#"{"error":{"message":"no","code":401}}"#);
    world.server.set(|state| state.api_answers = [refused()].into());
    ai.refresh_balance().await.unwrap();
    assert_eq!(world.token_requests(), 2);
    let later = httpdate::fmt_http_date(world.clock.true_time().plus(2 * HOUR).to_system_time());
    world.server.set(|state| {
        state.sends_date = false;
        state.api_answers = [with_header(refused(), "date", &later)].into();
    });
    ai.refresh_balance().await.unwrap();
    assert_eq!(world.token_requests(), 3);
}

// L4: counted from the refresh, whether or not the API took the token meanwhile
#[tokio::test(start_paused = true)]
async fn an_accepted_token_is_not_replaced_within_30_seconds_of_its_refresh() {
    let world = World::new();
    let ai = world.signed_in().await;
    let refused = || answer(401, r#"{"error":{"message":"no","code":401}}"#);
    world.server.set(|state| state.api_answers = [refused()].into());
    ai.refresh_balance().await.unwrap(); // the repeat is taken
    for seconds in [0, 10, 19] {
        tokio::time::advance(Duration::from_secs(seconds)).await;
        world.server.set(|state| state.api_answers = [refused()].into());
        ai.refresh_balance().await.unwrap(); // the repeat, with the same token, is taken
        assert_eq!(world.token_requests(), 2, "{seconds}");
    }
    tokio::time::advance(Duration::from_secs(1)).await; // 30 s after the refresh
    world.server.set(|state| state.api_answers = [refused()].into());
    ai.refresh_balance().await.unwrap();
    assert_eq!(world.token_requests(), 3);
}

// L4: a token that replaced a refused one is not replaced again within 30 s
#[tokio::test(start_paused = true)]
async fn a_refused_token_that_just_came_of_a_refusal_spends_no_refresh() {
    for keeps_access_token in [false, true] {
        let world = World::new();
        world.server.set(|state| state.keeps_access_token = keeps_access_token);
        let ai = world.signed_in().await;
        let refused = || answer(401, r#"{"error":{"message":"no","code":401}}"#);
        let call = async || {
            world.server.set(|state| state.api_answers = [refused(), refused()].into());
            ai.refresh_balance().await.unwrap_err()
        };
        for _ in 0..5 {
            let error = call().await;
            assert_eq!(error, Error::from(SignInReason::AccessRefused));
            tokio::time::advance(Duration::from_secs(5)).await;
        }
        assert_eq!(world.token_requests(), 2, "{keeps_access_token}");
        world.clock.set_by_hours(-1); // L18: of the monotonic clock
        tokio::time::advance(Duration::from_secs(6)).await;
        call().await;
        assert_eq!(world.token_requests(), 3, "{keeps_access_token}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    }
}

// L16: a token set that comes after another process took the lease, and was told that the grant has ended
#[tokio::test(start_paused = true)]
async fn a_late_token_set_brings_back_the_session_that_ended_without_it() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    world.server.set(|state| state.token_takes = Duration::from_secs(3));
    let slow = ask(&ai);
    tokio::time::sleep(Duration::from_secs(1)).await;
    world.rewrite_record(|record| {
        let grant = record["grant"]["id"].clone();
        *record = json!({"v": 2, "ended": "grant_ended", "ended_grant": grant});
    });
    assert_eq!(slow.await.unwrap().unwrap().expose(), "access-2");
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(world.another_process().access_token(NOW).await.unwrap().expose(), "access-2");
}

// L3, L16: stored as soon as the store works, before another process takes the lease and spends the refresh token again
#[tokio::test(start_paused = true)]
async fn a_token_set_that_could_not_be_stored_is_tried_again_without_a_call() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    world.server.set(|state| state.token_takes = Duration::from_millis(500));
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.store.fail_writes(3);
    assert_eq!(caller.await.unwrap().unwrap_err().code(), "storage_full");
    assert_eq!(world.another_process().access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(world.token_requests(), 2);
    assert!(world.store.record().unwrap().get("lease").is_none());
}

// T6, L18: not sent again, also where the store could not note it
#[tokio::test(start_paused = true)]
async fn a_refresh_token_that_was_refused_is_not_sent_again() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.answer_token_requests(&[|| answer(400, r#"{"error":"invalid_grant"}"#)]);
    world.server.set(|state| state.token_takes = Duration::from_millis(500));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_millis(100)).await;
    world.store.fail_writes(1);
    assert_eq!(caller.await.unwrap().unwrap_err().code(), "storage_full");
    assert_eq!(ai.access_token(NOW).await.unwrap_err(), Error::from(SignInReason::GrantEnded));
    assert_eq!(world.token_requests(), 2);
}
