//! Faults, as a client meets them.

use std::io::ErrorKind;
use std::time::Duration;

use aipass_sandbox::{Ending, Endpoint, Fault, RequestRecord, Sandbox};
use serde_json::{Value, json};

use crate::app::{App, ask, read};

async fn app_with(fault: Value) -> (App, String) {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let (status, response) = app.control("faults", &json!({ "endpoint": "chat", "fault": fault, "times": 1 })).await;
    assert_eq!(status, 200, "{response}");
    (app, access)
}

/// The record of the first chat, once it has ended.
async fn first_chat(app: &App) -> RequestRecord {
    for _ in 0..2000 {
        let log = app.sandbox.request_log();
        let chat = log.into_iter().find(|record| record.path.ends_with("/chat/completions"));
        if let Some(chat) = chat.filter(|chat| chat.ended.is_some()) {
            return chat;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the chat never ended");
}

fn streamed() -> Value {
    let mut request = ask("hello");
    request["stream"] = json!(true);
    request
}

#[tokio::test]
async fn a_status_replaces_the_response_for_the_given_number_of_requests() {
    let fault = json!({ "kind": "status", "status": 429, "headers": { "retry-after": "7" }, "body": "{\"error\":1}" });
    let (app, access) = app_with(fault).await;
    let before = app.sandbox.spent();
    let response = app.chat(&access, &ask("hello")).await;
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (429, &"7".parse().unwrap()));
    assert_eq!(read(response).await.1, json!({ "error": 1 }));
    assert_eq!(app.sandbox.spent(), before, "nothing was processed");
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200);
    let record = first_chat(&app).await;
    assert_eq!((record.status, record.ended, record.fault), (Some(429), Some(Ending::Fault), Some("status")));
}

#[tokio::test]
async fn a_delay_comes_before_an_unchanged_response() {
    let (app, access) = app_with(json!({ "kind": "delay", "milliseconds": 60 })).await;
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200);
    let record = first_chat(&app).await;
    assert!(record.took.unwrap() >= Duration::from_millis(60), "{record:?}");
    assert_eq!((record.ended, record.fault), (Some(Ending::Answered), Some("delay")));
}

#[tokio::test]
async fn a_truncated_response_ends_as_though_it_were_complete() {
    let (app, access) = app_with(json!({ "kind": "truncation", "bytes": 10 })).await;
    let response = app.chat(&access, &ask("hello")).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.bytes().await.unwrap().len(), 10);
    app.sandbox.add_fault(Endpoint::Chat, Fault::Truncation { bytes: 300 }, Some(1)).unwrap();
    let stream = app.chat(&access, &streamed()).await.text().await.unwrap();
    assert!(stream.len() == 300 && stream.starts_with("data: {") && !stream.contains("[DONE]"), "{stream}");
    let record = first_chat(&app).await;
    assert_eq!((record.bytes, record.ended), (10, Some(Ending::Fault)));
}

/// Whether a TCP reset is what the error comes from.
fn is_reset(error: &reqwest::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<std::io::Error>().is_some_and(|error| error.kind() == ErrorKind::ConnectionReset) {
            return true;
        }
        cause = error.source();
    }
    false
}

#[tokio::test]
async fn a_reset_closes_the_connection_before_or_within_the_response() {
    let (app, access) = app_with(json!({ "kind": "reset" })).await;
    let request = app.http.post(app.url("/v1/chat/completions")).bearer_auth(&access);
    let error = request.header("content-type", "application/json").body("{}").send().await.unwrap_err();
    assert!(is_reset(&error), "{error:?}");
    let record = first_chat(&app).await;
    assert_eq!((record.status, record.ended, record.fault), (None, Some(Ending::Fault), Some("reset")));

    app.sandbox.add_fault(Endpoint::Chat, Fault::Reset { bytes: Some(20) }, Some(1)).unwrap();
    let mut response = app.chat(&access, &streamed()).await;
    assert_eq!(response.chunk().await.unwrap().unwrap().len(), 20);
    assert!(is_reset(&response.chunk().await.unwrap_err()));
}

// P3: a test sees that the client gave up
#[tokio::test]
async fn a_stall_lasts_until_the_client_leaves() {
    let (app, access) = app_with(json!({ "kind": "stall", "bytes": 20 })).await;
    let mut response = app.chat(&access, &streamed()).await;
    assert_eq!(response.chunk().await.unwrap().unwrap().len(), 20);
    assert!(tokio::time::timeout(Duration::from_millis(50), response.chunk()).await.is_err());
    assert_eq!(app.sandbox.streams_open(), 1);
    drop(response);
    let record = first_chat(&app).await;
    assert_eq!((record.bytes, record.ended), (20, Some(Ending::ClientDisconnected)));
    assert_eq!(app.sandbox.streams_open(), 0);

    app.sandbox.add_fault(Endpoint::Any, Fault::Stall { bytes: None }, None).unwrap();
    let asking = app.http.get(app.url("/v1/models")).timeout(Duration::from_millis(50)).send().await;
    assert!(asking.unwrap_err().is_timeout());
    app.sandbox.clear_faults();
    assert_eq!(app.get("/v1/models", &access).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn garbage_is_no_text() {
    let (app, access) = app_with(json!({ "kind": "garbage" })).await;
    let response = app.chat(&access, &ask("hello")).await;
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/json".parse().unwrap())
    );
    assert!(std::str::from_utf8(&response.bytes().await.unwrap()).is_err());
}

#[tokio::test]
async fn a_wrong_length_promises_more_than_is_sent() {
    for request in [ask("hello"), streamed()] {
        let (app, access) = app_with(json!({ "kind": "wrong_length" })).await;
        let response = app.chat(&access, &request).await;
        let promised: u64 = response.headers()["content-length"].to_str().unwrap().parse().unwrap();
        assert!(response.bytes().await.is_err());
        let record = first_chat(&app).await;
        assert!(record.bytes > 0 && record.bytes < promised, "{record:?}");
        assert_eq!(record.ended, Some(Ending::Fault));
    }
}

#[tokio::test]
async fn faults_of_the_account_last_until_the_client_recovers() {
    let (app, access) = app_with(json!({ "kind": "empty_budget" })).await;
    for _ in 0..2 {
        let (status, body) = read(app.chat(&access, &ask("hello")).await).await;
        assert_eq!((status, &body["error"]["type"]), (400, &json!("budget_exceeded")));
    }
    app.sandbox.set_remaining_budget(1.into());
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200);

    app.sandbox.add_fault(Endpoint::Userinfo, Fault::ExpiredToken {}, Some(1)).unwrap();
    assert_eq!(app.userinfo_status(&access).await, 401);
    assert_eq!(app.userinfo_status(&access).await, 401);
    let issued = app.sign_in().await;
    assert_eq!(app.userinfo_status(&issued.access).await, 200);
    app.sandbox.add_fault(Endpoint::Token, Fault::RevokedGrant {}, Some(1)).unwrap();
    assert_eq!(app.refresh(&issued.refresh).await.status(), 400);
    assert_eq!(app.userinfo_status(&issued.access).await, 401);
}

#[tokio::test]
async fn a_fault_applies_to_one_endpoint_until_it_is_cleared() {
    let app = App::with(Sandbox::builder().fault(Endpoint::Models, Fault::status(503), None)).await;
    let access = app.sign_in().await.access;
    for path in ["/v1/models", "/oauth2/v1/models", "/oauth2/v1/models/gpt-4o-mini"] {
        assert_eq!(app.get(path, &access).send().await.unwrap().status(), 503, "{path}");
    }
    assert_eq!(app.chat(&access, &ask("hello")).await.status(), 200);
    let cleared = app.http.delete(format!("{}/faults", app.sandbox.control_url())).header("x-aipass-sandbox", "1");
    assert_eq!(cleared.send().await.unwrap().status(), 200);
    assert_eq!(app.get("/v1/models", &access).send().await.unwrap().status(), 200);
    assert!(Sandbox::builder().fault(Endpoint::Any, Fault::status(42), None).start().await.is_err());
}
