//! Keycloak with the realm of `tests/interop/keycloak/realm.json`, where `KEYCLOAK_URL` says. It rotates refresh tokens, and ends the
//! session when one is used twice.

use crate::code_flow::{sign_in, stolen_callback, with_secret};
use crate::dpop::bound;
use crate::user_agent::{USER, UserAgent};
use aipass::{
    AiPass, ClientMetadata, ClientRegistration, Config, Provider, Revocation, Secret, SessionState, SignInOptions,
    TokenKind,
};
use aipass_sandbox::user_agent::browser;
use aipass_tests::oidc_provider::{APP, APP_REDIRECT_URI, BOUND_APP, SERVER};
use serde_json::{Value, json};
use std::time::Duration;

fn keycloak() -> String {
    std::env::var("KEYCLOAK_URL").expect("KEYCLOAK_URL says where Keycloak is: run scripts/test providers")
}

async fn provider() -> Provider {
    Provider::discover(&format!("{}/realms/aipass", keycloak())).await.unwrap()
}

async fn client(id: &str) -> AiPass {
    AiPass::builder(id, APP_REDIRECT_URI).provider(provider().await).build().unwrap()
}

async fn server() -> AiPass {
    with_secret(SERVER, provider().await)
}

#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_user_signs_in_refreshes_and_signs_out() {
    let ai = client(APP).await;
    sign_in(&ai).await;
    let user = ai.user_info().await.unwrap();
    assert_eq!(user.preferred_username.as_deref(), Some(USER));
    assert_eq!(ai.session_info().await.unwrap().unwrap().subject, Some(user.subject));

    let server = server().await;
    for _ in 0..3 {
        ai.refresh_tokens().await.unwrap();
    }
    let token = ai.access_token(Duration::ZERO).await.unwrap();
    let state = server.introspect(&token, Some(TokenKind::AccessToken)).await.unwrap();
    assert!(state.active && state.username.as_deref() == Some(USER), "{state:?}");
    let report = ai.sign_out().await.unwrap();
    assert_eq!(report.refresh_token, Revocation::Accepted);
    assert!(!server.introspect(&token, None).await.unwrap().active);
}

// L2
#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_hundred_callers_lock_nobody_out() {
    let ai = client(APP).await;
    sign_in(&ai).await;
    // Its access tokens live for five minutes.
    let callers = (0..100).map(|_| {
        let ai = ai.clone();
        tokio::spawn(async move { ai.access_token(Duration::from_secs(299)).await })
    });
    tokio::time::sleep(Duration::from_millis(1_100)).await; // the token must be older than the second that is asked for
    for caller in callers.collect::<Vec<_>>() {
        caller.await.unwrap().unwrap();
    }
    ai.refresh_tokens().await.unwrap();
    assert_eq!(ai.session_state().await.unwrap(), SessionState::SignedIn);
}

#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_user_enters_a_code_on_another_device() {
    // Where Keycloak requires PKCE, it does so of devices, too, for which RFC 8628 has none.
    let ai = client("app-device").await;
    let shown = ai.begin_device_sign_in(SignInOptions::default()).await.unwrap();
    assert_eq!(shown.interval, Duration::from_secs(1));
    UserAgent::new().agree(shown.verification_uri_complete.as_ref().unwrap()).await.page();
    ai.complete_device_sign_in().await.unwrap();
    assert_eq!(ai.user_info().await.unwrap().preferred_username.as_deref(), Some(USER));
}

#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_client_that_must_sends_its_parameters_ahead() {
    let ai = client("app-par").await;
    let options = SignInOptions { push_parameters: true, ..SignInOptions::default() };
    let request = ai.begin_sign_in(options).await.unwrap();
    assert!(request.url.query().unwrap().contains("request_uri="), "{}", request.url);
    let callback = UserAgent::new().agree(&request.url).await.callback();
    ai.complete_sign_in(callback).await.unwrap();
}

// A14
#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_client_that_must_be_bound_signs_in_and_refreshes_with_its_key() {
    let ai = bound(BOUND_APP, provider().await);
    sign_in(&ai).await;
    assert_eq!(ai.user_info().await.unwrap().preferred_username.as_deref(), Some(USER));
    ai.refresh_tokens().await.unwrap();
    ai.refresh_tokens().await.unwrap();
    assert_eq!(ai.user_info().await.unwrap().preferred_username.as_deref(), Some(USER));
    let without = client(BOUND_APP).await;
    let request = without.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = UserAgent::new().agree(&request.url).await.callback();
    let error = without.complete_sign_in(callback).await.unwrap_err();
    assert_eq!(error.code(), "provider_sign_in_refused", "{error:?}");
}

// Keycloak names the verifier, which oidc-provider does not
#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_code_that_another_client_began_is_refused() {
    let (ai, thief) = (client(APP).await, client(APP).await);
    let error = thief.complete_sign_in(stolen_callback(&ai, &thief).await).await.unwrap_err();
    assert_eq!(error.code(), "provider_code_verifier_refused", "{error:?}");
}

#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_server_gets_a_token_of_its_own() {
    let server = server().await;
    let token = server.client_credentials_token(&["profile"]).await.unwrap();
    assert!(server.introspect(&token, None).await.unwrap().active);
}

#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_client_registers_with_an_initial_access_token_and_goes() {
    let registration = ClientRegistration::at(provider().await, Config::default(), None, true).unwrap();
    let metadata = || ClientMetadata::native_app("Receipts".to_owned(), vec![APP_REDIRECT_URI.to_owned()]);
    let error = registration.register(metadata(), None).await.unwrap_err();
    assert_eq!(error.code(), "provider_forbidden", "{error:?}");
    let client = registration.register(metadata(), Some(initial_access_token().await)).await.unwrap();
    let mut client = registration.read(client).await.unwrap();
    client.metadata.client_name = Some("Receipts and more".to_owned());
    let client = registration.update(client).await.unwrap();
    assert_eq!(client.metadata.client_name.as_deref(), Some("Receipts and more"));
    registration.delete(client).await.unwrap();
}

/// What Keycloak's administrator gives to who may register.
async fn initial_access_token() -> Secret {
    let http = browser().unwrap();
    let password = std::env::var("KEYCLOAK_PASSWORD").expect("KEYCLOAK_PASSWORD is the administrator's");
    let form = format!("grant_type=password&client_id=admin-cli&username=admin&password={password}");
    let request = http.post(format!("{}/realms/master/protocol/openid-connect/token", keycloak())).body(form);
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let text = |name: &'static str, body: String| -> String {
        let value: Value = serde_json::from_str(&body).unwrap();
        value[name].as_str().unwrap_or_else(|| panic!("{value}")).to_owned()
    };
    let admin = text("access_token", request.send().await.unwrap().text().await.unwrap());
    let request = http.post(format!("{}/admin/realms/aipass/clients-initial-access", keycloak())).bearer_auth(admin);
    let request = request.header("content-type", "application/json").body(json!({ "count": 1 }).to_string());
    Secret::new(text("token", request.send().await.unwrap().text().await.unwrap()))
}

// L4
#[tokio::test]
#[ignore = "needs Keycloak: scripts/test providers"]
async fn a_session_that_the_user_ended_needs_a_sign_in() {
    let ai = client(APP).await;
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let mut browser = UserAgent::new();
    let callback = browser.agree(&request.url).await.callback();
    ai.complete_sign_in(callback).await.unwrap();
    let back = "one.aipass.test://signed-out".to_owned();
    let end = ai.end_session_url(Some(back.clone()), None).await.unwrap();
    assert!(browser.agree(&end).await.callback().starts_with(&back));
    let error = ai.refresh_tokens().await.unwrap_err();
    assert_eq!(error.code(), "grant_ended", "{error:?}");
}
