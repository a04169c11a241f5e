//! RFC 9449 8 and 9: what a server asks to repeat, and what else it refuses a proof for.

use super::*;
use crate::net::scripted::{answer, with_header};

// A14: one repeat for the token endpoint and one for the first call; what came is remembered
#[tokio::test(start_paused = true)]
async fn a_nonce_that_is_asked_for_costs_one_repeat() {
    let bound = Bound::new();
    bound.guard.set(|state| state.nonce = Some("n-1".into()));
    let ai = bound.signed_in().await;
    pay(&ai).await.unwrap();
    assert_eq!(bound.refusals(), ["use_dpop_nonce"], "the API is at the same origin");
    bound.guard.set(|state| state.nonce = Some("n-2".into()));
    pay(&ai).await.unwrap();
    pay(&ai).await.unwrap();
    tokio::time::advance(2 * HOUR).await;
    bound.guard.set(|state| state.nonce = Some("n-3".into()));
    pay(&ai).await.unwrap();
    assert_eq!(bound.refusals(), ["use_dpop_nonce"; 3]);
    let nonces: Vec<_> = bound.accepted().iter().map(|claims| claims["nonce"].as_str().unwrap().to_owned()).collect();
    assert_eq!(nonces, ["n-1", "n-1", "n-2", "n-2", "n-3", "n-3"]);
    assert_eq!(bound.transport.count(TOKEN), 4);
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}

// L2: many calls at once learn the nonce together, each with one repeat at most
#[tokio::test(start_paused = true)]
async fn calls_at_once_are_each_repeated_once_at_most() {
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    bound.guard.set(|state| state.nonce = Some("n-1".into()));
    let callers: Vec<_> = (0..50)
        .map(|_| {
            tokio::spawn({
                let ai = ai.clone();
                async move { pay(&ai).await }
            })
        })
        .collect();
    for caller in callers {
        caller.await.unwrap().unwrap();
    }
    let repeats = bound.refusals().len();
    assert!((1..=50).contains(&repeats), "{repeats}");
    assert_eq!(bound.transport.count("/oauth2/v1/rerank"), 50 + repeats);
}

// RFC 9449 8.2: a successful response may bring the next one
#[tokio::test(start_paused = true)]
async fn a_nonce_in_a_success_is_used_next() {
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    bound.guard.set(|state| state.sends_nonce = Some("n-1".into()));
    pay(&ai).await.unwrap();
    bound.guard.set(|state| (state.nonce, state.sends_nonce) = (Some("n-1".into()), None));
    pay(&ai).await.unwrap();
    assert_eq!(bound.refusals(), [""; 0]);
}

// RFC 9449 8.2: a nonce belongs to its server
#[tokio::test(start_paused = true)]
async fn each_origin_has_its_own_nonce() {
    let bound = Bound::new();
    bound.guard.set(|state| state.nonce = Some("n-1".into()));
    let elsewhere: url::Url = "https://api.example.com/user".parse().unwrap();
    let mut provider = provider();
    provider.resource_origins.push(elsewhere.clone());
    let ai = bound.client_with(provider, Some(DpopKey::InSession));
    sign_in(&ai).await;
    ai.request(crate::ResourceRequest::get(elsewhere)).await.unwrap();
    let sent = bound.transport.last("/user").headers()["dpop"].to_str().unwrap().to_owned();
    assert_eq!(claims_of(&Secret::new(sent))["nonce"], "n-1");
    assert_eq!(bound.transport.count("/user"), 2, "the first had none");
}

// A14, P1: a server that is never content gets two requests a call, and neither a refresh nor the session
#[tokio::test(start_paused = true)]
async fn an_endless_wish_for_nonces_ends_after_one_repeat() {
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    bound.guard.set(|state| (state.nonce, state.never_content) = (Some("n".into()), true));
    let error = pay(&ai).await.unwrap_err();
    let Error::Provider { status, provider_code, .. } = &error else { panic!("{error:?}") };
    assert_eq!((*status, provider_code.as_deref()), (Some(401), Some("use_dpop_nonce")));
    assert_eq!((bound.transport.count("/oauth2/v1/rerank"), bound.transport.count(TOKEN)), (2, 1));
    let error = ai.refresh_balance().await.unwrap_err();
    assert!(matches!(error, Error::Provider { .. }), "{error}");
    assert_eq!(bound.transport.count(BALANCE), 2);
    let error = ai.refresh_tokens().await.unwrap_err();
    assert!(matches!(error, Error::Provider { .. }), "{error}");
    assert_eq!(bound.transport.count(TOKEN), 3);
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    bound.guard.set(|state| state.never_content = false);
    pay(&ai).await.unwrap();
}

// A8: the code of a sign-in that was refused for its proof was not looked at: the callback can be tried again
#[tokio::test(start_paused = true)]
async fn a_code_is_not_spent_by_a_proof_that_is_refused() {
    let bound = Bound::new();
    bound.guard.set(|state| (state.nonce, state.never_content) = (Some("n".into()), true));
    let ai = bound.client(Some(DpopKey::InSession));
    let callback = begin(&ai).await;
    let error = ai.complete_sign_in(callback.clone()).await.unwrap_err();
    assert!(matches!(error, Error::Provider { .. }), "{error}");
    assert_eq!(bound.transport.count(TOKEN), 2);
    bound.guard.set(|state| state.never_content = false);
    ai.complete_sign_in(callback).await.unwrap();
}

// A14: nonces that cannot be repeated, or that would change nothing
#[tokio::test(start_paused = true)]
async fn a_hostile_nonce_is_not_repeated() {
    for nonce in ["", "a b", "a\"b", &"n".repeat(2_000)] {
        let bound = Bound::new();
        let ai = bound.signed_in().await;
        bound.guard.set(|state| (state.nonce, state.sends_nonce) = (Some("wanted".into()), Some(nonce.into())));
        let error = pay(&ai).await.unwrap_err();
        assert!(matches!(error, Error::Provider { .. }), "{error}");
        assert_eq!(bound.transport.count("/oauth2/v1/rerank"), 1, "{nonce}");
    }
    // the one that was sent just now
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    bound.guard.set(|state| (state.nonce, state.sends_nonce) = (Some("wanted".into()), Some("other".into())));
    pay(&ai).await.unwrap_err();
    assert_eq!(bound.transport.count("/oauth2/v1/rerank"), 2);
    pay(&ai).await.unwrap_err();
    assert_eq!(bound.transport.count("/oauth2/v1/rerank"), 3);
}

// P1: only the resource's own refusal says that a paid call was not processed
#[tokio::test(start_paused = true)]
async fn other_responses_with_a_nonce_repeat_no_paid_call() {
    let challenge = r#"DPoP error="use_dpop_nonce""#;
    for (status, challenge) in [(400, challenge), (403, challenge), (500, challenge), (400, r#"DPoP error="x""#)] {
        let bound = Bound::new();
        let ai = bound.signed_in().await;
        let refused = answer(status, r#"{"error":"use_dpop_nonce"}"#);
        let refused = with_header(with_header(refused, "www-authenticate", challenge), "dpop-nonce", "n-1");
        bound.guard.set(|state| state.answers.push_back(refused));
        pay(&ai).await.unwrap_err();
        assert_eq!(bound.transport.count("/oauth2/v1/rerank"), 1, "{status}");
    }
}

// P2: servers refuse a proof that they have seen: each attempt has another
#[tokio::test(start_paused = true)]
async fn every_repeat_has_a_proof_of_its_own() {
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    bound.guard.set(|state| state.answers.extend([answer(503, ""), answer(429, ""), answer(500, "")]));
    ai.refresh_balance().await.unwrap();
    assert_eq!((bound.transport.count(BALANCE), bound.refusals().len()), (4, 0));
}

// L11: a clock that is wrong by hours costs one repeat, at the sign-in
#[tokio::test(start_paused = true)]
async fn a_wrong_clock_costs_one_repeat() {
    for hours in [-30, 30] {
        let bound = Bound::new();
        bound.world.clock.set_by_hours(hours);
        let ai = bound.signed_in().await;
        pay(&ai).await.unwrap();
        assert_eq!(bound.refusals(), ["invalid_dpop_proof"], "{hours}");
        assert_eq!((bound.transport.count(TOKEN), bound.transport.count("/oauth2/v1/rerank")), (2, 1));
    }
}

// A14: a proof that is refused for no reason that another one would remove
#[tokio::test(start_paused = true)]
async fn a_proof_that_is_refused_by_a_server_with_our_time_is_not_repeated() {
    let bound = Bound::new();
    let ai = bound.signed_in().await;
    let refused = with_header(answer(401, ""), "www-authenticate", r#"DPoP error="invalid_dpop_proof""#);
    bound.guard.set(|state| state.answers.push_back(refused));
    let error = pay(&ai).await.unwrap_err();
    assert!(matches!(error, Error::Provider { status: Some(401), .. }), "{error:?}");
    assert_eq!((bound.transport.count("/oauth2/v1/rerank"), bound.transport.count(TOKEN)), (1, 1));
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
}
