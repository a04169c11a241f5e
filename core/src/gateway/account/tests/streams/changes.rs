//! What a stream tells, and when it is silent.

use super::*;
use crate::EmbeddingRequest;
use crate::client::tests::world::sign_in;
use crate::gateway::files_tests::answering;

// B1
#[tokio::test(start_paused = true)]
async fn the_first_update_is_what_is_known_and_the_next_what_the_provider_says() {
    let (world, ai) = answering([summary(100)]).await;
    let balances = ai.balances(None);
    assert_eq!(left(&next(&balances).await), (None, false));
    assert_eq!(left(&next(&balances).await), figure("9", false));
    let second = ai.balances(None);
    assert_eq!(left(&next(&second).await), figure("9", false), "from memory");
    assert_eq!(within(HOUR, &second).await, None);
    assert_eq!(world.transport.count(BALANCE), 1);
    drop(second);
    // Older than `balance_max_age`.
    let third = ai.balances(None);
    assert_eq!(left(&next(&third).await), figure("9", false));
    assert_eq!(within(MINUTE, &third).await, None, "the same figures are no news");
    assert_eq!(world.transport.count(BALANCE), 2);
}

// B1, B2
#[tokio::test(start_paused = true)]
async fn a_thousand_calls_in_a_minute_cause_one_fetch_a_minute() {
    let (world, ai) = answering([summary(100)]).await;
    let balances = ai.balances(None);
    assert_eq!(left(&within(SECOND, &balances).await.unwrap()), figure("9", false));
    for call in 1..=1_000_u32 {
        chat(&world, &ai, reply("0.001")).await;
        let expected = Decimal::from(9) - Decimal::new(i64::from(call), 3);
        assert_eq!(left(&next(&balances).await), figure(&expected.normalize().to_string(), true), "{call}");
        tokio::time::advance(Duration::from_millis(55)).await;
    }
    assert_eq!(world.transport.count(BALANCE), 1);
    world.server.set(|state| state.api_answers.push_back(summary(210)));
    let last = within(MINUTE, &balances).await.unwrap();
    assert_eq!((left(&last), world.transport.count(BALANCE)), (figure("7.9", false), 2));
    // Not once more: nothing was spent since.
    assert_eq!((within(HOUR, &balances).await, world.transport.count(BALANCE)), (None, 2));
}

// B1: calls that go on and on never fetch more often
#[tokio::test(start_paused = true)]
async fn ten_minutes_of_calls_cause_ten_fetches() {
    let (world, ai) = answering([]).await;
    let balances = ai.balances(None);
    let begun = Instant::now();
    while begun.elapsed() < 10 * MINUTE {
        chat(&world, &ai, reply("None")).await;
        within(SECOND, &balances).await;
    }
    let fetches = world.transport.count(BALANCE);
    assert!((10..=11).contains(&fetches), "{fetches}");
}

// B2
#[tokio::test(start_paused = true)]
async fn without_a_listener_nothing_is_sent() {
    let (world, ai) = answering([]).await;
    let unheard = ai.balances(None);
    chat(&world, &ai, reply("0.1")).await;
    ai.resumed();
    tokio::time::sleep(HOUR).await;
    assert_eq!(world.transport.count(BALANCE), 0);
    // One that has heard and listens no more.
    within(SECOND, &unheard).await;
    chat(&world, &ai, reply("0.1")).await;
    ai.resumed();
    tokio::time::sleep(HOUR).await;
    drop(unheard);
    tokio::time::sleep(HOUR).await;
    assert_eq!(world.transport.count(BALANCE), 1);
}

// B2
#[tokio::test(start_paused = true)]
async fn a_stream_that_ends_takes_its_fetch_and_its_wait_with_it() {
    for cancelled in [false, true] {
        let world = World::new();
        let (ai, transport) = slow(&world, 10 * SECOND);
        sign_in(&ai).await;
        let balances = Arc::new(ai.balances(None));
        assert_eq!(left(&next(&balances).await), (None, false));
        let waiting = tokio::spawn({
            let balances = Arc::clone(&balances);
            async move { balances.next().await }
        });
        tokio::time::sleep(SECOND).await;
        assert_eq!(transport.count(BALANCE), 1);
        if cancelled {
            balances.cancel();
            assert_eq!(waiting.await.unwrap(), Ok(None));
            assert_eq!(balances.next().await, Ok(None));
        } else {
            waiting.abort();
            assert!(waiting.await.unwrap_err().is_cancelled());
            drop(balances);
        }
        tokio::time::sleep(HOUR).await;
        assert_eq!(ai.balance_book().known(&ai.account().await.unwrap()).balance, None, "the fetch has ended");
        assert_eq!(transport.count(BALANCE), 1);
        // The next one does not wait for a minute that the other one began.
        let later = ai.balances(None);
        assert_eq!(left(&within(11 * SECOND, &later).await.unwrap()), figure("9", false));
    }
}

// B1, B2
#[tokio::test(start_paused = true)]
async fn streams_share_a_fetch_and_either_may_leave() {
    let world = World::new();
    let (ai, transport) = slow(&world, 10 * SECOND);
    sign_in(&ai).await;
    let (first, second) = (ai.balances(None), ai.balances(None));
    next(&first).await;
    next(&second).await;
    tokio::time::sleep(SECOND).await;
    drop(first);
    assert_eq!(left(&next(&second).await), figure("9", false));
    assert_eq!(transport.count(BALANCE), 1);
}

// B1
#[tokio::test(start_paused = true)]
async fn what_is_low_is_told_by_the_lowered_figure() {
    let (world, ai) = answering([summary(100)]).await;
    let (balances, without) = (ai.balances(Some("8.5".parse().unwrap())), ai.balances(None));
    assert!(!next(&balances).await.is_low, "what is not known is not low");
    assert!(!within(SECOND, &balances).await.unwrap().is_low);
    chat(&world, &ai, reply("0.5")).await;
    let at = next(&balances).await;
    assert_eq!((left(&at), at.is_low), (figure("8.5", true), false));
    chat(&world, &ai, reply("1e-10")).await;
    assert!(next(&balances).await.is_low);
    assert!(!within(SECOND, &without).await.unwrap().is_low);
    let unlimited = answer(200, r#"{"data":{"totalCost":3,"maxBudget":null}}"#);
    world.server.set(|state| state.api_answers.push_back(unlimited));
    ai.resumed();
    let update = next(&balances).await;
    assert_eq!((update.balance.unwrap().remaining_budget, update.is_low), (None, false));
}

// B1, P12: what is told in the answer counts once, whatever the headers say
#[tokio::test(start_paused = true)]
async fn a_cost_of_the_usage_is_taken_off_too() {
    let with_usage = |header: Option<&str>| {
        let body = r#"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}],"usage":{"cost":0.25}}"#;
        let body = answer(200, body);
        if let Some(cost) = header { with_header(body, "x-litellm-response-cost", cost) } else { body }
    };
    for (header, expected) in [(None, "8.75"), (Some("0.0"), "8.75"), (Some("0.5"), "8.5"), (Some("None"), "8.75")] {
        let (world, ai) = answering([summary(100)]).await;
        let balances = ai.balances(None);
        within(SECOND, &balances).await;
        chat(&world, &ai, with_usage(header)).await;
        assert_eq!(left(&next(&balances).await), figure(expected, true), "{header:?}");
    }
    let (world, ai) = answering([summary(100)]).await;
    let balances = ai.balances(None);
    within(SECOND, &balances).await;
    let vector = answer(200, r#"{"data":[{"index":0,"embedding":[1]}],"usage":{"cost":0.25}}"#);
    world.server.set(|state| state.api_answers.push_back(vector));
    ai.embed(EmbeddingRequest { model: Some("m-1".into()), ..EmbeddingRequest::new(["a"]) }).await.unwrap();
    assert_eq!(left(&next(&balances).await), figure("8.75", true));
}

// B1: the figures that arrive may or may not count a call that ended meanwhile: they are taken for those that do not
#[tokio::test(start_paused = true)]
async fn a_call_that_ends_during_a_fetch_leaves_an_estimate() {
    let world = World::new();
    let (ai, transport) = slow(&world, 10 * SECOND);
    sign_in(&ai).await;
    let balances = ai.balances(None);
    next(&balances).await;
    tokio::time::sleep(SECOND).await;
    chat(&world, &ai, reply("0.5")).await;
    assert_eq!(left(&next(&balances).await), figure("8.5", true));
    world.server.set(|state| state.api_answers.push_back(summary(150)));
    let last = within(2 * MINUTE, &balances).await.unwrap();
    assert_eq!((left(&last), transport.count(BALANCE)), (figure("8.5", false), 2));
}
