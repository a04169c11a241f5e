//! The error in a response whose status says success (P10).

use super::error_response;
use crate::error::Error;
use crate::json;
use serde_json::value::RawValue;

/// A larger body holds more than an error. Reading one as a tree of values would take many times its size (S8).
const MAX_ERROR_BODY: usize = 64 * 1024;

/// The error that a body holds; `None` if there is none.
pub(super) fn error_in_body(body: &[u8], request_id: Option<String>) -> Option<Error> {
    if body.len() > MAX_ERROR_BODY { None } else { error_response::error_in_success(body, request_id) }
}

/// Whether an `error` member says that there is one (K2). One that is too large to be taken apart is one.
pub(super) fn is_error(member: &[u8]) -> bool {
    member.len() > MAX_ERROR_BODY || serde_json::from_slice::<&RawValue>(member).is_ok_and(json::says_failure)
}

/// The error that an `error` member is; `None` if it says nothing (K2).
pub(super) fn error_in_member(error: &RawValue, request_id: Option<String>) -> Option<Error> {
    if !is_error(error.get().as_bytes()) {
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

#[cfg(test)]
mod tests {
    use super::*;

    // K2
    #[test]
    fn a_member_that_says_nothing_is_told_from_one_that_does() {
        let says = |json: &str| is_error(json.as_bytes());
        for nothing in
            ["null", "false", "0", "0.0", "\"\"", "\" \\n\"", "{}", "[]", "[{}]", r#"{"message":"","code":null}"#]
        {
            assert!(!says(nothing), "{nothing}");
        }
        for something in ["true", "1", "\"x\"", "[[1]]", r#"{"message":"","code":429}"#, r#"{"a":{"b":"x"}}"#] {
            assert!(says(something), "{something}");
        }
    }
}
