//! Incremental consent: more scopes later, without losing the session.

use super::world::*;
use crate::{AiPass, Error, ReplacedSignIn, SessionState, SignInOptions, SignInReason};
use serde_json::json;
use std::time::Duration;

const NOW: Duration = Duration::ZERO;

fn one_more() -> SignInOptions {
    SignInOptions { scopes: vec!["files:read".to_owned()], keep_granted_scopes: true, ..SignInOptions::default() }
}

async fn asked_for(ai: &AiPass, options: SignInOptions) -> String {
    let request = ai.begin_sign_in(options).await.unwrap();
    request.url.query_pairs().find(|(name, _)| name == "scope").unwrap().1.into_owned()
}

#[tokio::test(start_paused = true)]
async fn the_union_of_granted_and_new_scopes_is_asked_for() {
    let world = World::new();
    let ai = world.client();
    assert_eq!(asked_for(&ai, one_more()).await, "files:read"); // nobody is signed in
    sign_in(&ai).await;
    assert_eq!(asked_for(&ai, one_more()).await, "api:access profile:read files:read");
    assert_eq!(asked_for(&world.another_process(), one_more()).await, "api:access profile:read files:read");
    let again = SignInOptions { scopes: vec!["profile:read".to_owned()], ..one_more() };
    assert_eq!(asked_for(&ai, again).await, "api:access profile:read");
    let defaults = SignInOptions { scopes: Vec::new(), ..one_more() };
    assert_eq!(asked_for(&ai, defaults).await, "api:access profile:read");
    let only = SignInOptions { keep_granted_scopes: false, ..one_more() };
    assert_eq!(asked_for(&ai, only).await, "files:read");
}

// A9: denied, cancelled, refused or never finished: the present session is as it was
#[tokio::test(start_paused = true)]
async fn the_session_stays_if_the_new_scopes_are_not_granted() {
    for outcome in ["denied", "refused", "cancelled", "code refused", "expired"] {
        let world = World::new();
        let ai = world.signed_in().await;
        let callback = begin_with(&ai, one_more()).await;
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn), "{outcome}");
        let error = match outcome {
            "denied" => ai.complete_sign_in(callback.replace("code=the-code", "error=access_denied")).await,
            "refused" => ai.complete_sign_in(callback.replace("code=the-code", "error=invalid_scope")).await,
            "cancelled" => {
                ai.cancel_sign_in().await.unwrap();
                ai.complete_sign_in(callback).await
            }
            "code refused" => {
                world.server.set(|state| state.token_bodies.push_back((400, r#"{"error":"invalid_grant"}"#.into())));
                ai.complete_sign_in(callback).await
            }
            _ => {
                tokio::time::advance(Duration::from_secs(601)).await;
                ai.complete_sign_in(callback).await
            }
        };
        assert!(error.is_err(), "{outcome}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn), "{outcome}");
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-1", "{outcome}");
        let info = ai.session_info().await.unwrap().unwrap();
        assert_eq!(info.granted_scopes, ["api:access", "profile:read"], "{outcome}");
        assert!(world.server.revoked().is_empty(), "{outcome}");
        assert_eq!(expire_and_ask(&ai).await, "access-2", "{outcome}");
    }
}

// L19: the new grant of the same account replaces the old one, and nothing is revoked that could end it
#[tokio::test(start_paused = true)]
async fn a_granted_scope_replaces_the_grant_of_the_same_account_and_revokes_nothing() {
    for (user, left) in [(Some("anna"), ReplacedSignIn::LeftSameAccount), (None, ReplacedSignIn::LeftUnknownAccount)] {
        let world = World::new();
        world.server.set(|state| state.user = user);
        let ai = world.signed_in().await;
        let callback = begin_with(&ai, one_more()).await;
        assert_eq!(ai.complete_sign_in(callback).await, Ok(()));
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
        assert_eq!(ai.replaced_sign_in(), Some(left));
        assert!(world.server.revoked().is_empty());
        let info = ai.session_info().await.unwrap().unwrap();
        assert_eq!(info.granted_scopes, ["api:access", "profile:read", "files:read"]);
        assert!(info.missing_scopes.is_empty());
    }
}

// T2: what was asked for and not granted is told
#[tokio::test(start_paused = true)]
async fn what_was_not_granted_is_told() {
    let world = World::new();
    let ai = world.signed_in().await;
    let callback = begin_with(&ai, one_more()).await;
    let tokens = json!({"access_token": "a", "refresh_token": "r", "scope": "api:access profile:read"});
    world.server.set(|state| state.token_bodies.push_back((200, tokens.to_string())));
    ai.complete_sign_in(callback).await.unwrap();
    let info = ai.session_info().await.unwrap().unwrap();
    assert_eq!((info.granted_scopes.len(), info.missing_scopes), (2, vec!["files:read".to_owned()]));
}

// L19: another account on the provider's page replaces the session, and the old one is revoked
#[tokio::test(start_paused = true)]
async fn another_account_replaces_the_session_and_the_old_grant_is_revoked() {
    let world = World::new();
    world.server.set(|state| state.user = Some("anna"));
    let ai = world.signed_in().await;
    let callback = begin_with(&ai, one_more()).await;
    world.server.set(|state| state.user = Some("bert"));
    ai.complete_sign_in(callback).await.unwrap();
    assert!(matches!(ai.replaced_sign_in(), Some(ReplacedSignIn::Revoked { .. })));
    assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
}

// A3: a session that needs a sign-in has no scopes to keep
#[tokio::test(start_paused = true)]
async fn a_session_that_has_ended_keeps_no_scopes() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_bodies.push_back((400, r#"{"error":"invalid_grant"}"#.into())));
    tokio::time::advance(2 * HOUR).await;
    assert_eq!(ai.access_token(NOW).await, Err(Error::from(SignInReason::GrantEnded)));
    assert_eq!(asked_for(&ai, one_more()).await, "files:read");
}
