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
        read_answer(body.as_bytes(), "m-1".into(), None).unwrap().tool_calls
    };
    let one = r#"{"id":"c1","type":"function","function":{"name":"rate","arguments":"{}"}}"#;
    assert_eq!(whole(one), [call("c1", "rate", "{}")]);
    assert_eq!(whole(&format!("{one},{one}")), [call("c1", "rate", "{}"), call("c1", "rate", "{}")]);
    let bare = r#"{"function":{"name":"rate"}},{"function":{"name":"rate"}}"#;
    assert_eq!(whole(bare), [call("", "rate", ""), call("", "rate", "")]);
}
