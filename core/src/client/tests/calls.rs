use super::world::*;
use crate::{AiPass, CallOptions, Cancellation, Error, Provider, SessionState, SignInReason};
use std::sync::Arc;
use std::time::Duration;

// L4
#[tokio::test(start_paused = true)]
async fn a_401_refreshes_once_and_repeats_once_however_fresh_the_token_looked() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.expire_access_tokens();
    ai.refresh_balance().await.unwrap();
    assert_eq!(world.token_requests(), 2);
    assert_eq!(world.transport.count(BALANCE), 2);
}

// L4, T6
#[tokio::test(start_paused = true)]
async fn a_second_401_needs_a_sign_in() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.refuses_all = true);
    let reason = SignInReason::AccessRefused;
    assert_eq!(ai.refresh_balance().await, Err(Error::from(reason)));
    assert_eq!(world.transport.count(BALANCE), 2);
    assert_eq!(world.token_requests(), 2);
    assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }));
}

// L2, L4
#[tokio::test(start_paused = true)]
async fn many_calls_that_are_refused_at_once_share_one_refresh() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.expire_access_tokens();
    world.server.set(|state| state.token_takes = Duration::from_secs(1));
    let calls: Vec<_> = (0..100)
        .map(|_| {
            let ai = ai.clone();
            tokio::spawn(async move { ai.refresh_balance().await })
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    assert_eq!(world.token_requests(), 2);
}

#[tokio::test(start_paused = true)]
async fn nobody_signed_in_means_that_nothing_is_sent() {
    let world = World::new();
    let reason = SignInReason::NotSignedIn;
    assert_eq!(world.client().refresh_balance().await, Err(Error::from(reason)));
    assert!(world.transport.requests().is_empty());
}

// wire: balance, cached for five minutes
#[tokio::test(start_paused = true)]
async fn the_balance_is_remembered_for_five_minutes_and_never_for_another_account() {
    let world = World::new();
    let ai = world.signed_in().await;
    ai.balance().await.unwrap();
    tokio::time::advance(Duration::from_secs(299)).await;
    ai.balance().await.unwrap();
    assert_eq!(world.transport.count(BALANCE), 1);
    tokio::time::advance(Duration::from_secs(2)).await;
    ai.balance().await.unwrap();
    assert_eq!(world.transport.count(BALANCE), 2);
    sign_in(&ai).await;
    ai.balance().await.unwrap();
    assert_eq!(world.transport.count(BALANCE), 3);
}

// A11
#[tokio::test(start_paused = true)]
async fn a_token_is_not_sent_to_another_origin() {
    let mut provider = Provider::ai_pass();
    provider.account_api = Some("https://elsewhere.example/api/v1".parse().unwrap());
    let error = AiPass::builder("client_123", "myapp://auth/callback").provider(provider).build().unwrap_err();
    assert!(matches!(error, Error::InvalidInput { input, .. } if input == "account_api"));
}

// P3
#[tokio::test(start_paused = true)]
async fn a_call_can_be_cancelled_while_it_waits_for_a_token() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(10));
    tokio::time::advance(2 * HOUR).await;
    let cancellation = Cancellation::new();
    let options = CallOptions { cancellation: Some(Arc::clone(&cancellation)), ..CallOptions::default() };
    let call = tokio::spawn({
        let ai = ai.with(options);
        async move { ai.refresh_balance().await }
    });
    tokio::time::sleep(Duration::from_secs(1)).await;
    cancellation.cancel();
    assert_eq!(call.await.unwrap(), Err(Error::Cancelled));
    assert_eq!(ai.access_token(Duration::ZERO).await.unwrap().expose(), "access-2"); // the refresh went on
}

// S3
#[tokio::test(start_paused = true)]
async fn a_panic_surfaces_as_an_error() {
    let world = World::new();
    let ai = world.client();
    let outcome = ai.run(|_| async { panic!("canary") as crate::Result<()> }).await;
    assert!(matches!(&outcome, Err(Error::Other { code, .. }) if code == "internal"));
    assert!(!format!("{outcome:?}").contains("canary"));
}

#[tokio::test(start_paused = true)]
async fn settings_that_cannot_work_are_named() {
    let named = |result: crate::Result<AiPass>| match result {
        Err(Error::InvalidInput { input, .. }) => input,
        other => panic!("{other:?}"),
    };
    assert_eq!(named(AiPass::builder("", "myapp://auth/callback").build()), "client_id");
    assert_eq!(named(AiPass::builder("a\nb", "myapp://auth/callback").build()), "client_id");
    assert_eq!(named(AiPass::builder("client_123", "callback").build()), "redirect_uri");
    let config = crate::Config { app_name: Some("Belege/1.0 – groß".into()), ..Default::default() };
    assert_eq!(named(AiPass::builder("client_123", "myapp://auth/callback").config(config).build()), "app_name");
}

// P3: one limit over all that a call sends
#[tokio::test(start_paused = true)]
async fn a_calls_time_limit_holds_over_its_token_request() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.server.set(|state| state.token_takes = Duration::from_secs(15));
    tokio::time::advance(2 * HOUR).await;
    let limit = Duration::from_secs(5);
    let started = tokio::time::Instant::now();
    let options = CallOptions { timeout: Some(limit), ..CallOptions::default() };
    let error = ai.with(options).refresh_balance().await.unwrap_err();
    assert_eq!((error.code(), started.elapsed()), ("timeout_total", limit));
}

#[tokio::test(start_paused = true)]
async fn no_limit_at_all_is_a_limit_that_works() {
    let world = World::new();
    let ai = world.signed_in().await;
    let options = CallOptions { timeout: Some(Duration::MAX), ..CallOptions::default() };
    ai.with(options).refresh_balance().await.unwrap();
}

// L10: one store, and nothing of one session is seen by another
#[tokio::test(start_paused = true)]
async fn accounts_clients_and_issuers_do_not_mix() {
    let store = Arc::new(crate::MemoryStore::new());
    let world = World::new();
    let client = |id: &str, account: &str, base: &str| {
        let environment = crate::environment::Environment::system();
        AiPass::builder(id, "myapp://auth/callback")
            .provider(Provider::ai_pass_at(base).unwrap())
            .account(account)
            .store(store.clone())
            .scripted(world.transport.clone(), environment)
            .build()
            .unwrap()
    };
    let (one, two) = ("https://aipass.one", "https://aipass.two");
    sign_in(&client("mixed", "private", one)).await;
    for (id, account, base) in [("mixed", "work", one), ("other", "private", one), ("mixed", "private", two)] {
        let state = client(id, account, base).session_state().await;
        assert_eq!(state, Ok(SessionState::SignedOut), "{id} {account} {base}");
    }
    client("mixed", "work", one).sign_out().await.unwrap();
    assert_eq!(client("mixed", "private", one).session_state().await, Ok(SessionState::SignedIn));
}
