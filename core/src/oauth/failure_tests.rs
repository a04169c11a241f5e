use super::*;
use proptest::prelude::*;

/// Masks nothing but what it is given.
fn scrub(text: &str, secrets: &[&Secret]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose(), "[redacted]"))
}

fn read_after(status: u16, retry_after: Option<u64>, body: &str) -> OAuthFailure {
    let retry_after = retry_after.map(Duration::from_secs);
    let response = EndpointResponse { status, retry_after, body: body.as_bytes(), scrub: &scrub };
    OAuthFailure::read(&response, "no token")
}

fn read(status: u16, body: &str) -> OAuthFailure {
    read_after(status, None, body)
}

// K6: the words of the server, in all their wrappings
#[test]
fn the_servers_words_reach_the_error() {
    for (status, body, code, words) in [
        (400, r#"{"error":"invalid_grant","error_description":"Code expired"}"#, Some("invalid_grant"), "Code expired"),
        (200, r#"{"success":false,"message":"Code expired"}"#, None, "Code expired"),
        (400, r#"{"success":false,"message":"Code expired","error":"EXPIRED"}"#, Some("EXPIRED"), "Code expired"),
        (400, r#"{"success":false,"message":"Code expired","error":null}"#, None, "Code expired"),
        (
            400,
            r#"{"error":{"message":"Code expired","type":"auth_error","code":400}}"#,
            Some("auth_error"),
            "Code expired",
        ),
        (400, r#"{"error":{"message":"Code expired","code":"invalid_grant"}}"#, Some("invalid_grant"), "Code expired"),
        (200, r#"{"error":{"message":"Code expired"}}"#, None, "Code expired"),
        (400, r#"{"detail":"Code expired"}"#, None, "Code expired"),
        (422, r#"{"detail":[{"msg":"Code expired","type":"missing"}]}"#, Some("missing"), "Code expired"),
        (400, r#"{"detail":{"error":{"message":"Code expired"}}}"#, None, "Code expired"),
        (400, r#"[{"error":{"message":"Code expired"}}]"#, None, "Code expired"),
        (400, r#"{"errors":[{"message":"Code expired"}]}"#, None, "Code expired"),
        (
            400,
            r#"{"error":"bad","error":"worse","message":"Code","message":"Code expired"}"#,
            Some("worse"),
            "Code expired",
        ),
        (400, "Code expired\n", None, "Code expired"),
        (404, "<html><head><TITLE>Not here</TITLE></head>", None, "Not here"),
        (400, r#"{"error":"x","error_uri":"https://id.example/x"}"#, Some("x"), "https://id.example/x"),
        (400, "\u{feff}{\"error\":\"x\",\"error_description\":\"Code expired\"}", Some("x"), "Code expired"),
        (400, "error=x&error_description=Code+expired", Some("x"), "Code expired"),
    ] {
        let failure = read(status, body);
        let expected =
            OAuthFailure::Refused { status, code: code.map(str::to_owned), description: Some(words.to_owned()) };
        assert_eq!(failure, expected, "{body}");
        assert!(Error::from(failure).to_string().contains(words), "{body}");
    }
}

// T5
#[test]
fn a_success_that_states_no_failure_is_unreadable_and_keeps_its_words() {
    for (body, detail) in [
        ("", "no token"),
        ("{}", "no token"),
        (r#"{"error":""}"#, "no token"),
        (r#"{"message":"Try again"}"#, "no token: Try again"),
        ("Try again", "no token: Try again"),
        (r#"{"data":{"error":"expired"}}"#, "no token: expired"),
        (r#"{"status":"error","reason":"Try again"}"#, "no token: Try again"),
        (r#"{"errcode":40029,"errmsg":"Try again"}"#, "no token: Try again"),
        (r#"{"access_token":"a"#, "no token"),
        ("\u{fffd}PNG", "no token"),
    ] {
        assert_eq!(read(200, body), OAuthFailure::Unreadable { status: 200, detail: detail.to_owned() }, "{body}");
    }
    let redirect: Error = read(302, "").into();
    assert_eq!(redirect.code(), "provider_unexpected_redirect");
}

// K5
#[test]
fn a_server_that_asks_to_wait_is_told_apart_from_one_that_refuses() {
    let wait = Some(Duration::from_secs(120));
    for (status, retry_after, body) in [
        (429, Some(120), ""),
        (429, Some(120), r#"{"error":"invalid_grant"}"#),
        (400, Some(120), r#"{"error":"slow_down"}"#),
        (200, Some(120), r#"{"error":"slow_down"}"#),
        (503, Some(120), r#"{"error":{"code":"slow_down"}}"#),
        (403, Some(120), r#"{"message":"secondary rate limit"}"#),
        (403, Some(120), r#"{"error":"too_many_attempts"}"#),
    ] {
        let error: Error = read_after(status, retry_after, body).into();
        assert!(
            matches!(error, Error::RateLimited { retry_after, .. } if retry_after == wait),
            "{status} {body}: {error}"
        );
    }
    assert!(matches!(Error::from(read(429, "")), Error::RateLimited { retry_after: None, .. }));
    assert!(matches!(Error::from(read(400, r#"{"error":"slow_down"}"#)), Error::RateLimited { .. }));
    for (status, body) in [(503, ""), (500, "x"), (408, ""), (400, r#"{"error":"temporarily_unavailable"}"#)] {
        let error: Error = read_after(status, Some(120), body).into();
        let is_it = matches!(&error, Error::Provider { kind: ProviderErrorKind::Unavailable, retry_after, .. } if *retry_after == wait);
        assert!(is_it, "{status} {body}: {error}");
    }
    // Waiting brings an ended grant back no more.
    assert!(read_after(400, Some(120), r#"{"error":"invalid_grant"}"#).ends_the_grant());
}

// T6
#[test]
fn only_the_code_itself_ends_a_grant() {
    for body in [r#"{"error":"invalid_grant"}"#, r#"{"error":{"code":"invalid_grant"}}"#] {
        assert!(read(400, body).ends_the_grant(), "{body}");
        assert!(read(401, body).ends_the_grant(), "{body}");
        assert!(!read(429, body).ends_the_grant(), "{body}");
        assert!(!read(500, body).ends_the_grant(), "{body}");
    }
    for body in [
        r#"{"error":"invalid_request","error_description":"invalid_grant"}"#,
        r#"{"error":"invalid_client","data":{"error":"invalid_grant"}}"#,
        "invalid_grant",
        // What another server said is quoted.
        r#"{"message":"{\"error\":\"invalid_grant\"}"}"#,
        r#"{"error":{"code":400,"message":"{\"error\":{\"type\":\"invalid_grant\"}}"}}"#,
        r#"{"error":{"message":"upstream: {\"error\":\"invalid_grant\"}"}}"#,
        r#"{"success":false,"error":"{\"error\":\"invalid_grant\"}"}"#,
        r#"<script>{"error":"invalid_grant"}</script>"#,
    ] {
        assert!(!read(400, body).ends_the_grant(), "{body}");
    }
}

proptest! {
    // S3
    #[test]
    fn hostile_bytes_never_panic(status in 100_u16..600, body in "\\PC{0,200}", json in "[\\[\\]{}\":,a0 ]{0,60}") {
        let _ = Error::from(read(status, &body)).to_string();
        let _ = Error::from(read(status, &json)).to_string();
        let _ = Error::from(read(status, &format!("{{\"error\":{json}}}"))).to_string();
    }
}
