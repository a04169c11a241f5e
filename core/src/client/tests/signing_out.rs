use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::answer;
use crate::session::store::StoreError;
use crate::{Error, Provider, ReplacedSignIn, Revocation, SessionState, SignInReason, SignOutReport};
use serde_json::json;
use std::time::Duration;

fn report(refresh_token: Revocation, access_token: Revocation) -> SignOutReport {
    SignOutReport { refresh_token, access_token }
}

// L7
#[tokio::test(start_paused = true)]
async fn both_tokens_are_revoked_and_the_local_session_is_gone() {
    let world = World::new();
    let ai = world.signed_in().await;
    assert_eq!(ai.sign_out().await, Ok(report(Revocation::Accepted, Revocation::Accepted)));
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
    assert_eq!(world.store.record(), Some(json!({"v": 2})));
    let reason = SignInReason::NotSignedIn;
    assert_eq!(ai.access_token(Duration::ZERO).await, Err(Error::from(reason)));
    assert_eq!(ai.sign_out().await, Ok(report(Revocation::NotNeeded, Revocation::NotNeeded)));
    assert_eq!(World::new().client().sign_out().await, Ok(report(Revocation::NotNeeded, Revocation::NotNeeded)));
}

// L7: "there was none" and "the provider offers none" are two things
#[tokio::test(start_paused = true)]
async fn a_provider_without_revocation_is_named() {
    for gives_refresh_token in [true, false] {
        let world = World::new();
        world.server.set(|state| state.gives_refresh_token = gives_refresh_token);
        let ai = world.client_with(Provider { revocation_endpoint: None, ..Provider::ai_pass() });
        sign_in(&ai).await;
        let refresh_token = if gives_refresh_token { Revocation::NotOffered } else { Revocation::NotNeeded };
        assert_eq!(ai.sign_out().await, Ok(report(refresh_token, Revocation::NotOffered)));
        assert_eq!(ai.sign_out().await, Ok(report(Revocation::NotNeeded, Revocation::NotNeeded)));
    }
}

// L7
#[tokio::test(start_paused = true)]
async fn signing_out_works_offline_and_says_what_was_not_reached() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| {
        state
            .revoke_answers
            .extend([|| Err(HttpFailure::Broken { detail: "reset".into() }), || answer(403, "")] as [fn() -> _; 2]);
    });
    let report = ai.sign_out().await.unwrap();
    assert!(matches!(report.refresh_token, Revocation::NotReached { error: Error::Offline { .. } }));
    assert_eq!(report.access_token, Revocation::Refused { status: 403 });
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    assert_eq!(world.another_process().session_state().await, Ok(SessionState::SignedOut));
}

// L7: the user waits for one time limit, not for one a token
#[tokio::test(start_paused = true)]
async fn a_provider_that_stalls_is_asked_once() {
    for is_unsaved_too in [false, true] {
        let world = World::new();
        let ai = world.signed_in().await;
        if is_unsaved_too {
            sign_in_unsaved(&world, &ai, &world.store).await;
        }
        world.server.set(|state| state.revoke_takes = HOUR);
        let begun = tokio::time::Instant::now();
        let report = ai.sign_out().await.unwrap();
        assert_eq!(begun.elapsed(), Duration::from_secs(20));
        for revocation in [report.refresh_token, report.access_token] {
            assert!(matches!(revocation, Revocation::NotReached { error: Error::Timeout { .. } }), "{revocation:?}");
        }
        assert_eq!(world.transport.count(REVOKE), 1);
    }
}

// wire: revoke, form first, then the seed's query
#[tokio::test(start_paused = true)]
async fn the_query_form_serves_where_the_form_is_not_read() {
    let world = World::new();
    let ai = world.signed_in().await;
    let unread = || answer(400, r#"{"message":"Required parameter 'token' is not present"}"#);
    world.server.set(|state| state.revoke_answers.push_back(unread));
    assert_eq!(ai.sign_out().await.unwrap().refresh_token, Revocation::Accepted);
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
    assert_eq!(world.transport.count(REVOKE), 3);
}

// L7
#[tokio::test(start_paused = true)]
async fn tokens_are_revoked_even_if_the_store_cannot_be_cleared() {
    let world = World::new();
    let ai = world.signed_in().await;
    ai.access_token(Duration::ZERO).await.unwrap();
    let signing_out = ai.sign_out();
    world.store.fail_with(Some(StoreError::Unavailable { detail: "locked".into() }));
    assert_eq!(signing_out.await.unwrap_err().code(), "storage_unavailable");
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
    let report = report(Revocation::Accepted, Revocation::Accepted);
    assert_eq!(ai.discarded_tokens(), Some(ReplacedSignIn::Revoked { report }));
}

// L7, L19: by a process that has not read the session before
#[tokio::test(start_paused = true)]
async fn a_session_that_can_be_read_and_not_written_is_revoked() {
    let world = World::new();
    world.signed_in().await;
    world.store.fail_writes(1);
    let signed_out = world.another_process().sign_out().await;
    assert_eq!(signed_out, Ok(report(Revocation::Accepted, Revocation::Accepted)));
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
}

// L7, L19: tokens of a session that cannot be read are not reported as "none"
#[tokio::test(start_paused = true)]
async fn a_session_that_cannot_be_read_is_signed_out_and_its_tokens_are_unknown() {
    let unknown = || report(Revocation::Unknown, Revocation::Unknown);
    let lost = || Some(StoreError::KeyLost { detail: "restored backup".into() });
    let world = World::new();
    world.signed_in().await;
    world.store.fail_with(lost());
    let ai = world.another_process();
    assert_eq!(ai.sign_out().await, Ok(unknown()));
    assert!(world.server.revoked().is_empty());
    world.store.fail_with(None);
    assert_eq!(ai.sign_out().await, Ok(report(Revocation::NotNeeded, Revocation::NotNeeded)));

    let world = World::new();
    world.signed_in().await;
    world.store.fail_with(Some(StoreError::Unavailable { detail: "locked".into() }));
    let ai = world.another_process();
    assert_eq!(ai.sign_out().await.unwrap_err().code(), "storage_unavailable");
    assert_eq!(ai.discarded_tokens(), Some(ReplacedSignIn::Revoked { report: unknown() }));
}

// L6
#[tokio::test(start_paused = true)]
async fn signing_out_during_a_refresh_stays_signed_out_and_the_late_tokens_are_revoked() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    tokio::time::advance(2 * HOUR).await;
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::Refreshing));
    ai.sign_out().await.unwrap();
    let reason = SignInReason::NotSignedIn;
    assert_eq!(caller.await.unwrap(), Err(Error::from(reason)));
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    assert_eq!(world.store.record(), Some(json!({"v": 2})));
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1", "refresh-2", "access-2"]);
}

// L6
#[tokio::test(start_paused = true)]
async fn signing_in_as_another_during_a_refresh_never_ends_with_the_firsts_tokens() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    let callback = begin(&ai).await;
    world.server.set(|state| state.token_takes = Duration::from_secs(3));
    let caller = ask(&ai);
    tokio::time::sleep(Duration::from_secs(1)).await;
    world.server.set(|state| state.token_takes = Duration::ZERO);
    ai.complete_sign_in(callback).await.unwrap();
    let signed_in = world.store.record().unwrap()["grant"].clone();
    assert!(matches!(caller.await.unwrap(), Err(Error::SignInRequired { .. })));
    assert_eq!(world.store.record().unwrap()["grant"], signed_in);
    assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), signed_in["access_token"].as_str().unwrap());
}
