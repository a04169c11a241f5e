//! What can go wrong, as decisions for the app.
//!
//! Inside the library every layer has its own error with its cause. At the public API they become this one type, whose
//! variants say what the app can do next. It carries the facts to show and no secrets (S1). The English text of `Display`
//! is for developers; [`Error::code`] is stable and is what an app translates.
//!
//! # Which internal failure becomes what
//! The conversion is beside the internal type, so that this module depends on no other layer.
//!
//! | internal failure | becomes | where |
//! |---|---|---|
//! | `HttpFailure`: no response, or a part of one | `Offline`, `Timeout`, `Cancelled`, `Provider` | `core/src/net/failure.rs` |
//! | an error response or an error inside a response | `BudgetExceeded`, `RateLimited`, `Provider` | `core/src/gateway/error_response.rs` |
//! | `OAuthFailure`: a sign-in endpoint grants nothing | `Provider`, `RateLimited` | `core/src/oauth/failure.rs` |
//! | an error in a callback | `SignInRequired`, `Provider` | `core/src/session/sign_in.rs` |
//! | a limit that the app set | `SpendLimit` | `core/src/gateway/bill.rs` |
//! | a session that ended | `SignInRequired` | `core/src/session/record/` |
//! | `StoreError` | `Storage` | `core/src/session/store.rs` |
//! | a panic in a task | `Other` | `core/src/client/runtime.rs` |
//!
//! # To add an error
//! Add the variant here, or a kind in `kinds.rs`, with a sentence that says what the app can do. Give it a code, and
//! fields that hold no secret. If the provider caused it, build it with `ProviderFailure`. `CONTRIBUTING.md` lists what
//! else changes.

mod construction;
mod kinds;

pub(crate) use construction::ProviderFailure;
pub use kinds::{CallbackErrorKind, ProviderErrorKind, SignInReason, SpendScope, StorageErrorKind, TimeLimit};

use rust_decimal::Decimal;
use std::time::Duration;

/// The result of everything the library does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed, as a decision for the app.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum Error {
    /// There is no usable session: show the sign-in button. `reason` says why.
    #[error("sign-in is needed: {reason}{}", words(.detail))]
    SignInRequired {
        /// Why the session cannot be used.
        reason: SignInReason,
        /// The server's own words, bounded and scrubbed, if it gave any with its refusal.
        detail: Option<String>,
    },

    /// The app or the user cancelled the call. Nothing to show.
    #[error("cancelled")]
    Cancelled,

    /// The user's budget is used up: show the balance and a way to top up. Figures are in the wallet's currency.
    #[error("the budget is used up{}: {detail}", figures(.spent, .limit))]
    BudgetExceeded {
        /// What has been spent, if the server said so.
        spent: Option<Decimal>,
        /// The budget, if the server said so.
        limit: Option<Decimal>,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// The server's own words, bounded and scrubbed.
        detail: String,
        /// The text that the model sent before an error inside of its response; `None` if the response was an error
        /// only. It is not a whole answer.
        text: Option<String>,
    },

    /// The call would pass a limit that the app has set itself ([`SpendLimits`](crate::SpendLimits)): say so, or raise
    /// the limit. Nothing was sent, unless there is a `text`. Figures are US dollars.
    #[error("over the app's own limit {scope}: {}", sums(.limit, .spent, .reserved, .estimate))]
    SpendLimit {
        /// Which limit.
        scope: SpendScope,
        /// How much it allows.
        limit: Decimal,
        /// What was spent before: the costs that were told, and those that were computed of told tokens; 0 for the limit of
        /// one call.
        spent: Decimal,
        /// The estimates of calls that are under way, or whose cost is not known.
        reserved: Decimal,
        /// The most that this call may cost; `None` if that is unknown.
        estimate: Option<Decimal>,
        /// The text that arrived of a stream that grew longer than its estimate and was ended. What the model has
        /// produced may be billed. `None` if nothing was sent.
        text: Option<String>,
    },

    /// Too many requests: wait, then offer to try again.
    #[error("rate limited{}: {detail}", wait(.retry_after))]
    RateLimited {
        /// How long the server asks to wait, if it said so.
        retry_after: Option<Duration>,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// The server's own words, bounded and scrubbed.
        detail: String,
        /// The text that the model sent before an error inside of its response; `None` if the response was an error
        /// only. It is not a whole answer.
        text: Option<String>,
    },

    /// The server could not be reached, or the connection broke: offer to try again when the network is back.
    #[error("offline: {detail}")]
    Offline {
        /// Whether the request may have reached the server. A paid call with `maybe_sent` may have been charged.
        maybe_sent: bool,
        /// What failed, for developers.
        detail: String,
    },

    /// A time limit passed. The request may have reached the server.
    #[error("timed out ({limit}) after {after:?}{}", still(.last_status))]
    Timeout {
        /// Which limit it was.
        limit: TimeLimit,
        /// How long that limit is.
        after: Duration,
        /// The last status of the video that the call waited for, such as `queued`, or the provider's own word. The
        /// provider goes on making the video: wait for it again. `None` for every other call, and if the provider did
        /// not say.
        last_status: Option<String>,
    },

    /// The provider refused the request or failed: `kind` says which.
    #[error("{kind}{}: {detail}", status_text(.status))]
    Provider {
        /// Why the provider refused or failed.
        kind: ProviderErrorKind,
        /// The HTTP status, if there was a response.
        status: Option<u16>,
        /// The provider's own error code, such as `invalid_scope` or `model_not_found`.
        provider_code: Option<String>,
        /// The request's parameter that the provider refused, such as `temperature`, if it named one. Leave it out and
        /// try again.
        parameter: Option<String>,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// How long the server asks to wait, if it said so.
        retry_after: Option<Duration>,
        /// The server's own words, bounded and scrubbed.
        detail: String,
        /// The text that the model sent before an error inside of its response; `None` if the response was an error
        /// only. It is not a whole answer.
        text: Option<String>,
    },

    /// The callback URL that the app handed over does not complete a sign-in. The session is as it was.
    #[error("callback refused: {kind}")]
    InvalidCallback {
        /// What is wrong with it.
        kind: CallbackErrorKind,
    },

    /// An argument cannot be used; nothing was sent. `input` names it.
    #[error("invalid {input}: {detail}")]
    InvalidInput {
        /// Which argument, spelt the same in every language: "photo", "redirect_uri".
        input: String,
        /// What is wrong and what to do.
        detail: String,
    },

    /// The store that keeps the session failed: `kind` says what to do.
    #[error("session storage: {kind}: {detail}")]
    Storage {
        /// What kind of failure it was.
        kind: StorageErrorKind,
        /// What the store said, for developers.
        detail: String,
    },

    /// The response ended before it was complete. `text` is the part that arrived: do not show it as a whole answer.
    #[error("the answer ended early: {detail}")]
    Truncated {
        /// The text received until then; empty if none.
        text: String,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// Where it ended, for developers.
        detail: String,
    },

    /// The model's answer does not have the form that was asked for. The call was paid for, so `text` has the whole
    /// answer: show it, or search it.
    #[error("the answer is not what was asked for: {detail}")]
    InvalidOutput {
        /// The model's whole answer.
        text: String,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// What is wrong and where, for developers. It does not repeat the text.
        detail: String,
    },

    /// The provider of this session does not offer this.
    #[error("not supported: {what}")]
    Unsupported {
        /// What is not offered.
        what: String,
    },

    /// Any other failure, such as a bug in the library.
    #[error("{code}: {detail}")]
    Other {
        /// A stable code.
        code: String,
        /// What happened, for developers.
        detail: String,
    },
}

impl Error {
    /// A stable code for this error, such as `budget_exceeded` or `storage_key_lost`: what an app translates.
    pub fn code(&self) -> &str {
        match self {
            Error::SignInRequired { reason, .. } => reason.code(),
            Error::Cancelled => "cancelled",
            Error::BudgetExceeded { .. } => "budget_exceeded",
            Error::SpendLimit { scope, .. } => scope.code(),
            Error::RateLimited { .. } => "rate_limited",
            Error::Offline { .. } => "offline",
            Error::Timeout { limit, .. } => limit.code(),
            Error::Provider { kind, .. } => kind.code(),
            Error::InvalidCallback { kind } => kind.code(),
            Error::InvalidInput { .. } => "invalid_input",
            Error::Storage { kind, .. } => kind.code(),
            Error::Truncated { .. } => "truncated",
            Error::InvalidOutput { .. } => "invalid_output",
            Error::Unsupported { .. } => "unsupported",
            Error::Other { code, .. } => code,
        }
    }
}

impl From<SignInReason> for Error {
    fn from(reason: SignInReason) -> Self {
        Error::SignInRequired { reason, detail: None }
    }
}

fn figures(spent: &Option<Decimal>, limit: &Option<Decimal>) -> String {
    match (spent, limit) {
        (Some(spent), Some(limit)) => format!(" ({spent} of {limit})"),
        _ => String::new(),
    }
}

fn sums(limit: &Decimal, spent: &Decimal, reserved: &Decimal, estimate: &Option<Decimal>) -> String {
    let estimate = estimate.map_or_else(|| "is unknown".to_owned(), |estimate| format!("may be {estimate}"));
    format!("of {limit}, {spent} are spent and {reserved} reserved, and the cost of this call {estimate}")
}

fn words(detail: &Option<String>) -> String {
    detail.as_ref().map(|detail| format!(": {detail}")).unwrap_or_default()
}

fn wait(retry_after: &Option<Duration>) -> String {
    retry_after.map(|wait| format!(", wait {wait:?}")).unwrap_or_default()
}

fn still(last_status: &Option<String>) -> String {
    last_status.as_ref().map(|status| format!("; the video is {status:?}, and goes on")).unwrap_or_default()
}

fn status_text(status: &Option<u16>) -> String {
    status.map(|status| format!(" (status {status})")).unwrap_or_default()
}

#[cfg(test)]
mod tests;
