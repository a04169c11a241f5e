//! L6: a late outcome changes nothing that was decided meanwhile.

use super::world::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, answer};
use crate::{CallbackErrorKind, Error, SessionState};
use std::time::Duration;

/// What happens while the exchange runs.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Meanwhile {
    Cancelled,
    SignedOut,
    Forgotten,
    CancelledAndBegunAnew,
}

// L6, G5: the connection breaks, the provider is overloaded, says no, or answers garbage, after the app gave up
#[tokio::test(start_paused = true)]
async fn a_late_failure_of_an_exchange_changes_nothing() {
    let failures: [fn() -> Scripted; 5] = [
        || Err(HttpFailure::Broken { detail: "reset".into() }),
        || Err(HttpFailure::NotSent { detail: "no network".into() }),
        || answer(503, "<html>"),
        || answer(400, r#"{"error":"invalid_grant"}"#),
        || answer(200, "garbage"),
    ];
    for failure in failures {
        for meanwhile in
            [Meanwhile::Cancelled, Meanwhile::SignedOut, Meanwhile::Forgotten, Meanwhile::CancelledAndBegunAnew]
        {
            let world = World::new();
            let ai = world.client();
            let callback = begin(&ai).await;
            world.server.set(|state| state.token_takes = Duration::from_secs(2));
            world.server.answer_token_requests(&[failure; 3]);
            let completing = tokio::spawn({
                let (ai, callback) = (ai.clone(), callback.clone());
                async move { ai.complete_sign_in(callback).await }
            });
            tokio::time::sleep(Duration::from_secs(1)).await;
            match meanwhile {
                Meanwhile::Cancelled | Meanwhile::CancelledAndBegunAnew => ai.cancel_sign_in().await.unwrap(),
                Meanwhile::SignedOut => drop(ai.sign_out().await.unwrap()),
                Meanwhile::Forgotten => ai.forget_session().await.unwrap(),
            }
            let next = match meanwhile {
                Meanwhile::CancelledAndBegunAnew => Some(begin(&ai).await),
                _ => None,
            };
            let state = ai.session_state().await;
            assert_eq!(completing.await.unwrap(), Err(Error::Cancelled), "{meanwhile:?}");
            assert_eq!(ai.session_state().await, state, "{meanwhile:?}");
            let requests = world.token_requests();
            let error = ai.complete_sign_in(callback).await.unwrap_err();
            let kinds = [CallbackErrorKind::Cancelled, CallbackErrorKind::UnknownState];
            assert!(kinds.iter().any(|kind| error == Error::InvalidCallback { kind: *kind }), "{meanwhile:?}: {error}");
            assert_eq!(world.token_requests(), requests, "no code without a verifier");
            if let Some(next) = next {
                world.server.set(|state| state.token_answers.clear());
                assert_eq!(ai.complete_sign_in(next).await, Ok(()));
                assert_eq!(ai.session_state().await, Ok(SessionState::SignedIn));
            }
        }
    }
}

// A8, S1, G5: a record without a verifier, whatever wrote it, sends nothing
#[tokio::test(start_paused = true)]
async fn an_empty_verifier_is_never_sent() {
    let world = World::new();
    let ai = world.client();
    let callback = begin(&ai).await;
    world.rewrite_record(|record| record["pending"][0]["code_verifier"] = "".into());
    let refused = Error::InvalidCallback { kind: CallbackErrorKind::AlreadyUsed };
    assert_eq!(ai.complete_sign_in(callback).await, Err(refused));
    assert_eq!(world.token_requests(), 0);
}
