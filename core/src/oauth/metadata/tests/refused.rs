//! What is refused, and how.

use super::*;
use proptest::prelude::*;

/// The member that is refused first, and all problems as text.
fn refused(changes: Value) -> (String, String) {
    let read = read_for(ISSUER, &with(changes.clone())).unwrap();
    let all = read.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
    match read.provider() {
        Err(problem) => (problem.member, all),
        Ok(_) => panic!("accepted: {changes}"),
    }
}

// A10: the issuer is the one asked for, byte for byte
#[test]
fn metadata_of_another_issuer_is_refused() {
    for (asked, found) in [
        ("https://id.example", "https://id.example/"),
        ("https://id.example/", "https://id.example"),
        ("https://id.example", "https://ID.example"),
        ("https://id.example", "HTTPS://id.example"),
        ("https://id.example", "https://id.example:443"),
        ("https://id.example/a", "https://id.example/A"),
        ("https://id.example/a", "https://id.example/%61"),
        ("https://id.example", "https://id.example "),
        ("https://id.example", "https://id.example.evil.example"),
        ("https://id.example", "http://id.example"),
        ("https://id.example", "\u{202e}https://id.example"),
        ("https://id.example", ""),
    ] {
        let read = read_for(asked, &with(json!({"issuer": found})));
        assert!(matches!(read, Err(NoMetadata::OtherIssuer { .. })), "{found:?}");
    }
    for issuer in [json!(null), json!(7), json!(["https://id.example"]), json!({"https://id.example": 1}), json!(true)]
    {
        let read = read_for(ISSUER, &with(json!({"issuer": issuer})));
        assert!(matches!(read, Err(NoMetadata::OtherIssuer { .. })), "{issuer}");
    }
    let twice = br#"{"issuer":"https://id.example","issuer":"https://evil.example"}"#;
    assert!(matches!(read(ISSUER, twice, &[]), Err(NoMetadata::OtherIssuer { .. })));
    // S10
    let hostile = read_for(ISSUER, &with(json!({"issuer": "https://evil.example/\u{1b}[2J\nlogged in"}))).unwrap_err();
    assert!(!hostile.to_string().chars().any(char::is_control), "{hostile:?}");
}

#[test]
fn what_is_no_json_object_is_no_metadata() {
    let truncated = &RFC_8414[..RFC_8414.len() - 3];
    let followed = format!("{RFC_8414} and more");
    let deep = format!("{{\"a\":{}", "[".repeat(200_000));
    let words: [&[u8]; 12] = [
        b"",
        b" ",
        b"null",
        b"42",
        b"\"issuer\"",
        b"[]",
        b"[{\"issuer\":\"https://id.example\"}]",
        b"<!doctype html><title>Sign in</title>",
        b"{\"issuer\":\"https://id.example\xff\"}",
        truncated.as_bytes(),
        followed.as_bytes(),
        deep.as_bytes(),
    ];
    for document in words {
        let shown = String::from_utf8_lossy(&document[..document.len().min(60)]).into_owned();
        assert_eq!(read(ISSUER, document, &[]), Err(NoMetadata::NotAnObject), "{shown}");
    }
    let utf16: Vec<u8> = RFC_8414.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(ISSUER, &utf16, &[]), Err(NoMetadata::NotAnObject));
}

// A1, A10, S7, S9, P4
#[test]
fn metadata_that_cannot_be_used_is_refused_by_member() {
    let long = format!("https://id.example/{}", "a".repeat(MAX_TEXT));
    let many = vec!["x"; MAX_ITEMS + 1];
    let par = "pushed_authorization_request_endpoint";
    for (changes, member) in [
        (json!({"authorization_endpoint": null}), "authorization_endpoint"),
        (json!({"authorization_endpoint": ""}), "authorization_endpoint"),
        (json!({"authorization_endpoint": "/authorize"}), "authorization_endpoint"),
        (json!({"authorization_endpoint": "myapp://authorize"}), "authorization_endpoint"),
        (json!({"authorization_endpoint": "javascript:alert(1)"}), "authorization_endpoint"),
        (json!({"authorization_endpoint": "http://id.example/authorize"}), "authorization_endpoint"),
        (json!({"authorization_endpoint": "https://id.example/authorize#x"}), "authorization_endpoint"),
        (json!({"token_endpoint": null}), "token_endpoint"),
        (json!({"token_endpoint": ["https://id.example/token"]}), "token_endpoint"),
        (json!({"token_endpoint": 7}), "token_endpoint"),
        (json!({"token_endpoint": "https://user:password@id.example/token"}), "token_endpoint"),
        (json!({"token_endpoint": "https://id.example/to ken"}), "token_endpoint"),
        (json!({"token_endpoint": " https://id.example/token"}), "token_endpoint"),
        (json!({"token_endpoint": "https:\\\\id.example\\token"}), "token_endpoint"),
        (json!({"token_endpoint": "https://id.example:0/token"}), "token_endpoint"),
        (json!({"token_endpoint": "https://"}), "token_endpoint"),
        (json!({"token_endpoint": "file:///etc/passwd"}), "token_endpoint"),
        (json!({"token_endpoint": "http://127.0.0.1:4000/token"}), "token_endpoint"),
        (json!({"token_endpoint": "https://127.0.0.1/token"}), "token_endpoint"),
        (json!({"token_endpoint": "https://169.254.169.254/latest"}), "token_endpoint"),
        (json!({"token_endpoint": "https://[::ffff:10.0.0.1]/token"}), "token_endpoint"),
        (json!({"token_endpoint": "https://localhost/token"}), "token_endpoint"),
        (json!({"token_endpoint": "https://router.lan/token"}), "token_endpoint"),
        (json!({"token_endpoint": long}), "token_endpoint"),
        (json!({"userinfo_endpoint": "http://id.example/userinfo"}), "userinfo_endpoint"),
        (json!({"userinfo_endpoint": {"url": "https://id.example/userinfo"}}), "userinfo_endpoint"),
        (json!({"revocation_endpoint": "https://192.168.1.1/revoke"}), "revocation_endpoint"),
        (json!({"introspection_endpoint": "introspect"}), "introspection_endpoint"),
        (json!({"registration_endpoint": "data:text/plain,x"}), "registration_endpoint"),
        (json!({"device_authorization_endpoint": false}), "device_authorization_endpoint"),
        (json!({"jwks_uri": "http://id.example/jwks"}), "jwks_uri"),
        (json!({"end_session_endpoint": "https://id.example/end#top"}), "end_session_endpoint"),
        (json!({par: "ftp://id.example/par"}), par),
        (json!({"require_pushed_authorization_requests": true}), par),
        (json!({"require_pushed_authorization_requests": "yes"}), "require_pushed_authorization_requests"),
        (json!({"response_types_supported": ["token", "id_token"]}), "response_types_supported"),
        (json!({"response_types_supported": ["CODE"]}), "response_types_supported"),
        (json!({"response_types_supported": ["code id_token"]}), "response_types_supported"),
        (json!({"response_types_supported": "code"}), "response_types_supported"),
        (json!({"response_types_supported": [["code"]]}), "response_types_supported"),
        (json!({"response_modes_supported": ["form_post", "fragment"]}), "response_modes_supported"),
        (json!({"grant_types_supported": ["client_credentials"]}), "grant_types_supported"),
        (json!({"code_challenge_methods_supported": ["plain"]}), "code_challenge_methods_supported"),
        (json!({"code_challenge_methods_supported": ["s256"]}), "code_challenge_methods_supported"),
        (json!({"code_challenge_methods_supported": {"S256": true}}), "code_challenge_methods_supported"),
        (json!({"code_challenge_methods_supported": many}), "code_challenge_methods_supported"),
        (
            json!({"code_challenge_methods_supported": ["S256", "x".repeat(MAX_TEXT + 1)]}),
            "code_challenge_methods_supported",
        ),
        (
            json!({"authorization_response_iss_parameter_supported": "true"}),
            "authorization_response_iss_parameter_supported",
        ),
        (
            json!({"authorization_response_iss_parameter_supported": 1}),
            "authorization_response_iss_parameter_supported",
        ),
        (
            json!({"token_endpoint_auth_methods_supported": "client_secret_basic"}),
            "token_endpoint_auth_methods_supported",
        ),
        (json!({"id_token_signing_alg_values_supported": [256]}), "id_token_signing_alg_values_supported"),
        (json!({"dpop_signing_alg_values_supported": {}}), "dpop_signing_alg_values_supported"),
        (json!({"scopes_supported": "openid"}), "scopes_supported"),
        (json!({"require_signed_request_object": true}), "require_signed_request_object"),
    ] {
        let (refused, why) = refused(changes.clone());
        assert_eq!(refused, member, "{changes}: {why}");
        assert!(why.starts_with(&format!("{member}: ")) && why.len() < 300, "{changes}: {why}");
    }
}

#[test]
fn all_that_is_wrong_is_named_in_the_order_of_importance() {
    let changes = json!({
        "token_endpoint": "http://id.example/token",
        "code_challenge_methods_supported": ["plain"],
        "jwks_uri": 7,
    });
    let (_, all) = refused(changes);
    let members: Vec<&str> = all.split("; ").filter_map(|problem| problem.split(": ").next()).collect();
    assert!(members.starts_with(&["token_endpoint"]) && members.contains(&"code_challenge_methods_supported"), "{all}");
    assert_eq!(members.last(), Some(&"jwks_uri"), "{all}");
}

proptest! {
    // S3
    #[test]
    fn hostile_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "\\PC{0,200}") {
        let _ = read(ISSUER, &bytes, &[]);
        let _ = read(ISSUER, text.as_bytes(), &[]);
    }

    // S3, S9: whatever an endpoint is, it is refused or it is an https URL on the internet
    #[test]
    fn hostile_endpoints_never_become_local_ones(endpoint in "(https?|ftp|HTTPS)://([a-z0-9.:@/\\\\?#\\[\\]%-]{0,40}|127\\.0\\.0\\.1|localhost)(/[a-z]{0,5})?") {
        if let Ok(provider) = read_for(ISSUER, &with(json!({"token_endpoint": endpoint}))).unwrap().provider() {
            prop_assert_eq!(provider.token_endpoint.scheme(), "https");
            prop_assert!(!crate::net::address::is_local(&provider.token_endpoint));
        }
    }

    // S3: a member of any type
    #[test]
    fn hostile_members_never_panic(
        name in prop::sample::select(vec!["issuer", "token_endpoint", "jwks_uri", "scopes_supported", "require_pushed_authorization_requests"]),
        value in prop::sample::select(vec!["null", "{}", "[]", "[[[[]]]]", "1e999", "-0", "true", "\"\"", "\"\\u0000\"", "[null]", "{\"a\":[1]}"]),
    ) {
        let mut document = document().to_string();
        document.insert_str(1, &format!("\"{name}\":{value},"));
        let _ = read(ISSUER, document.as_bytes(), &[]);
        let last = format!("{},\"{name}\":{value}}}", &document[..document.len() - 1]);
        let _ = read(ISSUER, last.as_bytes(), &[]);
    }
}
