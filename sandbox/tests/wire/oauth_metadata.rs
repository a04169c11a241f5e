//! The metadata of other dialects, and where it is.

use aipass_sandbox::Sandbox;
use serde_json::json;

use crate::app::read;
use crate::oauth_app::OAuthApp;

// RFC 8414 §3, OpenID Connect Discovery §4: the same document at both addresses
#[tokio::test]
async fn the_metadata_is_at_both_addresses_and_names_every_endpoint() {
    let app = OAuthApp::start().await;
    let issuer = app.sandbox.issuer();
    assert!(issuer.starts_with("http://127.0.0.1:") && !issuer.ends_with('/'), "{issuer}");
    assert_eq!(app.metadata["issuer"], json!(issuer));
    for path in ["/.well-known/oauth-authorization-server", "/.well-known/openid-configuration"] {
        let response = app.http.get(app.url(path)).header("origin", "https://app.example").send().await.unwrap();
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        assert_eq!(read(response).await, (200, app.metadata.clone()));
    }
    for (name, path) in [
        ("authorization_endpoint", "/authorize"),
        ("token_endpoint", "/token"),
        ("introspection_endpoint", "/introspect"),
        ("revocation_endpoint", "/revoke"),
        ("userinfo_endpoint", "/userinfo"),
        ("jwks_uri", "/jwks"),
        ("device_authorization_endpoint", "/device/code"),
        ("pushed_authorization_request_endpoint", "/par"),
        ("registration_endpoint", "/register"),
        ("end_session_endpoint", "/logout"),
    ] {
        assert_eq!(app.metadata[name], json!(format!("{issuer}{path}")));
    }
    assert_eq!(app.metadata["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(app.metadata["authorization_response_iss_parameter_supported"], true);
    assert_eq!(app.metadata["require_pushed_authorization_requests"], false);
    assert_eq!(app.metadata["id_token_signing_alg_values_supported"], json!(["ES256"]));
}

// A10: the issuer is the one that the client asked for
#[tokio::test]
async fn the_issuer_is_the_host_that_the_client_used() {
    let app = OAuthApp::start().await;
    let port = app.sandbox.base_url().port().unwrap();
    let url = format!("http://localhost:{port}/.well-known/openid-configuration");
    let metadata = read(app.http.get(url).send().await.unwrap()).await.1;
    assert_eq!(metadata["issuer"], json!(format!("http://localhost:{port}")));
}

#[tokio::test]
async fn another_dialect_has_no_endpoint_of_ai_pass() {
    let app = OAuthApp::start().await;
    for path in ["/oauth2/authorize", "/api/v1/usage/me/summary", "/api/v1/oauth2/clients"] {
        assert_eq!(app.http.get(app.url(path)).send().await.unwrap().status(), 404, "{path}");
    }
    // In the shape of its own errors.
    let missing = read(app.http.get(app.url("/nowhere")).send().await.unwrap()).await.1;
    assert_eq!(missing["error"], "not_found");
}

// RFC 8414 §3.1: the well-known path is inserted before the issuer's path
#[tokio::test]
async fn phaseos_metadata_is_at_the_inserted_path_and_below_the_issuer() {
    let app = OAuthApp::phaseo(Sandbox::builder()).await;
    let issuer = app.sandbox.issuer();
    assert!(issuer.ends_with("/oauth"), "{issuer}");
    assert_eq!(app.metadata["issuer"], json!(issuer));
    assert_eq!(app.sandbox.metadata_url().path(), "/.well-known/oauth-authorization-server/oauth");
    for path in ["/oauth/.well-known/oauth-authorization-server", "/oauth/.well-known/openid-configuration"] {
        assert_eq!(read(app.http.get(app.url(path)).send().await.unwrap()).await, (200, app.metadata.clone()));
    }
    assert_eq!(app.metadata["token_endpoint"], json!(format!("{issuer}/token")));
    assert_eq!(app.metadata["jwks_uri"], json!(format!("{issuer}/.well-known/jwks.json")));
    assert_eq!(app.metadata["scopes_supported"], json!(["openid", "email", "profile", "gateway:access"]));
    for name in ["registration_endpoint", "introspection_endpoint", "id_token_signing_alg_values_supported"] {
        assert!(app.metadata[name].is_null(), "{name}");
    }
}
