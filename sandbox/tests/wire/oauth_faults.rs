//! Faults of the endpoints that only other dialects have, and of what OpenID adds to the others.

use std::time::Duration;

use aipass_sandbox::{Alteration, Endpoint, Fault};
use serde_json::{Value, json};

use crate::app::{CLIENT_ID, parameter, read};
use crate::oauth_app::{OAuthApp, json_part, text};

/// The endpoints, and a request to each.
async fn ask(app: &OAuthApp, endpoint: Endpoint) -> reqwest::Result<reqwest::Response> {
    let form = |name: &str| {
        let body = format!("client_id={CLIENT_ID}&scope=openid&token=x");
        app.http.post(app.endpoint(name)).header("content-type", "application/x-www-form-urlencoded").body(body)
    };
    let request = match endpoint {
        Endpoint::Discovery => app.http.get(app.url("/.well-known/openid-configuration")),
        Endpoint::Jwks => app.http.get(app.endpoint("jwks_uri")),
        Endpoint::Introspect => form("introspection_endpoint"),
        Endpoint::Par => form("pushed_authorization_request_endpoint"),
        Endpoint::DeviceAuthorization => form("device_authorization_endpoint"),
        Endpoint::DevicePage => app.http.get(app.url("/device")),
        Endpoint::Logout => app.http.get(app.url("/logout")),
        Endpoint::Register => app.http.post(app.endpoint("registration_endpoint")),
        Endpoint::Clients => app.http.get(app.url("/register/client_1")),
        Endpoint::Token => form("token_endpoint"),
        Endpoint::Revoke => form("revocation_endpoint"),
        _ => app.http.get(app.endpoint("userinfo_endpoint")),
    };
    request.send().await
}

#[tokio::test]
async fn every_endpoint_takes_faults() {
    let app = OAuthApp::start().await;
    for endpoint in [
        Endpoint::Discovery,
        Endpoint::Jwks,
        Endpoint::Introspect,
        Endpoint::Par,
        Endpoint::DeviceAuthorization,
        Endpoint::DevicePage,
        Endpoint::Logout,
        Endpoint::Register,
        Endpoint::Clients,
        Endpoint::Token,
        Endpoint::Revoke,
        Endpoint::Userinfo,
    ] {
        for fault in
            [Fault::status(503), Fault::Garbage {}, Fault::Reset { bytes: None }, Fault::Delay { milliseconds: 1 }]
        {
            app.sandbox.add_fault(endpoint, fault, Some(1)).unwrap();
        }
        assert_eq!(ask(&app, endpoint).await.unwrap().status(), 503, "{endpoint:?}");
        let garbage = ask(&app, endpoint).await.unwrap().bytes().await.unwrap();
        assert!(garbage.starts_with(b"\xff\xfe"), "{endpoint:?}");
        assert!(ask(&app, endpoint).await.is_err(), "{endpoint:?}");
        assert_ne!(ask(&app, endpoint).await.unwrap().status(), 503, "{endpoint:?}");
    }
    let faults = app.sandbox.request_log().into_iter().filter_map(|record| record.fault).count();
    assert_eq!(faults, 48);
}

// A10, RFC 9207: another issuer, or none, in the metadata and in the callback
#[tokio::test]
async fn the_issuer_can_be_another_one_or_missing() {
    let app = OAuthApp::start().await;
    for (alteration, expected) in
        [(Alteration::WrongIssuer, Some("https://issuer.example")), (Alteration::MissingIssuer, None)]
    {
        app.sandbox.add_fault(Endpoint::Discovery, alteration.into(), Some(1)).unwrap();
        let metadata = read(ask(&app, Endpoint::Discovery).await.unwrap()).await.1;
        assert_eq!(metadata.get("issuer").and_then(Value::as_str), expected);
        app.sandbox.add_fault(Endpoint::Authorize, alteration.into(), Some(2)).unwrap();
        let callback = app.callback(&[]).await;
        assert_eq!(parameter(&callback, "iss").as_deref(), expected);
        assert_eq!(parameter(&callback, "state").as_deref(), Some("xyz"));
    }
}

// OpenID Connect Core §3.1.3.7
#[tokio::test]
async fn an_id_token_can_be_wrong_in_each_way() {
    let app = OAuthApp::start().await;
    let id_token = async |alteration: Alteration| {
        let code = app.code(&[]).await;
        app.sandbox.add_fault(Endpoint::Token, alteration.into(), Some(1)).unwrap();
        text(&read(app.exchange(&code).await).await.1, "id_token").to_owned()
    };
    for (alteration, claim, value) in [
        (Alteration::WrongIssuer, "iss", json!("https://issuer.example")),
        (Alteration::MissingIssuer, "iss", Value::Null),
        (Alteration::WrongNonce, "nonce", json!("another nonce")),
        (Alteration::WrongAudience, "aud", json!("another_client")),
    ] {
        let claims = app.verified(&id_token(alteration).await).await.unwrap();
        assert_eq!(claims[claim], value, "{alteration:?}");
    }
    let claims = app.verified(&id_token(Alteration::ExpiredIdToken).await).await.unwrap();
    assert_eq!(claims["exp"].as_i64().unwrap() - claims["iat"].as_i64().unwrap(), 3600);
    let published = app.keys().await[0]["kid"].clone();
    let impostor = id_token(Alteration::WrongKey).await;
    assert_eq!((json_part(&impostor, 0)["kid"].clone(), app.verified(&impostor).await), (published.clone(), None));
    let unknown = id_token(Alteration::UnknownKey).await;
    assert_ne!(json_part(&unknown, 0)["kid"], published);
    let unsigned = id_token(Alteration::UnsignedIdToken).await;
    assert_eq!(json_part(&unsigned, 0)["alg"], "none");
    assert!(unsigned.ends_with('.'), "{unsigned}");
}

#[tokio::test]
async fn keys_can_rotate_at_a_request_and_stand_among_others() {
    let app = OAuthApp::start().await;
    let known = app.keys().await;
    let code = app.code(&[]).await;
    app.sandbox.add_fault(Endpoint::Token, Fault::RotatedKeys {}, Some(1)).unwrap();
    let tokens = read(app.exchange(&code).await).await.1;
    let id = json_part(text(&tokens, "id_token"), 0)["kid"].clone();
    assert!(!known.iter().any(|key| key["kid"] == id));
    app.sandbox.add_fault(Endpoint::Jwks, Alteration::MixedKeys.into(), Some(1)).unwrap();
    let mixed = app.keys().await;
    assert_eq!(mixed.len(), 6);
    assert_eq!((&mixed[0]["kty"], &mixed[4]["kid"]), (&json!("future"), &id));
}

// OpenID Connect Core §5.3.2
#[tokio::test]
async fn userinfo_can_be_of_another_user() {
    let app = OAuthApp::start().await;
    let tokens = app.sign_in().await;
    app.sandbox.add_fault(Endpoint::Userinfo, Alteration::WrongSubject.into(), Some(1)).unwrap();
    assert_eq!(app.userinfo(text(&tokens, "access_token")).await.1["sub"], "user_999");
    app.sandbox.advance_clock(Duration::from_secs(1));
    assert_eq!(app.userinfo(text(&tokens, "access_token")).await.1["sub"], "user_123");
}
