//! Whole and streamed answers against a scripted provider: cut, broken, refused, and in odd forms.

use super::*;
use crate::client::tests::world::World;
use crate::http::failure::HttpFailure;
use crate::http::scripted::{Scripted, answer, chunks};
use crate::http::transport::BodyStream;
use crate::{Error, ProviderErrorKind};
use bytes::Bytes;
use std::time::Duration;

const CHAT: &str = "/oauth2/v1/chat/completions";

const STREAM: &str = "data: {\"id\":\"c\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße \"}}]}\n\n\
    : ping\n\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"aus 東京\"}}]}\n\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n\
    data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}\n\n\
    data: [DONE]\n\n";

const USAGE: TokenUsage = TokenUsage { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 };

fn request() -> ChatRequest {
    ChatRequest::user("Hello").model("m-1")
}

struct Session {
    world: World,
    ai: AiPass,
}

impl Session {
    async fn new() -> Self {
        let world = World::new();
        let ai = world.signed_in().await;
        Self { world, ai }
    }

    /// All events, and how it ended.
    async fn stream(&self, answer: Scripted) -> (Vec<ChatEvent>, Result<()>) {
        self.world.server.set(|state| state.api_answers.push_back(answer));
        let stream = match self.ai.chat_stream(request()).await {
            Ok(stream) => stream,
            Err(error) => return (Vec::new(), Err(error)),
        };
        let mut events = Vec::new();
        loop {
            match stream.next().await {
                Ok(Some(event)) => events.push(event),
                Ok(None) => return (events, Ok(())),
                Err(error) => {
                    assert_eq!(stream.next().await, Ok(None), "an error is the end");
                    return (events, Err(error));
                }
            }
        }
    }

    fn posts(&self) -> usize {
        self.world.transport.count(CHAT)
    }
}

fn text(events: &[ChatEvent]) -> String {
    let texts =
        events.iter().filter_map(|event| if let ChatEvent::Text { text } = event { Some(text.as_str()) } else { None });
    texts.collect()
}

#[tokio::test(start_paused = true)]
async fn a_streamed_answer_comes_in_order_and_ends() {
    let session = Session::new().await;
    let (events, end) = session.stream(answer(200, STREAM)).await;
    let expected = [
        ChatEvent::Started { model: "m-1".into() },
        ChatEvent::Text { text: "Grüße ".into() },
        ChatEvent::Text { text: "aus 東京".into() },
        ChatEvent::Finished { reason: FinishReason::Stop },
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
        (answer(200, format!("{half}data: nonsense\n\n")), "Grüße ", "truncated"),
        (answer(200, "<html>"), "", "truncated"),
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
        ChatEvent::Text { text: "Hi".into() },
        ChatEvent::Finished { reason: FinishReason::Length },
        ChatEvent::Usage { usage: USAGE },
    ];
    assert_eq!((events.as_slice(), end), (expected.as_slice(), Ok(())));
}

#[tokio::test(start_paused = true)]
async fn tool_calls_come_in_pieces() {
    let piece =
        |json: &str| format!("data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"tool_calls\":[{json}]}}}}]}}\n\n");
    let stream = piece(r#"{"index":0,"id":"c1","function":{"name":"rate","arguments":"{\"to\""}}"#)
        + &piece(r#"{"index":0,"function":{"arguments":":\"EUR\"}"}}"#)
        + "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}]}\n\ndata: [DONE]\n\n";
    let (events, end) = Session::new().await.stream(answer(200, stream)).await;
    let call = |id: Option<&str>, name: Option<&str>, arguments: &str| ChatEvent::ToolCall {
        part: ToolCallPart {
            index: 0,
            id: id.map(Into::into),
            name: name.map(Into::into),
            arguments_json: arguments.into(),
        },
    };
    let finished = ChatEvent::Finished { reason: FinishReason::ToolCalls };
    assert_eq!(events, [call(Some("c1"), Some("rate"), "{\"to\""), call(None, None, ":\"EUR\"}"), finished]);
    assert_eq!(end, Ok(()));
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

// P1, P5: cut at any byte
#[tokio::test(start_paused = true)]
async fn a_whole_answer_cut_at_any_byte_is_a_typed_error_and_one_post() {
    let body = r#"{"model":"m-1","choices":[{"message":{"content":"Hi"},"finish_reason":"stop"}]}"#;
    let session = Session::new().await;
    for cut in 0..body.len() {
        let start = Bytes::from(body).slice(..cut);
        session.world.server.set(|state| {
            state.api_answers.push_back(answer(200, start.clone()));
            let broken = Err(HttpFailure::Broken { detail: "reset".into() });
            state.api_answers.push_back(chunks(200, vec![Ok(start), broken]));
        });
        let ended = session.ai.chat(request()).await.unwrap_err();
        assert!(matches!(ended, Error::Provider { kind: ProviderErrorKind::UnreadableAnswer, .. }), "{cut}: {ended}");
        let broke = session.ai.chat(request()).await.unwrap_err();
        assert!(matches!(broke, Error::Truncated { .. }), "{cut}: {broke}");
    }
    assert_eq!(session.posts(), 2 * body.len());
}

// P8
#[tokio::test(start_paused = true)]
async fn what_could_only_cost_money_for_nothing_is_refused_before_it_is_sent() {
    let session = Session::new().await;
    let mut hot = request();
    hot.temperature = Some(3.0);
    let photo = crate::ImageQuestion::new(b"not a photo".to_vec(), "What is this?");
    for (input, result) in [
        ("messages", session.ai.chat(ChatRequest::new(vec![])).await),
        ("prompt", session.ai.chat(ChatRequest::user("  ")).await),
        ("max_tokens", session.ai.chat(request().max_tokens(0)).await),
        ("temperature", session.ai.chat(hot).await),
        ("photo", session.ai.describe_image(photo).await),
    ] {
        let error = result.unwrap_err();
        assert!(matches!(&error, Error::InvalidInput { input: named, .. } if named == input), "{input}: {error}");
    }
    assert_eq!(session.posts(), 0);
}

// P8: model ids that do not exist, where the list is known
#[tokio::test(start_paused = true)]
async fn a_model_that_the_known_catalogue_lacks_is_refused_before_it_is_sent() {
    let session = Session::new().await;
    let catalogue = answer(200, r#"{"data":[{"id":"gpt-5-mini"}]}"#);
    session.world.server.set(|state| state.api_answers.push_back(catalogue));
    assert_eq!(session.ai.models().await.unwrap().len(), 1);
    let error = session.ai.chat(request()).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { input, .. } if input == "model"));
    assert_eq!(session.posts(), 0);
}
