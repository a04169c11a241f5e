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
//! Every write of the record names its event here, and a debug build checks that the record then says what the table says.
//! A flow asks the table from where it stands: a refresh that comes back and finds another grant in the store is not
//! `Refreshing` any more, whatever else goes on; its pair is then late, and is revoked instead of kept (L6).

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
    /// An authorization URL was made. A session that is signed in stays so until the new sign-in is complete.
    SignInBegun,
    /// The last pending sign-in was cancelled, denied or given up.
    SignInAbandoned,
    /// A callback's code was taken for its exchange, or given back to be tried again.
    CallbackMoved,
    /// A code was exchanged for a pair.
    SignInCompleted,
    /// A refresh is under way.
    RefreshBegun,
    /// A refresh brought a pair.
    RefreshCompleted,
    /// A refresh failed in a way that says nothing about the grant (T6).
    RefreshFailed,
    /// The provider ended the grant.
    GrantEnded,
    /// The user signed out, or the app forgot the session.
    SignedOut,
}

/// What becomes of the pair that an event brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pair {
    /// The event brought none.
    None,
    /// Keep it: it is the session's now.
    Keep,
    /// Nobody waits for it any more: revoke it (L6).
    Revoke,
}

/// The table.
pub(crate) fn next(phase: Phase, event: Event) -> (Phase, Pair) {
    use Phase as P;
    match (event, phase) {
        (Event::SignInBegun, P::SignedOut | P::SigningIn | P::NeedsSignIn) => (P::SigningIn, Pair::None),
        (Event::SignInBegun, P::SignedIn) => (P::SignedIn, Pair::None),
        (Event::SignInBegun, P::Refreshing) => (P::Refreshing, Pair::None),

        (Event::SignInAbandoned, P::SigningIn) => (P::SignedOut, Pair::None),
        (Event::SignInAbandoned, P::SignedOut) => (P::SignedOut, Pair::None),
        (Event::SignInAbandoned, P::SignedIn) => (P::SignedIn, Pair::None),
        (Event::SignInAbandoned, P::Refreshing) => (P::Refreshing, Pair::None),
        (Event::SignInAbandoned, P::NeedsSignIn) => (P::NeedsSignIn, Pair::None),

        (Event::CallbackMoved, phase) => (phase, Pair::None),

        (Event::SignInCompleted, P::SigningIn) => (P::SignedIn, Pair::Keep),
        (Event::SignInCompleted, P::SignedOut) => (P::SignedOut, Pair::Revoke),
        (Event::SignInCompleted, P::SignedIn) => (P::SignedIn, Pair::Revoke),
        (Event::SignInCompleted, P::Refreshing) => (P::Refreshing, Pair::Revoke),
        (Event::SignInCompleted, P::NeedsSignIn) => (P::NeedsSignIn, Pair::Revoke),

        (Event::RefreshBegun, P::SignedIn | P::Refreshing) => (P::Refreshing, Pair::None),
        (Event::RefreshBegun, P::SignedOut) => (P::SignedOut, Pair::None),
        (Event::RefreshBegun, P::SigningIn) => (P::SigningIn, Pair::None),
        (Event::RefreshBegun, P::NeedsSignIn) => (P::NeedsSignIn, Pair::None),

        (Event::RefreshCompleted, P::Refreshing) => (P::SignedIn, Pair::Keep),
        (Event::RefreshCompleted, P::SignedOut) => (P::SignedOut, Pair::Revoke),
        (Event::RefreshCompleted, P::SigningIn) => (P::SigningIn, Pair::Revoke),
        (Event::RefreshCompleted, P::SignedIn) => (P::SignedIn, Pair::Revoke),
        (Event::RefreshCompleted, P::NeedsSignIn) => (P::NeedsSignIn, Pair::Revoke),

        (Event::RefreshFailed, P::Refreshing | P::SignedIn) => (P::SignedIn, Pair::None),
        (Event::RefreshFailed, P::SignedOut) => (P::SignedOut, Pair::None),
        (Event::RefreshFailed, P::SigningIn) => (P::SigningIn, Pair::None),
        (Event::RefreshFailed, P::NeedsSignIn) => (P::NeedsSignIn, Pair::None),

        (Event::GrantEnded, P::SignedIn | P::Refreshing | P::NeedsSignIn) => (P::NeedsSignIn, Pair::None),
        (Event::GrantEnded, P::SignedOut) => (P::SignedOut, Pair::None),
        (Event::GrantEnded, P::SigningIn) => (P::SigningIn, Pair::None),

        (Event::SignedOut, P::SignedOut | P::SigningIn | P::SignedIn | P::Refreshing | P::NeedsSignIn) => {
            (P::SignedOut, Pair::None)
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

    fn cells() -> impl Iterator<Item = (Phase, Event, Phase, Pair)> {
        PHASES.into_iter().flat_map(|phase| {
            EVENTS.into_iter().map(move |event| {
                let (after, pair) = next(phase, event);
                (phase, event, after, pair)
            })
        })
    }

    // L6
    #[test]
    fn a_pair_is_kept_only_by_the_flow_that_waits_for_it() {
        for (phase, event, _, pair) in cells() {
            let brings_a_pair = matches!(event, Event::SignInCompleted | Event::RefreshCompleted);
            let waited_for = matches!(
                (phase, event),
                (Phase::SigningIn, Event::SignInCompleted) | (Phase::Refreshing, Event::RefreshCompleted)
            );
            let expected = match (brings_a_pair, waited_for) {
                (false, _) => Pair::None,
                (true, true) => Pair::Keep,
                (true, false) => Pair::Revoke,
            };
            assert_eq!(pair, expected, "{phase:?} {event:?}");
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
