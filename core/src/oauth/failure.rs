//! What an error response or an unreadable response of a sign-in endpoint means ([RFC 6749 5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2)), with the server's own words.
//! [`ErrorBody`] reads the body; this module decides what it means for the grant.

use super::refusal;
use crate::error::{Error, ProviderErrorKind, ProviderFailure};
use crate::error_body::ErrorBody;
use crate::json::{self, Object};
use crate::secret::Secret;
use std::time::Duration;

/// The error codes that RFC 6749 5.2 and RFC 8628 3.5 define, but for `slow_down`. A `Retry-After` beside them changes nothing.
const DEFINED_CODES: [&str; 9] = [
    "authorization_pending",
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "access_denied",
    "expired_token",
];

/// A response other than the one that was asked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum OAuthFailure {
    /// The provider refused the request.
    #[error("status {status}{}", after_colons(&[code, description]))]
    Refused { status: u16, code: Option<String>, description: Option<String> },
    /// The provider asks to come back later: nothing is known about the grant (T6).
    #[error("status {status}: rate limited{}", after_colons(&[description]))]
    RateLimited { status: u16, retry_after: Option<Duration>, description: Option<String> },
    /// The provider is broken or overloaded: nothing is known about the grant (T6).
    #[error("status {status}: unavailable{}", after_colons(&[description]))]
    Unavailable { status: u16, retry_after: Option<Duration>, description: Option<String> },
    /// The response is not what the standard says.
    #[error("status {status}: {detail}")]
    Unreadable { status: u16, detail: String },
    /// The id_token beside the tokens is not believed.
    #[cfg(feature = "openid")]
    #[error("the id_token is refused: {detail}")]
    IdToken { detail: String },
}

fn after_colons(words: &[&Option<String>]) -> String {
    words.iter().filter_map(|word| word.as_deref()).map(|word| format!(": {word}")).collect()
}

/// A response of a sign-in endpoint, and how to clean its words for display.
pub(crate) struct EndpointResponse<'a> {
    pub status: u16,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    pub body: &'a [u8],
    /// Cleans text of the server: bounded, printable, without credentials and without the secrets named.
    pub scrub: &'a dyn Fn(&str, &[&Secret]) -> String,
}

/// What an error body says, cleaned.
struct Stated {
    code: Option<String>,
    description: Option<String>,
}

impl Stated {
    /// `granted` are secrets that the response itself brings.
    fn of(body: &ErrorBody, response: &EndpointResponse<'_>, granted: &[&Secret]) -> Self {
        let clean = |text: String| Some((response.scrub)(text.trim(), granted)).filter(|text| !text.is_empty());
        // What another server said is quoted: its code says nothing about this provider's grant (T6).
        let code = body.best_code().filter(|code| !body.code_is_quoted && code.parse::<f64>().is_err());
        let text = Some(body.text.clone()).filter(|text| !text.is_empty() && code != Some(text));
        let description = with_uri(text, body.uri.clone());
        Self { code: code.map(str::to_owned).and_then(clean), description: description.and_then(clean) }
    }
}

/// A description, and the page that explains it.
pub(crate) fn with_uri(description: Option<String>, uri: Option<String>) -> Option<String> {
    match (description, uri) {
        (Some(text), Some(uri)) => Some(format!("{text} (see {uri})")),
        (text, uri) => text.or(uri),
    }
}

impl OAuthFailure {
    /// Reads a response that grants nothing. `expected` says what is missing in a success.
    pub fn read(response: &EndpointResponse<'_>, expected: &str) -> Self {
        let text = json::json_text(response.body);
        let says_failure = ErrorBody::in_success(text.as_bytes()).is_some();
        let stated = Stated::of(&ErrorBody::read(text.as_bytes()), response, &[]);
        Self::of(response, stated, says_failure, expected)
    }

    /// Reads the error that stands beside a token set, in `object`. `granted` are the tokens.
    pub(super) fn beside_tokens(response: &EndpointResponse<'_>, object: &Object<'_>, granted: &[&Secret]) -> Self {
        let stated = Stated::of(&ErrorBody::beside_others(object), response, granted);
        Self::of(response, stated, true, "the token response has an error beside its tokens")
    }

    fn of(response: &EndpointResponse<'_>, stated: Stated, says_failure: bool, expected: &str) -> Self {
        let &EndpointResponse { status, retry_after, .. } = response;
        let Stated { code, description } = stated;
        let is = |codes: &[&str]| code.as_deref().is_some_and(|code| codes.contains(&code));
        let is_success = (200..300).contains(&status);
        if status == 429 || is(&["slow_down"]) {
            return Self::RateLimited { status, retry_after, description };
        }
        if status >= 500 || status == 408 || is(&["temporarily_unavailable", "server_error"]) {
            return Self::Unavailable { status, retry_after, description };
        }
        if status >= 400 && retry_after.is_some() && !is(&DEFINED_CODES) {
            return Self::RateLimited { status, retry_after, description };
        }
        if status >= 400 || (is_success && says_failure) {
            return Self::Refused { status, code, description };
        }
        Self::Unreadable { status, detail: format!("{expected}{}", after_colons(&[&code, &description])) }
    }

    /// Whether the provider ended the grant for good. Nothing else ends a session (T6).
    pub fn ends_the_grant(&self) -> bool {
        matches!(self, Self::Refused { code: Some(code), .. } if code == "invalid_grant")
    }

    /// The error of a call that signs nobody in, such as a registration: what was refused is the call.
    #[cfg(any(feature = "introspection", feature = "registration"))]
    pub fn into_error_of_call(self) -> Error {
        let Self::Refused { status, code, .. } = &self else { return self.into() };
        let kind = match (status, code.as_deref()) {
            (_, Some("invalid_redirect_uri")) => ProviderErrorKind::RedirectUriRefused, // RFC 7591 3.2.2
            (401 | 403, _) => ProviderErrorKind::Forbidden,
            (404, _) => ProviderErrorKind::NotFound,
            (413, _) => ProviderErrorKind::TooLarge,
            _ => ProviderErrorKind::BadRequest,
        };
        let failure = ProviderFailure::new(kind, self.to_string());
        ProviderFailure { status: Some(*status), provider_code: code.clone(), ..failure }.into()
    }

    /// Whether the provider judged what was sent. Otherwise it may be sent again. One that refuses a request's proof has
    /// not looked at its code ([RFC 9449 8](https://www.rfc-editor.org/rfc/rfc9449#section-8)).
    pub fn is_final(&self) -> bool {
        match self {
            Self::Refused { code: Some(code), .. } => !matches!(code.as_str(), "use_dpop_nonce" | "invalid_dpop_proof"),
            other => matches!(other, Self::Refused { .. } | Self::Unreadable { .. }),
        }
    }
}

impl From<OAuthFailure> for Error {
    fn from(failure: OAuthFailure) -> Self {
        let detail = failure.to_string();
        let (kind, status, provider_code, retry_after) = match failure {
            OAuthFailure::RateLimited { retry_after, .. } => {
                return Error::RateLimited { retry_after, request_id: None, detail, text: None };
            }
            OAuthFailure::Refused { status, code, description } => {
                (refusal::kind(code.as_deref(), description.as_deref()), status, code, None)
            }
            #[cfg(feature = "openid")]
            OAuthFailure::IdToken { .. } => {
                return Error::of_response(ProviderErrorKind::IdTokenRefused, None, detail);
            }
            OAuthFailure::Unavailable { status, retry_after, .. } => {
                (ProviderErrorKind::Unavailable, status, None, retry_after)
            }
            OAuthFailure::Unreadable { status: status @ 300..400, .. } => {
                (ProviderErrorKind::UnexpectedRedirect, status, None, None)
            }
            OAuthFailure::Unreadable { status, .. } => (ProviderErrorKind::InvalidResponse, status, None, None),
        };
        ProviderFailure { status: Some(status), provider_code, retry_after, ..ProviderFailure::new(kind, detail) }
            .into()
    }
}

#[cfg(test)]
#[path = "failure_tests.rs"]
mod tests;
