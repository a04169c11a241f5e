//! `aipass discover`, and `aipass login` at a provider that is found by its issuer.

use crate::oauth_server::OAuthServer;
use crate::running::{Dialogue, command_at, folder, run, run_at};
use aipass_sandbox::Sandbox;
use serde_json::json;
use url::Url;

#[tokio::test]
async fn a_server_that_can_be_used_is_described() {
    let server = OAuthServer::start(json!({"revocation_endpoint": "https://id.example/revoke"})).await;
    let outcome = run(&["discover", &server.issuer]).await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    for words in ["usable", "openid email", "The library can use this server.", "RFC 9207"] {
        assert!(outcome.stdout.contains(words), "{words}: {outcome:?}");
    }
    // The address of the metadata names the issuer too.
    let address = format!("{}/.well-known/openid-configuration", server.issuer);
    let report = run(&["discover", &address, "--json"]).await.json();
    assert_eq!((&report["issuer"], &report["usable"]), (&json!(server.issuer), &json!(true)));
    assert_eq!((&report["problems"], &report["metadata_url"]), (&json!([]), &json!(address)));
    assert_eq!(report["metadata"]["revocation_endpoint"], "https://id.example/revoke");
}

// A1
#[tokio::test]
async fn a_server_that_cannot_be_used_says_why() {
    let changes = json!({"code_challenge_methods_supported": ["plain"], "jwks_uri": "http://id.example/\u{1b}[2Jjwks"});
    let server = OAuthServer::start(changes).await;
    let outcome = run(&["discover", &server.issuer]).await;
    assert_eq!(outcome.status, 1, "{outcome:?}");
    for words in ["code_challenge_methods_supported: S256 is not among them", "jwks_uri: ", "cannot use this server"] {
        assert!(outcome.stdout.contains(words), "{words}: {outcome:?}");
    }
    assert!(!outcome.stdout.contains('\u{1b}'), "{outcome:?}");
    let outcome = run(&["discover", &server.issuer, "--json"]).await;
    assert_eq!((outcome.status, outcome.json()["problems"].as_array().unwrap().len()), (1, 2));
}

#[tokio::test]
async fn a_sandbox_is_described() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let issuer = sandbox.base_url().as_str().trim_end_matches('/').to_owned();
    let report = run(&["discover", &issuer, "--json"]).await.json();
    assert_eq!((&report["usable"], &report["problems"]), (&json!(true), &json!([])));
}

// A10
#[tokio::test]
async fn what_is_no_provider_is_said() {
    let server = OAuthServer::start(json!({})).await;
    let (base, _) = server.issuer.rsplit_once('/').unwrap();
    run(&["discover", base]).await.fails_with(1, "This is no OAuth 2.0 or OpenID provider");
    run(&["discover", "id.example"]).await.fails_with(2, "The issuer cannot be used");
    run(&["discover", "http://id.example"]).await.fails_with(2, "plain http is only for loopback");
    let with_slash = format!("{}/", server.issuer);
    run(&["discover", &with_slash]).await.fails_with(1, "equal to the byte");
}

#[tokio::test]
async fn a_login_by_issuer_is_remembered() {
    let server = OAuthServer::start(json!({})).await;
    let home = folder("issuer-login");
    let arguments = ["login", "--no-browser", "--issuer", &server.issuer, "--client-id", "app"];
    let mut login = Dialogue::begin(command_at(&home, &arguments));
    let url = Url::parse(login.hear("/authorize?").await.trim()).unwrap();
    let parameter = |name: &str| url.query_pairs().find(|(found, _)| found == name).unwrap().1.into_owned();
    assert_eq!((parameter("scope"), parameter("code_challenge_method")), ("openid".to_owned(), "S256".to_owned()));
    let (redirect_uri, state) = (parameter("redirect_uri"), parameter("state"));
    login.paste(&format!("{redirect_uri}?code=the-code&state={state}")).await;
    let outcome = login.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.contains("Signed in as Ann Example"), "{outcome:?}");
    assert!(server.bodies("/token")[0].contains("grant_type=authorization_code&"), "{:?}", server.bodies("/token"));
    let whoami = run_at(&home, &["whoami"]).await;
    assert!(whoami.status == 0 && whoami.stdout.contains("Ann Example"), "{whoami:?}");
    // What the provider does not offer is said before anything is sent.
    run_at(&home, &["topup", "10"]).await.fails_with(1, "does not offer");
}

#[tokio::test]
async fn a_login_names_one_provider() {
    let twice = run(&["login", "--issuer", "https://id.example", "--provider", "phaseo", "--client-id", "app"]).await;
    twice.fails_with(2, "cannot be used with");
    run(&["login", "--provider", "nobody", "--client-id", "app"]).await.fails_with(2, "phaseo");
    let home = folder("phaseo-login");
    let mut login =
        Dialogue::begin(command_at(&home, &["login", "--no-browser", "--provider", "phaseo", "--client-id", "app"]));
    let url = Url::parse(login.hear("/oauth/authorize?").await.trim()).unwrap();
    assert_eq!(url.host_str(), Some("api.phaseo.app"));
    login.finish().await.fails_with(3, "The input ended");
}
