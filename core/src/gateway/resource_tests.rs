use super::*;
use crate::client::tests::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{answer, with_header};
use crate::{SessionState, SignInReason};
use proptest::prelude::*;
use std::time::Duration;

const USER: &str = "/user";

fn provider() -> Provider {
    let mut provider = Provider::ai_pass();
    provider.resource_origins.push("https://api.example.com/".parse().unwrap());
    provider
}

async fn signed_in(world: &World) -> AiPass {
    let ai = world.client_with(provider());
    sign_in(&ai).await;
    ai
}

fn user() -> ResourceRequest {
    ResourceRequest::get("https://api.example.com/user?id=1".parse().unwrap())
}

fn answer_next(world: &World, answers: impl IntoIterator<Item = crate::net::scripted::Scripted>) {
    world.server.set(|state| state.elsewhere_answers.extend(answers));
}

// RFC 6750 2.1, the seed's https://api.example.com/user
#[tokio::test(start_paused = true)]
async fn a_resource_of_the_apps_own_gets_the_token_as_bearer() {
    let world = World::new();
    let ai = signed_in(&world).await;
    answer_next(
        &world,
        [with_header(answer(200, r#"{"name":"Anna"}"#), "content-type", "application/json; charset=utf-8")],
    );
    let answer = ai.request(user()).await.unwrap();
    assert_eq!((answer.status, answer.media_type.as_str()), (200, "application/json"));
    assert_eq!(answer.body, r#"{"name":"Anna"}"#);
    let sent = world.transport.last(USER);
    assert_eq!((sent.method().as_str(), sent.uri().query()), ("GET", Some("id=1")));
    assert_eq!(sent.headers()["authorization"], "Bearer access-1");
}

// P9: the app's headers and body, and no others
#[tokio::test(start_paused = true)]
async fn headers_and_body_are_the_apps() {
    let world = World::new();
    let ai = signed_in(&world).await;
    let headers = [("Accept", "text/csv"), ("Content-Type", "text/plain"), ("X-Tenant", "7")];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let request = ResourceRequest { headers, ..ResourceRequest::post(user().url, "a;b") };
    ai.request(request).await.unwrap();
    let sent = world.transport.last(USER);
    for (name, value) in [("accept", "text/csv"), ("content-type", "text/plain"), ("x-tenant", "7")] {
        assert_eq!(sent.headers()[name], value);
    }
    assert_eq!(sent.body(), "a;b");
    ai.request(ResourceRequest::post(user().url, "{}")).await.unwrap();
    assert_eq!(world.transport.last(USER).headers()["content-type"], "application/json");
}

// A11, P8: before anything is sent
#[tokio::test(start_paused = true)]
async fn the_token_goes_to_no_other_origin() {
    let world = World::new();
    let ai = signed_in(&world).await;
    let before = world.transport.requests().len();
    for url in [
        "https://api.example.com.evil.example/user",
        "https://evil.example/?https://api.example.com/user",
        "http://api.example.com/user",
        "https://api.example.com:8443/user",
        "https://user@api.example.com/user",
        "https://api.example.com@evil.example/user",
        "https://api.example.com/user#part",
        "data:text/plain,api.example.com",
        "file:///etc/passwd",
    ] {
        let error = ai.request(ResourceRequest::get(url.parse().unwrap())).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { ref input, .. } if input == "url"), "{url}: {error}");
    }
    for (name, value) in [
        ("Authorization", "Basic x"),
        ("DPoP", "x"),
        ("host", "evil.example"),
        ("Content-Length", "1"),
        ("transfer-encoding", "chunked"),
        ("", "x"),
        ("a b", "x"),
        ("x", "a\nb"),
        ("x", "\0"),
    ] {
        let headers = [(name.to_owned(), value.to_owned())].into();
        let error = ai.request(ResourceRequest { headers, ..user() }).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { ref input, .. } if input == "headers"), "{name}: {error}");
    }
    let twice = [("X-A", "1"), ("x-a", "2")].map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    assert!(ai.request(ResourceRequest { headers: twice, ..user() }).await.is_err());
    let body = Some(Bytes::from_static(b"x"));
    let error = ai.request(ResourceRequest { body, ..user() }).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { input, .. } if input == "body"));
    assert_eq!(world.transport.requests().len(), before);
}

// L4: one refresh and one repeat
#[tokio::test(start_paused = true)]
async fn a_refused_token_is_refreshed_once() {
    let world = World::new();
    let ai = signed_in(&world).await;
    let refused = || with_header(answer(401, ""), "www-authenticate", r#"Bearer error="invalid_token""#);
    answer_next(&world, [refused(), answer(200, "ok")]);
    assert_eq!(ai.request(user()).await.unwrap().body, "ok");
    assert_eq!(world.transport.last(USER).headers()["authorization"], "Bearer access-2");
    tokio::time::advance(Duration::from_secs(60)).await;
    answer_next(&world, [refused(), refused()]);
    assert_eq!(ai.request(user()).await.unwrap_err(), Error::from(SignInReason::AccessRefused));
    let reason = SignInReason::AccessRefused;
    assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }));
}

// P1: a write that may have been processed is not sent again; a read is
#[tokio::test(start_paused = true)]
async fn only_what_is_safe_is_sent_again() {
    let world = World::new();
    let ai = signed_in(&world).await;
    answer_next(&world, [answer(503, ""), answer(200, "ok")]);
    assert_eq!(ai.request(user()).await.unwrap().body, "ok");
    for method in [RawMethod::Post, RawMethod::Put, RawMethod::Patch, RawMethod::Delete] {
        let before = world.transport.count(USER);
        answer_next(&world, [Err(HttpFailure::Broken { detail: "reset".into() })]);
        let error = ai.request(ResourceRequest { method, ..user() }).await.unwrap_err();
        assert!(matches!(error, Error::Offline { maybe_sent: true, .. }), "{method:?}: {error}");
        assert_eq!(world.transport.count(USER), before + 1);
    }
}

// A11, A9, P4, S1
#[tokio::test(start_paused = true)]
async fn redirects_errors_and_large_bodies_are_typed() {
    let world = World::new();
    let ai = signed_in(&world).await;
    let to_evil = with_header(answer(302, ""), "location", "https://evil.example/");
    answer_next(&world, [to_evil]);
    assert_eq!(ai.request(user()).await.unwrap_err().code(), "provider_unexpected_redirect");
    answer_next(&world, [answer(404, r#"{"error":"no such user access-1"}"#)]);
    let error = ai.request(user()).await.unwrap_err();
    assert_eq!(error.code(), "provider_not_found");
    assert!(!format!("{error:?}").contains("access-1"));
    answer_next(&world, [answer(200, vec![b' '; 33 * 1024 * 1024])]);
    assert_eq!(ai.request(user()).await.unwrap_err().code(), "provider_response_too_large");
    assert_eq!(world.transport.requests().iter().filter(|request| request.ends_with(" /")).count(), 0);
}

// S1
#[test]
fn debug_shows_no_query_header_or_body() {
    let headers = [("x-key".to_owned(), "canary".to_owned())].into();
    let url: Url = "https://api.example.com/user?canary=1".parse().unwrap();
    let request = ResourceRequest { headers, ..ResourceRequest::post(url, "canary") };
    assert_eq!(format!("{request:?}"), "ResourceRequest(Post https://api.example.com/user)");
}

proptest! {
    // S3
    #[test]
    fn hostile_headers_never_panic(name in "\\PC{0,20}", value in "\\PC{0,40}") {
        let _ = encode_headers(&[(name, value)].into());
    }
}
