//! `aipass mcp` with the stock MCP clients of npm and PyPI, which list and call its five tools against npm's oidc-provider.

use crate::server::{Server, TIMEOUT, npm_folder, path_in};
use crate::user_agent::{USER, UserAgent};
use serde_json::Value;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::Command;

const TOOLS: [&str; 5] = [
    "oauth2_authorize",
    "oauth2_exchange_token",
    "oauth2_validate_token",
    "oauth2_revoke_token",
    "oauth2_register_client",
];
const BEARER: &str = "a bearer token of this test";

fn program() -> String {
    std::env::var("AIPASS_PROGRAM").expect("AIPASS_PROGRAM says where the program is")
}

fn npm_client(arguments: &[&str]) -> Command {
    let mut command = Command::new("node");
    command.arg(npm_folder().join("mcp-client.mjs")).args(arguments);
    command
}

/// Runs a client, and plays the user whose browser it asks for.
async fn calls_all_tools(mut client: Command, server: &mut Server) {
    let client = client.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = client.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = async || -> Value {
        let line = tokio::time::timeout(TIMEOUT, lines.next_line()).await.expect("the client goes on").unwrap();
        serde_json::from_str(&line.expect("the client runs")).unwrap()
    };
    let begun = line().await;
    let url = begun["authorization_url"].as_str().unwrap().parse().unwrap();
    let callback = UserAgent::new().agree(&url).await.callback();
    child.stdin.as_mut().unwrap().write_all(format!("{callback}\n").as_bytes()).await.unwrap();
    let done = line().await;

    let mut tools: Vec<_> = done["tools"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    tools.sort_by_key(|name| TOOLS.iter().position(|tool| tool == name));
    assert_eq!(tools, TOOLS);
    for step in ["signedIn", "refreshed"] {
        assert_eq!(done[step]["has_refresh_token"], true, "{done}");
        assert!(done[step].get("access_token").is_none(), "nobody asked for it: {done}");
    }
    assert_eq!((&done["valid"]["active"], &done["valid"]["sub"]), (&true.into(), &USER.into()), "{done}");
    assert_eq!((&done["revoked"]["access_token"], &done["endedIsError"]), (&"accepted".into(), &true.into()), "{done}");
    let state = server.state().await;
    assert_eq!((state.refreshes, state.live_access, state.live_refresh), (1, 0, 0));
    assert!(child.wait().await.unwrap().success());
}

#[tokio::test]
#[ignore = "needs npm's MCP client: scripts/test providers"]
async fn npms_client_calls_all_five_tools_over_standard_input() {
    let mut server = Server::oidc_provider().await;
    let client = npm_client(&["stdio", &program(), "mcp", "--issuer", &server.issuer]);
    calls_all_tools(client, &mut server).await;
}

#[tokio::test]
#[ignore = "needs npm's MCP client: scripts/test providers"]
async fn npms_client_calls_all_five_tools_over_http() {
    let mut server = Server::oidc_provider().await;
    let mut serving = Command::new(program())
        .args(["mcp", "--issuer", &server.issuer, "--http", "0", "--http-token-env", "MCP_TOKEN"])
        .env("MCP_TOKEN", BEARER)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(serving.stdout.take().unwrap()).lines();
    let listening: Value = serde_json::from_str(&lines.next_line().await.unwrap().unwrap()).unwrap();
    let mut client = npm_client(&["http", listening["url"].as_str().unwrap()]);
    client.env("MCP_TOKEN", BEARER);
    calls_all_tools(client, &mut server).await;
    serving.kill().await.unwrap();
}

#[tokio::test]
#[ignore = "needs PyPI's MCP client: scripts/test providers"]
async fn pypis_client_calls_all_five_tools_over_standard_input() {
    let mut server = Server::oidc_provider().await;
    let mut client = Command::new(path_in("AIPASS_PROVIDERS_PYTHON"));
    client.arg("-B").arg(concat!(env!("CARGO_MANIFEST_DIR"), "/interop/mcp/client.py"));
    client.args(["stdio", &program(), "mcp", "--issuer", &server.issuer]);
    calls_all_tools(client, &mut server).await;
}
