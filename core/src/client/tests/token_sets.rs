//! T7, L19: a token set is known by all of its members, and none is dropped.

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, with_header};
use crate::{AiPass, Error, Provider, ReplacedSignIn, Revocation, SessionState, SignInReason};
use serde_json::json;
use std::time::Duration;

const NOW: Duration = Duration::ZERO;

/// Time passes until the token has expired, and a call asks for one.
async fn expire_and_ask(ai: &AiPass) -> String {
    tokio::time::advance(2 * HOUR).await;
    ai.access_token(NOW).await.unwrap().expose().to_owned()
}

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

/// Signs in as `user`; storing the tokens fails.
async fn sign_in_unsaved(world: &World, ai: &AiPass) {
    let callback = begin(ai).await;
    world.server.set(|state| state.token_takes = Duration::from_secs(1));
    let completing = tokio::spawn({
        let ai = ai.clone();
        async move { ai.complete_sign_in(callback).await }
    });
    tokio::time::sleep(Duration::from_millis(500)).await;
    world.store.fail_writes(1);
    assert_eq!(completing.await.unwrap().unwrap_err().code(), "storage_full");
    world.server.set(|state| state.token_takes = NOW);
}

// L7, L19: the report covers the token set that could not be stored, too
#[tokio::test(start_paused = true)]
async fn signing_out_revokes_every_token_set_and_reports_the_worst() {
    let broken: fn() -> Scripted = || Err(HttpFailure::Broken { detail: "reset".into() });
    let fine: fn() -> Scripted = || answer(200, "");
    let forbidden: fn() -> Scripted = || answer(403, "");
    let refused = Revocation::Refused { status: 403 };
    for (answers, expected) in [
        (vec![], Some((Revocation::Accepted, Revocation::Accepted))),
        (vec![fine, fine, forbidden, forbidden], Some((refused.clone(), refused.clone()))),
        (vec![forbidden, fine, fine, fine], Some((refused.clone(), Revocation::Accepted))),
        (vec![fine, broken, fine, fine], None),
    ] {
        let world = World::new();
        let ai = world.signed_in().await;
        sign_in_unsaved(&world, &ai).await;
        world.server.set(|state| state.revoke_answers.extend(answers.clone()));
        let report = ai.sign_out().await.unwrap();
        match expected {
            Some(expected) => assert_eq!((report.refresh_token, report.access_token), expected),
            None => assert!(matches!(report.access_token, Revocation::NotReached { .. })),
        }
        assert_eq!(world.transport.count(REVOKE), 4);
        if answers.is_empty() {
            let mut revoked = world.server.revoked();
            revoked.sort();
            assert_eq!(revoked, ["access-1", "access-2", "refresh-1", "refresh-2"]);
        }
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    }
}

// L19
#[tokio::test(start_paused = true)]
async fn a_replaced_grant_is_revoked_where_that_cannot_end_the_new_one() {
    let cases = [
        (Some("anna"), Some("ben"), false, true),
        (Some("anna"), Some("anna"), false, false),
        (None, None, false, false),
        (Some("anna"), None, false, false),
        (None, Some("ben"), false, false),
        (Some("anna"), Some("anna"), true, true),
        (None, None, true, true),
    ];
    for (first, second, ends_one, revoked) in cases {
        let world = World::new();
        let mut provider = Provider::ai_pass();
        provider.revocation_ends_one_token_set = ends_one;
        let ai = world.client_with(provider);
        world.server.set(|state| state.user = first);
        sign_in(&ai).await;
        assert_eq!(ai.replaced_sign_in(), None);
        world.server.set(|state| state.user = second);
        let callback = begin(&ai).await;
        ai.complete_sign_in(callback).await.unwrap();
        let outcome = ai.replaced_sign_in().unwrap();
        let case = format!("{first:?} {second:?} {ends_one}: {outcome:?}");
        assert_eq!(world.server.revoked().is_empty(), !revoked, "{case}");
        if revoked {
            assert_eq!(world.server.revoked(), ["refresh-1", "access-1"], "{case}");
        }
        let same_account = first.is_some() && first == second;
        match outcome {
            ReplacedSignIn::Revoked { .. } => assert!(revoked, "{case}"),
            ReplacedSignIn::LeftSameAccount => assert!(!revoked && same_account, "{case}"),
            ReplacedSignIn::LeftUnknownAccount => assert!(!revoked && !same_account, "{case}"),
        }
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
    }
}

// L19: an account that userinfo told once is known as long as the grant is, also after its access token has expired
#[tokio::test(start_paused = true)]
async fn an_account_that_was_told_is_known_through_refreshes_and_restarts() {
    let world = World::new();
    world.server.set(|state| state.user = Some("anna"));
    let ai = world.signed_in().await;
    assert_eq!(ai.user_info().await.unwrap().subject, "anna");
    assert_eq!(expire_and_ask(&ai).await, "access-2");
    tokio::time::advance(2 * HOUR).await;
    let restarted = world.another_process();
    world.server.set(|state| state.user = Some("ben"));
    sign_in(&restarted).await;
    assert!(matches!(restarted.replaced_sign_in(), Some(ReplacedSignIn::Revoked { .. })));
    assert_eq!(world.server.revoked(), ["refresh-2", "access-2"]);
}

// L19: what is left of a session that ended by a refusal
#[tokio::test(start_paused = true)]
async fn what_is_left_of_an_ended_session_is_revoked() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.refuses_all = true);
    assert!(ai.refresh_balance().await.is_err());
    settle().await;
    assert_eq!(world.server.revoked(), ["refresh-2", "access-2"]);

    let world = World::new();
    let ai = world.signed_in().await;
    world.server.answer_token_requests(&[|| answer(400, r#"{"error":"invalid_grant"}"#)]);
    assert!(ai.access_token(Duration::from_secs(3599)).await.is_ok());
    tokio::time::advance(Duration::from_secs(60)).await;
    assert!(ai.access_token(Duration::from_secs(3599)).await.is_err());
    settle().await;
    assert_eq!(world.server.revoked(), ["access-1"], "the refresh token is dead");
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

// L19: a provider that stalls keeps no one waiting who has signed in
#[tokio::test(start_paused = true)]
async fn what_a_sign_in_replaces_is_given_up_beside_the_app_where_that_takes_long() {
    let world = World::new();
    world.server.set(|state| state.user = Some("anna"));
    let ai = world.signed_in().await;
    world.server.set(|state| {
        state.user = Some("ben");
        state.revoke_takes = Duration::from_secs(15);
    });
    let callback = begin(&ai).await;
    let begun = tokio::time::Instant::now();
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(begun.elapsed(), Duration::from_secs(5));
    assert_eq!((ai.replaced_sign_in(), ai.access_token(NOW).await.unwrap().expose()), (None, "access-2"));
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert!(matches!(ai.replaced_sign_in(), Some(ReplacedSignIn::Revoked { .. })));
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
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
