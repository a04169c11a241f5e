//! A wait that the user, the app or another process ends.

use super::*;

// L6
#[tokio::test(start_paused = true)]
async fn cancelling_and_signing_out_end_the_wait_at_once() {
    for sign_out in [false, true] {
        let (world, ai) = begun(&[PENDING; 10]).await;
        let waiting = complete(&ai);
        tokio::time::sleep(Duration::from_secs(7)).await;
        let began = Instant::now();
        if sign_out {
            ai.sign_out().await.unwrap();
        } else {
            ai.cancel_sign_in().await.unwrap();
        }
        assert_eq!(waiting.await.unwrap(), Err(Error::Cancelled));
        assert_eq!((began.elapsed(), world.token_requests()), (Duration::ZERO, 1));
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
        assert!(!world.store.record().unwrap().to_string().contains(CODE));
    }
}

// L6, T7
#[tokio::test(start_paused = true)]
async fn tokens_that_come_after_a_cancellation_are_revoked() {
    for sign_out in [false, true] {
        let (world, ai) = begun(&[]).await;
        world.server.set(|state| state.token_takes = Duration::from_secs(2));
        let waiting = complete(&ai);
        tokio::time::sleep(Duration::from_secs(6)).await;
        if sign_out {
            ai.sign_out().await.unwrap();
        } else {
            ai.cancel_sign_in().await.unwrap();
        }
        assert_eq!(waiting.await.unwrap(), Err(Error::Cancelled));
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
        assert_eq!(world.server.revoked(), ["refresh-1", "access-1"]);
    }
}

// L17: another process signs out
#[tokio::test(start_paused = true)]
async fn a_cancellation_in_another_process_is_seen_before_the_next_poll() {
    let (world, ai) = begun(&[PENDING; 10]).await;
    let waiting = complete(&ai);
    tokio::time::sleep(Duration::from_secs(7)).await;
    world.another_process_with(provider()).cancel_sign_in().await.unwrap();
    assert_eq!(waiting.await.unwrap(), Err(Error::Cancelled));
    assert_eq!(world.token_requests(), 1);
}

// T7: a screen that is closed must not lose what the user just allowed
#[tokio::test(start_paused = true)]
async fn a_wait_that_is_cancelled_goes_on_with_the_next_call_and_loses_no_tokens() {
    let (world, ai) = begun(&[PENDING]).await;
    let cancellation = Cancellation::new();
    let cancellable = ai.with(CallOptions { cancellation: Some(cancellation.clone()), ..CallOptions::default() });
    let waiting = complete(&cancellable);
    tokio::time::sleep(Duration::from_secs(7)).await;
    cancellation.cancel();
    assert_eq!(waiting.await.unwrap(), Err(Error::Cancelled));
    assert_eq!(ai.session_state().await, Ok(SessionState::SigningIn));
    assert_eq!(waited(&ai).await, (3, Ok(())), "the interval counts through both calls");
    assert_eq!(world.token_requests(), 2);

    let (world, ai) = begun(&[]).await;
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    let gone = tokio::time::timeout(Duration::from_secs(6), ai.complete_device_sign_in()).await;
    assert!(gone.is_err());
    tokio::time::sleep(Duration::from_secs(2)).await;
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(ai.complete_device_sign_in().await, Ok(()));
    assert_eq!(world.token_requests(), 1);
}
