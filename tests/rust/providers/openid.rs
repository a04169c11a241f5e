//! Who signed in, and how that session ends at the provider (OpenID Connect Core, RP-Initiated Logout 1.0), on npm's oidc-provider.

use crate::code_flow::{app, sign_in};
use crate::server::Server;
use crate::user_agent::{USER, UserAgent};
use aipass::{AiPass, SignInOptions};
use aipass_tests::oidc_provider::{PROGRAM, provider};
use url::Url;

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn id_tokens_of_two_algorithms_say_who_signed_in() {
    let server = Server::oidc_provider().await;
    let program = AiPass::builder(PROGRAM, "http://127.0.0.1:8252/callback");
    let by_es256 = program.provider(provider(&server.issuer).unwrap()).build().unwrap();
    for ai in [app(&server), by_es256] {
        sign_in(&ai).await;
        assert_eq!(ai.session_info().await.unwrap().unwrap().subject.as_deref(), Some(USER));
        assert_eq!(ai.user_info().await.unwrap().subject, USER);
    }
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn after_a_logout_at_the_provider_the_next_sign_in_asks_who_it_is() {
    let server = Server::oidc_provider().await;
    let ai = app(&server);
    let mut browser = UserAgent::new();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = browser.agree(&request.url).await.callback();
    ai.complete_sign_in(callback).await.unwrap();
    // The same browser is still signed in there: it is asked for consent only.
    let again = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    assert!(!browser.open(&again.url).await.page().html.contains("name=\"password\""));

    let back = "one.aipass.test://signed-out";
    let end = ai.end_session_url(Some(back.to_owned()), Some("here".to_owned())).await.unwrap();
    ai.sign_out().await.unwrap();
    let url = Url::parse(&browser.agree(&end).await.callback()).unwrap();
    assert!(url.as_str().starts_with(back), "{url}");
    assert!(url.query_pairs().any(|(name, value)| name == "state" && value == "here"), "{url}");
    let next = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    assert!(browser.open(&next.url).await.page().html.contains("name=\"password\""));
}
