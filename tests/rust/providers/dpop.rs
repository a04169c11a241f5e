//! Tokens that are bound to a key of the device (RFC 9449), on npm's oidc-provider, which checks each proof and refuses one that it has seen.

use crate::code_flow::sign_in;
use crate::server::Server;
use crate::user_agent::{USER, UserAgent};
use aipass::{AiPass, DpopKey, Provider, RawMethod, Secret, SessionState, SignInOptions};
use aipass_sandbox::user_agent::browser;
use aipass_tests::oidc_provider::{APP, APP_REDIRECT_URI, BOUND_APP};
use serde_json::json;
use url::Url;

/// An app whose tokens are bound. Its session is in memory.
pub fn bound(client_id: &str, provider: Provider) -> AiPass {
    let builder = AiPass::builder(client_id, APP_REDIRECT_URI).provider(provider);
    builder.dpop(DpopKey::InSession).build().unwrap()
}

/// What the userinfo endpoint answers to these headers: its status, and the nonce that it asks for.
async fn user_info_with(url: &Url, authorization: String, proof: Option<&Secret>) -> (u16, Option<String>) {
    let mut request = browser().unwrap().get(url.clone()).header("authorization", authorization);
    if let Some(proof) = proof {
        request = request.header("dpop", proof.expose());
    }
    let response = request.send().await.unwrap();
    let nonce = response.headers().get("dpop-nonce").map(|nonce| nonce.to_str().unwrap().to_owned());
    (response.status().as_u16(), nonce)
}

// A14
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_bound_session_refreshes_and_calls_with_and_without_nonces() {
    for asks_for_nonces in [false, true] {
        let mut server = Server::oidc_provider_with(json!({ "dpopNonce": asks_for_nonces })).await;
        let ai = bound(BOUND_APP, Provider::discover(&server.issuer).await.unwrap());
        sign_in(&ai).await;
        assert_eq!(ai.user_info().await.unwrap().subject, USER);
        ai.refresh_tokens().await.unwrap();
        server.ask(json!({ "do": "expireAccessTokens" })).await;
        assert_eq!(ai.user_info().await.unwrap().subject, USER); // 401, one refresh, the same again
        let state = server.state().await;
        // The code's exchange is refused once for its nonce. The provider gave it, so that no later request is.
        assert_eq!(state.token_requests, 3 + u64::from(asks_for_nonces));
        assert_eq!((state.refreshes, state.live_refresh, state.grants_revoked), (2, 1, 0));
        ai.sign_out().await.unwrap();
        assert_eq!(server.state().await.live_refresh, 0);
    }
}

// A14: the provider sees that the token is bound, and an app's own proof is accepted
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_bound_token_works_only_with_a_proof() {
    let server = Server::oidc_provider_with(json!({ "dpopNonce": true })).await;
    let provider = Provider::discover(&server.issuer).await.unwrap();
    let url = provider.userinfo_endpoint.clone().unwrap();
    let ai = bound(APP, provider);
    sign_in(&ai).await;
    let sent = ai.dpop_proof(RawMethod::Get, &url, None).await.unwrap();
    let token = sent.access_token.expose();
    assert_eq!(user_info_with(&url, format!("Bearer {token}"), None).await.0, 401);
    let (status, nonce) = user_info_with(&url, format!("DPoP {token}"), Some(&sent.proof)).await;
    assert!(status == 401 && nonce.is_some(), "{status} {nonce:?}");
    let sent = ai.dpop_proof(RawMethod::Get, &url, nonce.as_deref()).await.unwrap();
    assert_eq!(user_info_with(&url, format!("DPoP {token}"), Some(&sent.proof)).await.0, 200);
    assert_eq!(user_info_with(&url, format!("DPoP {token}"), Some(&sent.proof)).await.0, 401, "it was seen before");
}

// A14
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_client_that_must_be_bound_is_refused_without_a_key() {
    let server = Server::oidc_provider().await;
    let provider = Provider::discover(&server.issuer).await.unwrap();
    let ai = AiPass::builder(BOUND_APP, APP_REDIRECT_URI).provider(provider).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = UserAgent::new().agree(&request.url).await.callback();
    let error = ai.complete_sign_in(callback).await.unwrap_err();
    assert_eq!(error.code(), "provider_sign_in_refused", "{error:?}");
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedOut);
}

// RFC 9449 10.1, RFC 8628: the thumbprint goes ahead with the other parameters, and a device's code needs none
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn pushed_parameters_and_a_devices_code_are_bound_too() {
    let mut server = Server::oidc_provider_with(json!({ "dpopNonce": true, "parRequired": true })).await;
    let ai = bound(APP, Provider::discover(&server.issuer).await.unwrap());
    sign_in(&ai).await;
    assert_eq!((ai.user_info().await.unwrap().subject.as_str(), server.state().await.pushed), (USER, 1));
    let shown = ai.begin_device_sign_in(SignInOptions::default()).await.unwrap();
    UserAgent::new().agree(shown.verification_uri_complete.as_ref().unwrap()).await.page();
    ai.complete_device_sign_in().await.unwrap();
    ai.refresh_tokens().await.unwrap();
    assert_eq!(ai.user_info().await.unwrap().subject, USER);
}
