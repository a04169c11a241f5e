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
    /// No user has signed in yet, or the user signed out: show the sign-in button.
    NotSignedIn,
    /// The user pressed Deny on the provider's page: leave them in peace, and show the button again. A session that they
    /// had before is kept.
    Denied,
    /// The provider ended the session: the user revoked the authorization, or it expired for good. Say that the session
    /// has ended, and offer to sign in again.
    GrantEnded,
    /// The provider refuses an access token that has not expired: one that it has just issued, or one that cannot be
    /// refreshed. The user may have revoked the authorization: offer to sign in again.
    AccessRefused,
    /// The access token has expired and the provider gave no refresh token: offer to sign in again. The state
    /// `EndsSoon` announces it, so that the app can ask before it comes to this.
    NoRefreshToken,
    /// The user did not enter the code on the other device in time (RFC 8628): show a new one.
    DeviceCodeExpired,
    /// The key that the session's tokens are bound to is gone (RFC 9449), and no one can use them without it: offer to
    /// sign in again, which makes a new key.
    DpopKeyLost,
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

/// Which of the app's limits a call would pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SpendScope {
    /// Of one call.
    Call,
    /// Of all calls since the user signed in.
    Session,
    /// Of all calls of the day.
    Day,
}

/// Why the provider refused a request or failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ProviderErrorKind {
    /// The provider refused the sign-in for a reason other than the user's: a misconfigured client or scope, or a code
    /// that has expired. `provider_code` and `detail` are for developers; offer to try once more.
    SignInRefused,
    /// The provider does not know the redirect URI: register exactly the one that the app names, with its scheme, port and
    /// path. Told only if the provider's words leave no doubt, else it is `SignInRefused`.
    RedirectUriRefused,
    /// The provider refused the code verifier or its challenge (RFC 7636): begin a new sign-in. If it happens again,
    /// another client with the same redirect URI took part, or the provider is broken. Told only if the provider's words
    /// leave no doubt, else it is `SignInRefused`.
    CodeVerifierRefused,
    /// The id_token is forged, for another app or user, or out of date (OpenID Connect Core 3.1.3.7). It signs in no
    /// user. At a refresh a session goes on, unless the id_token is another user's.
    IdTokenRefused,
    /// The userinfo response is about another user than the one who signed in (OpenID Connect Core 5.3.2). Nothing of it
    /// is returned.
    UserInfoRefused,
    /// What the provider says of itself cannot be used, such as metadata for another issuer (RFC 8414 3.3).
    MetadataRefused,
    /// The request is wrong (400, 409, 422 and the like).
    BadRequest,
    /// The account or the app may not do this (403).
    Forbidden,
    /// There is no such model, video or endpoint (404).
    NotFound,
    /// The request is too large (413).
    TooLarge,
    /// The provider is broken or overloaded (5xx, 408): try later.
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
    DeviceCodeExpired => "device_code_expired", "the code was not entered in time";
    DpopKeyLost => "dpop_key_lost", "the key that the session's tokens are bound to is lost";
});

codes!(TimeLimit {
    Connect => "timeout_connect", "no connection";
    Idle => "timeout_idle", "nothing arrived";
    Total => "timeout_total", "the whole call took too long";
});

codes!(SpendScope {
    Call => "spend_limit_call", "per call";
    Session => "spend_limit_session", "per session";
    Day => "spend_limit_day", "per day";
});

codes!(ProviderErrorKind {
    SignInRefused => "provider_sign_in_refused", "the provider refused the sign-in";
    RedirectUriRefused => "provider_redirect_uri_refused", "the provider does not know the redirect URI";
    CodeVerifierRefused => "provider_code_verifier_refused", "the provider refused the code verifier";
    IdTokenRefused => "provider_id_token_refused", "the id_token cannot be trusted";
    UserInfoRefused => "provider_user_info_refused", "the userinfo response is about another user";
    MetadataRefused => "provider_metadata_refused", "the provider's metadata cannot be used";
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
