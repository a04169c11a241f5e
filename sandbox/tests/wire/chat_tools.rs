//! Tools: called where they are asked for, whole and in pieces.

use serde_json::{Value, json};

use crate::app::{App, ask, read};

fn tool(name: &str) -> Value {
    let parameters =
        json!({ "type": "object", "properties": { "city": { "type": "string" }, "days": { "type": "integer" } } });
    json!({ "type": "function", "function": { "name": name, "parameters": parameters } })
}

fn request(text: &str, choice: Value) -> Value {
    let mut request = ask(text);
    request["tools"] = json!([tool("get_weather"), tool("get_time")]);
    request["tool_choice"] = choice;
    request
}

/// The names of the tools called, and why the answer ended.
async fn called(app: &App, request: &Value) -> (Vec<String>, Value) {
    let access = app.sign_in().await.access;
    let (status, body) = read(app.chat(&access, request).await).await;
    assert_eq!(status, 200, "{body}");
    let choice = &body["choices"][0];
    let calls = choice["message"]["tool_calls"].as_array().cloned().unwrap_or_default();
    let name = |call: &Value| call["function"]["name"].as_str().unwrap().to_owned();
    (calls.iter().map(name).collect(), choice["finish_reason"].clone())
}

#[tokio::test]
async fn tools_are_called_when_requested() {
    let app = App::start().await;
    let stop = (vec![], json!("stop"));
    let calls = |names: &[&str]| (names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>(), json!("tool_calls"));
    assert_eq!(called(&app, &request("How are you?", json!("auto"))).await, stop);
    assert_eq!(called(&app, &request("get_time, please", json!("auto"))).await, calls(&["get_time"]));
    assert_eq!(called(&app, &request("get_time, please", json!("none"))).await, stop);
    assert_eq!(called(&app, &request("How are you?", json!("required"))).await, calls(&["get_weather"]));
    let both = request("get_weather and get_time", Value::Null);
    assert_eq!(called(&app, &both).await, calls(&["get_weather", "get_time"]));
    let mut one_at_a_time = both;
    one_at_a_time["parallel_tool_calls"] = json!(false);
    assert_eq!(called(&app, &one_at_a_time).await, calls(&["get_weather"]));
    let named = json!({ "type": "function", "function": { "name": "get_time" } });
    assert_eq!(called(&app, &request("How are you?", named)).await, calls(&["get_time"]));
}

// Streamed in argument pieces, which together are what comes whole
#[tokio::test]
async fn a_call_is_streamed_in_pieces() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let mut request = request("get_weather and get_time in Paris", json!("auto"));
    let whole = read(app.chat(&access, &request).await).await.1;
    let calls = whole["choices"][0]["message"]["tool_calls"].as_array().unwrap();
    let arguments: Value = serde_json::from_str(calls[0]["function"]["arguments"].as_str().unwrap()).unwrap();
    assert_eq!(arguments, json!({ "city": "get_weather and get_time in Paris", "days": 1 }));
    assert!(whole["choices"][0]["message"]["content"].is_null());

    request["stream"] = json!(true);
    let stream = app.chat(&access, &request).await.text().await.unwrap();
    let mut assembled = [String::new(), String::new()];
    let mut pieces = 0;
    for event in stream.split_terminator("\n\n") {
        let Ok(chunk) = serde_json::from_str::<Value>(event.strip_prefix("data: ").unwrap()) else { continue };
        let call = &chunk["choices"][0]["delta"]["tool_calls"][0];
        if let Some(index) = call["index"].as_u64() {
            assembled[index as usize].push_str(call["function"]["arguments"].as_str().unwrap());
            pieces += 1;
        }
    }
    let expected: Vec<&str> = calls.iter().map(|call| call["function"]["arguments"].as_str().unwrap()).collect();
    assert_eq!(assembled.to_vec(), expected);
    assert!(pieces > 6 && stream.contains(r#""finish_reason":"tool_calls""#), "{pieces}");
}

#[tokio::test]
async fn a_tool_result_gets_a_sentence() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let mut request = request("get_time, please", json!("auto"));
    let response = read(app.chat(&access, &request).await).await.1;
    let called = response["choices"][0]["message"].clone();
    let id = called["tool_calls"][0]["id"].clone();
    let result = json!({ "role": "tool", "tool_call_id": id, "content": "noon" });
    request["messages"].as_array_mut().unwrap().extend([called, result]);
    let body = read(app.chat(&access, &request).await).await.1;
    assert_eq!(body["choices"][0]["message"]["content"], "The tool answered: noon");
}

#[tokio::test]
async fn a_choice_of_missing_tools_is_refused() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let named = json!({ "type": "function", "function": { "name": "get_lost" } });
    let mut without = ask("hello");
    without["tool_choice"] = json!("required");
    for request in [request("hello", named), request("hello", json!("perhaps")), without] {
        assert_eq!(app.chat(&access, &request).await.status(), 400);
    }
    assert!(app.sandbox.spent().is_zero());
}
