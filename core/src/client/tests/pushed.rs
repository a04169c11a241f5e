//! RFC 9126: the parameters go to the provider first.

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer};
use crate::net::transport::BodyStream;
use crate::{AiPass, Error, Provider, SessionState, SignInOptions};
use std::collections::HashMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use url::form_urlencoded;

const PAR: &str = "/par";

fn provider(required: bool) -> Provider {
    let mut provider = Provider::ai_pass();
    provider.pushed_authorization_request_endpoint = Some("https://id.example/par".parse().unwrap());
    provider.require_pushed_authorization_requests = required;
    provider
}

fn pushing() -> SignInOptions {
    SignInOptions { push_parameters: true, ..SignInOptions::default() }
}

fn answer_next(world: &World, response: Scripted) {
    world.server.set(|state| state.elsewhere_answers.push_back(response));
}

fn accepted() -> Scripted {
    answer(201, r#"{"request_uri":"urn:x:1","expires_in":60}"#)
}

fn sent(world: &World) -> HashMap<String, String> {
    form_urlencoded::parse(world.transport.last(PAR).body()).into_owned().collect()
}

fn seconds_from_now(world: &World, at: SystemTime) -> i64 {
    (at.duration_since(UNIX_EPOCH).unwrap().as_millis() as i64 - device_ms(&world.clock)) / 1_000
}

/// Nothing was begun.
async fn nothing_is_left(world: &World, ai: &AiPass) {
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    assert!(world.store.record().is_none_or(|record| record.get("pending").is_none()));
}

// RFC 9126 4: the URL carries the client and the reference, and the sign-in goes on as any other
#[tokio::test(start_paused = true)]
async fn the_browser_carries_a_reference_only() {
    for required in [true, false] {
        let world = World::new();
        let ai = world.client_with(provider(required));
        answer_next(&world, accepted());
        let hint = Some("a@example.com".to_owned());
        let options = SignInOptions { push_parameters: !required, login_hint: hint, ..SignInOptions::default() };
        let request = ai.begin_sign_in(options).await.unwrap();
        assert_eq!(request.url.query(), Some("client_id=client_123&request_uri=urn%3Ax%3A1"));
        assert_eq!(seconds_from_now(&world, request.expires_at), 60);
        let sent = sent(&world);
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", "client_123"),
            ("redirect_uri", "myapp://auth/callback"),
            ("scope", "api:access profile:read"),
            ("code_challenge_method", "S256"),
            ("login_hint", "a@example.com"),
        ] {
            assert_eq!(sent[name], value, "{name}");
        }
        // the user may take longer on the page than the URL can be opened
        tokio::time::advance(Duration::from_secs(300)).await;
        let callback = format!("myapp://auth/callback?code=the-code&state={}", sent["state"]);
        assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
    }
}

// RFC 9126 2.2: its life has begun when the provider is asked
#[tokio::test(start_paused = true)]
async fn a_url_that_took_long_to_get_expires_as_much_earlier() {
    let world = World::new();
    answer_next(&world, Err(HttpFailure::NotSent { detail: "no network".into() }));
    answer_next(&world, accepted());
    let request = world.client_with(provider(true)).begin_sign_in(SignInOptions::default()).await.unwrap();
    assert!(seconds_from_now(&world, request.expires_at) < 60, "it waited before it asked again");
}

// RFC 9126 2.2: the time to open the URL is the shorter one
#[tokio::test(start_paused = true)]
async fn a_url_expires_with_its_reference_or_with_the_sign_in() {
    for (life, expected) in [("60", 60), ("86400", 600), ("1e300", 600), ("null", 600)] {
        let world = World::new();
        answer_next(&world, answer(201, format!(r#"{{"request_uri":"urn:x:1","expires_in":{life}}}"#)));
        let request = world.client_with(provider(true)).begin_sign_in(SignInOptions::default()).await.unwrap();
        assert_eq!(seconds_from_now(&world, request.expires_at), expected, "{life}");
    }
}

// A8, A9: a push that failed is typed, and leaves nothing that a callback could complete
#[tokio::test(start_paused = true)]
async fn a_push_that_fails_leaves_nothing() {
    let refused = |status, body: &'static str| answer(status, body);
    let rows: [(Vec<Scripted>, &str); 9] = [
        ((0..3).map(|_| Err(HttpFailure::NotSent { detail: "no network".into() })).collect(), "offline"),
        (vec![Err(HttpFailure::Broken { detail: "reset".into() })], "offline"),
        (
            vec![refused(400, r#"{"error":"invalid_request","error_description":"Invalid redirect_uri"}"#)],
            "provider_redirect_uri_refused",
        ),
        (vec![refused(401, r#"{"error":"invalid_client"}"#)], "provider_sign_in_refused"),
        (vec![refused(429, "")], "rate_limited"),
        (vec![refused(503, "")], "provider_unavailable"),
        (vec![refused(302, "")], "provider_unexpected_redirect"),
        (vec![refused(201, "{}")], "provider_invalid_response"),
        (vec![refused(201, r#"{"request_uri":"urn:x y","expires_in":60}"#)], "provider_invalid_response"),
    ];
    for (answers, code) in rows {
        let world = World::new();
        let ai = world.client_with(provider(true));
        answers.into_iter().for_each(|response| answer_next(&world, response));
        let error = ai.begin_sign_in(SignInOptions::default()).await.unwrap_err();
        assert_eq!(error.code(), code);
        nothing_is_left(&world, &ai).await;
        let state = sent(&world)["state"].clone();
        let late = ai.complete_sign_in(format!("myapp://auth/callback?code=c&state={state}")).await;
        assert_eq!(late.unwrap_err().code(), "callback_unknown_state");
        assert_eq!(world.token_requests(), 0);
    }
}

// A8: a push that succeeded and a store that fails: no URL is handed out
#[tokio::test(start_paused = true)]
async fn a_pushed_sign_in_that_cannot_be_stored_is_not_begun() {
    let world = World::new();
    let ai = world.client_with(provider(true));
    answer_next(&world, accepted());
    world.store.fail_writes(1);
    assert_eq!(ai.begin_sign_in(SignInOptions::default()).await.unwrap_err().code(), "storage_full");
    nothing_is_left(&world, &ai).await;
}

// P3: a provider that stalls ends the wait
#[tokio::test(start_paused = true)]
async fn a_push_has_a_time_limit() {
    let world = World::new();
    let ai = world.client_with(provider(true));
    let stalled = BodyStream::new(futures_util::stream::pending());
    answer_next(&world, Ok(http::Response::builder().status(201).body(stalled).unwrap()));
    let error = ai.begin_sign_in(SignInOptions::default()).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { .. }), "{error}");
    nothing_is_left(&world, &ai).await;
}

// P9: nothing is sent ahead where nobody asks for it, and nothing at all where the provider has no endpoint
#[tokio::test(start_paused = true)]
async fn nothing_is_pushed_without_being_asked_for() {
    let world = World::new();
    let request = world.client_with(provider(false)).begin_sign_in(SignInOptions::default()).await.unwrap();
    assert!(request.url.query().unwrap().contains("code_challenge="));
    let error = world.client().begin_sign_in(pushing()).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    assert!(world.transport.requests().is_empty());
}

// S1: the state never stands in an error, whatever the server quotes
#[tokio::test(start_paused = true)]
async fn the_words_of_a_refused_push_hold_no_state() {
    let world = World::new();
    let ai = world.client_with(provider(true));
    let refused = answer(400, r#"{"error":"invalid_request","error_description":"quoted"}"#);
    answer_next(&world, refused);
    let error = ai.begin_sign_in(SignInOptions::default()).await.unwrap_err();
    assert!(error.to_string().contains("quoted"));
    let log = format!("{error:?} {:?}", ai.log());
    assert!(!log.contains(&sent(&world)["state"]));
}
