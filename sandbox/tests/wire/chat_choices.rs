//! Chats as people use them now: several choices, stops, probabilities, forms of answers, what they count for.

use serde_json::{Value, json};

use crate::app::{App, ask, read};

const RECEIPT: &str = r#"{"amount": 12.40, "currency": "EUR", "date": "2026-03-04", "merchant": "Café Mitte"}"#;
const SENTENCE: &str = "You paid 12.40 EUR at Café Mitte on 2026-03-04.";

/// A question about a receipt with this beside.
fn request(more: Value) -> Value {
    let mut request = ask(RECEIPT);
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    request
}

async fn chat(app: &App, request: &Value) -> Value {
    let access = app.sign_in().await.access;
    let (status, body) = read(app.chat(&access, request).await).await;
    assert_eq!(status, 200, "{body}");
    body
}

#[tokio::test]
async fn several_choices_are_returned_and_charged() {
    let app = App::start().await;
    let body = chat(&app, &request(json!({ "n": 3, "seed": 7, "presence_penalty": 0.5 }))).await;
    let choices = body["choices"].as_array().unwrap();
    assert!(choices.iter().all(|choice| choice["message"]["content"] == SENTENCE));
    assert_eq!((choices.len(), &choices[2]["index"]), (3, &json!(2)));
    assert_eq!(body["usage"]["completion_tokens"], 3 * 12);

    let access = app.sign_in().await.access;
    let stream = app.chat(&access, &request(json!({ "n": 2, "stream": true }))).await.text().await.unwrap();
    let chunks =
        stream.split_terminator("\n\n").filter_map(|event| serde_json::from_str(event.strip_prefix("data: ")?).ok());
    let mut texts = [String::new(), String::new()];
    for chunk in chunks {
        let chunk: Value = chunk;
        let index = chunk["choices"][0]["index"].as_u64().unwrap() as usize;
        texts[index].push_str(chunk["choices"][0]["delta"]["content"].as_str().unwrap_or_default());
    }
    assert_eq!(texts, [SENTENCE, SENTENCE]);
}

#[tokio::test]
async fn a_text_ends_before_the_first_stop() {
    let app = App::start().await;
    for stop in [json!(" EUR"), json!(["Mitte", " EUR"])] {
        let body = chat(&app, &request(json!({ "stop": stop }))).await;
        assert_eq!(body["choices"][0]["message"]["content"], "You paid 12.40");
        assert_eq!(body["choices"][0]["finish_reason"], "stop");
    }
}

#[tokio::test]
async fn every_word_has_its_probability_and_its_alternatives() {
    let app = App::start().await;
    let body = chat(&app, &request(json!({ "logprobs": true, "top_logprobs": 2 }))).await;
    let words = body["choices"][0]["logprobs"]["content"].as_array().unwrap();
    let text: String = words.iter().map(|word| word["token"].as_str().unwrap()).collect();
    assert_eq!(text, SENTENCE);
    assert_eq!((&words[0]["bytes"], words[0]["top_logprobs"].as_array().unwrap().len()), (&json!(b"You "), 2));
    assert_eq!(words[0]["top_logprobs"][0]["token"], "You ");
    assert!(chat(&app, &request(json!({}))).await["choices"][0]["logprobs"].is_null());
}

// Prompt tokens that were sent before, reasoning that is not shown
#[tokio::test]
async fn usage_has_cached_and_reasoning_tokens() {
    let app = App::start().await;
    let message = |role: &str, text: &str| json!({ "role": role, "content": text });
    let mut body = request(json!({ "reasoning_effort": "low", "max_completion_tokens": 500 }));
    body["messages"] = json!([
        message("system", "12345678"),
        message("user", RECEIPT),
        message("assistant", "ok"),
        message("user", "How much?")
    ]);
    let usage = chat(&app, &body).await["usage"].clone();
    let before = 2 + RECEIPT.chars().count().div_ceil(4);
    assert_eq!(usage["prompt_tokens_details"]["cached_tokens"], before);
    assert_eq!(usage["completion_tokens_details"]["reasoning_tokens"], 64);
    assert_eq!(usage["completion_tokens"], 64 + 12);
    let plain = chat(&app, &request(json!({}))).await["usage"].clone();
    assert_eq!(plain["prompt_tokens_details"]["cached_tokens"], 0);
}

#[tokio::test]
async fn responses_have_the_requested_format() {
    let app = App::start().await;
    let content = async |format: Value| {
        let body = chat(&app, &request(json!({ "response_format": format }))).await;
        body["choices"][0]["message"]["content"].as_str().unwrap().to_owned()
    };
    assert_eq!(content(json!({ "type": "text" })).await, SENTENCE);
    let object: Value = serde_json::from_str(&content(json!({ "type": "json_object" })).await).unwrap();
    assert_eq!(object, json!({ "answer": SENTENCE }));
    let schema = json!({ "type": "object", "properties": { "stars": { "type": "integer", "minimum": 2 } } });
    let format =
        json!({ "type": "json_schema", "json_schema": { "name": "review", "strict": true, "schema": schema } });
    assert_eq!(content(format).await, r#"{"stars":2}"#);
}

#[tokio::test]
async fn invalid_parameters_are_refused_and_cost_nothing() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    for wrong in [
        json!({ "n": 0 }),
        json!({ "n": 9 }),
        json!({ "temperature": 2.1 }),
        json!({ "top_p": -0.1 }),
        json!({ "presence_penalty": 3 }),
        json!({ "frequency_penalty": -3 }),
        json!({ "stop": ["a", "b", "c", "d", "e"] }),
        json!({ "stop": "" }),
        json!({ "top_logprobs": 2 }),
        json!({ "logprobs": true, "top_logprobs": 21 }),
        json!({ "reasoning_effort": "heroic" }),
        json!({ "response_format": { "type": "poem" } }),
        json!({ "response_format": { "type": "json_schema" } }),
        json!({ "response_format": { "type": "json_schema", "json_schema": { "name": "x", "schema": 7 } } }),
        json!({ "messages": [{ "role": "tool", "content": "7" }] }),
    ] {
        let (status, body) = read(app.chat(&access, &request(wrong.clone())).await).await;
        assert_eq!((status, &body["error"]["type"]), (400, &json!("invalid_request_error")), "{wrong}");
    }
    assert!(app.sandbox.spent().is_zero());
}
