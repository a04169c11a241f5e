//! The account API's envelope: `{success, message?, error?, data}`. An answer without it is read as what it would hold (P6).

use super::error_response;
use super::in_success::is_error;
use super::members::Members;
use crate::error::{Error, Result};
use serde_json::{Value, json};

/// A larger text is not taken apart to find what an error says (S8).
const MAX_ERROR: usize = 64 * 1024;

/// What the envelope holds, as JSON; without an envelope the whole answer. `None` if there is nothing.
///
/// # Errors
/// The one that the answer tells although its status says success (P10).
pub(super) fn data(body: &[u8], request_id: Option<String>) -> Result<Option<&[u8]>> {
    let Some(envelope) = Members::read(body, &["success", "message", "error", "data"]) else {
        return Ok(body.trim_ascii_start().starts_with(b"[").then_some(body));
    };
    let data = envelope.raw("data");
    let success = envelope.boolean("success");
    // An error that stands beside success and its data is none.
    let says_error = envelope.raw("error").is_some_and(is_error) && !(success == Some(true) && data.is_some());
    if success == Some(false) || says_error {
        let as_it_stands = if body.len() <= MAX_ERROR { body } else { b"" };
        let error = error_response::error_in_success(as_it_stands, request_id.clone())
            .or_else(|| error_response::error_in_success(&as_refusal(&envelope), request_id));
        return Err(error.unwrap_or_else(|| Error::unreadable(200, "the answer says that it failed")));
    }
    Ok(Some(data.unwrap_or(body)))
}

/// The members called `names` of the object that the envelope holds. `what` names it in the error of one that cannot be read.
pub(super) fn members<'a>(body: &'a [u8], what: &str, names: &[&'static str]) -> Result<Members<'a>> {
    let unreadable = || Error::unreadable(200, format!("the response has no readable {what}"));
    Members::read(data(body, None)?.ok_or_else(unreadable)?, names).ok_or_else(unreadable)
}

/// An envelope that says failure in any spelling, in the one that refusals are read in.
fn as_refusal(envelope: &Members<'_>) -> Vec<u8> {
    let error = envelope.raw("error").filter(|json| json.len() <= MAX_ERROR);
    let error: Option<Value> = error.and_then(|json| serde_json::from_slice(json).ok());
    json!({"success": false, "message": envelope.text("message"), "error": error}).to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opened(body: &str) -> Result<Option<&str>> {
        data(body.as_bytes(), None).map(|data| data.map(|data| std::str::from_utf8(data).unwrap()))
    }

    // P6, K2
    #[test]
    fn what_an_envelope_holds_is_found_and_an_error_that_says_nothing_is_none() {
        for body in [
            r#"{"success":true,"message":"ok","data":{"a":1}}"#,
            r#"{"data":{"a":1}}"#,
            r#"{"success":"true","error":"","data":{"a":1}}"#,
            r#"{"success":1,"error":false,"data":{"a":1}}"#,
            r#"{"error":{"message":"","code":null},"data":{"a":1}}"#,
            r#"{"error":[],"data":{"a":1}}"#,
            r#"{"success":true,"error":"none","data":{"a":1}}"#,
            r#"{"data":7,"data":{"a":1}}"#,
            r#"{"a":1}"#,
        ] {
            assert_eq!(opened(body).unwrap(), Some(r#"{"a":1}"#), "{body}");
        }
        assert_eq!(opened("[1]").unwrap(), Some("[1]"));
        assert_eq!(opened("<html>").unwrap(), None);
    }

    // P10
    #[test]
    fn a_failure_is_an_error_in_every_spelling() {
        for body in [
            r#"{"success":false,"message":"not yours","data":{"a":1}}"#,
            r#"{"success":"false","message":"not yours"}"#,
            r#"{"success":"FALSE","message":"not yours","error":null}"#,
            r#"{"success":0,"message":"not yours","error":""}"#,
            r#"{"error":{"message":"not yours"}}"#,
            r#"{"error":"forbidden","message":"not yours","data":null,"success":true}"#,
        ] {
            let error = opened(body).unwrap_err();
            assert!(error.to_string().contains("not yours"), "{body}: {error}");
        }
        let budget = r#"{"success":"false","error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#;
        assert_eq!(opened(budget).unwrap_err().code(), "budget_exceeded");
    }
}
