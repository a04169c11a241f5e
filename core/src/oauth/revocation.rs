//! Revokes tokens ([RFC 7009](https://www.rfc-editor.org/rfc/rfc7009)). A server may answer 200 to anything ([RFC 7009 2.2](https://www.rfc-editor.org/rfc/rfc7009#section-2.2)), so the most that is known is
//! "accepted".

use super::{Client, client_authentication};
use crate::error_body::ErrorBody;
use crate::provider::Provider;
use crate::secret::{self, Secret};
use bytes::Bytes;
use http::{Method, Request, header};
use url::Url;

/// The kind of a token, for `token_type_hint` ([RFC 7009 2.1](https://www.rfc-editor.org/rfc/rfc7009#section-2.1)).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// An access token.
    AccessToken,
    /// A refresh token.
    RefreshToken,
}

impl TokenKind {
    /// The value of `token_type_hint`.
    pub(crate) fn hint(self) -> &'static str {
        match self {
            TokenKind::AccessToken => "access_token",
            TokenKind::RefreshToken => "refresh_token",
        }
    }
}

/// The standard's form ([RFC 7009 2.1](https://www.rfc-editor.org/rfc/rfc7009#section-2.1)).
pub(crate) fn by_form(
    endpoint: &Url,
    provider: &Provider,
    client: &Client,
    token: &Secret,
    kind: TokenKind,
) -> http::Result<Request<Bytes>> {
    let fields = [("token", token.expose()), ("token_type_hint", kind.hint())];
    client_authentication::form(endpoint, provider, client, &fields)
}

/// AI Pass's older form: the token in the query, the access token as Bearer, if there is one.
pub(crate) fn by_query(endpoint: &Url, access_token: Option<&Secret>, token: &Secret) -> http::Result<Request<Bytes>> {
    let mut url = endpoint.clone();
    url.query_pairs_mut().append_pair("token", token.expose());
    let mut request = Request::builder().method(Method::POST).uri(url.as_str());
    if let Some(access_token) = access_token {
        request = request.header(header::AUTHORIZATION, secret::authorization("Bearer", access_token.expose())?);
    }
    request.body(Bytes::new())
}

/// Codes that say no more than the status 400. Every other code names its own reason.
const GENERAL_CODES: [&str; 2] = ["invalid_request", "bad_request"];
/// What the server says of a parameter that it did not find.
const ABSENT: [&str; 10] = [
    "missing",
    "required",
    "absent",
    "empty",
    "not present",
    "not provided",
    "not specified",
    "not supplied",
    "not empty", // as in "must not be empty"
    "not blank",
];

/// Whether a refusal says that the form was not read: its media type is not supported, or its parameter `token` is missing.
/// Anything else is no reason to put a token into a URL.
pub(crate) fn form_was_not_read(status: u16, body: &[u8]) -> bool {
    let said = ErrorBody::read(body);
    let code = said.best_code().filter(|code| code.parse::<f64>().is_err()).map(str::to_ascii_lowercase);
    let is_page = body.trim_ascii_start().starts_with(b"<");
    match status {
        415 => true,
        400 if code.as_deref() == Some("unsupported_media_type") => true,
        400 if code.is_none_or(|code| GENERAL_CODES.contains(&code.as_str())) => {
            !is_page && said.text.split(['.', ';', '\n']).any(says_token_is_missing)
        }
        _ => false,
    }
}

/// Whether a sentence says it of the parameter `token`, and of nothing around it: "Required request parameter 'token' for method
/// parameter type String is not present" says it; "client_id is required to revoke a token" and "access token required" do not.
fn says_token_is_missing(sentence: &str) -> bool {
    const FILLERS: [&str; 18] = [
        "a",
        "the",
        "is",
        "was",
        "has",
        "been",
        "must",
        "be",
        "and",
        "request",
        "query",
        "form",
        "body",
        "parameter",
        "param",
        "field",
        "value",
        "named",
    ];
    let sentence = sentence.to_ascii_lowercase();
    let words = sentence.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty() && !FILLERS.contains(word)).collect();
    let about_a_header = ["header", "authorization", "bearer", "cookie"].iter().any(|word| words.contains(word));
    let tokens: Vec<usize> = (0..words.len()).filter(|place| words[*place] == "token").collect();
    let [token] = tokens[..] else { return false };
    let (before, after) = (words[..token].join(" "), words[token + 1..].join(" "));
    let before = before.strip_prefix("invalid_request").unwrap_or(&before).trim_start();
    let absent_before = !before.is_empty() && before.split(' ').all(|word| ABSENT.contains(&word));
    let absent_after = before.is_empty() && ABSENT.iter().any(|absent| after == *absent);
    !about_a_header && (absent_before || absent_after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_names_token_kind_and_client() {
        let endpoint = Url::parse("https://aipass.one/oauth2/revoke").unwrap();
        let client = Client { id: "client_123".into(), secret: None };
        let request =
            by_form(&endpoint, &Provider::ai_pass(), &client, &Secret::new("R"), TokenKind::RefreshToken).unwrap();
        assert_eq!(request.uri(), "https://aipass.one/oauth2/revoke");
        assert_eq!(request.body(), "token=R&token_type_hint=refresh_token&client_id=client_123");
    }

    // G10: the wire's condition, and nothing like it
    #[test]
    fn the_query_is_for_servers_that_cannot_read_the_form() {
        for (status, body) in [
            (415, ""),
            (400, r#"{"error":"unsupported_media_type"}"#),
            (400, r#"{"message":"Required request parameter 'token' is not present"}"#),
            (
                400,
                r#"{"status":400,"error":"Bad Request","message":"Required request parameter 'token' for method parameter type String is not present","path":"/oauth2/revoke"}"#,
            ),
            (400, r#"{"error":"invalid_request","error_description":"Missing required parameter: token"}"#),
            (400, r#"{"error":"invalid_request","error_description":"The token parameter is missing"}"#),
            (400, r#"{"error":"invalid_request","error_description":"invalid_request: token is required."}"#),
            (400, r#"{"success":false,"message":"token must not be empty"}"#),
            (400, "Missing token"),
        ] {
            assert!(form_was_not_read(status, body.as_bytes()), "{body}");
        }
    }

    // G10
    #[test]
    fn no_other_refusal_puts_a_token_into_a_url() {
        for (status, body) in [
            (
                400,
                r#"{"error":"invalid_client","error_description":"A token is required; the parameter token is missing"}"#,
            ),
            (400, r#"{"error":"unauthorized_client","error_description":"token is missing"}"#),
            (400, r#"{"error":"unsupported_token_type","error_description":"Missing required parameter: token"}"#),
            (400, r#"{"error":"invalid_grant","error_description":"token not found"}"#),
            (400, r#"{"error":"invalid_token","error_description":"token is required"}"#),
            (400, r#"{"error":"invalid_request","error_description":"client_id is required to revoke a token"}"#),
            (400, r#"{"error":"invalid_request","error_description":"token_type_hint is required"}"#),
            (400, r#"{"error":"invalid_request","error_description":"The access token is required"}"#),
            (400, r#"{"error":"invalid_request","error_description":"Missing CSRF token"}"#),
            (400, r#"{"error":"invalid_request","error_description":"Missing token in Authorization header"}"#),
            (400, r#"{"error":"invalid_request","error_description":"The token is not a required one"}"#),
            (400, r#"{"error":"invalid_request","token":"missing"}"#),
            (400, r#"{"error":{"code":"invalid_client","message":"token is missing"}}"#),
            (401, r#"{"error":"invalid_request","error_description":"token is missing"}"#),
            (403, r#"{"message":"token is missing"}"#),
            (400, r#"{"error":"invalid_client"}"#),
            (400, "<html><title>Bad request</title>token is missing</html>"),
            (503, "token missing"),
            (200, "Missing token"),
            (400, ""),
        ] {
            assert!(!form_was_not_read(status, body.as_bytes()), "{body}");
        }
    }
}
