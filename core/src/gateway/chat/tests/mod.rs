//! Whole and streamed answers against a scripted provider: cut, broken, refused, and in odd forms.

mod dropped_connections;
mod endings;
mod reading;
mod several_choices;
mod streams;
mod tool_calls;

use super::*;
use crate::client::tests::world::World;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks};
use crate::{Error, ProviderErrorKind};
use bytes::Bytes;

const CHAT: &str = "/oauth2/v1/chat/completions";

const STREAM: &str = "data: {\"id\":\"c\",\"model\":\"m-1\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Grüße \"}}]}\n\n\
    : ping\n\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"aus 東京\"}}]}\n\n\
    data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n\
    data: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4,\"total_tokens\":7}}\n\n\
    data: [DONE]\n\n";

const USAGE: TokenUsage =
    TokenUsage { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7, cached_tokens: None, reasoning_tokens: None };

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
        let (events, end) = self.stream_of(request(), answer).await;
        (events, end.map(drop))
    }

    /// All events, and the whole answer.
    async fn stream_of(&self, request: ChatRequest, answer: Scripted) -> (Vec<ChatEvent>, Result<ChatAnswer>) {
        self.world.server.set(|state| state.api_answers.push_back(answer));
        let stream = match self.ai.chat_stream(request).await {
            Ok(stream) => stream,
            Err(error) => return (Vec::new(), Err(error)),
        };
        let mut events = Vec::new();
        loop {
            match stream.next().await {
                Ok(Some(event)) => events.push(event),
                Ok(None) => return (events, stream.answer().await),
                Err(error) => {
                    assert_eq!(stream.next().await, Ok(None), "an error is the end");
                    assert_eq!(stream.answer().await, Err(error.clone()), "and there is no answer");
                    return (events, Err(error));
                }
            }
        }
    }

    fn posts(&self) -> usize {
        self.world.transport.count(CHAT)
    }
}

fn said(text: &str) -> ChatEvent {
    ChatEvent::Text { text: text.into(), choice: 0 }
}

fn finished(reason: FinishReason) -> ChatEvent {
    ChatEvent::Finished { reason, choice: 0 }
}

fn text(events: &[ChatEvent]) -> String {
    let texts = events.iter().filter_map(|event| match event {
        ChatEvent::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    texts.collect()
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
        assert!(matches!(ended, Error::Provider { kind: ProviderErrorKind::InvalidResponse, .. }), "{cut}: {ended}");
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
