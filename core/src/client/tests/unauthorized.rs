//! What a 401 means: the user's token, a used-up budget, or the key of a server behind the provider.

use super::world::*;
use crate::net::scripted::{Scripted, answer, with_header};
use crate::{Error, ProviderErrorKind, SessionState, SignInReason};
use std::time::Duration;

const NOW: Duration = Duration::ZERO;

fn refused(challenge: &str, body: &str) -> Scripted {
    let refused = answer(401, body.to_owned());
    if challenge.is_empty() { refused } else { with_header(refused, "www-authenticate", challenge) }
}

const INVALID: &str = r#"Bearer realm="api", error="invalid_token""#;

// K8, L4
#[tokio::test(start_paused = true)]
async fn a_budget_in_a_401_costs_neither_a_refresh_nor_the_session() {
    for challenge in ["", "Bearer", INVALID] {
        for body in [
            r#"{"error":{"message":"ExceededBudget: End User=u1 over budget. Spend=0.00088, Budget=0.0001","type":"auth_error","code":401}}"#,
            r#"[{"error":{"type":"budget_exceeded","message":"no"}}]"#,
            "Budget has been exceeded! Current cost: 2, Max budget: 1",
        ] {
            let world = World::new();
            let ai = world.signed_in().await;
            world.server.set(|state| state.api_answers.push_back(refused(challenge, body)));
            let error = ai.refresh_balance().await.unwrap_err();
            assert!(matches!(error, Error::BudgetExceeded { .. }), "{body}: {error}");
            assert_eq!((world.token_requests(), world.transport.count(BALANCE)), (1, 1), "{body}");
            assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
        }
    }
}

// K8, L4, T6
#[tokio::test(start_paused = true)]
async fn an_upstreams_401_costs_neither_a_refresh_nor_the_session() {
    for (challenge, body) in [
        (
            "",
            r#"{"error":{"message":"litellm.AuthenticationError: OpenAIException - Incorrect API key provided","type":null,"code":"401"}}"#,
        ),
        ("", r#"{"error":{"message":"upstream answered: {\"error\":\"invalid_token\"}"}}"#),
        ("", r#"{"error":{"message":"no","type":"invalid_request_error","code":"invalid_api_key"}}"#),
        (r#"Bearer realm="the upstream says invalid_token""#, r#"{"detail":"the server behind says invalid_token"}"#),
        (r#"Bearer error="insufficient_scope", scope="a b""#, ""),
    ] {
        let world = World::new();
        let ai = world.signed_in().await;
        world.server.set(|state| state.api_answers.push_back(refused(challenge, body)));
        let error = ai.refresh_balance().await.unwrap_err();
        let Error::Provider { kind, status, .. } = &error else { panic!("{body}: {error}") };
        assert_eq!((*kind, *status), (ProviderErrorKind::Forbidden, Some(401)));
        assert_eq!((world.token_requests(), world.transport.count(BALANCE)), (1, 1), "{body}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    }
}

// L4, T6: only what the resource itself names ends the session
#[tokio::test(start_paused = true)]
async fn a_second_401_ends_the_session_only_if_the_resource_names_the_token() {
    for (challenge, body, ends) in [
        (INVALID, "", true),
        (r#"Basic realm="x", bearer ERROR = invalid_token"#, "<html>no</html>", true),
        ("", r#"{"error":"invalid_token","error_description":"expired"}"#, true),
        ("", "", false),
        ("Bearer", r#"{"error":{"message":"expired","code":"invalid_token"}}"#, false),
        (r#"Bearer error_description="not invalid_token""#, r#"{"success":false,"message":"invalid_token"}"#, false),
        (r#"Bearer error="unknown""#, r#"{"error":"invalid_token"}"#, false),
    ] {
        let world = World::new();
        let ai = world.signed_in().await;
        world.server.set(|state| state.api_answers.extend([refused(challenge, body), refused(challenge, body)]));
        let reason = SignInReason::AccessRefused;
        assert_eq!(ai.refresh_balance().await, Err(Error::from(reason)), "{challenge} {body}");
        assert_eq!((world.token_requests(), world.transport.count(BALANCE)), (2, 2));
        let state = if ends { SessionState::NeedsSignIn { reason } } else { SessionState::SignedIn };
        assert_eq!(ai.session_state().await, Ok(state), "{challenge} {body}");
    }
}

// L4
#[tokio::test(start_paused = true)]
async fn what_comes_after_a_refresh_is_judged_in_the_same_way() {
    let world = World::new();
    let ai = world.signed_in().await;
    let over_budget = refused("", r#"{"error":{"type":"budget_exceeded","message":"no"}}"#);
    world.server.set(|state| state.api_answers.extend([refused("", ""), over_budget]));
    assert_eq!(ai.refresh_balance().await.unwrap_err().code(), "budget_exceeded");
    assert_eq!(world.token_requests(), 2);
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}

// T6, L4: what another process stored long ago is not what this one just asked for
#[tokio::test(start_paused = true)]
async fn a_refused_token_of_another_process_is_replaced_and_ends_nothing() {
    let world = World::new();
    let (ai, other) = (world.signed_in().await, world.another_process());
    let first = other.access_token(NOW).await.unwrap();
    assert_eq!(ai.inner.session.replace_rejected(&first).await.unwrap().access_token.expose(), "access-2");
    tokio::time::advance(Duration::from_secs(60)).await;
    world.server.set(|state| state.api_answers.extend([refused(INVALID, ""), refused(INVALID, "")]));
    other.refresh_balance().await.unwrap();
    assert_eq!((world.token_requests(), world.transport.count(BALANCE)), (3, 3));
    assert_eq!(other.session_state().await, Ok(SessionState::SignedIn));
    assert!(world.server.revoked().is_empty());
}
