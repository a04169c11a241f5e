//! What an error body means for the app. How it is read stands in [`ErrorBody`].

use crate::error::{Error, ProviderErrorKind, ProviderFailure};
use crate::error_body::ErrorBody;
use crate::net::ErrorResponse;
use crate::redaction::{REQUEST_ID_HEADERS, scrub};
use crate::secret::Secret;
use http::HeaderMap;
use std::time::Duration;

/// Codes, parameters and ids are short words.
const MAX_WORD: usize = 100;

/// The error that a refusal means. `token` is kept out of what the server's words show.
pub(super) fn read(refusal: &ErrorResponse, token: &Secret) -> Error {
    let context = Context {
        status: refusal.status,
        request_id: request_id(&refusal.headers),
        retry_after: refusal.retry_after,
        token: Some(token),
    };
    context.explain(ErrorBody::read(&refusal.body))
}

/// The same for a request that carried no token.
pub(super) fn read_without_token(refusal: &ErrorResponse) -> Error {
    let request_id = request_id(&refusal.headers);
    let context = Context { status: refusal.status, request_id, retry_after: refusal.retry_after, token: None };
    context.explain(ErrorBody::read(&refusal.body))
}

/// The error in the body of a response whose status says success, or in an event of a stream; `None` if there is none. It does not
/// know the token that was sent: pass it through [`Error::scrubbed`], as [`BufferedResponse::read`](super::exchange) does.
pub(super) fn error_in_success(body: &[u8], request_id: Option<String>) -> Option<Error> {
    let context = Context { status: 200, request_id, retry_after: None, token: None };
    ErrorBody::in_success(body).map(|error| context.explain(error))
}

/// The id under which the provider knows a request.
pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    let value = REQUEST_ID_HEADERS.iter().find_map(|name| headers.get(*name))?.to_str().ok()?;
    Some(value.chars().take(MAX_WORD).collect())
}

struct Context<'a> {
    status: u16,
    request_id: Option<String>,
    retry_after: Option<Duration>,
    token: Option<&'a Secret>,
}

impl Context<'_> {
    fn explain(self, body: ErrorBody) -> Error {
        // A status in the body counts where HTTP's own says success, as in the middle of a stream.
        let stated = body.status.filter(|status| (400..600).contains(status));
        let status = if self.status < 300 { stated.unwrap_or(self.status) } else { self.status };
        let known: Vec<&str> = self.token.iter().map(|token| token.expose()).collect();
        let word = |word: &str| -> String { scrub(word, &known).chars().take(MAX_WORD).collect() };
        let request_id = self.request_id.or_else(|| body.request_id.as_deref().map(word));
        let detail = match scrub(&body.text, &known) {
            text if text.trim().is_empty() => "the provider gives no reason".to_owned(),
            text => text,
        };
        if let Some(budget) = body.budget(status) {
            return Error::BudgetExceeded { spent: budget.spent, limit: budget.limit, request_id, detail, text: None };
        }
        if status == 429 {
            return Error::RateLimited { retry_after: self.retry_after, request_id, detail, text: None };
        }
        let kind = match status {
            300..400 => ProviderErrorKind::UnexpectedRedirect,
            401 | 403 => ProviderErrorKind::Forbidden,
            404 => ProviderErrorKind::NotFound,
            413 => ProviderErrorKind::TooLarge,
            // RFC 9110 §15.5.9: the server gave up waiting for the request, and may take it the next time.
            408 => ProviderErrorKind::Unavailable,
            400..500 => ProviderErrorKind::BadRequest,
            _ => ProviderErrorKind::Unavailable,
        };
        let is_about_the_request = kind == ProviderErrorKind::BadRequest;
        ProviderFailure {
            status: Some(status),
            provider_code: body.best_code().map(word),
            parameter: body.parameter.as_deref().filter(|_| is_about_the_request).map(word),
            request_id,
            retry_after: self.retry_after,
            ..ProviderFailure::new(kind, detail)
        }
        .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn refused(status: u16, body: &str) -> Error {
        let refusal = ErrorResponse {
            status,
            headers: HeaderMap::from_iter([(http::HeaderName::from_static("x-request-id"), "req_1".parse().unwrap())]),
            body: body.to_owned().into(),
            retry_after: Some(Duration::from_secs(2)),
        };
        read(&refusal, &Secret::new("canary"))
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
            (502, "<html><body>Bad gateway</body></html>", Unavailable, None, "Bad gateway"),
            (408, r#"{"error":{"message":"slow","code":408}}"#, Unavailable, Some("408"), "slow"),
            (413, "", TooLarge, None, "the provider gives no reason"),
            (422, r#"{"detail":[{"msg":"x"}]}"#, BadRequest, None, "x"),
            (302, "", UnexpectedRedirect, None, "the provider gives no reason"),
            (400, r#"{"error":{"mess"#, BadRequest, None, "the provider gives no reason"),
        ] {
            let expected = (kind, code.map(str::to_owned), detail.to_owned());
            assert_eq!(provider_error(refused(status, body)), expected, "{status} {body}");
        }
    }

    // The dialect of Phaseo: all four members are read, in an error response and in the middle of a stream
    #[test]
    fn phaseos_dialect_is_read() {
        let unnamed = |status: u16, body: &str| {
            let body = body.to_owned().into();
            read_without_token(&ErrorResponse { status, headers: HeaderMap::new(), body, retry_after: None })
        };
        let body = |code: &str, kind: &str| {
            format!(
                r#"{{"error":{code},"error_type":"{kind}","description":"It is not there.","generation_id":"gen_1"}}"#
            )
        };
        let facts = |error: Error| match error {
            Error::Provider { kind, provider_code, request_id, detail, .. } => {
                (kind, provider_code, request_id, detail)
            }
            other => panic!("{other:?}"),
        };
        let expected =
            |kind, code: &str| (kind, Some(code.to_owned()), Some("gen_1".into()), "It is not there.".into());
        let (missing, broken) = (body("\"model_not_found\"", "user"), body("null", "upstream_error"));
        assert_eq!(facts(unnamed(404, &missing)), expected(ProviderErrorKind::NotFound, "model_not_found"));
        // The type stands in for a code that is missing or only repeats the status.
        assert_eq!(facts(unnamed(502, &broken)), expected(ProviderErrorKind::Unavailable, "upstream_error"));
        let numbered = body("\"400\"", "validation_error");
        assert_eq!(facts(unnamed(400, &numbered)), expected(ProviderErrorKind::BadRequest, "validation_error"));
        let in_stream = error_in_success(missing.as_bytes(), None).unwrap();
        assert_eq!(facts(in_stream), expected(ProviderErrorKind::Unavailable, "model_not_found"));
        let empty =
            r#"{"error":"insufficient_funds","error_type":"user","description":"Top up.","generation_id":"gen_2"}"#;
        let Error::BudgetExceeded { request_id, detail, .. } = unnamed(402, empty) else { panic!("no budget") };
        assert_eq!((request_id.as_deref(), detail.as_str()), (Some("gen_2"), "Top up."));
        let limited = unnamed(429, &body("\"rate_limit_exceeded\"", "user"));
        assert!(matches!(limited, Error::RateLimited { request_id: Some(id), .. } if id == "gen_1"));
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
        assert_eq!(error, Error::RateLimited { retry_after, request_id, detail: "slow down".into(), text: None });
    }

    // wire: an error can arrive in mid-stream, below a status of 200
    #[test]
    fn an_error_below_a_success_status_takes_the_status_it_states() {
        let error = error_in_success(br#"{"error":{"message":"slow down","code":"429"}}"#, None);
        assert!(matches!(error, Some(Error::RateLimited { .. })));
        let error = error_in_success(br#"{"error":{"message":"upstream died"}}"#, None);
        assert!(matches!(error, Some(Error::Provider { kind: ProviderErrorKind::Unavailable, .. })));
        assert!(error_in_success(br#"{"success":false,"message":"no"}"#, None).is_some());
        assert!(error_in_success(br#"{"choices":[],"error":null}"#, None).is_none());
        assert!(error_in_success(b"<html>", None).is_none());
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
