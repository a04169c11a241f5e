//! Whole answers in the forms in which providers send them.

use super::*;
use proptest::prelude::*;

fn read(json: &str) -> Result<ChatAnswer> {
    read_response(json.as_bytes(), "m-1".into(), None)
}

#[test]
fn an_answer_is_read() {
    let answer = read(
        r#"{"id":"x","model":"gpt-5-mini","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},
        "finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":"2","total_tokens":7.0}}"#,
    )
    .unwrap();
    let usage = TokenUsage { prompt_tokens: 5, completion_tokens: 2, ..USAGE };
    assert_eq!((answer.text.as_str(), answer.finish_reason, answer.usage), ("Hi", FinishReason::Stop, Some(usage)));
}

// P6
#[test]
fn what_is_missing_or_unknown_does_no_harm() {
    let answer = read(
        r#"{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"text":"b"}],"x":1},"finish_reason":"new"}]}"#,
    );
    let answer = answer.unwrap();
    assert_eq!((answer.text.as_str(), answer.usage), ("ab", None));
    assert_eq!(answer.finish_reason, FinishReason::Other { name: "new".into() });
    let answer =
        read(r#"{"choices":[{"message":{"content":null,"tool_calls":null}}],"usage":null,"error":null}"#).unwrap();
    assert_eq!((answer.text.as_str(), answer.tool_calls.len()), ("", 0));
}

// P6: a paid answer is not lost over a detail
#[test]
fn odd_details_cost_no_answer() {
    let odd = r#"{"choices":[{"index":null,"delta":{"content":"a"},"message":{"content":"a"}}],"usage":"none"}"#;
    let answer = read(odd).unwrap();
    assert_eq!((answer.text.as_str(), answer.usage), ("a", None));
    let odd = r#"{"choices":[{"index":"0","message":{"content":"a","tool_calls":[{"index":null}]}}]}"#;
    assert_eq!(read(odd).unwrap().text, "a");
}

#[test]
fn tool_calls_are_read() {
    let answer = read(
        r#"{"choices":[{"message":{"tool_calls":[{"id":"c1","type":"function","function":{"name":"rate","arguments":"{}"}}]},
        "finish_reason":"tool_calls"}]}"#,
    );
    let call = ToolCall { id: "c1".into(), name: "rate".into(), arguments_json: "{}".into() };
    assert_eq!(answer.unwrap().tool_calls, [call]);
}

#[test]
fn what_is_no_answer_is_a_typed_error() {
    for body in [
        "",
        "<html>",
        "[]",
        "{}",
        r#"{"choices":[]}"#,
        r#"{"choices":[{}]}"#,
        r#"{"choices":[{"message":{"content":"cut"#,
    ] {
        let error = read(body).unwrap_err();
        assert!(matches!(error, Error::Provider { kind: ProviderErrorKind::InvalidResponse, .. }), "{body}: {error}");
    }
    let error = read(r#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#).unwrap_err();
    assert_eq!(error.code(), "budget_exceeded");
}

// P6: each provider has its own place for them
#[test]
fn what_was_cached_and_what_was_thought_is_counted() {
    for (details, cached, reasoning) in [
        (r#","prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":"4"}"#, 3, 4),
        (r#","cache_read_input_tokens":3,"completion_tokens_details":{"reasoning_tokens":4}"#, 3, 4),
        (r#","prompt_cache_hit_tokens":3.0,"completion_tokens_details":{"reasoning_tokens":4}"#, 3, 4),
    ] {
        let answer = read(&format!(r#"{{"choices":[{{"message":{{}}}}],"usage":{{"prompt_tokens":9{details}}}}}"#));
        let usage = answer.unwrap().usage.unwrap();
        assert_eq!((usage.cached_tokens, usage.reasoning_tokens), (Some(cached), Some(reasoning)), "{details}");
    }
    for details in ["", r#","prompt_tokens_details":null"#, r#","completion_tokens_details":"none""#] {
        let answer = read(&format!(r#"{{"choices":[{{"message":{{}}}}],"usage":{{"prompt_tokens":9{details}}}}}"#));
        let usage = answer.unwrap().usage.unwrap();
        assert_eq!((usage.prompt_tokens, usage.cached_tokens, usage.reasoning_tokens), (9, None, None), "{details}");
    }
}

#[test]
fn thoughts_and_refusals_are_kept_apart_from_the_text() {
    for thoughts in [r#""reasoning_content":"Hm.""#, r#""reasoning":"Hm.","reasoning_content":null"#] {
        let answer = read(&format!(
            r#"{{"choices":[{{"message":{{"content":"Hi",{thoughts},"refusal":null}},"finish_reason":"stop"}}]}}"#
        ));
        let answer = answer.unwrap();
        assert_eq!((answer.text.as_str(), answer.reasoning.as_deref()), ("Hi", Some("Hm.")));
        assert_eq!((answer.refusal, answer.message_extra_json), (None, None));
    }
    let answer = read(r#"{"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]}"#).unwrap();
    assert_eq!((answer.text.as_str(), answer.refusal.as_deref(), answer.reasoning.as_deref()), ("", Some("No."), None));
    let message = Message::from(&answer);
    assert_eq!(message, Message::assistant("No."), "the conversation goes on from what was said");
}

#[test]
fn log_probabilities_are_typed() {
    let answer = read(
        r#"{"choices":[{"message":{"content":"é"},"logprobs":{"content":[{"token":"xc3","logprob":-0.5,"bytes":[195],
        "top_logprobs":[{"token":"e","logprob":-2,"bytes":null}]},{"token":"xa9","logprob":0,"bytes":[169]}],"refusal":null}}]}"#,
    );
    let tokens = answer.unwrap().logprobs;
    let bytes: Vec<u8> = tokens.iter().flat_map(|token| token.bytes.clone().unwrap()).collect();
    assert_eq!(String::from_utf8(bytes).unwrap(), "é");
    let other = TopLogprob { token: "e".into(), logprob: -2.0, bytes: None };
    assert_eq!((tokens[0].logprob, tokens[0].top_logprobs.as_slice()), (-0.5, [other].as_slice()));
    for odd in ["null", "[]", r#"{"content":null}"#, r#"{"content":[{"token":"a"}]}"#, r#"{"content":[1]}"#] {
        let answer = read(&format!(r#"{{"choices":[{{"message":{{"content":"a"}},"logprobs":{odd}}}]}}"#)).unwrap();
        assert_eq!((answer.text.as_str(), answer.logprobs.len()), ("a", 0), "{odd}");
    }
}

// P6: what has no field is kept to the letter
#[test]
fn what_is_not_known_here_is_handed_over_as_json() {
    let answer = read(
        r#"{"id":"c-1","created":1790000000,"model":"m","system_fingerprint":null,"citations":["https://a.example"],
        "price":0.100000000000000000000001,"choices":[{"index":0,"message":{"role":"assistant","content":"Hi","annot\u0061tions":
        [{"type":"x"}],"audio":null},"finish_reason":"stop"}],"usage":null}"#,
    );
    let answer = answer.unwrap();
    let expected =
        r#"{"citations":["https://a.example"],"created":1790000000,"id":"c-1","price":0.100000000000000000000001}"#;
    assert_eq!(answer.extra_json.as_deref(), Some(expected));
    let about_message: serde_json::Value = serde_json::from_str(&answer.message_extra_json.unwrap()).unwrap();
    assert_eq!(about_message, serde_json::json!({"annotations": [{"type": "x"}]}));
    assert_eq!(read(r#"{"choices":[{"message":{"content":"Hi"}}]}"#).unwrap().extra_json, None);
}

proptest! {
    // S3
    #[test]
    fn hostile_answers_never_panic(bytes in "\\PC{0,200}", cut in 0_usize..200) {
        let _ = read(&bytes);
        let body = format!(r#"{{"choices":[{{"index":{cut},"message":{{"content":{bytes:?},"tool_calls":[{{}}]}}}}]}}"#);
        let _ = read(body.get(..cut.min(body.len())).unwrap_or(&body));
        let _ = read(&body);
    }
}
