//! What a refusal means for the app: four shapes of error bodies, and none.
//!
//! 1. OAuth: `{error, error_description?}`;
//! 2. OpenAI and LiteLLM: `{error: {message, type, param, code}}`;
//! 3. AI Pass's envelope: `{success: false, message, error?}`;
//! 4. no JSON: HTML of a proxy, an empty or truncated body.

use super::lenient::parse_decimal;
use crate::error::{Error, ProviderErrorKind};
use crate::net::Refusal;
use crate::net::redaction::scrub;
use crate::secret::Secret;
use http::HeaderMap;
use rust_decimal::Decimal;
use serde_json::Value;
use std::time::Duration;

/// The error that a refusal means. `token` is kept out of what the server's words show.
pub(super) fn explain(refusal: &Refusal, token: &Secret) -> Error {
    let context = Context {
        status: refusal.status,
        request_id: request_id(&refusal.headers),
        retry_after: refusal.retry_after,
        token: Some(token),
    };
    explain_body(&refusal.body, context)
}

/// The same for a request that carried no token.
pub(super) fn explain_without_token(refusal: &Refusal) -> Error {
    let request_id = request_id(&refusal.headers);
    let context = Context { status: refusal.status, request_id, retry_after: refusal.retry_after, token: None };
    explain_body(&refusal.body, context)
}

/// The error in the body of an answer whose status says success; `None` if there is none.
pub(super) fn in_successful_answer(body: &[u8], request_id: Option<String>) -> Option<Error> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let says_error = value.get("error").is_some_and(|error| !error.is_null());
    let says_failure = value.get("success") == Some(&Value::Bool(false));
    let context = Context { status: 200, request_id, retry_after: None, token: None };
    (says_error || says_failure).then(|| explain_body(body, context))
}

/// The id under which the provider knows a request.
pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    let names = ["x-request-id", "x-litellm-call-id", "request-id"];
    let value = names.iter().find_map(|name| headers.get(*name))?.to_str().ok()?;
    Some(value.chars().take(100).collect())
}

struct Context<'a> {
    status: u16,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    token: Option<&'a Secret>,
}

/// What the four shapes have in common.
#[derive(Default)]
struct Words {
    text: String,
    /// The code or, where there is none, the type.
    code: Option<String>,
    kind: Option<String>,
    /// The status that the body states.
    status: Option<u16>,
}

fn explain_body(body: &[u8], context: Context<'_>) -> Error {
    let Words { text, code, kind, status: stated } = read_words(body);
    // A status in the body counts where HTTP's own says success, as in the middle of a stream.
    let stated = stated.filter(|status| (400..600).contains(status));
    let status = if context.status < 300 { stated.unwrap_or(context.status) } else { context.status };
    let known: Vec<&str> = context.token.iter().map(|token| token.expose()).collect();
    let detail = match scrub(&text, &known) {
        text if text.trim().is_empty() => "the provider gives no reason".to_owned(),
        text => text,
    };
    let over_budget = kind.as_deref() == Some("budget_exceeded") || code.as_deref() == Some("budget_exceeded");
    if over_budget || status == 402 || text.contains("Budget has been exceeded") {
        let (spent, limit) = (figure_after(&text, "Current cost:"), figure_after(&text, "Max budget:"));
        return Error::BudgetExceeded { spent, limit, request_id: context.request_id, detail };
    }
    if status == 429 {
        return Error::RateLimited { retry_after: context.retry_after, request_id: context.request_id, detail };
    }
    let kind = match status {
        300..400 => ProviderErrorKind::UnexpectedRedirect,
        401 | 403 => ProviderErrorKind::Forbidden,
        404 => ProviderErrorKind::NotFound,
        413 => ProviderErrorKind::TooLarge,
        400..500 => ProviderErrorKind::BadRequest,
        _ => ProviderErrorKind::Unavailable,
    };
    Error::Provider {
        kind,
        status: Some(status),
        provider_code: code.map(|code| scrub(&code, &known)),
        request_id: context.request_id,
        retry_after: context.retry_after,
        detail,
    }
}

fn read_words(body: &[u8]) -> Words {
    let Ok(value) = serde_json::from_slice::<Value>(body) else { return Words::default() };
    let text_of = |value: &Value, name: &str| match value.get(name)? {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let any_text = |value: &Value| {
        ["message", "error_description", "detail", "msg"]
            .iter()
            .find_map(|name| text_of(value, name))
            .unwrap_or_default()
    };
    match value.get("error") {
        Some(error @ Value::Object(_)) => {
            let kind = text_of(error, "type");
            // A code that only repeats a status says less than the type beside it.
            let code = text_of(error, "code");
            let status = code.as_deref().and_then(|code| code.parse().ok());
            let code = code.filter(|_| status.is_none() || kind.is_none()).or_else(|| kind.clone());
            Words { text: any_text(error), code, kind, status }
        }
        Some(Value::String(error)) => {
            let text = any_text(&value);
            Words {
                text: if text.is_empty() { error.clone() } else { text },
                code: Some(error.clone()),
                ..Words::default()
            }
        }
        _ => {
            Words { text: any_text(&value), code: text_of(&value, "code"), kind: text_of(&value, "type"), status: None }
        }
    }
}

/// The number behind a label, as in "Current cost: 10.02, Max budget: 10.0".
fn figure_after(text: &str, label: &str) -> Option<Decimal> {
    let rest = text.split_once(label)?.1.trim_start().trim_start_matches('$');
    let end =
        rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | 'e' | 'E' | '-' | '+')).unwrap_or(rest.len());
    parse_decimal(rest[..end].trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(status: u16, body: &str) -> Error {
        let refusal = Refusal {
            status,
            headers: HeaderMap::from_iter([(http::HeaderName::from_static("x-request-id"), "req_1".parse().unwrap())]),
            body: body.to_owned().into(),
            retry_after: Some(Duration::from_secs(2)),
        };
        explain(&refusal, &Secret::new("canary"))
    }

    fn provider_error(error: Error) -> (ProviderErrorKind, Option<String>, String) {
        match error {
            Error::Provider { kind, provider_code, detail, request_id, .. } => {
                assert_eq!(request_id.as_deref(), Some("req_1"));
                (kind, provider_code, detail)
            }
            other => panic!("{other:?}"),
        }
    }

    // wire: errors, four shapes and none
    #[test]
    fn all_shapes_are_read() {
        use ProviderErrorKind::*;
        for (status, body, kind, code, detail) in [
            (
                503,
                r#"{"error":{"message":"gone","type":"backend_unavailable","code":503}}"#,
                Unavailable,
                Some("backend_unavailable"),
                "gone",
            ),
            (
                400,
                r#"{"error":"invalid_scope","error_description":"no such scope"}"#,
                BadRequest,
                Some("invalid_scope"),
                "no such scope",
            ),
            (
                404,
                r#"{"error":{"message":"no model","type":"x","param":null,"code":"model_not_found"}}"#,
                NotFound,
                Some("model_not_found"),
                "no model",
            ),
            (
                400,
                r#"{"error":{"message":"bad","type":"invalid_request_error","code":null}}"#,
                BadRequest,
                Some("invalid_request_error"),
                "bad",
            ),
            (500, r#"{"error":{"message":"broken","code":500}}"#, Unavailable, Some("500"), "broken"),
            (
                403,
                r#"{"success":false,"message":"not allowed","error":"FORBIDDEN"}"#,
                Forbidden,
                Some("FORBIDDEN"),
                "not allowed",
            ),
            (502, "<html><body>Bad gateway</body></html>", Unavailable, None, "the provider gives no reason"),
            (413, "", TooLarge, None, "the provider gives no reason"),
            (422, r#"{"detail":[{"msg":"x"}]}"#, BadRequest, None, "the provider gives no reason"),
            (302, "", UnexpectedRedirect, None, "the provider gives no reason"),
            (400, r#"{"error":{"mess"#, BadRequest, None, "the provider gives no reason"),
        ] {
            let expected = (kind, code.map(str::to_owned), detail.to_owned());
            assert_eq!(provider_error(refused(status, body)), expected, "{status} {body}");
        }
    }

    // wire: budget
    #[test]
    fn a_used_up_budget_is_its_own_error_with_both_figures() {
        let body = r#"{"error":{"message":"Budget has been exceeded! Current cost: 10.02, Max budget: 10.0","type":"budget_exceeded","param":null,"code":"400"}}"#;
        for status in [400, 402, 429] {
            let Error::BudgetExceeded { spent, limit, request_id, .. } = refused(status, body) else {
                panic!("{status}")
            };
            assert_eq!(request_id.as_deref(), Some("req_1"));
            assert_eq!((spent, limit), (Some("10.02".parse().unwrap()), Some("10.0".parse().unwrap())));
        }
        let body = r#"{"error":{"message":"ExceededBudget","type":"budget_exceeded"}}"#;
        assert!(matches!(refused(400, body), Error::BudgetExceeded { spent: None, limit: None, .. }));
        assert!(matches!(refused(400, r#"{"error":{"message":"bad model"}}"#), Error::Provider { .. }));
    }

    #[test]
    fn a_rate_limit_says_how_long() {
        let error = refused(429, r#"{"error":{"message":"slow down"}}"#);
        let (retry_after, request_id) = (Some(Duration::from_secs(2)), Some("req_1".into()));
        assert_eq!(error, Error::RateLimited { retry_after, request_id, detail: "slow down".into() });
    }

    // wire: an error can arrive in mid-stream, below a status of 200
    #[test]
    fn an_error_below_a_success_status_takes_the_status_it_states() {
        let error = in_successful_answer(br#"{"error":{"message":"slow down","code":"429"}}"#, None);
        assert!(matches!(error, Some(Error::RateLimited { .. })));
        let error = in_successful_answer(br#"{"error":{"message":"upstream died"}}"#, None);
        assert!(matches!(error, Some(Error::Provider { kind: ProviderErrorKind::Unavailable, .. })));
        assert!(in_successful_answer(br#"{"success":false,"message":"no"}"#, None).is_some());
        assert!(in_successful_answer(br#"{"choices":[],"error":null}"#, None).is_none());
        assert!(in_successful_answer(b"<html>", None).is_none());
    }

    // S1
    #[test]
    fn the_token_never_stands_in_an_error() {
        let error = refused(400, r#"{"error":{"message":"bad token canary","code":"canary"}}"#);
        assert!(!format!("{error:?}").contains("canary"));
    }

    proptest! {
        // S3
        #[test]
        fn hostile_bytes_never_panic(status in 300_u16..600, body in "\\PC{0,200}") {
            let _ = refused(status, &body);
            let _ = refused(status, &format!(r#"{{"error":{{"message":"Current cost: {body}"}}}}"#));
        }
    }
}
