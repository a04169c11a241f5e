//! Odd token responses and refusals through the whole session (T7, K5, K7).

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks, with_header};
use crate::{AiPass, Error, Provider, ProviderErrorKind, ReplacedSignIn, Revocation, SessionState};
use bytes::Bytes;
use std::time::Duration;
use url::form_urlencoded;

const T: &str = r#""access_token":"at-1","refresh_token":"rt-1","expires_in":3600,"token_type":"Bearer""#;

pub(super) async fn sign_in_with(world: &World, ai: &AiPass, status: u16, body: String) -> Result<(), Error> {
    let callback = begin(ai).await;
    world.server.set(|state| state.token_bodies.push_back((status, body)));
    ai.complete_sign_in(callback).await
}

/// One refresh that the next response answers, by way of a 401.
pub(super) async fn refresh_with(
    world: &World,
    ai: &AiPass,
    status: u16,
    body: String,
    access_token: &str,
) -> Result<(), Error> {
    let current = stored(world).map(|(access_token, _)| access_token);
    replace_with(world, ai, current.as_deref(), status, body, access_token).await
}

/// The same where `current` is the access token of the session.
pub(super) async fn replace_with(
    world: &World,
    ai: &AiPass,
    current: Option<&str>,
    status: u16,
    body: String,
    access_token: &str,
) -> Result<(), Error> {
    tokio::time::advance(Duration::from_secs(100)).await;
    let before = world.token_requests();
    let is_new = current != Some(access_token);
    world.server.set(|state| {
        state.live = [access_token.to_owned()].into();
        if !is_new {
            state.api_answers.push_back(answer(401, r#"{"error":"invalid_token"}"#));
        }
        state.token_bodies.push_back((status, body));
    });
    let refreshed = ai.refresh_balance().await.map(drop);
    assert_eq!(world.token_requests(), before + 1);
    refreshed
}

/// Access and refresh token as they are stored.
pub(super) fn stored(world: &World) -> Option<(String, Option<String>)> {
    tokens_of(&world.store.record()?)
}

/// Access and refresh token of a stored record.
pub(super) fn tokens_of(record: &serde_json::Value) -> Option<(String, Option<String>)> {
    let text = |name: &str| record["grant"][name].as_str().map(str::to_owned);
    Some((text("access_token")?, text("refresh_token")))
}

pub(super) fn revoked(world: &World) -> Vec<String> {
    let decode = |token: String| form_urlencoded::parse(token.as_bytes()).next().unwrap().0.into_owned();
    world.server.revoked().into_iter().map(decode).collect()
}

fn token_set(access_token: &str, refresh_token: &str) -> Option<(String, Option<String>)> {
    Some((access_token.to_owned(), Some(refresh_token.to_owned())))
}

// T7, K2, K4
#[tokio::test(start_paused = true)]
async fn oddities_that_mean_nothing_cost_nothing() {
    for body in [
        format!(r#"{{{T},"error":""}}"#),
        format!(r#"{{"error":{{"message":"","code":null}},{T}}}"#),
        format!(r#"{{"access_token":"old","scope":"a","scope":"b","refresh_token":null,{T}}}"#),
        format!(r#"{{"success":true,"data":{{{T}}},"error":false}}"#),
    ] {
        let world = World::new();
        let ai = world.client();
        assert_eq!(sign_in_with(&world, &ai, 200, body.clone()).await, Ok(()), "{body}");
        assert_eq!(stored(&world), token_set("at-1", "rt-1"), "{body}");

        let world = World::new();
        let ai = world.signed_in().await;
        assert_eq!(refresh_with(&world, &ai, 200, body.clone(), "at-1").await, Ok(()), "{body}");
        assert_eq!(stored(&world), token_set("at-1", "rt-1"), "{body}");
    }
}

// T7: revoked on sign-in, stored on refresh; the error says why
#[tokio::test(start_paused = true)]
async fn a_defective_token_set_is_never_dropped() {
    for (body, why) in [
        (format!(r#"{{{T},"token_type":"mac"}}"#), "not a Bearer token"),
        (format!(r#"{{{T},"access_token":"at\n1"}}"#), "cannot stand in a header"),
        (
            format!(r#"{{{T},"error":"quota","error_description":"Pay for at-1 first"}}"#),
            "quota: Pay for [redacted] first",
        ),
    ] {
        let access_token = if body.contains(r"at\n1") { "at\n1" } else { "at-1" };
        let world = World::new();
        let ai = world.client();
        let error = sign_in_with(&world, &ai, 200, body.clone()).await.unwrap_err();
        assert!(matches!(&error, Error::Provider { detail, .. } if detail.contains(why)), "{body}: {error}");
        assert_eq!(revoked(&world), ["rt-1", access_token], "{body}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut), "{body}");

        let world = World::new();
        let ai = world.signed_in().await;
        let error = refresh_with(&world, &ai, 200, body.clone(), access_token).await.unwrap_err();
        assert!(error.to_string().contains(why), "{body}: {error}");
        assert_eq!(stored(&world), token_set(access_token, "rt-1"), "{body}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn), "{body}");
        // The next call is not given a token that cannot be used.
        assert_eq!(
            refresh_with(&world, &ai, 200, format!("{{{T}}}").replace("-1", "-2"), "at-2").await,
            Ok(()),
            "{body}"
        );
        assert_eq!(stored(&world), token_set("at-2", "rt-2"), "{body}");
    }
}

// L19, T7: a sign-in's token set that can neither be used nor be revoked is named
#[tokio::test(start_paused = true)]
async fn the_error_of_a_defective_sign_in_names_tokens_that_live_on() {
    let broken: [fn() -> Scripted; 4] = [
        || answer(200, ""),
        || answer(503, ""),
        || Err(HttpFailure::Broken { detail: "reset".into() }),
        || Err(HttpFailure::IdleTimeout { limit: Duration::from_secs(20) }),
    ];
    for (kind, first) in broken.into_iter().enumerate() {
        for defect in [r#""token_type":"mac""#, r#""error":"slow_down""#] {
            let world = World::new();
            let ai = world.client();
            world.server.set(|state| state.revoke_answers.extend([first, || answer(200, "")]));
            let error = sign_in_with(&world, &ai, 200, format!("{{{T},{defect}}}")).await.unwrap_err().to_string();
            let Some(ReplacedSignIn::Revoked { report }) = ai.discarded_tokens() else { panic!("{defect}") };
            match &report.access_token {
                Revocation::NotReached { error: Error::Timeout { .. } } => assert_eq!(kind, 3, "not asked again"),
                access_token => assert_eq!(*access_token, Revocation::Accepted),
            }
            let named = match (kind, report.refresh_token) {
                (0, Revocation::Accepted) => !error.contains("revoked"),
                (1, Revocation::Refused { status: 503 }) => {
                    error.contains("were not revoked: the provider refused with")
                }
                (2, Revocation::NotReached { error: Error::Offline { .. } }) => {
                    error.contains("were not revoked: offline")
                }
                (3, Revocation::NotReached { error: Error::Timeout { .. } }) => {
                    error.contains("were not revoked: timed out")
                }
                _ => false,
            };
            assert!(named, "{kind}: {error}");
        }
    }
    let world = World::new();
    let ai = world.client_with(Provider { revocation_endpoint: None, ..Provider::ai_pass() });
    let error = sign_in_with(&world, &ai, 200, format!(r#"{{{T},"token_type":"mac"}}"#)).await.unwrap_err();
    assert!(error.to_string().contains("live until they expire"), "{error}");
}

// L19, L6: tokens that came for a sign-in which was cancelled meanwhile, or for a session that was signed out
#[tokio::test(start_paused = true)]
async fn the_outcome_for_late_tokens_is_reported() {
    let refused: fn() -> Scripted = || answer(503, "");
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    world.server.set(|state| {
        state.token_takes = Duration::from_secs(1);
        state.revoke_answers.push_back(refused);
    });
    let (completed, ()) = tokio::join!(ai.complete_sign_in(callback), async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        ai.cancel_sign_in().await.unwrap();
    });
    assert_eq!(completed, Err(Error::Cancelled));
    let refused_refresh_token = |ai: &AiPass| {
        let report = match ai.discarded_tokens() {
            Some(ReplacedSignIn::Revoked { report }) => report,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            (report.refresh_token, report.access_token),
            (Revocation::Refused { status: 503 }, Revocation::Accepted)
        );
    };
    refused_refresh_token(&ai);

    let world = World::new();
    let ai = world.signed_in().await;
    assert_eq!(ai.discarded_tokens(), None);
    world.server.set(|state| state.token_takes = Duration::from_secs(1));
    tokio::time::advance(2 * HOUR).await;
    let refreshing = ask(&ai);
    tokio::time::sleep(Duration::from_millis(500)).await;
    ai.sign_out().await.unwrap();
    world.server.set(|state| state.revoke_answers.push_back(refused));
    assert!(refreshing.await.unwrap().is_err());
    refused_refresh_token(&ai);
}

// T7: the JSON arrived whole, its end did not
#[tokio::test(start_paused = true)]
async fn a_connection_that_breaks_after_the_token_set_loses_nothing() {
    fn cut(body: &str) -> Scripted {
        chunks(200, vec![Ok(Bytes::from(body.to_owned())), Err(HttpFailure::Broken { detail: "reset".into() })])
    }
    let world = World::new();
    let ai = world.client();
    world.server.answer_token_requests(&[|| cut(r#"{"access_token":"at-1","refresh_token":"rt-1"}"#)]);
    sign_in(&ai).await;
    assert_eq!(stored(&world), token_set("at-1", "rt-1"));

    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    for part in [|| cut(r#"{"access_token":"at-1","refresh_tok"#), || cut("access_token=at"), || cut("")] {
        world.server.answer_token_requests(&[part]);
        assert_eq!(ai.complete_sign_in(callback.clone()).await.unwrap_err().code(), "offline");
    }
}

// K5: the session stays, and the app hears how long to wait
#[tokio::test(start_paused = true)]
async fn a_refresh_that_is_told_to_wait_says_how_long() {
    let limited: [fn() -> Scripted; 3] = [
        || with_header(answer(429, ""), "retry-after", "120"),
        || with_header(answer(400, r#"{"error":"slow_down"}"#), "retry-after", "120"),
        || with_header(answer(200, r#"{"error":"slow_down"}"#), "retry-after-ms", "120000"),
    ];
    let wait = Some(Duration::from_secs(120));
    for response in limited {
        let world = World::new();
        let ai = world.signed_in().await;
        tokio::time::advance(2 * HOUR).await;
        world.server.answer_token_requests(&[response]);
        let error = ai.access_token(Duration::ZERO).await.unwrap_err();
        assert!(matches!(error, Error::RateLimited { retry_after, .. } if retry_after == wait), "{error}");
        assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), "access-2");
    }
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    world.server.answer_token_requests(&[|| with_header(answer(503, "Back soon"), "retry-after", "120")]);
    let error = ai.complete_sign_in(callback.clone()).await.unwrap_err();
    assert!(error.to_string().contains("Back soon"));
    assert!(
        matches!(error, Error::Provider { kind: ProviderErrorKind::Unavailable, retry_after, .. } if retry_after == wait)
    );
    world.server.answer_token_requests(&[|| answer(400, r#"{"error":"slow_down"}"#)]);
    assert_eq!(ai.complete_sign_in(callback.clone()).await.unwrap_err().code(), "rate_limited");
    assert_eq!(ai.complete_sign_in(callback).await, Ok(())); // its code was not spent
}

// K7
#[tokio::test(start_paused = true)]
async fn a_code_that_is_not_text_is_not_sent() {
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    let error = ai.complete_sign_in(callback.replace("the-code", "%ff%fe")).await.unwrap_err();
    assert_eq!(error.code(), "callback_not_text");
    assert_eq!(world.token_requests(), 0);
    assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
}
