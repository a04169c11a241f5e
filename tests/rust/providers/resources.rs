//! Tokens for other resources, for more scopes later, and for no user at all (RFC 8707, RFC 6749 4.4), on npm's oidc-provider.

use crate::code_flow::{app, with_secret};
use crate::server::Server;
use crate::user_agent::{USER, UserAgent};
use aipass::{AiPass, ClientAuthentication, Error, Provider, ResourceRequest, SessionState, SignInOptions};
use aipass_tests::oidc_provider::{APP, APP_REDIRECT_URI, RESOURCE, SERVER, SERVER_BY_POST, provider};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

/// The app, which may send its token to the server's `/user`.
fn app_with_resource(server: &Server) -> (AiPass, ResourceRequest) {
    let mut provider = provider(&server.issuer).unwrap();
    let url = Url::parse(&format!("{}/user", server.issuer)).unwrap();
    provider.resource_origins.push(url.clone());
    (AiPass::builder(APP, APP_REDIRECT_URI).provider(provider).build().unwrap(), ResourceRequest::get(url))
}

async fn sign_in_with(ai: &AiPass, options: SignInOptions) {
    let request = ai.begin_sign_in(options).await.unwrap();
    let callback = UserAgent::new().agree(&request.url).await.callback();
    ai.complete_sign_in(callback).await.unwrap();
}

fn scopes(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

async fn ask(ai: &AiPass, request: &ResourceRequest) -> Value {
    serde_json::from_slice(&ai.request(request.clone()).await.unwrap().body).unwrap()
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_resource_is_named_at_the_sign_in_and_at_every_refresh() {
    let mut server = Server::oidc_provider().await;
    let (ai, user) = app_with_resource(&server);
    let options = SignInOptions {
        scopes: scopes(&["openid", "api:read"]),
        resources: vec![RESOURCE.to_owned()],
        ..SignInOptions::default()
    };
    sign_in_with(&ai, options).await;
    let for_the_resource = json!({ "login": USER, "scope": "api:read", "aud": RESOURCE });
    assert_eq!(ask(&ai, &user).await, for_the_resource);
    server.ask(json!({ "do": "expireAccessTokens" })).await;
    assert_eq!(ask(&ai, &user).await, for_the_resource);
    assert_eq!(server.state().await.refreshes, 1);
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_resource_that_the_provider_does_not_know_is_told() {
    let server = Server::oidc_provider().await;
    let ai = app(&server);
    let options = SignInOptions { resources: vec!["https://other.example/".to_owned()], ..SignInOptions::default() };
    let request = ai.begin_sign_in(options).await.unwrap();
    let callback = UserAgent::new().open(&request.url).await.callback();
    let error = ai.complete_sign_in(callback).await.unwrap_err();
    let Error::Provider { provider_code, .. } = &error else { panic!("{error:?}") };
    assert_eq!(provider_code.as_deref(), Some("invalid_target"));
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn more_scopes_are_asked_for_later_and_a_refusal_costs_nothing() {
    let server = Server::oidc_provider().await;
    let ai = app(&server);
    sign_in_with(&ai, SignInOptions { scopes: scopes(&["openid", "email"]), ..SignInOptions::default() }).await;
    let more = || SignInOptions { scopes: scopes(&["profile"]), keep_granted_scopes: true, ..SignInOptions::default() };

    let request = ai.begin_sign_in(more()).await.unwrap();
    let mut browser = UserAgent::new();
    let mut abort = browser.open(&request.url).await.page().url;
    abort.path_segments_mut().unwrap().push("abort");
    let callback = browser.open(&abort).await.callback();
    assert_eq!(ai.complete_sign_in(callback).await.unwrap_err().code(), "sign_in_denied");
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedIn);
    assert_eq!(ai.user_info().await.unwrap().name, None);

    sign_in_with(&ai, more()).await;
    let mut granted = ai.session_info().await.unwrap().unwrap().granted_scopes;
    granted.sort();
    assert_eq!(granted, ["email", "openid", "profile"]);
    assert_eq!(ai.user_info().await.unwrap().name.as_deref(), Some("Robin Example"));
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_server_gets_a_token_of_its_own_by_basic_and_by_post() {
    let server = Server::oidc_provider().await;
    for (client, client_authentication) in
        [(SERVER, ClientAuthentication::Basic), (SERVER_BY_POST, ClientAuthentication::Post)]
    {
        let provider = Provider { client_authentication, ..provider(&server.issuer).unwrap() };
        let ai = with_secret(client, provider);
        let token = ai.client_credentials_token(&["api:read"]).await.unwrap();
        let state = ai.introspect(&token, None).await.unwrap();
        assert!(state.active && state.client_id.as_deref() == Some(client.0) && state.subject.is_none(), "{state:?}");
        assert_eq!(state.scopes, ["api:read"]);
        let again = ai.client_credentials_token(&["api:read"]).await.unwrap();
        assert_eq!(again.expose(), token.expose(), "it is kept");
        let error = ai.access_token(Duration::ZERO).await.unwrap_err();
        assert_eq!(error.code(), "not_signed_in", "nobody is signed in by it");
    }
}
