//! SIGKILL at random instants over the sealed file: the next process finds the old token set or the new one, whole (L3).
//!
//! Two outcomes that no client can prevent are counted apart. The provider may have rotated the tokens, or spent the code, for
//! a process that died before it stored the response: the user signs in again. A sign-out may die after the local session was
//! removed and before the provider was asked: its tokens live until they expire.
//!
//! The machine decides when the kills happen: whether they hit every part of a step is printed, not asserted.
//!
//! `docs/security.md` says what that means to an app. The seed is printed; `AIPASS_KILLS_SEED` repeats a run as far as the
//! scheduler allows, and `AIPASS_KILLS` sets the number of kills of each kind.

mod lease;
mod victim;
mod world;

use aipass::{CallbackErrorKind, Error, SessionState};
use victim::Victim;
use world::{Found, World};

#[tokio::test]
async fn killed_while_it_refreshes() {
    let world = World::new("refreshing").await;
    let (mut old, mut new, mut window) = (0, 0, 0);
    for instant in world.instants("refresh").await {
        world.sign_in().await;
        let before = world.sandbox.tokens().issued_for_refreshes;
        Victim::start(&world, "refresh").await.killed_after(instant).await;
        world.connections_end().await;
        let rotated = world.sandbox.tokens().issued_for_refreshes - before;
        match (world.found().await, rotated) {
            (Found::LiveTokens, 0) => old += 1,
            (Found::LiveTokens, 1) => new += 1,
            (Found::DeadTokens, 1) => window += 1,
            other => panic!("killed after {instant:?}: {other:?}"),
        }
        world.sign_out().await;
    }
    world.report(&format!(
        "the old token set {old}, the new one {new}; rotated for the dead, not stored {window}{}",
        missed(old > 0 && new > 0)
    ));
}

#[tokio::test]
async fn killed_while_it_signs_in() {
    let world = World::new("signing in").await;
    let (mut before, mut resumed, mut signed_in, mut claimed, mut window) = (0, 0, 0, 0, 0);
    for instant in world.instants("sign-in").await {
        let issued = world.sandbox.tokens().issued_for_codes;
        let callback = Victim::start(&world, "sign-in").await.signs_in_until_killed(instant).await;
        world.connections_end().await;
        let spent = world.sandbox.tokens().issued_for_codes - issued;
        let ai = world.next_start();
        let state = ai.session_state().await.unwrap();
        match (state, callback) {
            (SessionState::SignedIn, Some(_)) => {
                assert_eq!((world.found().await, spent), (Found::LiveTokens, 1));
                signed_in += 1;
            }
            // A8: a URL that was handed out belongs to a sign-in that is stored.
            (SessionState::SigningIn, Some(callback)) => match (ai.complete_sign_in(callback).await, spent) {
                (Ok(()), 0) => {
                    assert_eq!(world.found().await, Found::LiveTokens);
                    resumed += 1;
                }
                (Err(Error::InvalidCallback { kind: CallbackErrorKind::AlreadyUsed }), 0) => claimed += 1,
                (Err(_), 1) => window += 1,
                other => panic!("killed after {instant:?}: {other:?}"),
            },
            (SessionState::SignedOut | SessionState::SigningIn, None) => before += 1,
            (state, _) => panic!("killed after {instant:?}: {state:?} after the URL was handed out"),
        }
        // A new sign-in works, whatever was left behind. No process holds the tokens that were issued for the dead one.
        world.sandbox.revoke_grants();
        world.sign_in().await;
        assert_eq!(world.found().await, Found::LiveTokens);
        world.sign_out().await;
    }
    world.report(&format!(
        "before its URL {before}, completed by the next start {resumed}, signed in {signed_in}; begun anew: taken up by the \
         dead {claimed}, code spent for the dead {window}{}",
        missed(before > 0 && signed_in > 0)
    ));
}

#[tokio::test]
async fn killed_while_it_signs_out() {
    let world = World::new("signing out").await;
    let (mut still, mut out, mut not_revoked) = (0, 0, 0);
    for instant in world.instants("sign-out").await {
        world.sign_in().await;
        Victim::start(&world, "sign-out").await.killed_after(instant).await;
        world.connections_end().await;
        let tokens = world.sandbox.tokens();
        match world.next_start().session_state().await.unwrap() {
            // The session goes before the provider is asked: as long as it is here, its tokens live.
            SessionState::SignedIn => {
                assert_eq!(world.found().await, Found::LiveTokens);
                still += 1;
            }
            SessionState::SignedOut if tokens.live_access + tokens.live_refresh == 0 => out += 1,
            SessionState::SignedOut => not_revoked += 1,
            state => panic!("killed after {instant:?}: {state:?}"),
        }
        world.sign_out().await;
        world.sandbox.revoke_grants();
    }
    world.report(&format!(
        "still signed in {still}, signed out {out}; signed out here, not revoked {not_revoked}{}",
        missed(still + not_revoked > 0 && out > 0)
    ));
}

/// What the report says if all kills came before, or all after, the part that they should hit.
fn missed(hit: bool) -> &'static str {
    if hit { "" } else { "; the kills missed a part of the step: raise AIPASS_KILLS" }
}
