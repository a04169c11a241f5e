//! L19: what a sign-in replaces, and what could not be kept, is revoked where that cannot end the sign-in in use.

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer};
use crate::{Provider, ReplacedSignIn, Revocation, SessionState};
use std::time::Duration;

const NOW: Duration = Duration::ZERO;

// L7, L19, G6: the report covers the token set that could not be stored, too
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
        sign_in_unsaved(&world, &ai, &world.store).await;
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

// L19, G6: what is left of a session that ended because the provider refused it
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

// L19: what an earlier sign-in replaced is not told of a later one
#[tokio::test(start_paused = true)]
async fn a_late_revocation_is_not_told_of_a_later_sign_in() {
    let world = World::new();
    world.server.set(|state| state.user = Some("anna"));
    let ai = world.signed_in().await;
    world.server.set(|state| {
        state.user = Some("ben");
        state.revoke_takes = Duration::from_secs(15);
    });
    for _ in 0..2 {
        let callback = begin(&ai).await;
        ai.complete_sign_in(callback).await.unwrap();
    }
    assert_eq!(ai.replaced_sign_in(), Some(ReplacedSignIn::LeftSameAccount));
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
    assert_eq!(ai.replaced_sign_in(), Some(ReplacedSignIn::LeftSameAccount));
}

// L3, L19: a sign-in that could not be stored is replaced like one that was
#[tokio::test(start_paused = true)]
async fn a_sign_in_that_was_not_stored_is_given_up_for_the_next_one() {
    let world = World::new();
    world.server.set(|state| state.user = Some("anna"));
    let ai = world.signed_in().await;
    world.server.set(|state| state.user = Some("ben"));
    sign_in_unsaved(&world, &ai, &world.store).await;
    world.server.set(|state| state.user = Some("cleo"));
    sign_in(&ai).await;
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-3");
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(world.another_process().access_token(NOW).await.unwrap().expose(), "access-3");
    let mut revoked = world.server.revoked();
    revoked.sort();
    assert_eq!(revoked, ["access-1", "access-2", "refresh-1", "refresh-2"]);
}

// T6, L19: a caller that goes away while its session ends leaves no token behind
#[tokio::test(start_paused = true)]
async fn a_session_that_ends_while_its_caller_is_cancelled_is_revoked() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.refuses_all = true);
    let call = tokio::spawn(async move { ai.refresh_balance().await });
    let caller = call.abort_handle();
    world.store.watch_writes(move |record| {
        if record.get("ended").is_some() {
            caller.abort();
        }
    });
    assert!(call.await.unwrap_err().is_cancelled());
    settle().await;
    assert_eq!(world.store.record().unwrap()["ended"], "access_refused");
    assert_eq!(world.server.revoked(), ["refresh-2", "access-2"]);
}
