//! What a refusal or an unreadable response of a sign-in endpoint means (RFC 6749 5.2), with the server's own words.

use super::json::{self, Object};
use crate::error::{Error, ProviderErrorKind};
use crate::secret::Secret;
use std::time::Duration;

/// The error codes that RFC 6749 5.2 and RFC 8628 3.5 give a final meaning. Waiting changes none of them.
const FINAL_CODES: [&str; 8] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "access_denied",
    "expired_token",
];
/// Where servers write what they mean, the most telling first.
const TEXT_NAMES: [&str; 10] = [
    "error_description",
    "errorDescription",
    "message",
    "error_message",
    "detail",
    "msg",
    "errmsg",
    "description",
    "reason",
    "title",
];

/// A response other than the one that was asked for.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub(crate) enum OAuthFailure {
    /// The provider said no.
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
}

fn after_colons(words: &[&Option<String>]) -> String {
    words.iter().filter_map(|word| word.as_deref()).map(|word| format!(": {word}")).collect()
}

/// A response of a sign-in endpoint, and how to clean what its words show.
pub(crate) struct Response<'a> {
    pub status: u16,
    /// How long the server asks to wait.
    pub retry_after: Option<Duration>,
    pub body: &'a [u8],
    /// Cleans text of the server: bounded, printable, without credentials and without the secrets named.
    pub scrub: &'a dyn Fn(&str, &[&Secret]) -> String,
}

/// What a body says: `{error, error_description, error_uri}` (RFC 6749 5.2), `{error: {message, type, code}}`, the envelope
/// `{success: false, message, error?}`, `{detail}`, a plain text, or the title of a page; cleaned.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Words {
    pub code: Option<String>,
    pub description: Option<String>,
    /// Whether the body states a failure, whatever the status says.
    pub says_failure: bool,
}

impl Words {
    /// `granted` are secrets that the response itself brings.
    pub fn read(response: &Response<'_>, granted: &[&Secret]) -> Self {
        let body = json::json_text(response.body);
        let clean = |text: String| Some((response.scrub)(text.trim(), granted)).filter(|text| !text.is_empty());
        let Some(outer) = Object::at_start(&body) else {
            return Self { description: plain_text(&body).and_then(clean), ..Self::default() };
        };
        let says_failure = outer.get("error").is_some_and(json::says_something)
            || outer.get("success").is_some_and(|success| success.get() == "false");
        let objects = with_wrapped(outer);
        let word = |object: &Object<'_>, name: &str| {
            let value = object.get(name).filter(|value| json::says_something(value))?;
            json::text(value).filter(|text| !text.trim().is_empty())
        };
        let all = |name| objects.iter().filter_map(move |object| word(object, name));
        let code = ["error", "code", "type"].into_iter().flat_map(all).find(|code| code.parse::<f64>().is_err());
        let text = TEXT_NAMES.into_iter().flat_map(all).next();
        let description = with_uri(text, all("error_uri").next());
        Self { code: code.and_then(clean), description: description.and_then(clean), says_failure }
    }
}

/// A description, and the page that explains it.
pub(crate) fn with_uri(description: Option<String>, uri: Option<String>) -> Option<String> {
    match (description, uri) {
        (Some(text), Some(uri)) => Some(format!("{text} (see {uri})")),
        (text, uri) => text.or(uri),
    }
}

/// The object and those that it wraps, from the outside in.
fn with_wrapped(outer: Object<'_>) -> Vec<Object<'_>> {
    const WRAPPERS: [&str; 4] = ["error", "detail", "data", "errors"];
    let mut objects = vec![outer];
    while let Some(inner) = WRAPPERS.iter().find_map(|name| {
        let value = objects.last()?.get(name)?;
        json::objects_in(value).next()
    }) && objects.len() <= json::MAX_DEPTH
    {
        objects.push(inner);
    }
    objects
}

/// A text that is no page; of a page its title.
fn plain_text(body: &str) -> Option<String> {
    if !body.starts_with('<') {
        let cut_off_json = body.starts_with(['{', '[', '"']);
        return (!cut_off_json && !body.contains(char::REPLACEMENT_CHARACTER)).then(|| body.to_owned());
    }
    let lower = body.to_ascii_lowercase();
    let start = lower.find("<title>")? + "<title>".len();
    let end = start + lower[start..].find("</title>")?;
    Some(body[start..end].to_owned())
}

impl OAuthFailure {
    /// Reads a response that grants nothing. `expected` says what is missing in a success.
    pub fn read(response: &Response<'_>, expected: &str) -> Self {
        Self::of(response, Words::read(response, &[]), expected)
    }

    /// What these words mean below this status.
    pub(super) fn of(response: &Response<'_>, words: Words, expected: &str) -> Self {
        let &Response { status, retry_after, .. } = response;
        let Words { code, description, says_failure } = words;
        let is = |codes: &[&str]| code.as_deref().is_some_and(|code| codes.contains(&code));
        let is_success = (200..300).contains(&status);
        if status == 429 || is(&["slow_down"]) {
            return Self::RateLimited { status, retry_after, description };
        }
        if status >= 500 || status == 408 || is(&["temporarily_unavailable", "server_error"]) {
            return Self::Unavailable { status, retry_after, description };
        }
        if status >= 400 && retry_after.is_some() && !is(&FINAL_CODES) {
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

    /// Whether the provider judged what was sent. Otherwise it may be sent again.
    pub fn is_final(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Unreadable { .. })
    }
}

impl From<OAuthFailure> for Error {
    fn from(failure: OAuthFailure) -> Self {
        let detail = failure.to_string();
        let (kind, status, provider_code, retry_after) = match failure {
            OAuthFailure::RateLimited { retry_after, .. } => {
                return Error::RateLimited { retry_after, request_id: None, detail, text: None };
            }
            OAuthFailure::Refused { status, code, .. } => (ProviderErrorKind::SignInRefused, status, code, None),
            OAuthFailure::Unavailable { status, retry_after, .. } => {
                (ProviderErrorKind::Unavailable, status, None, retry_after)
            }
            OAuthFailure::Unreadable { status: status @ 300..400, .. } => {
                (ProviderErrorKind::UnexpectedRedirect, status, None, None)
            }
            OAuthFailure::Unreadable { status, .. } => (ProviderErrorKind::InvalidResponse, status, None, None),
        };
        Error::Provider {
            kind,
            status: Some(status),
            provider_code,
            parameter: None,
            request_id: None,
            retry_after,
            detail,
            text: None,
        }
    }
}

#[cfg(test)]
#[path = "failure_tests.rs"]
mod tests;
