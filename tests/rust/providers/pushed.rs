//! Parameters that are sent ahead (RFC 9126), on npm's oidc-provider.

use crate::code_flow::{app, sign_in, with_secret};
use crate::server::Server;
use crate::user_agent::UserAgent;
use aipass::{AiPass, Provider, SignInOptions};
use aipass_tests::oidc_provider::{APP, APP_REDIRECT_URI, SERVER, provider};
use serde_json::json;
use url::Url;

fn names(url: &Url) -> Vec<String> {
    url.query_pairs().map(|(name, _)| name.into_owned()).collect()
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_provider_that_requires_it_gets_the_parameters_ahead() {
    let mut server = Server::oidc_provider_with(json!({ "parRequired": true })).await;
    let discovered = Provider::discover(&server.issuer).await.unwrap();
    let ai = AiPass::builder(APP, APP_REDIRECT_URI).provider(discovered).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    assert_eq!(names(&request.url), ["client_id", "request_uri"]);
    let callback = UserAgent::new().agree(&request.url).await.callback();
    ai.complete_sign_in(callback).await.unwrap();
    ai.user_info().await.unwrap();

    // A client with a secret names itself there too.
    let required = Provider { require_pushed_authorization_requests: true, ..provider(&server.issuer).unwrap() };
    sign_in(&with_secret(SERVER, required)).await;
    assert_eq!(server.state().await.pushed, 2);
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn an_app_may_send_its_parameters_ahead_where_it_need_not() {
    let mut server = Server::oidc_provider().await;
    let ai = app(&server);
    let options = SignInOptions { push_parameters: true, ..SignInOptions::default() };
    let request = ai.begin_sign_in(options).await.unwrap();
    assert_eq!(names(&request.url), ["client_id", "request_uri"]);
    let callback = UserAgent::new().agree(&request.url).await.callback();
    ai.complete_sign_in(callback).await.unwrap();
    assert_eq!(server.state().await.pushed, 1);
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn what_the_provider_refuses_ahead_is_told_before_a_browser_opens() {
    let server = Server::oidc_provider().await;
    let ai = AiPass::builder(APP, "one.aipass.other://auth/callback");
    let ai = ai.provider(provider(&server.issuer).unwrap()).build().unwrap();
    let options = SignInOptions { push_parameters: true, ..SignInOptions::default() };
    let error = ai.begin_sign_in(options).await.unwrap_err();
    assert_eq!(error.code(), "provider_redirect_uri_refused", "{error:?}");
}
