//! What becomes of a reservation where its caller goes away, its sums are damaged, or only tokens are told.

use super::*;
use crate::gateway::exchange::{JSON, MAX_JSON_RESPONSE, endpoint};
use crate::session::store::{MemoryStore, SessionStore, StoreError, StoredSession};
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

/// A future that is given up before its poll number `left`.
struct GivenUp<F> {
    work: Pin<Box<F>>,
    left: usize,
}

impl<F: Future> Future for GivenUp<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.work.as_mut().poll(context).map(Some)
    }
}

async fn paid_call(ai: AiPass) -> Result<()> {
    let url = endpoint(ai.provider().model_api.as_ref(), "chat", &["chat", "completions"])?;
    let request = crate::client::call::ApiRequest::post(url, Bytes::from_static(b"{}"), JSON);
    let ceiling = Ceiling { high: Some(money("3")), ..Ceiling::default() };
    let mut answer = ai.ask_paid(MAX_JSON_RESPONSE, request, ceiling).await?;
    answer.settle(None, None).await;
    Ok(())
}

// P3, P21: given up before each of its polls, a call leaves a reservation only if it may be paid for
#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_anywhere_leaves_no_reservation_unless_it_was_sent() {
    for token_is_refused in [false, true] {
        let (mut unsent, mut ended) = (0, false);
        for left in 0..1000 {
            let (world, ai) = guarded(per_day("10")).await;
            if token_is_refused {
                world.server.expire_access_tokens();
            }
            give(&world, [costing("0.5")]);
            let tokens = world.token_requests();
            let outcome = GivenUp { work: Box::pin(paid_call(ai.clone())), left }.await;
            tokio::time::sleep(Duration::from_secs(60)).await;
            let (day, sent) = (day(&ai).await, world.transport.count(CHAT));
            if let Some(outcome) = outcome {
                outcome.unwrap();
                assert_eq!(day, spent("0.5", "0", 1, 0));
                ended = true;
                break;
            }
            let is_refused = token_is_refused && sent == 1 && world.token_requests() > tokens;
            let counted = [spent("0", "3", 1, 1), spent("0.5", "0", 1, 0)];
            if sent == 0 || is_refused {
                assert_eq!(day, Spent::default(), "{left}: nothing that is paid for was sent");
                unsent += 1;
            } else if token_is_refused && sent == 1 {
                assert!(day == counted[0] || day == Spent::default(), "{left}: {day:?}");
            } else {
                assert!(counted.contains(&day), "{left}: {day:?}");
            }
        }
        assert!(ended && unsent >= 2, "{unsent}");
    }
}

// P3, P21
#[tokio::test(start_paused = true)]
async fn a_call_that_is_given_up_while_the_store_writes_leaves_no_reservation() {
    let (world, ai) = guarded(per_day("10")).await;
    let (writes, written) = tokio::sync::oneshot::channel();
    let mut writes = Some(writes);
    world.store.race_entries(move || {
        let _ = writes.take().map(|writes| writes.send(()));
    });
    tokio::select! {
        biased;
        written = written => written.unwrap(),
        outcome = paid_call(ai.clone()) => panic!("{outcome:?}"),
    }
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!((world.transport.count(CHAT), day(&ai).await), (0, Spent::default()));
}

// P21: the name of the user is learnt while a call is under way
#[tokio::test(start_paused = true)]
async fn a_user_who_is_named_during_a_call_does_not_keep_its_reservation() {
    let world = World::new();
    world.server.set(|state| state.user = Some("user-1"));
    let ai = world.client_built(limited(per_day("10")));
    sign_in(&ai).await;
    let ceiling = || Ceiling { high: Some(money("3")), ..Ceiling::default() };
    let [mut refused, answered] = [ai.open_bill(ceiling()).await.unwrap(), ai.open_bill(ceiling()).await.unwrap()];
    assert_eq!(day(&ai).await.reserved, money("6"));
    ai.user_info().await.unwrap();
    refused.refused(402, &Error::internal("over the budget")).await;
    assert_eq!(day(&ai).await, spent("0", "3", 0, 0));
    drop(answered); // it was not sent
    settle().await;
    assert_eq!(day(&ai).await, Spent::default());
    assert_eq!(ai.spending().await.unwrap().session, Spent::default());
}

/// A store whose entries beside the session can be damaged.
#[derive(Default)]
struct Damaged {
    inner: MemoryStore,
    key: Mutex<Option<String>>,
}

impl SessionStore for Damaged {
    fn load(&self, key: String) -> std::result::Result<Option<StoredSession>, StoreError> {
        if self.key.lock().unwrap().as_ref() == Some(&key) {
            return Err(StoreError::Corrupt { detail: "its seal is broken".into() });
        }
        self.inner.load(key)
    }

    fn compare_and_swap(
        &self,
        key: String,
        version: Option<i64>,
        bytes: Vec<u8>,
    ) -> std::result::Result<i64, StoreError> {
        self.load(key.clone())?;
        self.inner.compare_and_swap(key, version, bytes)
    }

    fn delete(&self, key: String) -> std::result::Result<(), StoreError> {
        self.key.lock().unwrap().take_if(|damaged| *damaged == key);
        self.inner.delete(key)
    }
}

// L9, P12, P21: sums that cannot be read are an error until the app resets them, and are never taken for zero
#[tokio::test(start_paused = true)]
async fn damaged_sums_are_an_error_that_a_reset_clears() {
    for (bytes, code) in [
        (None, "storage_corrupt"),
        (Some(&b"{\"v\":1,\"acc"[..]), "storage_corrupt"),
        (Some(b"\0\xff"), "storage_corrupt"),
        (Some(b"{\"v\":9}"), "storage_from_newer_version"),
    ] {
        for period in [SpendingPeriod::Day, SpendingPeriod::Session] {
            let (world, store) = (World::new(), Arc::new(Damaged::default()));
            let ai = world.another_process_over(store.clone(), limited(per_day("2")));
            sign_in(&ai).await;
            know_catalogue(&world, &ai).await;
            give(&world, [costing("1.00"), costing("0.25"), costing("0.25")]);
            ai.chat(hi()).await.unwrap();
            let under_way = ai.open_bill(Ceiling { high: Some(money("0.5")), ..Ceiling::default() }).await.unwrap();
            let key = ledger::key("https://aipass.one");
            match bytes {
                None => *store.key.lock().unwrap() = Some(key),
                Some(bytes) => {
                    let version = store.load(key.clone()).unwrap().unwrap().version;
                    store.compare_and_swap(key, Some(version), bytes.to_vec()).unwrap();
                }
            }
            assert_eq!(ai.spending().await.unwrap_err().code(), code);
            assert_eq!((ai.chat(hi()).await.unwrap_err().code(), world.transport.count(CHAT)), (code, 1));
            ai.reset_spending(period).await.unwrap();
            assert_eq!(day(&ai).await, Spent::default());
            ai.chat(hi()).await.unwrap();
            let next = ai.open_bill(Ceiling { high: Some(money("0.75")), ..Ceiling::default() }).await.unwrap();
            drop(under_way); // its reservation is gone with the entry, and it takes no other one away
            settle().await;
            assert_eq!(day(&ai).await, spent("0.25", "0.75", 1, 0));
            drop(next);
        }
    }
}

fn computed(computed: &str, reserved: &str, calls: u64) -> Spent {
    Spent { computed: money(computed), ..spent("0", reserved, calls, calls) }
}

// P12, P21: where only the tokens are told, their price takes the place of the reservation, and is no told cost
#[tokio::test(start_paused = true)]
async fn tokens_that_are_told_settle_what_was_reserved() {
    let (world, ai) = guarded(per_day("1.1")).await;
    let piece = |json: &str| Ok(Bytes::from(format!("data: {json}\n\n")));
    let text = r#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}"#;
    let usage = r#"{"choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}"#;
    let streamed = |end: &str| chunks(200, vec![piece(text), piece(end), piece("[DONE]")]);
    give(&world, [with_header(streamed(usage), "x-litellm-response-cost", "0.0")]);
    let answer = ai.chat_stream(hi()).await.unwrap().answer().await.unwrap();
    assert_eq!(answer.usage.map(|usage| usage.total_tokens), Some(15));
    assert_eq!(day(&ai).await, computed("0.06", "0", 1));
    assert_eq!(ai.spending().await.unwrap().session, day(&ai).await);
    let whole = r#"{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":1,"completion_tokens":1}}"#;
    give(&world, [crate::net::scripted::answer(200, whole)]);
    assert_eq!(ai.chat(hi()).await.unwrap().cost, None);
    assert_eq!(day(&ai).await, computed("0.071", "0", 2));
    // It counts as spent, and what tells nothing stands.
    give(&world, [streamed(r#"{"choices":[],"usage":{"prompt_tokens":0,"completion_tokens":0}}"#)]);
    ai.chat_stream(hi()).await.unwrap().answer().await.unwrap();
    assert_eq!(day(&ai).await, computed("0.071", HIGH, 3));
    let error = ai.chat(hi()).await.unwrap_err();
    assert!(
        matches!(error, Error::SpendLimit { spent, reserved, .. } if (spent, reserved) == (money("0.071"), money(HIGH)))
    );
}

// B6, P21: a used-up budget leaves no reservation, so that the request can be sent again
#[tokio::test(start_paused = true)]
async fn a_refused_budget_under_a_limit_leaves_room_to_try_again() {
    let (world, ai) = guarded(per_day(HIGH)).await;
    give(&world, [answer(402, "{}"), costing("0.5")]);
    let prepared = ai.prepared_chat(hi()).await.unwrap();
    assert_eq!(prepared.send().await.unwrap_err().code(), "budget_exceeded");
    assert_eq!((day(&ai).await, prepared.can_send()), (Spent::default(), true));
    assert_eq!(prepared.send().await.unwrap().cost, Some(money("0.5")));
    assert_eq!((day(&ai).await, prepared.can_send()), (spent("0.5", "0", 1, 0), false));
}

// B5, P12, P21: neither a dearer model nor one of unknown price is asked in the place of the first
#[tokio::test(start_paused = true)]
async fn no_fallback_passes_the_limit_of_a_call() {
    let dear = r#"{"id":"dear","input_cost_per_token":1,"output_cost_per_token":1}"#;
    for (id, other, estimate) in [("dear", dear, Some(money("126"))), ("m-3", r#""m-3""#, None)] {
        let world = World::new();
        let ai = world.client_built(limited(SpendLimits { per_call: Some(money("2")), ..SpendLimits::default() }));
        sign_in(&ai).await;
        let first = r#"{"id":"m-1","input_cost_per_token":0.001,"output_cost_per_token":0.01}"#;
        give(&world, [answer(200, format!("[{first},{other}]")), answer(404, "")]);
        ai.models().await.unwrap();
        let error = ai.chat(hi().fallback(Fallback::Models { models: vec![id.to_owned()] })).await.unwrap_err();
        assert!(matches!(error, Error::SpendLimit { estimate: high, .. } if high == estimate), "{error}");
        assert_eq!((world.transport.count(CHAT), day(&ai).await), (1, Spent::default()));
    }
}
