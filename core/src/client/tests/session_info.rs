use super::world::*;
use crate::session::store::StoreError;
use serde_json::{Value, json};
use std::time::Duration;

async fn signed_in_with(tokens: Value) -> (World, crate::AiPass) {
    let world = World::new();
    let ai = world.client();
    world.server.set(|state| state.token_bodies.push_back((200, tokens.to_string())));
    sign_in(&ai).await;
    (world, ai)
}

// M5, T2: asked and not granted is told
#[tokio::test(start_paused = true)]
async fn granted_and_missing_scopes_are_told() {
    let both: &[&str] = &["api:access", "profile:read"];
    for (scope, granted, missing) in [
        (json!("api:access"), &["api:access"][..], &["profile:read"][..]),
        (json!("profile:read api:access"), &["profile:read", "api:access"], &[]),
        (json!(["api:access", "extra"]), &["api:access", "extra"], &["profile:read"]),
        (json!("extra"), &["extra"], both),
        (json!(""), both, &[]),
        (json!(null), both, &[]),
    ] {
        let (world, _) = signed_in_with(json!({"access_token": "a", "refresh_token": "r", "scope": scope})).await;
        let info = world.client().session_info().await.unwrap().unwrap(); // as after a restart
        assert_eq!((info.granted_scopes, info.missing_scopes), (strings(granted), strings(missing)), "{scope}");
    }
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

// M5: a refresh that names no scope keeps what was granted, and what is missing (RFC 6749 6)
#[tokio::test(start_paused = true)]
async fn a_refresh_changes_only_the_scopes_that_it_names() {
    let (world, ai) = signed_in_with(json!({"access_token": "a", "refresh_token": "r", "scope": "api:access"})).await;
    for (token, scope, granted, missing) in
        [("b", Value::Null, "api:access", "profile:read"), ("c", json!("profile:read"), "profile:read", "api:access")]
    {
        world.server.set(|state| {
            state.live = [token.to_owned()].into();
            state.token_bodies.push_back((200, json!({"access_token": token, "scope": scope}).to_string()));
        });
        tokio::time::advance(Duration::from_secs(100)).await;
        ai.refresh_balance().await.unwrap();
        let info = ai.session_info().await.unwrap().unwrap();
        assert_eq!((info.granted_scopes, info.missing_scopes), (strings(&[granted]), strings(&[missing])), "{token}");
    }
}

// M5
#[tokio::test(start_paused = true)]
async fn expiry_is_told_by_the_devices_clock() {
    for hours in [-5, 0, 5] {
        let world = World::new();
        world.clock.set_by_hours(hours);
        let ai = world.signed_in().await;
        let info = ai.session_info().await.unwrap().unwrap();
        let expires = info.access_token_expires_at.unwrap().duration_since(std::time::UNIX_EPOCH).unwrap();
        let left = expires.as_millis() as i64 - device_ms(&world.clock);
        assert!((3_590_000..=3_610_000).contains(&left), "{hours}: {left}");
        assert!(info.has_refresh_token);
        assert_eq!(info.account_label, "default");
    }
    let (_world, ai) = signed_in_with(json!({"access_token": "a"})).await;
    let info = ai.session_info().await.unwrap().unwrap();
    assert_eq!((info.access_token_expires_at, info.has_refresh_token), (None, false));
}

// M5, L9
#[tokio::test(start_paused = true)]
async fn nobody_signed_in_is_no_error_and_an_older_record_tells_what_it_can() {
    let world = World::new();
    assert_eq!(world.another_process().session_info().await, Ok(None));
    let ai = world.signed_in().await;
    assert_eq!(ai.diagnostics().await.session_info, ai.session_info().await.unwrap());
    world.rewrite_record(|record| drop(record["grant"].as_object_mut().unwrap().remove("requested_scopes")));
    let info = world.another_process().session_info().await.unwrap().unwrap();
    assert_eq!(info.granted_scopes, strings(&["api:access", "profile:read"]));
    assert_eq!(info.missing_scopes, strings(&[]));
    ai.sign_out().await.unwrap();
    assert_eq!(ai.session_info().await, Ok(None));
    world.store.fail_with(Some(StoreError::Unavailable { detail: "locked".into() }));
    assert_eq!(world.another_process().session_info().await.unwrap_err().code(), "storage_unavailable");
    assert_eq!(world.another_process().diagnostics().await.session_info, None);
}
