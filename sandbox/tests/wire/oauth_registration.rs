//! Dynamic registration and its management (RFC 7591, 7592).

use reqwest::Method;
use serde_json::{Value, json};

use crate::app::{REDIRECT_URI, oauth_error, read};
use crate::oauth_app::{DEVICE_GRANT, OAuthApp, text};

async fn send(app: &OAuthApp, method: Method, url: &str, token: &str, body: &Value) -> reqwest::Response {
    let request = app.http.request(method, url).bearer_auth(token).header("content-type", "application/json");
    request.body(body.to_string()).send().await.unwrap()
}

async fn register(app: &OAuthApp, body: &Value) -> reqwest::Response {
    let request = app.http.post(app.endpoint("registration_endpoint")).header("content-type", "application/json");
    request.body(body.to_string()).send().await.unwrap()
}

// RFC 7591 §2, §3.2.1: the defaults are those of the RFC
#[tokio::test]
async fn a_client_registers_itself_and_signs_in() {
    let app = OAuthApp::start().await;
    let body =
        json!({ "redirect_uris": [REDIRECT_URI], "client_name": "Notes", "logo_uri": "https://notes.example/l.png" });
    let (status, client) = read(register(&app, &body).await).await;
    assert_eq!(status, 201, "{client}");
    assert_eq!(client["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(client["grant_types"], json!(["authorization_code"]));
    assert_eq!((&client["client_secret_expires_at"], &client["logo_uri"]), (&json!(0), &body["logo_uri"]));
    let id = text(&client, "client_id");
    let code = app.code(&[("client_id", id)]).await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", crate::app::VERIFIER),
    ];
    let url = app.endpoint("token_endpoint");
    let by_form = [form.as_slice(), &[("client_id", id), ("client_secret", text(&client, "client_secret"))]].concat();
    assert_eq!(oauth_error(app.post(url.clone(), &by_form).await).await, (401, "invalid_client".into()));
    let tokens = read(app.post_as(url, &form, Some((id, text(&client, "client_secret")))).await).await.1;
    // It did not register the grant refresh_token.
    assert!(tokens["access_token"].is_string() && tokens["refresh_token"].is_null(), "{tokens}");
}

#[tokio::test]
async fn a_public_client_has_no_secret_and_only_its_grants() {
    let app = OAuthApp::start().await;
    let body = json!({ "grant_types": [DEVICE_GRANT], "token_endpoint_auth_method": "none", "scope": "openid" });
    let (status, client) = read(register(&app, &body).await).await;
    assert_eq!((status, &client["client_secret"]), (201, &Value::Null));
    let id = text(&client, "client_id");
    let started =
        app.post(app.endpoint("device_authorization_endpoint"), &[("client_id", id), ("scope", "openid")]).await;
    assert_eq!(started.status(), 200);
    let refused = app.token(&[("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", id)]).await;
    assert_eq!(oauth_error(refused).await, (400, "unauthorized_client".into()));
}

#[tokio::test]
async fn a_loop_of_registrations_is_bounded() {
    let app = OAuthApp::start().await;
    let body = json!({ "redirect_uris": [REDIRECT_URI], "token_endpoint_auth_method": "none" });
    let mut last = read(register(&app, &body).await).await.1;
    let refused = loop {
        let (status, answer) = read(register(&app, &body).await).await;
        match status {
            201 => last = answer,
            _ => break (status, answer["error"].clone()),
        }
    };
    assert_eq!(refused, (403, json!("too_many_clients")));
    let (uri, token) = (text(&last, "registration_client_uri"), text(&last, "registration_access_token"));
    assert_eq!(send(&app, Method::DELETE, uri, token, &json!({})).await.status(), 204);
    assert_eq!(register(&app, &body).await.status(), 201, "there is room again");
    let large = json!({ "redirect_uris": [REDIRECT_URI], "client_name": "x".repeat(64 * 1024) });
    assert_eq!(oauth_error(register(&app, &large).await).await, (413, "invalid_client_metadata".into()));
}

// RFC 7591 §3.2.2
#[tokio::test]
async fn invalid_registrations_are_refused() {
    let app = OAuthApp::start().await;
    for (member, value, error) in [
        ("redirect_uris", json!([]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["http://app.example/cb"]), "invalid_redirect_uri"),
        ("redirect_uris", json!(["myapp://cb#x"]), "invalid_redirect_uri"),
        ("post_logout_redirect_uris", json!(["no uri"]), "invalid_redirect_uri"),
        ("token_endpoint_auth_method", json!("private_key_jwt"), "invalid_client_metadata"),
        ("grant_types", json!(["password"]), "invalid_client_metadata"),
        ("response_types", json!(["token"]), "invalid_client_metadata"),
        ("scope", json!("fly"), "invalid_client_metadata"),
        ("client_name", json!("a\u{7}"), "invalid_client_metadata"),
        ("client_name", json!(5), "invalid_client_metadata"),
    ] {
        let mut body = json!({ "redirect_uris": [REDIRECT_URI] });
        body[member] = value;
        assert_eq!(oauth_error(register(&app, &body).await).await, (400, error.to_owned()), "{body}");
    }
}

// RFC 7592 §2
#[tokio::test]
async fn a_client_manages_its_registration() {
    let app = OAuthApp::start().await;
    let client = read(register(&app, &json!({ "redirect_uris": [REDIRECT_URI] })).await).await.1;
    let (url, token) = (text(&client, "registration_client_uri"), text(&client, "registration_access_token"));
    let id = text(&client, "client_id");
    assert_eq!(read(send(&app, Method::GET, url, token, &json!({})).await).await, (200, client.clone()));
    assert_eq!(oauth_error(send(&app, Method::GET, url, "wrong", &json!({})).await).await.0, 401);
    let changed = json!({ "client_id": id, "redirect_uris": ["myapp://other"], "client_name": "Renamed" });
    let (status, updated) = read(send(&app, Method::PUT, url, token, &changed).await).await;
    assert_eq!((status, &updated["client_name"]), (200, &json!("Renamed")));
    assert_eq!(updated["redirect_uris"], json!(["myapp://other"]));
    assert_eq!(updated["client_secret"], client["client_secret"]);
    let other = json!({ "client_id": "client_123", "redirect_uris": ["myapp://other"] });
    assert_eq!(oauth_error(send(&app, Method::PUT, url, token, &other).await).await.1, "invalid_client_metadata");
    assert_eq!(send(&app, Method::DELETE, url, token, &json!({})).await.status(), 204);
    assert_eq!(send(&app, Method::GET, url, token, &json!({})).await.status(), 401);
    let built_in = app.url("/register/client_123");
    assert_eq!(send(&app, Method::GET, built_in.as_str(), token, &json!({})).await.status(), 401);
}

// Registrations survive a restart with the rest
#[tokio::test]
async fn a_registration_is_kept_in_the_state_file() {
    let path = std::env::temp_dir().join(format!("aipass-registration-{}.json", std::process::id()));
    let builder = || aipass_sandbox::Sandbox::builder().state(&path);
    let app = OAuthApp::with(builder()).await;
    let client = read(register(&app, &json!({ "redirect_uris": [REDIRECT_URI] })).await).await.1;
    app.sandbox.stop().await;
    let again = OAuthApp::with(builder()).await;
    let url = again.url(&format!("/register/{}", text(&client, "client_id")));
    let response =
        send(&again, Method::GET, url.as_str(), text(&client, "registration_access_token"), &json!({})).await;
    assert_eq!(response.status(), 200);
    std::fs::remove_file(path).unwrap();
}
