//! `aipass setup`: an app is registered, its id checked, and its projects get what they need.

use crate::oauth_server::OAuthServer;
use crate::running::{Dialogue, command, run};
use aipass_sandbox::Sandbox;
use serde_json::json;

#[tokio::test]
async fn an_app_gets_what_its_projects_need() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let base_url = sandbox.base_url();
    let at = base_url.as_str();
    let mut setup = Dialogue::begin(command(&["setup", "--base-url", at]));
    setup.hear("Paste the client id").await;
    setup.paste("client_123").await;
    let outcome = setup.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    for words in
        ["known to the provider", "<string>myapp</string>", "android:scheme=\"myapp\"", "SignInCallbackActivity"]
    {
        assert!(outcome.stdout.contains(words), "{words}: {outcome:?}");
    }
    let link = [
        "setup",
        "--base-url",
        at,
        "--client-id",
        "client_123",
        "--redirect-uri",
        "https://a.example/cb",
        "--no-check",
    ];
    let report = run(&[&link[..], &["--json"]].concat()).await.json();
    assert_eq!((&report["client_is_known"], &report["info_plist"]), (&json!(null), &json!(null)));
    assert!(report["entitlements"].as_str().unwrap().contains("webcredentials:a.example"));
    assert!(report["android_manifest"].as_str().unwrap().contains("autoVerify"));
}

#[tokio::test]
async fn an_unknown_client_id_is_said() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let unknown = run(&["setup", "--base-url", sandbox.base_url().as_str(), "--client-id", "unknown"]).await;
    unknown.fails_with(2, "does not know this client id");
    let server = OAuthServer::start(json!({})).await;
    run(&["setup", "--issuer", &server.issuer, "--client-id", "unknown"]).await.fails_with(2, "client id");
    let known = run(&["setup", "--issuer", &server.issuer, "--client-id", "app", "--json"]).await.json();
    assert_eq!(known["client_is_known"], json!(true));
}

#[tokio::test]
async fn the_dashboard_is_named_and_nothing_is_asked_without_an_id() {
    let outcome = run(&["setup"]).await;
    outcome.fails_with(2, "https://aipass.one/panel/developer");
    outcome.fails_with(2, "There is no client id");
    run(&["setup", "--redirect-uri", "nonsense"]).await.fails_with(2, "--redirect-uri cannot be used");
}
