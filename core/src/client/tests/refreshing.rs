use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, with_header};
use crate::{Error, SessionState, SignInReason};
use serde_json::json;
use std::time::Duration;

const NOW: Duration = Duration::ZERO;

// L1
#[tokio::test(start_paused = true)]
async fn a_token_is_refreshed_before_it_expires_and_as_early_as_the_caller_needs() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(Duration::from_secs(3600 - 100)).await;
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
    assert_eq!(ai.access_token(Duration::from_secs(300)).await.unwrap().expose(), "access-2");
    tokio::time::advance(Duration::from_secs(3600 - 50)).await;
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2"); // L15: it lives
    settle().await;
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-3");
}

// L1: a token that lives shorter than the margin is no reason to refresh at every call
#[tokio::test(start_paused = true)]
async fn short_lived_tokens_and_long_wishes_cause_no_refresh_loop() {
    let world = World::new();
    world.server.set(|state| state.expires_in = json!(30));
    let ai = world.signed_in().await;
    for _ in 0..5 {
        ai.access_token(NOW).await.unwrap();
        ai.access_token(HOUR).await.unwrap();
    }
    assert_eq!(world.token_requests(), 1);
}

// T1: an unknown life means: until a 401
#[tokio::test(start_paused = true)]
async fn a_token_of_unknown_life_is_used_until_it_is_refused() {
    for unknown in [json!(null), json!(0), json!(-1), json!("soon")] {
        let world = World::new();
        world.server.set(|state| state.expires_in = unknown.clone());
        let ai = world.signed_in().await;
        tokio::time::advance(100 * HOUR).await;
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1", "{unknown}");
    }
}

// L3
#[tokio::test(start_paused = true)]
async fn a_token_set_that_cannot_be_stored_is_an_error_and_is_not_lost() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_millis(900));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_millis(500)).await; // the lease is written, the token set is not
    world.store.fail_writes(2);
    assert_eq!(caller.await.unwrap().unwrap_err().code(), "storage_full");
    assert_eq!(ai.access_token(NOW).await.unwrap_err().code(), "storage_full");
    assert_eq!(world.store.record().unwrap()["grant"]["access_token"], "access-1");
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(world.store.record().unwrap()["grant"]["access_token"], "access-2");
    assert_eq!(world.token_requests(), 2);
}

// L3: no rotation that could not be written down
#[tokio::test(start_paused = true)]
async fn nothing_is_refreshed_while_the_store_is_locked() {
    use crate::session::store::StoreError;
    let world = World::new();
    let ai = world.signed_in().await;
    world.store.fail_with(Some(StoreError::Unavailable { detail: "before first unlock".into() }));
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
    tokio::time::advance(2 * HOUR).await;
    assert_eq!(ai.access_token(NOW).await.unwrap_err().code(), "storage_unavailable");
    assert_eq!(world.token_requests(), 1);
    world.store.fail_with(None);
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
}

// T6
#[tokio::test(start_paused = true)]
async fn only_the_providers_no_ends_a_session() {
    let harmless: [fn() -> Scripted; 7] = [
        || answer(500, ""),
        || answer(503, "<html>"),
        || answer(429, ""),
        || answer(200, "garbage"),
        || answer(400, r#"{"error":"invalid_request"}"#),
        || Err(HttpFailure::Broken { detail: "reset".into() }),
        || Err(HttpFailure::IdleTimeout { limit: NOW }),
    ];
    for failure in harmless {
        let world = World::new();
        let ai = world.signed_in().await;
        tokio::time::advance(2 * HOUR).await;
        world.server.answer_token_requests(&[failure]);
        let error = ai.access_token(NOW).await.unwrap_err();
        assert!(!matches!(error, Error::SignInRequired { .. }), "{error}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
    }
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    world.server.answer_token_requests(&[|| answer(400, r#"{"error":"invalid_grant"}"#)]);
    let reason = SignInReason::GrantEnded;
    assert_eq!(ai.access_token(NOW).await, Err(Error::from(reason)));
    assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }));
    assert_eq!(world.another_process().session_state().await, Ok(SessionState::NeedsSignIn { reason }));
    assert_eq!(ai.access_token(NOW).await, Err(Error::from(reason)));
    assert_eq!(world.token_requests(), 2);
}

// L1, T6: refreshing early is a courtesy
#[tokio::test(start_paused = true)]
async fn a_failed_early_refresh_leaves_the_living_token_in_use() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(Duration::from_secs(3600 - 50)).await;
    world.server.answer_token_requests(&[|| answer(500, "")]);
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
}

// wire: refresh conflict
#[tokio::test(start_paused = true)]
async fn a_503_that_names_a_wait_is_waited_for_once() {
    let conflict: fn() -> Scripted = || with_header(answer(503, ""), "retry-after", "0.25");
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    world.server.answer_token_requests(&[conflict]);
    let started = tokio::time::Instant::now();
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(started.elapsed().as_millis(), 250);
    tokio::time::advance(2 * HOUR).await;
    world.server.answer_token_requests(&[conflict, conflict]);
    assert_eq!(ai.access_token(NOW).await.unwrap_err().code(), "provider_unavailable");
    assert_eq!(world.token_requests(), 1 + 2 + 2);
}

// L11
#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_causes_no_refresh_loop_and_loses_no_session() {
    for (hours, sends_date) in [(5, true), (-5, true), (5, false), (-5, false)] {
        let world = World::new();
        world.server.set(|state| state.sends_date = sends_date);
        let ai = world.signed_in().await;
        world.clock.set_by_hours(hours);
        for _ in 0..10 {
            ai.refresh_balance().await.unwrap();
        }
        assert!(world.token_requests() <= 2, "{hours} {sends_date}: {}", world.token_requests());
        let restarted = world.another_process();
        restarted.refresh_balance().await.unwrap();
        assert!(world.token_requests() <= 2, "{hours} {sends_date}: {}", world.token_requests());
        world.clock.set_by_hours(0);
        for _ in 0..10 {
            ai.refresh_balance().await.unwrap();
        }
        assert!(world.token_requests() <= 3, "{hours} {sends_date}: {}", world.token_requests());
    }
}

// L11: the server's clock counts, not the device's
#[tokio::test(start_paused = true)]
async fn a_device_with_a_wrong_clock_refreshes_when_the_server_says_so() {
    for hours in [-5, 5] {
        let world = World::new();
        world.clock.set_by_hours(hours);
        let ai = world.signed_in().await;
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
        tokio::time::advance(Duration::from_secs(3600)).await;
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2", "{hours}");
        let skew = ai.diagnostics().await.server_clock_offset_ms;
        assert!((skew + hours * 3_600_000).abs() < 2000, "{skew}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_expired_token_without_a_refresh_token_needs_a_sign_in() {
    let world = World::new();
    world.server.set(|state| state.gives_refresh_token = false);
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    let reason = SignInReason::NoRefreshToken;
    assert_eq!(ai.access_token(NOW).await, Err(Error::from(reason)));
    assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }));
}

// L6: the account is switched, its page is open, and the old grant ends
#[tokio::test(start_paused = true)]
async fn a_grant_may_end_while_another_sign_in_is_pending() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    let callback = begin(&ai).await;
    world.server.answer_token_requests(&[|| answer(400, r#"{"error":"invalid_grant"}"#)]);
    let reason = SignInReason::GrantEnded;
    assert_eq!(ai.access_token(NOW).await, Err(Error::from(reason)));
    assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }));
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}

// L1: a provider that just failed is given a rest while the old token lives
#[tokio::test(start_paused = true)]
async fn a_failed_early_refresh_is_not_tried_again_at_once() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(Duration::from_secs(3600 - 50)).await;
    world.server.answer_token_requests(&[|| answer(500, "")]);
    for _ in 0..5 {
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
        settle().await;
    }
    assert_eq!(world.token_requests(), 2);
    tokio::time::advance(Duration::from_secs(11)).await;
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1");
    settle().await;
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
}
