//! The id_token of a sign-in, and the provider's keys. What is known by it later is in `later.rs`.

mod later;

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, with_header};
use crate::oauth::test_keys::{key_set, public_jwk, sign};
use crate::{AiPass, Error, Provider, ProviderErrorKind, ReplacedSignIn, SessionState, SignInOptions};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::time::Duration;
use url::Url;

const JWKS: &str = "/jwks";
const LOGOUT: &str = "https://aipass.one/logout?tenant=1";

fn provider() -> Provider {
    let mut provider = Provider::ai_pass();
    provider.jwks_uri = Some(Url::parse("https://keys.example/jwks").unwrap());
    provider.end_session_endpoint = Some(Url::parse(LOGOUT).unwrap());
    provider.default_scopes = vec!["openid".into(), "api:access".into()];
    provider
}

/// The provider publishes a key of this name once, at its next request.
fn publish(world: &World, kid: &str) {
    answer_keys(world, answer(200, key_set(&[public_jwk("RS256", kid)])));
}

fn answer_keys(world: &World, response: Scripted) {
    world.server.set(|state| state.elsewhere_answers.push_back(response));
}

/// An id_token as the provider issues it now, with these claims changed.
fn id_token(world: &World, kid: &str, changes: &Value) -> String {
    let now = world.clock.true_time().0 / 1000;
    let mut claims =
        json!({"iss": "https://aipass.one", "aud": "client_123", "sub": "anna", "iat": now, "exp": now + 3600});
    claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    sign(&json!({"alg": "RS256", "kid": kid}), &claims)
}

/// The next token response has this id_token.
fn issue(world: &World, number: u32, id_token: Option<String>) {
    let mut tokens = json!({"access_token": format!("access-{number}"), "refresh_token": format!("refresh-{number}"),
        "expires_in": 3600, "token_type": "Bearer"});
    if let Some(id_token) = id_token {
        tokens["id_token"] = json!(id_token);
    }
    world.server.set(|state| {
        state.live.insert(format!("access-{number}"));
        state.token_bodies.push_back((200, tokens.to_string()));
    });
}

/// Begins a sign-in: its callback and its nonce.
async fn begin_openid(ai: &AiPass) -> (String, String) {
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let query: HashMap<_, _> = request.url.query_pairs().into_owned().collect();
    (format!("myapp://auth/callback?code=the-code&state={}", query["state"]), query["nonce"].clone())
}

/// A client whose user signed in with an id_token.
async fn signed_in(world: &World) -> AiPass {
    let ai = world.client_with(provider());
    publish(world, "k1");
    let (callback, nonce) = begin_openid(&ai).await;
    issue(world, 1, Some(id_token(world, "k1", &json!({"nonce": nonce}))));
    ai.complete_sign_in(callback).await.unwrap();
    ai
}

async fn subject(ai: &AiPass) -> Option<String> {
    ai.session_info().await.unwrap().and_then(|info| info.subject)
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_with_an_id_token_knows_its_user_at_once_and_after_a_restart() {
    let world = World::new();
    let ai = signed_in(&world).await;
    assert_eq!(subject(&ai).await.as_deref(), Some("anna"));
    assert_eq!(world.transport.requests(), ["GET /jwks", "POST /oauth2/token"]);
    assert_eq!(subject(&world.another_process()).await.as_deref(), Some("anna"));
}

// OpenID Connect Core 3.1.2.1: fresh, and stored before the URL is handed out (A8)
#[tokio::test(start_paused = true)]
async fn each_sign_in_has_its_own_nonce_and_survives_a_restart() {
    let world = World::new();
    let ai = world.client_with(provider());
    let ((first, nonce_1), (second, nonce_2)) = (begin_openid(&ai).await, begin_openid(&ai).await);
    assert_ne!(nonce_1, nonce_2);
    assert_eq!(nonce_1.len(), 43); // 256 bits
    publish(&world, "k1");
    issue(&world, 1, Some(id_token(&world, "k1", &json!({"nonce": nonce_2}))));
    let error = ai.complete_sign_in(first).await.unwrap_err();
    assert_eq!(error.code(), "provider_id_token_refused");
    issue(&world, 2, Some(id_token(&world, "k1", &json!({"nonce": nonce_2}))));
    assert_eq!(ai.complete_sign_in(second).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn a_nonce_is_sent_only_where_an_id_token_can_be_checked() {
    let mut without_keys = provider();
    without_keys.jwks_uri = None;
    let mut without_openid = provider();
    without_openid.default_scopes = vec!["api:access".into()];
    for provider in [without_keys, without_openid] {
        let request = World::new().client_with(provider).begin_sign_in(SignInOptions::default()).await.unwrap();
        assert!(!request.url.query_pairs().any(|(name, _)| name == "nonce"));
    }
    let extra_parameters = HashMap::from([("nonce".to_owned(), "mine".to_owned())]);
    let options = SignInOptions { extra_parameters, ..SignInOptions::default() };
    let error = World::new().client_with(provider()).begin_sign_in(options).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { .. }));
}

// T7: no session, and the tokens are revoked
#[tokio::test(start_paused = true)]
async fn a_sign_in_whose_id_token_is_refused_keeps_and_leaks_nothing() {
    let cases: [(&str, Value); 6] = [
        ("nonce", json!({"nonce": "another"})),
        ("issuer", json!({"iss": "https://evil.example"})),
        ("audience", json!({"aud": "another-app"})),
        ("expired", json!({"exp": 1})),
        ("at_hash", json!({"at_hash": "AAAA"})),
        ("sub", json!({"sub": ""})),
    ];
    for (case, changes) in cases {
        let world = World::new();
        let ai = world.client_with(provider());
        publish(&world, "k1");
        let (callback, nonce) = begin_openid(&ai).await;
        let mut claims = json!({"nonce": nonce});
        claims.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
        let token = id_token(&world, "k1", &claims);
        issue(&world, 1, Some(token.clone()));
        let error = ai.complete_sign_in(callback.clone()).await.unwrap_err();
        assert!(
            matches!(&error, Error::Provider { kind: ProviderErrorKind::IdTokenRefused, status: None, .. }),
            "{case}: {error}"
        );
        assert!(!format!("{error:?}").contains(&token[..20]), "{case}"); // S1
        assert_eq!(world.server.revoked(), ["refresh-1", "access-1"], "{case}");
        assert!(matches!(ai.discarded_tokens(), Some(ReplacedSignIn::Revoked { .. })), "{case}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut), "{case}");
        assert_eq!(ai.complete_sign_in(callback).await.unwrap_err().code(), "callback_already_used", "{case}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_of_the_right_name_and_another_type_is_not_used() {
    let world = World::new();
    let ai = world.client_with(provider());
    answer_keys(&world, answer(200, key_set(&[public_jwk("ES256", "k1")])));
    publish(&world, "another");
    let (callback, nonce) = begin_openid(&ai).await;
    issue(&world, 1, Some(id_token(&world, "k1", &json!({"nonce": nonce}))));
    assert_eq!(ai.complete_sign_in(callback).await.unwrap_err().code(), "provider_id_token_refused");
    assert_eq!(world.transport.count(JWKS), 2);
}

// Phaseo takes `openid` and issues none
#[tokio::test(start_paused = true)]
async fn a_sign_in_without_an_id_token_is_kept() {
    let world = World::new();
    let ai = world.client_with(provider());
    publish(&world, "k1");
    let (callback, _) = begin_openid(&ai).await;
    issue(&world, 1, None);
    assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
    assert_eq!(subject(&ai).await, None);
}

#[tokio::test(start_paused = true)]
async fn a_provider_without_keys_has_its_id_tokens_ignored() {
    let world = World::new();
    let mut provider = provider();
    provider.jwks_uri = None;
    let ai = world.client_with(provider);
    let callback = begin(&ai).await;
    issue(&world, 1, Some("not.a.token".into()));
    assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
    assert_eq!((subject(&ai).await, world.transport.count(JWKS)), (None, 0));
    assert!(!world.store.record().unwrap().to_string().contains("not.a.token"));
}

#[tokio::test(start_paused = true)]
async fn an_id_token_that_was_not_asked_for_is_ignored() {
    let world = World::new();
    let mut provider = provider();
    provider.default_scopes = vec!["api:access".into()];
    let ai = world.client_with(provider);
    let callback = begin(&ai).await;
    issue(&world, 1, Some(id_token(&world, "k1", &json!({}))));
    assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
    assert_eq!((subject(&ai).await, world.transport.count(JWKS)), (None, 0));
}

// Asking for a newer key that fails is not asking: the next sign-in may
#[tokio::test(start_paused = true)]
async fn a_lost_request_for_a_newer_key_can_be_repeated() {
    let world = World::new();
    let ai = signed_in(&world).await;
    answer_keys(&world, answer(503, ""));
    let (callback, nonce) = begin_openid(&ai).await;
    issue(&world, 2, Some(id_token(&world, "k2", &json!({"nonce": nonce}))));
    assert_eq!(ai.complete_sign_in(callback).await.unwrap_err().code(), "provider_id_token_refused");
    publish(&world, "k2");
    let (callback, nonce) = begin_openid(&ai).await;
    issue(&world, 3, Some(id_token(&world, "k2", &json!({"nonce": nonce}))));
    assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
}

// Nothing is lost while the keys cannot be fetched: the code is not spent
#[tokio::test(start_paused = true)]
async fn a_callback_can_be_tried_again_after_the_keys_could_not_be_fetched() {
    let large = format!("{{\"keys\":[]{}}}", " ".repeat(300 * 1024));
    let cases: [(Scripted, &str); 7] = [
        (Err(HttpFailure::Broken { detail: "reset".into() }), "offline"),
        (answer(503, ""), "provider_unavailable"),
        (answer(404, "<html>"), "provider_invalid_response"),
        (with_header(answer(302, ""), "location", "https://evil.example/jwks"), "provider_unexpected_redirect"),
        (answer(200, "<html>"), "provider_metadata_refused"),
        (answer(200, r#"{"keys":7}"#), "provider_metadata_refused"),
        (answer(200, large), "provider_response_too_large"),
    ];
    for (response, code) in cases {
        let world = World::new();
        let ai = world.client_with(provider());
        let (callback, nonce) = begin_openid(&ai).await;
        answer_keys(&world, response);
        assert_eq!(ai.complete_sign_in(callback.clone()).await.unwrap_err().code(), code);
        assert_eq!((world.token_requests(), world.transport.count(JWKS)), (0, 1), "{code}");
        publish(&world, "k1");
        issue(&world, 1, Some(id_token(&world, "k1", &json!({"nonce": nonce}))));
        assert_eq!(ai.complete_sign_in(callback).await, Ok(()), "{code}");
    }
}

// A key that the provider made since the last request costs one more, once a minute at most
#[tokio::test(start_paused = true)]
async fn an_unknown_key_is_asked_for_once_a_minute() {
    let world = World::new();
    let ai = signed_in(&world).await;
    let sign_in_with = async |kid: &str, number| {
        let (callback, nonce) = begin_openid(&ai).await;
        issue(&world, number, Some(id_token(&world, kid, &json!({"nonce": nonce}))));
        ai.complete_sign_in(callback).await.map_err(|error| error.code().to_owned())
    };
    assert_eq!(sign_in_with("k1", 2).await, Ok(()));
    assert_eq!(world.transport.count(JWKS), 1, "keys are kept");
    publish(&world, "k2");
    assert_eq!(sign_in_with("k2", 3).await, Ok(()));
    assert_eq!(world.transport.count(JWKS), 2);
    let refused = Err("provider_id_token_refused".to_owned());
    assert_eq!(sign_in_with("k3", 4).await, refused);
    assert_eq!(sign_in_with("k3", 5).await, refused);
    assert_eq!(world.transport.count(JWKS), 2);
    tokio::time::advance(Duration::from_secs(61)).await;
    publish(&world, "k3");
    assert_eq!(sign_in_with("k3", 6).await, Ok(()));
    assert_eq!(world.transport.count(JWKS), 3);
    // An hour later a key may have been withdrawn.
    tokio::time::advance(HOUR).await;
    publish(&world, "k4");
    assert_eq!(sign_in_with("k4", 7).await, Ok(()));
    assert_eq!(world.transport.count(JWKS), 4);
}

#[tokio::test(start_paused = true)]
async fn a_device_clock_that_is_wrong_refuses_nothing() {
    for hours in [-48, 48] {
        let world = World::new();
        world.clock.set_by_hours(hours); // the responses' Date corrects it (L11)
        let ai = signed_in(&world).await;
        assert_eq!(subject(&ai).await.as_deref(), Some("anna"), "{hours}");
    }
}
