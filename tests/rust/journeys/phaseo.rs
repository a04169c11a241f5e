//! Sign-in with Phaseo's built-in settings, at a sandbox that plays Phaseo as its documents describe it.

use aipass::{AiPass, Provider, SessionState, SignInOptions};
use aipass_sandbox::{AccessTokens, Dialect, Sandbox, user_agent};

// T4: tokens of one hour with a refresh token, and an id_token that the provider signs with a key of its choice
#[tokio::test]
async fn a_sign_in_with_an_id_token_tells_who_signed_in() {
    let sandbox = Sandbox::builder().dialect(Dialect::Phaseo).access_tokens(AccessTokens::Jwt).start().await.unwrap();
    let provider = Provider::phaseo_at(sandbox.base_url().as_str()).unwrap();
    let ai = AiPass::builder("client_123", "myapp://auth/callback").provider(provider).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = user_agent::consent(&request.url).await.unwrap();
    ai.complete_sign_in(callback.into()).await.unwrap();
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    let info = ai.session_info().await.unwrap().unwrap();
    assert!(info.subject.is_some() && info.has_refresh_token, "{info:?}");
}

// Today's operator: an opaque token of seven days, and neither a refresh token nor an id_token
#[tokio::test]
async fn a_session_that_cannot_be_refreshed_says_when_it_ends() {
    let sandbox = Sandbox::builder().dialect(Dialect::Phaseo).start().await.unwrap();
    let provider = Provider::phaseo_at(sandbox.base_url().as_str()).unwrap();
    let ai = AiPass::builder("client_123", "myapp://auth/callback").provider(provider).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = user_agent::consent(&request.url).await.unwrap();
    ai.complete_sign_in(callback.into()).await.unwrap();
    let info = ai.session_info().await.unwrap().unwrap();
    assert!(info.ends_at.is_some() && !info.has_refresh_token, "{info:?}");
    assert_eq!(info.ends_at, info.access_token_expires_at);
    assert!(matches!(ai.balance().await, Err(aipass::Error::Unsupported { .. })));
}
