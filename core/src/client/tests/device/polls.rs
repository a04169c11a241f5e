//! How often the provider is asked, and which responses end the wait.

use super::*;

// RFC 8628 3.5: each `slow_down` adds five seconds to this and all later waits
// The keys for an id_token come first: without them the code is not sent, and nothing is known about it
#[cfg(feature = "openid")]
#[tokio::test(start_paused = true)]
async fn keys_that_cannot_be_fetched_are_waited_for() {
    let world = World::new();
    let keys = Some("https://keys.example/jwks".parse().unwrap());
    let default_scopes = vec!["openid".to_owned()];
    let ai = world.client_with(Provider { jwks_uri: keys, default_scopes, ..provider() });
    begin_at(&world, &ai, codes()).await;
    world.server.set(|state| {
        let failures = [404, 503, 429].map(|status| answer(status, ""));
        state.elsewhere_answers.extend(failures);
        state.elsewhere_answers.push_back(answer(200, r#"{"keys":[]}"#));
    });
    world.server.answer_token_requests(&[PENDING]);
    assert_eq!(waited(&ai).await, (5 + 10 + 20 + 40 + 5, Ok(())));
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn polls_become_slower_as_the_provider_asks() {
    let slow_down: Answer = || answer(400, r#"{"error":"slow_down"}"#);
    let (_world, ai) = begun(&[slow_down, slow_down, PENDING]).await;
    assert_eq!(waited(&ai).await, (5 + 10 + 15 + 15, Ok(())));

    let after: Answer = || with_header(answer(429, ""), "retry-after", "30");
    let (_world, ai) = begun(&[after, PENDING]).await;
    assert_eq!(waited(&ai).await, (5 + 30 + 10, Ok(())));

    let (_world, ai, _) = begun_with(
        json!({"interval": 7, "device_code": CODE, "user_code": "A",
        "verification_uri": "https://aipass.one/device"}),
        &[PENDING],
    )
    .await;
    assert_eq!(waited(&ai).await, (14, Ok(())));
}

// RFC 8628 3.5: without a network, or with a broken provider, the wait goes on, ever more slowly
#[tokio::test(start_paused = true)]
async fn polling_survives_failures() {
    let silent: Answer = || Err(HttpFailure::IdleTimeout { limit: Duration::ZERO });
    let overloaded: Answer = || answer(503, "<html>");
    let (world, ai) = begun(&[OFFLINE, silent, BROKEN, overloaded, OFFLINE, PENDING, PENDING]).await;
    assert_eq!(waited(&ai).await, (5 + 10 + 20 + 40 + 60 + 60 + 5 + 5, Ok(())));
    assert_eq!(world.token_requests(), 8, "each failure is one request");

    let asks: Answer = || with_header(answer(503, ""), "retry-after", "25");
    let (world, ai) = begun(&[asks]).await;
    assert_eq!(waited(&ai).await, (5 + 25, Ok(())));
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_the_user_or_the_provider_decides_ends_the_wait() {
    let expired: Answer = || answer(400, r#"{"error":"expired_token"}"#);
    let refused: Answer = || answer(400, r#"{"error":"unauthorized_client"}"#);
    for (response, code, words) in [
        (DENIED, "sign_in_denied", "It said no"),
        (expired, "device_code_expired", "in time"),
        (refused, "provider_sign_in_refused", "unauthorized_client"),
    ] {
        let (world, ai) = begun(&[PENDING, response]).await;
        let (seconds, outcome) = waited(&ai).await;
        let error = outcome.unwrap_err();
        assert_eq!((seconds, error.code(), error.to_string().contains(words)), (10, code, true), "{error}");
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
        assert_eq!(ai.complete_device_sign_in().await, Err(error), "the same for who asks later");
        assert!(!world.store.record().unwrap().to_string().contains(CODE), "a code that is over is wiped");
        let restarted = world.another_process_with(provider());
        assert_eq!(restarted.complete_device_sign_in().await, Err(Error::Cancelled));
    }
}

// L18: by the monotonic clock, whatever the wall clock says
#[tokio::test(start_paused = true)]
async fn a_code_that_nobody_enters_expires() {
    for hours in [0, 5, -5] {
        let (world, ai) = begun(&[PENDING; 200]).await;
        let waiting = complete(&ai);
        tokio::time::sleep(Duration::from_secs(60)).await;
        world.clock.set_by_hours(hours);
        let began = Instant::now();
        assert_eq!(waiting.await.unwrap(), because(SignInReason::DeviceCodeExpired));
        assert!((538..=541).contains(&began.elapsed().as_secs()), "{hours}: {:?}", began.elapsed());
        assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));
        assert_eq!(ai.pending_device_sign_in().await, Ok(None));
    }
    // Also where the network never comes back
    let (_world, ai) = begun(&[OFFLINE; 100]).await;
    assert_eq!(waited(&ai).await, (600, because(SignInReason::DeviceCodeExpired)));
}

// A lost response is a typed error, and no wait without end
#[tokio::test(start_paused = true)]
async fn tokens_that_are_lost_on_their_way_are_told() {
    let (world, ai) = begun(&[BROKEN, SPENT, SPENT]).await;
    let (seconds, outcome) = waited(&ai).await;
    assert!(
        matches!(&outcome, Err(Error::Provider { kind: ProviderErrorKind::SignInRefused, provider_code: Some(code), .. })
            if code == "invalid_grant"),
        "{outcome:?}"
    );
    assert_eq!((seconds, world.token_requests()), (5 + 10 + 5, 3));
    assert_eq!(ai.session_state().await, Ok(SessionState::SignedOut));

    // One page of a proxy is no reason to give up, two are.
    let page: Answer = || answer(200, "<html>");
    let (_world, ai) = begun(&[page, PENDING, page]).await;
    assert_eq!(waited(&ai).await.1, Ok(()));
    let (_world, ai) = begun(&[page, page]).await;
    assert_eq!(waited(&ai).await.1.unwrap_err().code(), "provider_invalid_response");
}

// RFC 8628 3.5: together no faster than one
#[tokio::test(start_paused = true)]
async fn all_callers_of_a_process_share_the_polls() {
    let (world, ai) = begun(&[PENDING, PENDING]).await;
    let others = [world.client_with(provider()), world.client_with(provider())];
    let waiting: Vec<_> = others.iter().chain([&ai]).map(complete).collect();
    let began = Instant::now();
    for waiter in waiting {
        assert_eq!(waiter.await.unwrap(), Ok(()));
    }
    assert_eq!((began.elapsed().as_secs(), world.token_requests()), (15, 3));
    let (world, ai) = begun(&[DENIED]).await;
    let (first, second) = (complete(&ai), complete(&world.client_with(provider())));
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    assert_eq!((first.as_ref().unwrap_err().code(), &first), ("sign_in_denied", &second));
    assert_eq!(world.token_requests(), 1);
}
