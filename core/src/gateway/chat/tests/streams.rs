//! Streams: in order, cut, split, refused, silent, unwanted.

use super::*;
use crate::net::transport::BodyStream;
use std::time::Duration;

#[tokio::test(start_paused = true)]
async fn a_streamed_answer_comes_in_order_and_ends() {
    let session = Session::new().await;
    let (events, end) = session.stream(answer(200, STREAM)).await;
    let expected = [
        ChatEvent::Started { model: "m-1".into() },
        said("Grüße "),
        said("aus 東京"),
        finished(FinishReason::Stop),
        ChatEvent::Usage { usage: USAGE },
    ];
    assert_eq!((events.as_slice(), end), (expected.as_slice(), Ok(())));
}

// P5: cut at any byte, by an end or by a broken connection, the answer is whole or it is an error; and one POST
#[tokio::test(start_paused = true)]
async fn a_stream_cut_at_any_byte_is_a_typed_error_and_one_post() {
    let session = Session::new().await;
    let complete_from = STREAM.find("\"finish_reason\":\"stop\"}]}").unwrap() + "\"finish_reason\":\"stop\"}]}".len();
    let mut posts = 0;
    for cut in 0..=STREAM.len() {
        let start = Bytes::from(STREAM).slice(..cut);
        let broken = Err(HttpFailure::Broken { detail: "reset".into() });
        for pieces in [vec![Ok(start.clone())], vec![Ok(start.clone()), broken]] {
            let breaks = pieces.len() == 2;
            let (events, end) = session.stream(chunks(200, pieces)).await;
            posts += 1;
            let received = text(&events);
            // A connection that breaks takes an unfinished line with it; one that ends leaves it readable.
            let is_complete = cut >= complete_from + if breaks { 2 } else { 0 };
            match end {
                Ok(()) => assert!(is_complete && received == "Grüße aus 東京", "{cut}"),
                Err(Error::Truncated { text, .. }) => {
                    assert_eq!((text, is_complete), (received, false), "{cut} {breaks}")
                }
                Err(error) => panic!("{cut}: {error}"),
            }
        }
    }
    assert_eq!(session.posts(), posts);
}

// P5: split anywhere, also within a character
#[tokio::test(start_paused = true)]
async fn a_stream_split_anywhere_reads_the_same() {
    let session = Session::new().await;
    let whole = session.stream(answer(200, STREAM)).await;
    for size in [1, 2, 3, 7, 64] {
        let pieces = STREAM.as_bytes().chunks(size).map(|piece| Ok(Bytes::from_static(piece)));
        assert_eq!(session.stream(chunks(200, pieces.collect())).await, whole);
    }
}

// wire: streaming
#[tokio::test(start_paused = true)]
async fn errors_come_through_in_all_their_ways() {
    const BUDGET: &str = r#"{"error":{"message":"Budget has been exceeded! Current cost: 10, Max budget: 9.5","type":"budget_exceeded"}}"#;
    let half = STREAM.split_once(": ping").unwrap().0;
    for (reply, received, code) in [
        (answer(400, BUDGET), "", "budget_exceeded"),
        (answer(200, BUDGET), "", "budget_exceeded"),
        (answer(200, format!("{half}data: {BUDGET}\n\n")), "Grüße ", "budget_exceeded"),
        (
            answer(200, format!("{half}event: error\ndata: {{\"error\":{{\"message\":\"x\",\"code\":429}}}}\n\n")),
            "Grüße ",
            "rate_limited",
        ),
        (answer(200, format!("{half}event: error\ndata: upstream died\n\n")), "Grüße ", "provider_unavailable"),
        (
            answer(200, format!("{half}data: {{\"success\":false,\"message\":\"no\"}}\n\n")),
            "Grüße ",
            "provider_unavailable",
        ),
        (answer(200, format!("{half}data: nonsense\n\n")), "Grüße ", "provider_invalid_response"),
        (answer(200, format!("{half}data: {{\"choices\":[\n\n")), "Grüße ", "provider_invalid_response"),
        (answer(200, format!("{half}data: {}", "x".repeat(1 << 21))), "Grüße ", "provider_response_too_large"),
        (answer(200, "<html>"), "", "provider_invalid_response"),
        (answer(200, "\n <!doctype html>"), "", "provider_invalid_response"),
        (answer(200, "upstream connect error"), "", "provider_invalid_response"),
        (answer(200, "Bad gateway\n\n"), "", "provider_invalid_response"),
        (answer(200, "[1]"), "", "provider_invalid_response"),
        (answer(200, ""), "", "truncated"),
        (answer(500, "<html>"), "", "provider_unavailable"),
    ] {
        let session = Session::new().await;
        let (events, end) = session.stream(reply).await;
        assert_eq!((text(&events).as_str(), end.unwrap_err().code()), (received, code));
        assert_eq!(session.posts(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_server_that_does_not_stream_is_read_all_the_same() {
    let session = Session::new().await;
    let body = r#"{"model":"m-1","choices":[{"message":{"content":"Hi"},"finish_reason":"length"}],
        "usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7}}"#;
    let (events, end) = session.stream(chunks(200, vec![Ok(" \n".into()), Ok(body.into())])).await;
    let expected = [
        ChatEvent::Started { model: "m-1".into() },
        said("Hi"),
        finished(FinishReason::Length),
        ChatEvent::Usage { usage: USAGE },
    ];
    assert_eq!((events.as_slice(), end), (expected.as_slice(), Ok(())));
}

// P3, P5: silence in mid-stream
#[tokio::test(start_paused = true)]
async fn a_stream_that_falls_silent_is_truncated_after_the_idle_limit() {
    let session = Session::new().await;
    let start = STREAM.split_once(": ping").unwrap().0;
    let stalled = futures_util::stream::once(async move { Ok(Bytes::from(start)) });
    let stalled = futures_util::StreamExt::chain(stalled, futures_util::stream::pending());
    let started = tokio::time::Instant::now();
    let (_, end) = session.stream(Ok(http::Response::new(BodyStream::new(stalled)))).await;
    assert!(matches!(end, Err(Error::Truncated { text, .. }) if text == "Grüße "));
    assert_eq!(started.elapsed().as_secs(), 120);
}

// P5: dropping or cancelling the stream ends the request
#[tokio::test(start_paused = true)]
async fn a_stream_that_nobody_wants_closes_its_connection() {
    struct Connection(tokio::sync::mpsc::Sender<()>);
    for cancel in [false, true] {
        let session = Session::new().await;
        let (open, mut closed) = tokio::sync::mpsc::channel::<()>(1);
        let endless = futures_util::stream::unfold(Connection(open), |connection| async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            assert!(!connection.0.is_closed());
            Some((Ok(Bytes::from("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}}]}\n\n")), connection))
        });
        let reply = Ok(http::Response::new(BodyStream::new(endless)));
        session.world.server.set(|state| state.api_answers.push_back(reply));
        let stream = session.ai.chat_stream(request()).await.unwrap();
        assert!(stream.next().await.unwrap().is_some());
        if cancel {
            stream.cancel();
            assert_eq!(stream.next().await, Ok(None));
        } else {
            drop(stream);
        }
        assert_eq!(closed.recv().await, None);
    }
}

// what `chat` would have answered
#[tokio::test(start_paused = true)]
async fn the_whole_answer_of_a_stream_is_there_at_its_end() {
    let session = Session::new().await;
    session.world.server.set(|state| state.api_answers.push_back(answer(200, STREAM)));
    let stream = session.ai.chat_stream(request()).await.unwrap();
    assert!(stream.next().await.unwrap().is_some(), "some of it may have been read before");
    let whole = stream.answer().await.unwrap();
    assert_eq!((whole.text.as_str(), whole.model.as_str(), whole.usage), ("Grüße aus 東京", "m-1", Some(USAGE)));
    assert_eq!((whole.finish_reason.clone(), stream.next().await), (FinishReason::Stop, Ok(None)));
    assert_eq!(stream.answer().await, Ok(whole), "as often as it is asked for");
    stream.cancel();
    assert!(stream.answer().await.is_ok(), "what has arrived is not lost");
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_stream_has_no_answer() {
    let session = Session::new().await;
    let waiting = Ok(http::Response::new(BodyStream::new(futures_util::stream::pending())));
    session.world.server.set(|state| state.api_answers.push_back(waiting));
    let stream = session.ai.chat_stream(request()).await.unwrap();
    stream.cancel();
    assert_eq!(stream.answer().await, Err(Error::Cancelled));
}

// an end without any choice is no answer, even where the server says that it is done
#[tokio::test(start_paused = true)]
async fn a_stream_that_says_nothing_is_no_answer() {
    let (events, end) = Session::new().await.stream(answer(200, "data: {\"model\":\"m-1\"}\n\ndata: [DONE]\n\n")).await;
    assert_eq!(events, [ChatEvent::Started { model: "m-1".into() }]);
    assert!(matches!(end, Err(Error::Provider { kind: ProviderErrorKind::InvalidResponse, .. })), "{end:?}");
}
