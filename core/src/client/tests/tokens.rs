//! Tokens in the hand of the caller: their state, their revocation, their refresh now.

use super::world::{REVOKE, World};
use crate::net::scripted::answer;
use crate::{Error, Provider, Revocation, RevocationEncoding, Secret, TokenKind};

// RFC 7009
#[tokio::test(start_paused = true)]
async fn either_token_of_the_caller_is_revoked_and_the_session_stays() {
    let world = World::new();
    let ai = world.signed_in().await;
    for (token, kind) in [("caller-at", TokenKind::AccessToken), ("caller-rt", TokenKind::RefreshToken)] {
        assert_eq!(ai.revoke(&Secret::new(token), kind).await.unwrap(), Revocation::Accepted);
        let form = world.transport.last(REVOKE);
        let expected = format!("token={token}&token_type_hint={}&client_id=client_123", kind.hint());
        assert_eq!((form.body().as_ref(), form.uri().query()), (expected.as_bytes(), None));
    }
    assert_eq!(world.server.revoked(), ["caller-at", "caller-rt"]);
    assert!(ai.session_info().await.unwrap().is_some(), "the session stays");
}

#[tokio::test(start_paused = true)]
async fn what_the_provider_says_to_a_revocation_is_told() {
    let world = World::new();
    let ai = world.client();
    world.server.set(|state| state.revoke_answers.extend([(|| answer(403, "")) as fn() -> _]));
    let token = Secret::new("caller-at");
    assert_eq!(ai.revoke(&token, TokenKind::AccessToken).await.unwrap(), Revocation::Refused { status: 403 });
    let sent = world.transport.count(REVOKE);
    let none = world.client_with(Provider { revocation_endpoint: None, ..Provider::ai_pass() });
    assert_eq!(none.revoke(&token, TokenKind::AccessToken).await.unwrap(), Revocation::NotOffered);
    let empty = ai.revoke(&Secret::new(" "), TokenKind::AccessToken).await.unwrap_err();
    assert!(matches!(empty, Error::InvalidInput { input, .. } if input == "token"));
    assert_eq!(world.transport.count(REVOKE), sent, "nothing is sent for either");
}

// G10: AI Pass's older form
#[tokio::test(start_paused = true)]
async fn by_query_an_access_token_authorizes_a_revocation_and_a_refresh_token_never_does() {
    let world = World::new();
    let by_query = Provider { revocation_encoding: RevocationEncoding::Query, ..Provider::ai_pass() };
    let ai = world.client_with(by_query);
    let authorization = |world: &World| world.transport.last(REVOKE).headers().get("authorization").cloned();
    ai.revoke(&Secret::new("caller-at"), TokenKind::AccessToken).await.unwrap();
    assert_eq!(authorization(&world).unwrap(), "Bearer caller-at");
    ai.revoke(&Secret::new("caller-rt"), TokenKind::RefreshToken).await.unwrap();
    assert_eq!(authorization(&world), None, "nobody is signed in");
    super::world::sign_in(&ai).await;
    ai.revoke(&Secret::new("caller-rt"), TokenKind::RefreshToken).await.unwrap();
    assert_eq!(authorization(&world).unwrap(), "Bearer access-1");
}

#[tokio::test(start_paused = true)]
async fn tokens_that_live_are_replaced_when_the_caller_says_so() {
    let world = World::new();
    let ai = world.signed_in().await;
    let token =
        async |ai: &crate::AiPass| ai.access_token(std::time::Duration::ZERO).await.unwrap().expose().to_owned();
    assert_eq!(token(&ai).await, "access-1");
    ai.refresh_tokens().await.unwrap();
    assert_eq!((token(&ai).await, world.token_requests()), ("access-2".to_owned(), 2));
    assert_eq!(world.client_with(Provider::ai_pass()).session_info().await.unwrap(), ai.session_info().await.unwrap());
}

// The session is not ended by it: its access token still works
#[tokio::test(start_paused = true)]
async fn without_a_refresh_token_a_refresh_now_changes_nothing() {
    let world = World::new();
    let nobody = world.client().refresh_tokens().await.unwrap_err();
    assert_eq!(nobody.code(), "not_signed_in");
    world.server.set(|state| state.gives_refresh_token = false);
    let ai = world.signed_in().await;
    assert_eq!(ai.refresh_tokens().await.unwrap_err().code(), "no_refresh_token");
    assert_eq!((ai.session_state().await.unwrap(), world.token_requests()), (crate::SessionState::SignedIn, 1));
}

#[cfg(feature = "introspection")]
mod introspection {
    use super::*;
    use crate::AiPass;
    use crate::environment::Environment;
    use crate::net::scripted::{Scripted, ScriptedTransport};
    use std::sync::Arc;
    use url::Url;

    fn client(response: fn() -> Scripted) -> (AiPass, Arc<ScriptedTransport>) {
        let transport = ScriptedTransport::new(move |_| async move { response() });
        let mut provider =
            Provider::custom("https://as.example", "https://as.example/a", "https://as.example/t").unwrap();
        provider.introspection_endpoint = Some(Url::parse("https://as.example/introspect").unwrap());
        let ai = AiPass::builder("rs", "myapp://auth/callback").provider(provider).client_secret(Secret::new("s3cret"));
        (ai.scripted(transport.clone(), Environment::system()).build().unwrap(), transport)
    }

    // RFC 7662
    #[tokio::test(start_paused = true)]
    async fn a_tokens_state_is_asked_for_with_the_clients_secret() {
        let (ai, transport) = client(|| answer(200, r#"{"active":true,"sub":"u1"}"#));
        let state = ai.introspect(&Secret::new("at-1"), Some(TokenKind::AccessToken)).await.unwrap();
        assert_eq!((state.active, state.subject.as_deref()), (true, Some("u1")));
        let request = transport.last("/introspect");
        assert_eq!(request.body(), "token=at-1&token_type_hint=access_token&client_id=rs");
        assert!(request.headers()["authorization"].to_str().unwrap().starts_with("Basic "));
    }

    // S1
    #[tokio::test(start_paused = true)]
    async fn a_refusal_is_typed_and_shows_no_secret() {
        let (ai, _) = client(|| answer(401, r#"{"error":"invalid_client","error_description":"s3cret at-1"}"#));
        let error = ai.introspect(&Secret::new("at-1"), None).await.unwrap_err();
        assert_eq!(error.code(), "provider_forbidden");
        assert!(!format!("{error:?}").contains("s3cret") && !format!("{error:?}").contains("at-1"), "{error:?}");
    }

    #[tokio::test(start_paused = true)]
    async fn without_an_endpoint_nothing_is_sent() {
        let world = World::new();
        let ai = world.client();
        let error = ai.introspect(&Secret::new("at-1"), None).await.unwrap_err();
        assert_eq!(error.to_string(), "not supported: token introspection");
        assert!(world.transport.requests().is_empty());
        let (ai, transport) = client(|| answer(500, ""));
        let empty = ai.introspect(&Secret::new(""), None).await.unwrap_err();
        assert!(matches!(empty, Error::InvalidInput { input, .. } if input == "token"));
        assert!(transport.requests().is_empty());
    }
}
