//! `POST /chat/completions`.

use serde_json::{Value, json};

use crate::app::{App, ask, read};

const RECEIPT: &str = r#"{"amount": 12.40, "currency": "EUR", "date": "2026-03-04", "merchant": "Café Mitte"}"#;
const SENTENCE: &str = "You paid 12.40 EUR at Café Mitte on 2026-03-04.";

// wire: OpenAI shape
#[tokio::test]
async fn a_question_about_a_receipt_in_the_conversation_gets_a_sentence() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let (status, body) = read(app.chat(&access, &ask(RECEIPT)).await).await;
    assert_eq!(status, 200);
    assert_eq!(body["object"], "chat.completion");
    assert_eq!(body["choices"][0]["message"], json!({ "role": "assistant", "content": SENTENCE }));
    assert_eq!(body["choices"][0]["finish_reason"], "stop");
    assert_eq!(body["usage"]["completion_tokens"], 12);
}

// wire: `data: {chunk}` … `data: [DONE]`; `stream_options.include_usage`
#[tokio::test]
async fn a_stream_has_the_same_words_then_usage_then_done() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let mut request = ask(RECEIPT);
    request["stream"] = json!(true);
    request["stream_options"] = json!({ "include_usage": true });
    let response = app.chat(&access, &request).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    let body = response.text().await.unwrap();
    let events: Vec<&str> = body.split_terminator("\n\n").map(|event| event.strip_prefix("data: ").unwrap()).collect();
    let (done, chunks) = events.split_last().unwrap();
    assert_eq!(*done, "[DONE]");
    let chunks: Vec<Value> = chunks.iter().map(|chunk| serde_json::from_str(chunk).unwrap()).collect();
    let text: String = chunks.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect();
    assert_eq!(text, SENTENCE);
    let (usage, rest) = chunks.split_last().unwrap();
    assert_eq!(usage["choices"], json!([]));
    assert_eq!(usage["usage"]["completion_tokens"], 12);
    assert_eq!(rest.last().unwrap()["choices"][0]["finish_reason"], "stop");
}

// wire: `max_tokens`
#[tokio::test]
async fn a_text_longer_than_max_tokens_ends_with_length() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let mut request = ask(RECEIPT);
    request["max_tokens"] = json!(2);
    let (_, body) = read(app.chat(&access, &request).await).await;
    assert_eq!(body["choices"][0]["message"]["content"], "You paid");
    assert_eq!(body["choices"][0]["finish_reason"], "length");
    assert_eq!(body["usage"]["completion_tokens"], 2);
}

#[tokio::test]
async fn without_a_receipt_the_backend_says_that_it_is_no_language_model() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let (_, body) = read(app.chat(&access, &ask("How are you?")).await).await;
    assert_eq!(body["model"], "recorded/text");
    assert!(body["choices"][0]["message"]["content"].as_str().unwrap().starts_with("I am no language model"));
}

// wire: `{error:{message, type, param, code}}`
#[tokio::test]
async fn malformed_chats_are_refused_and_cost_nothing() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let wrong = [
        json!({}),
        json!({ "model": crate::app::MODEL, "messages": [] }),
        json!({ "model": "no-such-model", "messages": [{ "role": "user", "content": "hello" }] }),
        json!({ "model": crate::app::MODEL, "messages": [{ "role": "wizard", "content": "hello" }] }),
        json!({ "model": crate::app::MODEL, "messages": [{ "role": "user", "content": 7 }] }),
    ];
    for request in wrong {
        let (status, body) = read(app.chat(&access, &request).await).await;
        assert_eq!(status, 400, "{request}");
        assert_eq!(body["error"]["code"], "400");
        assert!(body["error"]["message"].is_string() && body["error"]["param"].is_null());
    }
    assert!(app.sandbox.spent().is_zero());
}
