use super::*;
use proptest::prelude::*;
use serde_json::json;

fn client() -> Client {
    Client { id: "client_123".into(), secret: None }
}

fn read_json(status: u16, answer: Value) -> Result<Tokens, OAuthFailure> {
    read(status, answer.to_string().as_bytes(), str::to_owned)
}

fn expires_in(value: Value) -> Option<Duration> {
    let answer = json!({"access_token": "a", "refresh_token": "r", "expires_in": value});
    read_json(200, answer).expect("the token is never lost over its expiry").expires_in
}

// wire: the token endpoint speaks camelCase JSON
#[test]
fn ai_pass_gets_camel_case_json() {
    let redirect_uri = RedirectUri::parse("myapp://auth/callback").unwrap();
    let (code, verifier) = (Secret::new("CODE"), Secret::new("VERIFIER"));
    let request = exchange(&Provider::ai_pass(), &client(), &code, &verifier, &redirect_uri).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://aipass.one/oauth2/token");
    assert_eq!(request.headers()["content-type"], "application/json");
    let expected = json!({
        "grantType": "authorization_code", "code": "CODE", "codeVerifier": "VERIFIER",
        "clientId": "client_123", "redirectUri": "myapp://auth/callback",
    });
    assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);

    let request = refresh(&Provider::ai_pass(), &client(), &Secret::new("R")).unwrap();
    let expected = json!({"grantType": "refresh_token", "refreshToken": "R", "clientId": "client_123"});
    assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);
}

// RFC 6749
#[test]
fn a_standard_provider_gets_a_form_and_a_confidential_caller_authenticates() {
    let provider = Provider::custom("https://id.example", "https://id.example/a", "https://id.example/t").unwrap();
    let confidential = Client { id: "a b".into(), secret: Some(Secret::new("s:1")) };
    let request = refresh(&provider, &confidential, &Secret::new("R&1")).unwrap();
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.body(), "grant_type=refresh_token&refresh_token=R%261&client_id=a+b");
    assert_eq!(request.headers()["authorization"], format!("Basic {}", STANDARD.encode("a+b:s%3A1")));
    assert!(request.headers()["authorization"].is_sensitive());
}

// T1
#[test]
fn the_lifetime_is_read_in_every_form_it_comes_in() {
    let some = |seconds| Some(Duration::from_secs(seconds));
    assert_eq!(expires_in(json!(3600)), some(3600));
    assert_eq!(expires_in(json!(6048000)), some(6_048_000));
    assert_eq!(expires_in(json!("3600")), some(3600));
    assert_eq!(expires_in(json!(3599.9)), some(3599));
    assert_eq!(expires_in(json!(1e300)), some(u64::MAX));
    let beyond = br#"{"access_token":"a","expires_in":1e999}"#;
    assert_eq!(read(200, beyond, str::to_owned).unwrap().expires_in, some(u64::MAX));
    for unknown in [json!(0), json!(-5), json!("soon"), json!(null), json!([]), json!("NaN")] {
        assert_eq!(expires_in(unknown.clone()), None, "{unknown}");
    }
    assert_eq!(read_json(200, json!({"access_token": "a"})).unwrap().expires_in, None);
}

// T2
#[test]
fn scopes_are_read_as_text_or_list_and_empty_means_as_requested() {
    let scopes = |value: Value| read_json(200, json!({"access_token": "a", "scope": value})).unwrap().scopes;
    let both = Some(vec!["profile:read".to_owned(), "api:access".to_owned()]);
    assert_eq!(scopes(json!("profile:read  api:access")), both);
    assert_eq!(scopes(json!(["profile:read", "api:access"])), both);
    assert_eq!(scopes(json!("")), None);
    assert_eq!(scopes(json!(null)), None);
}

// T3
#[test]
fn the_token_type_has_no_case_and_must_be_known() {
    for kind in ["Bearer", "bearer", "BEARER"] {
        assert!(read_json(200, json!({"access_token": "a", "token_type": kind})).is_ok());
    }
    let failure = read_json(200, json!({"access_token": "a", "token_type": "mac"})).unwrap_err();
    assert!(matches!(failure, OAuthFailure::Unreadable { status: 200, .. }));
}

// T4
#[test]
fn an_empty_refresh_token_counts_as_missing() {
    let tokens = read_json(200, json!({"access_token": "a", "refresh_token": ""})).unwrap();
    assert_eq!(tokens.refresh_token, None);
}

// T5
#[test]
fn what_is_no_token_answer_is_a_typed_error_with_its_status() {
    let refused = read_json(200, json!({"error": "invalid_grant"})).unwrap_err();
    assert!(refused.ends_the_grant());
    for body in [
        "",
        "<html>502</html>",
        "{\"access_token\":\"a",
        "null",
        "[]",
        "{\"access_token\":\"\"}",
        "{\"access_token\":7}",
    ] {
        let failure = read(200, body.as_bytes(), str::to_owned).unwrap_err();
        assert!(matches!(failure, OAuthFailure::Unreadable { status: 200, .. }), "{body}: {failure:?}");
    }
    let injected = read_json(200, json!({"access_token": "a\r\nX-Evil: 1"})).unwrap_err();
    assert!(matches!(injected, OAuthFailure::Unreadable { .. }));
}

// T6
#[test]
fn only_invalid_grant_ends_a_session() {
    for status in [400, 401] {
        assert!(read_json(status, json!({"error": "invalid_grant"})).unwrap_err().ends_the_grant());
    }
    for (status, answer) in [
        (400, json!({"error": "invalid_request"})),
        (401, json!({"error": "invalid_client"})),
        (429, json!({"error": "invalid_grant"})),
        (500, json!({"error": "invalid_grant"})),
        (503, json!({})),
        (404, json!("gone")),
    ] {
        assert!(!read_json(status, answer.clone()).unwrap_err().ends_the_grant(), "{status} {answer}");
    }
}

proptest! {
    // S3
    #[test]
    fn hostile_bytes_never_panic(status in 100_u16..600, body in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = read(status, &body, str::to_owned);
    }
}
