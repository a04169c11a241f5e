use super::*;
use crate::error::ProviderErrorKind;
use crate::oauth::failure::EndpointResponse;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::time::{Duration, UNIX_EPOCH};

fn scrub(text: &str, _: &[&Secret]) -> String {
    text.to_owned()
}

fn response(status: u16, body: &str) -> EndpointResponse<'_> {
    EndpointResponse { status, retry_after: None, body: body.as_bytes(), scrub: &scrub }
}

fn registered(body: &str) -> RegisteredClient {
    read(&response(201, body), None).unwrap()
}

fn refused(status: u16, body: &str) -> Error {
    refusal(read(&response(status, body), None).unwrap_err(), "registering")
}

fn sent(metadata: &ClientMetadata) -> Value {
    serde_json::from_slice(&metadata.to_json(None).unwrap()).unwrap()
}

fn native() -> ClientMetadata {
    ClientMetadata::native_app("Receipts".into(), vec!["myapp://auth/callback".into()])
}

#[track_caller]
fn refuses(metadata: &ClientMetadata, named: &str) {
    match metadata.to_json(None).unwrap_err() {
        Error::InvalidInput { input, .. } => assert_eq!(input, named),
        other => panic!("{other}"),
    }
}

// RFC 7591 3.2.1, its example
const REGISTERED: &str = r#"{
  "client_id": "s6BhdRkqt3",
  "client_secret": "cf136dc3c1fc93f31185e5885805d",
  "client_id_issued_at": 2893256800,
  "client_secret_expires_at": 2893276800,
  "redirect_uris": ["https://client.example.org/callback", "https://client.example.org/callback2"],
  "grant_types": ["authorization_code", "refresh_token"],
  "client_name": "My Example Client",
  "client_name#ja-Jpan-JP": "\u30AF\u30E9\u30A4\u30A2\u30F3\u30C8\u540D",
  "token_endpoint_auth_method": "client_secret_basic",
  "logo_uri": "https://client.example.org/logo.png",
  "jwks_uri": "https://client.example.org/my_public_keys.jwks",
  "example_extension_parameter": "example_value"
}"#;

// RFC 7591 3.1, its example
#[test]
fn the_standards_request_is_written_as_it_stands_there() {
    let metadata = ClientMetadata {
        redirect_uris: vec![
            "https://client.example.org/callback".into(),
            "https://client.example.org/callback2".into(),
        ],
        client_name: Some("My Example Client".into()),
        token_endpoint_auth_method: Some("client_secret_basic".into()),
        logo_uri: Some("https://client.example.org/logo.png".into()),
        extra_json: Some(
            r#"{"client_name#ja-Jpan-JP": "クライアント名", "jwks_uri": "https://client.example.org/my_public_keys.jwks",
                "example_extension_parameter": "example_value"}"#
                .into(),
        ),
        ..ClientMetadata::default()
    };
    let endpoint = Url::parse("https://server.example.com/register").unwrap();
    let request = register(&endpoint, &metadata, Some(&Secret::new("ey23f2.adfj230.af32-developer321"))).unwrap();
    assert_eq!((request.method(), request.uri().path()), (&Method::POST, "/register"));
    assert_eq!(request.headers()["content-type"], "application/json");
    assert_eq!(request.headers()["accept"], "application/json");
    assert_eq!(request.headers()["authorization"], "Bearer ey23f2.adfj230.af32-developer321");
    assert!(request.headers()["authorization"].is_sensitive());
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    let expected = json!({
        "redirect_uris": ["https://client.example.org/callback", "https://client.example.org/callback2"],
        "client_name": "My Example Client",
        "client_name#ja-Jpan-JP": "クライアント名",
        "token_endpoint_auth_method": "client_secret_basic",
        "logo_uri": "https://client.example.org/logo.png",
        "jwks_uri": "https://client.example.org/my_public_keys.jwks",
        "example_extension_parameter": "example_value",
    });
    assert_eq!(body, expected);
    assert!(!register(&endpoint, &metadata, None).unwrap().headers().contains_key("authorization"));
}

// RFC 8252 8.5: an app has no secret to ask for
#[test]
fn an_app_registers_as_native_and_without_a_secret() {
    let expected = json!({
        "redirect_uris": ["myapp://auth/callback"],
        "client_name": "Receipts",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "token_endpoint_auth_method": "none",
        "application_type": "native",
    });
    assert_eq!(sent(&native()), expected);
    let scopes = ClientMetadata { scopes: vec!["openid".into(), "email".into()], ..native() };
    assert_eq!(sent(&scopes)["scope"], "openid email");
}

// RFC 7592 2.2: the request names the client and nothing that the provider gives
#[test]
fn a_change_names_the_client_and_gives_no_secret() {
    let uri = Url::parse("https://server.example.com/register/s6BhdRkqt3").unwrap();
    let client = registered(REGISTERED);
    let request = update(&uri, &Secret::new("reg-23410913"), &client.client_id, &client.metadata).unwrap();
    assert_eq!((request.method(), request.uri().to_string()), (&Method::PUT, uri.to_string()));
    let body: Value = serde_json::from_slice(request.body()).unwrap();
    let mut expected: Value = serde_json::from_str(REGISTERED).unwrap();
    for name in &OF_REGISTRATION[1..] {
        expected.as_object_mut().unwrap().remove(*name);
    }
    assert_eq!(body, expected);
    let request = manage(Method::DELETE, &uri, &Secret::new("reg-23410913")).unwrap();
    assert_eq!((request.method(), request.body().len()), (&Method::DELETE, 0));
    assert_eq!(request.headers()["authorization"], "Bearer reg-23410913");
    let unsendable = manage(Method::GET, &uri, &Secret::new("a\r\nb")).unwrap_err();
    assert!(matches!(&unsendable, Error::InvalidInput { input, .. } if input == "registration_access_token"));
    assert!(!format!("{unsendable:?}").contains("a\\r"), "{unsendable:?}");
}

#[test]
fn what_no_provider_can_register_is_refused_and_named() {
    let with = |change: fn(&mut ClientMetadata)| {
        let mut metadata = native();
        change(&mut metadata);
        metadata
    };
    refuses(&with(|it| it.redirect_uris.clear()), "redirect_uris");
    refuses(&ClientMetadata::default(), "redirect_uris");
    for uri in
        ["", "javascript:alert(1)", "http://app.example/callback", "myapp://a#b", "my app://a", "data:text/html,x"]
    {
        refuses(&ClientMetadata { redirect_uris: vec![uri.into()], ..native() }, "redirect_uris");
    }
    refuses(&with(|it| it.client_uri = Some("javascript:alert(1)".into())), "client_uri");
    refuses(&with(|it| it.logo_uri = Some("logo.png".into())), "logo_uri");
    refuses(&with(|it| it.scopes = vec!["openid email".into()]), "scopes");
    refuses(&with(|it| it.grant_types = vec!["".into()]), "grant_types");
    refuses(&with(|it| it.token_endpoint_auth_method = Some("no ne".into())), "token_endpoint_auth_method");
    refuses(&with(|it| it.extra_json = Some("[]".into())), "extra_json");
    refuses(&with(|it| it.extra_json = Some(r#"{"client_name":"Other"}"#.into())), "extra_json");
    refuses(&with(|it| it.client_name = Some("x".repeat(70_000))), "metadata");
    for name in OF_REGISTRATION {
        refuses(&ClientMetadata { extra_json: Some(json!({ name: "x" }).to_string()), ..native() }, "extra_json");
    }
    // A client without a callback needs no redirect URI.
    let server = ClientMetadata { grant_types: vec!["client_credentials".into()], ..ClientMetadata::default() };
    assert_eq!(sent(&server), json!({ "grant_types": ["client_credentials"] }));
}

// RFC 7591 3.2.1
#[test]
fn the_standards_response_is_read_whole() {
    let client = registered(REGISTERED);
    assert_eq!(client.client_id, "s6BhdRkqt3");
    assert_eq!(client.client_secret, Some(Secret::new("cf136dc3c1fc93f31185e5885805d")));
    assert_eq!(client.client_id_issued_at, Some(UNIX_EPOCH + Duration::from_secs(2_893_256_800)));
    assert_eq!(client.client_secret_expires_at, Some(UNIX_EPOCH + Duration::from_secs(2_893_276_800)));
    assert_eq!((client.registration_access_token, client.registration_client_uri), (None, None));
    assert_eq!(client.metadata.redirect_uris.len(), 2);
    assert_eq!(client.metadata.client_name.as_deref(), Some("My Example Client"));
    let extra: Value = serde_json::from_str(client.metadata.extra_json.as_deref().unwrap()).unwrap();
    let names: Vec<&String> = extra.as_object().unwrap().keys().collect();
    assert_eq!(names, ["client_name#ja-Jpan-JP", "example_extension_parameter", "jwks_uri"]);
}

// RFC 7592 3, its example; S1
#[test]
fn the_token_of_the_management_is_read_and_shown_nowhere() {
    let client = registered(
        r#"{"registration_access_token": "reg-23410913-abewfq.123483",
            "registration_client_uri": "https://server.example.com/register/s6BhdRkqt3",
            "client_id": "s6BhdRkqt3", "client_secret": "cf136dc3c1fc93f31185e5885805d",
            "client_secret_expires_at": 0, "grant_types": ["authorization_code"], "scope": "a b"}"#,
    );
    assert_eq!(client.registration_access_token, Some(Secret::new("reg-23410913-abewfq.123483")));
    assert_eq!(client.registration_client_uri.as_ref().unwrap().path(), "/register/s6BhdRkqt3");
    assert_eq!(client.client_secret_expires_at, None, "0: it does not expire");
    assert_eq!((client.metadata.scopes.len(), &client.metadata.extra_json), (2, &None));
    let shown = format!("{client:?}");
    assert!(!shown.contains("reg-23410913") && !shown.contains("cf136dc3"), "{shown}");
}

// P6: the client exists, and nothing else tells of it
#[test]
fn an_odd_member_costs_only_itself() {
    for body in [
        r#"{"client_id":"c","client_secret_expires_at":"soon","redirect_uris":"x","registration_client_uri":"not a uri"}"#,
        r#"{"client_id":"c","client_secret":"","registration_access_token":null,"grant_types":{},"scope":7}"#,
        r#"{"client_id":"c","client_secret":false,"error":null,"error_description":""}"#,
        r#"{"success":true,"data":{"client_id":"c"}}"#,
        "\u{feff}{\"client_id\":\"old\",\"client_id\":\"c\"}",
        r#"[{"client_id":"c"}]"#,
    ] {
        let client = registered(body);
        assert_eq!((client.client_id.as_str(), client.client_secret), ("c", None), "{body}");
        assert_eq!((client.registration_access_token, client.registration_client_uri), (None, None), "{body}");
    }
    assert_eq!(registered(r#"{"client_id":42}"#).client_id, "42");
    assert_eq!(registered(r#"{"client_id":"c","client_secret_expires_at":5}"#).client_secret_expires_at, None);
}

#[test]
fn a_response_without_a_client_is_an_error() {
    for body in ["", "{}", "null", "<html>", r#"{"client_id":""}"#, r#"{"client_id":null}"#, r#"{"clientid":"c"}"#] {
        let error = refused(201, body);
        assert_eq!(error.code(), "provider_invalid_response", "{body}: {error}");
    }
    // T7: what is granted once is not lost for a word beside it
    for name in ["client_secret", "registration_access_token"] {
        let body = json!({ "client_id": "c", name: "once", "error": "logo_uri was ignored" }).to_string();
        assert_eq!(registered(&body).client_id, "c", "{name}");
    }
    let beside = refused(200, r#"{"client_id":"c","error":"invalid_client_metadata"}"#);
    assert_eq!(beside.code(), "provider_bad_request", "{beside}");
    assert_eq!(refused(302, r#"{"client_id":"c"}"#).code(), "provider_unexpected_redirect");
    assert_eq!(refused(400, r#"{"client_id":"c"}"#).code(), "provider_bad_request");
}

// RFC 7591 3.2.2
#[test]
fn each_refusal_has_its_kind_and_the_servers_code() {
    let cases = [
        (400, "invalid_redirect_uri", "provider_redirect_uri_refused"),
        (400, "invalid_client_metadata", "provider_bad_request"),
        (400, "invalid_software_statement", "provider_bad_request"),
        (400, "unapproved_software_statement", "provider_bad_request"),
        (401, "invalid_token", "provider_forbidden"),
        (403, "access_denied", "provider_forbidden"),
        (404, "not_found", "provider_not_found"),
        (429, "slow_down", "rate_limited"),
        (503, "temporarily_unavailable", "provider_unavailable"),
    ];
    for (status, code, expected) in cases {
        let body = json!({ "error": code, "error_description": "One or more values are invalid" }).to_string();
        let error = refused(status, &body);
        assert_eq!(error.code(), expected, "{code}: {error}");
        assert!(error.to_string().contains("One or more values are invalid"), "{error}");
        if let Error::Provider { provider_code: Some(named), kind, .. } = &error {
            assert_eq!(named, code);
            assert_ne!(*kind, ProviderErrorKind::SignInRefused, "nobody signed in");
        }
    }
    for status in [405, 501] {
        assert_eq!(refused(status, "").to_string(), "not supported: registering");
    }
}

// RFC 7592 2.1, 2.2: a new secret, token or address replaces the old one, and what is left out stays
#[test]
fn what_a_later_response_leaves_out_stays_and_what_it_names_is_replaced() {
    let known = registered(
        r#"{"client_id":"c","client_secret":"old","client_id_issued_at":5,"registration_access_token":"old-token",
            "registration_client_uri":"https://as.example/register/c","token_endpoint_auth_method":"client_secret_basic"}"#,
    );
    let later = |body: &str| read(&response(200, body), Some(&known)).unwrap();
    let same = later(r#"{"client_id":"c","client_name":"New"}"#);
    assert_eq!(same.client_secret, known.client_secret);
    assert_eq!(same.registration_access_token, known.registration_access_token);
    assert_eq!(same.registration_client_uri, known.registration_client_uri);
    assert_eq!((same.client_id_issued_at, same.metadata.client_name), (known.client_id_issued_at, Some("New".into())));
    let new = later(r#"{"client_id":"c","client_secret":"new","registration_access_token":"new-token"}"#);
    assert_eq!(new.client_secret, Some(Secret::new("new")));
    assert_eq!(new.registration_access_token, Some(Secret::new("new-token")));
    let public = later(r#"{"client_id":"c","token_endpoint_auth_method":"none"}"#);
    assert_eq!(public.client_secret, None, "it has none any more");
    let other = read(&response(200, r#"{"client_id":"d"}"#), Some(&known)).unwrap_err();
    assert!(other.to_string().contains("another client"), "{other}");
}

proptest! {
    // S8
    #[test]
    fn hostile_bytes_never_panic(status in 100_u16..600, body in proptest::collection::vec(any::<u8>(), 0..300)) {
        let response = EndpointResponse { status, retry_after: None, body: &body, scrub: &scrub };
        let _ = read(&response, None);
    }

    #[test]
    fn damaged_responses_never_panic(cut in 0..REGISTERED.len(), byte: u8) {
        let mut body = REGISTERED.as_bytes().to_vec();
        body[cut] = byte;
        let response = EndpointResponse { status: 201, retry_after: None, body: &body, scrub: &scrub };
        if let Ok(client) = read(&response, None) {
            prop_assert!(!client.client_id.is_empty());
        }
    }
}
