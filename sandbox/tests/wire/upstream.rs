//! Forwarding: one sandbox is the OpenAI-compatible server of another.

use std::time::Duration;

use aipass_sandbox::{Backend, Sandbox};
use serde_json::json;

use crate::app::{App, Tokens, ask, read};

/// A sandbox in front of another, and what to sign in to the front with.
async fn chain(behind: &App, key: &str) -> (App, Tokens) {
    let base = behind.url("/v1");
    let front = App::with(Sandbox::builder().backend(Backend::Upstream(base)).upstream_key(key)).await;
    let tokens = front.sign_in().await;
    (front, tokens)
}

#[tokio::test]
async fn chats_and_models_are_forwarded_and_charged_by_the_upstreams_usage() {
    let behind = App::start().await;
    let (front, tokens) = chain(&behind, &behind.sign_in().await.access).await;
    let (status, body) = read(front.chat(&tokens.access, &ask("hello")).await).await;
    assert_eq!((status, &body["model"]), (200, &json!("recorded/text")));
    assert_eq!(front.sandbox.spent(), behind.sandbox.spent());
    assert!(!front.sandbox.spent().is_zero());
    let models = front.get("/v1/models?detailed=false", &tokens.access).send().await.unwrap();
    assert!(read(models).await.1.is_array());
    assert_eq!(behind.sandbox.requests("/v1/chat/completions"), 1);
}

#[tokio::test]
async fn streams_pass_through_as_they_are() {
    let behind = App::start().await;
    let (front, tokens) = chain(&behind, &behind.sign_in().await.access).await;
    for include_usage in [true, false] {
        let mut request = ask("hello");
        request["stream"] = json!(true);
        request["stream_options"] = json!({ "include_usage": include_usage });
        let body = front.chat(&tokens.access, &request).await.text().await.unwrap();
        assert!(body.ends_with("data: [DONE]\n\n"), "{body}");
    }
    assert!(!front.sandbox.spent().is_zero());
}

#[tokio::test]
async fn a_dropped_stream_is_dropped_upstream() {
    let behind = App::with(Sandbox::builder().chunk_delay(Duration::from_millis(20))).await;
    let (front, tokens) = chain(&behind, &behind.sign_in().await.access).await;
    let mut request = ask("hello");
    request["stream"] = json!(true);
    let mut response = front.chat(&tokens.access, &request).await;
    assert!(response.chunk().await.unwrap().is_some());
    assert_eq!((front.sandbox.streams_open(), behind.sandbox.streams_open()), (1, 1));
    drop(response);
    for _ in 0..200 {
        if behind.sandbox.streams_open() == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!((front.sandbox.streams_open(), behind.sandbox.streams_open()), (0, 0));
}

#[tokio::test]
async fn the_upstreams_errors_come_through_and_cost_nothing() {
    let behind = App::start().await;
    let (front, tokens) = chain(&behind, "wrong").await;
    assert_eq!(front.chat(&tokens.access, &ask("hello")).await.status(), 401);
    behind.sandbox.stop().await;
    let (status, body) = read(front.chat(&tokens.access, &ask("hello")).await).await;
    assert_eq!((status, &body["error"]["type"]), (502, &json!("upstream_error")));
    assert!(front.sandbox.spent().is_zero());
}
