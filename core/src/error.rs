//! What can go wrong, as decisions for the app.
//!
//! Inside the library every layer has its own error with its cause. At the front door they become this one type, whose
//! variants say what the app can do next. It carries the facts to show and none of the secrets (S1). The English text of
//! `Display` is for developers; [`Error::code`] is stable and is what an app translates.

use crate::net::redaction::Scrubber;
use rust_decimal::Decimal;
use std::fmt;
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
        /// What the model had said until then, where the error came inside of a response; never to be mistaken for a whole one.
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
        /// What the model had said until then, where the error came inside of a response; never to be mistaken for a whole one.
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
        /// How the video stood that was waited for, such as `queued`, or the provider's own word. It goes on: wait for it again.
        /// `None` for every other call, and if the provider did not tell.
        last_status: Option<String>,
    },

    /// The provider refused the request or failed: `kind` says which.
    #[error("{kind}{}: {detail}", status_text(.status))]
    Provider {
        /// What kind of refusal or failure it was.
        kind: ProviderErrorKind,
        /// The HTTP status, where there was an answer.
        status: Option<u16>,
        /// The provider's own error code, such as `invalid_scope` or `model_not_found`.
        provider_code: Option<String>,
        /// The request's parameter that the provider refuses, such as `temperature`, if it names one. Leave it out and try again.
        parameter: Option<String>,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// How long the server asks to wait, if it said so.
        retry_after: Option<Duration>,
        /// The server's own words, bounded and scrubbed.
        detail: String,
        /// What the model had said until then, where the error came inside of a response; never to be mistaken for a whole one.
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

    /// The answer ended before it was complete. `text` is what arrived, never to be mistaken for an answer.
    #[error("the answer ended early: {detail}")]
    Truncated {
        /// The text received until then; empty if none.
        text: String,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// Where it ended, for developers.
        detail: String,
    },

    /// The model answered, and was paid for, but not in the form that was asked for. Nothing of what it said is lost: `text` is all
    /// of it, to be shown or looked through.
    #[error("the answer is not what was asked for: {detail}")]
    InvalidOutput {
        /// All that the model said.
        text: String,
        /// The provider's id of the request, to quote to its support.
        request_id: Option<String>,
        /// What is wrong with it and where; not what it says.
        detail: String,
    },

    /// The provider of this session does not offer this.
    #[error("not supported: {what}")]
    Unsupported {
        /// What is not offered.
        what: String,
    },

    /// Anything else; a bug in the library among them.
    #[error("{code}: {detail}")]
    Other {
        /// A stable code.
        code: String,
        /// What happened, for developers.
        detail: String,
    },
}

/// Why a new sign-in is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SignInReason {
    /// Nobody has signed in yet, or the user signed out.
    NotSignedIn,
    /// The user pressed Deny on the provider's page.
    Denied,
    /// The provider ended the session: revoked by the user, or expired for good.
    GrantEnded,
    /// The provider refused an access token that it had just issued.
    AccessRefused,
    /// The access token has expired and the provider gave no refresh token.
    NoRefreshToken,
}

/// Which time limit passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TimeLimit {
    /// No connection within the limit. The request was not sent.
    Connect,
    /// Nothing arrived for that long.
    Idle,
    /// The whole call took longer.
    Total,
}

/// What kind of refusal or failure the provider answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ProviderErrorKind {
    /// The provider refused the sign-in for a reason other than the user's: a misconfigured client, scope or redirect.
    SignInRefused,
    /// The request is wrong (400, 409, 422 and the like).
    BadRequest,
    /// The account or the app may not do this (403).
    Forbidden,
    /// There is no such model, video or endpoint (404).
    NotFound,
    /// The request is too large (413).
    TooLarge,
    /// The provider is broken or overloaded (5xx): try later.
    Unavailable,
    /// The provider could not make what was asked for, such as a video: change the prompt.
    GenerationFailed,
    /// The answer cannot be understood: not JSON, cut off, or not what the endpoint should say.
    InvalidResponse,
    /// The answer is larger than the library accepts.
    ResponseTooLarge,
    /// The provider answered with a redirect. Only the way to a result is followed, a few steps far and never away from TLS.
    UnexpectedRedirect,
}

/// What is wrong with a callback URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum CallbackErrorKind {
    /// It is not a URL.
    NotAUrl,
    /// It is longer than 8,192 bytes.
    TooLong,
    /// Its scheme, authority or path is not the redirect URI's.
    NotTheRedirectUri,
    /// Its parameters are in the fragment; only the query is read.
    InFragment,
    /// A parameter that may stand once stands twice.
    DuplicateParameter,
    /// A parameter's percent-encoded bytes are not UTF-8 text.
    NotText,
    /// It has neither `code` nor `error`, or both.
    NoOutcome,
    /// It has no `state`.
    MissingState,
    /// Its `state` belongs to no sign-in of this app: forged, cancelled, or from another installation.
    UnknownState,
    /// Its sign-in was completed before: the callback was delivered twice.
    AlreadyUsed,
    /// Its sign-in was begun too long ago.
    Expired,
    /// Its sign-in was cancelled by the app.
    Cancelled,
    /// Its `iss` is missing or is not the provider's issuer.
    WrongIssuer,
}

/// What kind of failure the store reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum StorageErrorKind {
    /// Not readable now, such as before the device's first unlock: try again later.
    Unavailable,
    /// The key that sealed the session is gone (restored backup, reinstall): call `forget_session()` and sign in again.
    KeyLost,
    /// There is no room: free some, then try again. The session is kept in memory meanwhile.
    Full,
    /// What is stored cannot be read. It was left untouched; `forget_session()` starts over.
    Corrupt,
    /// What is stored was written by a newer version of the library. It was left untouched.
    FromNewerVersion,
    /// Anything else.
    Failed,
}

impl Error {
    /// A stable code for this error, such as `budget_exceeded` or `storage_key_lost`: what an app translates.
    pub fn code(&self) -> &str {
        match self {
            Error::SignInRequired { reason, .. } => reason.code(),
            Error::Cancelled => "cancelled",
            Error::BudgetExceeded { .. } => "budget_exceeded",
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

    pub(crate) fn invalid_input(input: &str, detail: impl Into<String>) -> Self {
        Error::InvalidInput { input: input.to_owned(), detail: detail.into() }
    }

    pub(crate) fn unreadable(status: u16, detail: impl Into<String>) -> Self {
        Self::of_response(ProviderErrorKind::InvalidResponse, Some(status), detail)
    }

    /// A failure of the provider that names nothing more than its kind.
    pub(crate) fn of_response(kind: ProviderErrorKind, status: Option<u16>, detail: impl Into<String>) -> Self {
        Error::Provider {
            kind,
            status,
            provider_code: None,
            parameter: None,
            request_id: None,
            retry_after: None,
            detail: detail.into(),
            text: None,
        }
    }

    /// The same error without this secret in what it shows of the server's words (S1).
    pub(crate) fn scrubbed(mut self, scrubber: &Scrubber) -> Self {
        if let Error::Provider { provider_code, parameter, request_id, detail, .. } = &mut self {
            [provider_code, parameter].into_iter().flatten().for_each(|text| *text = scrubber.scrub(text));
            request_id.iter_mut().for_each(|text| *text = scrubber.scrub(text));
            *detail = scrubber.scrub(detail);
        }
        if let Error::BudgetExceeded { request_id, detail, .. }
        | Error::RateLimited { request_id, detail, .. }
        | Error::Truncated { request_id, detail, .. }
        | Error::InvalidOutput { request_id, detail, .. } = &mut self
        {
            request_id.iter_mut().for_each(|text| *text = scrubber.scrub(text));
            *detail = scrubber.scrub(detail);
        }
        self
    }

    /// The same error, with the text that was received before it, where it has none (C2).
    pub(crate) fn after_text(mut self, received: &str) -> Self {
        if let Error::Provider { text: text @ None, .. }
        | Error::BudgetExceeded { text: text @ None, .. }
        | Error::RateLimited { text: text @ None, .. } = &mut self
            && !received.is_empty()
        {
            *text = Some(received.to_owned());
        }
        self
    }

    /// The same error, with the provider's id of the request where it names none.
    pub(crate) fn of_request(mut self, id: Option<String>) -> Self {
        if let Error::Provider { request_id: known @ None, .. }
        | Error::BudgetExceeded { request_id: known @ None, .. }
        | Error::RateLimited { request_id: known @ None, .. }
        | Error::Truncated { request_id: known @ None, .. }
        | Error::InvalidOutput { request_id: known @ None, .. } = &mut self
        {
            *known = id;
        }
        self
    }

    /// A broken promise inside the library, reported instead of panicking (S3).
    pub(crate) fn internal(detail: impl Into<String>) -> Self {
        Error::Other { code: "internal".to_owned(), detail: detail.into() }
    }
}

impl From<SignInReason> for Error {
    fn from(reason: SignInReason) -> Self {
        Error::SignInRequired { reason, detail: None }
    }
}

/// Gives an enum's variants their stable code and their developer text in one table.
macro_rules! codes {
    ($name:ident { $($variant:ident => $code:literal, $text:literal;)* }) => {
        impl $name {
            /// The stable code of this case.
            pub fn code(self) -> &'static str {
                match self { $($name::$variant => $code,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(match self { $($name::$variant => $text,)* })
            }
        }
    };
}

codes!(SignInReason {
    NotSignedIn => "not_signed_in", "nobody is signed in";
    Denied => "sign_in_denied", "the user denied access";
    GrantEnded => "grant_ended", "the provider ended the session";
    AccessRefused => "access_refused", "the provider refuses its newest access token";
    NoRefreshToken => "no_refresh_token", "the access token expired and there is no refresh token";
});

codes!(TimeLimit {
    Connect => "timeout_connect", "no connection";
    Idle => "timeout_idle", "nothing arrived";
    Total => "timeout_total", "the whole call took too long";
});

codes!(ProviderErrorKind {
    SignInRefused => "provider_sign_in_refused", "the provider refused the sign-in";
    BadRequest => "provider_bad_request", "the provider refused the request";
    Forbidden => "provider_forbidden", "the provider does not allow this";
    NotFound => "provider_not_found", "the provider has no such thing";
    TooLarge => "provider_too_large", "the request is too large for the provider";
    Unavailable => "provider_unavailable", "the provider is unavailable";
    GenerationFailed => "provider_generation_failed", "the provider could not make what was asked for";
    InvalidResponse => "provider_invalid_response", "the provider's answer cannot be read";
    ResponseTooLarge => "provider_response_too_large", "the provider's answer is too large";
    UnexpectedRedirect => "provider_unexpected_redirect", "the provider answered with a redirect";
});

codes!(CallbackErrorKind {
    NotAUrl => "callback_not_a_url", "it is not a URL";
    TooLong => "callback_too_long", "it is longer than 8192 bytes";
    NotTheRedirectUri => "callback_not_the_redirect_uri", "it is not the redirect URI that this app registered";
    InFragment => "callback_in_fragment", "its parameters are in the fragment, not in the query";
    DuplicateParameter => "callback_duplicate_parameter", "a parameter stands twice";
    NotText => "callback_not_text", "a parameter's bytes are not text";
    NoOutcome => "callback_no_outcome", "it must have either a code or an error";
    MissingState => "callback_missing_state", "it has no state";
    UnknownState => "callback_unknown_state", "its state belongs to no pending sign-in";
    AlreadyUsed => "callback_already_used", "its sign-in was completed before";
    Expired => "callback_expired", "its sign-in was begun too long ago: begin a new one";
    Cancelled => "callback_cancelled", "its sign-in was cancelled";
    WrongIssuer => "callback_wrong_issuer", "its issuer is missing or is not the provider's";
});

codes!(StorageErrorKind {
    Unavailable => "storage_unavailable", "not readable now, try again later";
    KeyLost => "storage_key_lost", "the key is gone, forget the session and sign in again";
    Full => "storage_full", "there is no room";
    Corrupt => "storage_corrupt", "what is stored cannot be read; it was left untouched";
    FromNewerVersion => "storage_from_newer_version", "it was written by a newer version; it was left untouched";
    Failed => "storage_failed", "the store failed";
});

fn figures(spent: &Option<Decimal>, limit: &Option<Decimal>) -> String {
    match (spent, limit) {
        (Some(spent), Some(limit)) => format!(" ({spent} of {limit})"),
        _ => String::new(),
    }
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
mod tests {
    use super::*;

    #[test]
    fn every_error_names_its_code_and_reads_as_a_sentence() {
        let error = Error::BudgetExceeded {
            spent: Some("10.02".parse().unwrap()),
            limit: Some(Decimal::TEN),
            request_id: None,
            detail: "Budget has been exceeded!".into(),
            text: None,
        };
        assert_eq!(error.code(), "budget_exceeded");
        assert_eq!(error.to_string(), "the budget is used up (10.02 of 10): Budget has been exceeded!");

        let error = Error::Storage { kind: StorageErrorKind::KeyLost, detail: "no such alias".into() };
        assert_eq!(error.code(), "storage_key_lost");
    }
}
