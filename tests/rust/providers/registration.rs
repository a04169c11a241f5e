//! Clients that register themselves (RFC 7591, RFC 7592), tokens in the hand of a caller (RFC 7662, RFC 7009), on npm's oidc-provider.

use crate::code_flow::{app, sign_in, with_secret};
use crate::server::Server;
use aipass::{AiPass, ClientMetadata, ClientRegistration, Config, Error, Revocation, Secret, TokenKind};
use aipass_tests::oidc_provider::{SERVER, provider};
use std::time::{Duration, SystemTime};

const REDIRECT_URI: &str = "one.aipass.registered://auth/callback";

fn registration(server: &Server) -> ClientRegistration {
    ClientRegistration::at(provider(&server.issuer).unwrap(), Config::default(), None, true).unwrap()
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_client_registers_signs_in_changes_and_goes() {
    let server = Server::oidc_provider().await;
    let registration = registration(&server);
    let metadata = ClientMetadata::native_app("Receipts".to_owned(), vec![REDIRECT_URI.to_owned()]);
    let client = registration.register(metadata, None).await.unwrap();
    assert!(client.client_secret.is_none() && client.registration_access_token.is_some(), "{client:?}");
    let ai = AiPass::builder(&client.client_id, REDIRECT_URI).provider(provider(&server.issuer).unwrap());
    sign_in(&ai.build().unwrap()).await;

    let mut client = registration.read(client).await.unwrap();
    assert_eq!(client.metadata.client_name.as_deref(), Some("Receipts"));
    assert_eq!(client.metadata.redirect_uris, [REDIRECT_URI]);
    client.metadata.client_name = Some("Receipts and more".to_owned());
    let before = client.registration_access_token.clone().unwrap();
    let client = registration.update(client).await.unwrap();
    assert_eq!(client.metadata.client_name.as_deref(), Some("Receipts and more"));
    assert!(client.registration_access_token.as_ref().unwrap().expose() != before.expose(), "each change rotates it");

    registration.delete(client.clone()).await.unwrap();
    let error = registration.read(client).await.unwrap_err();
    assert_eq!(error.code(), "provider_forbidden", "{error:?}");
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn metadata_that_the_provider_refuses_is_told() {
    let server = Server::oidc_provider().await;
    let mut metadata = ClientMetadata::native_app("Receipts".to_owned(), vec!["https://127.0.0.1/callback".to_owned()]);
    let error = registration(&server).register(metadata.clone(), None).await.unwrap_err();
    assert_eq!(error.code(), "provider_redirect_uri_refused", "{error:?}");
    metadata.redirect_uris = vec![REDIRECT_URI.to_owned()];
    metadata.grant_types = vec!["urn:example:a-grant-of-the-future".to_owned()];
    let error = registration(&server).register(metadata, None).await.unwrap_err();
    let Error::Provider { provider_code, .. } = &error else { panic!("{error:?}") };
    assert_eq!(provider_code.as_deref(), Some("invalid_client_metadata"));
}

#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_token_is_active_until_it_is_revoked() {
    let server = Server::oidc_provider().await;
    let ai = app(&server);
    sign_in(&ai).await;
    let token = ai.access_token(Duration::ZERO).await.unwrap();
    let state = ai.introspect(&token, Some(TokenKind::AccessToken)).await.unwrap();
    assert!(state.active && state.expires_at.unwrap() > SystemTime::now(), "{state:?}");
    assert_eq!(state.client_id.as_deref(), Some("app"));

    // Another client with a secret may ask, too.
    let other = with_secret(SERVER, provider(&server.issuer).unwrap());
    assert!(other.introspect(&token, None).await.unwrap().active);

    ai.refresh_tokens().await.unwrap();
    let next = ai.access_token(Duration::ZERO).await.unwrap();
    assert_eq!(ai.revoke(&next, TokenKind::AccessToken).await.unwrap(), Revocation::Accepted);
    assert!(!ai.introspect(&next, None).await.unwrap().active);
    assert!(!ai.introspect(&Secret::new("nobody's".to_owned()), None).await.unwrap().active);
    // This server ends all tokens of the sign-in with one of them.
    assert!(!other.introspect(&token, None).await.unwrap().active);
    let error = ai.refresh_tokens().await.unwrap_err();
    assert_eq!(error.code(), "grant_ended", "{error:?}");
}
