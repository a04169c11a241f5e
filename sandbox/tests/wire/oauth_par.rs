//! Pushed authorization requests (RFC 9126).

use std::time::Duration;

use aipass_sandbox::{Sandbox, user_agent};
use serde_json::json;
use url::Url;

use crate::app::{CLIENT_ID, oauth_error, parameter, read};
use crate::oauth_app::{OAuthApp, Pairs, text};

async fn push(app: &OAuthApp, changes: Pairs<'_>) -> reqwest::Response {
    let request = app.request(changes);
    let form: Vec<(&str, &str)> = request.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    app.post(app.endpoint("pushed_authorization_request_endpoint"), &form).await
}

fn with_uri(app: &OAuthApp, client_id: &str, uri: &str) -> Url {
    let mut url = app.endpoint("authorization_endpoint");
    url.query_pairs_mut().append_pair("client_id", client_id).append_pair("request_uri", uri);
    url
}

// §2.2, §4
#[tokio::test]
async fn a_pushed_request_is_used_once_by_its_client() {
    let app = OAuthApp::with(Sandbox::builder().require_pushed_requests(true)).await;
    assert_eq!(app.metadata["require_pushed_authorization_requests"], true);
    let (status, pushed) = read(push(&app, &[]).await).await;
    assert_eq!((status, &pushed["expires_in"]), (201, &json!(60)));
    let uri = text(&pushed, "request_uri");
    assert!(user_agent::consent(&with_uri(&app, "aipass_cli", uri)).await.is_err(), "another client's");
    let callback = user_agent::consent(&with_uri(&app, CLIENT_ID, uri)).await.unwrap();
    assert_eq!(parameter(&callback, "state").as_deref(), Some("xyz"));
    assert_eq!(parameter(&callback, "iss"), Some(app.sandbox.issuer()));
    assert_eq!(app.exchange(&parameter(&callback, "code").unwrap()).await.status(), 200);
    assert!(user_agent::consent(&with_uri(&app, CLIENT_ID, uri)).await.is_err(), "used");
}

#[tokio::test]
async fn a_pushed_request_expires_after_a_minute() {
    let app = OAuthApp::start().await;
    let pushed = read(push(&app, &[]).await).await.1;
    app.sandbox.advance_clock(Duration::from_secs(60));
    assert!(user_agent::consent(&with_uri(&app, CLIENT_ID, text(&pushed, "request_uri"))).await.is_err());
}

// §2.3: errors come at once, as JSON
#[tokio::test]
async fn errors_of_a_pushed_request_come_at_once() {
    let app = OAuthApp::start().await;
    for (name, value, status, error) in [
        ("redirect_uri", "https://evil.example", 400, "invalid_request"),
        ("scope", "fly", 400, "invalid_scope"),
        ("code_challenge_method", "plain", 400, "invalid_request"),
        ("request_uri", "urn:x", 400, "invalid_request"),
        ("client_id", "nobody", 401, "invalid_client"),
        ("client_secret", "x", 401, "invalid_client"),
    ] {
        assert_eq!(oauth_error(push(&app, &[(name, value)]).await).await, (status, error.to_owned()), "{name}");
    }
}

// §5
#[tokio::test]
async fn a_request_in_the_url_is_refused_where_pushing_is_required() {
    let app = OAuthApp::with(Sandbox::builder().require_pushed_requests(true)).await;
    let callback = app.callback(&[]).await;
    assert_eq!(parameter(&callback, "error").as_deref(), Some("invalid_request"));
    assert_eq!(parameter(&callback, "iss"), Some(app.sandbox.issuer()));
}
