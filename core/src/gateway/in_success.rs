//! The error in a response whose status says success (P10).

use super::error_response;
use super::lenient::says_something;
use crate::error::Error;
use serde_json::value::RawValue;

/// A larger body holds more than an error. Reading one as a tree of values would take many times its size (S8).
const MAX_ERROR_BODY: usize = 64 * 1024;

/// The error that a body holds; `None` if there is none.
pub(super) fn error_in_body(body: &[u8], request_id: Option<String>) -> Option<Error> {
    if body.len() > MAX_ERROR_BODY { None } else { error_response::error_in_success(body, request_id) }
}

/// The error that an `error` member is; `None` if it says nothing (K2).
pub(super) fn error_in_member(error: &RawValue, request_id: Option<String>) -> Option<Error> {
    if !says_something(error) {
        return None;
    }
    let stated = error_in_body(format!(r#"{{"error":{}}}"#, error.get()).as_bytes(), request_id.clone());
    stated.or_else(|| error_with_words("the provider reports an error", request_id))
}

/// An error of the provider of which only its words are known.
pub(super) fn error_with_words(words: &str, request_id: Option<String>) -> Option<Error> {
    let words: String = words.chars().take(1000).collect();
    error_in_body(serde_json::json!({"error": {"message": words}}).to_string().as_bytes(), request_id)
}
