use super::*;
use crate::error::Error;
use proptest::prelude::*;
use std::time::{Duration, UNIX_EPOCH};

fn scrub(text: &str, _: &[&Secret]) -> String {
    text.to_owned()
}

fn response(status: u16, body: &str) -> Result<TokenState, OAuthFailure> {
    read(&EndpointResponse { status, retry_after: None, body: body.as_bytes(), scrub: &scrub })
}

fn state_of(body: &str) -> TokenState {
    response(200, body).unwrap()
}

// RFC 7662 2.1
#[test]
fn the_token_goes_in_the_form_and_never_in_the_url() {
    let provider = Provider::custom("https://as.example", "https://as.example/a", "https://as.example/t").unwrap();
    let endpoint = Url::parse("https://server.example.com/introspect").unwrap();
    let token = Secret::new("mF_9.B5f-4.1JqM");
    let client = Client { id: "s6BhdRkqt3".into(), secret: Some(Secret::new("gX1fBat3bV")) };
    let sent = request(&endpoint, &provider, &client, &token, Some(TokenKind::AccessToken)).unwrap();
    assert_eq!(sent.uri(), "https://server.example.com/introspect");
    assert_eq!(sent.body(), "token=mF_9.B5f-4.1JqM&token_type_hint=access_token&client_id=s6BhdRkqt3");
    assert_eq!(sent.headers()["authorization"], "Basic czZCaGRSa3F0MzpnWDFmQmF0M2JW");
    assert_eq!(sent.headers()["accept"], "application/json");
    let without_hint = request(&endpoint, &provider, &client, &token, None).unwrap();
    assert_eq!(without_hint.body(), "token=mF_9.B5f-4.1JqM&client_id=s6BhdRkqt3");
}

// RFC 7662 2.2, its example
#[test]
fn an_active_token_is_read_whole() {
    let state = state_of(
        r#"{"active": true, "client_id": "l238j323ds-23ij4", "username": "jdoe", "scope": "read write dolphin",
            "sub": "Z5O3upPC88QrAjx00dis", "aud": "https://protected.example.net/resource",
            "iss": "https://server.example.com/", "exp": 1419356238, "iat": 1419350238, "extension_field": "twenty-seven"}"#,
    );
    assert!(state.active);
    assert_eq!(state.scopes, ["read", "write", "dolphin"]);
    assert_eq!((state.client_id.as_deref(), state.username.as_deref()), (Some("l238j323ds-23ij4"), Some("jdoe")));
    assert_eq!(state.subject.as_deref(), Some("Z5O3upPC88QrAjx00dis"));
    assert_eq!(state.audience, ["https://protected.example.net/resource"]);
    assert_eq!(state.issuer.as_deref(), Some("https://server.example.com/"));
    assert_eq!(state.expires_at, Some(UNIX_EPOCH + Duration::from_secs(1_419_356_238)));
    assert_eq!(state.issued_at, Some(UNIX_EPOCH + Duration::from_secs(1_419_350_238)));
    assert_eq!((state.not_before, state.jwt_id, state.token_type), (None, None, None));
    assert!(state.claims_json.contains(r#""extension_field":"twenty-seven""#));
}

// RFC 7662 2.2
#[test]
fn a_token_that_is_not_active_is_no_error() {
    for body in [r#"{"active":false}"#, r#"{"active":"False"}"#, "\u{feff}{\"active\":true,\"active\":false}"] {
        let state = state_of(body);
        assert_eq!((state.active, state.scopes.len(), state.expires_at), (false, 0, None), "{body}");
    }
}

// P6
#[test]
fn an_odd_member_costs_only_itself() {
    let state = state_of(r#"{"active":"true","aud":["a",7,{},"b"],"exp":"never","iat":0,"sub":"","scope":["a","b"]}"#);
    assert_eq!((state.active, state.expires_at, state.issued_at, state.subject), (true, None, None, None));
    assert_eq!(state.audience, ["a", "7", "b"]);
    assert_eq!(state.scopes, ["a", "b"]);
    assert!(state_of(r#"{"active":true,"aud":null,"scope":null}"#).audience.is_empty());
}

// Wrong is worse than unknown: nothing but `active` says that a token can be used
#[test]
fn what_does_not_say_active_is_an_error() {
    for body in [
        "",
        "{}",
        "true",
        "[]",
        "<html>",
        r#"{"active":1}"#,
        r#"{"active":null}"#,
        r#"{"active":"yes"}"#,
        r#"{"data":{"active":true}}"#,
        r#"{"Active":true}"#,
    ] {
        let error: Error = response(200, body).unwrap_err().into_error_of_call();
        assert_eq!(error.code(), "provider_invalid_response", "{body}: {error}");
    }
    assert_eq!(
        response(302, r#"{"active":true}"#).unwrap_err().into_error_of_call().code(),
        "provider_unexpected_redirect"
    );
    for (status, code) in [
        (401, "provider_forbidden"),
        (403, "provider_forbidden"),
        (400, "provider_bad_request"),
        (404, "provider_not_found"),
        (500, "provider_unavailable"),
        (429, "rate_limited"),
    ] {
        let error = response(status, r#"{"error":"invalid_client","active":true}"#).unwrap_err().into_error_of_call();
        assert_eq!(error.code(), code, "{status}: {error}");
    }
}

// RFC 9701
#[test]
fn a_signed_response_is_not_read_and_is_called_so() {
    let jwt = "eyJ0eXAiOiJ0b2tlbi1pbnRyb3NwZWN0aW9uK2p3dCJ9.eyJhY3RpdmUiOnRydWV9.c2ln";
    let error = response(200, jwt).unwrap_err().into_error_of_call();
    assert_eq!(error.code(), "provider_invalid_response");
    assert!(error.to_string().contains("RFC 9701") && !error.to_string().contains("eyJ"), "{error}");
}

proptest! {
    // S8
    #[test]
    fn hostile_bytes_never_panic(status in 100_u16..600, body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&EndpointResponse { status, retry_after: None, body: &body, scrub: &scrub });
    }

    #[test]
    fn claims_of_any_kind_never_panic(claim in "[a-z]{2,5}", value in any::<f64>()) {
        let _ = response(200, &format!(r#"{{"active":true,"{claim}":{value},"exp":{value},"aud":[{value}]}}"#));
    }
}
