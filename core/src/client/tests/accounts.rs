//! L17: signing out and changing the account reach every client of the session. And two sessions never mix (L10).

use super::world::*;
use crate::session::store::{SessionStore, StoreError};
use crate::{AiPass, Error, MemoryStore, SealedFileStore, SessionState, SignInReason};
use rust_decimal::Decimal;
use std::sync::Arc;
use std::time::Duration;

const NOW: Duration = Duration::ZERO;
const CHECKOUT: &str = "/api/v1/payment/create-checkout-session";
const NOT_SIGNED_IN: Error = Error::SignInRequired { reason: SignInReason::NotSignedIn, detail: None };

/// A call that changes something at the provider; the token that was sent. Its answer does not matter here.
async fn paid_call(world: &World, ai: &AiPass) -> Result<String, Error> {
    let before = world.transport.count(CHECKOUT);
    match ai.checkout_url(Decimal::ONE).await {
        Err(error) if world.transport.count(CHECKOUT) == before => Err(error),
        _ => {
            let header = world.transport.last(CHECKOUT).headers()["authorization"].clone();
            Ok(header.to_str().unwrap().trim_start_matches("Bearer ").to_owned())
        }
    }
}

// L17, G3: in this process at once
#[tokio::test(start_paused = true)]
async fn a_sign_out_and_a_new_account_reach_all_clients_of_the_process() {
    let world = World::new();
    let (screen, background) = (world.signed_in().await, world.client());
    assert_eq!(background.access_token(NOW).await.unwrap().expose(), "access-1");
    let states = background.session_states();
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedIn)));
    screen.sign_out().await.unwrap();
    assert_eq!(background.session_state().await, Ok(SessionState::SignedOut));
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedOut)));
    assert_eq!(background.access_token(NOW).await, Err(NOT_SIGNED_IN));
    assert_eq!(paid_call(&world, &background).await, Err(NOT_SIGNED_IN));
    sign_in(&screen).await;
    assert_eq!(background.access_token(NOW).await.unwrap().expose(), "access-2");
    sign_in(&screen).await;
    assert_eq!(background.access_token(NOW).await.unwrap().expose(), "access-3");
    assert_eq!(paid_call(&world, &background).await.unwrap(), "access-3");
    screen.forget_session().await.unwrap();
    assert_eq!(background.access_token(NOW).await, Err(NOT_SIGNED_IN));
}

// L17, G3: in another process before its next paid call
#[tokio::test(start_paused = true)]
async fn a_sign_out_and_a_new_account_reach_another_process_before_it_pays() {
    let world = World::new();
    let (ai, other) = (world.signed_in().await, world.another_process());
    assert_eq!(paid_call(&world, &other).await.unwrap(), "access-1");
    sign_in(&ai).await;
    assert_eq!(paid_call(&world, &other).await.unwrap(), "access-2");
    ai.sign_out().await.unwrap();
    assert_eq!(paid_call(&world, &other).await, Err(NOT_SIGNED_IN));
    assert_eq!(other.session_state().await, Ok(SessionState::SignedOut));
}

// L17
#[tokio::test(start_paused = true)]
async fn resuming_reads_what_another_process_did() {
    let world = World::new();
    let (ai, other) = (world.signed_in().await, world.another_process());
    let states = other.session_states();
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedIn)));
    ai.sign_out().await.unwrap();
    assert_eq!(other.session_state().await, Ok(SessionState::SignedIn)); // memory's
    other.resumed();
    assert_eq!(states.next().await, Ok(Some(SessionState::SignedOut)));
}

// L13, L17: a locked store is locked for everybody; any other failure could hide a sign-out
#[tokio::test(start_paused = true)]
async fn a_paid_call_needs_a_store_that_works_or_is_locked_for_all() {
    let world = World::new();
    let ai = world.signed_in().await;
    world.store.fail_with(Some(StoreError::Unavailable { detail: "locked".into() }));
    assert_eq!(paid_call(&world, &ai).await.unwrap(), "access-1");
    for failure in [
        StoreError::KeyLost { detail: String::new() },
        StoreError::Corrupt { detail: String::new() },
        StoreError::Failed { detail: String::new() },
    ] {
        world.store.fail_with(Some(failure));
        assert!(matches!(paid_call(&world, &ai).await, Err(Error::Storage { .. })));
    }
}

// L10: a call that was refused for one account is not repeated for another
#[tokio::test(start_paused = true)]
async fn a_refused_call_is_not_repeated_with_another_accounts_token() {
    let world = World::new();
    let ai = world.signed_in().await;
    let token = ai.access_token(NOW).await.unwrap();
    tokio::time::advance(2 * HOUR).await;
    ai.access_token(NOW).await.unwrap(); // refreshed meanwhile
    assert_eq!(ai.inner.session.replace_rejected(&token).await.unwrap().access_token.expose(), "access-2");
    sign_in(&ai).await;
    assert_eq!(ai.inner.session.replace_rejected(&token).await, Err(NOT_SIGNED_IN));
    assert_eq!(
        world.another_process().inner.session.replace_rejected(&token).await.unwrap().access_token.expose(),
        "access-3"
    );
}

// L10, G7: the same client and label over two stores are two sessions, also in memory
#[tokio::test(start_paused = true)]
async fn two_stores_share_nothing() {
    let world = World::new();
    let (first, second) = (world.client(), world.client_over(Arc::new(MemoryStore::new())));
    sign_in_unsaved(&world, &first, &world.store).await;
    assert_eq!(second.session_state().await, Ok(SessionState::SignedOut));
    assert_eq!(second.access_token(NOW).await, Err(NOT_SIGNED_IN));
    sign_in(&second).await;
    assert_eq!(second.access_token(NOW).await.unwrap().expose(), "access-2");
    assert!(world.server.revoked().is_empty());
    assert_eq!(first.access_token(NOW).await.unwrap().expose(), "access-1");
    second.sign_out().await.unwrap();
    assert_eq!(world.server.revoked(), ["refresh-2", "access-2"]);
    assert_eq!(first.session_state().await, Ok(SessionState::SignedIn));
    assert_eq!(world.token_requests(), 2);
}

// L10: also where neither has a refresh token
#[tokio::test(start_paused = true)]
async fn two_stores_share_no_refresh() {
    let world = World::new();
    world.server.set(|state| state.gives_refresh_token = false);
    let (first, second) = (world.client(), world.client_over(Arc::new(MemoryStore::new())));
    sign_in(&first).await;
    sign_in(&second).await;
    tokio::time::advance(2 * HOUR).await;
    let (one, two) = tokio::join!(first.access_token(NOW), second.access_token(NOW));
    let reason = SignInReason::NoRefreshToken;
    assert_eq!((one, two), (Err(Error::from(reason)), Err(Error::from(reason))));
    for ai in [first, second] {
        assert_eq!(ai.session_state().await, Ok(SessionState::NeedsSignIn { reason }));
    }
}

// L3: a token set that could not be stored outlives the clients that knew it
#[tokio::test(start_paused = true)]
async fn an_unsaved_token_set_outlives_its_clients() {
    let world = World::new();
    let ai = world.client();
    sign_in_unsaved(&world, &ai, &world.store).await;
    drop(ai);
    assert_eq!(world.client().access_token(NOW).await.unwrap().expose(), "access-1");
    assert_eq!(world.token_requests(), 1);
}

// L12, L17: two sealed stores over one folder are one store, whatever its path is called
#[tokio::test(start_paused = true)]
async fn two_sealed_stores_over_one_folder_are_one() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: std::path::PathBuf| {
        let store: Arc<dyn SessionStore> = Arc::new(SealedFileStore::open(path, &[7; 32]).unwrap());
        store
    };
    let world = World::new();
    let first = world.client_over(open(folder.path().to_owned()));
    let second = world.client_over(open(folder.path().join("..").join(folder.path().file_name().unwrap())));
    sign_in(&first).await;
    assert_eq!(second.session_state().await, Ok(SessionState::SignedIn));
    world.server.set(|state| state.token_takes = Duration::from_secs(2));
    tokio::time::advance(2 * HOUR).await;
    let (one, two) = tokio::join!(first.access_token(NOW), second.access_token(NOW));
    assert_eq!((one.unwrap().expose(), two.unwrap().expose()), ("access-2", "access-2"));
    assert_eq!(world.token_requests(), 2);
    first.sign_out().await.unwrap();
    assert_eq!(second.session_state().await, Ok(SessionState::SignedOut));
}

// L12: stores of a host's own that share a place unknown to us are kept in step by the lease, as processes are
#[tokio::test(start_paused = true)]
async fn two_objects_over_one_unknown_place_make_one_refresh() {
    struct Wrapper(Arc<MemoryStore>);
    impl SessionStore for Wrapper {
        fn load(&self, key: String) -> Result<Option<crate::StoredSession>, StoreError> {
            self.0.load(key)
        }
        fn compare_and_swap(&self, key: String, expected: Option<i64>, bytes: Vec<u8>) -> Result<i64, StoreError> {
            self.0.compare_and_swap(key, expected, bytes)
        }
        fn delete(&self, key: String) -> Result<(), StoreError> {
            self.0.delete(key)
        }
    }
    let world = World::new();
    let place = Arc::new(MemoryStore::new());
    let client = || world.client_over(Arc::new(Wrapper(place.clone())));
    let (first, second) = (client(), client());
    sign_in(&first).await;
    second.session_state().await.unwrap();
    world.server.set(|state| state.token_takes = Duration::from_secs(8));
    tokio::time::advance(2 * HOUR).await;
    let (one, two) = tokio::join!(first.access_token(NOW), second.access_token(NOW));
    assert_eq!((one.unwrap().expose(), two.unwrap().expose()), ("access-2", "access-2"));
    assert_eq!(world.token_requests(), 2);
}
