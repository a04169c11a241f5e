//! `aipass call`.

use crate::running::file;
use crate::user::{User, names_in};
use serde_json::{Value, json};

const REQUEST: &str = r#"{ "model": "text-embedding-3-small", "input": "coffee", "dimensions": 4 }"#;

#[tokio::test]
async fn an_endpoint_is_called_and_its_answer_printed_as_it_came() {
    let user = User::sign_in("call").await;
    let models = user.run(&["call", "GET", "models", "--query", "type=embedding"]).await;
    assert_eq!((models.status, models.stderr.as_str()), (0, ""), "{models:?}");
    assert_eq!(models.json()["data"].as_array().unwrap().len(), 2);
    let balance = user.run(&["call", "get", "usage/me/summary", "--api", "account", "--json"]).await.json();
    assert_eq!((&balance["status"], &balance["media_type"]), (&json!(200), &json!("application/json")));
    assert_eq!(balance["body"]["success"], true);
}

#[tokio::test]
async fn a_body_comes_from_a_file_or_from_standard_input() {
    let user = User::sign_in("call-body").await;
    let body = file(&user.home, "request.json", REQUEST.as_bytes());
    let from_file = user.run(&["call", "post", "embeddings", "--body", &body]).await;
    assert_eq!(from_file.json()["data"][0]["embedding"].as_array().unwrap().len(), 4);
    let from_input = user.run_with_input(&["call", "post", "embeddings", "--body", "-"], REQUEST).await;
    assert_eq!(from_input.stdout, from_file.stdout);
}

#[tokio::test]
async fn an_answer_becomes_a_file() {
    let user = User::sign_in("call-file").await;
    let results = user.results();
    let out = results.join("models.json");
    let arguments = ["call", "get", "models", "--json", "-o", out.to_str().unwrap()];
    let printed = user.run(&arguments).await.json();
    let written = std::fs::read(&out).unwrap();
    assert!(serde_json::from_slice::<Value>(&written).unwrap()["data"].is_array());
    let wanted =
        json!({ "status": 200, "media_type": "application/json", "file": out.to_str(), "bytes": written.len() });
    assert_eq!(printed, wanted);
    assert_eq!(names_in(&results), ["models.json"]);
}

// wire: speech. What is no text comes out byte by byte
#[tokio::test]
async fn bytes_come_out_as_they_came() {
    let user = User::sign_in("call-bytes").await;
    let request = r#"{ "model": "tts-1", "input": "Hello", "voice": "alloy", "response_format": "wav" }"#;
    let body = file(&user.home, "speech.json", request.as_bytes());
    let (outcome, wav) = user.run_for_bytes(&["call", "post", "audio/speech", "--body", &body]).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    assert!(wav.starts_with(b"RIFF"));
    let as_json = user.run(&["call", "post", "audio/speech", "--body", &body, "--json"]).await;
    as_json.fails_with(1, "The answer is no text (audio/wav): write it to a file with --out");
    assert_eq!(as_json.json()["error"]["code"], "not_text");
}

// A11, P8
#[tokio::test]
async fn a_call_that_cannot_be_made_is_a_wrong_command_line() {
    let user = User::sign_in("call-refused").await;
    let no_json = file(&user.home, "request.json", b"{");
    user.run(&["call", "get", "../token"]).await.fails_with(2, "The path cannot be used");
    user.run(&["call", "post", "embeddings", "--body", &no_json]).await.fails_with(2, "--body cannot be used");
    user.run(&["call", "get", "models", "--query", "type"]).await.fails_with(2, "write NAME=VALUE");
    user.run(&["call", "get", "models", "--query", "a=1", "--query", "a=2"])
        .await
        .fails_with(2, "--query gives a twice");
    user.run(&["call", "dance", "models"]).await.fails_with(2, "possible values");
    assert!(!user.sandbox.request_log().iter().any(|record| record.path.starts_with("/oauth2/v1/")));
    let outcome = user.run(&["call", "get", "nowhere", "--json"]).await;
    assert_eq!((outcome.status, &outcome.json()["error"]["code"]), (1, &json!("provider_not_found")), "{outcome:?}");
}
