//! Introspection (RFC 7662) and revocation (RFC 7009).

use serde_json::{Value, json};

use crate::app::{CLIENT_ID, oauth_error, read};
use crate::oauth_app::{OAuthApp, text};

async fn introspect(app: &OAuthApp, token: &str) -> Value {
    let form = [("token", token), ("client_id", CLIENT_ID)];
    let (status, body) = read(app.post(app.endpoint("introspection_endpoint"), &form).await).await;
    assert_eq!(status, 200, "{body}");
    body
}

async fn revoke(app: &OAuthApp, token: &str, client_id: &str) -> reqwest::Response {
    app.post(app.endpoint("revocation_endpoint"), &[("token", token), ("client_id", client_id)]).await
}

// RFC 7662 §2.2
#[tokio::test]
async fn introspection_describes_both_tokens_while_they_work() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    let facts = introspect(&app, access).await;
    assert_eq!((&facts["active"], &facts["client_id"]), (&json!(true), &json!(CLIENT_ID)));
    assert_eq!((&facts["scope"], &facts["sub"]), (&tokens["scope"], &json!("user_123")));
    assert_eq!((&facts["token_type"], &facts["iss"]), (&json!("Bearer"), &json!(app.sandbox.issuer())));
    assert!(facts["exp"].is_i64());
    assert_eq!(introspect(&app, refresh).await["active"], true);
    app.sandbox.expire_access_tokens();
    assert_eq!(introspect(&app, access).await, json!({ "active": false }));
    assert_eq!(introspect(&app, refresh).await["active"], true);
    assert_eq!(introspect(&app, "guess").await, json!({ "active": false }));
}

// RFC 7662 §4: no fishing for other clients' tokens; §2.1: only with authorization
#[tokio::test]
async fn another_client_learns_nothing() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    let url = app.endpoint("introspection_endpoint");
    let token = ("token", text(&tokens, "access_token"));
    let other = read(app.post(url.clone(), &[token, ("client_id", "aipass_cli")]).await).await;
    assert_eq!(other, (200, json!({ "active": false })));
    assert_eq!(oauth_error(app.post(url.clone(), &[token]).await).await, (400, "invalid_request".into()));
    assert_eq!(oauth_error(app.post(url, &[token, ("client_id", "nobody")]).await).await.0, 401);
}

// RFC 7009 §2.1, §2.2
#[tokio::test]
async fn either_token_is_revoked_by_its_client_alone() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    let (access, refresh) = (text(&tokens, "access_token"), text(&tokens, "refresh_token"));
    assert_eq!(oauth_error(revoke(&app, access, "aipass_cli").await).await, (400, "invalid_grant".into()));
    assert_eq!(revoke(&app, access, CLIENT_ID).await.status(), 200);
    assert_eq!(app.userinfo(access).await.0, 401);
    assert_eq!(introspect(&app, refresh).await["active"], true);
    assert_eq!(revoke(&app, refresh, CLIENT_ID).await.status(), 200);
    assert_eq!(introspect(&app, refresh).await["active"], false);
    assert_eq!(revoke(&app, "guess", CLIENT_ID).await.status(), 200);
}

// RFC 6750 §2.3: no token in a URL
#[tokio::test]
async fn a_token_in_the_url_is_refused() {
    let app = OAuthApp::start().await;
    let mut url = app.endpoint("revocation_endpoint");
    url.set_query(Some("token=x&client_id=client_123"));
    assert_eq!(oauth_error(app.post(url, &[]).await).await, (400, "invalid_request".into()));
}
