//! What servers publish about themselves (RFC 8414, OpenID Connect Discovery), read from three of them.

use crate::server::Server;
use aipass::{AiPass, Error, Provider, ProviderErrorKind, SignInOptions};
use aipass_tests::oidc_provider::{APP, APP_REDIRECT_URI, provider};
use serde_json::json;

/// Compares without what metadata does not say.
fn assert_same(discovered: Provider, described: Provider) {
    let as_described = Provider {
        loopback_port: described.loopback_port,
        default_scopes: described.default_scopes.clone(),
        ..discovered.clone()
    };
    assert_eq!(as_described, described);
    assert_eq!(discovered.default_scopes, ["openid"]);
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn everything_that_oidc_provider_offers_is_discovered() {
    let server = Server::oidc_provider().await;
    assert_same(Provider::discover(&server.issuer).await.unwrap(), provider(&server.issuer).unwrap());
}

// RFC 8414 3.1: the well-known path stands before the issuer's own
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn an_issuer_with_a_path_is_discovered() {
    let server = Server::oidc_provider_with(json!({ "path": "/tenant/one" })).await;
    assert!(server.issuer.ends_with("/tenant/one"), "{}", server.issuer);
    assert_same(Provider::discover(&server.issuer).await.unwrap(), provider(&server.issuer).unwrap());
}

// RFC 8414 3.3
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn metadata_of_an_issuer_that_is_spelt_otherwise_is_refused() {
    let server = Server::oidc_provider().await;
    for asked in [format!("{}/", server.issuer), server.issuer.replace("127.0.0.1", "localhost")] {
        let error = Provider::discover(&asked).await.unwrap_err();
        let kind = ProviderErrorKind::MetadataRefused;
        assert!(matches!(&error, Error::Provider { kind: given, .. } if *given == kind), "{asked}: {error:?}");
    }
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_server_without_metadata_is_not_found() {
    let server = Server::oidc_provider().await;
    let error = Provider::discover(&format!("{}/nobody", server.issuer)).await.unwrap_err();
    let kind = ProviderErrorKind::NotFound;
    assert!(matches!(&error, Error::Provider { kind: given, .. } if *given == kind), "{error:?}");
}

// Nothing is sent: the server would answer 404
#[tokio::test]
#[ignore = "needs npm's oauth2-mock-server: scripts/test providers"]
async fn what_a_server_does_not_offer_is_unsupported() {
    let server = Server::oauth2_mock_server().await;
    let provider = Provider::discover(&server.issuer).await.unwrap();
    let ai = AiPass::builder(APP, APP_REDIRECT_URI).provider(provider).build().unwrap();
    let error = ai.begin_device_sign_in(SignInOptions::default()).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
    let options = SignInOptions { push_parameters: true, ..SignInOptions::default() };
    let error = ai.begin_sign_in(options).await.unwrap_err();
    assert!(matches!(error, Error::Unsupported { .. }), "{error:?}");
}
