//! Signing in with a code, refreshing, signing out (RFC 6749, 7636, 7009, 9207), on npm's oidc-provider.

use crate::server::Server;
use crate::user_agent::{USER, UserAgent};
use aipass::{
    AiPass, CallbackErrorKind, ClientAuthentication, Error, LoopbackListener, Provider, ProviderErrorKind, Revocation,
    Secret, SessionState, SignInOptions, SignInReason,
};
use aipass_tests::oidc_provider::{
    APP, APP_REDIRECT_URI, PROGRAM, SERVER, SERVER_BY_POST, SERVER_REDIRECT_URI, provider,
};
use serde_json::json;
use std::time::Duration;
use url::Url;

/// A client of the app with a custom scheme. Its session is in memory.
pub fn app(server: &Server) -> AiPass {
    AiPass::builder(APP, APP_REDIRECT_URI).provider(provider(&server.issuer).unwrap()).build().unwrap()
}

/// A client with this id and secret.
pub fn with_secret((id, secret): (&str, &str), provider: Provider) -> AiPass {
    let builder = AiPass::builder(id, SERVER_REDIRECT_URI).provider(provider);
    builder.client_secret(Secret::new(secret.to_owned())).build().unwrap()
}

pub async fn sign_in(ai: &AiPass) {
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = UserAgent::new().agree(&request.url).await.callback();
    ai.complete_sign_in(callback).await.unwrap();
}

/// The callback with the victim's code, as a callback of the thief's own sign-in.
pub async fn stolen_callback(victim: &AiPass, thief: &AiPass) -> String {
    let state = |url: &Url| url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let mut url = victim.begin_sign_in(SignInOptions::default()).await.unwrap().url;
    let own = thief.begin_sign_in(SignInOptions::default()).await.unwrap().url;
    let query = url.query().unwrap().replace(&state(&url), &state(&own));
    url.set_query(Some(&query));
    UserAgent::new().agree(&url).await.callback()
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_user_signs_in_refreshes_and_signs_out() {
    let mut server = Server::oidc_provider().await;
    let ai = app(&server);
    sign_in(&ai).await;
    let info = ai.session_info().await.unwrap().unwrap();
    assert!(info.has_refresh_token && info.missing_scopes.is_empty(), "{info:?}");
    let user = ai.user_info().await.unwrap();
    assert_eq!((user.subject.as_str(), user.email.as_deref()), (USER, Some("robin@example.com")));

    let before = ai.access_token(Duration::ZERO).await.unwrap();
    server.ask(json!({ "do": "expireAccessTokens" })).await;
    ai.user_info().await.unwrap(); // 401, one refresh, the same again
    assert!(before.expose() != ai.access_token(Duration::ZERO).await.unwrap().expose());
    let state = server.state().await;
    assert_eq!((state.refreshes, state.live_access, state.live_refresh), (1, 1, 1));

    let report = ai.sign_out().await.unwrap();
    assert_eq!((report.refresh_token, report.access_token), (Revocation::Accepted, Revocation::Accepted));
    let state = server.state().await;
    assert_eq!((state.live_access, state.live_refresh), (0, 0));
}

// T6: each refresh gives a new token, and the one before it counts as stolen
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn ten_refreshes_in_a_row_rotate_the_refresh_token() {
    let mut server = Server::oidc_provider().await;
    let ai = app(&server);
    sign_in(&ai).await;
    for refreshes in 1..=10 {
        // This sleep is necessary: the token must be older than the millisecond that is asked to be left of its hour.
        tokio::time::sleep(Duration::from_millis(3)).await;
        ai.access_token(Duration::from_millis(3_599_999)).await.unwrap();
        let state = server.state().await;
        assert_eq!((state.refreshes, state.live_refresh, state.grants_revoked), (refreshes, 1, 0));
    }
}

// L4: revoked by the user
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_revoked_grant_needs_a_sign_in_and_a_new_one_works() {
    let mut server = Server::oidc_provider().await;
    let ai = app(&server);
    sign_in(&ai).await;
    server.ask(json!({ "do": "endGrants" })).await;
    let reason = SignInReason::GrantEnded;
    let error = ai.user_info().await.unwrap_err();
    assert!(matches!(&error, Error::SignInRequired { reason: given, .. } if *given == reason), "{error:?}");
    assert_eq!(ai.session_state().await.unwrap(), SessionState::NeedsSignIn { reason });
    sign_in(&ai).await;
    ai.user_info().await.unwrap();
}

// A5: the mix-up that `iss` is for (RFC 9207)
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_callback_of_another_issuer_is_refused() {
    let (server, other) = (Server::oidc_provider().await, Server::oidc_provider().await);
    let ai = app(&server);
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let callback = UserAgent::new().agree(&request.url).await.callback();
    let issuer = |issuer: &str| format!("iss={}", issuer.replace(':', "%3A").replace('/', "%2F"));
    assert!(callback.contains(&issuer(&server.issuer)), "{callback}");
    let wrong = Err(Error::InvalidCallback { kind: CallbackErrorKind::WrongIssuer });
    let mixed_up = callback.replace(&issuer(&server.issuer), &issuer(&other.issuer));
    assert_eq!(ai.complete_sign_in(mixed_up).await, wrong);
    assert_eq!(ai.complete_sign_in(callback.replace(&issuer(&server.issuer), "")).await, wrong);
    ai.complete_sign_in(callback).await.unwrap();
}

// A9
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_user_who_aborts_is_not_signed_in() {
    let server = Server::oidc_provider().await;
    let ai = app(&server);
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let mut browser = UserAgent::new();
    let mut abort = browser.open(&request.url).await.page().url;
    abort.path_segments_mut().unwrap().push("abort");
    let callback = browser.open(&abort).await.callback();
    let detail = Some("End-User aborted interaction".to_owned());
    let denied = Error::SignInRequired { reason: SignInReason::Denied, detail };
    assert_eq!(ai.complete_sign_in(callback).await, Err(denied));
}

// A2: the provider requires PKCE, and takes only S256
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_code_that_another_client_began_is_refused() {
    let server = Server::oidc_provider().await;
    let (ai, thief) = (app(&server), app(&server));
    let callback = stolen_callback(&ai, &thief).await;
    // It says `invalid_grant` and no more, so the library cannot tell that it was the verifier.
    let error = thief.complete_sign_in(callback).await.unwrap_err();
    let Error::Provider { kind, provider_code, .. } = &error else { panic!("{error:?}") };
    assert_eq!((*kind, provider_code.as_deref()), (ProviderErrorKind::SignInRefused, Some("invalid_grant")));
}

// A6: any port (RFC 8252, 7.3)
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_program_signs_in_through_a_loopback_redirect() {
    let server = Server::oidc_provider().await;
    let listener = LoopbackListener::bind("/callback".to_owned(), None).await.unwrap();
    let ai = AiPass::builder(PROGRAM, listener.redirect_uri());
    let ai = ai.provider(provider(&server.issuer).unwrap()).build().unwrap();
    sign_in(&ai).await;
    assert_eq!(ai.user_info().await.unwrap().subject, USER);
}

// RFC 6749 2.3.1: secrets that percent-encoding changes
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_server_with_a_secret_signs_in_by_basic_and_by_post() {
    let server = Server::oidc_provider().await;
    for (client, client_authentication) in
        [(SERVER, ClientAuthentication::Basic), (SERVER_BY_POST, ClientAuthentication::Post)]
    {
        let provider = Provider { client_authentication, ..provider(&server.issuer).unwrap() };
        let ai = with_secret(client, provider);
        sign_in(&ai).await;
        assert_eq!(ai.user_info().await.unwrap().subject, USER, "{client:?}");
        assert_eq!(ai.sign_out().await.unwrap().refresh_token, Revocation::Accepted, "{client:?}");
    }
}

// G12: what the provider's page says of a wrong redirect URI never reaches the app, so nobody is sent back
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_redirect_uri_that_is_not_registered_leads_nowhere() {
    let server = Server::oidc_provider().await;
    let ai = AiPass::builder(APP, "one.aipass.other://auth/callback");
    let ai = ai.provider(provider(&server.issuer).unwrap()).build().unwrap();
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    let page = UserAgent::new().open(&request.url).await.page();
    assert!(page.html.contains("redirect_uri did not match any of the client"), "{}", page.html);
}
