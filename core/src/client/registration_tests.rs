//! The flow of a registration against a scripted provider.

use super::*;
use crate::net::failure::HttpFailure;
use crate::net::scripted::{Scripted, ScriptedTransport, answer};
use serde_json::{Value, json};
use std::sync::Mutex;

const ENDPOINT: &str = "/register";
const CLIENT: &str = "/register/c1";

fn provider() -> Provider {
    let mut provider =
        Provider::custom("https://as.example", "https://as.example/authorize", "https://as.example/token").unwrap();
    provider.registration_endpoint = Some(Url::parse("https://as.example/register").unwrap());
    provider
}

fn metadata() -> ClientMetadata {
    ClientMetadata::native_app("Receipts".into(), vec!["myapp://auth/callback".into()])
}

/// A provider that answers with these, one after the other.
fn server(answers: Vec<Scripted>) -> (ClientRegistration, Arc<ScriptedTransport>) {
    let answers = Mutex::new(answers.into_iter());
    let transport = ScriptedTransport::new(move |_| {
        let next = answers.lock().unwrap().next().expect("no request is expected");
        async move { next }
    });
    (ClientRegistration::scripted(provider(), transport.clone()), transport)
}

fn registered(token: &str, name: &str) -> Scripted {
    let body = json!({
        "client_id": "c1", "client_name": name, "redirect_uris": ["myapp://auth/callback"],
        "registration_access_token": token, "registration_client_uri": "https://as.example/register/c1",
    });
    answer(201, body.to_string())
}

fn stored(uri: &str) -> RegisteredClient {
    RegisteredClient::stored("c1".into(), Secret::new("the-token"), Url::parse(uri).unwrap())
}

fn bearer(transport: &ScriptedTransport, path: &str) -> String {
    transport.last(path).headers()["authorization"].to_str().unwrap().to_owned()
}

// RFC 7591, RFC 7592
#[tokio::test(start_paused = true)]
async fn a_client_is_registered_read_changed_and_removed() {
    let gone = answer(401, r#"{"error":"invalid_token"}"#);
    let answers = vec![
        registered("t1", "Receipts"),
        registered("t2", "Receipts"),
        registered("t3", "Notes"),
        answer(204, ""),
        gone,
    ];
    let (registration, transport) = server(answers);
    let client = registration.register(metadata(), Some(Secret::new("initial"))).await.unwrap();
    assert_eq!((client.client_id.as_str(), bearer(&transport, ENDPOINT)), ("c1", "Bearer initial".into()));

    // The provider may give a new token at each reading: only the newest works.
    let mut client = registration.read(client).await.unwrap();
    assert_eq!(
        (client.registration_access_token.clone(), bearer(&transport, CLIENT)),
        (Some(Secret::new("t2")), "Bearer t1".into())
    );

    client.metadata.client_name = Some("Notes".into());
    let client = registration.update(client).await.unwrap();
    assert_eq!(
        (client.metadata.client_name.as_deref(), bearer(&transport, CLIENT)),
        (Some("Notes"), "Bearer t2".into())
    );
    let sent: Value = serde_json::from_slice(transport.last(CLIENT).body()).unwrap();
    assert_eq!((&sent["client_id"], &sent["client_name"]), (&json!("c1"), &json!("Notes")));
    assert!(sent.get("registration_access_token").is_none(), "{sent}");

    registration.delete(client.clone()).await.unwrap();
    let error = registration.read(client).await.unwrap_err();
    assert_eq!(error.code(), "provider_forbidden", "{error}");
    let expected =
        ["POST /register", "GET /register/c1", "PUT /register/c1", "DELETE /register/c1", "GET /register/c1"];
    assert_eq!(transport.requests(), expected);
}

#[tokio::test(start_paused = true)]
async fn without_an_endpoint_nothing_is_sent() {
    let transport = ScriptedTransport::new(|_| async { answer(500, "") });
    let provider = Provider { registration_endpoint: None, ..provider() };
    let registration = ClientRegistration::scripted(provider, transport.clone());
    let unsupported = |error: Error| assert!(matches!(&error, Error::Unsupported { .. }), "{error}");
    unsupported(registration.register(metadata(), None).await.unwrap_err());
    unsupported(registration.delete(stored("https://as.example/register/c1")).await.unwrap_err());
    assert!(transport.requests().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_registered_or_managed_is_not_sent() {
    let (registration, transport) = server(Vec::new());
    let no_uris = ClientMetadata { redirect_uris: Vec::new(), ..metadata() };
    let error = registration.register(no_uris, None).await.unwrap_err();
    assert!(matches!(&error, Error::InvalidInput { input, .. } if input == "redirect_uris"), "{error}");
    let without_token =
        RegisteredClient { registration_access_token: None, ..stored("https://as.example/register/c1") };
    let error = registration.read(without_token).await.unwrap_err();
    assert_eq!(error.code(), "unsupported");
    assert!(transport.requests().is_empty());
}

// A11: the token of a registration goes to the server that gave it, and to no other
#[tokio::test(start_paused = true)]
async fn the_token_goes_to_no_other_server() {
    let (registration, transport) = server(Vec::new());
    for uri in [
        "https://evil.example/register/c1",
        "http://as.example/register/c1",
        "https://as.example:8443/register/c1",
        "https://as.example.evil.example/register/c1",
        "https://user@as.example/register/c1",
        "https://as.example/register/c1#fragment",
        "myapp://as.example/register/c1",
    ] {
        for error in [
            registration.read(stored(uri)).await.unwrap_err(),
            registration.update(RegisteredClient { metadata: metadata(), ..stored(uri) }).await.unwrap_err(),
            registration.delete(stored(uri)).await.unwrap_err(),
        ] {
            let Error::InvalidInput { input, .. } = &error else { panic!("{uri}: {error}") };
            assert_eq!(input, "registration_client_uri", "{uri}");
            assert!(!format!("{error:?}").contains("the-token"));
        }
    }
    assert!(transport.requests().is_empty());
}

// A11, S1
#[tokio::test(start_paused = true)]
async fn a_redirect_is_not_followed_and_the_token_is_in_no_error() {
    let redirect = crate::net::scripted::with_header(answer(307, ""), "location", "https://evil.example/");
    let echo = answer(401, r#"{"error":"invalid_token","error_description":"the-token is unknown"}"#);
    let (registration, transport) = server(vec![redirect, echo, answer(405, "")]);
    let client = || stored("https://as.example/register/c1");
    assert_eq!(registration.read(client()).await.unwrap_err().code(), "provider_unexpected_redirect");
    let refused = registration.read(client()).await.unwrap_err();
    assert!(!format!("{refused:?}").contains("the-token"), "{refused:?}");
    // RFC 7592 2.3: not every provider lets a client remove itself.
    let unsupported = registration.delete(client()).await.unwrap_err();
    assert_eq!(unsupported.to_string(), "not supported: removing a client's registration");
    assert_eq!(transport.requests().len(), 3);
}

// P1: a registration that may have been made is not made again
#[tokio::test(start_paused = true)]
async fn a_registration_is_repeated_only_if_it_was_certainly_not_sent() {
    let not_sent = || Err(HttpFailure::NotSent { detail: "refused".into() });
    let (registration, transport) = server(vec![not_sent(), registered("t1", "Receipts")]);
    registration.register(metadata(), None).await.unwrap();
    assert_eq!(transport.count(ENDPOINT), 2);
    let (registration, transport) = server(vec![Err(HttpFailure::Broken { detail: "reset".into() })]);
    let error = registration.register(metadata(), None).await.unwrap_err();
    assert!(matches!(error, Error::Offline { maybe_sent: true, .. }), "{error}");
    assert_eq!(transport.count(ENDPOINT), 1);
}

// P4
#[tokio::test(start_paused = true)]
async fn an_endless_response_is_a_typed_error() {
    let endless = crate::net::scripted::chunks(201, (0..40).map(|_| Ok(vec![b' '; 64 * 1024].into())).collect());
    let (registration, _) = server(vec![endless]);
    assert_eq!(registration.register(metadata(), None).await.unwrap_err().code(), "provider_response_too_large");
}

// S7
#[test]
fn settings_that_would_send_secrets_in_clear_are_refused() {
    let plain =
        Provider { registration_endpoint: Some(Url::parse("http://as.example/register").unwrap()), ..provider() };
    let error = ClientRegistration::at(plain.clone(), Config::default(), None, true).unwrap_err();
    assert!(matches!(&error, Error::InvalidInput { input, .. } if input == "registration_endpoint"), "{error}");
    let config = Config { insecure_development_hosts: vec!["as.example".into()], ..Config::default() };
    let error = ClientRegistration::at(plain.clone(), config.clone(), None, false).unwrap_err();
    assert!(matches!(&error, Error::InvalidInput { input, .. } if input == "insecure_development_hosts"), "{error}");
    assert!(ClientRegistration::at(plain, config, None, true).is_ok());
}
