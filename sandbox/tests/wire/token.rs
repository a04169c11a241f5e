//! `POST /oauth2/token`: codes.

use std::time::Duration;

use aipass_sandbox::{Client, Sandbox};
use serde_json::json;

use crate::app::{App, CLIENT_ID, REDIRECT_URI, VERIFIER, exchange, oauth_error, read, tokens, with};

const INVALID_GRANT: (u16, &str) = (400, "invalid_grant");

async fn refused(app: &App, body: serde_json::Value, expected: (u16, &str)) {
    let error = oauth_error(app.token(&body).await).await;
    assert_eq!((error.0, error.1.as_str()), expected, "{body}");
}

// wire: token response, snake_case: access_token, refresh_token, expires_in, token_type Bearer, scope
#[tokio::test]
async fn a_code_is_exchanged_for_tokens_that_work() {
    let app = App::start().await;
    let response = app.token(&exchange(&app.code().await)).await;
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert!(response.headers().contains_key("date"));
    let (status, body) = read(response).await;
    assert_eq!(status, 200);
    assert_eq!(body["token_type"], "Bearer");
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(body["scope"], "api:access profile:read");
    assert_eq!(app.userinfo_status(&tokens(&body).access).await, 200);
    assert_eq!((app.sandbox.tokens().live_access, app.sandbox.tokens().live_refresh), (1, 1));
}

// wire: exchange with codeVerifier; RFC 7636 §4.6
#[tokio::test]
async fn the_wrong_verifier_is_refused() {
    let app = App::start().await;
    let body = with(exchange(&app.code().await), "codeVerifier", &"x".repeat(43));
    refused(&app, body, INVALID_GRANT).await;
}

// RFC 7636 §4.1: 43 to 128 unreserved characters
#[tokio::test]
async fn a_malformed_verifier_is_refused() {
    let app = App::start().await;
    for verifier in ["", "short", &"x".repeat(129), &"ä".repeat(43)] {
        let body = with(exchange(&app.code().await), "codeVerifier", verifier);
        refused(&app, body, (400, "invalid_request")).await;
    }
}

// RFC 6749 §4.1.2: a code used twice is refused, and the tokens issued for it are revoked
#[tokio::test]
async fn a_reused_code_revokes_the_tokens_issued_for_it() {
    let app = App::start().await;
    let body = exchange(&app.code().await);
    let tokens = tokens(&read(app.token(&body).await).await.1);
    assert_eq!(app.userinfo_status(&tokens.access).await, 200);
    refused(&app, body, INVALID_GRANT).await;
    assert_eq!(app.userinfo_status(&tokens.access).await, 401);
    assert_eq!(oauth_error(app.refresh(&tokens.refresh).await).await, (400, "invalid_grant".to_owned()));
}

// wire: the code is bound to the exact redirect URI: path, case, port and trailing slash count
#[tokio::test]
async fn another_redirect_uri_is_refused() {
    let app = App::start().await;
    for uri in ["myapp://auth/callback/", "myapp://auth/Callback", "myapp://auth:1/callback", "https://evil.example"] {
        let body = with(exchange(&app.code().await), "redirectUri", uri);
        refused(&app, body, INVALID_GRANT).await;
    }
}

// RFC 6749 §4.1.3: the code was issued to the client that presents it. It stays good for its owner
#[tokio::test]
async fn another_client_is_refused_and_does_not_spend_the_code() {
    let other = Client::public("other", "Other", REDIRECT_URI);
    let app = App::with(Sandbox::builder().client(other)).await;
    let body = exchange(&app.code().await);
    refused(&app, with(body.clone(), "clientId", "other"), INVALID_GRANT).await;
    refused(&app, with(body.clone(), "clientId", "nobody"), (401, "invalid_client")).await;
    assert_eq!(app.token(&body).await.status(), 200);
}

// issue: codes live 60 s
#[tokio::test]
async fn a_code_older_than_a_minute_is_refused() {
    let app = App::start().await;
    let (old, young) = (app.code().await, app.code().await);
    app.sandbox.advance_clock(Duration::from_secs(55));
    assert_eq!(app.token(&exchange(&young)).await.status(), 200);
    app.sandbox.advance_clock(Duration::from_secs(5));
    refused(&app, exchange(&old), INVALID_GRANT).await;
}

#[tokio::test]
async fn a_code_that_was_never_issued_is_refused() {
    let app = App::start().await;
    refused(&app, exchange("guess"), INVALID_GRANT).await;
}

// wire: JSON, camelCase
#[tokio::test]
async fn a_form_is_refused() {
    let app = App::start().await;
    let code = app.code().await;
    let form = format!(
        "grant_type=authorization_code&code={code}&code_verifier={VERIFIER}&client_id={CLIENT_ID}&redirect_uri={REDIRECT_URI}"
    );
    let request = app.http.post(app.url("/oauth2/token"));
    let response = request.header("content-type", "application/x-www-form-urlencoded").body(form).send().await.unwrap();
    assert_eq!(oauth_error(response).await, (415, "invalid_request".to_owned()));
    assert_eq!(app.token(&exchange(&code)).await.status(), 200, "a refused form spends no code");
}

// wire: JSON, camelCase
#[tokio::test]
async fn snake_case_and_malformed_json_are_refused() {
    let app = App::start().await;
    let snake = json!({ "grant_type": "authorization_code", "code": "x", "client_id": CLIENT_ID });
    refused(&app, snake, (400, "invalid_request")).await;
    refused(&app, json!(["grantType"]), (400, "invalid_request")).await;
    refused(&app, with(exchange("x"), "grantType", "password"), (400, "unsupported_grant_type")).await;
    for missing in ["grantType", "code", "codeVerifier", "clientId", "redirectUri"] {
        refused(&app, with(exchange("x"), missing, ""), (400, "invalid_request")).await;
    }
}

// wire: `clientSecret` only for a confidential client
#[tokio::test]
async fn a_secret_is_for_confidential_clients_and_required_of_them() {
    let confidential = Client { secret: Some("s3cret".into()), ..Client::public("server", "Server", REDIRECT_URI) };
    assert!(!format!("{confidential:?}").contains("s3cret"), "S1");
    let app = App::with(Sandbox::builder().client(confidential)).await;
    refused(&app, with(exchange(&app.code().await), "clientSecret", "x"), (401, "invalid_client")).await;
    let body = with(exchange(&app.code_for(&[("client_id", "server")]).await), "clientId", "server");
    refused(&app, body.clone(), (401, "invalid_client")).await;
    refused(&app, with(body.clone(), "clientSecret", "wrong"), (401, "invalid_client")).await;
    assert_eq!(app.token(&with(body, "clientSecret", "s3cret")).await.status(), 200);
}

// wire: CORS is open on `/oauth2/token`
#[tokio::test]
async fn any_web_page_may_use_the_token_endpoint() {
    let app = App::start().await;
    let preflight = app.http.request(reqwest::Method::OPTIONS, app.url("/oauth2/token"));
    let preflight = preflight.header("origin", "https://app.example").header("access-control-request-method", "POST");
    let response = preflight.send().await.unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    assert!(response.headers()["access-control-allow-headers"].to_str().unwrap().contains("content-type"));
    let refused = app.http.post(app.url("/oauth2/token")).header("origin", "https://app.example").send().await.unwrap();
    assert_eq!(refused.status(), 415);
    assert_eq!(refused.headers()["access-control-allow-origin"], "*");
}
