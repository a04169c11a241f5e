//! RFC 8707: resource indicators, from the authorization request to every refresh.

use super::world::*;
use crate::{Error, Provider, SignInOptions};
use serde_json::json;
use std::time::Duration;
use url::form_urlencoded;

const RESOURCES: [&str; 2] = ["https://api.example.com", "urn:example:api"];

fn provider() -> Provider {
    let at = |path: &str| format!("https://aipass.one/oauth2{path}");
    Provider::custom("https://aipass.one", &at("/authorize"), &at("/token")).unwrap()
}

fn options() -> SignInOptions {
    SignInOptions { resources: RESOURCES.map(str::to_owned).to_vec(), ..SignInOptions::default() }
}

fn resources_of(form: &[u8]) -> Vec<String> {
    let pairs = form_urlencoded::parse(form);
    pairs.filter(|(name, _)| name == "resource").map(|(_, value)| value.into_owned()).collect()
}

// RFC 8707 2.1, 2.2: byte for byte, also after a restart, and with every refresh
#[tokio::test(start_paused = true)]
async fn resources_are_asked_for_at_every_step() {
    let world = World::new();
    let ai = world.client_with(provider());
    let request = ai.begin_sign_in(options()).await.unwrap();
    assert_eq!(resources_of(request.url.query().unwrap().as_bytes()), RESOURCES);
    let state = request.url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    for token in ["a", "b", "c"] {
        let tokens = json!({"access_token": token, "refresh_token": token, "expires_in": 3600, "token_type": "Bearer"});
        world.server.set(|state| state.token_bodies.push_back((200, tokens.to_string())));
    }
    let restarted = world.client_with(provider());
    restarted.complete_sign_in(format!("myapp://auth/callback?code=c&state={state}")).await.unwrap();
    assert_eq!(expire_and_ask(&restarted).await, "b");
    assert_eq!(expire_and_ask(&world.client_with(provider())).await, "c");
    for body in world.transport.bodies(TOKEN) {
        assert_eq!(resources_of(&body), RESOURCES);
    }
    assert_eq!(world.token_requests(), 3);
}

// P8
#[tokio::test(start_paused = true)]
async fn a_resource_that_cannot_be_sent_is_refused_before_anything_is() {
    let world = World::new();
    for bad in ["", "api.example.com", "https://api.example.com/#part"] {
        let options = SignInOptions { resources: vec![bad.to_owned()], ..SignInOptions::default() };
        let error = world.client_with(provider()).begin_sign_in(options).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { ref input, .. } if input == "resources"), "{bad}: {error}");
    }
    // AI Pass's JSON has no name for them
    let error = world.client().begin_sign_in(options()).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error}");
    assert!(world.store.record().is_none());
}

// P9
#[tokio::test(start_paused = true)]
async fn no_resource_is_sent_without_being_asked_for() {
    let world = World::new();
    let ai = world.signed_in().await;
    tokio::time::advance(2 * HOUR).await;
    ai.access_token(Duration::ZERO).await.unwrap();
    for body in world.transport.bodies(TOKEN) {
        assert!(!String::from_utf8_lossy(&body).contains("resource"));
    }
    assert!(world.store.record().unwrap()["grant"].get("resources").is_none());
}
