//! The kinds that an error names, each with its stable code and its text for developers.
//!
//! To add one: add the variant here with a sentence that says what the app can do, and its row in the table below. The code is
//! what apps translate: never change one.

use std::fmt;

/// Why a new sign-in is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SignInReason {
    /// No user has signed in yet, or the user signed out.
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

/// Why the provider refused a request or failed.
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
    /// The response cannot be read: not JSON, cut off, or not what the endpoint should send.
    InvalidResponse,
    /// The response is larger than the library accepts.
    ResponseTooLarge,
    /// The provider responded with a redirect. The library follows redirects only to fetch a result: at most five, and
    /// never away from TLS.
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
    /// A parameter appears twice, and may appear once.
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
    /// What is stored was written by a newer version of the library. It was left untouched: update the app.
    FromNewerVersion,
    /// Anything else.
    Failed,
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
    InvalidResponse => "provider_invalid_response", "the provider's response cannot be read";
    ResponseTooLarge => "provider_response_too_large", "the provider's response is too large";
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
