//! The control API: what a test in any language does to a sandbox.

use aipass_sandbox::Sandbox;
use reqwest::{Method, Response};
use serde_json::{Value, json};
use std::time::Duration;
use url::Url;

use crate::app::{App, ask, exchange, oauth_error, parameter, read, tokens};

impl App {
    pub async fn control(&self, operation: &str, body: &Value) -> (u16, Value) {
        let request = self.http.post(self.control_url(operation)).header("content-type", "application/json");
        read(request.body(body.to_string()).send().await.unwrap()).await
    }

    pub async fn look(&self, what: &str) -> Value {
        read(self.http.get(self.control_url(what)).send().await.unwrap()).await.1
    }

    pub fn control_url(&self, operation: &str) -> String {
        format!("{}/{operation}", self.sandbox.control_url())
    }
}

// A test in any language plays the user
#[tokio::test]
async fn the_user_allows_and_denies() {
    let app = App::start().await;
    let url = app.authorization_url(&[]);
    let (status, response) = app.control("user-agent", &json!({ "url": url, "decision": "allow" })).await;
    assert_eq!(status, 200, "{response}");
    let callback = Url::parse(response["callback"].as_str().unwrap()).unwrap();
    assert_eq!(parameter(&callback, "state").as_deref(), Some("a state & more"));
    let issued = app.token(&exchange(&parameter(&callback, "code").unwrap())).await;
    assert_eq!(issued.status(), 200);
    let (_, response) = app.control("user-agent", &json!({ "url": url, "decision": "deny" })).await;
    let callback = Url::parse(response["callback"].as_str().unwrap()).unwrap();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("access_denied"));
}

#[tokio::test]
async fn other_addresses_of_this_machine_work_and_foreign_names_do_not() {
    let app = App::start().await;
    let mut url = app.authorization_url(&[]);
    for address in ["10.0.2.2", "localhost", "192.0.2.7"] {
        url.set_host(Some(address)).unwrap();
        assert_eq!(app.control("user-agent", &json!({ "url": url, "decision": "allow" })).await.0, 200, "{address}");
    }
    url.set_host(Some("evil.example")).unwrap();
    let (status, response) = app.control("user-agent", &json!({ "url": url, "decision": "allow" })).await;
    assert_eq!((status, &response["error"]), (400, &json!("invalid_request")));
    let refused = app.authorization_url(&[("client_id", "nobody")]);
    let (status, response) = app.control("user-agent", &json!({ "url": refused, "decision": "allow" })).await;
    assert_eq!((status, &response["error"]), (400, &json!("no_callback")));
    assert!(response["error_description"].as_str().unwrap().contains("No app is registered"), "{response}");
}

#[tokio::test]
async fn tokens_expire_and_grants_are_revoked() {
    let app = App::start().await;
    let first = app.sign_in().await;
    app.control("expire-access-tokens", &json!({})).await;
    assert_eq!(app.userinfo_status(&first.access).await, 401);
    let second = tokens(&read(app.refresh(&first.refresh).await).await.1);
    assert_eq!(app.userinfo_status(&second.access).await, 200);
    app.control("advance-clock", &json!({ "seconds": 3600 })).await;
    assert_eq!(app.userinfo_status(&second.access).await, 401);
    app.control("revoke-grants", &json!({})).await;
    assert_eq!(oauth_error(app.refresh(&second.refresh).await).await, (400, "invalid_grant".to_owned()));
}

#[tokio::test]
async fn the_budget_is_what_remains() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200);
    app.control("budget", &json!({ "remaining": "0.00" })).await;
    let (status, body) = read(app.chat(&access, &ask("hello")).await).await;
    assert_eq!((status, &body["error"]["type"]), (400, &json!("budget_exceeded")));
    app.control("budget", &json!({ "remaining": "1.00" })).await;
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200);
}

#[tokio::test]
async fn the_state_says_what_is_open_spent_and_live() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    app.chat(&access, &ask("hello")).await.bytes().await.unwrap();
    let state = app.look("state").await;
    assert_eq!(
        state["tokens"],
        json!({ "live_access": 1, "live_refresh": 1, "issued_for_codes": 1, "issued_for_refreshes": 0 })
    );
    assert_eq!((&state["streams_open"], &state["connections_open"]), (&json!(0), &json!(1)));
    assert_eq!(state["spent"].as_str().unwrap(), app.sandbox.spent().to_string());
}

// A request log with timings, credentials redacted, as JSON
#[tokio::test]
async fn the_log_tells_how_each_request_ended_and_no_secret() {
    let app = App::start().await;
    let issued = app.sign_in().await;
    app.get(&format!("/v1/models/{}", issued.access), &issued.access).send().await.unwrap();
    let log = app.look("requests").await;
    let requests = log["requests"].as_array().unwrap();
    let paths: Vec<&str> = requests.iter().map(|request| request["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/oauth2/authorize", "/oauth2/authorize", "/oauth2/token", "/v1/models/"]);
    let token = &requests[2];
    assert_eq!(
        (&token["method"], &token["status"], &token["ended"]),
        (&json!("POST"), &json!(200), &json!("answered"))
    );
    assert!(token["bytes"].as_u64().unwrap() > 100 && token["milliseconds"].as_f64().is_some(), "{token}");
    assert!(token["started"].as_str().unwrap() <= token["finished"].as_str().unwrap());
    for secret in [&issued.access, &issued.refresh] {
        assert!(!log.to_string().contains(secret.as_str()));
    }
    assert!(!log.to_string().contains("state"), "no query is kept");
}

// So that a web page cannot drive it
#[tokio::test]
async fn no_web_page_but_the_dashboard_may_use_the_control_api() {
    let app = App::start().await;
    let send = async |method: Method, operation: &str, header: (&str, &str), json: bool| -> Response {
        let request = app.http.request(method, app.control_url(operation)).header(header.0, header.1);
        let kind = if json { "application/json" } else { "text/plain" };
        request.header("content-type", kind).body("{}").send().await.unwrap()
    };
    let own = app.sandbox.base_url().origin().ascii_serialization();
    let other_name = own.replace("127.0.0.1", "localhost");
    let (other_port, other_scheme) = (format!("{own}1"), own.replace("http:", "https:"));
    for origin in ["https://evil.example", "null", "http://", "", &other_name, &other_port, &other_scheme] {
        assert_eq!(send(Method::POST, "revoke-grants", ("origin", origin), true).await.status(), 403, "{origin}");
        assert_eq!(send(Method::GET, "requests", ("origin", origin), true).await.status(), 403, "{origin}");
        assert_eq!(send(Method::OPTIONS, "faults", ("origin", origin), true).await.status(), 403, "{origin}");
    }
    for (site, status) in [("cross-site", 403), ("same-site", 403), ("", 403), ("none", 200), ("same-origin", 200)] {
        assert_eq!(send(Method::GET, "state", ("sec-fetch-site", site), true).await.status(), status, "{site}");
    }
    // The dashboard; but a page's form cannot send JSON.
    assert_eq!(send(Method::POST, "revoke-grants", ("origin", &own), true).await.status(), 200);
    assert_eq!(send(Method::POST, "revoke-grants", ("origin", &own), false).await.status(), 415);
    assert_eq!(send(Method::POST, "revoke-grants", ("host", "evil.example"), true).await.status(), 421);
    assert_eq!(send(Method::POST, "revoke-grants", ("x-other", "1"), false).await.status(), 415);
    assert_eq!(send(Method::DELETE, "faults", ("x-other", "1"), false).await.status(), 415);
    assert_eq!(send(Method::DELETE, "faults", ("x-aipass-sandbox", "1"), false).await.status(), 200);
}

#[tokio::test]
async fn invalid_operations_get_an_error() {
    let app = App::start().await;
    for (operation, body) in [
        ("budget", json!({ "remaining": "much" })),
        ("budget", json!({})),
        ("advance-clock", json!({ "seconds": -1 })),
        ("user-agent", json!({ "url": app.authorization_url(&[]), "decision": "perhaps" })),
        ("faults", json!({ "endpoint": "kitchen", "fault": { "kind": "garbage" } })),
        ("faults", json!({ "endpoint": "chat", "fault": { "kind": "flood" } })),
        ("faults", json!({ "endpoint": "chat", "fault": { "kind": "status", "status": 42 } })),
        (
            "faults",
            json!({ "endpoint": "chat", "fault": { "kind": "status", "status": 429, "headers": { "a b": "" } } }),
        ),
        ("faults", json!({ "endpoint": "chat", "fault": { "kind": "garbage", "more": 1 } })),
    ] {
        let (status, response) = app.control(operation, &body).await;
        assert_eq!((status, &response["error"]), (400, &json!("invalid_request")), "{operation} {body}");
        assert!(response["error_description"].is_string());
    }
    assert_eq!(app.control("dance", &json!({})).await.0, 404);
    assert_eq!(app.control("state", &json!({})).await.0, 405);
}

#[tokio::test]
async fn stop_responds_and_then_closes_the_listener() {
    let mut app = App::start().await;
    assert_eq!(app.control("stop", &json!({})).await.0, 200);
    tokio::time::timeout(Duration::from_secs(180), app.sandbox.stopped()).await.unwrap();
    assert!(app.http.get(app.url("/v1/models")).send().await.is_err());
}

// Strict Host checks. A name can be rebound; the address that a client reached it at cannot
#[cfg(target_os = "linux")]
#[tokio::test]
async fn under_lan_it_accepts_the_address_it_was_reached_at() {
    let app = App::with(Sandbox::builder().lan(true)).await;
    let port = app.sandbox.base_url().port().unwrap();
    // Linux answers at every address of 127.0.0.0/8: this one stands for a phone's way in.
    let at = |path: &str| format!("http://127.0.0.2:{port}{path}");
    let metadata = read(app.http.get(at("/.well-known/oauth-authorization-server")).send().await.unwrap()).await;
    assert_eq!((metadata.0, &metadata.1["issuer"]), (200, &json!(at(""))));
    for host in [format!("phone.example:{port}"), format!("127.0.0.3:{port}"), "127.0.0.2".to_owned()] {
        let mistaken = app.http.get(at("/v1/models")).header("host", &host).send().await.unwrap();
        assert_eq!(mistaken.status(), 421, "{host}");
    }
    let alone = App::start().await;
    let unreachable = format!("http://127.0.0.2:{}/", alone.sandbox.base_url().port().unwrap());
    assert!(alone.http.get(unreachable).send().await.unwrap_err().is_connect(), "loopback only unless asked");
}

// The control API stays on this machine. A machine without a network cannot be asked from elsewhere
#[tokio::test]
async fn under_lan_the_control_api_refuses_the_network() {
    let app = App::with(Sandbox::builder().lan(true)).await;
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();
    // Chooses a route and sends nothing.
    let routed = socket.connect("192.0.2.1:9").and_then(|()| socket.local_addr());
    let Some(address) = routed.ok().map(|address| address.ip()).filter(|address| !address.is_loopback()) else {
        return;
    };
    let url = format!("http://{address}:{}/sandbox/state", app.sandbox.base_url().port().unwrap());
    assert_eq!(oauth_error(app.http.get(url).send().await.unwrap()).await, (403, "access_denied".to_owned()));
}
