//! When the balance is fetched again besides after paid calls.

use super::*;
use crate::client::tests::world::{settle, sign_in};
use crate::gateway::files_tests::answering;
use std::sync::atomic::{AtomicU64, Ordering};

// B1: also within the minute, and once however often it is said meanwhile
#[tokio::test(start_paused = true)]
async fn after_resuming_the_balance_is_always_fetched() {
    let (world, ai) = answering([summary(100), summary(200)]).await;
    let balances = ai.balances(None);
    within(SECOND, &balances).await;
    (0..100).for_each(|_| ai.resumed());
    assert_eq!(left(&next(&balances).await), figure("8", false));
    assert_eq!((within(HOUR, &balances).await, world.transport.count(BALANCE)), (None, 2));
    // What was begun before it, as over a connection that died, is not waited for.
    let world = World::new();
    let (ai, transport) = slow(&world, HOUR);
    sign_in(&ai).await;
    let balances = ai.balances(None);
    within(MINUTE, &balances).await;
    ai.resumed();
    within(MINUTE, &balances).await;
    assert_eq!(transport.count(BALANCE), 2);
}

// B1
#[tokio::test(start_paused = true)]
async fn a_payment_that_comes_late_is_seen() {
    let checkout = || answer(200, r#"{"success":true,"data":{"checkoutUrl":"https://pay.example/s/1"}}"#);
    for (minutes, fetches) in [(0, 1), (2, 3), (60, 5)] {
        let (world, ai) = answering([summary(100)]).await;
        let balances = ai.balances(None);
        within(SECOND, &balances).await;
        tokio::time::sleep(2 * MINUTE).await;
        world.server.set(|state| state.api_answers.push_back(checkout()));
        ai.checkout_url(Decimal::from(5)).await.unwrap();
        within(2 * MINUTE, &balances).await;
        let before = world.transport.count(BALANCE);
        let unpaid = (0..minutes.min(20)).map(|_| summary(100));
        world.server.set(|state| {
            state.api_answers.extend(unpaid);
            state.api_answers.push_back(budget(100, 1_500));
        });
        ai.resumed();
        let last = within(HOUR, &balances).await;
        let arrived = last.map(|update| left(&update));
        assert_eq!(arrived, (minutes < 5).then(|| figure("14", false)), "{minutes}");
        assert_eq!(world.transport.count(BALANCE) - before, fetches, "{minutes}");
    }
}

// B1: without a stream too
#[tokio::test(start_paused = true)]
async fn after_a_checkout_the_balance_in_memory_is_not_used() {
    let checkout = answer(200, r#"{"success":true,"data":{"checkoutUrl":"https://pay.example/s/1"}}"#);
    let (_world, ai) = answering([checkout, summary(100), budget(100, 1_500), summary(0)]).await;
    ai.checkout_url(Decimal::from(5)).await.unwrap();
    assert_eq!(ai.balance().await.unwrap().remaining_budget, Some(Decimal::from(9)));
    assert_eq!(ai.balance().await.unwrap().remaining_budget, Some(Decimal::from(9)), "the page is still open");
    ai.resumed();
    assert_eq!(ai.balance().await.unwrap().remaining_budget, Some(Decimal::from(14)));
    assert_eq!(ai.balance().await.unwrap().remaining_budget, Some(Decimal::from(14)));
}

// B1: an older answer that comes last changes nothing
#[tokio::test(start_paused = true)]
async fn an_answer_that_was_overtaken_is_not_shown() {
    let world = World::new();
    let takes = Arc::new(AtomicU64::new(20));
    let (server, waits) = (Arc::clone(&world.server), Arc::clone(&takes));
    let transport = ScriptedTransport::new(move |request| {
        let (server, waits) = (Arc::clone(&server), Arc::clone(&waits));
        async move {
            let is_balance = request.uri().path() == BALANCE;
            let answered = server.handle(request).await;
            if is_balance {
                tokio::time::sleep(Duration::from_secs(waits.swap(1, Ordering::SeqCst))).await;
            }
            answered
        }
    });
    let ai = world.client_through(crate::environment::ProcessId::new(), world.store.clone(), transport);
    sign_in(&ai).await;
    world.server.set(|state| state.api_answers.extend([summary(100), summary(200)]));
    let older = tokio::spawn({
        let ai = ai.clone();
        async move { ai.refresh_balance().await }
    });
    settle().await;
    ai.refresh_balance().await.unwrap();
    assert_eq!(older.await.unwrap().unwrap().remaining_budget, Some(Decimal::from(9)), "whoever asked gets it");
    assert_eq!(ai.balance().await.unwrap().remaining_budget, Some(Decimal::from(8)));
}
