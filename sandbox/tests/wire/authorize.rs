//! `/oauth2/authorize`.

use aipass_sandbox::user_agent::{self, UserAgentError};
use reqwest::StatusCode;

use crate::app::{App, REDIRECT_URI, parameter};

// wire: redirect `myapp://auth/callback?code=…&state=…`
#[tokio::test]
async fn allowing_redirects_to_the_app_with_code_and_state() {
    let app = App::start().await;
    let callback = user_agent::consent(&app.authorization_url(&[])).await.unwrap();
    assert!(callback.as_str().starts_with("myapp://auth/callback?code="));
    assert_eq!(parameter(&callback, "state").as_deref(), Some("a state & more"));
}

// wire: redirect with `error`, `error_description`, `state`
#[tokio::test]
async fn denying_redirects_to_the_app_with_access_denied() {
    let app = App::start().await;
    let callback = user_agent::deny(&app.authorization_url(&[])).await.unwrap();
    assert_eq!(parameter(&callback, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(&callback, "state").as_deref(), Some("a state & more"));
    assert_eq!(parameter(&callback, "code"), None);
}

// RFC 6749 §4.1.2.1: never an open redirect. wire: path, case, port and trailing slash count
#[tokio::test]
async fn an_unknown_client_or_redirect_uri_is_refused_on_the_page() {
    let app = App::start().await;
    let wrong = [
        ("client_id", "client_124"),
        ("client_id", ""),
        ("redirect_uri", ""),
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", "myapp://auth/callback/"),
        ("redirect_uri", "myapp://auth/Callback"),
        ("redirect_uri", "MYAPP://auth/callback"),
        ("redirect_uri", "myapp://auth:80/callback"),
        ("redirect_uri", "myapp://auth/callback?x=1"),
        ("redirect_uri", "myapp://auth/callback#"),
    ];
    for change in wrong {
        let response = app.http.get(app.authorization_url(&[change])).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::BAD_REQUEST, "{change:?}");
        assert!(response.headers().get("location").is_none(), "{change:?}");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    }
    let refused = user_agent::consent(&app.authorization_url(&[("client_id", "nobody")])).await.unwrap_err();
    let UserAgentError::Refused { status: 400, text } = refused else { panic!("{refused}") };
    assert!(text.contains("No app is registered under this client_id."), "{text}");
}

// RFC 6749 §3.1: parameters must not be included more than once
#[tokio::test]
async fn a_second_redirect_uri_is_refused_on_the_page() {
    let app = App::start().await;
    let mut url = app.authorization_url(&[]);
    url.query_pairs_mut().append_pair("redirect_uri", REDIRECT_URI);
    assert_eq!(app.http.get(url).send().await.unwrap().status(), StatusCode::BAD_REQUEST);
}

// RFC 6749 §4.1.2.1, RFC 7636 §4.4.1. A1: S256 only
#[tokio::test]
async fn other_errors_go_to_the_app_with_its_state() {
    let app = App::start().await;
    let wrong = [
        ("code_challenge", "", "invalid_request"),
        ("code_challenge", "too-short", "invalid_request"),
        ("code_challenge_method", "plain", "invalid_request"),
        ("code_challenge_method", "", "invalid_request"),
        ("response_type", "token", "unsupported_response_type"),
        ("response_type", "", "invalid_request"),
        ("scope", "api:access everything", "invalid_scope"),
        ("scope", "", "invalid_scope"),
    ];
    for (name, value, error) in wrong {
        let callback = user_agent::consent(&app.authorization_url(&[(name, value)])).await.unwrap();
        assert!(callback.as_str().starts_with("myapp://auth/callback?"), "{name}={value}");
        assert_eq!(parameter(&callback, "error").as_deref(), Some(error), "{name}={value}");
        assert_eq!(parameter(&callback, "state").as_deref(), Some("a state & more"));
    }
}
