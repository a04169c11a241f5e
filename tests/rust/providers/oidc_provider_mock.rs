//! PyPI's oidc-provider-mock: OpenID discovery only, no `iss` in the callback, no new refresh token with a refresh, no revocation. It
//! takes clients with a secret only, and any secret.

use crate::code_flow::with_secret;
use crate::server::Server;
use crate::user_agent::{USER, UserAgent};
use aipass::{AiPass, CallbackErrorKind, Error, Provider, Revocation, SessionState, SignInOptions};
use aipass_tests::oidc_provider::SERVER;
use std::time::Duration;

async fn app(server: &Server) -> AiPass {
    let provider = Provider::discover(&server.issuer).await.unwrap();
    with_secret(SERVER, provider)
}

#[tokio::test]
#[ignore = "needs PyPI's oidc-provider-mock: scripts/test providers"]
async fn a_user_signs_in_refreshes_and_signs_out() {
    let server = Server::oidc_provider_mock().await;
    let ai = app(&server).await;
    let options = SignInOptions { scopes: vec!["openid".to_owned(), "email".to_owned()], ..SignInOptions::default() };
    let request = ai.begin_sign_in(options).await.unwrap();
    let callback = UserAgent::new().agree(&request.url).await.callback();
    assert!(!callback.contains("iss="), "{callback}");
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(ai.session_info().await.unwrap().unwrap().subject.as_deref(), Some(USER));
    assert_eq!(ai.user_info().await.unwrap().subject, USER);

    // T4: the old refresh token stays
    let first = ai.access_token(Duration::ZERO).await.unwrap();
    ai.refresh_tokens().await.unwrap();
    ai.refresh_tokens().await.unwrap();
    assert!(ai.access_token(Duration::ZERO).await.unwrap().expose() != first.expose());
    ai.user_info().await.unwrap();

    let report = ai.sign_out().await.unwrap();
    assert_eq!((report.refresh_token, report.access_token), (Revocation::NotOffered, Revocation::NotOffered));
}

// A3: this server leaves `state` out where the user denies, which RFC 6749 4.1.2.1 forbids
#[tokio::test]
#[ignore = "needs PyPI's oidc-provider-mock: scripts/test providers"]
async fn a_refusal_without_a_state_ends_no_sign_in() {
    let server = Server::oidc_provider_mock().await;
    let ai = app(&server).await;
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let mut browser = UserAgent::new();
    let page = browser.open(&request.url).await.page();
    let callback = browser.submit(&page, &[("action", "deny")]).await.callback();
    assert!(callback.contains("error=access_denied") && !callback.contains("state="), "{callback}");
    let missing = Error::InvalidCallback { kind: CallbackErrorKind::MissingState };
    assert_eq!(ai.complete_sign_in(callback).await, Err(missing));
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SigningIn);
}
