//! When a call is sent again (P1, P2). The whole policy is the table in [`next_step`]:
//!
//! | outcome                         | `Read`                        | `Paid`                             | `Credential`              |
//! |---------------------------------|-------------------------------|------------------------------------|---------------------------|
//! | 2xx                             | deliver                       | deliver                            | deliver                   |
//! | not sent (no connection)        | 3 repeats, backoff            | 2 repeats, backoff                 | 2 repeats, backoff        |
//! | broken or silent after sending  | 3 repeats, backoff            | **deliver**: it may have been paid | deliver: it may be spent  |
//! | 429, not over a budget          | 3 repeats, as the server asks | 2 repeats, if the app allows       | 1 repeat, if asked to     |
//! | 503 with `Retry-After`          | 3 repeats, as the server asks | **deliver**                        | 1 repeat                  |
//! | 408, other 5xx                  | 3 repeats, backoff            | **deliver**                        | deliver                   |
//! | any other status                | deliver                       | deliver                            | deliver                   |
//! | over a budget, with any status  | deliver                       | deliver                            | deliver                   |
//! | not readable, address not public| deliver                       | deliver                            | deliver                   |
//! | cancelled, too large, total     | deliver                       | deliver                            | deliver                   |
//!
//! "Not sent" includes what HTTP/2 says was not looked at: a stream refused with `REFUSED_STREAM`, or one above the last stream of a
//! `GOAWAY` (RFC 9113 8.7). A response that cannot be read is never "not sent": the server processed the request.
//!
//! A fourth class, `Poll`, always delivers: `core/src/session/device/` repeats it, and never faster than the provider allows.
//!
//! A request that was refused for its proof alone is sent once more with another one, whatever its class: the server has not looked
//! at it (`proof.rs`).
//!
//! A 401 is not in the table: `core/src/client/call.rs` refreshes the token and repeats the call once (L4).
//!
//! # Defaults
//! | setting | default |
//! |---|---|
//! | first backoff, doubled at each repeat | [`FIRST_BACKOFF`]: 500 ms |
//! | longest backoff | [`MAX_BACKOFF`]: 8 s |
//! | jitter | full: the wait is random, from nothing to the backoff |
//! | longest `Retry-After` that is waited for; a call that is asked to wait longer returns at once | [`MAX_WAIT`]: 30 s |
//! | a wait that would pass the call's total limit | is not begun: the call returns at once |
//! | repeats of a rate-limited paid call | 2; none if [`Config::retry_rate_limited`](crate::Config) is false |
//!
//! There is no retry budget per host: one app on one phone makes few calls, and a call is repeated three times at most.

use super::failure::HttpFailure;
use super::{ErrorResponse, is_transient};
use crate::error_body::ErrorBody;
use std::time::Duration;

/// If a server asks to wait longer than this, the call returns, and the app decides.
const MAX_WAIT: Duration = Duration::from_secs(30);
const FIRST_BACKOFF: Duration = Duration::from_millis(500);
const MAX_BACKOFF: Duration = Duration::from_secs(8);

/// What kind of call it is, as far as repeating it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CallClass {
    /// A GET that changes nothing.
    Read,
    /// A POST that costs money.
    Paid { repeat_rate_limited: bool },
    /// A token request or revocation: its credential can be spent once.
    Credential,
    /// A token request that is repeated until the user has decided (RFC 8628 3.4). Always delivered: what repeats it knows how long
    /// the provider asks to wait.
    #[cfg(feature = "device-authorization")]
    Poll,
}

/// What became of an attempt.
#[derive(Debug)]
pub(crate) enum Outcome<'a> {
    Success,
    Error(&'a ErrorResponse),
    Failed(&'a HttpFailure),
}

/// What to do next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Deliver,
    RepeatAfter(Wait),
}

/// How long to wait before a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    /// As the server asked.
    Exactly(Duration),
    /// A random time up to this ("full jitter"), so that a fleet does not move in step.
    UpTo(Duration),
}

/// The policy. `repeats` counts those already made.
pub(crate) fn next_step(class: CallClass, outcome: &Outcome<'_>, repeats: u32) -> Step {
    use CallClass::{Credential, Paid, Read};
    let (max_repeats, asked) = match (outcome, class) {
        (Outcome::Success, _) => (0, None),

        (Outcome::Failed(failure), Read) if failure.was_not_sent() => (3, None),
        (Outcome::Failed(failure), Paid { .. } | Credential) if failure.was_not_sent() => (2, None),
        (Outcome::Failed(HttpFailure::Broken { .. } | HttpFailure::IdleTimeout { .. }), Read) => (3, None),
        (Outcome::Failed(_), _) => (0, None),

        (Outcome::Error(response), _) if is_over_budget(response) => (0, None),
        (Outcome::Error(response), Paid { repeat_rate_limited: true }) if response.status == 429 => {
            (2, response.retry_after)
        }
        (Outcome::Error(response), Read) if is_transient(response.status) => (3, response.retry_after),
        (Outcome::Error(response), Credential)
            if matches!(response.status, 429 | 503) && response.retry_after.is_some() =>
        {
            (1, response.retry_after)
        }
        (Outcome::Error(_), _) => (0, None),
    };
    if repeats >= max_repeats || asked.is_some_and(|wait| wait > MAX_WAIT) {
        return Step::Deliver;
    }
    Step::RepeatAfter(asked.map_or_else(|| Wait::UpTo(backoff(repeats)), Wait::Exactly))
}

fn backoff(repeats: u32) -> Duration {
    FIRST_BACKOFF.saturating_mul(2_u32.saturating_pow(repeats)).min(MAX_BACKOFF)
}

/// LiteLLM says 429 for a budget, too; asking again would not fill it.
fn is_over_budget(response: &ErrorResponse) -> bool {
    ErrorBody::read(&response.body).budget(response.status).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use http::HeaderMap;

    const PAID: CallClass = CallClass::Paid { repeat_rate_limited: true };
    const PAID_ONCE: CallClass = CallClass::Paid { repeat_rate_limited: false };

    fn repeats_of(class: CallClass, outcome: &Outcome<'_>) -> u32 {
        (0..10).take_while(|repeats| next_step(class, outcome, *repeats) != Step::Deliver).count() as u32
    }

    fn error(status: u16, retry_after: Option<u64>, body: &'static str) -> ErrorResponse {
        let retry_after = retry_after.map(Duration::from_secs);
        ErrorResponse { status, headers: HeaderMap::new(), body: Bytes::from(body), retry_after }
    }

    // P1, P2: cell by cell
    #[test]
    fn the_table_holds() {
        let not_sent = HttpFailure::NotSent { detail: String::new() };
        let no_connection = HttpFailure::ConnectTimeout { limit: Duration::ZERO };
        let broken = HttpFailure::Broken { detail: String::new() };
        let silent = HttpFailure::IdleTimeout { limit: Duration::ZERO };
        let total = HttpFailure::TotalTimeout { limit: Duration::ZERO };
        let too_large = HttpFailure::TooLarge { limit: 0 };
        let malformed = HttpFailure::Malformed { detail: String::new() };
        let unknown_coding = HttpFailure::UnknownCoding { name: "br".into() };
        for (failure, read, paid, credential) in [
            (&not_sent, 3, 2, 2),
            (&no_connection, 3, 2, 2),
            (&broken, 3, 0, 0),
            (&silent, 3, 0, 0),
            (&total, 0, 0, 0),
            (&too_large, 0, 0, 0),
            (&malformed, 0, 0, 0),
            (&unknown_coding, 0, 0, 0),
            (&HttpFailure::Cancelled, 0, 0, 0),
        ] {
            let outcome = Outcome::Failed(failure);
            let repeats = [CallClass::Read, PAID, CallClass::Credential].map(|class| repeats_of(class, &outcome));
            assert_eq!(repeats, [read, paid, credential], "{failure}");
        }
        for (status, retry_after, read, paid, paid_once, credential) in [
            (429, None, 3, 2, 0, 0),
            (429, Some(1), 3, 2, 0, 1),
            (429, Some(31), 0, 0, 0, 0),
            (503, None, 3, 0, 0, 0),
            (503, Some(1), 3, 0, 0, 1),
            (500, Some(1), 3, 0, 0, 0),
            (502, None, 3, 0, 0, 0),
            (408, None, 3, 0, 0, 0),
            (400, None, 0, 0, 0, 0),
            (401, None, 0, 0, 0, 0),
            (302, None, 0, 0, 0, 0),
        ] {
            let response = error(status, retry_after, "");
            let outcome = Outcome::Error(&response);
            let classes = [CallClass::Read, PAID, PAID_ONCE, CallClass::Credential];
            let repeats = classes.map(|class| repeats_of(class, &outcome));
            assert_eq!(repeats, [read, paid, paid_once, credential], "{status} {retry_after:?}");
        }
        assert_eq!(repeats_of(CallClass::Read, &Outcome::Success), 0);
        #[cfg(feature = "device-authorization")]
        for outcome in [Outcome::Failed(&not_sent), Outcome::Error(&error(429, Some(1), ""))] {
            assert_eq!(repeats_of(CallClass::Poll, &outcome), 0);
        }
    }

    #[test]
    fn a_used_up_budget_is_not_a_rate_limit() {
        for body in [
            r#"{"error":{"type":"budget_exceeded"}}"#,
            r#"[{"error":{"message":"Budget has been exceeded! Current cost: 1, Max budget: 1"}}]"#,
            r#"{"detail":{"error":{"code":"budget_exceeded"}}}"#,
            "ExceededBudget: User=u over budget. Spend=2, Budget=1",
            "<html><title>429</title><p>Budget has been exceeded!</p></html>",
        ] {
            for (status, class) in
                [(429, PAID), (429, CallClass::Read), (503, CallClass::Read), (503, CallClass::Credential)]
            {
                let response = error(status, Some(1), body);
                assert_eq!(repeats_of(class, &Outcome::Error(&response)), 0, "{status} {body}");
            }
        }
        let rate_limit = error(429, Some(1), r#"{"error":{"message":"slow down","type":"rate_limit_error"}}"#);
        assert_eq!(repeats_of(PAID, &Outcome::Error(&rate_limit)), 2);
    }

    // P2
    #[test]
    fn waits_grow_to_a_cap_or_are_what_the_server_asked() {
        let failure = HttpFailure::NotSent { detail: String::new() };
        let step = |repeats| next_step(CallClass::Read, &Outcome::Failed(&failure), repeats);
        assert_eq!(step(0), Step::RepeatAfter(Wait::UpTo(Duration::from_millis(500))));
        assert_eq!(step(2), Step::RepeatAfter(Wait::UpTo(Duration::from_secs(2))));
        assert_eq!(backoff(30), MAX_BACKOFF);
        let response = error(503, Some(7), "");
        let step = next_step(CallClass::Read, &Outcome::Error(&response), 0);
        assert_eq!(step, Step::RepeatAfter(Wait::Exactly(Duration::from_secs(7))));
    }
}
