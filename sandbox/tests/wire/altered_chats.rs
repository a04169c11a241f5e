//! Changed answers of chats, as a client meets them.

use aipass_sandbox::{Alteration, Endpoint};
use serde_json::{Value, json};

use crate::app::{App, ask, read};

const RECEIPT: &str = r#"{"amount": 12.40, "currency": "EUR", "date": "2026-03-04", "merchant": "Café Mitte"}"#;
const SENTENCE: &str = "You paid 12.40 EUR at Café Mitte on 2026-03-04.";

pub struct Fixture {
    pub app: App,
    access: String,
}

impl Fixture {
    pub async fn new() -> Self {
        let app = App::start().await;
        let access = app.sign_in().await.access;
        Self { app, access }
    }

    async fn whole(&self, alteration: Alteration, request: &Value) -> Value {
        self.app.sandbox.add_fault(Endpoint::Chat, alteration.into(), Some(1)).unwrap();
        let (status, body) = read(self.app.chat(&self.access, request).await).await;
        assert_eq!(status, 200, "{body}");
        body
    }

    /// The events' data.
    async fn stream(&self, alteration: Alteration, request: &Value) -> Vec<String> {
        self.app.sandbox.add_fault(Endpoint::Chat, alteration.into(), Some(1)).unwrap();
        let mut request = request.clone();
        request["stream"] = json!(true);
        let body = self.app.chat(&self.access, &request).await.text().await.unwrap();
        body.split_terminator("\n\n").map(|event| event.strip_prefix("data: ").unwrap().to_owned()).collect()
    }

    async fn chunks(&self, alteration: Alteration, request: &Value) -> Vec<Value> {
        let events = self.stream(alteration, request).await;
        events.iter().filter_map(|event| serde_json::from_str(event).ok()).collect()
    }
}

fn reasons(chunks: &[Value]) -> Vec<&Value> {
    chunks.iter().map(|chunk| &chunk["choices"][0]["finish_reason"]).collect()
}

fn text(chunks: &[Value]) -> String {
    chunks.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect()
}

fn tool_request() -> Value {
    let mut request = ask("Convert with rate");
    let parameters = json!({ "type": "object", "properties": { "from": { "type": "string" } } });
    request["tools"] = json!([{ "type": "function", "function": { "name": "rate", "parameters": parameters } }]);
    request
}

// C1
#[tokio::test]
async fn finish_reasons_are_empty_missing_twice_or_changed() {
    let fixture = Fixture::new().await;
    let chunks = fixture.chunks(Alteration::FinishEmpty, &ask(RECEIPT)).await;
    assert_eq!((text(&chunks), reasons(&chunks)[0]), (SENTENCE.to_owned(), &json!("")));
    assert_eq!(*reasons(&chunks).last().unwrap(), "stop");
    let events = fixture.stream(Alteration::FinishMissing, &ask(RECEIPT)).await;
    let chunks: Vec<Value> = events.iter().map(|event| serde_json::from_str(event).unwrap()).collect();
    assert!(reasons(&chunks).iter().all(|reason| **reason == "") && !text(&chunks).is_empty());
    assert!(SENTENCE.len() > text(&chunks).len() && SENTENCE.starts_with(&text(&chunks)));
    for (alteration, last) in [(Alteration::FinishTwice, "stop"), (Alteration::FinishChanges, "length")] {
        let chunks = fixture.chunks(alteration, &ask(RECEIPT)).await;
        let said: Vec<&Value> = reasons(&chunks).into_iter().filter(|reason| reason.is_string()).collect();
        assert_eq!(said, ["stop", last]);
    }
    let whole = fixture.whole(Alteration::FinishEmpty, &ask(RECEIPT)).await;
    assert_eq!(whole["choices"][0]["finish_reason"], "");
    let whole = fixture.whole(Alteration::FinishMissing, &ask(RECEIPT)).await;
    assert_eq!(whole["choices"][0].get("finish_reason"), None);
}

// C2
#[tokio::test]
async fn errors_come_inside_a_200() {
    let fixture = Fixture::new().await;
    let whole = fixture.whole(Alteration::ErrorIn200, &ask(RECEIPT)).await;
    assert_eq!((&whole["error"]["type"], whole.get("choices")), (&json!("server_error"), None));
    let whole = fixture.whole(Alteration::BudgetIn200, &ask(RECEIPT)).await;
    assert_eq!(
        (&whole["error"]["type"], &whole["choices"][0]["message"]["content"]),
        (&json!("budget_exceeded"), &json!(""))
    );
    let whole = fixture.whole(Alteration::ChoiceError, &ask(RECEIPT)).await;
    assert_eq!(
        (&whole["choices"][0]["finish_reason"], &whole["choices"][0]["error"]["code"]),
        (&json!("error"), &json!(502))
    );
    for alteration in [Alteration::ErrorIn200, Alteration::BudgetIn200, Alteration::ChoiceError] {
        let chunks = fixture.chunks(alteration, &ask(RECEIPT)).await;
        let said = text(&chunks);
        assert!(!said.is_empty() && said.len() < SENTENCE.len() && SENTENCE.starts_with(&said), "{said}");
        let last = chunks.last().unwrap();
        assert!(last["error"].is_object() || last["choices"][0]["error"].is_object(), "{last}");
    }
}

// C3, C4, C11
#[tokio::test]
async fn tool_calls_and_contents_have_other_forms() {
    let fixture = Fixture::new().await;
    let arguments = json!({ "from": "Convert with rate" });
    let whole = fixture.whole(Alteration::StructuredArguments, &tool_request()).await;
    assert_eq!(whole["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"], arguments);
    let chunks = fixture.chunks(Alteration::StructuredArguments, &tool_request()).await;
    let pieces = chunks.iter().filter_map(|chunk| chunk.pointer("/choices/0/delta/tool_calls/0/function/arguments"));
    let pieces: Vec<&Value> = pieces.filter(|piece| **piece != "").collect();
    assert_eq!(pieces, [&arguments]);

    let whole = fixture.whole(Alteration::StructuredContent, &ask(RECEIPT)).await;
    assert_eq!(whole["choices"][0]["message"]["content"], json!({ "text": SENTENCE }));
    let chunks = fixture.chunks(Alteration::StructuredContent, &ask(RECEIPT)).await;
    assert!(chunks.iter().any(|chunk| chunk["choices"][0]["delta"]["content"] == json!({ "text": SENTENCE })));

    let whole = fixture.whole(Alteration::FunctionCall, &tool_request()).await;
    let choice = &whole["choices"][0];
    assert_eq!(
        (&choice["message"]["function_call"]["name"], &choice["finish_reason"]),
        (&json!("rate"), &json!("function_call"))
    );
    assert_eq!(choice["message"].get("tool_calls"), None);
    let chunks = fixture.chunks(Alteration::FunctionCall, &tool_request()).await;
    assert!(chunks.iter().any(|chunk| chunk["choices"][0]["delta"]["function_call"]["name"] == "rate"));

    let calls = |chunks: &[Value]| -> Vec<Value> {
        chunks.iter().filter_map(|chunk| chunk.pointer("/choices/0/delta/tool_calls/0")).cloned().collect()
    };
    let pieces = calls(&fixture.chunks(Alteration::NewCallIds, &tool_request()).await);
    assert!(pieces.len() > 2 && pieces[0]["id"] != pieces[1]["id"], "{pieces:?}");
    let pieces = calls(&fixture.chunks(Alteration::NameLate, &tool_request()).await);
    assert_eq!(
        (pieces[0]["function"].get("name"), &pieces.last().unwrap()["function"]["name"]),
        (None, &json!("rate"))
    );
}

// C5, C6, K2
#[tokio::test]
async fn parts_are_repeated_missing_or_empty() {
    let fixture = Fixture::new().await;
    let chunks = fixture.chunks(Alteration::MessageRepeated, &ask(RECEIPT)).await;
    let last = chunks.iter().rfind(|chunk| chunk["choices"][0]["finish_reason"] == "stop").unwrap();
    assert_eq!((text(&chunks).as_str(), &last["choices"][0]["message"]["content"]), (SENTENCE, &json!(SENTENCE)));
    let whole = fixture.whole(Alteration::MessageMissing, &ask(RECEIPT)).await;
    assert_eq!(whole["choices"], json!([{ "finish_reason": "length" }]));
    assert!(whole["usage"]["total_tokens"].as_u64().unwrap() > 0);
    assert_eq!(fixture.whole(Alteration::EmptyUsage, &ask(RECEIPT)).await["usage"], json!({}));
    let events = fixture.stream(Alteration::EmptyUsage, &ask(RECEIPT)).await;
    assert!(events[events.len() - 2].contains(r#""usage":{}"#) && events.last().unwrap() == "[DONE]");
    let empty = json!({ "message": "", "code": null });
    assert_eq!(fixture.whole(Alteration::EmptyError, &ask(RECEIPT)).await["error"], empty);
    assert!(fixture.chunks(Alteration::EmptyError, &ask(RECEIPT)).await.iter().all(|chunk| chunk["error"] == empty));
}

// C8, G1, K4
#[tokio::test]
async fn a_response_is_garbled_endless_or_has_duplicate_members() {
    let fixture = Fixture::new().await;
    let events = fixture.stream(Alteration::GarbledEvent, &ask(RECEIPT)).await;
    let garbled = events.iter().filter(|event| serde_json::from_str::<Value>(event).is_err());
    assert_eq!(garbled.count(), 2, "the garbled one and [DONE]");
    fixture.app.sandbox.add_fault(Endpoint::Chat, Alteration::ManyItems.into(), Some(2)).unwrap();
    let body = fixture.app.chat(&fixture.access, &ask(RECEIPT)).await.text().await.unwrap();
    assert!(body.len() > 6_000_000 && body.contains(SENTENCE) && body.contains(",{},{}"));
    let mut request = ask(RECEIPT);
    request["stream"] = json!(true);
    assert!(fixture.app.chat(&fixture.access, &request).await.bytes().await.unwrap().len() > 6_000_000);
    fixture.app.sandbox.add_fault(Endpoint::Chat, Alteration::DuplicateMember.into(), Some(1)).unwrap();
    let body = fixture.app.chat(&fixture.access, &ask(RECEIPT)).await.text().await.unwrap();
    assert!(body.contains(r#""finish_reason":"the first of two","finish_reason":"stop""#), "{body}");
}

// R1, R2, R3, R4, R8
#[tokio::test]
async fn models_write_text_around_the_requested_json() {
    let fixture = Fixture::new().await;
    let mut request = ask(RECEIPT);
    request["response_format"] = json!({ "type": "json_object" });
    let plain = r#"{"answer":"You paid 12.40 EUR at Café Mitte on 2026-03-04."}"#;
    let draft = r#"{"amount": 99.99"#;
    for (alteration, beginning, end) in [
        (Alteration::Thoughts, "<think>", plain),
        (Alteration::LoneThoughts, "Perhaps", plain),
        (Alteration::DraftThenAnswer, "First I read", plain),
        (Alteration::SchemaThenAnswer, "The fields are", plain),
        (Alteration::TruncatedDraft, "A draft: ", r#"{"amount": "#),
        (Alteration::WrappedReceipt, r#"{"receipt": {"answer""#, r#""metadata": {"pages": 1}}"#),
        (Alteration::ListedReceipt, r#"{"results": [{"#, "]}"),
        (Alteration::StringReceipt, r#""{\"answer\""#, r#"}""#),
        (Alteration::NearJson, r#"{"answer""#, "\", // as printed\n}"),
    ] {
        let whole = fixture.whole(alteration, &request).await;
        let said = whole["choices"][0]["message"]["content"].as_str().unwrap();
        assert!(said.starts_with(beginning) && said.ends_with(end), "{said}");
        let has_draft =
            matches!(alteration, Alteration::Thoughts | Alteration::LoneThoughts | Alteration::DraftThenAnswer);
        assert_eq!(said.contains(draft), has_draft);
        let chunks = fixture.chunks(alteration, &request).await;
        assert_eq!(text(&chunks), said);
        let reason = if alteration == Alteration::TruncatedDraft { "length" } else { "stop" };
        assert_eq!(whole["choices"][0]["finish_reason"], reason);
        assert!(reasons(&chunks).contains(&&json!(reason)));
    }
}
