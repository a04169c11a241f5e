//! `/api/v1/oauth2/clients`: registration and management.

use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;

use crate::app::{App, ask, exchange, oauth_error, read, tokens, with};

const CLIENTS: &str = "/api/v1/oauth2/clients";

impl App {
    async fn clients(&self, method: Method, path: &str, bearer: Option<&str>, body: Option<&Value>) -> Response {
        let mut request = self.http.request(method, self.url(&format!("{CLIENTS}{path}")));
        if let Some(token) = bearer {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.header("content-type", "application/json").body(body.to_string());
        }
        request.send().await.unwrap()
    }

    async fn register(&self, body: &Value) -> Value {
        let (status, response) = read(self.clients(Method::POST, "", None, Some(body)).await).await;
        assert_eq!((status, &response["success"]), (201, &json!(true)), "{response}");
        response["data"].clone()
    }

    /// Signs in with a client that was registered with `myapp://other`.
    async fn sign_in_with(&self, client_id: &str, secret: Option<&str>) -> Value {
        let code = self.code_for(&[("client_id", client_id), ("redirect_uri", "myapp://other")]).await;
        let mut request = with(with(exchange(&code), "clientId", client_id), "redirectUri", "myapp://other");
        if let Some(secret) = secret {
            request = with(request, "clientSecret", secret);
        }
        read(self.token(&request).await).await.1
    }
}

fn registration() -> Value {
    json!({ "clientName": "My Flutter App", "redirectUri": "myapp://other", "requestedScopes": ["api:access", "profile:read"] })
}

// wire: `POST /api/v1/oauth2/clients` → 201 envelope with id, clientId, clientSecret, clientName, …
#[tokio::test]
async fn an_app_that_registers_can_sign_in() {
    let app = App::start().await;
    let client = app.register(&registration()).await;
    for name in ["id", "clientId", "clientName", "clientType", "createdAt", "updatedAt"] {
        assert!(client[name].is_string(), "{name} of {client}");
    }
    assert_eq!((&client["clientSecret"], &client["clientType"]), (&Value::Null, &json!("PUBLIC")));
    assert_eq!((&client["redirectUris"], &client["isActive"]), (&json!(["myapp://other"]), &json!(true)));
    assert_eq!((&client["scopes"], &client["requirePkce"]), (&json!(["api:access", "profile:read"]), &json!(true)));
    let issued = app.sign_in_with(client["clientId"].as_str().unwrap(), None).await;
    assert!(issued["access_token"].is_string(), "{issued}");
}

// wire: `redirectUris[]`, `accessTokenTtlSeconds?`, `refreshTokenTtlSeconds?`; clientSecret is shown once
#[tokio::test]
async fn a_confidential_client_has_its_secret_and_its_own_lifetimes() {
    let app = App::start().await;
    let asked = json!({ "clientName": "Server", "redirectUris": ["https://server.example/cb", "myapp://other"],
        "requestedScopes": ["api:access", "profile:read"], "clientType": "CONFIDENTIAL",
        "accessTokenTtlSeconds": 60, "refreshTokenTtlSeconds": 120 });
    let client = app.register(&asked).await;
    let (id, secret) = (client["clientId"].as_str().unwrap(), client["clientSecret"].as_str().unwrap());
    assert!(app.sign_in_with(id, None).await["error"] == "invalid_client");
    let response = app.sign_in_with(id, Some(secret)).await;
    assert_eq!(response["expires_in"], 60);
    let issued = tokens(&response);
    let shown = read(app.clients(Method::GET, &format!("/{id}"), Some(&issued.access), None).await).await.1;
    assert_eq!(shown["data"]["clientSecret"], Value::Null);
    app.sandbox.advance_clock(Duration::from_secs(60));
    assert_eq!(app.userinfo_status(&issued.access).await, 401);
    app.sandbox.advance_clock(Duration::from_secs(60));
    let refresh =
        json!({ "grantType": "refresh_token", "refreshToken": issued.refresh, "clientId": id, "clientSecret": secret });
    assert_eq!(oauth_error(app.token(&refresh).await).await, (400, "invalid_grant".to_owned()));
}

// wire: `GET` list, `GET /{id}`, `PUT /{id}`, `DELETE /{id}`, `POST /{id}/deactivate`
#[tokio::test]
async fn a_user_manages_clients() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let client = app.register(&registration()).await;
    let (id, client_id) = (client["id"].as_str().unwrap().to_owned(), client["clientId"].as_str().unwrap().to_owned());
    let listed = read(app.clients(Method::GET, "", Some(&access), None).await).await.1;
    let ids: Vec<&str> = listed["data"].as_array().unwrap().iter().map(|it| it["clientId"].as_str().unwrap()).collect();
    assert!(ids.contains(&"client_123") && ids.contains(&client_id.as_str()), "{ids:?}");
    for name in [&id, &client_id] {
        let one = read(app.clients(Method::GET, &format!("/{name}"), Some(&access), None).await).await;
        assert_eq!((one.0, &one.1["data"]["clientName"]), (200, &json!("My Flutter App")));
    }
    let change = json!({ "clientName": "Renamed" });
    let changed = read(app.clients(Method::PUT, &format!("/{id}"), Some(&access), Some(&change)).await).await.1;
    assert_eq!(
        (&changed["data"]["clientName"], &changed["data"]["redirectUris"]),
        (&json!("Renamed"), &json!(["myapp://other"]))
    );

    let issued = tokens(&app.sign_in_with(&client_id, None).await);
    let path = format!("/{id}/deactivate");
    let off = read(app.clients(Method::POST, &path, Some(&access), None).await).await.1;
    assert_eq!(off["data"]["isActive"], false);
    assert_eq!(app.userinfo_status(&issued.access).await, 401, "its sessions end");
    let page = app.http.get(app.authorization_url(&[("client_id", &client_id), ("redirect_uri", "myapp://other")]));
    assert_eq!(page.send().await.unwrap().status(), 400);

    assert_eq!(app.clients(Method::DELETE, &format!("/{id}"), Some(&access), None).await.status(), 200);
    assert_eq!(app.clients(Method::GET, &format!("/{id}"), Some(&access), None).await.status(), 404);
}

// wire: `GET /{clientId}/usage`
#[tokio::test]
async fn usage_is_counted_per_client() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let client_id = app.register(&registration()).await["clientId"].as_str().unwrap().to_owned();
    let other = tokens(&app.sign_in_with(&client_id, None).await).access;
    app.chat(&other, &ask("hello")).await;
    let used = read(app.clients(Method::GET, &format!("/{client_id}/usage"), Some(&access), None).await).await.1;
    assert_eq!(used["data"]["totalRequests"], 1);
    assert_eq!(used["data"]["totalCost"].as_f64(), app.sandbox.spent().to_string().parse().ok());
    let used = read(app.clients(Method::GET, "/client_123/usage", Some(&access), None).await).await.1;
    assert_eq!(used["data"]["totalRequests"], 0);
}

#[tokio::test]
async fn only_a_user_manages_clients() {
    let app = App::start().await;
    let profile = app.sign_in_for("profile:read").await.access;
    for (method, path) in [
        (Method::GET, ""),
        (Method::GET, "/client_123"),
        (Method::PUT, "/client_123"),
        (Method::DELETE, "/client_123"),
        (Method::POST, "/client_123/deactivate"),
        (Method::GET, "/client_123/usage"),
    ] {
        let nobody = app.clients(method.clone(), path, None, Some(&json!({}))).await;
        assert_eq!(
            (nobody.status().as_u16(), &read(nobody).await.1["success"]),
            (401, &json!(false)),
            "{method} {path}"
        );
        let other = app.clients(method.clone(), path, Some(&profile), Some(&json!({}))).await;
        assert_eq!(other.status(), 403, "{method} {path}");
    }
}

// RFC 6749 §3.1.2; RFC 9700 §4.1: what could become an open redirect, or a script, is not registered
#[tokio::test]
async fn an_invalid_registration_changes_nothing() {
    let app = App::start().await;
    for (name, value) in [
        ("clientName", json!("")),
        ("clientName", json!("a\nb")),
        ("clientName", json!(7)),
        ("redirectUri", json!("/callback")),
        ("redirectUri", json!("myapp://x#y")),
        ("redirectUri", json!("http://evil.example/")),
        ("redirectUri", json!("javascript:alert(1)")),
        ("redirectUris", json!([])),
        ("requestedScopes", json!([])),
        ("requestedScopes", json!(["everything"])),
        ("clientType", json!("SECRET")),
        ("accessTokenTtlSeconds", json!(0)),
    ] {
        let mut body = registration();
        body[name] = value.clone();
        let (status, response) = read(app.clients(Method::POST, "", None, Some(&body)).await).await;
        assert_eq!((status, &response["error"]), (400, &json!("invalid_request")), "{name} {value}");
    }
    let request = app.http.post(app.url(CLIENTS)).header("content-type", "text/plain").body("{}");
    assert_eq!(request.send().await.unwrap().status(), 415);
    let access = app.sign_in().await.access;
    let change = json!({ "clientName": "New", "redirectUri": "javascript:alert(1)" });
    assert_eq!(app.clients(Method::PUT, "/client_123", Some(&access), Some(&change)).await.status(), 400);
    let kept = read(app.clients(Method::GET, "/client_123", Some(&access), None).await).await.1;
    assert_eq!(kept["data"]["clientName"], "Receipts");
}
