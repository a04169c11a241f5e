//! The session's states and events, as one total table.
//!
//! ```text
//!                 SignInBegun                 SignInCompleted
//!   SignedOut ─────────────────▶ SigningIn ─────────────────▶ SignedIn ◀──────────┐
//!       ▲ ▲                       │     ▲                      │  ▲  │             │ RefreshCompleted
//!       │ └── SignInAbandoned ────┘     │         RefreshBegun │  │  │             │ RefreshFailed
//!       │                    SignInBegun│                      ▼  │  │ GrantEnded  │
//!       │                               │                  Refreshing┼─────────────┘
//!       │                               │                      │     │
//!       │                               └───── NeedsSignIn ◀───┴─────┘ GrantEnded
//!       └── SignedOut, from everywhere
//! ```
//!
//! Every write of the record names its event here. [`Session::update`](super::Session) compares the record with the table
//! after each change. If they disagree, a test fails, and an app writes it to its log.
//!
//! A flow asks the table with the phase that it finds. A refresh that returns and finds another grant in the store is not
//! `Refreshing` any more: its token set is late, and is given up instead of kept (L6).
//!
//! # To add an event
//! 1. Add it to [`Event`] with a sentence that says what happened, not what to do about it.
//! 2. Give it an arm for every [`Phase`] in [`next`]. The compiler lists the missing ones; use no `_`.
//! 3. If it brings a token set, say for each phase whether the set is kept or revoked. Never [`TokenSet::None`] (T7).
//! 4. Add it to `EVENTS` in the tests below, and to the diagram if it changes the phase.
//! 5. Change the record in a method of [`Record`](super::record::Record) that returns the phase which `next` gives.

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    SignedOut,
    SigningIn,
    SignedIn,
    Refreshing,
    NeedsSignIn,
}

/// What can happen to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// An authorization URL was made. The present session is kept until the new sign-in is complete.
    SignInBegun,
    /// The last pending sign-in was cancelled, denied or given up.
    SignInAbandoned,
    /// A callback's code was taken for its exchange, or given back to be tried again.
    CallbackMoved,
    /// A code was exchanged for a token set.
    SignInCompleted,
    /// A refresh is under way, or its lease was renewed.
    RefreshBegun,
    /// A refresh brought a token set.
    RefreshCompleted,
    /// A refresh failed in a way that says nothing about the grant (T6).
    RefreshFailed,
    /// The provider ended the grant.
    GrantEnded,
    /// The user signed out, or the app forgot the session.
    SignedOut,
}

/// What becomes of the token set that an event brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenSet {
    /// The event brought no token set.
    None,
    /// Store it.
    Keep,
    /// Its flow was overtaken by another event: give it up (L6, L19).
    Revoke,
}

/// The table.
pub(crate) fn next(phase: Phase, event: Event) -> (Phase, TokenSet) {
    use Phase as P;
    match (event, phase) {
        (Event::SignInBegun, P::SignedOut | P::SigningIn | P::NeedsSignIn) => (P::SigningIn, TokenSet::None),
        (Event::SignInBegun, P::SignedIn) => (P::SignedIn, TokenSet::None),
        (Event::SignInBegun, P::Refreshing) => (P::Refreshing, TokenSet::None),

        (Event::SignInAbandoned, P::SigningIn) => (P::SignedOut, TokenSet::None),
        (Event::SignInAbandoned, P::SignedOut) => (P::SignedOut, TokenSet::None),
        (Event::SignInAbandoned, P::SignedIn) => (P::SignedIn, TokenSet::None),
        (Event::SignInAbandoned, P::Refreshing) => (P::Refreshing, TokenSet::None),
        (Event::SignInAbandoned, P::NeedsSignIn) => (P::NeedsSignIn, TokenSet::None),

        (Event::CallbackMoved, phase) => (phase, TokenSet::None),

        (Event::SignInCompleted, P::SigningIn) => (P::SignedIn, TokenSet::Keep),
        (Event::SignInCompleted, P::SignedOut) => (P::SignedOut, TokenSet::Revoke),
        (Event::SignInCompleted, P::SignedIn) => (P::SignedIn, TokenSet::Revoke),
        (Event::SignInCompleted, P::Refreshing) => (P::Refreshing, TokenSet::Revoke),
        (Event::SignInCompleted, P::NeedsSignIn) => (P::NeedsSignIn, TokenSet::Revoke),

        (Event::RefreshBegun, P::SignedIn | P::Refreshing) => (P::Refreshing, TokenSet::None),
        (Event::RefreshBegun, P::SignedOut) => (P::SignedOut, TokenSet::None),
        (Event::RefreshBegun, P::SigningIn) => (P::SigningIn, TokenSet::None),
        (Event::RefreshBegun, P::NeedsSignIn) => (P::NeedsSignIn, TokenSet::None),

        (Event::RefreshCompleted, P::Refreshing) => (P::SignedIn, TokenSet::Keep),
        (Event::RefreshCompleted, P::SignedOut) => (P::SignedOut, TokenSet::Revoke),
        (Event::RefreshCompleted, P::SigningIn) => (P::SigningIn, TokenSet::Revoke),
        (Event::RefreshCompleted, P::SignedIn) => (P::SignedIn, TokenSet::Revoke),
        (Event::RefreshCompleted, P::NeedsSignIn) => (P::NeedsSignIn, TokenSet::Revoke),

        (Event::RefreshFailed, P::Refreshing | P::SignedIn) => (P::SignedIn, TokenSet::None),
        (Event::RefreshFailed, P::SignedOut) => (P::SignedOut, TokenSet::None),
        (Event::RefreshFailed, P::SigningIn) => (P::SigningIn, TokenSet::None),
        (Event::RefreshFailed, P::NeedsSignIn) => (P::NeedsSignIn, TokenSet::None),

        (Event::GrantEnded, P::SignedIn | P::Refreshing | P::NeedsSignIn) => (P::NeedsSignIn, TokenSet::None),
        (Event::GrantEnded, P::SignedOut) => (P::SignedOut, TokenSet::None),
        (Event::GrantEnded, P::SigningIn) => (P::SigningIn, TokenSet::None),

        (Event::SignedOut, P::SignedOut | P::SigningIn | P::SignedIn | P::Refreshing | P::NeedsSignIn) => {
            (P::SignedOut, TokenSet::None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHASES: [Phase; 5] =
        [Phase::SignedOut, Phase::SigningIn, Phase::SignedIn, Phase::Refreshing, Phase::NeedsSignIn];
    const EVENTS: [Event; 9] = [
        Event::SignInBegun,
        Event::SignInAbandoned,
        Event::CallbackMoved,
        Event::SignInCompleted,
        Event::RefreshBegun,
        Event::RefreshCompleted,
        Event::RefreshFailed,
        Event::GrantEnded,
        Event::SignedOut,
    ];

    fn cells() -> impl Iterator<Item = (Phase, Event, Phase, TokenSet)> {
        PHASES.into_iter().flat_map(|phase| {
            EVENTS.into_iter().map(move |event| {
                let (after, set) = next(phase, event);
                (phase, event, after, set)
            })
        })
    }

    // L6
    #[test]
    fn a_token_set_is_kept_only_by_the_flow_that_waits_for_it() {
        for (phase, event, _, set) in cells() {
            let brings_a_set = matches!(event, Event::SignInCompleted | Event::RefreshCompleted);
            let waited_for = matches!(
                (phase, event),
                (Phase::SigningIn, Event::SignInCompleted) | (Phase::Refreshing, Event::RefreshCompleted)
            );
            let expected = match (brings_a_set, waited_for) {
                (false, _) => TokenSet::None,
                (true, true) => TokenSet::Keep,
                (true, false) => TokenSet::Revoke,
            };
            assert_eq!(set, expected, "{phase:?} {event:?}");
        }
    }

    // L6, T6
    #[test]
    fn signing_out_always_signs_out_and_nothing_but_a_completed_sign_in_signs_in() {
        let signed_in = |phase| matches!(phase, Phase::SignedIn | Phase::Refreshing);
        for (phase, event, after, _) in cells() {
            if event == Event::SignedOut {
                assert_eq!(after, Phase::SignedOut);
            } else if signed_in(after) && !signed_in(phase) {
                assert_eq!((phase, event), (Phase::SigningIn, Event::SignInCompleted));
            } else if signed_in(phase) && !signed_in(after) {
                assert_eq!((event, after), (Event::GrantEnded, Phase::NeedsSignIn));
            }
        }
    }
}
