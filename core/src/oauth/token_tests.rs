use super::*;
use base64::{Engine, engine::general_purpose::STANDARD};
use proptest::prelude::*;
use serde_json::json;

fn client() -> Client {
    Client { id: "client_123".into(), secret: None }
}

/// Masks nothing but what it is given.
fn scrub(text: &str, secrets: &[&Secret]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose(), "[redacted]"))
}

fn read_bytes(status: u16, body: &[u8]) -> Result<TokenResponse, OAuthFailure> {
    read(&EndpointResponse { status, retry_after: None, body, scrub: &scrub }, TokenType::Bearer)
}

fn read_json(status: u16, body: Value) -> Result<TokenResponse, OAuthFailure> {
    read_bytes(status, body.to_string().as_bytes())
}

/// The tokens of a response that is right in everything.
fn tokens(body: Value) -> Tokens {
    let response = read_json(200, body.clone()).unwrap_or_else(|failure| panic!("{body}: {failure}"));
    assert_eq!(response.defect, None, "{body}");
    response.tokens
}

fn expires_in(value: Value) -> Option<Duration> {
    tokens(json!({"access_token": "a", "refresh_token": "r", "expires_in": value})).expires_in
}

/// `T` of the faults: a token set as AI Pass sends it.
fn token_set() -> Tokens {
    Tokens {
        access_token: Secret::new("at-1"),
        refresh_token: Some(Secret::new("rt-1")),
        expires_in: Some(Duration::from_secs(3600)),
        scopes: None,
        id_token: None,
    }
}

const MEMBERS: &str = r#""access_token":"at-1","refresh_token":"rt-1","expires_in":3600,"token_type":"Bearer""#;

// wire: the token endpoint speaks camelCase JSON
#[test]
fn ai_pass_gets_camel_case_json() {
    let redirect_uri = RedirectUri::parse("myapp://auth/callback").unwrap();
    let (code, verifier) = (Secret::new("CODE"), Secret::new("VERIFIER"));
    let request = exchange(&Provider::ai_pass(), &client(), &code, &verifier, &redirect_uri, &[]).unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "https://aipass.one/oauth2/token");
    assert_eq!(request.headers()["content-type"], "application/json");
    let expected = json!({
        "grantType": "authorization_code", "code": "CODE", "codeVerifier": "VERIFIER",
        "clientId": "client_123", "redirectUri": "myapp://auth/callback",
    });
    assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);

    let request = refresh(&Provider::ai_pass(), &client(), &Secret::new("R"), &[]).unwrap();
    let expected = json!({"grantType": "refresh_token", "refreshToken": "R", "clientId": "client_123"});
    assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);
}

// RFC 6749
#[test]
fn a_standard_provider_gets_a_form_and_a_confidential_caller_authenticates() {
    let provider = Provider::custom("https://id.example", "https://id.example/a", "https://id.example/t").unwrap();
    let confidential = Client { id: "a b".into(), secret: Some(Secret::new("s:1")) };
    let request = refresh(&provider, &confidential, &Secret::new("R&1"), &[]).unwrap();
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
    assert_eq!(expires_in(json!([3600])), some(3600));
    let beyond = br#"{"access_token":"a","expires_in":1e999}"#;
    assert_eq!(read_bytes(200, beyond).unwrap().tokens.expires_in, some(u64::MAX));
    for unknown in [json!(0), json!(-5), json!("soon"), json!(null), json!([]), json!("NaN")] {
        assert_eq!(expires_in(unknown.clone()), None, "{unknown}");
    }
    assert_eq!(tokens(json!({"access_token": "a"})).expires_in, None);
}

// T2
#[test]
fn scopes_are_read_as_text_or_list_and_empty_means_as_requested() {
    let scopes = |value: Value| tokens(json!({"access_token": "a", "scope": value})).scopes;
    let both = Some(vec!["profile:read".to_owned(), "api:access".to_owned()]);
    assert_eq!(scopes(json!("profile:read  api:access")), both);
    assert_eq!(scopes(json!("profile:read,api:access")), both);
    assert_eq!(scopes(json!(["profile:read", "api:access"])), both);
    assert_eq!(scopes(json!(["profile:read api:access", 7])), both);
    assert_eq!(scopes(json!("")), None);
    assert_eq!(scopes(json!(null)), None);
}

// T3
#[test]
fn the_token_type_has_no_case_and_must_be_known() {
    for kind in
        [json!("Bearer"), json!("bearer"), json!(" BEARER"), json!(["Bearer"]), json!(""), json!(null), json!({})]
    {
        tokens(json!({"access_token": "a", "token_type": kind}));
    }
    for kind in [json!("mac"), json!("DPoP"), json!(["N_A"]), json!(7)] {
        let response = read_json(200, json!({"access_token": "a", "token_type": kind})).unwrap();
        assert!(matches!(response.defect, Some(OAuthFailure::Unreadable { status: 200, .. })), "{kind}");
        assert_eq!(response.tokens.expires_in, Some(Duration::ZERO), "{kind}");
    }
}

// T4
#[test]
fn an_empty_refresh_token_counts_as_missing() {
    for empty in [json!(""), json!(null), json!([]), json!({}), json!(false), json!(" "), json!("null")] {
        assert_eq!(tokens(json!({"access_token": "a", "refresh_token": empty})).refresh_token, None, "{empty}");
    }
}

// T5
#[test]
fn what_is_no_token_response_is_a_typed_error_with_its_status() {
    let refused = read_json(200, json!({"error": "invalid_grant"})).unwrap_err();
    assert!(refused.ends_the_grant());
    for body in [
        "",
        "<html>502</html>",
        "{\"access_token\":\"a",
        "{\"access_token\":\"a\"",
        "null",
        "[]",
        "{\"access_token\":\"\"}",
        "{\"access_token\":null,\"error\":null}",
        "{\"access_token\":{}}",
        "{\"access_token\":true}",
    ] {
        let failure = read_bytes(200, body.as_bytes()).unwrap_err();
        assert!(matches!(failure, OAuthFailure::Unreadable { status: 200, .. }), "{body}: {failure:?}");
    }
}

// T7, K2: an error that says nothing is none
#[test]
fn an_empty_error_beside_a_token_set_is_none() {
    for error in
        ["\"\"", "false", "{}", "[]", "null", "0", r#"{"message":"","code":null}"#, "\" \"", "\"none\"", "[{}]"]
    {
        for members in [format!("{MEMBERS},\"error\":{error}"), format!("\"error\":{error},{MEMBERS}")] {
            let response = read_bytes(200, format!("{{{members}}}").as_bytes()).unwrap();
            assert_eq!(response, TokenResponse { tokens: token_set(), defect: None }, "{error}");
        }
    }
}

// T7: a token set is granted whatever else is odd
#[test]
fn a_token_set_beside_an_error_that_says_something_is_not_lost() {
    for error in [r#""rt-1 at-1 refused""#, r#"{"message":"at-1 and rt-1 refused"}"#, "true", "[\"x\"]"] {
        let body = format!(r#"{{"error":{error},"error_description":"no rt-1",{MEMBERS}}}"#);
        let response = read_bytes(200, body.as_bytes()).unwrap();
        assert_eq!(response.tokens, token_set(), "{error}");
        let defect = response.defect.unwrap().to_string();
        assert!(!defect.contains("at-1") && !defect.contains("rt-1"), "{defect}"); // S1
    }
    let injected = read_json(200, json!({"access_token": "a\r\nX-Evil: 1", "refresh_token": "r"})).unwrap();
    assert!(matches!(injected.defect, Some(OAuthFailure::Unreadable { .. })));
    assert_eq!(injected.tokens.refresh_token, Some(Secret::new("r")));
}

// T7, K4
#[test]
fn a_token_set_is_recognised_in_every_form() {
    let utf16: Vec<u8> = format!("{{{MEMBERS}}}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let bodies: [&[u8]; 15] = [
        &format!("{{{MEMBERS}}}").into_bytes(),
        &format!("\u{feff} \n{{{MEMBERS}}}\r\n").into_bytes(),
        &utf16,
        &format!("{{\"access_token\":\"old\",\"scope\":\"a\",\"expires_in\":1,\"scope\":\"\",{MEMBERS}}}").into_bytes(),
        &format!("{{\"access_token\":7,\"refresh_token\":[],{MEMBERS}}}").into_bytes(),
        &format!("{{\"success\":true,\"message\":\"ok\",\"data\":{{{MEMBERS}}}}}").into_bytes(),
        &format!("[{{{MEMBERS}}}]").into_bytes(),
        br#"{"token":{"access_token":"at-1","expires_in":"3600"},"refresh_token":"rt-1","error":null}"#,
        br#"{"access_token":{"access_token":["at-1"],"refresh_token":["rt-1"]},"expires_in":3600.0}"#,
        br#"{"accessToken":"at-1","refreshToken":"rt-1","expiresIn":3600,"tokenType":"bearer"}"#,
        br#"access_token=at-1&refresh_token=rt-1&expires_in=3600&token_type=bearer"#,
        &serde_json::to_vec(&format!("{{{MEMBERS}}}")).unwrap(),
        &[b"{\"scope\":\"\xe9\",\"scope\":null,", MEMBERS.as_bytes(), b"}"].concat(),
        &format!("Deprecated: x\n{{{MEMBERS},\"a\\\"b\":\"\\ud800\",\"huge\":1e999}}\n<!-- 3 ms -->").into_bytes(),
        &format!("{{{MEMBERS},\"deep\":{}{}}}", "[".repeat(60_000), "]".repeat(60_000)).into_bytes(),
    ];
    for body in bodies {
        let response = read_bytes(200, body);
        let text = String::from_utf8_lossy(&body[..body.len().min(200)]).into_owned();
        assert_eq!(response, Ok(TokenResponse { tokens: token_set(), defect: None }), "{text}");
    }
    let digits = tokens(json!({"access_token": 12345, "refresh_token": 678}));
    assert_eq!((digits.access_token, digits.refresh_token), (Secret::new("12345"), Some(Secret::new("678"))));
}

// S8: what is made of a body is bounded by its bytes
#[test]
fn many_objects_are_searched_in_time_and_memory_of_their_bytes() {
    let many: String = (0..20_000).map(|index| format!("\"{index}\":{{}},")).collect();
    assert!(read_bytes(200, format!("{{{many}\"end\":0}}").as_bytes()).is_err());
    assert_eq!(read_bytes(200, format!("{{{many}{MEMBERS}}}").as_bytes()).unwrap().tokens, token_set());
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
        let _ = read_bytes(status, &body);
    }

    // T7: a member stands where it stands, and twice, and is read
    #[test]
    fn no_order_or_repetition_loses_a_token_set(order in Just((0..6).collect::<Vec<_>>()).prop_shuffle(), junk in "[a-z]{1,9}") {
        let members = [
            "\"access_token\":\"at-1\"".to_owned(),
            "\"refresh_token\":\"rt-1\"".to_owned(),
            "\"expires_in\":3600".to_owned(),
            "\"token_type\":\"Bearer\"".to_owned(),
            "\"error\":{\"message\":\"\"}".to_owned(),
            format!("\"x-{junk}\":{{\"access_token\":\"other\"}}"),
        ];
        let shuffled = || order.iter().map(|index| members[*index].as_str()).collect::<Vec<_>>().join(",");
        let earlier = format!("\"access_token\":\"{junk}\",\"error\":\"{junk}\"");
        let response = read_bytes(200, format!("{{{earlier},{}}}", shuffled()).as_bytes());
        prop_assert_eq!(response, Ok(TokenResponse { tokens: token_set(), defect: None }));
    }
}

// T7: also where it has another form
#[test]
fn an_id_token_is_read_beside_the_tokens() {
    for (body, expected) in [
        (json!({"access_token": "a", "id_token": "x.y.z"}), Some("x.y.z")),
        (json!({"id_token": "x.y.z", "data": {"accessToken": "a"}}), Some("x.y.z")),
        (json!({"access_token": "a", "id_token": ""}), None),
        (json!({"access_token": "a", "id_token": {"not": "text"}}), None),
    ] {
        assert_eq!(tokens(body.clone()).id_token, expected.map(Secret::new), "{body}");
    }
}
