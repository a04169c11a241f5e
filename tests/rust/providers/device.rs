//! A code that is entered on another device (RFC 8628), on npm's oidc-provider, which names no interval: each poll is five seconds
//! after the one before it.

use crate::code_flow::app;
use crate::server::Server;
use crate::user_agent::{USER, UserAgent};
use aipass::{AiPass, DeviceSignIn, Error, SessionState, SignInOptions, SignInReason};
use serde_json::json;
use std::time::Duration;

async fn begin(ai: &AiPass) -> DeviceSignIn {
    let shown = ai.begin_device_sign_in(SignInOptions::default()).await.unwrap();
    assert_eq!(shown.interval, Duration::from_secs(5));
    assert!(!shown.user_code.is_empty());
    shown
}

async fn ends_for(ai: &AiPass, reason: SignInReason) {
    let error = ai.complete_device_sign_in().await.unwrap_err();
    assert!(matches!(&error, Error::SignInRequired { reason: given, .. } if *given == reason), "{error:?}");
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_user_who_types_the_code_is_signed_in() {
    let server = Server::oidc_provider().await;
    let ai = app(&server);
    let shown = begin(&ai).await;
    let mut browser = UserAgent::new();
    let page = browser.open(&shown.verification_uri).await.page();
    let confirm = browser.submit(&page, &[("user_code", &shown.user_code)]).await.page();
    browser.go_on(confirm).await.page();
    ai.complete_device_sign_in().await.unwrap();
    assert_eq!(ai.user_info().await.unwrap().subject, USER);
}

// The code is in the address, as in a QR code. The user answers while the app polls
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn the_app_waits_until_the_user_has_answered() {
    let mut server = Server::oidc_provider().await;
    let ai = app(&server);
    let shown = begin(&ai).await;
    let polling = tokio::spawn({
        let ai = ai.clone();
        async move { ai.complete_device_sign_in().await }
    });
    while server.state().await.token_requests == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    UserAgent::new().agree(shown.verification_uri_complete.as_ref().unwrap()).await.page();
    polling.await.unwrap().unwrap();
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedIn);
    assert_eq!(server.state().await.token_requests, 2);
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_user_who_refuses_the_device_is_told_from_one_who_is_late() {
    let mut server = Server::oidc_provider().await;
    let (refused, late) = (app(&server), app(&server));
    let shown = begin(&refused).await;
    let mut browser = UserAgent::new();
    let page = browser.open(&shown.verification_uri).await.page();
    let confirm = browser.submit(&page, &[("user_code", &shown.user_code)]).await.page();
    browser.submit(&confirm, &[("abort", "yes")]).await.page();
    begin(&late).await;
    server.ask(json!({ "do": "expireDeviceCodes" })).await;
    tokio::join!(ends_for(&refused, SignInReason::Denied), ends_for(&late, SignInReason::DeviceCodeExpired));
}
