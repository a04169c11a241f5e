//! The one reader of what a server says in an error: in the body of an error response, in a response of status 200, in an event
//! of a stream, at the token endpoint. Retries, the judgement of a 401, the end of a grant and the app's error all go by it, so
//! that they never disagree. It knows nothing of connections or sessions.
//!
//! The forms that servers use, alone or one inside another:
//!
//! | form                                                                | sent by                              |
//! |---------------------------------------------------------------------|--------------------------------------|
//! | `{"error": "code", "error_description": "…"}`                        | OAuth 2.0 (RFC 6749 5.2)             |
//! | `{"error": {"message", "type", "param", "code"}}`                    | OpenAI, LiteLLM                      |
//! | `{"error": "code", "error_type", "description", "generation_id"}`    | Phaseo, formerly AI Stats            |
//! | `{"success": false, "message", "error"?}`                            | AI Pass's envelope                   |
//! | `[{"error": {…}}]`, `{"errors": […]}`                                | Google, gateways                     |
//! | `{"status", "error": "Bad Request", "message", "path"}`              | Spring                               |
//! | `{"detail": "…"}`, `{"detail": {…}}`, `{"detail": [{"msg", "loc"}]}` | FastAPI, problem details (RFC 9457)  |
//! | any of these as JSON inside a string                                | LiteLLM, quoting the server behind it |
//! | a page, a line of text, nothing                                     | proxies                              |
//!
//! The outer words win over those that they quote: a quoted code is not the server's own.

mod budget;
mod page;
mod parameter;
mod success;

pub(crate) use budget::Budget;

use crate::json::{self, Object};
use http::StatusCode;
use serde_json::value::RawValue;

/// Codes, types and parameters are words; a longer one is cut.
const MAX_WORD: usize = 100;
/// So much of the text is kept to look into; less of it is shown.
const MAX_TEXT: usize = 8 * 1024;
/// Errors are not wrapped more often than this.
const MAX_DEPTH: usize = 6;
/// So many errors of a list are looked at.
const MAX_ERRORS: usize = 16;

/// Where servers write what they mean, the most telling first.
const TEXT_NAMES: [&str; 11] = [
    "error_description",
    "errorDescription",
    "message",
    "error_message",
    "errorMessage",
    "description",
    "detail",
    "msg",
    "errmsg",
    "reason",
    "title",
];
/// Members that hold further errors, or the error itself.
const WRAPPERS: [&str; 3] = ["errors", "details", "data"];
/// Types that say no more than that there is an error.
const GENERAL_TYPES: [&str; 5] = ["error", "fail", "failed", "failure", "about:blank"];

/// What a server says in an error. Nothing of it is scrubbed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    /// The server's own words; empty if it gives none.
    pub text: String,
    /// Its code, such as `model_not_found`.
    pub code: Option<String>,
    /// Whether the code stands in JSON that the server quotes in one of its texts: then it is another server's.
    pub code_is_quoted: bool,
    /// Its type, such as `invalid_request_error`.
    pub kind: Option<String>,
    /// The request's parameter that it is about.
    pub parameter: Option<String>,
    /// The HTTP status that the body states.
    pub status: Option<u16>,
    /// The id of the request.
    pub request_id: Option<String>,
    /// A page that explains the error (`error_uri`, RFC 6749 5.2).
    pub uri: Option<String>,
    /// The code in the form of OAuth 2.0, where the server itself gives it and does not quote it.
    pub oauth_code: Option<String>,
}

impl ErrorBody {
    /// Reads the body of a response whose status says that it is an error.
    pub fn read(body: &[u8]) -> Self {
        Self::of_text(&json::json_text(body), 0).with_parameter()
    }

    /// The error in a response whose status says success, or in an event of a stream; `None` if there is none.
    pub fn in_success(body: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(body);
        success::read(text.trim_start_matches('\u{feff}')).map(Self::with_parameter)
    }

    /// The error that stands in an object beside other members. Those, which may be secret, are not read.
    pub fn beside_others(object: &Object<'_>) -> Self {
        Self::of_object(&object.only(&success::OF_ERRORS), 0).with_parameter()
    }

    fn with_parameter(mut self) -> Self {
        self.parameter = self.parameter.or_else(|| parameter::refused_in(&self.text));
        self
    }

    /// The code to show to the app. A code that only repeats a status says less than the type beside it.
    pub fn best_code(&self) -> Option<&str> {
        let code = self.code.as_deref().filter(|code| self.kind.is_none() || code.parse::<u16>().is_err());
        code.or(self.kind.as_deref())
    }

    /// Whether a 401 passes on what a server behind this one said about the credentials of this one: no token of the user's is
    /// at fault (L4).
    pub fn is_of_upstream(&self) -> bool {
        let is =
            |name: &str| [&self.code, &self.kind].into_iter().flatten().any(|word| word.eq_ignore_ascii_case(name));
        let text = self.text.to_ascii_lowercase();
        let quotes_token_error =
            text.contains("invalid_token") && !text.trim_start().starts_with("invalid_token") && !is("invalid_token");
        is("invalid_api_key")
            || is("upstream_error")
            || is("provider_error")
            || quotes_token_error
            // The names of exceptions in the clients of providers; `Authentication Error` is LiteLLM's own.
            || ["authenticationerror", "exception - ", "litellm.", "upstream"].iter().any(|sign| text.contains(sign))
            || ["invalid_api_key", "incorrect api key", "x-api-key", "api key not valid"].iter().any(|sign| text.contains(sign))
    }

    fn of_text(text: &str, depth: usize) -> Self {
        let text = text.trim();
        if is_json(text) || text.starts_with(['{', '[']) {
            match json::first_value(text) {
                Some(value) => return Self::of_value(value, depth),
                // Cut off or garbled: only what cannot be mistaken is read from it.
                None if !Budget::is_named_in(text) => return Self::default(),
                None => {}
            }
        }
        let text = if text.starts_with('<') { page::text(text) } else { text.to_owned() };
        Self { text: if is_readable(&text) { bounded(&text, MAX_TEXT) } else { String::new() }, ..Self::default() }
    }

    fn of_value(value: &RawValue, depth: usize) -> Self {
        if depth > MAX_DEPTH {
            return Self::default();
        }
        match value.get().as_bytes().first() {
            Some(b'"') => json::text(value).map(|text| Self::of_text(&text, depth + 1)).unwrap_or_default(),
            Some(b'[') => {
                let errors = json::items(value).into_iter().take(MAX_ERRORS);
                errors.map(|error| Self::of_value(error, depth + 1)).reduce(Self::or).unwrap_or_default()
            }
            Some(b'{') => Object::of(value).map(|object| Self::of_object(&object, depth)).unwrap_or_default(),
            _ => Self::default(),
        }
    }

    fn of_object(object: &Object<'_>, depth: usize) -> Self {
        let word = |names: &[&str]| names.iter().find_map(|name| word_of(object.get(name)?));
        let code = word(&["code", "error_code", "errorCode", "errcode"]);
        let status = word(&["status", "status_code", "statusCode", "http_status"]);
        let location = object.get("loc").and_then(|location| word_of(json::items(location).last()?));
        let stated = [&code, &status].into_iter().flatten().find_map(|status| status.parse().ok());
        let kind = word(&["type", "error_type", "errorType"]);
        // Google's `status` is a word.
        let kind = [kind, status.filter(|status| status.parse::<f64>().is_err())].into_iter().flatten();
        let mut read = Self {
            status: stated,
            kind: kind.into_iter().find(|kind| !GENERAL_TYPES.iter().any(|general| kind.eq_ignore_ascii_case(general))),
            code,
            parameter: word(&["param", "parameter"]).or(location),
            request_id: word(&["generation_id", "request_id", "requestId"]),
            uri: word(&["error_uri"]),
            ..Self::default()
        };
        // The object's own words come first; those of a quoted error only fill in what is missing.
        let mut quoted = Self::default();
        for value in TEXT_NAMES.iter().filter_map(|name| object.get(name)) {
            match json::text(value).filter(|_| value.get().starts_with('"')) {
                Some(text) if is_json(&text) => quoted = quoted.or(Self::quoted_in(&text, depth)),
                Some(text) if read.text.is_empty() => read.text = bounded(text.trim(), MAX_TEXT),
                Some(_) => {}
                None => quoted = quoted.or(Self::of_value(value, depth + 1)),
            }
        }
        let has_words = !read.text.is_empty() || !quoted.text.is_empty();
        let error = object.get("error").map(|error| Self::of_error(error, has_words, depth)).unwrap_or_default();
        for value in WRAPPERS.iter().filter_map(|name| object.get(name)) {
            if value.get().starts_with(['{', '[']) {
                quoted = quoted.or(Self::of_value(value, depth + 1));
            }
        }
        // The envelope's `message` explains the `error` beside it, which may be a bare code.
        error.or(read).or(quoted)
    }

    /// Reads the member `error`. `has_words`: other members say what is wrong.
    fn of_error(error: &RawValue, has_words: bool, depth: usize) -> Self {
        let Some(text) = json::text(error).filter(|_| error.get().starts_with('"')) else {
            return Self::of_value(error, depth + 1);
        };
        if is_json(&text) {
            return Self::quoted_in(&text, depth);
        }
        let Some(word) = word_of(error) else { return Self::default() };
        if word.contains(char::is_whitespace) {
            // `Bad Request` says no more than the status.
            let is_telling = !has_words || !is_reason_phrase(&word);
            let text = if is_telling { bounded(text.trim(), MAX_TEXT) } else { String::new() };
            return Self { text, ..Self::default() };
        }
        Self {
            text: if has_words { String::new() } else { word.clone() },
            oauth_code: Some(word.clone()).filter(|_| depth == 0),
            code: Some(word),
            ..Self::default()
        }
    }

    /// The error in JSON that a text quotes; the text itself where it has no words.
    fn quoted_in(text: &str, depth: usize) -> Self {
        let mut inner = Self::of_text(text, depth + 1);
        inner.code_is_quoted = inner.code.is_some() || inner.kind.is_some();
        if inner.text.is_empty() {
            inner.text = bounded(text, MAX_TEXT);
        }
        inner
    }

    /// These words, and the other's where there are none.
    fn or(self, other: Self) -> Self {
        // A code and a type of two errors do not belong together, least of all where the other one is quoted.
        let own_names = self.code.is_some() || self.kind.is_some();
        let (code, kind, code_is_quoted) = match own_names {
            true => (self.code, self.kind.or(other.kind.filter(|_| !other.code_is_quoted)), self.code_is_quoted),
            false => (other.code, other.kind, other.code_is_quoted),
        };
        Self {
            text: if self.text.is_empty() { other.text } else { self.text },
            code,
            code_is_quoted,
            kind,
            parameter: self.parameter.or(other.parameter),
            status: self.status.or(other.status),
            request_id: self.request_id.or(other.request_id),
            uri: self.uri.or(other.uri),
            oauth_code: self.oauth_code.or(other.oauth_code),
        }
    }
}

/// A short text or a number; `None` for what says nothing.
fn word_of(value: &RawValue) -> Option<String> {
    let text = json::text(value).filter(|_| !value.get().starts_with('['))?;
    let word = text.trim();
    (!word.is_empty() && !matches!(word, "None" | "null")).then(|| bounded(word, MAX_WORD))
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[', '"']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// Whether it is text: bytes that are none say nothing.
fn is_readable(text: &str) -> bool {
    let is_garbage = |c: &char| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace());
    let looked_at = text.chars().take(200).count();
    text.chars().take(200).filter(is_garbage).count() <= 5.min(looked_at / 10)
}

/// Whether it only names a status, as `Bad Request` does.
fn is_reason_phrase(text: &str) -> bool {
    let phrases = (400..600).filter_map(|status| StatusCode::from_u16(status).ok()?.canonical_reason());
    phrases.into_iter().any(|phrase| phrase.eq_ignore_ascii_case(text))
}

fn bounded(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests;
