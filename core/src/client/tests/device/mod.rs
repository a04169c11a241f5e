//! Signing in with a code that the user enters on another device (RFC 8628).

mod cancelling;
mod polls;

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, with_header};
use crate::session::store::StoreError;
use crate::{
    AiPass, CallOptions, CallbackErrorKind, Cancellation, DeviceSignIn, Error, Provider, ProviderErrorKind, Result,
    SessionState, SignInOptions, SignInReason,
};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::task::JoinHandle;
use tokio::time::Instant;

const CODE: &str = "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS";

pub(super) fn provider() -> Provider {
    let endpoint = format!("https://aipass.one{DEVICE}").parse().unwrap();
    Provider { device_authorization_endpoint: Some(endpoint), ..Provider::ai_pass() }
}

pub(super) fn codes() -> Value {
    json!({
        "device_code": CODE, "user_code": "WDJB-MJHT", "verification_uri": "https://aipass.one/device",
        "verification_uri_complete": "https://aipass.one/device?user_code=WDJB-MJHT", "expires_in": 600
    })
}

type Answer = fn() -> Scripted;
const PENDING: Answer = || answer(400, r#"{"error":"authorization_pending"}"#);
const OFFLINE: Answer = || Err(HttpFailure::NotSent { detail: "no network".into() });
const SPENT: Answer = || answer(400, r#"{"error":"invalid_grant"}"#);
const DENIED: Answer = || answer(400, r#"{"error":"access_denied","error_description":"It said no"}"#);
const BROKEN: Answer = || Err(HttpFailure::Broken { detail: "reset".into() });

/// A client whose sign-in with these codes has begun, and whose polls are answered like this, then with tokens.
async fn begun_with(codes: Value, polls: &[Answer]) -> (World, AiPass, DeviceSignIn) {
    let world = World::new();
    let ai = world.client_with(provider());
    let sign_in = begin_at(&world, &ai, codes).await;
    world.server.answer_token_requests(polls);
    (world, ai, sign_in)
}

async fn begun(polls: &[Answer]) -> (World, AiPass) {
    let (world, ai, _) = begun_with(codes(), polls).await;
    (world, ai)
}

pub(super) async fn begin_at(world: &World, ai: &AiPass, codes: Value) -> DeviceSignIn {
    world.server.set(|state| state.device_answers.push_back(answer(200, codes.to_string())));
    ai.begin_device_sign_in(SignInOptions::default()).await.unwrap()
}

fn complete(ai: &AiPass) -> JoinHandle<Result<()>> {
    let ai = ai.clone();
    tokio::spawn(async move { ai.complete_device_sign_in().await })
}

/// How long the whole wait takes, in seconds, and how it ends.
async fn waited(ai: &AiPass) -> (u64, Result<()>) {
    let began = Instant::now();
    let outcome = ai.complete_device_sign_in().await;
    (began.elapsed().as_secs(), outcome)
}

fn because(reason: SignInReason) -> Result<()> {
    Err(Error::from(reason))
}

// RFC 8628 3.1 to 3.4
#[tokio::test(start_paused = true)]
async fn a_user_who_enters_the_code_is_signed_in() {
    let (world, ai, shown) = begun_with(codes(), &[PENDING, PENDING]).await;
    assert_eq!(shown.user_code, "WDJB-MJHT");
    assert_eq!(shown.verification_uri.as_str(), "https://aipass.one/device");
    assert_eq!(shown.verification_uri_complete.as_ref().unwrap().query(), Some("user_code=WDJB-MJHT"));
    assert_eq!(shown.interval, Duration::from_secs(5));
    assert_eq!(ai.session_state().await, Ok(SessionState::SigningIn));
    let request = world.transport.last(DEVICE);
    assert_eq!(request.body(), "scope=api%3Aaccess+profile%3Aread&client_id=client_123");

    assert_eq!(waited(&ai).await, (15, Ok(())));
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), "access-1");
    let poll: Value = serde_json::from_slice(&world.transport.bodies(TOKEN)[0]).unwrap();
    let expected = json!({
        "grantType": "urn:ietf:params:oauth:grant-type:device_code", "deviceCode": CODE, "clientId": "client_123"
    });
    assert_eq!(poll, expected);
    assert_eq!(ai.pending_device_sign_in().await, Ok(None));
    assert_eq!(ai.complete_device_sign_in().await, Ok(()), "it is complete");
    assert_eq!(world.token_requests(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_provider_without_the_endpoint_is_not_asked() {
    let world = World::new();
    let ai = world.client();
    let error = ai.begin_device_sign_in(SignInOptions::default()).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    assert!(world.transport.requests().is_empty());
    assert_eq!(ai.complete_device_sign_in().await, because(SignInReason::NotSignedIn));
}

#[tokio::test(start_paused = true)]
async fn what_keeps_a_sign_in_from_beginning_is_told() {
    let bad_page = json!({"device_code": CODE, "user_code": "A", "verification_uri": "http://aipass.one/device"});
    for (response, code) in [
        (answer(400, r#"{"error":"invalid_client"}"#), "provider_sign_in_refused"),
        (answer(500, ""), "provider_unavailable"),
        (answer(429, ""), "rate_limited"),
        (answer(302, ""), "provider_unexpected_redirect"),
        (answer(200, "<html>"), "provider_invalid_response"),
        (answer(200, bad_page.to_string()), "provider_invalid_response"),
        (Err(HttpFailure::Broken { detail: "reset".into() }), "offline"),
    ] {
        let world = World::new();
        world.server.set(|state| state.device_answers.push_back(response));
        let ai = world.client_with(provider());
        let error = ai.begin_device_sign_in(SignInOptions::default()).await.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    }
    let world = World::new();
    let ai = world.client_with(provider());
    let options = SignInOptions { scopes: vec!["a b".into()], ..SignInOptions::default() };
    assert_eq!(ai.begin_device_sign_in(options).await.unwrap_err().code(), "invalid_input");
    assert!(world.transport.requests().is_empty());
}

// A8: stored before it is shown
#[tokio::test(start_paused = true)]
async fn a_sign_in_that_cannot_be_stored_is_not_shown() {
    let world = World::new();
    let ai = world.client_with(provider());
    world.server.set(|state| state.device_answers.push_back(answer(200, codes().to_string())));
    world.store.fail_writes(1);
    let error = ai.begin_device_sign_in(SignInOptions::default()).await.unwrap_err();
    assert_eq!(error.code(), "storage_full");
}

// A8: the code is stored, so that the wait can go on
#[tokio::test(start_paused = true)]
async fn a_sign_in_survives_the_death_of_the_app() {
    let (world, ai, shown) = begun_with(codes(), &[]).await;
    drop(ai);
    let restarted = world.another_process_with(provider());
    assert_eq!(restarted.session_state().await, Ok(SessionState::SigningIn));
    assert_eq!(restarted.pending_device_sign_in().await, Ok(Some(shown)));
    assert_eq!(waited(&restarted).await, (0, Ok(())), "the user may have decided long ago");
    // Nor is it waited for without end if the clock was set back meanwhile.
    let (world, _ai) = begun(&[PENDING; 200]).await;
    world.clock.set_by_hours(-1000);
    let restarted = world.another_process_with(provider());
    world.server.set(|state| state.token_answers.extend([PENDING; 800]));
    assert_eq!(waited(&restarted).await, (3600, because(SignInReason::DeviceCodeExpired)));
}

// L5: the code of a sign-in that another process completed is no error
#[tokio::test(start_paused = true)]
async fn two_processes_that_wait_for_the_same_code_both_end_signed_in() {
    let (world, ai) = begun(&[PENDING, SPENT]).await;
    let other = world.another_process_with(provider());
    let waiting = complete(&other); // polls at once
    tokio::time::sleep(Duration::from_secs(1)).await;
    let slow = complete(&ai);
    tokio::time::sleep(Duration::from_millis(4500)).await; // the other one gets `invalid_grant` now
    assert_eq!(slow.await.unwrap(), Ok(()));
    assert_eq!(waiting.await.unwrap(), Ok(()));
    assert_eq!(world.token_requests(), 3);
    assert_eq!(world.server.revoked(), [""; 0]);
}

// L3: what could not be stored is not polled for again
#[tokio::test(start_paused = true)]
async fn a_session_that_cannot_be_stored_is_kept_and_the_next_call_stores_it() {
    let (world, ai) = begun(&[]).await;
    let waiting = complete(&ai);
    tokio::time::sleep(Duration::from_secs(4)).await;
    world.store.fail_writes(1);
    assert_eq!(waiting.await.unwrap().unwrap_err().code(), "storage_full");
    assert_eq!(ai.complete_device_sign_in().await, Ok(()));
    assert_eq!(world.token_requests(), 1);
    assert_eq!(world.another_process().access_token(Duration::ZERO).await.unwrap().expose(), "access-1");
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_locked_ends_the_wait_and_not_the_sign_in() {
    let (world, ai) = begun(&[]).await;
    let waiting = complete(&ai);
    tokio::time::sleep(Duration::from_secs(4)).await;
    world.store.fail_with(Some(StoreError::Unavailable { detail: "locked".into() }));
    assert_eq!(waiting.await.unwrap().unwrap_err().code(), "storage_unavailable");
    world.store.fail_with(None);
    assert_eq!(ai.complete_device_sign_in().await, Ok(()));
}

// T7: a token set that cannot be used is revoked
#[tokio::test(start_paused = true)]
async fn a_token_set_of_an_unknown_type_is_revoked() {
    let (world, ai) = begun(&[]).await;
    let body = r#"{"access_token":"a1","refresh_token":"r1","token_type":"mac"}"#;
    world.server.set(|state| state.token_bodies.push_back((200, body.into())));
    let error = ai.complete_device_sign_in().await.unwrap_err();
    assert_eq!(error.code(), "provider_invalid_response");
    assert_eq!(world.server.revoked(), ["r1", "a1"]);
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    assert_eq!(ai.complete_device_sign_in().await, Err(error));
}

// L19: what it replaces is treated as with every sign-in
#[tokio::test(start_paused = true)]
async fn the_present_session_lasts_until_the_new_one_is_complete() {
    let world = World::new();
    world.server.set(|state| state.user = Some("anna"));
    let ai = world.client_with(provider());
    sign_in(&ai).await;
    begin_at(&world, &ai, codes()).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), "access-1");
    world.server.set(|state| state.user = Some("ben"));
    assert_eq!(ai.complete_device_sign_in().await, Ok(()));
    assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), "access-2");
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
}

#[tokio::test(start_paused = true)]
async fn a_newer_code_replaces_the_one_before() {
    let (world, ai) = begun(&[PENDING; 3]).await;
    let first = complete(&ai);
    tokio::time::sleep(Duration::from_secs(7)).await;
    let newer = begin_at(
        &world,
        &ai,
        json!({"device_code": "D2", "user_code": "NEW", "interval": 1,
        "verification_uri": "https://aipass.one/device"}),
    )
    .await;
    assert_eq!(first.await.unwrap(), Err(Error::Cancelled));
    assert_eq!(ai.pending_device_sign_in().await, Ok(Some(newer)));
    assert_eq!(waited(&ai).await, (3, Ok(())));
    assert!(world.transport.bodies(TOKEN)[1..].iter().all(|body| String::from_utf8_lossy(body).contains("D2")));
}

// A3: no callback can take part
#[tokio::test(start_paused = true)]
async fn a_callback_for_it_is_refused() {
    let (world, ai) = begun(&[]).await;
    let state = world.store.record().unwrap()["pending"][0]["state"].as_str().unwrap().to_owned();
    for answer in ["code=stolen", "error=access_denied"] {
        let callback = format!("myapp://auth/callback?{answer}&state={state}");
        let refused = ai.complete_sign_in(callback).await;
        assert_eq!(refused, Err(Error::InvalidCallback { kind: CallbackErrorKind::AlreadyUsed }));
    }
    assert_eq!(world.token_requests(), 0);
    assert_eq!(ai.complete_device_sign_in().await, Ok(()));
}

// S1
#[tokio::test(start_paused = true)]
async fn the_devices_code_is_shown_nowhere() {
    let quoting: fn() -> Scripted =
        || answer(400, format!(r#"{{"error":"invalid_client","error_description":"no {CODE}"}}"#));
    let (_world, ai, shown) = begun_with(codes(), &[OFFLINE, quoting]).await;
    let error = ai.complete_device_sign_in().await.unwrap_err();
    let told = format!("{shown:?} {error:?} {error} {:?}", ai.diagnostics().await);
    assert!(!told.contains(CODE) && !told.contains(&CODE[..20]), "{told}");
}
