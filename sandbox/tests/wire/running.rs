//! Starting, stopping, and what a test can see.

use std::time::Duration;

use aipass_sandbox::{Sandbox, StartError};
use serde_json::json;

use crate::app::{App, ask};

#[tokio::test]
async fn a_stopped_sandbox_closes_open_connections_too() {
    let app = App::start().await;
    let url = app.url("/v1/models");
    assert_eq!(app.http.get(url.clone()).send().await.unwrap().status(), 401);
    assert_eq!(app.sandbox.connections_open(), 1);
    app.sandbox.stop().await;
    assert!(app.http.get(url).send().await.is_err());
}

#[tokio::test]
async fn a_taken_port_is_an_error() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let port = sandbox.base_url().port().unwrap();
    assert!(matches!(Sandbox::builder().port(port).start().await, Err(StartError::Bind { .. })));
}

// issue: a request log, credentials redacted
#[tokio::test]
async fn the_log_counts_requests_and_holds_no_credentials() {
    let app = App::start().await;
    let tokens = app.sign_in().await;
    let mut revoke = app.url("/oauth2/revoke");
    revoke.query_pairs_mut().append_pair("token", &tokens.refresh);
    app.http.post(revoke).bearer_auth(&tokens.access).send().await.unwrap();
    assert_eq!(app.sandbox.requests("/oauth2/token"), 1);
    let log = app.sandbox.request_log();
    let last = log.last().unwrap();
    assert_eq!((last.method.as_str(), last.path.as_str(), last.status), ("POST", "/oauth2/revoke", Some(200)));
    assert!(!format!("{log:?} {:?}", app.sandbox).contains("sandbox_"));
}

// L11: the server's `Date` corrects the skew
#[tokio::test]
async fn the_date_header_follows_the_sandboxs_clock_and_the_request_has_an_id() {
    let app = App::start().await;
    app.sandbox.advance_clock(Duration::from_secs(200 * 365 * 86_400));
    let response = app.http.get(app.url("/v1/models")).send().await.unwrap();
    let date = response.headers()["date"].to_str().unwrap();
    assert!(date.contains(" 22") && date.ends_with(" GMT"), "{date}");
    assert!(response.headers()["x-request-id"].to_str().unwrap().starts_with("req_"));
}

// P5: dropping the stream ends the request
#[tokio::test]
async fn a_test_sees_that_a_client_dropped_a_stream() {
    let app = App::with(Sandbox::builder().chunk_delay(Duration::from_millis(20))).await;
    let access = app.sign_in().await.access;
    let mut request = ask("hello");
    request["stream"] = json!(true);
    let mut response = app.chat(&access, &request).await;
    assert!(response.chunk().await.unwrap().is_some());
    assert_eq!(app.sandbox.streams_open(), 1);
    drop(response);
    for _ in 0..200 {
        if app.sandbox.streams_open() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(app.sandbox.streams_open(), 0);
}
