//! The dashboard: its page, and the events that it reads.

use std::time::Duration;

use aipass_sandbox::{Endpoint, Fault, Sandbox};
use reqwest::{Method, Response};
use serde_json::{Value, json};

use crate::app::{App, ask, read};

/// What a browser accepts when it opens a page.
const BROWSER: &str = "text/html,application/xhtml+xml,*/*;q=0.8";

/// The events of one reader.
struct Events {
    response: Response,
    /// What was received and is no whole event yet.
    received: String,
    /// Events that were not asked for yet: name and data.
    waiting: Vec<(String, Value)>,
}

impl Events {
    async fn of(app: &App) -> Self {
        let response = app.http.get(app.control_url("events")).send().await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Self { response, received: String::new(), waiting: Vec::new() }
    }

    /// The data of the next event with this name; `None` if there are no more.
    async fn next(&mut self, name: &str) -> Option<Value> {
        loop {
            if let Some(position) = self.waiting.iter().position(|(known, _)| known == name) {
                return Some(self.waiting.remove(position).1);
            }
            while let Some((event, rest)) = self.received.split_once("\n\n") {
                let (name, data) = event.strip_prefix("event: ").unwrap().split_once("\ndata: ").unwrap();
                self.waiting.push((name.to_owned(), serde_json::from_str(data).unwrap()));
                self.received = rest.to_owned();
            }
            if self.waiting.iter().any(|(known, _)| known == name) {
                continue;
            }
            self.received += std::str::from_utf8(&self.response.chunk().await.ok()??).unwrap();
        }
    }

    /// The first event with this name that is as `expected`.
    async fn until(&mut self, name: &str, expected: impl Fn(&Value) -> bool) -> Value {
        loop {
            let event = self.next(name).await.unwrap();
            if expected(&event) {
                return event;
            }
        }
    }
}

#[tokio::test]
async fn the_page_and_its_files_allow_nothing_inline_and_nothing_from_elsewhere() {
    let app = App::start().await;
    let browse = async |path: &str| app.http.get(app.url(path)).header("accept", BROWSER).send().await.unwrap();
    for (path, media_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/sandbox/dashboard.css", "text/css; charset=utf-8"),
        ("/sandbox/dashboard.js", "text/javascript; charset=utf-8"),
    ] {
        let response = browse(path).await;
        assert_eq!(response.status(), 200, "{path}");
        let header = |name: &str| response.headers()[name].to_str().unwrap();
        assert_eq!(header("content-type"), media_type);
        assert_eq!((header("x-content-type-options"), header("x-frame-options")), ("nosniff", "DENY"));
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self';"), "{policy}");
        assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"), "{policy}");
        let text = response.text().await.unwrap();
        for elsewhere in ["http://", "https://", "<style", "style=", "onclick", "innerHTML", "//# source"] {
            assert!(!text.contains(elsewhere), "{path} has {elsewhere}");
        }
        let scripts = text.matches("<script").count();
        assert_eq!(scripts, text.matches("<script src=\"/sandbox/").count(), "{path} has a script of its own");
    }
    assert!(app.sandbox.request_log().is_empty(), "the dashboard is no request of an app");
}

// A wrong base URL in an app is still a 404, which faults apply to and which is logged
#[tokio::test]
async fn a_program_that_asks_for_the_root_gets_404() {
    let app = App::start().await;
    for (method, accept) in [(Method::GET, "*/*"), (Method::GET, "application/json"), (Method::POST, BROWSER)] {
        let request = app.http.request(method.clone(), app.url("/")).header("accept", accept);
        assert_eq!(request.send().await.unwrap().status(), 404, "{method} {accept}");
    }
    assert_eq!(app.sandbox.requests("/"), 3);
}

// As no web page may drive the control API, none may show the dashboard as its own
#[tokio::test]
async fn the_page_is_for_this_machine_under_its_own_names() {
    let app = App::start().await;
    let get = async |header: (&str, &str)| {
        app.http.get(app.url("/")).header("accept", BROWSER).header(header.0, header.1).send().await.unwrap()
    };
    assert_eq!(get(("host", "evil.example")).await.status(), 421);
    assert_eq!(get(("sec-fetch-site", "cross-site")).await.status(), 200, "a link to it works");
    let foreign = app.http.get(app.control_url("events")).header("sec-fetch-site", "cross-site").send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    let port = app.sandbox.base_url().port().unwrap();
    for (host, origin) in [("127.0.0.1", "127.0.0.1"), ("localhost", "LOCALHOST"), ("10.0.2.2", "10.0.2.2")] {
        let request = app.http.post(app.control_url("revoke-grants")).header("host", format!("{host}:{port}"));
        let request =
            request.header("origin", format!("http://{origin}:{port}")).header("sec-fetch-site", "same-origin");
        let own = request.header("content-type", "application/json").body("{}").send().await.unwrap();
        assert_eq!(own.status(), 200, "{host}");
    }
}

#[tokio::test]
async fn events_tell_what_there_is_and_then_what_changes() {
    let app = App::start().await;
    let tokens = app.sign_in().await;
    let mut events = Events::of(&app).await;
    let overview = events.next("overview").await.unwrap();
    let mut looked = app.look("overview").await;
    // Of both readers, in place of one.
    looked["state"]["connections_open"] = json!(1);
    assert_eq!(overview, looked);
    assert_eq!(overview["provider"]["catalogue"], "today");
    assert_eq!((&overview["budget"], &overview["remaining"]), (&json!("10"), &json!("10")));
    let before: Vec<Value> = serde_json::from_value(events.next("requests").await.unwrap()).unwrap();
    let paths: Vec<&str> = before.iter().map(|request| request["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/oauth2/authorize", "/oauth2/authorize", "/oauth2/token"]);

    app.sandbox.add_fault(Endpoint::Chat, Fault::status(503), Some(1)).unwrap();
    let changed = events.until("overview", |overview| overview["faults"] != json!([])).await;
    let fault = json!({ "kind": "status", "status": 503, "headers": {}, "body": "" });
    assert_eq!(changed["faults"], json!([{ "id": 1, "endpoint": "chat", "fault": fault, "times": 1 }]));
    assert_eq!(app.chat(&tokens.access, &ask("hello")).await.status(), 503);
    let is_503 = |requests: &Value| requests[0]["status"] == 503 && requests[0]["ended"] == "fault";
    let refused = events.until("requests", is_503).await;
    assert_eq!((&refused[0]["number"], &refused[0]["fault"]), (&json!(3), &json!("status")));
    assert_eq!((&refused[0]["client_id"], &refused[0]["cost"]), (&json!("client_123"), &Value::Null));
    events.until("overview", |overview| overview["faults"] == json!([])).await;

    app.chat(&tokens.access, &ask("hello")).await.bytes().await.unwrap();
    let spent = app.sandbox.spent().to_string();
    let paid = events.until("requests", |requests| requests[0]["ended"] == "answered").await;
    assert_eq!((&paid[0]["number"], &paid[0]["cost"]), (&json!(4), &json!(spent)));
    let charged = events.until("overview", |overview| overview["state"]["spent"] == json!(spent)).await;
    let client = charged["clients"].as_array().unwrap().iter().find(|client| client["client_id"] == "client_123");
    assert_eq!((&client.unwrap()["paid_calls"], &client.unwrap()["cost"]), (&json!(1), &json!(spent)));
}

// A charge stands with its request, however the response ends
#[tokio::test]
async fn a_request_has_its_cost_when_it_is_streamed_and_when_a_fault_replaces_the_response() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let mut streamed = ask("hello");
    streamed["stream"] = json!(true);
    app.chat(&access, &streamed).await.bytes().await.unwrap();
    let cost = app.sandbox.spent();
    assert_eq!(app.sandbox.request_log().last().unwrap().cost, Some(cost));
    for fault in ["garbage", "gzip", "cost_unknown", "truncation:3", "reset:0"] {
        let before = app.sandbox.spent();
        app.sandbox.add_fault(Endpoint::Chat, fault.parse().unwrap(), Some(1)).unwrap();
        let _ = app.chat(&access, &ask("hello")).await.bytes().await;
        let record = app.sandbox.request_log().pop().unwrap();
        assert_eq!(record.cost, Some(app.sandbox.spent() - before), "{fault}");
        assert!(record.cost > Some(Default::default()), "{fault}");
    }
    app.get("/v1/models", &access).send().await.unwrap();
    assert_eq!(app.sandbox.request_log().last().unwrap().cost, None, "the catalogue is free of charge");
}

// S1: tokens redacted
#[tokio::test]
async fn neither_events_nor_overview_have_a_secret() {
    let app = App::start().await;
    let first = app.sign_in().await;
    let confidential = json!({
        "clientName": "Server",
        "redirectUri": "https://app.example/cb",
        "requestedScopes": ["api:access"],
        "clientType": "CONFIDENTIAL",
    });
    let registering = app.http.post(app.url("/api/v1/oauth2/clients")).header("content-type", "application/json");
    let (_, registered) = read(registering.body(confidential.to_string()).send().await.unwrap()).await;
    let secret = registered["data"]["clientSecret"].as_str().unwrap().to_owned();
    let second = crate::app::tokens(&read(app.refresh(&first.refresh).await).await.1);
    let waiting = app.code().await;
    app.get(&format!("/v1/models/{}", second.access), &second.access).send().await.unwrap();
    let mut events = Events::of(&app).await;
    let told = format!("{:?} {:?}", events.next("overview").await, events.next("requests").await);
    let told = format!("{told} {} {}", app.look("overview").await, app.look("requests").await);
    for secret in [&first.access, &first.refresh, &second.access, &second.refresh, &secret, &waiting] {
        let part = &secret[secret.len() - 12..];
        assert!(!told.contains(part), "{told}");
    }
    assert!(told.contains("\"confidential\":true") || told.contains("\"confidential\": Bool(true)"), "{told}");
}

#[tokio::test]
async fn sessions_say_what_an_app_can_still_do() {
    let app = App::start().await;
    let state = async || app.look("overview").await["sessions"][0]["state"].as_str().map(str::to_owned);
    assert_eq!(state().await, None);
    let tokens = app.sign_in().await;
    assert_eq!(state().await.as_deref(), Some("live"));
    app.sandbox.expire_access_tokens();
    let session = app.look("overview").await["sessions"][0].clone();
    assert_eq!((&session["state"], &session["access_expires"]), (&json!("access_expired"), &Value::Null));
    app.refresh(&tokens.refresh).await;
    let session = app.look("overview").await["sessions"][0].clone();
    assert_eq!((&session["state"], &session["refreshes"]), (&json!("live"), &json!(1)));
    app.sign_in().await;
    let sessions = app.look("overview").await["sessions"].clone();
    assert_eq!((&sessions[0]["number"], &sessions[1]["number"]), (&json!(1), &json!(0)), "the newest first");
    app.sandbox.revoke_grants();
    assert_eq!(state().await.as_deref(), Some("revoked"));
    let without = App::with(Sandbox::builder().refresh_tokens(false)).await;
    let code = without.code().await;
    assert_eq!(without.token(&crate::app::exchange(&code)).await.status(), 200);
    without.sandbox.expire_access_tokens();
    assert_eq!(without.look("overview").await["sessions"][0]["state"], "ended");
}

#[tokio::test]
async fn one_fault_is_removed_and_the_others_stay() {
    let app = App::start().await;
    for kind in ["garbage", "html_200", "gzip"] {
        app.control("faults", &json!({ "endpoint": "*", "fault": { "kind": kind } })).await;
    }
    let listed = app.look("faults").await;
    let active: Vec<&Value> =
        listed["active"].as_array().unwrap().iter().map(|fault| &fault["fault"]["kind"]).collect();
    assert_eq!(active, ["garbage", "html_200", "gzip"]);
    assert_eq!(listed["endpoints"].as_array().unwrap().len(), Endpoint::ALL.len());
    let delete = async |id: &Value| {
        let url = app.control_url(&format!("faults/{id}"));
        let request = app.http.request(Method::DELETE, url).header("content-type", "application/json");
        read(request.send().await.unwrap()).await
    };
    let id = &listed["active"][1]["id"];
    assert_eq!(delete(id).await, (200, json!({})));
    assert_eq!(delete(id).await.0, 404);
    let left: Vec<&str> = app.sandbox.active_faults().iter().map(|active| active.fault.kind()).collect();
    assert_eq!(left, ["garbage", "gzip"]);
    assert!(app.sandbox.remove_fault(1) && !app.sandbox.remove_fault(1));
}

#[tokio::test]
async fn more_than_16_readers_are_refused_and_a_place_becomes_free_again() {
    let app = App::start().await;
    let mut readers = Vec::new();
    for _ in 0..16 {
        let mut events = Events::of(&app).await;
        events.next("overview").await.unwrap();
        readers.push(events);
    }
    let one_more = async || app.http.get(app.control_url("events")).send().await.unwrap();
    let (status, error) = read(one_more().await).await;
    assert_eq!((status, &error["error"]), (503, &json!("temporarily_unavailable")));
    readers.pop();
    // Only ends what hangs: the sandbox notices when it looks next.
    let free = async {
        while one_more().await.status() != 200 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(180), free).await.unwrap();
}

#[tokio::test]
async fn events_end_when_the_sandbox_is_stopped() {
    let mut app = App::start().await;
    let mut events = Events::of(&app).await;
    events.next("overview").await.unwrap();
    app.control("stop", &json!({})).await;
    assert_eq!(events.next("nothing").await, None);
    tokio::time::timeout(Duration::from_secs(180), app.sandbox.stopped()).await.unwrap();
}

#[tokio::test]
async fn the_newest_200_requests_are_told_with_paths_cut_short() {
    let app = App::start().await;
    for number in 0..205 {
        app.http.get(app.url(&format!("/{number}/{}", "long/".repeat(100)))).send().await.unwrap();
    }
    let requests = Events::of(&app).await.next("requests").await.unwrap();
    let requests = requests.as_array().unwrap();
    assert_eq!((requests.len(), &requests[0]["number"]), (200, &json!(5)));
    let path = requests[199]["path"].as_str().unwrap();
    assert!(path.starts_with("/204/long/") && path.ends_with('…') && path.len() < 310, "{path}");
}
