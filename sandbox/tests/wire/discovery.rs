//! `GET /.well-known/oauth-authorization-server`.

use serde_json::json;

use crate::app::{App, read};

// wire: issuer; scopes `api:access`, `profile:read`; auth method `none`. A10: the issuer equals the one asked for
#[tokio::test]
async fn the_metadata_names_every_endpoint_below_the_issuer() {
    let app = App::start().await;
    let port = app.sandbox.base_url().port().unwrap();
    for issuer in [format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")] {
        let url = format!("{issuer}/.well-known/oauth-authorization-server");
        let response = app.http.get(url).header("origin", "https://app.example").send().await.unwrap();
        assert_eq!(response.headers()["access-control-allow-origin"], "*");
        let (status, metadata) = read(response).await;
        assert_eq!((status, &metadata["issuer"]), (200, &json!(issuer)));
        assert_eq!(metadata["scopes_supported"], json!(["api:access", "profile:read"]));
        assert_eq!(metadata["token_endpoint_auth_methods_supported"], json!(["none"]));
        // A1
        assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
        for (name, path) in [
            ("authorization_endpoint", "/oauth2/authorize"),
            ("token_endpoint", "/oauth2/token"),
            ("revocation_endpoint", "/oauth2/revoke"),
            ("userinfo_endpoint", "/oauth2/userinfo"),
            ("registration_endpoint", "/api/v1/oauth2/clients"),
        ] {
            assert_eq!(metadata[name], json!(format!("{issuer}{path}")));
        }
    }
}
