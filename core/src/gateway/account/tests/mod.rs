mod streams;

use super::*;
use crate::gateway::files_tests::answering;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks, with_header};
use crate::{ChatRequest, ImageRequest, RawRequest, SpeechRequest, TranscriptionRequest, VideoRequest};

// wire: balance; P7
#[test]
fn the_envelope_is_read_with_exact_figures() {
    let body = br#"{"success":true,"message":"ok","data":{"totalCost":2.45,"maxBudget":10.00,"remainingBudget":7.55}}"#;
    let balance = read_balance(body).unwrap();
    assert_eq!(balance.total_cost.to_string(), "2.45");
    assert_eq!(balance.max_budget.unwrap().to_string(), "10.00");
    assert_eq!(balance.remaining_budget.unwrap().to_string(), "7.55");
}

// wire: balance; P6, K4
#[test]
fn figures_are_read_in_every_envelope() {
    for body in [
        r#"{"totalCost":2.45,"maxBudget":10,"remainingBudget":7.55}"#,
        r#"{"success":"true","data":{"totalCost":"2.45","maxBudget":"10","remainingBudget":7.55}}"#,
        r#"{"success":true,"error":"","data":{"totalCost":2.45,"maxBudget":10,"x":[{}]}}"#,
        r#"{"success":true,"error":{},"message":null,"data":{"totalCost":9,"totalCost":2.45,"maxBudget":10}}"#,
        r#"{"data":null,"success":true,"data":{"totalCost":2.45,"maxBudget":1e1}}"#,
    ] {
        let balance = read_balance(body.as_bytes()).unwrap();
        assert_eq!(balance.total_cost.to_string(), "2.45", "{body}");
        assert_eq!(balance.remaining_budget, Some("7.55".parse().unwrap()), "{body}");
    }
}

// M4
#[test]
fn the_envelopes_timestamp_says_when_the_figures_were_true() {
    let at = |timestamp: &str| {
        let body = format!(r#"{{"success":true,"data":{{"totalCost":1}},"timestamp":{timestamp}}}"#);
        let as_of = read_balance(body.as_bytes()).unwrap().as_of;
        as_of.map(|moment| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis())
    };
    for (timestamp, expected) in [
        (r#""2024-01-15T14:30:00Z""#, Some(1_705_329_000_000)),
        (r#""2024-01-15T15:30:00.250+01:00""#, Some(1_705_329_000_250)),
        ("1705329000", Some(1_705_329_000_000)),
        ("1705329000250", Some(1_705_329_000_250)),
        (r#""1705329000250""#, Some(1_705_329_000_250)),
        (r#""2024-01-15T14:30:00""#, None),
        (r#""1969-01-15T14:30:00Z""#, None),
        (r#""today""#, None),
        ("[2024,1,15]", None),
        ("null", None),
    ] {
        assert_eq!(at(timestamp), expected, "{timestamp}");
    }
}

#[test]
fn who_is_signed_in_is_read_in_an_envelope_too_and_a_refusal_is_one() {
    let read = |body: &str| read_user_info(body.as_bytes(), None);
    assert_eq!(read(r#"{"success":true,"data":{"sub":"u1"}}"#).unwrap().subject, "u1");
    assert_eq!(read(r#"{"sub":"u1","error":""}"#).unwrap().subject, "u1");
    let refused = read(r#"{"success":false,"message":"not for you"}"#).unwrap_err();
    assert!(refused.to_string().contains("not for you"), "{refused}");
    assert_eq!(read("{}").unwrap_err().code(), "provider_invalid_response");
}

// P6
#[test]
fn missing_figures_are_worked_out_or_left_open() {
    let balance = read_balance(br#"{"data":{"totalCost":"2.45","maxBudget":"10"}}"#).unwrap();
    assert_eq!(balance.remaining_budget, Some("7.55".parse().unwrap()));
    let balance = read_balance(br#"{"data":{"totalCost":0,"maxBudget":null}}"#).unwrap();
    assert_eq!((balance.max_budget, balance.remaining_budget), (None, None));
}

#[test]
fn what_is_no_summary_is_an_error() {
    for body in ["", "{}", r#"{"data":{}}"#, "<html>", r#"{"data":null}"#] {
        assert!(matches!(read_balance(body.as_bytes()), Err(Error::Provider { .. })), "{body}");
    }
    let failed = read_balance(br#"{"success":false,"message":"no such user"}"#);
    assert!(matches!(failed, Err(Error::Provider { detail, .. }) if detail == "no such user"));
}

// wire: top-up; refuse anything but https
#[test]
fn a_checkout_is_opened_over_tls_only() {
    let body = |url: &str| format!(r#"{{"success":true,"data":{{"checkoutUrl":"{url}"}}}}"#);
    let read = |url: &str| read_checkout_url(body(url).as_bytes());
    assert_eq!(read("https://pay.example/s/1").unwrap().as_str(), "https://pay.example/s/1");
    for refused in ["http://pay.example/s/1", "http://127.0.0.1/s", "javascript:alert(1)", "pay.example", ""] {
        assert_eq!(read(refused).unwrap_err().code(), "provider_invalid_response", "{refused}");
    }
}

fn summary(cost: u32) -> Scripted {
    answer(200, format!(r#"{{"success":true,"data":{{"totalCost":{cost}}}}}"#))
}

fn reply() -> Scripted {
    answer(200, r#"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#)
}

async fn spent(ai: &AiPass) -> String {
    ai.balance().await.unwrap().total_cost.to_string()
}

// M4
#[tokio::test(start_paused = true)]
async fn a_paid_call_makes_the_balance_old_whatever_comes_of_it() {
    let model = || Some("m-1".to_owned());
    let chat = || ChatRequest { model: model(), ..ChatRequest::user("Hi") };
    let speech = || SpeechRequest { model: model(), ..SpeechRequest::new("Hi") };
    let broken = || Err(HttpFailure::Broken { detail: "reset".into() });
    for (name, paid) in
        [("chat", reply()), ("chat", answer(402, "{}")), ("chat", broken()), ("speech", answer(200, "a"))]
    {
        let (world, ai) = answering([summary(1), summary(2)]).await;
        assert_eq!((spent(&ai).await, spent(&ai).await), ("1".into(), "1".into()), "from memory");
        world.server.set(|state| state.api_answers.push_front(paid));
        match name {
            "chat" => drop(ai.chat(chat()).await),
            _ => drop(ai.speak(speech()).await),
        }
        assert_eq!((spent(&ai).await, spent(&ai).await), ("2".into(), "2".into()), "{name}");
        assert_eq!(world.transport.count("/api/v1/usage/me/summary"), 2);
    }
}

// M4: what costs nothing changes nothing
#[tokio::test(start_paused = true)]
async fn a_question_that_costs_nothing_leaves_the_balance_in_memory() {
    let world = crate::client::tests::world::World::new();
    world.server.set(|state| state.user = Some("u1"));
    let ai = world.signed_in().await;
    world.server.set(|state| state.api_answers = [summary(1), answer(200, r#"["m-1"]"#)].into());
    spent(&ai).await;
    ai.models().await.unwrap();
    ai.user_info().await.unwrap();
    assert_eq!(spent(&ai).await, "1");
    assert_eq!(world.transport.count("/api/v1/usage/me/summary"), 1);
}

// Rule 3 of the house: what is in memory needs no task and no store
#[tokio::test(start_paused = true)]
async fn a_balance_in_memory_is_returned_at_the_first_poll() {
    use crate::session::store::StoreError;
    use futures_util::FutureExt;
    let (world, ai) = answering([summary(1)]).await;
    assert_eq!(ai.balance().now_or_never(), None);
    spent(&ai).await;
    world.store.fail_with(Some(StoreError::Unavailable { detail: "locked".into() }));
    assert_eq!(ai.balance().now_or_never().unwrap().unwrap().total_cost.to_string(), "1");
    let cancellation = crate::Cancellation::new();
    let options = crate::CallOptions { cancellation: Some(cancellation.clone()), ..crate::CallOptions::default() };
    cancellation.cancel();
    assert_eq!(ai.with(options).balance().await, Err(crate::Error::Cancelled));
}

// M4: a figure that came while a call went on is not the one after it
#[tokio::test(start_paused = true)]
async fn a_balance_that_is_asked_for_during_a_stream_is_asked_for_again_after_it() {
    let piece = |text: &str| Ok(Bytes::from(format!("data: {text}\n\n")));
    let pieces = vec![
        piece(r#"{"choices":[{"delta":{"content":"a"}}]}"#),
        piece(r#"{"choices":[{"delta":{},"finish_reason":"stop"}]}"#),
    ];
    let (_world, ai) = answering([chunks(200, pieces), summary(1), summary(2), summary(3)]).await;
    let request = ChatRequest { model: Some("m-1".into()), ..ChatRequest::user("Hi") };
    let spending = ai.spend().await.unwrap();
    let stream = ai.chat_stream(request).await.unwrap();
    assert_eq!(spent(&ai).await, "1");
    stream.answer().await.unwrap();
    drop(spending);
    assert_eq!((spent(&ai).await, spent(&ai).await), ("2".into(), "2".into()));
}

// P12
#[tokio::test(start_paused = true)]
async fn every_answer_tells_what_it_cost_if_that_is_known() {
    let model = || Some("m-1".to_owned());
    for (header, expected) in
        [(Some("8.8e-05"), Some("0.000088")), (Some("None"), None), (Some(""), None), (None, None)]
    {
        let answers = [
            r#"{"data":[{"b64_json":"AQI"}]}"#,
            "sound",
            "sound",
            r#"{"text":"a"}"#,
            r#"{"id":"v1","status":"queued"}"#,
            "{}",
        ];
        let costing = |body: &'static str| match header {
            Some(cost) => with_header(answer(200, body), "x-litellm-response-cost", cost),
            None => answer(200, body),
        };
        let (_world, ai) = answering(answers.map(costing)).await;
        let speech = || SpeechRequest { model: model(), ..SpeechRequest::new("a") };
        let heard = TranscriptionRequest { model: model(), ..TranscriptionRequest::new(b"fLaC\0\0\0\x22".to_vec()) };
        let costs = [
            ai.generate_image(ImageRequest { model: model(), ..ImageRequest::new("a") }).await.unwrap().cost,
            ai.speak(speech()).await.unwrap().cost,
            ai.speak_streamed(speech()).await.unwrap().cost(),
            ai.transcribe(heard).await.unwrap().cost,
            ai.create_video(VideoRequest { model: model(), ..VideoRequest::new("a") }).await.unwrap().cost,
            ai.call_endpoint(RawRequest::post("rerank", "{}")).await.unwrap().cost,
        ];
        assert_eq!(costs, [expected.map(|cost| cost.parse().unwrap()); 6], "{header:?}");
    }
}
