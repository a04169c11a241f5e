//! Several answers to one question (`n`), and what a model says besides its text, in pieces.

use super::*;

fn chunk(choice: u32, delta: &str) -> String {
    format!("data: {{\"model\":\"m-1\",\"choices\":[{{\"index\":{choice},\"delta\":{delta}}}]}}\n\n")
}

fn end(choice: u32, reason: &str) -> String {
    format!("data: {{\"choices\":[{{\"index\":{choice},\"delta\":{{}},\"finish_reason\":\"{reason}\"}}]}}\n\n")
}

fn two() -> ChatRequest {
    ChatRequest { n: Some(2), ..request() }
}

#[tokio::test(start_paused = true)]
async fn events_carry_the_choice_that_they_belong_to() {
    let stream = chunk(1, r#"{"content":"B"}"#)
        + &chunk(0, r#"{"content":"A"}"#)
        + &end(0, "stop")
        + &chunk(1, r#"{"content":"b"}"#)
        + &end(1, "length")
        + "data: [DONE]\n\n";
    let (events, whole) = Session::new().await.stream_of(two(), answer(200, stream)).await;
    let expected = [
        ChatEvent::Started { model: "m-1".into() },
        ChatEvent::Text { text: "B".into(), choice: 1 },
        said("A"),
        finished(FinishReason::Stop),
        ChatEvent::Text { text: "b".into(), choice: 1 },
        ChatEvent::Finished { reason: FinishReason::Length, choice: 1 },
    ];
    assert_eq!(events, expected);
    let whole = whole.unwrap();
    assert_eq!((whole.text.as_str(), whole.finish_reason), ("A", FinishReason::Stop));
    let [other] = &whole.other_choices[..] else { panic!("{:?}", whole.other_choices) };
    assert_eq!((other.index, other.text.as_str(), &other.finish_reason), (1, "Bb", &FinishReason::Length));
}

// P5: one choice of two is half an answer
#[tokio::test(start_paused = true)]
async fn an_end_before_every_choice_is_done_is_a_truncation() {
    let started = chunk(0, r#"{"content":"A"}"#) + &end(0, "stop");
    for (rest, is_whole) in [
        (String::new(), false),
        (chunk(1, r#"{"content":"B"}"#), false),
        (chunk(1, r#"{"content":"B"}"#) + &end(1, "stop"), true),
        ("data: [DONE]\n\n".to_owned(), true),
    ] {
        let (_, whole) = Session::new().await.stream_of(two(), answer(200, format!("{started}{rest}"))).await;
        match whole {
            Ok(whole) => assert!(is_whole && whole.text == "A", "{rest}"),
            Err(error) => {
                let text = matches!(&error, Error::Truncated { text, .. } if text == "A");
                assert!(!is_whole && text, "{rest}: {error}");
            }
        }
    }
}

#[test]
fn a_whole_answer_has_its_choices_in_their_order() {
    let body = r#"{"choices":[{"index":1,"message":{"content":"B"},"finish_reason":"length"},
        {"index":0,"message":{"content":"A"},"finish_reason":"stop"}]}"#;
    let whole = read_response(body.as_bytes(), "m-1".into(), None).unwrap();
    assert_eq!((whole.text.as_str(), whole.finish_reason), ("A", FinishReason::Stop));
    assert_eq!(whole.other_choices.iter().map(|choice| choice.text.as_str()).collect::<Vec<_>>(), ["B"]);
}

#[tokio::test(start_paused = true)]
async fn thoughts_refusals_and_log_probabilities_come_in_pieces_too() {
    let logprobs = r#"{"content":[{"token":"N","logprob":-0.25,"top_logprobs":[]}]}"#;
    let stream = chunk(0, r#"{"reasoning_content":"Hm"}"#)
        + &chunk(0, r#"{"reasoning":"."}"#)
        + &format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"N\"}},\"logprobs\":{logprobs}}}]}}\n\n")
        + &chunk(0, r#"{"refusal":"I can"}"#)
        + &chunk(0, r#"{"refusal":"not.","annotations":[1]}"#)
        + &end(0, "content_filter");
    let (events, whole) = Session::new().await.stream_of(request(), answer(200, stream)).await;
    let reasoning = |text: &str| ChatEvent::Reasoning { text: text.into(), choice: 0 };
    let refusal = |text: &str| ChatEvent::Refusal { text: text.into(), choice: 0 };
    let whole = whole.unwrap();
    let tokens = whole.logprobs.clone();
    assert_eq!((tokens[0].token.as_str(), tokens[0].logprob), ("N", -0.25));
    let expected = [
        ChatEvent::Started { model: "m-1".into() },
        reasoning("Hm"),
        reasoning("."),
        said("N"),
        ChatEvent::Logprobs { tokens, choice: 0 },
        refusal("I can"),
        refusal("not."),
        finished(FinishReason::ContentFilter),
    ];
    assert_eq!(events, expected);
    assert_eq!((whole.reasoning.as_deref(), whole.refusal.as_deref()), (Some("Hm."), Some("I cannot.")));
    assert_eq!(whole.message_extra_json.as_deref(), Some(r#"{"annotations":[1]}"#));
}
