//! The authorization code grant of a standard provider.

use aipass_sandbox::{AccessTokens, Client, Sandbox, user_agent};
use serde_json::json;
use url::Url;

use crate::app::{CLIENT_ID, REDIRECT_URI, VERIFIER, ask, oauth_error, parameter, read};
use crate::oauth_app::{OAuthApp, text};

// RFC 9207 §2: the callback says who answers, also with an error
#[tokio::test]
async fn the_callback_names_the_issuer() {
    let app = OAuthApp::start().await;
    let allowed = app.callback(&[]).await;
    let denied = user_agent::deny(&app.authorization_url(&[])).await.unwrap();
    let refused = app.callback(&[("response_type", "token")]).await;
    for callback in [&allowed, &denied, &refused] {
        assert_eq!(parameter(callback, "iss"), Some(app.sandbox.issuer()), "{callback}");
        assert_eq!(parameter(callback, "state").as_deref(), Some("xyz"));
    }
    assert_eq!(parameter(&denied, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&refused, "error").as_deref(), Some("unsupported_response_type"));
}

// RFC 6749 §5.1, §6
#[tokio::test]
async fn a_form_is_exchanged_for_tokens_that_rotate() {
    let app = OAuthApp::start().await;
    let first = app.sign_in().await;
    assert_eq!((&first["token_type"], &first["expires_in"]), (&json!("Bearer"), &json!(3600)));
    assert_eq!(first["scope"], "openid profile email api:access");
    let (status, second) = read(app.refresh(text(&first, "refresh_token")).await).await;
    assert_eq!(status, 200);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    // RFC 9700 §4.14.2: a refresh token used twice ends the sign-in
    assert_eq!(oauth_error(app.refresh(text(&first, "refresh_token")).await).await, (400, "invalid_grant".into()));
    assert_eq!(app.userinfo(text(&second, "access_token")).await.0, 401);
}

#[tokio::test]
async fn json_and_wrong_parameters_are_refused() {
    let app = OAuthApp::start().await;
    let code = app.code(&[]).await;
    let request = app.http.post(app.endpoint("token_endpoint")).header("content-type", "application/json");
    let json = request.body(json!({ "grant_type": "authorization_code" }).to_string()).send().await.unwrap();
    assert_eq!(oauth_error(json).await, (415, "invalid_request".into()));
    let with = async |name: &str, value: &str| {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code.as_str()),
            ("redirect_uri", REDIRECT_URI),
            ("code_verifier", VERIFIER),
            ("client_id", CLIENT_ID),
        ];
        form.retain(|(known, _)| *known != name);
        form.push((name, value));
        oauth_error(app.token(&form).await).await
    };
    assert_eq!(with("grant_type", "password").await, (400, "unsupported_grant_type".into()));
    assert_eq!(with("client_id", "nobody").await, (401, "invalid_client".into()));
    assert_eq!(with("code_verifier", "short").await, (400, "invalid_request".into()));
    assert_eq!(with("resource", "https://api.example/other").await, (400, "invalid_target".into()));
    assert_eq!(with("code_verifier", &"x".repeat(43)).await, (400, "invalid_grant".into()));
}

// RFC 6749 §2.3.1: one method at a time, the secret right
#[tokio::test]
async fn a_confidential_client_authenticates_itself_by_header_or_form() {
    let client = Client { secret: Some("s:é+1".into()), ..Client::public("a server", "Server", REDIRECT_URI) };
    let app = OAuthApp::with(Sandbox::builder().client(client)).await;
    let url = app.endpoint("token_endpoint");
    let form = [("grant_type", "client_credentials"), ("scope", "api:access")];
    let encoded = ("a+server", "s%3A%C3%A9%2B1");
    let (status, tokens) = read(app.post_as(url.clone(), &form, Some(encoded)).await).await;
    assert_eq!((status, &tokens["scope"]), (200, &json!("api:access")));
    assert!(tokens["refresh_token"].is_null() && tokens["id_token"].is_null(), "{tokens}");
    let by_form = [form[0], ("client_id", "a server"), ("client_secret", "s:é+1")];
    assert_eq!(app.token(&by_form).await.status(), 200);
    let wrong = app.post_as(url.clone(), &form, Some(("a+server", "wrong"))).await;
    assert_eq!(wrong.headers()["www-authenticate"], r#"Basic realm="sandbox""#);
    assert_eq!(oauth_error(wrong).await, (401, "invalid_client".into()));
    assert_eq!(oauth_error(app.post_as(url, &by_form, Some(encoded)).await).await, (400, "invalid_request".into()));
    let public = [form[0], ("client_id", CLIENT_ID)];
    assert_eq!(oauth_error(app.token(&public).await).await, (400, "unauthorized_client".into()));
}

// RFC 8252 §7.3: any port of a loopback redirect URI; nothing else may differ
#[tokio::test]
async fn the_port_of_a_loopback_redirect_uri_may_differ() {
    let client = Client::public("cli", "Program", "http://127.0.0.1:8252/callback");
    let app = OAuthApp::with(Sandbox::builder().client(client)).await;
    let callback = app.callback(&[("client_id", "cli"), ("redirect_uri", "http://127.0.0.1:9/callback")]).await;
    assert_eq!(callback.port(), Some(9));
    for uri in [
        "http://127.0.0.1:9/other",
        "https://127.0.0.1:9/callback",
        "http://127.0.0.2/callback",
        "myapp://auth/Callback",
    ] {
        let url = app.authorization_url(&[("client_id", "cli"), ("redirect_uri", uri)]);
        assert!(user_agent::consent(&url).await.is_err(), "{uri}");
    }
}

// RFC 8707, OpenID Connect Core §3.1.2.6
#[tokio::test]
async fn what_a_request_must_not_ask_for_is_an_error_of_its_own() {
    let app = OAuthApp::start().await;
    for (name, value, error) in [
        ("scope", "openid fly", "invalid_scope"),
        ("resource", "not a uri", "invalid_target"),
        ("resource", "https://api.example/#x", "invalid_target"),
        ("request", "eyJ", "request_not_supported"),
        ("response_mode", "fragment", "invalid_request"),
        ("prompt", "none", "login_required"),
        ("code_challenge", "", "invalid_request"),
    ] {
        let callback = app.callback(&[(name, value)]).await;
        assert_eq!(parameter(&callback, "error").as_deref(), Some(error), "{name}={value}");
    }
}

// RFC 9068, RFC 8707: the access token says what it is for
#[tokio::test]
async fn access_tokens_can_be_jwts_for_a_resource() {
    let app = OAuthApp::with(Sandbox::builder().access_tokens(AccessTokens::Jwt)).await;
    let code = app.code(&[("resource", "https://api.example/v1")]).await;
    let tokens = read(app.exchange(&code).await).await.1;
    let claims = app.verified(text(&tokens, "access_token")).await.unwrap();
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(app.sandbox.issuer()), &json!("https://api.example/v1")));
    assert_eq!((&claims["client_id"], &claims["sub"]), (&json!(CLIENT_ID), &json!("user_123")));
    assert_eq!(app.userinfo(text(&tokens, "access_token")).await.0, 200);
    app.sandbox.expire_access_tokens();
    assert_eq!(app.userinfo(text(&tokens, "access_token")).await.0, 401);
}

#[tokio::test]
async fn a_provider_may_issue_no_refresh_tokens() {
    let app = OAuthApp::with(Sandbox::builder().refresh_tokens(false)).await;
    let tokens = app.sign_in().await;
    assert!(tokens["refresh_token"].is_null() && tokens["id_token"].is_string(), "{tokens}");
    assert!(!app.metadata["grant_types_supported"].as_array().unwrap().contains(&json!("refresh_token")));
    assert_eq!(app.sandbox.tokens().live_refresh, 0);
}

// From phones and emulators: their address of this machine is in the issuer, also where a test plays the user
#[tokio::test]
async fn the_control_api_plays_the_user_of_an_emulator() {
    let app = OAuthApp::start().await;
    let mut url = app.authorization_url(&[]);
    url.set_host(Some("10.0.2.2")).unwrap();
    let body = json!({ "url": url, "decision": "allow" }).to_string();
    let request = app.http.post(app.url("/sandbox/user-agent")).header("content-type", "application/json").body(body);
    let callback = Url::parse(text(&read(request.send().await.unwrap()).await.1, "callback")).unwrap();
    let port = app.sandbox.base_url().port().unwrap();
    assert_eq!(parameter(&callback, "iss"), Some(format!("http://10.0.2.2:{port}")));
    assert_eq!(app.exchange(&parameter(&callback, "code").unwrap()).await.status(), 200);
}

// The model API is below it as for AI Pass
#[tokio::test]
async fn a_sign_in_can_chat() {
    let app = OAuthApp::start().await;
    let chat = async |tokens: &serde_json::Value| {
        let url = Url::parse(&format!("{}/chat/completions", app.sandbox.model_api_url())).unwrap();
        let request = app.http.post(url).bearer_auth(text(tokens, "access_token"));
        request.header("content-type", "application/json").body(ask("hello").to_string()).send().await.unwrap().status()
    };
    assert_eq!(chat(&app.sign_in().await).await, 200);
    let narrow = read(app.exchange(&app.code(&[("scope", "openid")]).await).await).await.1;
    assert_eq!(chat(&narrow).await, 403);
}
