//! The one reader of what a server says in an error: in the body of a refusal, in a response of status 200, in an event of a
//! stream. Retries, the judgement of a 401 and the app's error all go by it, so that they never disagree.
//!
//! The forms that servers use, alone or one inside another:
//!
//! | form                                                                | sent by                              |
//! |---------------------------------------------------------------------|--------------------------------------|
//! | `{"error": "code", "error_description": "…"}`                        | OAuth 2.0 (RFC 6749 5.2)             |
//! | `{"error": {"message", "type", "param", "code"}}`                    | OpenAI, LiteLLM                      |
//! | `{"error": "code", "error_type", "description", "generation_id"}`    | AI Stats                             |
//! | `{"success": false, "message", "error"?}`                            | AI Pass's envelope                   |
//! | `[{"error": {…}}]`, `{"errors": […]}`                                | Google, gateways                     |
//! | `{"detail": "…"}`, `{"detail": {…}}`, `{"detail": [{"msg", "loc"}]}` | FastAPI, problem details (RFC 9457)  |
//! | any of these as JSON inside a string                                | LiteLLM, quoting the server behind it |
//! | a page, a line of text, nothing                                     | proxies                              |
//!
//! The outer words win over those that they quote: a quoted code is not the server's own.

mod budget;
mod page;
mod success;

pub(crate) use budget::Budget;

use serde_json::{Map, Value};

/// Codes, types and parameters are words; a longer one is cut.
const MAX_WORD: usize = 100;
/// So much of the text is kept to look into; less of it is shown.
const MAX_TEXT: usize = 8 * 1024;
/// Errors are not wrapped more often than this.
const MAX_DEPTH: usize = 6;
/// So many errors of a list are looked at.
const MAX_ERRORS: usize = 16;

/// What a server says in an error. Nothing of it is scrubbed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ErrorBody {
    /// The server's own words; empty if it gives none.
    pub text: String,
    /// Its code, such as `model_not_found`.
    pub code: Option<String>,
    /// Its type, such as `invalid_request_error`.
    pub kind: Option<String>,
    /// The request's parameter that it is about.
    pub parameter: Option<String>,
    /// The HTTP status that the body states.
    pub status: Option<u16>,
    /// The id of the request.
    pub request_id: Option<String>,
    /// The code in the form of OAuth 2.0, where the server itself gives it and does not quote it.
    pub oauth_code: Option<String>,
}

impl ErrorBody {
    /// Reads the body of a response whose status says that it is an error.
    pub fn read(body: &[u8]) -> Self {
        let text = String::from_utf8_lossy(body);
        let mut read = Self::of_text(text.trim_start_matches('\u{feff}'), 0);
        read.parameter = read.parameter.or_else(|| refused_parameter(&read.text));
        read
    }

    /// The error in a response whose status says success, or in an event of a stream; `None` if there is none.
    pub fn in_success(body: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(body);
        let mut read = success::read(text.trim_start_matches('\u{feff}'))?;
        read.parameter = read.parameter.or_else(|| refused_parameter(&read.text));
        Some(read)
    }

    /// The code to tell the app. A code that only repeats a status says less than the type beside it.
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
        if text.starts_with(['{', '[', '"']) {
            match serde_json::from_str::<Value>(text) {
                Ok(value) => return Self::of_value(&value, depth),
                // Cut off or garbled: only what cannot be mistaken is read from it.
                Err(_) if !Budget::is_named_in(text) => return Self::default(),
                Err(_) => {}
            }
        }
        let text = if text.starts_with('<') { page::text(text) } else { text.to_owned() };
        // Bytes that are not text say nothing.
        let unreadable = text.chars().take(200).filter(|c| *c == '\u{fffd}' || (c.is_control() && !c.is_whitespace()));
        if unreadable.count() > 5 {
            return Self::default();
        }
        Self { text: bounded(&text, MAX_TEXT), ..Self::default() }
    }

    fn of_value(value: &Value, depth: usize) -> Self {
        match value {
            _ if depth > MAX_DEPTH => Self::default(),
            Value::String(text) => Self::of_text(text, depth + 1),
            Value::Array(errors) => {
                let read = errors.iter().take(MAX_ERRORS).map(|error| Self::of_value(error, depth + 1));
                read.reduce(Self::or).unwrap_or_default()
            }
            Value::Object(members) => Self::of_object(members, depth),
            _ => Self::default(),
        }
    }

    fn of_object(members: &Map<String, Value>, depth: usize) -> Self {
        let word = |names: &[&str]| names.iter().find_map(|name| word_of(members.get(*name)?));
        let code = word(&["code", "error_code", "errorCode"]);
        let status = word(&["status", "status_code", "statusCode", "http_status"]);
        let location = members.get("loc").and_then(Value::as_array).and_then(|location| word_of(location.last()?));
        let stated = [&code, &status].into_iter().flatten().find_map(|status| status.parse().ok());
        let mut read = Self {
            status: stated,
            // Google's `status` is a word.
            kind: word(&["type", "error_type", "errorType"])
                .filter(|kind| kind != "error" && kind != "about:blank")
                .or(status.filter(|status| status.parse::<f64>().is_err())),
            code,
            parameter: word(&["param", "parameter"]).or(location),
            request_id: word(&["generation_id", "request_id", "requestId"]),
            ..Self::default()
        };
        // Outermost words first; those of a quoted error only fill in what is missing.
        let mut quoted = Self::default();
        for name in
            ["message", "error_description", "error_message", "errorMessage", "description", "detail", "msg", "title"]
        {
            match members.get(name) {
                Some(Value::String(text)) if is_json(text) => {
                    let inner = Self::of_text(text, depth + 1);
                    quoted = quoted.or(if inner.text.is_empty() {
                        Self { text: bounded(text, MAX_TEXT), ..inner }
                    } else {
                        inner
                    });
                }
                Some(Value::String(text)) if read.text.is_empty() => read.text = bounded(text.trim(), MAX_TEXT),
                Some(value @ (Value::Object(_) | Value::Array(_))) => {
                    quoted = quoted.or(Self::of_value(value, depth + 1))
                }
                _ => {}
            }
        }
        let mut error = Self::default();
        match members.get("error") {
            Some(Value::String(text)) if !is_json(text) => match word_of(&Value::String(text.clone())) {
                Some(word) if !word.contains(char::is_whitespace) => {
                    if depth == 0 {
                        error.oauth_code = Some(word.clone());
                    }
                    if read.text.is_empty() && quoted.text.is_empty() {
                        error.text.clone_from(&word);
                    }
                    error.code = Some(word);
                }
                Some(_) => error.text = bounded(text.trim(), MAX_TEXT),
                None => {}
            },
            Some(value) => error = Self::of_value(value, depth + 1),
            None => {}
        }
        for name in ["errors", "details"] {
            if let Some(value @ (Value::Object(_) | Value::Array(_))) = members.get(name) {
                quoted = quoted.or(Self::of_value(value, depth + 1));
            }
        }
        // The envelope's `message` explains the `error` beside it, which may be a bare code.
        error.or(read).or(quoted)
    }

    /// These words, and the other's where there are none.
    fn or(self, other: Self) -> Self {
        // A code and a type of two errors do not belong together.
        let own_names = self.code.is_some() || self.kind.is_some();
        let (code, kind) = if own_names { (self.code, self.kind.or(other.kind)) } else { (other.code, other.kind) };
        Self {
            text: if self.text.is_empty() { other.text } else { self.text },
            code,
            kind,
            parameter: self.parameter.or(other.parameter),
            status: self.status.or(other.status),
            request_id: self.request_id.or(other.request_id),
            oauth_code: self.oauth_code.or(other.oauth_code),
        }
    }
}

/// Whether the member says nothing, as `""`, `false` and `{"message":"","code":null}` do.
fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(says) => !says,
        Value::Number(number) => {
            number.as_f64().is_some_and(|number| number == 0.0 || (200.0..300.0).contains(&number))
        }
        Value::String(text) => {
            matches!(text.trim().to_ascii_lowercase().as_str(), "" | "null" | "none" | "false" | "0")
        }
        Value::Array(items) => items.iter().all(is_nothing),
        Value::Object(members) => members.values().all(is_nothing),
    }
}

/// A short text or a number; `None` for what says nothing.
fn word_of(value: &Value) -> Option<String> {
    let word = match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!word.is_empty() && !matches!(word.as_str(), "None" | "null")).then(|| bounded(&word, MAX_WORD))
}

fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn bounded(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => text[..end].to_owned(),
        None => text.to_owned(),
    }
}

/// The parameter that a text refuses, in the words of LiteLLM and OpenAI: `openai does not support parameters: ['temperature']`,
/// `gpt-5 models don't support temperature=0.0`, `Unsupported parameter: 'max_tokens' is not supported`.
fn refused_parameter(text: &str) -> Option<String> {
    const SIGNS: [&str; 11] = [
        "support parameters:",
        "support parameter:",
        "unsupported parameter:",
        "unsupported value:",
        "unknown parameter:",
        "unrecognized request argument supplied:",
        "unrecognized request arguments supplied:",
        "\"param\":",
        "'param':",
        "t support ",
        "not support ",
    ];
    let lower = text.to_ascii_lowercase();
    SIGNS.iter().find_map(|sign| {
        let at = lower.find(sign)? + sign.len();
        let rest = text[at..].trim_start_matches([' ', '[', '{', '\'', '"', '`']);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let (name, after) = rest.split_at(rest.find(|c| !is_name(c)).unwrap_or(rest.len()));
        let name = name.trim_end_matches('.');
        // `does not support images` names no parameter, `does not support temperature=0` does.
        let is_named = !sign.ends_with(' ') || after.starts_with('=');
        let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !matches!(name, "null" | "None");
        (is_named && is_word).then(|| bounded(name, MAX_WORD))
    })
}

#[cfg(test)]
mod tests;
