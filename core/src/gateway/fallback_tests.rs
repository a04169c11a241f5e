use super::*;
use crate::client::tests::world::{BALANCE, World};
use crate::error::TimeLimit;
use crate::gateway::error_response;
use crate::gateway::files_tests::answering;
use crate::net::ErrorResponse;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks};
use crate::{ChatRequest, ImageQuestion, JsonExtraction, Photo, ReceiptScan};
use bytes::Bytes;
use http::HeaderMap;
use serde_json::{Value, json};
use std::time::Duration;

const CHAT: &str = "/oauth2/v1/chat/completions";
const UNKNOWN_MODEL: &str = r#"{"error":{"message":"no such model","code":"model_not_found"}}"#;

fn refusal(status: u16, body: &'static str) -> Error {
    let (headers, body) = (HeaderMap::new(), Bytes::from(body));
    error_response::read_without_token(&ErrorResponse { status, headers, body, retry_after: None })
}

fn reply() -> Scripted {
    answer(200, r#"{"choices":[{"message":{"content":"{}"},"finish_reason":"stop"}]}"#)
}

fn models(ids: &[&str]) -> Fallback {
    Fallback::Models { models: ids.iter().map(|id| (*id).to_owned()).collect() }
}

fn asking(fallback: Fallback) -> ChatRequest {
    ChatRequest::user("Hi").model("m-1").fallback(fallback)
}

/// The models that were asked, in order.
fn asked(world: &World) -> Vec<String> {
    let bodies = world.transport.bodies(CHAT);
    bodies.iter().map(|body| serde_json::from_slice::<Value>(body).unwrap()["model"].as_str().unwrap().into()).collect()
}

fn names(refused: &[RefusedModel]) -> Vec<&str> {
    refused.iter().map(|refused| refused.model.as_str()).collect()
}

// B5: row by row
#[test]
fn the_table_holds() {
    for (status, body, another) in [
        (404, "", true),
        (404, UNKNOWN_MODEL, true),
        (410, "", true),
        (400, UNKNOWN_MODEL, true),
        (400, r#"{"error":{"message":"Invalid model name passed in model=x","type":"invalid_request_error"}}"#, true),
        (400, r#"{"error":{"message":"no","param":"temperature","code":"unsupported_value"}}"#, true),
        (400, r#"{"error":{"message":"litellm.UnsupportedParamsError: no reasoning here"}}"#, true),
        (400, r#"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported"}}"#, true),
        (422, r#"{"detail":[{"msg":"not permitted","loc":["body","top_logprobs"]}]}"#, true),
        (400, r#"{"error":{"message":"no","param":"messages[0].content","code":"invalid_value"}}"#, false),
        (422, r#"{"detail":[{"msg":"field required","loc":["body","messages"]}]}"#, false),
        (400, r#"{"error":{"message":"no","param":"prompt","code":"content_filter"}}"#, false),
        (400, r#"{"error":{"message":"no","param":"model","code":"content_filter"}}"#, false),
        (400, r#"{"error":{"message":"litellm.ContentPolicyViolationError: no","param":"model"}}"#, false),
        (400, r#"{"error":{"message":"no","param":"max_tokens","code":"context_length_exceeded"}}"#, false),
        (400, r#"{"error":{"message":"bad request"}}"#, false),
        (400, "", false),
        (400, "<html>Bad Request</html>", false),
        (403, r#"{"error":{"message":"no","type":"key_model_access_denied"}}"#, true),
        (403, r#"{"error":{"message":"team not allowed to access model. Tried to access m"}}"#, true),
        (403, r#"{"error":{"message":"the input was flagged"}}"#, false),
        (403, "", false),
        (429, "", true),
        (429, r#"{"error":{"message":"slow down"}}"#, true),
        (429, r#"{"error":{"message":"Budget has been exceeded!"}}"#, false),
        (402, "", false),
        (400, r#"{"error":{"type":"budget_exceeded","param":"model"}}"#, false),
        (503, r#"{"error":{"message":"There are no healthy deployments for this model"}}"#, true),
        (503, r#"{"error":{"message":"gone","type":"backend_unavailable"}}"#, false),
        (503, "", false),
        (302, UNKNOWN_MODEL, false),
        (401, UNKNOWN_MODEL, false),
        (408, UNKNOWN_MODEL, false),
        (409, UNKNOWN_MODEL, false),
        (413, UNKNOWN_MODEL, false),
        (500, UNKNOWN_MODEL, false),
        (502, UNKNOWN_MODEL, false),
        (504, UNKNOWN_MODEL, false),
    ] {
        assert_eq!(cost_nothing(&refusal(status, body)), another, "{status} {body}");
    }
    let timed_out = |limit| Error::Timeout { limit, after: Duration::ZERO, last_status: None };
    for error in [
        timed_out(TimeLimit::Connect),
        timed_out(TimeLimit::Idle),
        timed_out(TimeLimit::Total),
        Error::Offline { maybe_sent: true, detail: String::new() },
        Error::Offline { maybe_sent: false, detail: String::new() },
        Error::Truncated { text: String::new(), request_id: None, detail: String::new() },
        Error::Cancelled,
        Error::invalid_input("photo", "too dark"),
        Error::unreadable(200, "not JSON"),
        // After text, whatever it says.
        refusal(404, UNKNOWN_MODEL).after_text("It is"),
        refusal(429, "").after_text("It is"),
    ] {
        assert!(!cost_nothing(&error), "{error:?}");
    }
    assert!(cost_nothing(&Error::invalid_input("model", "not in the catalogue")));
}

// B5
#[tokio::test(start_paused = true)]
async fn a_list_is_asked_in_order_and_the_answer_tells_who_refused_and_why() {
    let parameter = r#"{"error":{"message":"not here","param":"seed","code":"unsupported_parameter"}}"#;
    let (world, ai) = answering([answer(404, UNKNOWN_MODEL), answer(400, parameter), reply()]).await;
    let answered = ai.chat(asking(models(&["m-2", "m-3", "m-4"]))).await.unwrap();
    assert_eq!(asked(&world), ["m-1", "m-2", "m-3"]);
    let [first, second] = &answered.refused_models[..] else { panic!("{answered:?}") };
    assert_eq!((first.model.as_str(), first.error_code.as_str()), ("m-1", "provider_not_found"));
    assert_eq!((first.provider_code.as_deref(), first.detail.as_str()), (Some("model_not_found"), "no such model"));
    assert_eq!((second.model.as_str(), second.parameter.as_deref()), ("m-2", Some("seed")));
    assert_eq!(answered.model, "m-3");
}

// B5: the app asked for no other model
#[tokio::test(start_paused = true)]
async fn without_a_fallback_no_other_model_is_asked() {
    let (world, ai) = answering([answer(404, UNKNOWN_MODEL)]).await;
    let error = ai.chat(ChatRequest::user("Hi").model("m-1")).await.unwrap_err();
    assert_eq!((error.code(), asked(&world).len()), ("provider_not_found", 1));
    let (_world, ai) = answering([reply()]).await;
    assert!(ai.chat(asking(Fallback::AnySuitable)).await.unwrap().refused_models.is_empty());
}

// B5, P9
#[tokio::test(start_paused = true)]
async fn any_that_can_is_one_that_the_catalogue_lists_for_this() {
    let catalogue = json!([
        {"id": "speech", "type": "audio"}, {"id": "blind", "type": "text"}, {"id": "m-1", "type": "text"},
        {"id": "seeing-1", "type": "text", "capabilities": ["vision"]},
        {"id": "vendor/seeing-2", "type": "text", "capabilities": ["vision"]},
    ]);
    let photo = Photo::Url("https://photos.example/1.jpg".into());
    let question = ImageQuestion {
        model: Some("vendor/m-1".into()),
        fallback: Some(Fallback::AnySuitable),
        ..ImageQuestion::new(photo, "What is it?")
    };
    let not_here = || answer(404, UNKNOWN_MODEL);
    let (world, ai) = answering([not_here(), answer(200, catalogue.to_string()), not_here(), reply()]).await;
    let answered = ai.describe_image(question.clone()).await.unwrap();
    assert_eq!(asked(&world), ["vendor/m-1", "seeing-1", "vendor/seeing-2"]);
    assert_eq!(names(&answered.refused_models), ["vendor/m-1", "seeing-1"]);
    // None is left: the last one's error.
    world.server.set(|state| state.api_answers = (0..9).map(|_| answer(404, UNKNOWN_MODEL)).collect());
    let question = ImageQuestion { model: Some("m-1".into()), ..question };
    assert_eq!(ai.describe_image(question).await.unwrap_err().code(), "provider_not_found");
    assert_eq!(asked(&world)[3..], ["m-1", "seeing-1", "vendor/seeing-2"]);
    // A model that the catalogue does not have is not asked at all.
    world.server.set(|state| state.api_answers = [reply()].into());
    let answered = ai.chat(ChatRequest::user("Hi").model("gone").fallback(models(&["blind"]))).await.unwrap();
    assert_eq!(asked(&world)[6..], ["blind"]);
    assert_eq!(
        (names(&answered.refused_models), answered.refused_models[0].error_code.as_str()),
        (vec!["gone"], "invalid_input")
    );
}

// B5, P1
#[tokio::test(start_paused = true)]
async fn what_may_have_cost_something_asks_no_other_model() {
    let broken = || Err(HttpFailure::Broken { detail: "reset".into() });
    let said = |text: &str| answer(200, text.to_owned());
    for (code, answered) in [
        ("offline", broken()),
        ("offline", chunks(200, vec![])),
        ("timeout_idle", Err(HttpFailure::IdleTimeout { limit: Duration::ZERO })),
        ("provider_unavailable", answer(500, UNKNOWN_MODEL)),
        ("provider_unavailable", answer(503, "")),
        ("budget_exceeded", answer(402, UNKNOWN_MODEL)),
        ("provider_bad_request", answer(400, "")),
        ("provider_unavailable", said(UNKNOWN_MODEL)),
        ("provider_not_found", said(r#"{"error":{"message":"no such model","code":404}}"#)),
        ("provider_invalid_response", said("<html>")),
    ] {
        let (world, ai) = answering([answered, reply(), reply()]).await;
        let error = ai.chat(asking(models(&["m-2"]))).await.unwrap_err();
        assert_eq!(asked(&world), ["m-1"], "{code}: {error:?}");
        assert!(error.code() == code || code == "offline", "{code}: {error:?}");
    }
}

// B5: before the first byte, and never after it
#[tokio::test(start_paused = true)]
async fn a_stream_is_asked_for_again_only_before_it_begins() {
    let event = |text: &str| Ok(Bytes::from(format!("data: {text}\n\n")));
    let whole = || {
        chunks(
            200,
            vec![
                event(r#"{"choices":[{"delta":{"content":"a"}}]}"#),
                event(r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#),
            ],
        )
    };
    let (world, ai) = answering([answer(404, UNKNOWN_MODEL), whole()]).await;
    let answered = ai.chat_stream(asking(models(&["m-2"]))).await.unwrap().answer().await.unwrap();
    assert_eq!((asked(&world), names(&answered.refused_models)), (vec!["m-1".to_owned(), "m-2".into()], vec!["m-1"]));
    for begun in [
        vec![event(UNKNOWN_MODEL)],
        vec![event(r#"{"choices":[{"delta":{"content":"a"}}]}"#), event(UNKNOWN_MODEL)],
        vec![event(r#"{"choices":[]}"#), Err(HttpFailure::Broken { detail: "reset".into() })],
        vec![],
    ] {
        let (world, ai) = answering([chunks(200, begun), whole()]).await;
        let stream = ai.chat_stream(asking(models(&["m-2"]))).await.unwrap();
        assert!(stream.answer().await.is_err());
        assert_eq!(asked(&world), ["m-1"]);
    }
}

// B5: so many attempts and no more, none of them twice
#[tokio::test(start_paused = true)]
async fn attempts_are_bounded_and_no_model_is_asked_twice() {
    let refused = || (0..20).map(|_| answer(404, UNKNOWN_MODEL));
    let (world, ai) = answering(refused()).await;
    ai.chat(asking(models(&["m-1", "vendor/m-1", "m-2", "m-2"]))).await.unwrap_err();
    assert_eq!(asked(&world), ["m-1", "m-2"]);
    let many: Vec<Value> = (1..30).map(|number| json!({"id": format!("m-{number}"), "type": "text"})).collect();
    let (world, ai) = answering([answer(200, json!(many).to_string())].into_iter().chain(refused())).await;
    ai.models().await.unwrap();
    ai.chat(asking(Fallback::AnySuitable)).await.unwrap_err();
    assert_eq!(asked(&world), ["m-1", "m-2", "m-3", "m-4", "m-5"]);
    ai.chat(asking(models(&["a", "b", "c", "d", "e"]))).await.unwrap_err();
    assert_eq!(asked(&world).len(), 5, "a list that is too long is refused before anything is sent");
}

// B5: a rate limit is waited for first, as the app allows
#[tokio::test(start_paused = true)]
async fn a_rate_limit_is_repeated_before_another_model_is_asked() {
    let limited = || answer(429, r#"{"error":{"message":"slow down"}}"#);
    let (world, ai) = answering([limited(), limited(), limited(), reply()]).await;
    let answered = ai.chat(asking(models(&["m-2"]))).await.unwrap();
    assert_eq!(asked(&world), ["m-1", "m-1", "m-1", "m-2"]);
    assert_eq!(answered.refused_models[0].error_code, "rate_limited");
    let (world, ai) = answering([limited(), reply()]).await;
    let at_once = ai.with(crate::CallOptions { retry_rate_limited: Some(false), ..Default::default() });
    at_once.chat(asking(models(&["m-2"]))).await.unwrap();
    assert_eq!(asked(&world), ["m-1", "m-2"]);
}

// B5: each call that takes a model of its own
#[tokio::test(start_paused = true)]
async fn receipts_and_extractions_pass_it_on() {
    let photo = || vec![Photo::Url("https://photos.example/1.jpg".into())];
    let (model, fallback) = (|| Some("m-1".to_owned()), || Some(models(&["m-2"])));
    let (world, ai) = answering([answer(404, UNKNOWN_MODEL), reply(), answer(404, UNKNOWN_MODEL), reply()]).await;
    let scan = ReceiptScan { model: model(), fallback: fallback(), ..ReceiptScan::pages(photo()) };
    assert_eq!(names(&ai.scan_receipt(scan).await.unwrap().refused_models), ["m-1"]);
    let extraction = JsonExtraction::new(photo(), r#"{"type":"object"}"#);
    let extraction = JsonExtraction { model: model(), fallback: fallback(), ..extraction };
    assert_eq!(names(&ai.extract_json(extraction).await.unwrap().refused_models), ["m-1"]);
    assert_eq!(asked(&world), ["m-1", "m-2", "m-1", "m-2"]);
    assert_eq!(world.transport.count(BALANCE), 0);
}
