//! The id_token of a refresh, and what is known by one: whose session it is, and whom to sign out.

use super::*;
use crate::SignInReason;

const NOW: Duration = Duration::ZERO;

// OpenID Connect Core 12.2
#[tokio::test(start_paused = true)]
async fn a_refresh_keeps_the_user() {
    let world = World::new();
    let ai = signed_in(&world).await;
    for (number, with_id_token) in [(2, true), (3, false)] {
        tokio::time::advance(2 * HOUR).await;
        publish(&world, "k1");
        issue(&world, number, with_id_token.then(|| id_token(&world, "k1", &json!({}))));
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), format!("access-{number}"));
        assert_eq!(subject(&ai).await.as_deref(), Some("anna"));
        assert!(ai.end_session_url(None, None).await.unwrap().query().unwrap().contains("id_token_hint"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refresh_asks_for_a_key_that_is_new() {
    for (user, expected) in [("anna", Ok("access-2".to_owned())), ("ben", Err("provider_id_token_refused"))] {
        let world = World::new();
        let ai = signed_in(&world).await;
        tokio::time::advance(HOUR / 2).await; // the keys are kept for an hour
        publish(&world, "k2");
        issue(&world, 2, Some(id_token(&world, "k2", &json!({"sub": user}))));
        let token = ai.access_token(HOUR * 3 / 4).await;
        assert_eq!(
            token.map(|token| token.expose().to_owned()).map_err(|error| error.code().to_owned()),
            expected.map_err(str::to_owned)
        );
        assert_eq!(world.transport.count(JWKS), 2, "{user}");
    }
}

// OpenID Connect Core 12.2, T7, L19: tokens of another user are never used
#[tokio::test(start_paused = true)]
async fn a_refresh_that_brings_another_user_ends_the_session() {
    for changes in [
        json!({"sub": "ben"}),
        json!({"iss": "https://evil.example"}),
        json!({"aud": "another-app"}),
        // Whatever else is wrong with them.
        json!({"sub": "ben", "exp": 1}),
        json!({"sub": "ben", "at_hash": "AAAA"}),
    ] {
        let world = World::new();
        let ai = signed_in(&world).await;
        tokio::time::advance(2 * HOUR).await;
        publish(&world, "k1");
        issue(&world, 2, Some(id_token(&world, "k1", &changes)));
        let error = ai.access_token(NOW).await.unwrap_err();
        assert_eq!(error.code(), "provider_id_token_refused", "{changes}");
        settle().await;
        let mut revoked = world.server.revoked();
        revoked.sort();
        assert_eq!(revoked, ["access-1", "access-2", "refresh-1", "refresh-2"], "{changes}");
        let reason = SignInReason::GrantEnded;
        assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }), "{changes}");
        assert_eq!(ai.access_token(NOW).await, Err(Error::from(reason)), "{changes}");
        assert!(!world.store.record().unwrap().to_string().contains("access-2"), "{changes}");
    }
}

// T7: the old tokens may be spent
#[tokio::test(start_paused = true)]
async fn a_refresh_whose_id_token_is_refused_for_less_is_stored() {
    let world = World::new();
    let ai = signed_in(&world).await;
    tokio::time::advance(2 * HOUR).await;
    publish(&world, "k1");
    issue(&world, 2, Some(id_token(&world, "k1", &json!({"exp": 1}))));
    assert_eq!(ai.access_token(NOW).await.unwrap_err().code(), "provider_id_token_refused");
    assert_eq!(ai.access_token(NOW).await.unwrap().expose(), "access-2");
    assert_eq!(subject(&ai).await.as_deref(), Some("anna"));
    assert!(world.server.revoked().is_empty());
}

// T6: a key set that cannot be fetched ends no session and delays no refresh for long
#[tokio::test(start_paused = true)]
async fn a_refresh_does_without_keys() {
    let world = World::new();
    let ai = signed_in(&world).await;
    for number in [2, 3] {
        tokio::time::advance(2 * HOUR).await;
        answer_keys(&world, answer(503, ""));
        issue(&world, number, Some(id_token(&world, "k1", &json!({"sub": "ben"}))));
        assert_eq!(ai.access_token(NOW).await.unwrap().expose(), format!("access-{number}"));
        assert_eq!(subject(&ai).await.as_deref(), Some("anna"));
    }
}

// L19: the id_tokens tell that the accounts differ, and nobody has to be asked
#[tokio::test(start_paused = true)]
async fn a_replaced_account_is_known_by_the_id_tokens() {
    for (user, is_revoked) in [("ben", true), ("anna", false)] {
        let world = World::new();
        let ai = signed_in(&world).await;
        let (callback, nonce) = begin_openid(&ai).await;
        issue(&world, 2, Some(id_token(&world, "k1", &json!({"nonce": nonce, "sub": user}))));
        ai.complete_sign_in(callback).await.unwrap();
        let outcome = ai.replaced_sign_in().unwrap();
        assert_eq!(matches!(outcome, ReplacedSignIn::Revoked { .. }), is_revoked, "{outcome:?}");
        assert_eq!(world.transport.count(USERINFO), 0);
        assert_eq!(subject(&ai).await.as_deref(), Some(user));
    }
}

// OpenID Connect Core 5.3.2
#[tokio::test(start_paused = true)]
async fn userinfo_about_another_user_is_not_returned() {
    let world = World::new();
    let ai = signed_in(&world).await;
    world.server.own("access-1", "anna");
    assert_eq!(ai.user_info().await.unwrap().subject, "anna");
    world.server.own("access-1", "ben");
    let error = ai.user_info().await.unwrap_err();
    assert!(matches!(error, Error::Provider { kind: ProviderErrorKind::UserInfoRefused, .. }));
    assert!(!error.to_string().contains("ben"));
    assert_eq!(subject(&ai).await.as_deref(), Some("anna"));
}

// OpenID Connect RP-Initiated Logout 2
#[tokio::test(start_paused = true)]
async fn the_end_session_url_names_the_user_the_client_and_the_way_back() {
    let world = World::new();
    let ai = signed_in(&world).await;
    let url = ai.end_session_url(Some("myapp://signed-out".into()), Some("s 1".into())).await.unwrap();
    let query: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    let names: Vec<&str> = query.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["tenant", "id_token_hint", "client_id", "post_logout_redirect_uri", "state"]);
    assert_eq!(query[1].1.split('.').count(), 3);
    assert_eq!(
        query[2..].iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(),
        ["client_123", "myapp://signed-out", "s 1"]
    );
    ai.sign_out().await.unwrap();
    let url = ai.end_session_url(None, None).await.unwrap();
    assert_eq!(url.query(), Some("tenant=1&client_id=client_123"));
    for (uri, state, input) in [
        (Some("javascript:alert(1)"), None, "post_logout_redirect_uri"),
        (Some("http://example.com/"), None, "post_logout_redirect_uri"),
        (None, Some("s"), "state"),
    ] {
        let error = ai.end_session_url(uri.map(str::to_owned), state.map(str::to_owned)).await.unwrap_err();
        assert!(matches!(&error, Error::InvalidInput { input: named, .. } if named == input), "{error}");
    }
    let unsupported = world.client().end_session_url(None, None).await;
    assert_eq!(unsupported.unwrap_err().code(), "unsupported");
}

// The id_token is kept for the logout only
#[tokio::test(start_paused = true)]
async fn an_id_token_is_stored_only_for_a_provider_with_a_logout_page() {
    for has_page in [true, false] {
        let world = World::new();
        let mut provider = provider();
        if !has_page {
            provider.end_session_endpoint = None;
        }
        let ai = world.client_with(provider);
        publish(&world, "k1");
        let (callback, nonce) = begin_openid(&ai).await;
        issue(&world, 1, Some(id_token(&world, "k1", &json!({"nonce": nonce}))));
        ai.complete_sign_in(callback).await.unwrap();
        assert_eq!(world.store.record().unwrap()["grant"].get("id_token").is_some(), has_page);
    }
}
