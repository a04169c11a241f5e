use super::super::request::ReasoningEffort;
use super::*;
use serde_json::{Value, json};

fn encoded(request: &ChatRequest, stream: bool) -> Value {
    serde_json::from_slice(&encode(request, request.response_format.as_ref(), "gpt-5-mini", stream).unwrap()).unwrap()
}

/// A request that uses every field.
fn full() -> ChatRequest {
    ChatRequest {
        max_tokens: Some(10),
        max_completion_tokens: Some(10), // never both; here it is only about their names
        temperature: Some(0.5),
        top_p: Some(0.9),
        stop: vec!["END".into()],
        presence_penalty: Some(-1.0),
        frequency_penalty: Some(1.5),
        seed: Some(-7),
        n: Some(2),
        top_logprobs: Some(3),
        reasoning_effort: Some(ReasoningEffort::Off),
        tools: vec![Tool { strict: true, ..Tool::new("rate", "exchange rate", r#"{"type":"object"}"#) }],
        tool_choice: Some(ToolChoice::Tool { name: "rate".into() }),
        parallel_tool_calls: Some(false),
        response_format: Some(ResponseFormat::JsonObject),
        user: Some("u-1".into()),
        extra_json: Some(r#"{"service_tier":"flex","metadata":{"b":[1.50],"a":null}}"#.into()),
        ..ChatRequest::user("hi")
    }
}

// seed 001, section 6
#[test]
fn a_plain_question_is_the_documented_body() {
    let request = ChatRequest::user("One tip for better focus?").system("You answer briefly.").max_tokens(200);
    let expected = json!({
        "model": "gpt-5-mini",
        "messages": [
            {"role": "system", "content": "You answer briefly."},
            {"role": "user", "content": "One tip for better focus?"},
        ],
        "max_tokens": 200,
        "stream": false,
    });
    assert_eq!(encoded(&request, false), expected);
}

// seed 001, section 7
#[test]
fn photos_stand_where_they_were_put() {
    let photo = |url: &str| ContentPart::Photo { photo: Photo::Url(url.into()) };
    let content = vec![photo("data:1"), ContentPart::text("or"), photo("https://2")];
    let request = ChatRequest::new(vec![Message { content, ..Message::empty(Role::User) }]);
    let body = encoded(&request, true);
    let expected = json!([
        {"type": "image_url", "image_url": {"url": "data:1"}},
        {"type": "text", "text": "or"},
        {"type": "image_url", "image_url": {"url": "https://2"}},
    ]);
    assert_eq!(body["messages"][0]["content"], expected);
    assert_eq!(body["stream_options"], json!({"include_usage": true}));
}

#[test]
fn every_field_has_openais_name_and_form() {
    let mut body = encoded(&full(), true);
    let parameters = json!({"type": "object"});
    let function = json!({"name": "rate", "description": "exchange rate", "parameters": parameters, "strict": true});
    for (name, expected) in [
        ("top_p", json!(0.9)),
        ("stop", json!(["END"])),
        ("presence_penalty", json!(-1.0)),
        ("frequency_penalty", json!(1.5)),
        ("seed", json!(-7)),
        ("n", json!(2)),
        ("logprobs", json!(true)),
        ("top_logprobs", json!(3)),
        ("reasoning_effort", json!("none")),
        ("tools", json!([{"type": "function", "function": function}])),
        ("tool_choice", json!({"type": "function", "function": {"name": "rate"}})),
        ("parallel_tool_calls", json!(false)),
        ("response_format", json!({"type": "json_object"})),
        ("user", json!("u-1")),
        ("service_tier", json!("flex")),
        ("metadata", json!({"a": null, "b": [1.5]})),
    ] {
        assert_eq!(body[name].take(), expected, "{name}");
    }
}

// what is left out is left to the model: a server that does not know a field must not stumble over it
#[test]
fn nothing_is_sent_that_was_not_asked_for() {
    let body = encoded(&ChatRequest::user("hi"), false);
    let names: Vec<_> = body.as_object().unwrap().keys().cloned().collect();
    assert_eq!(names, ["messages", "model", "stream"]);
}

#[test]
fn what_the_app_adds_overrides_no_field() {
    let names = encoded(&full(), true);
    let mut names: Vec<_> = names.as_object().unwrap().keys().map(String::as_str).collect();
    names.retain(|name| !["service_tier", "metadata"].contains(name));
    let mut modelled = MODELLED.to_vec();
    modelled.sort_unstable();
    assert_eq!(modelled, names, "the list has what a body can have");
    for name in MODELLED {
        let extra_json = Some(format!("{{\"service_tier\":1,\"{name}\":null}}"));
        let error = encode(&ChatRequest { extra_json, ..ChatRequest::user("hi") }, None, "m", false).unwrap_err();
        assert!(
            matches!(error, Error::InvalidInput { input, detail } if input == "extra_json" && detail.contains(name))
        );
    }
}

// a number of many digits goes through as it was written
#[test]
fn what_the_app_adds_is_sent_to_the_letter() {
    let extra_json = Some(r#"{"price": 0.100000000000000000000001}"#.to_owned());
    let body = encode(&ChatRequest { extra_json, ..ChatRequest::user("hi") }, None, "m", false).unwrap();
    assert!(String::from_utf8_lossy(&body).contains(r#""price":0.100000000000000000000001"#));
}

#[test]
fn tools_their_calls_and_results_and_the_answers_form_are_said_in_openais_words() {
    let call = ToolCall { id: "c1".into(), name: "rate".into(), arguments_json: "{\"to\":\"EUR\"}".into() };
    let mut request = ChatRequest::new(vec![
        Message { tool_calls: vec![call], ..Message::empty(Role::Assistant) },
        Message::tool("c1", "1.08"),
    ]);
    request.tools = vec![Tool::new("rate", "exchange rate", r#"{"type":"object"}"#)];
    let (name, schema_json) = ("sum".into(), r#"{"type":"object"}"#.into());
    request.response_format = Some(ResponseFormat::JsonSchema { name, schema_json, strict: true });
    let body = encoded(&request, false);
    let function = json!({"name": "rate", "arguments": "{\"to\":\"EUR\"}"});
    assert_eq!(
        body["messages"][0],
        json!({
            "role": "assistant", "content": null, "tool_calls": [{"type": "function", "id": "c1", "function": function}],
        })
    );
    assert_eq!(body["messages"][1], json!({"role": "tool", "content": "1.08", "tool_call_id": "c1"}));
    assert_eq!(body["tools"][0]["function"]["parameters"], json!({"type": "object"}));
    let schema = json!({"name": "sum", "strict": true, "schema": {"type": "object"}});
    assert_eq!(body["response_format"], json!({"type": "json_schema", "json_schema": schema}));
    for (choice, word) in [(ToolChoice::Auto, "auto"), (ToolChoice::Never, "none"), (ToolChoice::Required, "required")]
    {
        request.tool_choice = Some(choice);
        assert_eq!(encoded(&request, false)["tool_choice"], json!(word));
    }
}

// P8
#[test]
fn a_schema_that_is_no_object_is_named_before_it_costs_money() {
    for json in ["", "[]", "{\"type\":", "nonsense"] {
        let mut tools = ChatRequest::user("hi");
        tools.tools = vec![Tool::new("t", "", json)];
        let mut format = ChatRequest::user("hi");
        let (name, schema_json) = ("s".into(), json.into());
        format.response_format = Some(ResponseFormat::JsonSchema { name, schema_json, strict: false });
        let mut extra = ChatRequest::user("hi");
        extra.extra_json = Some(json.into());
        for (named, request) in [("tools", tools), ("response_format", format), ("extra_json", extra)] {
            let error = encode(&request, request.response_format.as_ref(), "m", false).unwrap_err();
            assert!(matches!(error, Error::InvalidInput { input, .. } if input == named), "{json}");
        }
    }
}
