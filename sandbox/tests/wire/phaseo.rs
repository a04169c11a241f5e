//! Phaseo, formerly AI Stats: its sign-in and its gateway.

use std::time::Duration;

use aipass_sandbox::{AccessTokens, PHASEO_API_KEY, Sandbox, user_agent};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::app::{CLIENT_ID, REDIRECT_URI, ask, oauth_error, parameter, read};
use crate::oauth_app::{OAuthApp, text};

async fn chat(app: &OAuthApp, access_token: &str) -> (u16, Value) {
    let url = format!("{}/chat/completions", app.sandbox.model_api_url());
    let request = app.http.post(url).bearer_auth(access_token).header("content-type", "application/json");
    read(request.body(ask("hello").to_string()).send().await.unwrap()).await
}

// other-providers.md: an opaque token for seven days, no refresh token, no id_token; iss in the callback
#[tokio::test]
async fn todays_sign_in_gets_one_opaque_token_for_seven_days() {
    let app = OAuthApp::phaseo(Sandbox::builder()).await;
    let callback = app.callback(&[("resource", "https://api.phaseo.app/v1")]).await;
    assert_eq!(parameter(&callback, "iss"), Some(app.sandbox.issuer()));
    let tokens = read(app.exchange(&parameter(&callback, "code").unwrap()).await).await.1;
    assert_eq!(tokens["expires_in"], 7 * 24 * 3600);
    assert!(tokens["refresh_token"].is_null() && tokens["id_token"].is_null(), "{tokens}");
    assert!(text(&tokens, "access_token").starts_with("sandbox_at_"));
    let access = text(&tokens, "access_token");
    assert_eq!(app.userinfo(access).await.1["sub"], "user_123");
    app.sandbox.advance_clock(Duration::from_secs(7 * 24 * 3600 - 60));
    assert_eq!(chat(&app, access).await.0, 200);
}

// Seed 003: JWTs of one hour, refresh tokens
#[tokio::test]
async fn the_seeds_sign_in_gets_a_jwt_for_an_hour_and_refreshes() {
    let app = OAuthApp::phaseo(Sandbox::builder().access_tokens(AccessTokens::Jwt)).await;
    let tokens = app.sign_in().await;
    assert_eq!(tokens["expires_in"], 3600);
    let claims = app.verified(text(&tokens, "access_token")).await.unwrap();
    assert_eq!((&claims["iss"], &claims["client_id"]), (&json!(app.sandbox.issuer()), &json!(CLIENT_ID)));
    assert!(app.verified(text(&tokens, "id_token")).await.is_some());
    let refreshed = read(app.refresh(text(&tokens, "refresh_token")).await).await.1;
    assert_eq!(chat(&app, text(&refreshed, "access_token")).await.0, 200);
}

// Seed 003, Troubleshooting: the four errors can be told apart
#[tokio::test]
async fn its_errors_are_told_apart() {
    let app = OAuthApp::phaseo(Sandbox::builder()).await;
    assert!(user_agent::consent(&app.authorization_url(&[("redirect_uri", "myapp://auth/other")])).await.is_err());
    let code = app.code(&[]).await;
    let wrong = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", "another-verifier-another-verifier-another-v"),
        ("client_id", CLIENT_ID),
    ];
    let pkce = read(app.token(&wrong).await).await.1;
    assert_eq!(
        (&pkce["error"], &pkce["error_description"]),
        (&json!("invalid_grant"), &json!("PKCE verification failed"))
    );
    let (first, second) = (app.sign_in().await, app.sign_in().await);
    app.sandbox.expire_access_tokens();
    let expired = chat(&app, text(&first, "access_token")).await;
    assert_eq!((expired.0, &expired.1["description"]), (401, &json!("Token has expired")));
    app.sandbox.revoke_grants();
    let revoked = chat(&app, text(&second, "access_token")).await;
    assert_eq!((revoked.0, &revoked.1["description"]), (401, &json!("Authorization has been revoked")));
}

// other-providers.md: {error: "code", error_type, description, generation_id}
#[tokio::test]
async fn the_gateways_errors_have_its_shape() {
    let app = OAuthApp::phaseo(Sandbox::builder()).await;
    let access = text(&app.sign_in().await, "access_token").to_owned();
    let check = |(status, error): (u16, Value), expected: u16, code: &str| {
        assert_eq!(
            (status, &error["error"], &error["error_type"]),
            (expected, &json!(code), &json!("user")),
            "{error}"
        );
        assert!(error["description"].is_string() && text(&error, "generation_id").starts_with("gen_"), "{error}");
        assert_eq!(error.as_object().unwrap().len(), 4);
    };
    check(chat(&app, "guess").await, 401, "unauthorised");
    let missing = app.get(app.url("/v1/nowhere"), &access).await;
    check(read(missing).await, 404, "not_found");
    let identity = read(app.exchange(&app.code(&[("scope", "openid")]).await).await).await.1;
    check(chat(&app, text(&identity, "access_token")).await, 403, "forbidden");
    app.sandbox.set_remaining_budget(Decimal::ZERO);
    check(chat(&app, &access).await, 402, "insufficient_funds");
    let models = read(app.get(app.url("/v1/models"), &access).await).await;
    assert!(!models.1["data"].as_array().unwrap().is_empty());
}

// Seed 003: openid is required
#[tokio::test]
async fn openid_is_required() {
    let app = OAuthApp::phaseo(Sandbox::builder()).await;
    let callback = app.callback(&[("scope", "gateway:access")]).await;
    assert_eq!(parameter(&callback, "error").as_deref(), Some("invalid_scope"));
}

// RFC 7009: whoever has a token may revoke it
#[tokio::test]
async fn a_token_is_revoked_without_a_client() {
    let app = OAuthApp::phaseo(Sandbox::builder()).await;
    let access = text(&app.sign_in().await, "access_token").to_owned();
    for token in ["guess", &access] {
        assert_eq!(app.post(app.endpoint("revocation_endpoint"), &[("token", token)]).await.status(), 200);
    }
    assert_eq!(app.userinfo(&access).await.0, 401);
}

// other-providers.md: POST /v1/oauth-clients with an API key; registration and devices are closed to apps
#[tokio::test]
async fn a_client_is_registered_by_api_key_alone() {
    let app = OAuthApp::phaseo(Sandbox::builder()).await;
    let create = async |key: &str, body: Value| {
        let request = app.http.post(app.url("/v1/oauth-clients")).bearer_auth(key);
        read(request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap()).await
    };
    let uri = "https://notes.example/callback";
    let body = json!({ "name": "Notes", "redirect_uris": [uri], "homepage_url": "https://notes.example" });
    let (status, client) = create(PHASEO_API_KEY, body.clone()).await;
    assert_eq!((status, &client["client_type"]), (201, &json!("confidential")), "{client}");
    let callback = app.callback(&[("client_id", text(&client, "client_id")), ("redirect_uri", uri)]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &parameter(&callback, "code").unwrap()),
        ("redirect_uri", uri),
        ("code_verifier", crate::app::VERIFIER),
        ("client_id", text(&client, "client_id")),
        ("client_secret", text(&client, "client_secret")),
    ];
    assert_eq!(app.token(&form).await.status(), 200);
    assert_eq!(create("guess", body).await.1["error"], "unauthorised");
    assert_eq!(create(PHASEO_API_KEY, json!({ "name": "No", "redirect_uris": [uri] })).await.0, 400);
    let registration = app.http.post(app.url("/oauth/register")).send().await.unwrap();
    assert_eq!(oauth_error(registration).await, (403, "registration_not_supported".into()));
    let device = app.post(app.endpoint("device_authorization_endpoint"), &[("client_id", CLIENT_ID)]).await;
    assert_eq!(oauth_error(device).await, (401, "invalid_client".into()));
}
