//! `aipass token`.

use crate::canned_server::CannedServer;
use crate::running::{Outcome, command_at, finish, folder, run_at};
use crate::user::User;
use aipass_sandbox::Sandbox;
use serde_json::json;

/// Runs the program with a token in its environment.
async fn with_token(token: &str, arguments: &[&str]) -> Outcome {
    let mut command = command_at(&folder("token-given"), arguments);
    command.env("TOKEN", token).env("SECRET", "client-secret-1");
    finish(command).await
}

#[tokio::test]
async fn a_sessions_tokens_are_refreshed_now() {
    let user = User::sign_in("token-refresh").await;
    let refreshed = user.run(&["token", "refresh"]).await;
    assert!(refreshed.stdout.starts_with("Refreshed: the access token lives for 3"), "{refreshed:?}");
    assert_eq!(user.sandbox.tokens().issued_for_refreshes, 1);
    let printed = user.run(&["token", "refresh", "--json"]).await;
    assert_eq!((printed.status, &printed.json()["has_refresh_token"]), (0, &json!(true)), "{printed:?}");
    assert_eq!(user.run(&["whoami"]).await.status, 0);
    run_at(&folder("token-nobody"), &["token", "refresh"]).await.fails_with(3, "run `aipass login`");
}

#[tokio::test]
async fn a_session_without_a_refresh_token_says_how_long_it_lasts() {
    let sandbox = Sandbox::builder().refresh_tokens(false).start().await.unwrap();
    let user = User::sign_in_to(sandbox, "token-no-refresh").await;
    let refused = user.run(&["token", "refresh"]).await;
    assert!(refused.stderr.contains("has no refresh token; its access token works for 3"), "{refused:?}");
    refused.fails_with(3, "run `aipass login`");
    assert_eq!(user.run(&["whoami"]).await.status, 0, "the session goes on");
}

// RFC 7009
#[tokio::test]
async fn a_sessions_access_token_is_revoked_and_the_session_goes_on() {
    let user = User::sign_in("token-revoke").await;
    let revoked = user.run(&["token", "revoke", "--json"]).await;
    assert_eq!((revoked.status, revoked.json()), (0, json!({ "outcome": "accepted" })), "{revoked:?}");
    // AI Pass says nothing of tokens.
    user.run(&["token", "introspect"]).await.fails_with(1, "does not offer token introspection");
}

// RFC 7662
#[tokio::test]
async fn a_token_is_asked_about_at_a_server_that_is_named() {
    let server = CannedServer::start().await;
    let endpoint = server.url("/introspect");
    let asked =
        ["token", "introspect", "--introspection-endpoint", &endpoint, "--client-id", "rs", "--token-env", "TOKEN"];
    let with_secret = [&asked[..], &["--client-secret-env", "SECRET", "--kind", "refresh-token"]].concat();
    let shown = with_token("given-secret", &with_secret).await;
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""), "{shown:?}");
    assert!(shown.stdout.starts_with("active     yes\nexpires    in "), "{shown:?}");
    assert!(
        shown.stdout.contains("scopes     openid email\n") && shown.stdout.contains("subject    u1\n"),
        "{shown:?}"
    );
    let sent = server.last("/introspect");
    assert_eq!(sent.body, "token=given-secret&token_type_hint=refresh_token&client_id=rs");
    assert!(sent.head.contains("authorization: Basic "), "{}", sent.head);
    let printed = with_token("given-secret", &[&asked[..], &["--json"]].concat()).await;
    assert_eq!((&printed.json()["active"], &printed.json()["sub"]), (&json!(true), &json!("u1")));
    assert_eq!(with_token("unknown", &asked).await.stdout, "active  no\n");
}

#[tokio::test]
async fn a_token_is_revoked_at_a_server_that_is_named_or_it_says_why_not() {
    let server = CannedServer::start().await;
    let endpoint = server.url("/revoke");
    let asked = ["token", "revoke", "--revocation-endpoint", &endpoint, "--client-id", "app", "--token-env", "TOKEN"];
    let revoked = with_token("given-secret", &[&asked[..], &["--kind", "refresh-token"]].concat()).await;
    assert_eq!(revoked.stdout, "Revoked, if the server knew the token\n", "{revoked:?}");
    assert_eq!(server.last("/revoke").body, "token=given-secret&token_type_hint=refresh_token&client_id=app");
    let refused = with_token("unrevocable", &asked).await;
    refused.fails_with(1, "it answered with status 503");
    assert!(!refused.stderr.contains("unrevocable"), "{refused:?}");
}

#[tokio::test]
async fn what_is_missing_is_said_before_anything_is_sent() {
    let server = CannedServer::start().await;
    let endpoint = server.url("/introspect");
    let run = async |arguments: &[&str]| run_at(&folder("token-missing"), arguments).await;
    let elsewhere = ["token", "introspect", "--introspection-endpoint", &endpoint];
    run(&elsewhere).await.fails_with(2, "give --token-env and --client-id too");
    let unset = [&elsewhere[..], &["--client-id", "a", "--token-env", "NOT_SET"]].concat();
    run(&unset).await.fails_with(2, "NOT_SET is not set");
    run(&["token", "introspect", "--kind", "access-token"]).await.fails_with(2, "--token-env");
    run(&["token"]).await.fails_with(2, "introspect");
    assert!(server.requests().is_empty());
}
