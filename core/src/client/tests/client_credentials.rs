//! RFC 6749 4.4: a token of the client's own.

use super::world::*;
use crate::net::scripted::{ScriptedTransport, answer};
use crate::{AiPass, Error, Provider, ProviderErrorKind, Secret, SessionState};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use url::form_urlencoded;

const TOKEN_PATH: &str = "/t";

fn provider() -> Provider {
    let mut provider = Provider::custom("https://id.example", "https://id.example/a", "https://id.example/t").unwrap();
    provider.revocation_endpoint = Some("https://id.example/revoke".parse().unwrap());
    provider
}

/// A server that counts its tokens, and answers like this besides.
fn confidential(world: &World, members: Value) -> (AiPass, Arc<ScriptedTransport>) {
    let issued = Arc::new(AtomicU32::new(0));
    let transport = ScriptedTransport::new(move |request| {
        let (issued, mut body) = (Arc::clone(&issued), members.clone());
        async move {
            if request.uri().path() != TOKEN_PATH {
                return answer(200, "");
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
            if body.get("error").is_none_or(|_| body.get("status").is_none()) {
                body["access_token"] = json!(format!("client-{}", issued.fetch_add(1, Ordering::SeqCst) + 1));
                return answer(200, body.to_string());
            }
            answer(body["status"].as_u64().unwrap() as u16, body.to_string())
        }
    });
    let environment =
        crate::environment::Environment { clock: world.clock.clone(), ..crate::environment::Environment::system() };
    let builder = builder().provider(provider()).store(world.store.clone()).client_secret(Secret::new("s:1 +"));
    (builder.scripted(transport.clone(), environment).build().unwrap(), transport)
}

async fn token(ai: &AiPass, scopes: &[&str]) -> String {
    ai.client_credentials_token(scopes).await.unwrap().expose().to_owned()
}

// RFC 6749 4.4.2
#[tokio::test(start_paused = true)]
async fn the_request_is_the_standards() {
    let world = World::new();
    let (ai, transport) = confidential(&world, json!({"expires_in": 3600, "token_type": "Bearer"}));
    assert_eq!(token(&ai, &["reports:read", "reports:write"]).await, "client-1");
    let request = transport.last(TOKEN_PATH);
    let fields: Vec<(String, String)> = form_urlencoded::parse(request.body()).into_owned().collect();
    let expected =
        [("grant_type", "client_credentials"), ("scope", "reports:read reports:write"), ("client_id", "client_123")];
    assert_eq!(fields, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    assert!(request.headers()["authorization"].to_str().unwrap().starts_with("Basic "));
    token(&ai, &[]).await;
    assert!(!String::from_utf8_lossy(transport.last(TOKEN_PATH).body()).contains("scope"));
    // it belongs to no session
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
    assert!(world.store.record().is_none());
}

// L2: one request for all callers; the one that started it may go away
#[tokio::test(start_paused = true)]
async fn callers_share_one_request() {
    let world = World::new();
    let (ai, transport) = confidential(&world, json!({"expires_in": 3600}));
    let ask = |ai: &AiPass| {
        let ai = ai.clone();
        tokio::spawn(async move { ai.client_credentials_token(&["b", "a"]).await })
    };
    let first = ask(&ai);
    tokio::time::sleep(Duration::from_millis(500)).await;
    let others: Vec<_> = (0..100).map(|_| ask(&ai)).collect();
    settle().await;
    first.abort();
    for other in others {
        assert_eq!(other.await.unwrap().unwrap().expose(), "client-1");
    }
    assert_eq!(token(&ai, &["a", "b", "a"]).await, "client-1"); // the same scopes in another order
    assert_eq!(transport.count(TOKEN_PATH), 1);
    assert_eq!(token(&ai, &["a"]).await, "client-2");
}

// L1, L18: kept until shortly before it expires, by either clock
#[tokio::test(start_paused = true)]
async fn a_token_is_kept_until_shortly_before_it_expires() {
    let world = World::new();
    let (ai, _) = confidential(&world, json!({"expires_in": 3600}));
    assert_eq!(token(&ai, &["a"]).await, "client-1");
    tokio::time::advance(Duration::from_secs(3530)).await;
    assert_eq!(token(&ai, &["a"]).await, "client-1");
    tokio::time::advance(Duration::from_secs(15)).await;
    assert_eq!(token(&ai, &["a"]).await, "client-2");
    world.clock.set_by_hours(2); // the device slept
    assert_eq!(token(&ai, &["a"]).await, "client-3");
    world.clock.set_by_hours(-2);
    tokio::time::advance(HOUR).await;
    assert_eq!(token(&ai, &["a"]).await, "client-4");
    for life in [json!(null), json!(0), json!("soon")] {
        let (ai, _) = confidential(&world, json!({"expires_in": life}));
        assert_eq!(
            (token(&ai, &["a"]).await, token(&ai, &["a"]).await),
            ("client-1".into(), "client-2".into()),
            "{life}"
        );
    }
}

// A9, L2: a failure is every caller's, and is not kept
#[tokio::test(start_paused = true)]
async fn a_failure_is_shared_and_not_kept() {
    let world = World::new();
    let (ai, transport) = confidential(&world, json!({"status": 400, "error": "unauthorized_client"}));
    let (one, two) = tokio::join!(ai.client_credentials_token(&["a"]), ai.client_credentials_token(&["a"]));
    assert_eq!(one, two);
    let error = one.unwrap_err();
    assert!(
        matches!(error, Error::Provider { kind: ProviderErrorKind::SignInRefused, provider_code: Some(ref code), .. }
        if code == "unauthorized_client"),
        "{error}"
    );
    assert_eq!(transport.count(TOKEN_PATH), 1);
    ai.client_credentials_token(&["a"]).await.unwrap_err();
    assert_eq!(transport.count(TOKEN_PATH), 2);
}

// T7: one that cannot be used is revoked
#[tokio::test(start_paused = true)]
async fn a_token_that_cannot_be_used_is_revoked() {
    let world = World::new();
    let (ai, transport) = confidential(&world, json!({"expires_in": 3600, "token_type": "mac"}));
    let error = ai.client_credentials_token(&["a"]).await.unwrap_err();
    assert_eq!(error.code(), "provider_invalid_response");
    assert!(String::from_utf8_lossy(transport.last("/revoke").body()).contains("token=client-1"));
}

// A13, P8
#[tokio::test(start_paused = true)]
async fn a_client_without_a_secret_has_no_token_of_its_own() {
    let world = World::new();
    let error = world.client().client_credentials_token(&["a"]).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { input, .. } if input == "client_secret"));
    assert!(world.transport.requests().is_empty());
    let (ai, transport) = confidential(&world, json!({}));
    for bad in ["", "a b", "é"] {
        let error = ai.client_credentials_token(&[bad]).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { input, .. } if input == "scopes"), "{bad}");
    }
    assert!(transport.requests().is_empty());
}

// P4: whatever scopes are asked for, memory is bounded
#[tokio::test(start_paused = true)]
async fn few_tokens_are_kept() {
    let world = World::new();
    let (ai, transport) = confidential(&world, json!({"expires_in": 36000}));
    for number in 0..17 {
        token(&ai, &[&format!("scope-{number}")]).await;
    }
    assert_eq!(token(&ai, &["scope-16"]).await, "client-17");
    assert_eq!(token(&ai, &["scope-1"]).await, "client-2");
    assert_eq!(transport.count(TOKEN_PATH), 17);
    assert_eq!(token(&ai, &["scope-0"]).await, "client-18"); // the oldest went
}
