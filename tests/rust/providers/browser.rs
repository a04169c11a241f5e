//! npm's oidc-provider, whose own pages are clicked by a real browser.

use crate::server::{Server, TIMEOUT, path_in};
use crate::user_agent::USER;
use aipass::{AiPass, LoopbackListener, SignInOptions};
use aipass_tests::oidc_provider::{PROGRAM, provider};
use tokio::process::Command;

// A6
#[tokio::test]
#[ignore = "needs Chromium: scripts/test providers"]
async fn a_person_clicks_through_the_providers_own_pages() {
    let server = Server::oidc_provider().await;
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    let redirect_uri = listener.redirect_uri();
    let provider = provider(&server.issuer).unwrap();
    let ai = AiPass::builder(PROGRAM, &redirect_uri).provider(provider).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let mut browser = Command::new("node")
        .arg(path_in("AIPASS_PROVIDERS_BROWSE"))
        .args([request.url.as_str(), &redirect_uri])
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    ai.complete_sign_in(listener.receive(TIMEOUT).await.unwrap()).await.unwrap();
    assert!(browser.wait().await.unwrap().success());
    assert_eq!(ai.user_info().await.unwrap().subject, USER);
}
