//! Ends tokens (RFC 7009). A server may answer 200 to anything, so the most that is known is "accepted".

use super::{Client, request};
use crate::secret::Secret;
use bytes::Bytes;
use http::{Method, Request, header};
use url::Url;

/// What the token is, so that the server need not guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    AccessToken,
    RefreshToken,
}

/// The standard's form.
pub(crate) fn by_form(
    endpoint: &Url,
    client: &Client,
    token: &Secret,
    kind: TokenKind,
) -> http::Result<Request<Bytes>> {
    let hint = match kind {
        TokenKind::AccessToken => "access_token",
        TokenKind::RefreshToken => "refresh_token",
    };
    let mut fields = vec![("token", token.expose()), ("token_type_hint", hint), ("client_id", client.id.as_str())];
    if let Some(secret) = &client.secret {
        fields.push(("client_secret", secret.expose()));
    }
    request::form(endpoint, &fields)
}

/// AI Pass's older form: the token in the query, the access token as Bearer.
pub(crate) fn by_query(endpoint: &Url, access_token: &Secret, token: &Secret) -> http::Result<Request<Bytes>> {
    let mut url = endpoint.clone();
    url.query_pairs_mut().append_pair("token", token.expose());
    let mut bearer = header::HeaderValue::try_from(format!("Bearer {}", access_token.expose()))?;
    bearer.set_sensitive(true);
    Request::builder().method(Method::POST).uri(url.as_str()).header(header::AUTHORIZATION, bearer).body(Bytes::new())
}

/// Whether a server's refusal means that it did not find the token in the form.
pub(crate) fn form_was_not_read(status: u16, body: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]).to_ascii_lowercase();
    let missing = ["missing", "required", "not present"].iter().any(|word| text.contains(word));
    status == 415 || (status == 400 && text.contains("token") && missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_names_token_kind_and_client() {
        let endpoint = Url::parse("https://aipass.one/oauth2/revoke").unwrap();
        let client = Client { id: "client_123".into(), secret: None };
        let request = by_form(&endpoint, &client, &Secret::new("R"), TokenKind::RefreshToken).unwrap();
        assert_eq!(request.uri(), "https://aipass.one/oauth2/revoke");
        assert_eq!(request.body(), "token=R&token_type_hint=refresh_token&client_id=client_123");
    }

    #[test]
    fn the_query_is_for_servers_that_cannot_read_the_form() {
        assert!(form_was_not_read(415, b""));
        assert!(form_was_not_read(400, br#"{"message":"Required request parameter 'token' is not present"}"#));
        assert!(!form_was_not_read(400, br#"{"error":"invalid_client"}"#));
        assert!(!form_was_not_read(503, b"token missing"));
    }
}
