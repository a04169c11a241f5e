use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer};
use crate::{CallbackErrorKind, Error, Provider, ProviderErrorKind, SessionState, SignInOptions, SignInReason};
use std::time::Duration;

fn refused(kind: CallbackErrorKind) -> Result<(), Error> {
    Err(Error::InvalidCallback { kind })
}

// A8: also after a cold start
#[tokio::test(start_paused = true)]
async fn a_sign_in_survives_the_death_of_the_app() {
    let world = World::new();
    let callback = begin(&world.client()).await;
    let restarted = world.another_process();
    assert_eq!(restarted.session_state().await, Ok(SessionState::SigningIn));
    assert_eq!(restarted.complete_sign_in(callback).await, Ok(()));
    assert_eq!(restarted.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(world.another_process().session_state().await, Ok(SessionState::SignedIn));
}

// A8: stored before its URL is handed out
#[tokio::test(start_paused = true)]
async fn a_sign_in_that_cannot_be_stored_is_not_begun() {
    let world = World::new();
    world.store.fail_writes(1);
    let error = world.client().begin_sign_in(SignInOptions::default()).await.unwrap_err();
    assert_eq!(error.code(), "storage_full");
}

// A8
#[tokio::test(start_paused = true)]
async fn a_callback_delivered_twice_spends_its_code_once() {
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    let (first, second) = tokio::join!(ai.complete_sign_in(callback.clone()), ai.complete_sign_in(callback.clone()));
    assert_eq!((first, second), (Ok(()), refused(CallbackErrorKind::AlreadyUsed)));
    assert_eq!(world.another_process().complete_sign_in(callback).await, refused(CallbackErrorKind::AlreadyUsed));
    assert_eq!(world.token_requests(), 1);
}

// A3
#[tokio::test(start_paused = true)]
async fn a_forged_callback_changes_nothing() {
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    for forged in [
        "myapp://auth/callback?code=evil&state=guessed",
        "myapp://auth/callback?error=access_denied&state=guessed",
        "myapp://auth/callback?code=evil",
        "myapp://auth/other?code=evil&state=guessed",
        &format!("{callback}&iss=https://evil.example"),
        &callback.replace("code=the-code", "error=access_denied&iss=https://evil.example"),
    ] {
        let error = ai.complete_sign_in(forged.to_owned()).await.unwrap_err();
        assert!(matches!(error, Error::InvalidCallback { .. }), "{forged}");
    }
    assert_eq!(world.token_requests(), 0);
    assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
}

// A4
#[tokio::test(start_paused = true)]
async fn an_issuer_that_was_promised_must_come_and_be_right() {
    let world = World::new();
    let mut provider = Provider::ai_pass();
    provider.authorization_response_iss = true;
    let ai = world.client_with(provider);
    let callback = begin(&ai).await;
    assert_eq!(ai.complete_sign_in(callback.clone()).await, refused(CallbackErrorKind::WrongIssuer));
    let almost = format!("{callback}&iss=https://aipass.one/");
    assert_eq!(ai.complete_sign_in(almost).await, refused(CallbackErrorKind::WrongIssuer));
    assert_eq!(ai.complete_sign_in(format!("{callback}&iss=https://aipass.one")).await, Ok(()));
}

// A9
#[tokio::test(start_paused = true)]
async fn every_way_to_fail_has_its_own_error() {
    let world = World::new();
    let ai = world.client();
    let answered = |callback: &str, answer: &str| callback.replace("code=the-code", answer);

    let callback = answered(&begin(&ai).await, "error=access_denied");
    assert_eq!(ai.complete_sign_in(callback).await, Err(Error::from(SignInReason::Denied)));
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));

    // K6: the words of the page reach the error, without the state that it may quote
    let callback = answered(
        &begin(&ai).await,
        "error=access_denied&error_description=It+said+STATE&error_uri=https://id.example/no",
    );
    let state = callback.rsplit_once("state=").unwrap().1.to_owned();
    let error = ai.complete_sign_in(callback.replace("STATE", &state)).await.unwrap_err();
    let detail = Some("It said [redacted] (see https://id.example/no)".to_owned());
    assert_eq!(error, Error::SignInRequired { reason: SignInReason::Denied, detail });
    assert!(error.to_string().contains("It said"));

    let callback = answered(&begin(&ai).await, "error=invalid_scope&error_description=no+such+scope");
    let error = ai.complete_sign_in(callback).await.unwrap_err();
    assert!(matches!(error, Error::Provider { kind: ProviderErrorKind::SignInRefused, provider_code: Some(code), .. }
        if code == "invalid_scope"));

    let callback = answered(&begin(&ai).await, "error=temporarily_unavailable");
    assert_eq!(ai.complete_sign_in(callback).await.unwrap_err().code(), "provider_unavailable");

    let callback = begin(&ai).await;
    tokio::time::advance(Duration::from_secs(601)).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    assert_eq!(ai.complete_sign_in(callback).await, refused(CallbackErrorKind::Expired));

    let callback = begin(&ai).await;
    ai.cancel_sign_in().await.unwrap();
    assert_eq!(ai.complete_sign_in(callback).await, refused(CallbackErrorKind::Cancelled));

    world.server.answer_token_requests(&[|| answer(400, r#"{"error":"invalid_grant","error_description":"PKCE"}"#)]);
    let callback = begin(&ai).await;
    let error = ai.complete_sign_in(callback.clone()).await.unwrap_err();
    assert_eq!(error.code(), "provider_sign_in_refused");
    assert_eq!(ai.complete_sign_in(callback).await, refused(CallbackErrorKind::AlreadyUsed));
}

// A8, A9: the provider may never have seen the code
#[tokio::test(start_paused = true)]
async fn a_callback_can_be_tried_again_when_the_provider_was_not_reached() {
    let unreachable: fn() -> Scripted = || Err(HttpFailure::NotSent { detail: "no network".into() });
    let broken: fn() -> Scripted = || Err(HttpFailure::Broken { detail: "reset".into() });
    let overloaded: fn() -> Scripted = || answer(503, "<html>");
    for (answers, code) in
        [(vec![unreachable; 3], "offline"), (vec![broken], "offline"), (vec![overloaded], "provider_unavailable")]
    {
        let world = World::new();
        let ai = world.client();
        let callback = begin(&ai).await;
        world.server.answer_token_requests(&answers);
        assert_eq!(ai.complete_sign_in(callback.clone()).await.unwrap_err().code(), code);
        assert_eq!(ai.session_state().await, Ok(SessionState::SigningIn));
        assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
    }
}

// A12
#[tokio::test(start_paused = true)]
async fn two_browser_tabs_do_not_mix() {
    let world = World::new();
    let ai = world.client();
    let (first, second) = (begin(&ai).await, begin(&ai).await);
    assert_eq!(ai.complete_sign_in(second).await, Ok(()));
    assert_eq!(ai.complete_sign_in(first).await, Ok(()));
    assert_eq!(world.token_requests(), 2);
}

// L6
#[tokio::test(start_paused = true)]
async fn a_sign_in_cancelled_during_its_exchange_stays_cancelled_and_its_tokens_are_revoked() {
    for sign_out in [false, true] {
        let world = World::new();
        let ai = world.client();
        let callback = begin(&ai).await;
        world.server.set(|state| state.token_takes = Duration::from_secs(2));
        let completing = tokio::spawn({
            let ai = ai.clone();
            async move { ai.complete_sign_in(callback).await }
        });
        tokio::time::sleep(Duration::from_secs(1)).await;
        if sign_out {
            ai.sign_out().await.unwrap();
        } else {
            ai.cancel_sign_in().await.unwrap();
        }
        assert_eq!(completing.await.unwrap(), Err(Error::Cancelled));
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
        assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
    }
}

// A8: a screen that is turned or closed must not lose the code
#[tokio::test(start_paused = true)]
async fn completing_goes_on_when_its_caller_goes_away() {
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    let given_up = tokio::time::timeout(Duration::from_secs(1), ai.complete_sign_in(callback)).await;
    assert!(given_up.is_err());
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}

// T4
#[tokio::test(start_paused = true)]
async fn a_new_sign_in_never_inherits_the_last_accounts_refresh_token() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.gives_refresh_token = false);
    sign_in(&ai).await;
    let record = world.store.record().unwrap();
    assert_eq!(record["grant"]["access_token"], "access-2");
    assert!(record["grant"].get("refresh_token").is_none());
}

// L3
#[tokio::test(start_paused = true)]
async fn a_session_that_could_not_be_stored_is_kept_in_memory_and_stored_later() {
    let world = World::new();
    let ai = world.client();
    sign_in_unsaved(&world, &ai, &world.store).await;
    assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), "access-1");
    assert_eq!(world.client().access_token(Duration::ZERO).await.unwrap().expose(), "access-1");
    assert_eq!(world.token_requests(), 1);
}

// L9, L14
#[tokio::test(start_paused = true)]
async fn an_unreadable_store_is_reported_left_alone_and_can_be_forgotten() {
    use crate::session::store::StoreError;
    let world = World::new();
    let ai = world.signed_in().await;
    let before = world.store.record();
    world.store.fail_with(Some(StoreError::KeyLost { detail: "no alias".into() }));
    let restarted = world.another_process();
    assert_eq!(restarted.session_state().await.unwrap_err().code(), "storage_key_lost");
    assert_eq!(restarted.access_token(Duration::ZERO).await.unwrap_err().code(), "storage_key_lost");
    assert_eq!(world.store.record(), before);
    ai.forget_session().await.unwrap();
    world.store.fail_with(None);
    assert_eq!(world.another_process().session_state().await, Ok(SessionState::SignedOut));
}

#[tokio::test(start_paused = true)]
async fn the_states_are_told_as_they_change() {
    let world = World::new();
    let ai = world.client();
    let states = ai.session_states();
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedOut)));
    let callback = begin(&ai).await;
    assert_eq!(states.next().await, Ok(Some(SessionState::SigningIn)));
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedIn)));
    states.cancel();
    assert_eq!(states.next().await, Ok(None));
}
