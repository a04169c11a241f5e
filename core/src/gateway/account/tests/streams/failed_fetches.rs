//! Where the balance cannot be had.

use super::*;
use crate::Provider;
use crate::client::tests::world::sign_in;
use crate::gateway::files_tests::answering;

// B4
#[tokio::test(start_paused = true)]
async fn a_provider_without_a_balance_is_a_typed_error() {
    let world = World::new();
    let provider = Provider { account_api: None, ..Provider::ai_pass() };
    let balances = world.client_with(provider).balances(None);
    for _ in 0..2 {
        assert_eq!(balances.next().await.unwrap_err().code(), "unsupported");
    }
    balances.cancel();
    assert_eq!(balances.next().await, Ok(None));
    assert!(world.transport.requests().is_empty());
}

// B4
#[tokio::test(start_paused = true)]
async fn a_failed_fetch_is_told_and_tried_again_ever_later() {
    let refused = || answer(404, r#"{"error":{"message":"not here"}}"#);
    let (world, ai) = answering([summary(100)]).await;
    let balances = ai.balances(None);
    within(SECOND, &balances).await;
    world.server.set(|state| state.api_answers.extend((0..40).map(|_| refused())));
    ai.resumed();
    let failed = next(&balances).await;
    assert_eq!((left(&failed), failed.error_code.as_deref()), (figure("9", false), Some("provider_not_found")));
    for minutes in [2, 4, 8, 15, 15] {
        let before = world.transport.count(BALANCE);
        assert_eq!(within(minutes * MINUTE - 10 * SECOND, &balances).await, None, "{minutes}");
        assert_eq!(world.transport.count(BALANCE), before, "{minutes}");
        assert_eq!(within(11 * SECOND, &balances).await, None, "the same error is no news");
        assert_eq!(world.transport.count(BALANCE), before + 1, "{minutes}");
    }
    world.server.set(|state| state.api_answers = [summary(200)].into());
    ai.resumed();
    let recovered = next(&balances).await;
    assert_eq!((left(&recovered), recovered.error_code), (figure("8", false), None));
    assert_eq!(within(HOUR, &balances).await, None);
}

// B4: a limit of time that is too short for the network is a failure, not an endless loop
#[tokio::test(start_paused = true)]
async fn a_fetch_that_takes_too_long_is_one_that_failed() {
    let world = World::new();
    let (ai, transport) = slow(&world, MINUTE);
    sign_in(&ai).await;
    let ai = ai.with(crate::CallOptions { timeout: Some(SECOND), ..Default::default() });
    let balances = ai.balances(None);
    let last = within(3 * MINUTE, &balances).await.unwrap();
    assert_eq!((last.error_code.as_deref(), transport.count(BALANCE)), (Some("timeout_total"), 2));
}
