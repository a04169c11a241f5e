//! Who gets in: bearer tokens, scopes, URLs without tokens, hosts and origins.

use aipass_sandbox::Client;
use aipass_sandbox::Sandbox;
use reqwest::header::HOST;
use serde_json::json;

use crate::app::{App, CLIENT_ID, REDIRECT_URI, ask, read};

const API: [&str; 3] = ["/oauth2/v1/models", "/v1/models", "/api/v1/usage/me/summary"];

// RFC 6750 §3: 401 with WWW-Authenticate
#[tokio::test]
async fn a_call_without_a_live_token_gets_a_challenge() {
    let app = App::start().await;
    for path in API.into_iter().chain(["/oauth2/userinfo"]) {
        let bare = app.http.get(app.url(path)).send().await.unwrap();
        assert_eq!(bare.status(), 401, "{path}");
        assert_eq!(bare.headers()["www-authenticate"], r#"Bearer realm="AI Pass""#);
        let bad = app.get(path, "sandbox_at_wrong").send().await.unwrap();
        assert_eq!(bad.status(), 401, "{path}");
        assert!(bad.headers()["www-authenticate"].to_str().unwrap().contains(r#"error="invalid_token""#));
        let basic = app.http.get(app.url(path)).basic_auth("a", Some("b")).send().await.unwrap();
        assert_eq!(basic.status(), 401, "{path}");
    }
}

// wire: scopes `api:access`, `profile:read`; userinfo needs `profile:read`
#[tokio::test]
async fn scopes_are_enforced() {
    let app = App::start().await;
    let api = app.sign_in_for("api:access").await.access;
    assert_eq!(app.get("/v1/models", &api).send().await.unwrap().status(), 200);
    let refused = app.get("/oauth2/userinfo", &api).send().await.unwrap();
    assert_eq!(refused.status(), 403);
    assert!(refused.headers()["www-authenticate"].to_str().unwrap().contains(r#"error="insufficient_scope""#));
    let profile = app.sign_in_for("profile:read").await.access;
    for path in API {
        assert_eq!(app.get(path, &profile).send().await.unwrap().status(), 403, "{path}");
    }
    assert_eq!(app.chat(&profile, &ask("hello")).await.status(), 403);
    let (status, user) = read(app.get("/oauth2/userinfo", &profile).send().await.unwrap()).await;
    assert_eq!((status, &user["sub"], &user["email"]), (200, &json!("user_123"), &json!("robin@example.com")));
}

// wire: never a token in a URL
#[tokio::test]
async fn a_token_in_the_url_is_refused() {
    let app = App::start().await;
    let tokens = app.sign_in().await;
    for path in ["/v1/models", "/oauth2/v1/models", "/oauth2/userinfo", "/api/v1/usage/me/summary", "/oauth2/token"] {
        for (name, value) in [("access_token", "x"), ("token", "x"), ("q", &tokens.access), ("q", &tokens.refresh)] {
            let mut url = app.url(path);
            url.query_pairs_mut().append_pair(name, value);
            let status = app.http.get(url).bearer_auth(&tokens.access).send().await.unwrap().status();
            assert_eq!(status, 400, "{path}?{name}=…");
        }
    }
}

// wire: `X-AIPass-OAuth-Client-Id: <client id>`
#[tokio::test]
async fn the_client_id_header_must_name_the_tokens_client() {
    let app = App::with(Sandbox::builder().client(Client::public("other", "Other", REDIRECT_URI))).await;
    let access = app.sign_in().await.access;
    for (client, status) in [(CLIENT_ID, 200), ("other", 403), ("nobody", 403)] {
        let request = app.get("/v1/models", &access).header("x-aipass-oauth-client-id", client);
        assert_eq!(request.send().await.unwrap().status(), status, "{client}");
    }
}

// wire: only the endpoints listed are proxied
#[tokio::test]
async fn an_unknown_path_is_404() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    for path in ["/", "/oauth2", "/oauth2/v1/files", "/v1/key/info", "/v1/models/gpt-4o-mini/x", "/api/v1/nothing"] {
        let (status, body) = read(app.get(path, &access).send().await.unwrap()).await;
        assert_eq!(status, 404, "{path}");
        assert!(body.is_object(), "{path}");
    }
    let (status, body) = read(app.get("/v1/chat/completions", &access).send().await.unwrap()).await;
    assert_eq!((status, body["error"]["code"].as_str()), (405, Some("405")));
}

// issue: strict Host checks, so that no rebound name reaches it
#[tokio::test]
async fn a_request_for_another_host_is_refused() {
    let app = App::start().await;
    let port = app.sandbox.base_url().port().unwrap();
    for host in
        ["evil.example".to_owned(), format!("evil.example:{port}"), "127.0.0.1".to_owned(), "127.0.0.1:1".to_owned()]
    {
        let response = app.http.get(app.authorization_url(&[])).header(HOST, &host).send().await.unwrap();
        assert_eq!(response.status(), 421, "{host}");
    }
    for host in [format!("localhost:{port}"), format!("127.0.0.1:{port}"), format!("[::1]:{port}")] {
        let response = app.http.get(app.authorization_url(&[])).header(HOST, &host).send().await.unwrap();
        assert_eq!(response.status(), 200, "{host}");
    }
}

// issue: strict Origin checks, so that a web page cannot drive it
#[tokio::test]
async fn a_page_of_another_origin_is_refused() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let own = app.sandbox.base_url().origin().ascii_serialization();
    for (origin, status) in
        [("https://evil.example", 403), ("http://127.0.0.1:1", 403), (own.as_str(), 200), ("null", 200)]
    {
        let response = app.get("/v1/models", &access).header("origin", origin).send().await.unwrap();
        assert_eq!(response.status(), status, "{origin}");
        assert!(response.headers().get("access-control-allow-origin").is_none());
    }
}
