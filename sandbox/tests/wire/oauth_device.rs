//! Device authorization (RFC 8628).

use std::time::Duration;

use aipass_sandbox::{DeviceDecision, Sandbox};
use serde_json::{Value, json};

use crate::app::{CLIENT_ID, oauth_error, read};
use crate::oauth_app::{DEVICE_GRANT, OAuthApp, text};

async fn begin(app: &OAuthApp) -> Value {
    let form = [("client_id", CLIENT_ID), ("scope", "openid api:access")];
    let (status, started) = read(app.post(app.endpoint("device_authorization_endpoint"), &form).await).await;
    assert_eq!(status, 200, "{started}");
    started
}

async fn poll(app: &OAuthApp, started: &Value) -> reqwest::Response {
    let code = text(started, "device_code");
    app.token(&[("grant_type", DEVICE_GRANT), ("device_code", code), ("client_id", CLIENT_ID)]).await
}

async fn poll_error(app: &OAuthApp, started: &Value) -> String {
    let (status, error) = oauth_error(poll(app, started).await).await;
    assert_eq!(status, 400, "{error}");
    error
}

// §3.2, §3.5: the page, entered by hand
#[tokio::test]
async fn the_user_enters_the_code_and_allows_it() {
    let app = OAuthApp::start().await;
    let started = begin(&app).await;
    assert_eq!((&started["interval"], &started["expires_in"]), (&json!(5), &json!(600)));
    assert_eq!(poll_error(&app, &started).await, "authorization_pending");
    let page = app.endpoint("issuer").join("device").unwrap();
    assert_eq!(started["verification_uri"], json!(page.as_str()));
    let html = app.http.get(page.clone()).send().await.unwrap().text().await.unwrap();
    assert!(html.contains(r#"name="user_code""#), "{html}");
    // §6.1: case and punctuation do not count
    let typed = text(&started, "user_code").to_lowercase().replace('-', " ");
    let html = app.post(page.clone(), &[("user_code", &typed)]).await.text().await.unwrap();
    assert!(html.contains("Receipts") && html.contains("Use AI models"), "{html}");
    let token = html.split_once(r#"name="consent_token" value=""#).unwrap().1.split('"').next().unwrap();
    let allow = [("consent_token", token), ("decision", "allow")];
    let done = app.post(page.clone(), &allow).await;
    assert_eq!(done.status(), 200);
    assert_eq!(app.post(page, &allow).await.status(), 400, "a page works once");
    let (status, tokens) = read(poll(&app, &started).await).await;
    assert_eq!((status, &tokens["scope"]), (200, &json!("openid api:access")));
    assert!(app.verified(text(&tokens, "id_token")).await.is_some());
    assert_eq!(poll_error(&app, &started).await, "invalid_grant", "a device code works once");
}

// §3.3.1
#[tokio::test]
async fn the_complete_link_needs_no_typing_and_a_wrong_code_is_asked_again() {
    let app = OAuthApp::start().await;
    let started = begin(&app).await;
    let html = app.http.get(text(&started, "verification_uri_complete")).send().await.unwrap().text().await.unwrap();
    assert!(html.contains(text(&started, "user_code")) && html.contains("consent_token"), "{html}");
    let wrong = app.http.get(app.url("/device?user_code=%3Cb%3E")).send().await.unwrap();
    assert_eq!(wrong.status(), 400);
    assert!(wrong.text().await.unwrap().contains("&lt;b&gt;"));
}

// §3.5: each early poll makes the pause 5 seconds longer
#[tokio::test]
async fn a_device_that_polls_too_fast_is_slowed_down() {
    let app = OAuthApp::start().await;
    let started = begin(&app).await;
    assert_eq!(poll_error(&app, &started).await, "authorization_pending");
    assert_eq!(poll_error(&app, &started).await, "slow_down");
    app.sandbox.advance_clock(Duration::from_secs(6));
    assert_eq!(poll_error(&app, &started).await, "slow_down");
    app.sandbox.advance_clock(Duration::from_secs(16));
    assert_eq!(poll_error(&app, &started).await, "authorization_pending");
}

#[tokio::test]
async fn a_test_decides_in_place_of_the_user() {
    let app = OAuthApp::start().await;
    assert!(!app.sandbox.decide_device(None, DeviceDecision::Allow), "none waits");
    let (first, second) = (begin(&app).await, begin(&app).await);
    assert!(app.sandbox.decide_device(Some(text(&first, "user_code")), DeviceDecision::Deny));
    assert!(app.sandbox.decide_device(None, DeviceDecision::Expire));
    assert_eq!(poll_error(&app, &first).await, "access_denied");
    assert_eq!(poll_error(&app, &second).await, "expired_token");
    let third = begin(&app).await;
    let control = async |body: Value| {
        let request = app.http.post(app.url("/sandbox/device")).header("content-type", "application/json");
        request.body(body.to_string()).send().await.unwrap().status()
    };
    assert_eq!(control(json!({ "user_code": "BBBB-BBBB", "decision": "allow" })).await, 404);
    assert_eq!(control(json!({ "user_code": third["user_code"], "decision": "allow" })).await, 200);
    assert_eq!(poll(&app, &third).await.status(), 200);
}

// §3.2: interval is optional; §3.1
#[tokio::test]
async fn the_interval_may_be_missing_and_codes_expire() {
    let app = OAuthApp::with(Sandbox::builder().device_interval(None)).await;
    let started = begin(&app).await;
    assert!(started["interval"].is_null());
    assert_eq!(poll_error(&app, &started).await, "authorization_pending");
    app.sandbox.advance_clock(Duration::from_secs(4));
    assert_eq!(poll_error(&app, &started).await, "slow_down");
    app.sandbox.advance_clock(Duration::from_secs(600));
    assert_eq!(poll_error(&app, &started).await, "expired_token");
    let url = app.endpoint("device_authorization_endpoint");
    let refused = app.post(url.clone(), &[("client_id", CLIENT_ID), ("scope", "fly")]).await;
    assert_eq!(oauth_error(refused).await, (400, "invalid_scope".into()));
    let unknown = app.post(url, &[("client_id", "nobody"), ("scope", "openid")]).await;
    assert_eq!(oauth_error(unknown).await, (401, "invalid_client".into()));
}
