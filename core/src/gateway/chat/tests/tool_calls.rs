//! Tool calls: in pieces, whole at the end, and from servers that number them in their own way.

use super::*;

fn piece(json: &str) -> String {
    format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"tool_calls\":[{json}]}}}}]}}\n\n")
}

const END: &str =
    "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n";

fn call(id: &str, name: &str, arguments: &str) -> ToolCall {
    ToolCall { id: id.into(), name: name.into(), arguments_json: arguments.into() }
}

#[tokio::test(start_paused = true)]
async fn tool_calls_come_in_pieces_and_are_whole_at_the_end() {
    let stream = piece(r#"{"index":0,"id":"c1","function":{"name":"rate","arguments":"{\"to\""}}"#)
        + &piece(r#"{"index":0,"function":{"arguments":":\"EUR\"}"}}"#)
        + END;
    let (events, end) = Session::new().await.stream_of(request(), answer(200, stream)).await;
    let part = |id: Option<&str>, name: Option<&str>, arguments: &str| ChatEvent::ToolCall {
        part: ToolCallPart {
            index: 0,
            id: id.map(Into::into),
            name: name.map(Into::into),
            arguments_json: arguments.into(),
        },
        choice: 0,
    };
    let finished = finished(FinishReason::ToolCalls);
    assert_eq!(events, [part(Some("c1"), Some("rate"), "{\"to\""), part(None, None, ":\"EUR\"}"), finished]);
    let whole = end.unwrap();
    assert_eq!(whole.tool_calls, [call("c1", "rate", r#"{"to":"EUR"}"#)]);
    let message = Message::from(&whole);
    assert_eq!((message.role, message.tool_calls, message.content), (Role::Assistant, whole.tool_calls, vec![]));
}

#[tokio::test(start_paused = true)]
async fn calls_are_told_apart_however_the_server_numbers_them() {
    let two = [call("a", "rate", "{1}"), call("b", "rate", "{2}")];
    let nameless = [call("", "rate", "{1}"), call("", "rate", "{2}")];
    let first = r#"{"index":0,"id":"a","function":{"name":"rate","arguments":"{1"}}"#;
    for (about, pieces, expected) in [
        (
            "by its index, also in turns",
            vec![
                first,
                r#"{"index":1,"id":"b","function":{"name":"rate","arguments":"{2"}}"#,
                r#"{"index":0,"function":{"arguments":"}"}}"#,
                r#"{"index":1,"id":"","function":{"name":"","arguments":"}"}}"#,
            ],
            &two,
        ),
        (
            "by ids beside one index for all, said once or each time",
            vec![
                first,
                r#"{"index":0,"id":"a","function":{"name":"rate","arguments":"}"}}"#,
                r#"{"index":0,"id":"b","function":{"name":"rate","arguments":"{2"}}"#,
                r#"{"function":{"arguments":"}"}}"#,
            ],
            &two,
        ),
        (
            "whole, without a number or an id",
            vec![
                r#"{"function":{"name":"rate","arguments":"{1}"}}"#,
                r#"{"index":0,"id":"","function":{"name":"rate","arguments":"{2}"}}"#,
            ],
            &nameless,
        ),
        (
            "together",
            vec![
                r#"{"id":"a","function":{"name":"rate","arguments":"{1}"}},{"id":"b","function":{"name":"rate","arguments":"{2}"}}"#,
            ],
            &two,
        ),
    ] {
        let stream = pieces.into_iter().map(piece).collect::<String>() + END;
        let (events, end) = Session::new().await.stream_of(request(), answer(200, stream)).await;
        assert_eq!(end.unwrap().tool_calls, expected, "{about}");
        let mut assembled = vec![String::new(), String::new()];
        for event in events {
            if let ChatEvent::ToolCall { part, .. } = event {
                assembled[part.index as usize].push_str(&part.arguments_json);
            }
        }
        assert_eq!(assembled, ["{1}", "{2}"], "{about}: an app that puts the pieces together has the same calls");
    }
}

#[test]
fn the_calls_of_a_whole_answer_are_those_of_its_list() {
    let whole = |calls: &str| {
        let body = format!(r#"{{"choices":[{{"message":{{"tool_calls":[{calls}]}},"finish_reason":"tool_calls"}}]}}"#);
        read_response(body.as_bytes(), "m-1".into(), None).unwrap().tool_calls
    };
    let one = r#"{"id":"c1","type":"function","function":{"name":"rate","arguments":"{}"}}"#;
    assert_eq!(whole(one), [call("c1", "rate", "{}")]);
    assert_eq!(whole(&format!("{one},{one}")), [call("c1", "rate", "{}"), call("c1", "rate", "{}")]);
    let bare = r#"{"function":{"name":"rate"}},{"function":{"name":"rate"}}"#;
    assert_eq!(whole(bare), [call("", "rate", ""), call("", "rate", "")]);
}

// C4
#[tokio::test(start_paused = true)]
async fn a_piece_that_names_no_tool_begins_no_call() {
    let head = r#"{"index":0,"id":"a","function":{"name":"rate","arguments":""}}"#;
    let one = vec![call("a", "rate", r#"{"to":1}"#)];
    let two = vec![call("a", "rate", r#"{"to":1}"#), call("b", "rate", r#"{"to":2}"#)];
    for (about, pieces, expected) in [
        ("another id", vec![head, r#"{"index":0,"id":"b","function":{"arguments":"{\"to\":1}"}}"#], &one),
        (
            "another id each time",
            vec![
                head,
                r#"{"index":0,"id":"b","function":{"arguments":"{\"to\""}}"#,
                r#"{"index":0,"id":"c","function":{"arguments":":1}"}}"#,
            ],
            &one,
        ),
        (
            "the name last",
            vec![
                r#"{"index":0,"id":"a","function":{"arguments":"{\"to\""}}"#,
                r#"{"index":0,"function":{"arguments":":1}"}}"#,
                r#"{"index":0,"function":{"name":"rate"}}"#,
            ],
            &one,
        ),
        (
            "the name last, with the id",
            vec![r#"{"function":{"arguments":"{\"to\":1}"}}"#, r#"{"id":"a","function":{"name":"rate"}}"#],
            &one,
        ),
        (
            "the id last",
            vec![
                r#"{"index":0,"function":{"name":"rate","arguments":"{\"to\""}}"#,
                r#"{"index":0,"id":"a","function":{"arguments":":1}"}}"#,
            ],
            &one,
        ),
        (
            "the name in two",
            vec![
                r#"{"index":0,"id":"a","function":{"name":"ra"}}"#,
                r#"{"index":0,"function":{"name":"te","arguments":"{\"to\":1}"}}"#,
            ],
            &one,
        ),
        (
            "the name each time",
            vec![
                r#"{"index":0,"id":"a","function":{"name":"rate","arguments":"{\"to\""}}"#,
                r#"{"index":0,"function":{"name":"rate","arguments":":1}"}}"#,
            ],
            &one,
        ),
        ("the tail under another index", vec![head, r#"{"index":1,"function":{"arguments":"{\"to\":1}"}}"#], &one),
        (
            "the tail under another index and id",
            vec![head, r#"{"index":1,"id":"x","function":{"arguments":"{\"to\":1}"}}"#],
            &one,
        ),
        (
            "nothing at all between",
            vec![head, "{}", r#"{"index":0}"#, r#"{"function":{}}"#, r#"{"function":{"arguments":"{\"to\":1}"}}"#],
            &one,
        ),
        (
            "the second's head under the first's index, its tail under its own",
            vec![
                head,
                r#"{"index":0,"function":{"arguments":"{\"to\":1}"}}"#,
                r#"{"index":0,"id":"b","function":{"name":"rate","arguments":""}}"#,
                r#"{"index":1,"function":{"arguments":"{\"to\""}}"#,
                r#"{"index":1,"function":{"arguments":":2}"}}"#,
            ],
            &two,
        ),
        (
            "in turns by ids alone",
            vec![
                r#"{"id":"a","function":{"name":"rate","arguments":"{\"to\""}}"#,
                r#"{"id":"b","function":{"name":"rate","arguments":"{\"to\""}}"#,
                r#"{"id":"a","function":{"arguments":":1}"}}"#,
                r#"{"id":"b","function":{"arguments":":2}"}}"#,
            ],
            &two,
        ),
        (
            "both names last",
            vec![
                r#"{"index":0,"id":"a","function":{"arguments":"{\"to\":1}"}}"#,
                r#"{"index":1,"id":"b","function":{"arguments":"{\"to\":2}"}}"#,
                r#"{"index":0,"function":{"name":"rate"}}"#,
                r#"{"index":1,"function":{"name":"rate"}}"#,
            ],
            &two,
        ),
    ] {
        let stream = pieces.into_iter().map(piece).collect::<String>() + END;
        let (events, end) = Session::new().await.stream_of(request(), answer(200, stream)).await;
        assert_eq!(&end.unwrap().tool_calls, expected, "{about}");
        let mut assembled: Vec<ToolCall> = Vec::new();
        for event in events {
            if let ChatEvent::ToolCall { part, .. } = event {
                let index = part.index as usize;
                assembled.resize(assembled.len().max(index + 1), ToolCall::default());
                assembled[index].id += part.id.as_deref().unwrap_or_default();
                assembled[index].name += part.name.as_deref().unwrap_or_default();
                assembled[index].arguments_json += &part.arguments_json;
            }
        }
        assert_eq!(&assembled, expected, "{about}: an app that puts the pieces together has the same calls");
    }
}

// C1, P10
#[tokio::test(start_paused = true)]
async fn a_call_that_was_cut_off_is_none() {
    let start = piece(r#"{"index":0,"id":"a","function":{"name":"rate","arguments":"{}"}}"#)
        + &piece(r#"{"index":1,"id":"b","function":{"name":"rate","arguments":"{\"to\":"}}"#);
    for (end, calls) in [("length", 1), ("tool_calls", 2)] {
        let stream = start.clone() + &END.replace("tool_calls", end);
        let (_, whole) = Session::new().await.stream_of(request(), answer(200, stream)).await;
        assert_eq!(whole.unwrap().tool_calls.len(), calls, "{end}");
    }
}

// C3, K4
#[tokio::test(start_paused = true)]
async fn arguments_that_the_server_parsed_are_their_json() {
    for (arguments, expected) in [
        (r#"{"from":"USD"}"#, r#"{"from":"USD"}"#),
        (r#"{"text":"hi","to":"EUR"}"#, r#"{"text":"hi","to":"EUR"}"#),
        (r#"{"type":"text","text":"hi"}"#, r#"{"type":"text","text":"hi"}"#),
        (r#"[{"text":"hi"}]"#, r#"[{"text":"hi"}]"#),
        (r#"{"amount":12.50}"#, r#"{"amount":12.50}"#),
        (r#""{}","arguments":"{\"a\":1}""#, r#"{"a":1}"#),
    ] {
        let whole = format!(r#"{{"id":"c1","function":{{"name":"rate","arguments":{arguments}}}}}"#);
        let body = format!(r#"{{"choices":[{{"message":{{"tool_calls":[{whole}]}}}}]}}"#);
        let read = read_response(body.as_bytes(), "m-1".into(), None).unwrap();
        assert_eq!(read.tool_calls, [call("c1", "rate", expected)]);
        let (_, end) = Session::new().await.stream_of(request(), answer(200, piece(&whole) + END)).await;
        assert_eq!(end.unwrap().tool_calls, [call("c1", "rate", expected)]);
    }
    let structured = r#"{"choices":[{"message":{"content":{"amount":12.50}}}]}"#;
    assert_eq!(read_response(structured.as_bytes(), "m-1".into(), None).unwrap().text, r#"{"amount":12.50}"#);
}

// C11
#[tokio::test(start_paused = true)]
async fn a_legacy_function_call_is_a_tool_call() {
    let expected = [call("", "rate", r#"{"to":1}"#)];
    let legacy = r#""function_call":{"name":"rate","arguments":"{\"to\":1}"}"#;
    let beside = r#""tool_calls":[{"function":{"name":"rate","arguments":"{\"to\":1}"}}]"#;
    for message in [legacy.to_owned(), format!("{legacy},{beside}"), format!("{beside},{legacy}")] {
        let body =
            format!(r#"{{"choices":[{{"message":{{"content":null,{message}}},"finish_reason":"function_call"}}]}}"#);
        let whole = read_response(body.as_bytes(), "m-1".into(), None).unwrap();
        assert_eq!((whole.tool_calls.as_slice(), whole.finish_reason), (expected.as_slice(), FinishReason::ToolCalls));
    }
    let delta =
        |json: &str| format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"function_call\":{json}}}}}]}}\n\n");
    let stream = delta(r#"{"name":"rate","arguments":""}"#)
        + &delta(r#"{"arguments":"{\"to\""}"#)
        + &delta(r#"{"arguments":":1}"}"#)
        + &delta("null")
        + &END.replace("tool_calls", "function_call");
    let (_, end) = Session::new().await.stream_of(request(), answer(200, stream)).await;
    assert_eq!(end.unwrap().tool_calls, expected);
}

// C5
#[tokio::test(start_paused = true)]
async fn calls_of_a_message_at_the_end_are_not_called_twice() {
    let whole = |calls: &str| {
        let message = format!(r#"{{"index":0,"message":{{"tool_calls":[{calls}]}},"finish_reason":"tool_calls"}}"#);
        format!("data: {{\"choices\":[{message}]}}\n\n")
    };
    let a = r#"{"id":"a","function":{"name":"rate","arguments":"{\"to\":1}"}}"#;
    let b = r#"{"id":"b","function":{"name":"rate","arguments":"{\"to\":2}"}}"#;
    let head = piece(r#"{"index":0,"id":"a","function":{"name":"rate","arguments":"{\"to\""}}"#);
    let calls = [call("a", "rate", r#"{"to":1}"#), call("b", "rate", r#"{"to":2}"#)];
    for (stream, expected) in [
        (piece(a) + &whole(a), &calls[..1]),
        (head.clone() + &whole(a), &calls[..1]),
        (head + &whole(&format!("{a},{b}")), &calls[..]),
        (whole(&format!("{a},{b}")) + &whole(&format!("{a},{b}")), &calls[..]),
    ] {
        let (_, end) = Session::new().await.stream_of(request(), answer(200, stream.clone())).await;
        assert_eq!(end.unwrap().tool_calls, expected, "{stream}");
    }
}
