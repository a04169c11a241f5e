//! id_tokens, keys and userinfo.

use serde_json::json;

use crate::app::{CLIENT_ID, read};
use crate::oauth_app::{NONCE, OAuthApp, json_part, text};

// OpenID Connect Core §2, §3.1.3.3
#[tokio::test]
async fn the_id_token_is_signed_for_this_sign_in() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    let id_token = text(&tokens, "id_token");
    let header = json_part(id_token, 0);
    assert_eq!((&header["alg"], &header["typ"]), (&json!("ES256"), &json!("JWT")));
    let claims = app.verified(id_token).await.unwrap();
    assert_eq!((&claims["iss"], &claims["aud"]), (&json!(app.sandbox.issuer()), &json!(CLIENT_ID)));
    assert_eq!((&claims["nonce"], &claims["sub"]), (&json!(NONCE), &json!("user_123")));
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
    assert_eq!((&claims["name"], &claims["email"]), (&json!("Robin Example"), &json!("robin@example.com")));
    // OpenID Connect Core §12.2: a refreshed id_token has no nonce
    let refreshed = read(app.refresh(text(&tokens, "refresh_token")).await).await.1;
    assert!(app.verified(text(&refreshed, "id_token")).await.unwrap()["nonce"].is_null());
}

#[tokio::test]
async fn without_the_scope_openid_there_is_no_id_token_and_no_userinfo() {
    let app = OAuthApp::start().await;
    let tokens = read(app.exchange(&app.code(&[("scope", "api:access")]).await).await).await.1;
    assert!(tokens["id_token"].is_null(), "{tokens}");
    assert_eq!(app.userinfo(text(&tokens, "access_token")).await.0, 403);
}

// OpenID Connect Core §5.3, §5.4: GET and POST; each scope adds its claims
#[tokio::test]
async fn userinfo_says_what_the_scopes_allow() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    let all =
        json!({ "sub": "user_123", "name": "Robin Example", "email": "robin@example.com", "email_verified": true });
    assert_eq!(app.userinfo(text(&tokens, "access_token")).await, (200, all.clone()));
    let post = app.http.post(app.endpoint("userinfo_endpoint")).bearer_auth(text(&tokens, "access_token"));
    assert_eq!(read(post.send().await.unwrap()).await, (200, all));
    let narrow = read(app.exchange(&app.code(&[("scope", "openid")]).await).await).await.1;
    assert_eq!(app.userinfo(text(&narrow, "access_token")).await, (200, json!({ "sub": "user_123" })));
}

// RFC 7517: no private part is published
#[tokio::test]
async fn keys_rotate_and_the_previous_one_stays_published() {
    let app = OAuthApp::start().await;
    let old = app.sign_in().await;
    let before = app.keys().await;
    assert_eq!(before.len(), 1);
    assert_eq!((&before[0]["kty"], &before[0]["crv"]), (&json!("EC"), &json!("P-256")));
    assert!(before[0]["d"].is_null());
    app.sandbox.rotate_keys();
    let new = app.sign_in().await;
    assert_ne!(json_part(text(&new, "id_token"), 0)["kid"], before[0]["kid"]);
    assert!(app.verified(text(&new, "id_token")).await.is_some());
    assert!(app.verified(text(&old, "id_token")).await.is_some());
    app.sandbox.rotate_keys();
    assert!(app.verified(text(&old, "id_token")).await.is_none());
}
