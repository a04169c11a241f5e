use super::*;
use crate::client::tests::world::World;
use crate::gateway::chat::{ChatEvent, ContentPart, Role, Tool, ToolCall};
use crate::gateway::photo::Photo;
use crate::net::scripted::{Scripted, answer, chunks};
use crate::net::transport::BodyStream;
use proptest::prelude::*;
use serde_json::{Value, json};

const CHAT: &str = "/oauth2/v1/chat/completions";
/// A photo of one pixel.
const PHOTO: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

struct Talk {
    world: World,
    ai: AiPass,
    conversation: Conversation,
}

impl Talk {
    async fn new(budget: ConversationBudget) -> Self {
        let world = World::new();
        let ai = world.signed_in().await;
        let start = ChatRequest::new(vec![Message::system("Be brief.")]).model("m-1");
        Self { world, ai, conversation: Conversation::new(start, budget).unwrap() }
    }

    fn answer_with(&self, answer: Scripted) {
        self.world.server.set(|state| state.api_answers.push_back(answer));
    }

    async fn ask(&self, question: &str, reply: Scripted) -> Result<ChatAnswer> {
        self.answer_with(reply);
        self.conversation.ask(&self.ai, vec![Message::user(question)]).await
    }

    /// The texts that the last request sent.
    fn sent(&self) -> Vec<String> {
        let bodies = self.world.transport.bodies(CHAT);
        let body: Value = serde_json::from_slice(bodies.last().unwrap()).unwrap();
        let texts = body["messages"].as_array().unwrap().iter().map(|message| message["content"].as_str());
        texts.map(|text| text.unwrap_or("-").to_owned()).collect()
    }

    fn history(&self) -> Vec<String> {
        self.conversation.messages().iter().map(text).collect()
    }
}

fn text(message: &Message) -> String {
    match message.content.as_slice() {
        [ContentPart::Text { text }] => text.clone(),
        _ => "-".to_owned(),
    }
}

fn said(text: &str) -> Scripted {
    answer(200, json!({"choices": [{"message": {"content": text}, "finish_reason": "stop"}]}).to_string())
}

fn streamed(text: &str, reason: Option<&str>) -> String {
    let choice = json!({"index": 0, "delta": {"content": text}, "finish_reason": reason});
    format!("data: {}\n\n", json!({"choices": [choice]}))
}

#[tokio::test(start_paused = true)]
async fn each_question_goes_with_what_was_said_before() {
    let talk = Talk::new(ConversationBudget::default()).await;
    assert_eq!(talk.ask("a?", said("A")).await.unwrap().text, "A");
    assert_eq!(talk.sent(), ["Be brief.", "a?"]);
    talk.ask("b?", said("B")).await.unwrap();
    assert_eq!(talk.sent(), ["Be brief.", "a?", "A", "b?"]);
    assert_eq!(talk.history(), ["a?", "A", "b?", "B"]);
    talk.conversation.clear();
    talk.ask("c?", said("C")).await.unwrap();
    assert_eq!(talk.sent(), ["Be brief.", "c?"]);
}

#[tokio::test(start_paused = true)]
async fn the_oldest_turns_are_left_out_and_never_the_rules() {
    let talk = Talk::new(ConversationBudget { max_messages: Some(4), max_tokens: None }).await;
    for (question, reply) in [("a?", "A"), ("b?", "B"), ("c?", "C")] {
        talk.ask(question, said(reply)).await.unwrap();
    }
    assert_eq!(talk.sent(), ["Be brief.", "b?", "B", "c?"]);

    let small = ConversationBudget { max_tokens: Some(20), max_messages: None };
    let talk = Talk::new(small).await;
    talk.ask("a?", said("A")).await.unwrap();
    let error = talk.ask(&"long ".repeat(50), said("never asked")).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { input, .. } if input == "budget"));
    assert_eq!((talk.world.transport.count(CHAT), talk.history().len()), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_failed_call_leaves_the_history_as_it_was() {
    let talk = Talk::new(ConversationBudget::default()).await;
    talk.ask("a?", said("A")).await.unwrap();
    for failure in [answer(500, ""), answer(200, "<html>"), answer(429, r#"{"error":{"type":"budget_exceeded"}}"#)] {
        talk.ask("b?", failure).await.unwrap_err();
        assert_eq!(talk.history(), ["a?", "A"]);
    }
    for messages in [vec![], vec![Message::user(" ")], vec![Message::tool("c1", "no such call")]] {
        let error = talk.conversation.ask(&talk.ai, messages).await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error}");
    }
    talk.ask("c?", said("C")).await.unwrap();
    assert_eq!(talk.history(), ["a?", "A", "c?", "C"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_joins_the_history_when_the_model_is_done_and_not_before() {
    let talk = Talk::new(ConversationBudget::default()).await;
    let ask = || talk.conversation.stream(&talk.ai, vec![Message::user("a?")]);
    let half = streamed("A", None);

    talk.answer_with(answer(200, half.clone()));
    let broken = ask().await.unwrap();
    assert!(matches!(broken.answer().await, Err(Error::Truncated { text, .. }) if text == "A"));
    assert_eq!(talk.history(), [""; 0]);

    for cancel in [true, false] {
        let endless = futures_util::stream::iter([Ok(half.clone().into())]);
        let endless = futures_util::StreamExt::chain(endless, futures_util::stream::pending());
        talk.answer_with(Ok(http::Response::new(BodyStream::new(endless))));
        let stream = ask().await.unwrap();
        assert_eq!(stream.next().await, Ok(Some(ChatEvent::Text { text: "A".into(), choice: 0 })));
        let error = ask().await.unwrap_err();
        assert!(matches!(error, Error::InvalidInput { input, .. } if input == "conversation"), "one call at a time");
        if cancel {
            stream.cancel();
        }
        drop(stream);
        assert_eq!(talk.history(), [""; 0]);
    }

    talk.answer_with(chunks(200, vec![Ok(half.into()), Ok(streamed("a", Some("stop")).into())]));
    let whole = ask().await.unwrap();
    while let Some(event) = whole.next().await.unwrap() {
        if matches!(event, ChatEvent::Finished { .. }) {
            break; // many apps read no further
        }
    }
    drop(whole);
    assert_eq!(talk.history(), ["a?", "Aa"]);
    talk.ask("b?", said("B")).await.unwrap();
    assert_eq!(talk.sent(), ["Be brief.", "a?", "Aa", "b?"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_answered_after_the_history_was_cleared_is_forgotten() {
    let talk = Talk::new(ConversationBudget::default()).await;
    talk.answer_with(answer(200, streamed("A", Some("stop"))));
    let stream = talk.conversation.stream(&talk.ai, vec![Message::user("a?")]).await.unwrap();
    talk.conversation.clear();
    assert_eq!(stream.answer().await.unwrap().text, "A");
    assert_eq!(talk.history(), [""; 0]);
}

#[tokio::test(start_paused = true)]
async fn tools_are_called_and_answered_within_it() {
    let mut talk = Talk::new(ConversationBudget::default()).await;
    let mut start = talk.conversation.start.clone();
    start.tools = vec![Tool::new("rate", "exchange rate", "{}")];
    talk.conversation = Conversation::new(start, ConversationBudget::default()).unwrap();
    let call = json!({"id": "c1", "type": "function", "function": {"name": "rate", "arguments": "{}"}});
    let choice = json!({"message": {"content": null, "tool_calls": [call]}, "finish_reason": "tool_calls"});
    let asked = talk.ask("In euros?", answer(200, json!({"choices": [choice]}).to_string())).await.unwrap();
    assert_eq!(asked.tool_calls[0].name, "rate");

    let instead = talk.conversation.ask(&talk.ai, vec![Message::user("Well?")]).await.unwrap_err();
    assert!(matches!(instead, Error::InvalidInput { input, .. } if input == "messages"), "the call has no result");
    talk.answer_with(said("1.08"));
    let result = Message::tool(&asked.tool_calls[0].id, "1.08");
    assert_eq!(talk.conversation.ask(&talk.ai, vec![result]).await.unwrap().text, "1.08");
    assert_eq!(talk.history(), ["In euros?", "-", "1.08", "1.08"]);
}

#[tokio::test(start_paused = true)]
async fn a_photo_is_prepared_once_and_saved_with_the_rest() {
    let talk = Talk::new(ConversationBudget::default()).await;
    talk.answer_with(said("A dot."));
    let question = Message::with_photos("What is it?", vec![Photo::Url(PHOTO.into())]);
    talk.conversation.ask(&talk.ai, vec![question]).await.unwrap();
    let saved = talk.conversation.save().unwrap();
    let resumed = Conversation::resume(ChatRequest::default(), ConversationBudget::default(), saved.clone()).unwrap();
    assert_eq!(resumed.messages(), talk.conversation.messages());
    assert_eq!(resumed.save().unwrap(), saved);
    let damaged = Message::with_photos("And this?", vec![Photo::from(vec![1, 2, 3])]);
    let error = talk.conversation.ask(&talk.ai, vec![damaged]).await.unwrap_err();
    assert!(matches!(error, Error::InvalidInput { input, .. } if input == "photo"));
    assert_eq!(talk.history().len(), 2);
}

// the form is pinned: what an older version of an app saved must still be read
#[test]
fn the_saved_form_is_the_documented_one() {
    let saved = r#"{"version":1,"messages":[{"role":"user","content":"In euros?"},{"role":"assistant","content":null,"tool_calls":[{"type":"function","id":"c1","function":{"name":"rate","arguments":"{}"}}]},{"role":"tool","content":"1.08","tool_call_id":"c1"},{"role":"user","content":[{"type":"text","text":"And this?"},{"type":"image_url","image_url":{"url":"https://a.example/b.jpg"}}]}]}"#;
    let call = ToolCall { id: "c1".into(), name: "rate".into(), arguments_json: "{}".into() };
    let messages = [
        Message::user("In euros?"),
        Message { tool_calls: vec![call], ..Message::empty(Role::Assistant) },
        Message::tool("c1", "1.08"),
        Message::with_photos("And this?", vec![Photo::Url("https://a.example/b.jpg".into())]),
    ];
    assert_eq!(saved::write(&messages).unwrap(), saved);
    assert_eq!(saved::read(saved).unwrap(), messages);
}

#[test]
fn what_no_conversation_saved_is_named() {
    let resume =
        |saved: &str| Conversation::resume(ChatRequest::default(), ConversationBudget::default(), saved.into());
    for saved in [
        "",
        "[]",
        "{}",
        r#"{"version":2,"messages":[]}"#,
        r#"{"version":1}"#,
        r#"{"version":1,"messages":[{"role":"stranger","content":"a"}]}"#,
        r#"{"version":1,"messages":[{"role":"user","content":[{"type":"audio"}]}]}"#,
        r#"{"version":1,"messages":[{"role":"tool","content":"a","tool_call_id":"c1"}]}"#,
    ] {
        let error = resume(saved).unwrap_err();
        assert!(matches!(&error, Error::InvalidInput { input, .. } if input == "saved"), "{saved}: {error}");
    }
    let nothing = ConversationBudget { max_tokens: Some(0), max_messages: None };
    assert!(Conversation::new(ChatRequest::default(), nothing).is_err());
}

proptest! {
    // S3
    #[test]
    fn no_saved_text_panics(text in "\\PC{0,100}", content in "\\PC{0,40}") {
        let _ = saved::read(&text);
        let messages = [Message::user(content.clone()), Message::assistant(content)];
        prop_assert_eq!(saved::read(&saved::write(&messages).unwrap()).unwrap(), messages);
    }
}
