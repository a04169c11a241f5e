//! Where an answer ends, and what it says again at its end.

use super::*;
use crate::Conversation;
use proptest::prelude::*;

fn event(choice: &str) -> String {
    format!("data: {{\"model\":\"m-1\",\"choices\":[{choice}]}}\n\n")
}

fn chunk(text: &str, reason: &str) -> String {
    event(&format!(r#"{{"index":0,"delta":{{"content":"{text}"}},"finish_reason":{reason}}}"#))
}

const DONE: &str = "data: [DONE]\n\n";

// C1, P10
#[tokio::test(start_paused = true)]
async fn an_end_that_says_nothing_is_no_end() {
    let session = Session::new().await;
    for nothing in ["\"\"", "null", "\" \"", "\"null\"", "\"None\"", "{}", "[]", "false", "0"] {
        let (events, end) = session.stream(answer(200, chunk("The total ", nothing))).await;
        assert_eq!(text(&events), "The total ", "{nothing}");
        let error = end.unwrap_err();
        assert!(matches!(&error, Error::Truncated { text, .. } if text == "The total "), "{nothing}: {error}");
        let whole = chunk("The total ", nothing) + &chunk("is 12", nothing) + DONE;
        let (_, whole) = session.stream_of(request(), answer(200, whole)).await;
        let whole = whole.unwrap();
        let no_reason = FinishReason::Other { name: String::new() };
        assert_eq!((whole.text.as_str(), whole.finish_reason), ("The total is 12", no_reason), "{nothing}");
    }
}

// C1, K4
#[tokio::test(start_paused = true)]
async fn the_last_reason_counts_and_is_told_once() {
    let session = Session::new().await;
    for (stream, reason) in [
        (chunk("a", "\"stop\"") + &chunk("b", "\"stop\"") + DONE, FinishReason::Stop),
        (chunk("a", "\"stop\"") + &chunk("b", "\"length\""), FinishReason::Length),
        (chunk("a", "\"stop\"") + &chunk("b", "\"\"") + &chunk("", "\"MAX_TOKENS\""), FinishReason::Length),
        (chunk("ab", "null,\"finish_reason\":\"length\",\"finish_reason\":\"stop\"") + DONE, FinishReason::Stop),
    ] {
        let (events, end) = session.stream_of(request(), answer(200, stream.clone())).await;
        let whole = end.unwrap();
        assert_eq!((whole.text.as_str(), &whole.finish_reason), ("ab", &reason), "{stream}");
        let ends: Vec<_> = events.iter().filter(|event| matches!(event, ChatEvent::Finished { .. })).collect();
        assert_eq!((ends, events.last()), (vec![&finished(reason.clone())], Some(&finished(reason))), "{stream}");
    }
}

// C1: a server that leaves the connection open keeps the app waiting for five seconds, not for two minutes
#[tokio::test(start_paused = true)]
async fn the_end_is_told_soon_if_the_connection_stays_open() {
    let session = Session::new().await;
    let start = chunk("a", "\"stop\"");
    let open = futures_util::stream::once(async move { Ok(Bytes::from(start)) });
    let open = futures_util::StreamExt::chain(open, futures_util::stream::pending());
    let reply = Ok(http::Response::new(crate::net::transport::BodyStream::new(open)));
    session.world.server.set(|state| state.api_answers.push_back(reply));
    let stream = session.ai.chat_stream(request()).await.unwrap();
    let started = tokio::time::Instant::now();
    while stream.next().await.unwrap() != Some(finished(FinishReason::Stop)) {}
    assert_eq!(started.elapsed().as_secs(), 5);
    assert_eq!(stream.answer().await.unwrap().text, "a");
}

// C2, P10
#[tokio::test(start_paused = true)]
async fn an_error_within_an_answer_is_that_error() {
    const BUDGET: &str = r#"{"message":"Budget has been exceeded!","type":"budget_exceeded"}"#;
    let session = Session::new().await;
    for (whole, code) in [
        (
            r#"{"choices":[{"finish_reason":"error","message":{"content":""},"error":{"code":502,"message":"x"}}]}"#
                .into(),
            "provider_unavailable",
        ),
        (r#"{"choices":[{"finish_reason":"ERROR","message":{"content":"Half"}}]}"#.into(), "provider_unavailable"),
        (
            r#"{"choices":[{"message":{"content":"Half"},"error":{"code":429,"message":"slow"}}]}"#.into(),
            "rate_limited",
        ),
        (format!(r#"{{"error":{BUDGET},"choices":[{{"message":{{"content":"Half"}}}}]}}"#), "budget_exceeded"),
        (format!(r#"{{"choices":[],"error":{BUDGET}}}"#), "budget_exceeded"),
        (format!(r#"{{"choices":[{{"error":{BUDGET}}}]}}"#), "budget_exceeded"),
    ] {
        let whole: String = whole;
        session.world.server.set(|state| state.api_answers.push_back(answer(200, whole.clone())));
        assert_eq!(session.ai.chat(request()).await.unwrap_err().code(), code, "{whole}");
        let (_, end) = session.stream(answer(200, whole.clone())).await;
        assert_eq!(end.unwrap_err().code(), code, "{whole}");
        let stream = chunk("Half ", "null") + "data: " + &whole + "\n\n" + DONE;
        session.world.server.set(|state| state.api_answers.push_back(answer(200, stream.clone())));
        let stream = session.ai.chat_stream(request()).await.unwrap();
        assert_eq!(stream.answer().await.unwrap_err().code(), code, "{whole}");
        assert!(stream.received_text().starts_with("Half "), "{whole}");
    }
}

// K2
#[tokio::test(start_paused = true)]
async fn an_error_that_says_nothing_is_none() {
    let session = Session::new().await;
    for nothing in ["\"\"", "false", "{}", "[]", "null", r#"{"message":"","code":null}"#, r#"{"code":0,"details":[]}"#]
    {
        let whole = format!(r#"{{"error":{nothing},"choices":[{{"message":{{"content":"Hi"}},"error":{nothing}}}]}}"#);
        assert_eq!(read_response(whole.as_bytes(), "m-1".into(), None).unwrap().text, "Hi", "{nothing}");
        let stream = format!("data: {{\"error\":{nothing}}}\n\ndata: {whole}\n\n{DONE}");
        let (_, end) = session.stream_of(request(), answer(200, stream)).await;
        assert_eq!(end.unwrap().text, "Hi", "{nothing}");
    }
}

// C5
#[tokio::test(start_paused = true)]
async fn a_message_at_the_end_of_a_stream_is_not_said_twice() {
    let session = Session::new().await;
    let deltas = chunk("The total ", "null") + &chunk("is 12.50", "null");
    let whole = |said: &str| event(&format!(r#"{{"index":0,"message":{{"content":{said}}},"finish_reason":"stop"}}"#));
    let beside =
        r#"{"index":0,"delta":{"content":"!"},"message":{"content":"The total is 12.50!"},"finish_reason":"stop"}"#;
    for (stream, expected) in [
        (deltas.clone() + &whole("\"The total is 12.50\"") + DONE, "The total is 12.50"),
        (deltas.clone() + &whole("\"The total is 12.50\"") + &whole("\"The total is 12.50\""), "The total is 12.50"),
        (deltas.clone() + &event(beside), "The total is 12.50!"),
        (deltas.clone() + &whole("\"The total is 12.50 EUR\"") + DONE, "The total is 12.50 EUR"),
        (deltas.clone() + &whole("\"The total\"") + DONE, "The total is 12.50"),
        (deltas.clone() + &whole("\"is 12.50\"") + DONE, "The total is 12.50"),
        (deltas + &whole("\"\"") + DONE, "The total is 12.50"),
        (whole("\"Hi\""), "Hi"),
        (whole("\"Hi\"") + &whole("\"Hi\"") + DONE, "Hi"),
        (whole("\"The \"") + &whole("\"total\"") + DONE, "The total"),
        (whole("\"The\"") + &whole("\"The total\"") + DONE, "The total"),
    ] {
        let (events, end) = session.stream_of(request(), answer(200, stream.clone())).await;
        assert_eq!((end.unwrap().text.as_str(), text(&events).as_str()), (expected, expected), "{stream}");
    }
}

// C6
#[tokio::test(start_paused = true)]
async fn a_part_that_is_missing_or_empty_costs_nothing_else() {
    let body = r#"{"choices":[{"finish_reason":"length"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}"#;
    let whole = read_response(body.as_bytes(), "m-1".into(), None).unwrap();
    assert_eq!((whole.text.as_str(), whole.finish_reason, whole.usage), ("", FinishReason::Length, Some(USAGE)));
    let session = Session::new().await;
    let usage = "data: {\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}\n\n";
    for empty in [
        "{}",
        "null",
        "[]",
        "\"\"",
        r#"{"prompt_tokens":0,"completion_tokens":0,"total_tokens":0}"#,
        r#"{"prompt_tokens":3}"#,
    ] {
        let after = format!("data: {{\"model\":\"\",\"choices\":[],\"usage\":{empty}}}\n\n");
        let stream = chunk("Hi", "\"stop\"") + usage + &after + DONE;
        let (events, end) = session.stream_of(request(), answer(200, stream)).await;
        let whole = end.unwrap();
        assert_eq!((whole.usage, whole.model.as_str()), (Some(USAGE), "m-1"), "{empty}");
        assert_eq!(events.iter().filter(|event| matches!(event, ChatEvent::Usage { .. })).count(), 1, "{empty}");
    }
}

// P12
#[tokio::test(start_paused = true)]
async fn what_an_answer_cost_is_told_if_it_is_known() {
    let session = Session::new().await;
    for (header, usage, expected) in [
        (Some("8.8e-05"), "{}", Some("0.000088")),
        (Some("0.25"), r#"{"cost":0.5}"#, Some("0.25")),
        (Some("None"), r#"{"cost":"0.5"}"#, Some("0.5")),
        (None, r#"{"cost":1e-7}"#, Some("0.0000001")),
        (None, r#"{"cost":{"input_tokens_cost":0.1,"total_cost":0.3}}"#, Some("0.3")),
        (None, r#"{"cost_details":{"total_cost":0.3}}"#, Some("0.3")),
        (None, r#"{"cost":0}"#, Some("0")),
        (Some("0"), r#"{"cost":0.5}"#, Some("0.5")),
        (Some("0"), "{}", Some("0")),
        (None, r#"{"cost":null,"cost_details":{}}"#, None),
        (None, r#"{"cost":-1}"#, None),
        (None, "{}", None),
    ] {
        let expected = expected.map(|cost| cost.parse().unwrap());
        let whole =
            format!(r#"{{"choices":[{{"message":{{"content":"Hi"}},"finish_reason":"stop"}}],"usage":{usage}}}"#);
        let with_header = |body: String| {
            let mut reply = answer(200, body).unwrap();
            if let Some(header) = header {
                reply.headers_mut().insert("x-litellm-response-cost", header.parse().unwrap());
            }
            Ok(reply)
        };
        session.world.server.set(|state| state.api_answers.push_back(with_header(whole.clone())));
        assert_eq!(session.ai.chat(request()).await.unwrap().cost, expected, "{header:?} {usage}");
        let (_, end) = session.stream_of(request(), with_header(format!("data: {whole}\n\n{DONE}"))).await;
        assert_eq!(end.unwrap().cost, expected, "{header:?} {usage}");
    }
}

/// Chunks with odd endings, among others.
fn odd_chunks() -> impl Strategy<Value = Vec<String>> {
    let reason = prop::sample::select(vec!["null", "\"\"", "\"stop\"", "\"length\"", "\"tool_calls\"", "\"none\""]);
    let said = prop::sample::select(vec![
        r#""delta":{"content":"a"}"#,
        r#""delta":{"content":"é","reasoning":"b"}"#,
        r#""delta":{}"#,
        r#""delta":null"#,
        r#""message":{"content":"aéa"}"#,
        r#""delta":{"tool_calls":[{"index":0,"id":"c1","function":{"name":"rate","arguments":"{\"a\""}}]}"#,
        r#""delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}"#,
        r#""delta":{"function_call":{"name":"rate","arguments":{"a":1}}}"#,
        r#""delta":{"tool_calls":[{"index":1,"id":"c2","function":{"arguments":"{}"}}]}"#,
    ]);
    let choice =
        (said, reason).prop_map(|(said, reason)| event(&format!(r#"{{"index":0,{said},"finish_reason":{reason}}}"#)));
    let other = prop::sample::select(vec![
        "data: {\"usage\":{\"prompt_tokens\":1}}\n\n".to_owned(),
        "data: {\"usage\":{}}\n\n".to_owned(),
        "data: {\"error\":\"\"}\n\n".to_owned(),
        ": ping\n\n".to_owned(),
        DONE.to_owned(),
    ]);
    prop::collection::vec(prop_oneof![4 => choice, 1 => other], 0..8)
}

proptest! {
    // P5, P10: the same however the stream is split; events add up to the answer; the history is the answer
    #[test]
    fn odd_endings_read_the_same_in_every_way(chunks_of in odd_chunks(), size in 1_usize..60) {
        let stream = chunks_of.concat();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let session = Session::new().await;
            let whole = session.stream_of(request(), answer(200, stream.clone())).await;
            let pieces = stream.as_bytes().chunks(size).map(|piece| Ok(Bytes::copy_from_slice(piece)));
            assert_eq!(session.stream_of(request(), chunks(200, pieces.collect())).await, whole);

            let conversation = Conversation::new(request(), crate::ConversationBudget::default()).unwrap();
            session.world.server.set(|state| state.api_answers.push_back(answer(200, stream.clone())));
            let asked = conversation.stream(&session.ai, vec![Message::user("And?")]).await.unwrap();
            while !matches!(asked.next().await, Ok(Some(ChatEvent::Finished { .. }) | None) | Err(_)) {}
            let (events, end) = whole;
            let history = conversation.messages();
            match end {
                Ok(answer) => {
                    assert_eq!(history.last(), Some(&Message::from(&answer)));
                    assert_eq!(text(&events), answer.text);
                    assert!(answer.tool_calls.iter().all(|call| call.name == "rate"));
                    let reasons: Vec<_> = events.iter().filter(|event| matches!(event, ChatEvent::Finished { .. })).collect();
                    assert!(reasons.len() <= 1 && reasons.iter().all(|end| **end == finished(answer.finish_reason.clone())));
                }
                Err(_) => assert!(history.is_empty()),
            }
        });
    }
}

// C2: the text received is handed over with the error, in one piece and as a stream
#[tokio::test(start_paused = true)]
async fn an_error_inside_a_response_has_the_text_before_it() {
    let session = Session::new().await;
    let of = |error: &Error| match error {
        Error::Provider { text, .. } | Error::BudgetExceeded { text, .. } | Error::RateLimited { text, .. } => {
            text.clone()
        }
        other => panic!("{other:?}"),
    };
    let budget = r#""error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}"#;
    for (choice, error, code) in [
        (r#""message":{"content":"The total "},"finish_reason":"error""#, "", "provider_unavailable"),
        (r#""message":{"content":"The total "},"error":{"code":502,"message":"x"}"#, "", "provider_unavailable"),
        (r#""message":{"content":[{"type":"text","text":"The total "}]}"#, budget, "budget_exceeded"),
        (r#""text":"The total ","finish_reason":"stop""#, budget, "budget_exceeded"),
        (r#""delta":{"content":"The total "}"#, r#""error":{"code":429,"message":"slow"}"#, "rate_limited"),
    ] {
        let error = if error.is_empty() { String::new() } else { format!(",{error}") };
        let body = format!(r#"{{"choices":[{{"index":0,{choice}}}]{error}}}"#);
        for body in [body.clone(), format!("data: {body}\n\n")] {
            let (_, end) = session.stream_of(request(), answer(200, body.clone())).await;
            let error = end.unwrap_err();
            assert_eq!((of(&error).as_deref(), error.code()), (Some("The total "), code), "{body}");
            if !body.starts_with("data") {
                session.world.server.set(|state| state.api_answers.push_back(answer(200, body.clone())));
                assert_eq!(session.ai.chat(request()).await.unwrap_err(), error, "{body}");
            }
        }
    }
    let without = session.stream(answer(200, format!("{{{budget}}}"))).await.1.unwrap_err();
    assert_eq!(of(&without), None, "nothing was said");
    let unreadable = chunk("The total ", "null") + "data: {no JSON\n\n";
    assert_eq!(of(&session.stream(answer(200, unreadable)).await.1.unwrap_err()).as_deref(), Some("The total "));
}
