use super::*;
use crate::provider::TokenEncoding;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::HashMap;
use url::form_urlencoded;

fn client() -> Client {
    Client { id: "1406020730".into(), secret: None }
}

fn provider() -> Provider {
    Provider::custom("https://server.example.com", "https://server.example.com/a", "https://server.example.com/token")
        .unwrap()
}

/// Masks nothing but what it is given.
fn scrub(text: &str, secrets: &[&Secret]) -> String {
    secrets.iter().fold(text.to_owned(), |text, secret| text.replace(secret.expose(), "[redacted]"))
}

fn read_text(status: u16, body: &str) -> Result<DeviceAuthorization, OAuthFailure> {
    read_at("https://server.example.com/device", status, body)
}

fn read_at(endpoint: &str, status: u16, body: &str) -> Result<DeviceAuthorization, OAuthFailure> {
    let response = EndpointResponse { status, retry_after: None, body: body.as_bytes(), scrub: &scrub };
    read(&response, &endpoint.parse().unwrap(), &[])
}

/// The example of RFC 8628 3.2.
fn example() -> Value {
    json!({
        "device_code": "GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS",
        "user_code": "WDJB-MJHT",
        "verification_uri": "https://example.com/device",
        "verification_uri_complete": "https://example.com/device?user_code=WDJB-MJHT",
        "expires_in": 1800,
        "interval": 5
    })
}

/// The example with other values. `null` removes a member.
fn read_with(changes: Value) -> Result<DeviceAuthorization, OAuthFailure> {
    let mut body = example();
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    body.as_object_mut().unwrap().retain(|_, value| !value.is_null());
    read_text(200, &body.to_string())
}

fn judged(status: u16, retry_after: Option<u64>, body: &str) -> Judgement {
    let retry_after = retry_after.map(Duration::from_secs);
    let response = EndpointResponse { status, retry_after, body: body.as_bytes(), scrub: &scrub };
    judge(&token::read(&response, token::TokenType::Bearer).unwrap_err())
}

// RFC 8628 3.1, 3.2, 3.4: the examples
#[test]
fn the_requests_and_the_response_are_those_of_the_standard() {
    let endpoint = Url::parse("https://server.example.com/device_authorization").unwrap();
    let scopes = ["example_scope".to_owned()];
    let request = authorization_request(&endpoint, &provider(), &client(), &scopes, &[]).unwrap().unwrap();
    assert_eq!(request.uri(), endpoint.as_str());
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(request.body(), "scope=example_scope&client_id=1406020730");

    let codes = read_text(200, &example().to_string()).unwrap();
    let expected = DeviceAuthorization {
        device_code: Secret::new("GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS"),
        user_code: "WDJB-MJHT".into(),
        verification_uri: "https://example.com/device".parse().unwrap(),
        verification_uri_complete: Some("https://example.com/device?user_code=WDJB-MJHT".parse().unwrap()),
        expires_in: Duration::from_secs(1800),
        interval: Duration::from_secs(5),
    };
    assert_eq!(codes, expected);

    let request = token_request(&provider(), &client(), &codes.device_code).unwrap();
    let form = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code\
                &device_code=GmRhmhcxhwAzkoEqiMEg_DnyEysNkuNhszIySk9eS&client_id=1406020730";
    assert_eq!(request.body(), form);
}

#[test]
fn a_provider_with_a_json_token_endpoint_gets_json() {
    let provider = Provider { token_encoding: TokenEncoding::CamelCaseJson, ..provider() };
    let request = token_request(&provider, &client(), &Secret::new("CODE")).unwrap();
    let expected = json!({"grantType": GRANT_TYPE, "deviceCode": "CODE", "clientId": "1406020730"});
    assert_eq!(serde_json::from_slice::<Value>(request.body()).unwrap(), expected);
}

#[test]
fn the_apps_parameters_are_sent_and_cannot_replace_those_of_the_protocol() {
    let endpoint = Url::parse("https://server.example.com/device_authorization").unwrap();
    let ask = |scopes: &[&str], extra: &[(&str, &str)]| {
        let scopes: Vec<String> = scopes.iter().map(ToString::to_string).collect();
        let extra: Vec<_> = extra.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        authorization_request(&endpoint, &provider(), &client(), &scopes, &extra)
    };
    let request = ask(&["a", "b"], &[("login_hint", "a@example.com")]).unwrap().unwrap();
    let form: HashMap<_, _> = form_urlencoded::parse(request.body()).into_owned().collect();
    let expected = [("client_id", "1406020730"), ("scope", "a b"), ("login_hint", "a@example.com")];
    assert_eq!(form, expected.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
    for name in OWN_PARAMETERS {
        assert!(ask(&[], &[(name, "x")]).is_err(), "{name}");
    }
    assert!(ask(&["a b"], &[]).is_err());
}

#[test]
fn a_secret_of_a_confidential_client_is_sent() {
    let endpoint = Url::parse("https://server.example.com/device_authorization").unwrap();
    let confidential = Client { secret: Some(Secret::new("s3cret")), ..client() };
    let request = authorization_request(&endpoint, &provider(), &confidential, &[], &[]).unwrap().unwrap();
    assert!(request.headers().contains_key("authorization"));
    assert_eq!(request.body(), "client_id=1406020730");
}

#[test]
fn codes_are_found_in_every_wrapping() {
    let camel = r#"{"deviceCode":"D","userCode":"U-1","verificationUri":"https://example.com/d","expiresIn":"900","interval":"7"}"#;
    let enveloped = format!(r#"{{"success":true,"data":{camel}}}"#);
    let google = r#"{"device_code":"D","user_code":"U-1","verification_url":"https://example.com/d","expires_in":900,"interval":7}"#;
    for body in [camel, &enveloped, google, &format!("\u{feff}[{google}]")] {
        let codes = read_text(200, body).unwrap();
        assert_eq!((codes.device_code.expose(), codes.user_code.as_str()), ("D", "U-1"), "{body}");
        assert_eq!(codes.verification_uri.as_str(), "https://example.com/d");
        assert_eq!((codes.expires_in.as_secs(), codes.interval.as_secs()), (900, 7), "{body}");
        assert_eq!(codes.verification_uri_complete, None);
    }
}

// T1 in spirit: a code is not lost over a number
#[test]
fn odd_times_are_bounded() {
    let lifetime = |value: Value| read_with(json!({"expires_in": value})).unwrap().expires_in.as_secs();
    for (value, expected) in [
        (json!(null), 600),
        (json!(0), 600),
        (json!(-5), 600),
        (json!("soon"), 600),
        (json!({}), 600),
        (json!("NaN"), 600),
        (json!("1800"), 1800),
        (json!(900.5), 901),
        (json!(1), 1),
        (json!(1e300), 3600),
        (json!("inf"), 3600),
    ] {
        assert_eq!(lifetime(value.clone()), expected, "{value}");
    }
    let interval = |value: Value| read_with(json!({"interval": value})).unwrap().interval.as_secs();
    for (value, expected) in [
        (json!(null), 5),
        (json!(0), 5),
        (json!(0.5), 5),
        (json!(-1), 5),
        (json!([]), 5),
        (json!("10"), 10),
        (json!(5.2), 6),
        (json!(1), 1),
        (json!(5000), 60),
        (json!(1e300), 60),
    ] {
        assert_eq!(interval(value.clone()), expected, "{value}");
    }
}

// S7, S10: what a user is shown, and where it leads
#[test]
fn what_cannot_be_shown_or_opened_is_refused() {
    for (name, value) in [
        ("verification_uri", json!(null)),
        ("verification_uri", json!("")),
        ("verification_uri", json!("/device")),
        ("verification_uri", json!("http://example.com/device")),
        ("verification_uri", json!("javascript:alert(1)")),
        ("verification_uri", json!("ftp://example.com/device")),
        ("verification_uri", json!("https://example.com@evil.example/device")),
        ("verification_uri", json!("https://example.com@evil.example/device#x")),
        ("verification_uri", json!(format!("https://example.com/{}", "a".repeat(2048)))),
        ("user_code", json!(null)),
        ("user_code", json!("  ")),
        ("user_code", json!("AB\u{1b}[2J")),
        ("user_code", json!("AB\u{202e}CD")),
        ("user_code", json!("AB\nCD")),
        ("user_code", json!("A".repeat(65))),
        ("user_code", json!(["A", "B"])),
        ("device_code", json!(null)),
        ("device_code", json!("")),
        ("device_code", json!({})),
        ("device_code", json!("a".repeat(8193))),
    ] {
        let failure = read_with(json!({name: value.clone()})).unwrap_err();
        assert!(matches!(failure, OAuthFailure::Unreadable { status: 200, .. }), "{name} {value}: {failure}");
    }
    // S9: a provider on loopback may name a page there, one on the internet none in a local network
    for local in ["http://127.0.0.1:8414/device", "http://[::1]/device", "https://192.168.1.1/device"] {
        let body = json!({"verification_uri": local, "user_code": "U", "device_code": "D"}).to_string();
        assert!(read_at("http://127.0.0.1:8414/codes", 200, &body).is_ok(), "{local}");
        assert!(read_text(200, &body).is_err(), "{local}");
    }
    let body = read_with(json!({"verification_uri": "http://10.0.2.2/device"}));
    assert!(body.is_err());
    let development =
        json!({"verification_uri": "http://10.0.2.2/d", "user_code": "U", "device_code": "D"}).to_string();
    let response = EndpointResponse { status: 200, retry_after: None, body: development.as_bytes(), scrub: &scrub };
    let endpoint = "http://10.0.2.2/codes".parse().unwrap();
    assert!(read(&response, &endpoint, &["10.0.2.2".to_owned()]).is_ok());
}

#[test]
fn a_complete_address_that_cannot_be_used_is_left_out() {
    for value in ["http://example.com/device?user_code=A", "nonsense", "https://a@evil.example/"] {
        let codes = read_with(json!({"verification_uri_complete": value})).unwrap();
        assert_eq!(codes.verification_uri_complete, None, "{value}");
    }
    let with_fragment = read_with(json!({"verification_uri_complete": "https://example.com/#/device?c=A"})).unwrap();
    assert!(with_fragment.verification_uri_complete.is_some());
}

#[test]
fn a_refusal_keeps_the_servers_words() {
    for status in [200, 400, 401] {
        let failure = read_text(status, r#"{"error":"unauthorized_client","error_description":"Not this app"}"#);
        let expected = OAuthFailure::Refused {
            status,
            code: Some("unauthorized_client".into()),
            description: Some("Not this app".into()),
        };
        assert_eq!(failure.unwrap_err(), expected);
    }
    for (status, body) in [(200, "<html>"), (200, ""), (204, ""), (302, ""), (200, r#"{"data":{"data":{}}}"#)] {
        assert!(matches!(read_text(status, body), Err(OAuthFailure::Unreadable { .. })), "{status} {body}");
    }
}

// RFC 8628 3.5
#[test]
fn every_answer_to_a_poll_has_its_meaning() {
    use Judgement::*;
    let asked = |seconds| Some(Duration::from_secs(seconds));
    for (status, retry_after, body, expected) in [
        (400, None, r#"{"error":"authorization_pending"}"#, Pending),
        (200, None, r#"{"error":"authorization_pending"}"#, Pending), // GitHub
        (428, None, r#"{"error":"authorization_pending"}"#, Pending), // Google
        (400, Some(5), r#"{"error":"authorization_pending"}"#, Pending),
        (400, None, r#"{"success":false,"error":{"code":"authorization_pending","message":"wait"}}"#, Pending),
        (400, None, r#"{"error":"slow_down"}"#, SlowDown { retry_after: None }),
        (200, None, r#"{"error":"slow_down","interval":10}"#, SlowDown { retry_after: None }),
        (403, None, r#"{"error":"slow_down"}"#, SlowDown { retry_after: None }),
        (429, Some(30), "", SlowDown { retry_after: asked(30) }),
        (503, Some(7), "<html>", Unavailable { retry_after: asked(7) }),
        (500, None, r#"{"error":"authorization_pending"}"#, Unavailable { retry_after: None }),
        (400, None, r#"{"error":"temporarily_unavailable"}"#, Unavailable { retry_after: None }),
        (400, None, r#"{"error":"access_denied"}"#, Denied),
        (400, Some(5), r#"{"error":"access_denied"}"#, Denied),
        (400, None, r#"{"error":"expired_token"}"#, Expired),
        (400, None, r#"{"error":"invalid_grant"}"#, Doubtful),
        (200, None, "<html>", Doubtful),
        (200, None, "", Doubtful),
        (302, None, "", Doubtful),
        (400, None, r#"{"error":"invalid_client"}"#, Refused),
        (401, None, "", Refused),
        (400, None, r#"{"error":"unsupported_grant_type"}"#, Refused),
        (400, None, r#"{"error":"something_new"}"#, Refused),
    ] {
        assert_eq!(judged(status, retry_after, body), expected, "{status} {body}");
    }
}

proptest! {
    // S3
    #[test]
    fn hostile_bytes_never_panic(status in 100_u16..600, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let response = EndpointResponse { status, retry_after: None, body: &bytes, scrub: &scrub };
        let _ = read(&response, &"https://server.example.com/codes".parse().unwrap(), &[]);
    }

    // S10, S7: whatever stands there, what is returned can be shown and opened
    #[test]
    fn what_is_returned_is_safe(code in "\\PC{0,20}|[\\x00-\\x1f\u{202e}A-Z]{0,9}", uri in "(https?|ftp)://[a-z@.:/#?]{1,20}", times in any::<f64>()) {
        let changes = json!({"user_code": code, "verification_uri": uri, "expires_in": times, "interval": times});
        if let Ok(codes) = read_with(changes) {
            prop_assert!(!codes.user_code.chars().any(char::is_control));
            prop_assert!(codes.verification_uri.scheme() == "https" && codes.verification_uri.username().is_empty());
            prop_assert!(codes.expires_in <= MAX_LIFETIME && codes.interval <= MAX_INTERVAL);
            prop_assert!(codes.expires_in >= Duration::from_secs(1) && codes.interval >= Duration::from_secs(1));
        }
    }
}
