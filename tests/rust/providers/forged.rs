//! Forged and odd answers of npm's oauth2-mock-server: metadata, id_tokens, keys, tokens, userinfo. `tests/interop/npm/oauth2-mock-server.mjs` says what each fault does.

use crate::server::Server;
use crate::user_agent::UserAgent;
use aipass::{AiPass, Error, Provider, Result, SessionState, SignInOptions};
use aipass_tests::oidc_provider::{APP, APP_REDIRECT_URI};
use serde_json::json;

/// What is odd and no fault: the user is signed in.
const HARMLESS: [&str; 4] = ["listAudience", "unknownClaims", "expiredJustNow", "keysBesideUnknownOnes"];
/// As good as no id_token: the user is signed in, and it is not known who it is.
const NO_ID_TOKEN: [&str; 3] = ["absent", "empty", "object"];
/// A server whose keys cannot be fetched, or a response that cannot be read.
const UNREADABLE: [&str; 17] = [
    "keysAreHtml",
    "keysAreNoList",
    "keysAreHuge",
    "keysAreDeep",
    "keysAreBroken",
    "keysLeadElsewhere",
    "keysAreTooMany",
    "huge",
    "number",
    "tokensAreHtml",
    "tokensAreNothing",
    "tokensAreAList",
    "tokensAreCutOff",
    "tokensAreAnError",
    "tokensAreBroken",
    "tokensAreHuge",
    "tokensLeadElsewhere",
];

/// A new client, which has none of the server's keys yet.
async fn app(server: &Server) -> AiPass {
    let provider = Provider::discover(&server.issuer).await.unwrap();
    let provider = Provider { default_scopes: vec!["openid".to_owned()], ..provider };
    AiPass::builder(APP, APP_REDIRECT_URI).provider(provider).build().unwrap()
}

async fn try_sign_in(ai: &AiPass) -> Result<()> {
    let request = ai.begin_sign_in(SignInOptions::default()).await.unwrap();
    // This server shows no pages.
    ai.complete_sign_in(UserAgent::new().open(&request.url).await.callback()).await
}

async fn set_fault(server: &mut Server, name: Option<&str>) {
    server.ask(json!({ "do": "fault", "name": name })).await;
}

#[tokio::test]
#[ignore = "needs npm's oauth2-mock-server: scripts/test providers"]
async fn a_forged_id_token_signs_nobody_in() {
    let mut server = Server::oauth2_mock_server().await;
    let faults = server.ask(json!({ "do": "faults" })).await;
    let faults: Vec<String> = serde_json::from_value(faults["signIn"].clone()).unwrap();
    assert!(faults.len() > 60);
    for name in HARMLESS.iter().chain(&NO_ID_TOKEN).chain(&UNREADABLE) {
        assert!(faults.iter().any(|fault| fault == name), "there is no fault {name}");
    }
    let mut wrong = Vec::new();
    for fault in &faults {
        set_fault(&mut server, Some(fault)).await;
        let ai = app(&server).await;
        let outcome = try_sign_in(&ai).await;
        let signed_in = ai.session_state().await.unwrap() == SessionState::SignedIn;
        let user = ai.session_info().await.unwrap().and_then(|info| info.subject);
        let is_one_of = |names: &[&str]| names.contains(&fault.as_str());
        let is_right = match &outcome {
            Ok(()) if is_one_of(&NO_ID_TOKEN) => signed_in && user.is_none(),
            Ok(()) => signed_in && user.is_some() && is_one_of(&HARMLESS),
            Err(error) if is_one_of(&UNREADABLE) => !signed_in && error.code().starts_with("provider_"),
            Err(error) => !signed_in && error.code() == "provider_id_token_refused",
        };
        if !is_right {
            wrong.push(format!("{fault}: {outcome:?}, signed in: {signed_in}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

// RFC 8414 2 and 3.3, S7
#[tokio::test]
#[ignore = "needs npm's oauth2-mock-server: scripts/test providers"]
async fn metadata_that_cannot_be_trusted_makes_no_provider() {
    let mut server = Server::oauth2_mock_server().await;
    let faults = server.ask(json!({ "do": "faults" })).await;
    let faults: Vec<String> = serde_json::from_value(faults["metadata"].clone()).unwrap();
    assert!(faults.len() > 10);
    let mut wrong = Vec::new();
    for fault in &faults {
        set_fault(&mut server, Some(fault)).await;
        match Provider::discover(&server.issuer).await {
            Err(Error::Provider { .. }) => {}
            other => wrong.push(format!("{fault}: {other:?}")),
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    set_fault(&mut server, None).await;
    Provider::discover(&server.issuer).await.unwrap();
}

// OpenID Connect Core 10.1.1
#[tokio::test]
#[ignore = "needs npm's oauth2-mock-server: scripts/test providers"]
async fn new_keys_are_fetched_once() {
    let mut server = Server::oauth2_mock_server().await;
    let ai = app(&server).await;
    try_sign_in(&ai).await.unwrap();
    server.ask(json!({ "do": "rotateKeys" })).await;
    try_sign_in(&ai).await.unwrap();
    try_sign_in(&ai).await.unwrap();
    assert_eq!(server.ask(json!({ "do": "state" })).await["keyRequests"], 2);
}

// OpenID Connect Core 5.3.2
#[tokio::test]
#[ignore = "needs npm's oauth2-mock-server: scripts/test providers"]
async fn userinfo_of_another_user_is_refused() {
    let mut server = Server::oauth2_mock_server().await;
    let ai = app(&server).await;
    try_sign_in(&ai).await.unwrap();
    for (fault, code) in [("otherUser", "provider_user_info_refused"), ("noUser", "provider_invalid_response")] {
        set_fault(&mut server, Some(fault)).await;
        let error: Error = ai.user_info().await.unwrap_err();
        assert_eq!(error.code(), code, "{fault}: {error}");
    }
    set_fault(&mut server, None).await;
    assert_eq!(ai.user_info().await.unwrap().subject, "johndoe");
}
