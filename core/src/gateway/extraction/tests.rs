use super::*;
use crate::client::tests::world::World;
use crate::net::scripted::{answer, with_header};
use proptest::prelude::*;
use serde_json::json;

const SCHEMA: &str = r#"{"type":"object","required":["count"],"properties":{"count":{"type":"integer"}}}"#;
const CHAT: &str = "/oauth2/v1/chat/completions";
/// A photo of one pixel.
const PHOTO: &str = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAAAAAAALAAAAAABAAEAAAIBRAA7";

fn photo() -> Photo {
    Photo::Url(PHOTO.into())
}

fn extraction() -> JsonExtraction {
    JsonExtraction { model: Some("m-1".into()), ..JsonExtraction::new(vec![photo()], SCHEMA) }
}

/// What comes of this answer, and how often was posted for it.
async fn extracted(said: &str, finish_reason: &str) -> (Result<ExtractedJson>, usize) {
    let world = World::new();
    let ai = world.signed_in().await;
    let body = json!({"model": "m-1", "choices": [{"message": {"content": said}, "finish_reason": finish_reason}]});
    let reply = with_header(answer(200, body.to_string()), "x-request-id", "r-1");
    world.server.set(|state| state.api_answers.push_back(reply));
    let extracted = ai.extract_json(extraction()).await;
    (extracted, world.transport.count(CHAT))
}

// P7
#[tokio::test(start_paused = true)]
async fn the_json_is_found_wherever_it_stands_and_in_one_call() {
    for said in [
        r#"{"count": 2.0}"#,
        "```json\n{\"count\": 2.0}\n```",
        "Here it is [1]:\n```\n{\"count\": 2.0}\n```\nAnything else?",
        r#"{"thought": "counting"} {"count": "two"} {"count": 2.0}"#,
    ] {
        let (extracted, posts) = extracted(said, "stop").await;
        let extracted = extracted.unwrap();
        assert_eq!(
            (extracted.json.as_str(), extracted.model.as_str(), posts),
            (r#"{"count": 2.0}"#, "m-1", 1),
            "{said}"
        );
    }
}

// P11
#[test]
fn what_is_meant_is_told_from_drafts_and_schemas() {
    let schema = json!({"type": "object", "required": ["count"], "properties": {"count": {"type": ["integer", "null"]},
        "name": {"type": "string"}}});
    for (said, expected) in [
        ("<think>{\"count\": 1}</think>{\"count\": 2}", Some(r#"{"count": 2}"#)),
        ("<think>{\"count\": 1}</think>", None),
        ("{'count': 2,}", Some(r#"{"count": 2}"#)),
        (r#"{"count": 1}. No, it is: {"count": 2}"#, Some(r#"{"count": 2}"#)),
        (r#"{"count": 1} {"count": 2}"#, Some(r#"{"count":null}"#)),
        (r#"Left: {"count": 1} Right: {"count": 2}"#, Some(r#"{"count":null}"#)),
        (r#"The red ones: {"count": 1} The green ones: {"count": 2}"#, Some(r#"{"count":null}"#)),
        (r#"{"count": 1} Corrected: {"count": 2}"#, Some(r#"{"count": 2}"#)),
        (r#"Draft: {"count": 1} Counted: {"count": 2}"#, Some(r#"{"count": 2}"#)),
        (r#"{"count": 1, "name": "a"} Or: {"count": 1, "name": "b"} {"count": 1, "name": "c"}"#, None),
        (r#"{"count": 2, "name": "string"}"#, None),
        (r#"{"result": {"count": 2, "name": "a"}}"#, Some(r#"{"count": 2, "name": "a"}"#)),
        (r#"{"part": {"count": 2, "name": "a"}}"#, None),
        (r#"{"count": 1} so {"count": 2, "#, None),
    ] {
        let read = choice::fitting(json_in_text::find(said), &schema);
        assert_eq!(read.as_deref().ok(), expected, "{said}: {read:?}");
    }
}

// P11: a placeholder is its property alone; where half are placeholders, nothing was read
#[test]
fn a_placeholder_is_null_where_the_schema_has_null() {
    let property = json!({"type": ["string", "null"]});
    let strict = json!({"type": "string", "enum": ["text", "figure"]});
    let properties = json!({"a": property, "b": property, "c": property, "kind": strict});
    let schema = json!({"type": "object", "required": ["a"], "properties": properties});
    for (said, expected) in [
        (r#"{"a": "XXX", "b": "y", "c": "z"}"#, Some(r#"{"a": null, "b": "y", "c": "z"}"#)),
        (r#"{"a": "y", "b": "<name>", "c": "z"}"#, Some(r#"{"a": "y", "b": null, "c": "z"}"#)),
        (r#"{"result": {"a": "y", "b": "...", "c": "z"}}"#, Some(r#"{"a": "y", "b": null, "c": "z"}"#)),
        (r#"{"a": "y", "b": "z", "kind": "text"}"#, Some(r#"{"a": "y", "b": "z", "kind": "text"}"#)),
        (r#"{"a": "y", "b": "z", "kind": "string"}"#, None),
        (r#"{"a": "XXX", "b": "y", "c": null}"#, None),
        (r#"{"a": "string", "b": "string", "c": "z"}"#, None),
    ] {
        let read = choice::fitting(json_in_text::find(said), &schema);
        assert_eq!(read.as_deref().ok(), expected, "{said}: {read:?}");
    }
}

// P11
#[tokio::test(start_paused = true)]
async fn a_draft_before_the_cut_is_not_the_answer() {
    for (said, finish_reason) in [
        (r#"First {"count": 1}. Now the"#, "length"),
        (r#"{"count": 1} {"count""#, "length"),
        (r#"First {"count": 1}. Now the"#, "content_filter"),
        (r#"First {"count": 1}. Now the"#, "model_length"),
        (r#"<think>{"count": 1}"#, "length"),
        (r#"{"count": 1} {"count""#, "stop"),
        (r#"{"wrapped": {"count": 2}, "#, "stop"),
        ("```json\n{\"count\": 1,\n```\nE.g. {\"count\": 2}", "stop"),
    ] {
        let (cut, posts) = extracted(said, finish_reason).await;
        assert!(matches!(cut, Err(Error::Truncated { text, .. }) if text == said), "{said}");
        assert_eq!(posts, 1);
    }
}

// P9
#[test]
fn nothing_is_sent_that_was_not_asked_for() {
    let asked = chat_request(extraction()).unwrap();
    assert_eq!((asked.temperature, asked.max_tokens), (None, None));
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_it_is_a_typed_error_and_no_second_call() {
    for (said, why) in [
        ("I see no numbers.", "there is no JSON"),
        (&"I see a lot of them. ".repeat(100), "there is no JSON"),
        (r#"{"total": 2}"#, "/count is missing"),
        (r#"{"count": "two"}"#, "/count is not of the type"),
        (r#"[{"count": 2}]"#, "the whole is not of the type"),
    ] {
        let (extracted, posts) = extracted(said, "stop").await;
        match extracted.unwrap_err() {
            Error::InvalidOutput { text, request_id, detail } => {
                assert!(detail.contains(why), "{said}: {detail}");
                assert_eq!((text.as_str(), request_id.as_deref()), (said, Some("r-1")));
            }
            error => panic!("{said}: {error}"),
        }
        assert_eq!(posts, 1, "{said}");
    }
    let refusal =
        json!({"choices": [{"message": {"content": null, "refusal": "I will not."}, "finish_reason": "stop"}]});
    let refused = super::super::chat::read_response(refusal.to_string().as_bytes(), "m-1".into(), None).unwrap();
    let error = read(&refused, &json!({"type": "object"})).unwrap_err();
    assert!(matches!(&error, Error::InvalidOutput { text, .. } if text == "I will not."), "{error}");
    let (cut, posts) = extracted(r#"{"count": 2"#, "length").await;
    assert!(matches!(cut, Err(Error::Truncated { text, .. }) if text == r#"{"count": 2"#));
    assert_eq!(posts, 1);
}

#[test]
fn a_list_of_plain_values_is_found_too() {
    let body = r#"{"choices":[{"message":{"content":"```json\n[1, 2]\n```"},"finish_reason":"stop"}]}"#;
    let answer = super::super::chat::read_response(body.as_bytes(), "m-1".into(), None).unwrap();
    assert_eq!(read(&answer, &json!({"type": "array", "items": {"type": "number"}})), Ok("[1, 2]".into()));
}

#[tokio::test(start_paused = true)]
async fn it_is_a_value_of_the_apps_own_type() {
    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Counted {
        count: u8,
    }
    let world = World::new();
    let ai = world.signed_in().await;
    for (said, expected) in [(r#"{"count": 2}"#, Some(Counted { count: 2 })), (r#"{"count": -2}"#, None)] {
        let body = json!({"choices": [{"message": {"content": said}, "finish_reason": "stop"}]});
        world.server.set(|state| state.api_answers.push_back(answer(200, body.to_string())));
        match ai.extract::<Counted>(extraction()).await {
            Ok(counted) => assert_eq!(Some(counted), expected),
            Err(error) => {
                assert!(expected.is_none(), "{error}");
                assert!(matches!(&error, Error::InvalidOutput { text, .. } if text == said), "{error}");
            }
        }
    }
}

// P8
#[tokio::test(start_paused = true)]
async fn what_cannot_be_asked_costs_nothing() {
    let world = World::new();
    let ai = world.signed_in().await;
    for (named, extraction) in [
        ("photo", JsonExtraction { photos: vec![], ..extraction() }),
        ("photo", JsonExtraction { photos: vec![photo(), Photo::from(b"GIF89a".to_vec())], ..extraction() }),
        ("photo", JsonExtraction { photos: vec![Photo::Url("http://a.example/b.jpg".into())], ..extraction() }),
        ("schema_json", JsonExtraction { schema_json: "[]".into(), ..extraction() }),
        ("schema_json", JsonExtraction { schema_json: "{\"type\":".into(), ..extraction() }),
        ("temperature", JsonExtraction { temperature: Some(-1.0), ..extraction() }),
        ("max_tokens", JsonExtraction { max_tokens: Some(0), ..extraction() }),
    ] {
        let error = ai.extract_json(extraction).await.unwrap_err();
        assert!(matches!(&error, Error::InvalidInput { input, .. } if input == named), "{named}: {error}");
    }
    assert_eq!(world.transport.count(CHAT), 0);
}

#[test]
fn the_model_is_told_the_schema_in_words_too() {
    let request = chat_request(JsonExtraction { prompt: Some("Only ripe ones.".into()), ..extraction() }).unwrap();
    let prompt = format!("{:?}", request.messages);
    for part in ["Only ripe ones.", &SCHEMA.replace('"', "\\\"")] {
        assert!(prompt.contains(part), "{prompt}");
    }
    assert!(matches!(request.response_format, Some(ResponseFormat::JsonSchema { strict: false, .. })));
}

proptest! {
    // S3
    #[test]
    fn no_answer_panics(said in "[\\[\\]{}\",:0-9a-c` \n]{0,80}", schema in "[\\[\\]{}\",:0-9a-c ]{0,40}") {
        let body = json!({"choices": [{"message": {"content": said}}]}).to_string();
        let answer = super::super::chat::read_response(body.as_bytes(), "m-1".into(), None).unwrap();
        let schema = serde_json::from_str(&schema).unwrap_or_else(|_| json!({"type": "object"}));
        if let Ok(json) = read(&answer, &schema) {
            prop_assert!(serde_json::from_str::<Value>(&json).is_ok());
        }
    }
}
