//! The spend guard against a scripted provider.

use super::*;
use crate::client::tests::world::{World, builder, settle, sign_in};
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer, chunks, with_header};
use crate::{CallOptions, ChatRequest, Config, Fallback, SealedFileStore, SpeechRequest, SpendingPeriod, Spent};
use bytes::Bytes;
use std::sync::Arc;
use std::time::Duration;

#[path = "bill_reservation_tests.rs"]
mod reservations;

const CHAT: &str = "/oauth2/v1/chat/completions";
/// A request that says "Hi" counts at most 26 tokens, and its answer at most 100: 1.026 US dollars.
const CATALOGUE: &str = r#"[{"id":"m-1","input_cost_per_token":0.001,"output_cost_per_token":0.01}, "m-2"]"#;
const HIGH: &str = "1.026";

fn money(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn per_day(limit: &str) -> SpendLimits {
    SpendLimits { per_day: Some(money(limit)), ..SpendLimits::default() }
}

fn limited(limits: SpendLimits) -> crate::AiPassBuilder {
    builder().config(Config { spend_limits: Some(limits), ..Config::default() })
}

/// A client that is signed in and has the catalogue.
async fn guarded(limits: SpendLimits) -> (World, AiPass) {
    let world = World::new();
    let ai = world.client_built(limited(limits));
    sign_in(&ai).await;
    know_catalogue(&world, &ai).await;
    (world, ai)
}

async fn know_catalogue(world: &World, ai: &AiPass) {
    world.server.set(|state| state.api_answers.push_front(answer(200, CATALOGUE)));
    ai.models().await.unwrap();
}

fn hi() -> ChatRequest {
    ChatRequest::user("Hi").model("m-1").max_tokens(100)
}

fn costing(cost: &str) -> Scripted {
    let body = r#"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#;
    with_header(answer(200, body), "x-litellm-response-cost", cost)
}

fn give(world: &World, answers: impl IntoIterator<Item = Scripted>) {
    world.server.set(|state| state.api_answers.extend(answers));
}

async fn day(ai: &AiPass) -> Spent {
    ai.spending().await.unwrap().day
}

fn spent(known: &str, reserved: &str, calls: u64, calls_with_unknown_cost: u64) -> Spent {
    Spent { known: money(known), reserved: money(reserved), calls, calls_with_unknown_cost, ..Spent::default() }
}

// P21: whatever the order, the limit holds
#[tokio::test(start_paused = true)]
async fn a_hundred_callers_at_once_never_pass_the_limit() {
    let (world, ai) = guarded(per_day("10.26")).await;
    give(&world, (0..100).map(|_| costing("1.00")));
    let calls: Vec<_> = (0..100)
        .map(|_| {
            tokio::spawn({
                let ai = ai.clone();
                async move { ai.chat(hi()).await }
            })
        })
        .collect();
    let mut refused = 0;
    for call in calls {
        match call.await.unwrap() {
            Ok(answer) => assert_eq!(answer.cost, Some(Decimal::ONE)),
            Err(Error::SpendLimit { scope, limit, spent, reserved, estimate, text: None }) => {
                assert_eq!((scope, limit, estimate), (SpendScope::Day, money("10.26"), Some(money(HIGH))));
                assert!(spent + reserved + money(HIGH) > limit && spent + reserved <= limit, "{spent} {reserved}");
                refused += 1;
            }
            Err(error) => panic!("{error}"),
        }
    }
    assert_eq!((world.transport.count(CHAT), refused), (10, 90));
    assert_eq!(day(&ai).await, spent("10", "0", 10, 0));
}

// P21, L12: two processes over one store, each swapping what the other has just written
#[tokio::test(start_paused = true)]
async fn two_processes_share_one_limit() {
    let (world, ai) = guarded(per_day("3.1")).await;
    let other = world.another_process_built(limited(per_day("3.1")));
    know_catalogue(&world, &other).await;
    give(&world, (0..20).map(|_| costing("1.00")));
    let calls: Vec<_> = (0..20)
        .map(|number| {
            tokio::spawn({
                let ai = if number % 2 == 0 { ai.clone() } else { other.clone() };
                async move { ai.chat(hi()).await.is_ok() }
            })
        })
        .collect();
    let mut sent = 0;
    for call in calls {
        sent += u32::from(call.await.unwrap());
    }
    assert_eq!((sent, world.transport.count(CHAT)), (3, 3));
    assert_eq!((day(&ai).await, day(&other).await), (spent("3", "0", 3, 0), spent("3", "0", 3, 0)));
}

// P21, P22: the same over sealed files, whose lock and swaps are real
#[tokio::test(start_paused = true)]
async fn two_processes_share_one_limit_in_a_folder() {
    let (world, folder) = (World::new(), tempfile::tempdir().unwrap());
    let store = || Arc::new(SealedFileStore::open(folder.path(), &[7; 32]).unwrap());
    let first = world.another_process_over(store(), limited(per_day("3.1")));
    sign_in(&first).await;
    let second = world.another_process_over(store(), limited(per_day("3.1")));
    know_catalogue(&world, &first).await;
    know_catalogue(&world, &second).await;
    give(&world, (0..12).map(|_| costing("1.00")));
    let calls: Vec<_> = (0..12)
        .map(|number| {
            let ai = if number % 2 == 0 { first.clone() } else { second.clone() };
            tokio::spawn(async move { ai.chat(hi()).await.is_ok() })
        })
        .collect();
    let mut sent = 0;
    for call in calls {
        sent += u32::from(call.await.unwrap());
    }
    assert_eq!((sent, world.transport.count(CHAT)), (3, 3));
    assert_eq!((day(&first).await, day(&second).await), (spent("3", "0", 3, 0), spent("3", "0", 3, 0)));
}

// P21: a swap that fails is tried again with what is stored by then
#[tokio::test(start_paused = true)]
async fn what_another_writer_reserves_meanwhile_counts() {
    let (world, ai) = guarded(per_day("2.5")).await;
    give(&world, [costing("1.00")]);
    ai.chat(hi()).await.unwrap();
    let key = ledger::key("https://aipass.one");
    let store = world.store.clone();
    let mut first = true;
    world.store.race_entries(move || {
        if std::mem::take(&mut first) {
            use crate::session::store::SessionStore;
            let stored = store.load(key.clone()).unwrap().unwrap();
            let text = String::from_utf8(stored.bytes).unwrap().replace(r#""reserved":"0""#, r#""reserved":"0.9""#);
            assert!(text.contains("0.9"), "{text}");
            store.overwrite(key.clone(), stored.version, text.into_bytes());
        }
    });
    let error = ai.chat(hi()).await.unwrap_err();
    assert!(matches!(error, Error::SpendLimit { reserved, .. } if reserved == money("0.9")), "{error}");
    assert_eq!(world.transport.count(CHAT), 1);
}

// P21
#[tokio::test(start_paused = true)]
async fn a_call_over_its_own_limit_is_not_sent() {
    let (world, ai) = guarded(SpendLimits { per_call: Some(money("1.02")), ..SpendLimits::default() }).await;
    let refused = ai.chat(hi()).await.unwrap_err();
    let zero = Decimal::ZERO;
    let estimate = Some(money(HIGH));
    let expected = Error::SpendLimit {
        scope: SpendScope::Call,
        limit: money("1.02"),
        spent: zero,
        reserved: zero,
        estimate,
        text: None,
    };
    assert_eq!((refused, world.transport.count(CHAT)), (expected, 0));
    give(&world, [costing("0.5"), costing("0.5")]);
    ai.chat(hi().max_tokens(99)).await.unwrap();
    let raised = ai.with(CallOptions { max_cost: Some(money(HIGH)), ..CallOptions::default() });
    raised.chat(hi()).await.unwrap();
    assert_eq!(day(&ai).await, spent("1", "0", 2, 0));
}

// P12, P21: unknown is refused, unless the app allows it; it is then counted as unknown, never as zero
#[tokio::test(start_paused = true)]
async fn an_unknown_price_is_refused_unless_it_is_allowed() {
    let (world, ai) = guarded(per_day("1")).await;
    for request in [ChatRequest::user("Hi").model("m-2").max_tokens(1), ChatRequest::user("Hi").model("m-1")] {
        let error = ai.chat(request).await.unwrap_err();
        assert!(matches!(error, Error::SpendLimit { estimate: None, .. }), "{error}");
        assert!(error.to_string().contains("unknown"), "{error}");
    }
    let speech = SpeechRequest { model: Some("m-2".into()), ..SpeechRequest::new("Hi") };
    assert_eq!(ai.speak(speech).await.unwrap_err().code(), "spend_limit_day");
    assert_eq!(
        world.transport.requests().iter().filter(|request| !request.contains("models")).count(),
        1,
        "the sign-in"
    );

    let (world, ai) = guarded(SpendLimits { allow_unknown_prices: true, ..per_day("1") }).await;
    give(&world, [costing("None"), costing("1")]);
    let unknown = || ChatRequest::user("Hi").model("m-2");
    ai.chat(unknown()).await.unwrap();
    assert_eq!(day(&ai).await, spent("0", "0", 1, 1));
    ai.chat(unknown()).await.unwrap();
    assert_eq!(ai.chat(unknown()).await.unwrap_err().code(), "spend_limit_day", "the limit is reached");
}

// P1, P21: the table in this module
#[tokio::test(start_paused = true)]
async fn what_became_of_a_call_decides_what_becomes_of_its_reservation() {
    let broken = |failure: HttpFailure| -> Scripted { Err(failure) };
    let detail = || "x".to_owned();
    let cut = || vec![Ok(Bytes::from_static(b"{\"cho")), Err(HttpFailure::Broken { detail: "reset".into() })];
    let (free, unknown) = (spent("0", "0", 0, 0), spent("0", HIGH, 1, 1));
    for (name, outcome, expected) in [
        ("no connection", broken(HttpFailure::ConnectTimeout { limit: Duration::from_secs(1) }), free),
        ("bad request", answer(400, "{}"), free),
        ("its content", answer(400, r#"{"error":{"code":"content_filter","message":"x"}}"#), unknown),
        ("no budget", answer(402, "{}"), free),
        ("not there", answer(404, "{}"), free),
        ("too large", answer(413, "{}"), free),
        ("time-out", answer(408, "{}"), unknown),
        ("broken server", answer(500, "{}"), unknown),
        ("lost", broken(HttpFailure::Broken { detail: detail() }), unknown),
        ("silent", broken(HttpFailure::IdleTimeout { limit: Duration::from_secs(1) }), unknown),
        ("no HTTP", broken(HttpFailure::Malformed { detail: detail() }), unknown),
        ("cut off", chunks(200, cut()), unknown),
        ("error inside", answer(200, r#"{"error":{"message":"no"}}"#), unknown),
        ("cost not told", costing("None"), unknown),
        (
            "cut off, cost told",
            with_header(chunks(200, cut()), "x-litellm-response-cost", "0.3"),
            spent("0.3", "0", 1, 0),
        ),
        ("cost told", costing("2.5"), spent("2.5", "0", 1, 0)),
    ] {
        let (world, ai) = guarded(per_day("10")).await;
        let repeats = [outcome];
        give(&world, repeats);
        if name == "no connection" {
            // It is repeated twice, because it certainly was not sent.
            give(&world, (0..2).map(|_| broken(HttpFailure::ConnectTimeout { limit: Duration::from_secs(1) })));
        }
        let _ = ai.chat(hi()).await;
        assert_eq!(day(&ai).await, expected, "{name}");
    }
}

// P21, P3: a caller that goes away does not lose count of what it may have spent
#[tokio::test(start_paused = true)]
async fn a_cancelled_call_and_one_whose_process_died_leave_their_reservation() {
    let (world, ai) = guarded(per_day("10")).await;
    let silent = crate::net::transport::BodyStream::new(futures_util::stream::pending());
    give(&world, [Ok(http::Response::builder().status(200).body(silent).unwrap())]);
    let call = tokio::spawn({
        let ai = ai.clone();
        async move { ai.chat(hi()).await }
    });
    settle().await;
    call.abort();
    settle().await;
    assert_eq!(day(&ai).await, spent("0", HIGH, 1, 1));

    let estimate = Ceiling { high: Some(money("3")), ..Ceiling::default() };
    std::mem::forget(ai.open_bill(estimate).await.unwrap()); // as a process that is killed here
    let after_restart = world.another_process_built(limited(per_day("10")));
    assert_eq!(day(&after_restart).await.reserved, money("4.026"));
    after_restart.reset_spending(SpendingPeriod::Day).await.unwrap();
    assert_eq!(day(&after_restart).await, Spent::default());
    assert_eq!(ai.spending().await.unwrap().session.reserved, money("4.026"));
}

// P22: sums outlive the sign-in; the session's begins anew
#[tokio::test(start_paused = true)]
async fn signing_out_does_not_reset_the_day() {
    let (world, ai) = guarded(per_day("1.5")).await;
    give(&world, [costing("0.5")]);
    ai.chat(hi()).await.unwrap();
    ai.sign_out().await.unwrap();
    assert_eq!((day(&ai).await.known, ai.spending().await.unwrap().session), (money("0.5"), Spent::default()));
    sign_in(&ai).await;
    know_catalogue(&world, &ai).await;
    assert_eq!(ai.chat(hi()).await.unwrap_err().code(), "spend_limit_day");
    assert_eq!(ai.spending().await.unwrap().session, Spent::default());
    world.clock.set_by_hours(24);
    know_catalogue(&world, &ai).await;
    give(&world, [costing("0.5")]);
    ai.chat(hi()).await.unwrap();
    // A clock that is set back begins no new day.
    world.clock.set_by_hours(0);
    assert_eq!(day(&ai).await.known, money("0.5"));
    assert_eq!(ai.chat(hi()).await.unwrap_err().code(), "spend_limit_day");
}

// P21, P5: an answer that grows longer than what was reserved for it is ended
#[tokio::test(start_paused = true)]
async fn a_stream_that_passes_its_estimate_is_ended() {
    let (world, ai) = guarded(per_day("10")).await;
    let piece =
        |text: &str| Ok(Bytes::from(format!("data: {{\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}\n\n")));
    let words = |count: usize| "word ".repeat(count);
    // Words of four letters count at least 0.66 tokens each.
    give(&world, [chunks(200, vec![piece(&words(100)), piece(&words(100)), piece("never read")])]);
    let stream = ai.chat_stream(hi()).await.unwrap();
    let error = stream.answer().await.unwrap_err();
    let Error::SpendLimit { scope, estimate, text: Some(text), .. } = error else { panic!("{error}") };
    assert_eq!((scope, estimate, text), (SpendScope::Day, Some(money(HIGH)), words(200)));
    assert_eq!(day(&ai).await, spent("0", HIGH, 1, 1), "what was produced may still be billed");

    let done = Ok(Bytes::from_static(
        b"data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"cost\":0.2}}\n\n",
    ));
    give(&world, [chunks(200, vec![piece(&words(100)), done])]);
    let answer = ai.chat_stream(hi()).await.unwrap().answer().await.unwrap();
    assert_eq!((answer.cost, answer.text.len()), (Some(money("0.2")), 500));
    assert_eq!(day(&ai).await, spent("0.2", HIGH, 2, 1));
}

// P12, P22: without a limit nothing is reserved, and everything is counted
#[tokio::test(start_paused = true)]
async fn calls_are_counted_without_any_limit() {
    let world = World::new();
    let ai = world.signed_in().await;
    let cost_in_body = answer(200, r#"{"choices":[{"message":{"content":"a"}}],"usage":{"cost":"0.2"}}"#);
    give(
        &world,
        [costing("8.8e-05"), cost_in_body, costing("None"), answer(429, "{}"), answer(429, "{}"), answer(429, "{}")],
    );
    for _ in 0..4 {
        let _ = ai.chat(hi()).await;
    }
    assert_eq!(day(&ai).await, spent("0.200088", "0", 3, 1));
    assert_eq!(ai.spending().await.unwrap().session, day(&ai).await);
    ai.refresh_balance().await.unwrap();
    assert_eq!(day(&ai).await.calls, 3, "what is free is not counted");
}

// P21: a paid answer is worth more than its bill
#[tokio::test(start_paused = true)]
async fn an_answer_is_returned_if_its_cost_cannot_be_stored_and_nothing_is_sent_if_it_cannot_be_reserved() {
    use crate::session::store::StoreError;
    let (world, ai) = guarded(per_day("10")).await;
    world.store.fail_entries(Some(StoreError::Full { detail: "no room".into() }));
    assert_eq!(ai.chat(hi()).await.unwrap_err().code(), "storage_full");
    assert_eq!(world.transport.count(CHAT), 0);

    let world = World::new();
    let ai = world.signed_in().await;
    world.store.fail_entries(Some(StoreError::Full { detail: "no room".into() }));
    give(&world, [costing("1")]);
    assert_eq!(ai.chat(hi()).await.unwrap().text, "a");
    assert!(ai.log().iter().any(|entry| entry.text.contains("could not be stored")));
}

// B5, P14: another model is held against the limits by its own price
#[tokio::test(start_paused = true)]
async fn each_model_that_is_asked_is_held_against_the_limit() {
    let world = World::new();
    let ai = world.client_built(limited(per_day("10.26")));
    sign_in(&ai).await;
    let priced = |id: &str, price: &str| {
        format!(r#"{{"id":"{id}","input_cost_per_token":{price},"output_cost_per_token":{price}}}"#)
    };
    let catalogue = format!("[{},{},{}]", priced("m-1", "0.01"), priced("dear", "1"), priced("cheap", "0.001"));
    give(&world, [answer(200, catalogue)]);
    ai.models().await.unwrap();
    let or_else = |id: &str| hi().fallback(Fallback::Models { models: vec![id.to_owned()] });
    give(&world, [answer(404, ""), answer(404, ""), costing("0.5")]);
    let over = ai.chat(or_else("dear")).await.unwrap_err();
    assert!(matches!(over, Error::SpendLimit { scope: SpendScope::Day, .. }), "{over}");
    assert_eq!((world.transport.count(CHAT), day(&ai).await), (1, spent("0", "0", 0, 0)));
    let answered = ai.chat(or_else("cheap")).await.unwrap();
    assert_eq!((answered.refused_models.len(), world.transport.count(CHAT)), (1, 3));
    assert_eq!(day(&ai).await, spent("0.5", "0", 1, 0));
}
