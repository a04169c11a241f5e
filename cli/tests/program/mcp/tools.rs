//! The five tools over standard input and output.

use super::client::Client;
use crate::canned_server::CannedServer;
use crate::running::run;
use serde_json::{Value, json};
use url::Url;

const AI_PASS: [&str; 6] =
    ["--base-url", "http://127.0.0.1:9", "--client-id", "client_123", "--redirect-uri", "myapp://auth/callback"];

async fn client_of(server: &CannedServer, more: &[&str]) -> Client {
    let ends = ["/authorize", "/token", "/register", "/introspect", "/revoke"].map(|path| server.url(path));
    let names = ["authorization", "token", "registration", "introspection", "revocation"];
    let names = names.map(|name| format!("--{name}-endpoint"));
    let options: Vec<&str> = names.iter().zip(&ends).flat_map(|(name, end)| [name.as_str(), end.as_str()]).collect();
    Client::start(&[&options[..], more].concat()).await.0
}

fn parameter(url: &Value, name: &str) -> String {
    let url = Url::parse(url.as_str().unwrap()).unwrap();
    url.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn the_server_names_itself_and_its_five_tools() {
    let (mut client, hello) = Client::start(&AI_PASS).await;
    assert_eq!(hello["result"]["serverInfo"]["name"], "aipass", "{hello}");
    assert_eq!(hello["result"]["protocolVersion"], "2025-06-18");
    assert!(hello["result"]["capabilities"]["tools"].is_object());
    let listed = client.ask("tools/list", json!({})).await;
    let tools = listed["result"]["tools"].as_array().unwrap();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    let expected = [
        "oauth2_authorize",
        "oauth2_exchange_token",
        "oauth2_validate_token",
        "oauth2_revoke_token",
        "oauth2_register_client",
    ];
    assert_eq!(names, expected);
    assert!(tools.iter().all(|tool| tool["inputSchema"]["additionalProperties"] == false), "{listed}");
    let (status, said) = client.close().await;
    assert_eq!((status, said.as_str()), (0, ""), "its client closed it");
}

// RFC 6749, 7636, 7662, 7009, 7591: from a registration to a revocation, and no secret in any result
#[tokio::test]
async fn a_client_is_registered_and_signs_in_and_its_tokens_stay_in_the_process() {
    let server = CannedServer::start().await;
    let mut client = client_of(&server, &[]).await;
    let uris = json!(["http://127.0.0.1:8252/callback"]);
    let registered = client
        .done(
            "oauth2_register_client",
            json!({ "redirect_uris": uris, "client_name": "Notes", "token_endpoint_auth_method": "client_secret_basic" }),
        )
        .await;
    assert_eq!((&registered["client_id"], &registered["has_client_secret"]), (&json!("c1"), &json!(true)));

    let begun = client.done("oauth2_authorize", json!({ "client_id": "c1", "scopes": ["openid"] })).await;
    let url = &begun["authorization_url"];
    assert!(url.as_str().unwrap().starts_with(&server.url("/authorize?")), "{begun}");
    assert_eq!(parameter(url, "code_challenge_method"), "S256");
    assert_eq!(
        (parameter(url, "redirect_uri"), parameter(url, "scope")),
        ("http://127.0.0.1:8252/callback".into(), "openid".into())
    );
    let (handle, state) = (&begun["handle"], parameter(url, "state"));

    let forged = json!({ "handle": handle, "callback_url": "http://127.0.0.1:8252/callback?code=x&state=guessed" });
    let refused = client.refused("oauth2_exchange_token", forged).await;
    assert!(refused.contains("state"), "{refused}");
    let refused = client.refused("oauth2_validate_token", json!({ "handle": handle })).await;
    assert!(refused.contains("no tokens yet"), "{refused}");

    let callback = format!("http://127.0.0.1:8252/callback?code=the-code&state={state}");
    let exchanged = client.done("oauth2_exchange_token", json!({ "handle": handle, "callback_url": callback })).await;
    assert_eq!((&exchanged["scopes"], &exchanged["has_refresh_token"]), (&json!(["openid"]), &json!(true)));
    let sent = server.last("/token");
    assert!(sent.head.contains("authorization: Basic "), "the registered secret is used: {}", sent.head);
    assert!(sent.body.contains("code_verifier="), "{}", sent.body);

    let refreshed =
        client.done("oauth2_exchange_token", json!({ "handle": handle, "grant_type": "refresh_token" })).await;
    assert_eq!(refreshed["handle"], *handle);
    let state = client.done("oauth2_validate_token", json!({ "handle": handle })).await;
    assert_eq!((&state["active"], &state["sub"]), (&json!(true), &json!("u1")));
    for result in [&registered, &begun, &exchanged, &refreshed, &state] {
        assert!(!result.to_string().contains("-secret-"), "{result}");
    }

    let shown = client.done(
        "oauth2_exchange_token",
        json!({ "handle": handle, "grant_type": "refresh_token", "include_tokens": true }),
    );
    let shown = shown.await;
    assert!(shown["access_token"].as_str().unwrap().starts_with("access-secret-"), "it was asked for: {shown}");
    assert!(!shown.to_string().contains("refresh-secret"), "{shown}");

    let ended = client.done("oauth2_revoke_token", json!({ "handle": handle })).await;
    assert_eq!(ended, json!({ "handle_ended": true, "access_token": "accepted", "refresh_token": "accepted" }));
    let gone = client.refused("oauth2_validate_token", json!({ "handle": handle })).await;
    assert!(gone.contains("no such handle"), "{gone}");
    let (status, said) = client.close().await;
    assert_eq!((status, said.as_str()), (0, ""));
}

#[tokio::test]
async fn a_token_from_elsewhere_is_validated_and_revoked_and_secrets_are_shown_if_asked_for() {
    let server = CannedServer::start().await;
    let mut client = client_of(&server, &["--client-id", "rs", "--client-secret-env", "SECRET"]).await;
    let state = client
        .done("oauth2_validate_token", json!({ "token": "given-secret", "token_type_hint": "access_token" }))
        .await;
    assert_eq!(state["active"], true);
    assert_eq!(server.last("/introspect").body, "token=given-secret&token_type_hint=access_token&client_id=rs");
    let unknown = client.done("oauth2_validate_token", json!({ "token": "unknown" })).await;
    assert_eq!(unknown, json!({ "active": false }));
    let revoked = client
        .done("oauth2_revoke_token", json!({ "token": "given-secret", "token_type_hint": "refresh_token" }))
        .await;
    assert_eq!(revoked, json!({ "token": "accepted" }));
    assert!(server.last("/revoke").body.contains("token_type_hint=refresh_token"));
    let refused = client.refused("oauth2_revoke_token", json!({ "token": "unrevocable" })).await;
    assert!(refused.contains("status 503") && !refused.contains("unrevocable"), "{refused}");
    let arguments = json!({ "redirect_uris": ["notes://back"], "token_endpoint_auth_method": "client_secret_post", "include_secrets": true });
    let shown = client.done("oauth2_register_client", arguments).await;
    assert_eq!(
        (&shown["client_secret"], &shown["registration_access_token"]),
        (&json!("client-secret-1"), &json!("registration-secret-1"))
    );
    let refused = client.refused("oauth2_register_client", json!({ "redirect_uris": ["refused://back"] })).await;
    assert!(refused.contains("not this scheme"), "{refused}");
}

#[tokio::test]
async fn bad_input_is_a_tools_error_that_names_it_and_nothing_is_sent() {
    let server = CannedServer::start().await;
    let mut client = client_of(&server, &["--client-id", "app", "--redirect-uri", "myapp://back"]).await;
    let long = "x".repeat(20_000);
    for (tool, arguments, words) in [
        ("oauth2_authorize", json!({ "scopes": "openid" }), "list of texts"),
        ("oauth2_authorize", json!({ "scopes": ["openid email"] }), "scopes"),
        ("oauth2_authorize", json!({ "client_id": 7 }), "client_id"),
        ("oauth2_authorize", json!({ "redirect_uri": "javascript:alert(1)" }), "redirect_uri"),
        ("oauth2_authorize", json!({ "server": "https://evil.example" }), "none of this name"),
        ("oauth2_authorize", json!({ "extra_parameters": { "state": "mine" } }), "extra_parameters"),
        ("oauth2_authorize", json!({ "extra_parameters": { "a": 1 } }), "extra_parameters"),
        ("oauth2_authorize", json!({ "login_hint": long }), "16 KB"),
        ("oauth2_exchange_token", json!({}), "\"handle\" cannot be used: it is missing"),
        ("oauth2_exchange_token", json!({ "handle": "signin_guessed" }), "no such handle"),
        ("oauth2_exchange_token", json!({ "handle": "h", "grant_type": "password" }), "grant_type"),
        ("oauth2_exchange_token", json!({ "handle": "h", "include_tokens": "yes" }), "true or false"),
        ("oauth2_validate_token", json!({}), "it is missing"),
        ("oauth2_validate_token", json!({ "token": "a", "handle": "b" }), "give one of them"),
        ("oauth2_validate_token", json!({ "token": ["a-secret"] }), "it must be a text"),
        ("oauth2_validate_token", json!({ "token": "a", "token_type_hint": "id_token" }), "token_type_hint"),
        ("oauth2_revoke_token", json!({ "token": "" }), "it is empty"),
        ("oauth2_revoke_token", json!({ "handle": "signin_guessed" }), "no such handle"),
        ("oauth2_register_client", json!({}), "redirect_uris"),
        ("oauth2_register_client", json!({ "redirect_uris": ["a b"] }), "redirect_uris"),
        ("oauth2_register_client", json!({ "redirect_uris": ["a://b"], "extra_metadata": [] }), "extra_metadata"),
        ("oauth2_register_client", json!({ "redirect_uris": vec!["a://b"; 65] }), "64 items"),
    ] {
        let sentence = client.refused(tool, arguments.clone()).await;
        assert!(sentence.contains(words), "{tool} {arguments}: {sentence}");
        assert!(!sentence.contains("a-secret"), "{sentence}");
    }
    let begun = client.done("oauth2_authorize", json!({})).await;
    let without_state = json!({ "handle": begun["handle"], "code": "the-code" });
    let sentence = client.refused("oauth2_exchange_token", without_state).await;
    assert!(sentence.contains("code and state"), "{sentence}");
    assert!(server.requests().is_empty(), "{:?}", server.requests());

    let code = json!({ "handle": begun["handle"], "code": "wrong-code", "state": parameter(&begun["authorization_url"], "state") });
    let sentence = client.refused("oauth2_exchange_token", code).await;
    assert!(sentence.contains("invalid_grant") && !sentence.contains("wrong-code"), "{sentence}");
}

// What is no call of a tool is the protocol's error, and the server goes on
#[tokio::test]
async fn what_is_no_call_is_refused_and_the_server_goes_on() {
    let (mut client, _) = Client::start(&AI_PASS).await;
    let unknown = client.ask("tools/call", json!({ "name": "oauth2_steal", "arguments": {} })).await;
    assert!(unknown["error"]["message"].as_str().unwrap().contains("no tool"), "{unknown}");
    let unknown = client.ask("sampling/dance", json!({})).await;
    assert!(unknown["error"]["code"].is_i64(), "{unknown}");
    client.send(&format!("\"{}\"", "x".repeat(2_000_000))).await; // longer than any message: dropped
    let tools = client.ask("tools/list", json!({})).await;
    assert_eq!(tools["result"]["tools"].as_array().unwrap().len(), 5);
}

#[tokio::test]
async fn what_the_server_does_not_offer_is_said_and_needs_no_network() {
    let (mut client, _) = Client::start(&AI_PASS).await;
    let sentence = client.refused("oauth2_register_client", json!({ "redirect_uris": ["myapp://back"] })).await;
    assert_eq!(sentence, "This server does not offer dynamic client registration.");
    let sentence = client.refused("oauth2_validate_token", json!({ "token": "a" })).await;
    assert_eq!(sentence, "This server does not offer token introspection.");
    let sentence = client.refused("oauth2_revoke_token", json!({ "token": "a" })).await;
    assert!(sentence.starts_with("The token was not revoked: "), "{sentence}");
    drop(client);
    let (mut nobody, _) = Client::start(&["--base-url", "http://127.0.0.1:9"]).await;
    let sentence = nobody.refused("oauth2_authorize", json!({})).await;
    assert!(sentence.contains("--client-id"), "{sentence}");
}

#[tokio::test]
async fn a_wrong_command_line_is_told_before_anything_is_served() {
    for (options, words) in [
        (&["--token-endpoint", "https://as.example/token"][..], "--authorization-endpoint and --token-endpoint both"),
        (&["--base-url", "http://as.example"], "--base-url cannot be used"),
        (&["--client-secret-env", "SECRET"], "--client-id"),
        (&["--client-id", "a", "--client-secret-env", "NOT_SET"], "NOT_SET is not set"),
        (&["--http-token-env", "SECRET"], "--http"),
        (&["--http", "99999"], "--http"),
    ] {
        run(&[&["mcp"], options].concat()).await.fails_with(2, words);
    }
}
