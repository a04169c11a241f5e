//! `aipass scan --base-url`: the test plays the person with the browser.

use crate::running::{Dialogue, command, file, folder};
use aipass_sandbox::{Sandbox, bundled_receipts, user_agent};

/// `scan --base-url` of a bundled photo, begun.
fn scan_at(base_url: &str, name: &str) -> Dialogue {
    let photo = file(&folder(name), "cafe.jpg", bundled_receipts()[0].photo);
    Dialogue::begin(command(&["scan", "--json", &photo, "--base-url", base_url, "--client-id", "client_123"]))
}

async fn sandbox() -> Sandbox {
    Sandbox::builder().start().await.unwrap()
}

#[tokio::test]
async fn a_pasted_callback_signs_in_and_the_session_ends_with_the_program() {
    let sandbox = sandbox().await;
    let mut scan = scan_at(sandbox.base_url().as_str(), "paste");
    let url = scan.authorization_url().await;
    let callback = user_agent::consent(&url).await.unwrap();
    scan.paste(&format!("  {callback} ")).await;
    let outcome = scan.finish_with_open_input().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(outcome.json()["receipt"]["merchant"], "Cafe Morgenrot");
    assert!(!outcome.stderr.contains("code="), "what was pasted is not repeated: {}", outcome.stderr);
    let tokens = sandbox.tokens();
    assert_eq!((tokens.issued_for_codes, tokens.live_access, tokens.live_refresh), (1, 0, 0));
}

#[tokio::test]
async fn a_wrong_paste_is_explained_and_may_be_repeated() {
    let sandbox = sandbox().await;
    let mut scan = scan_at(sandbox.base_url().as_str(), "wrong-paste");
    let url = scan.authorization_url().await;
    for (pasted, explanation) in [
        ("", "it is not an address"),
        (url.as_str(), "it is not the address that the sign-in ends at"),
        ("myapp://auth/callback?code=abc&state=forged", "it belongs to another sign-in"),
        ("myapp://auth/callback", "a part of it is missing"),
    ] {
        scan.paste(pasted).await;
        scan.hear(explanation).await;
    }
    scan.paste(user_agent::consent(&url).await.unwrap().as_str()).await;
    let outcome = scan.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
}

#[tokio::test]
async fn the_fifth_wrong_paste_is_the_last() {
    let sandbox = sandbox().await;
    let mut scan = scan_at(sandbox.base_url().as_str(), "five-pastes");
    scan.authorization_url().await;
    for _ in 0..5 {
        scan.paste("what?").await;
    }
    scan.finish_with_open_input().await.complains(3, "run this again to begin a new one");
}

#[tokio::test]
async fn the_end_of_the_input_is_an_error() {
    let sandbox = sandbox().await;
    let mut scan = scan_at(sandbox.base_url().as_str(), "end-of-input");
    scan.authorization_url().await;
    scan.finish().await.complains(3, "The input ended before the sign-in was complete");
}

#[tokio::test]
async fn denied_access_is_said() {
    let sandbox = sandbox().await;
    let mut scan = scan_at(sandbox.base_url().as_str(), "denied");
    let url = scan.authorization_url().await;
    scan.paste(user_agent::deny(&url).await.unwrap().as_str()).await;
    scan.finish().await.complains(3, "Access was denied on the sign-in page");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_network_failure() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let mut scan = scan_at(&base_url, "closed-port");
    let url = scan.authorization_url().await;
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    scan.paste(&format!("myapp://auth/callback?code=abc&state={state}")).await;
    let outcome = scan.finish().await;
    outcome.complains(5, "The server cannot be reached");
    assert_eq!(outcome.stdout, "");
}

#[tokio::test]
async fn the_environment_can_name_the_server() {
    let sandbox = sandbox().await;
    let photo = file(&folder("environment"), "cafe.jpg", bundled_receipts()[0].photo);
    let mut command = command(&["scan", &photo]);
    command.env("AIPASS_BASE_URL", sandbox.base_url().as_str()).env("AIPASS_CLIENT_ID", "client_123");
    let mut scan = Dialogue::begin(command);
    let url = scan.authorization_url().await;
    scan.paste(user_agent::consent(&url).await.unwrap().as_str()).await;
    let outcome = scan.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.contains("Cafe Morgenrot"), "{outcome:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_it_while_it_waits_for_input() {
    let sandbox = sandbox().await;
    let mut scan = scan_at(sandbox.base_url().as_str(), "ctrl-c");
    scan.authorization_url().await;
    scan.hear("Copy that address").await;
    scan.interrupt().await;
    let outcome = scan.finish_with_open_input().await;
    outcome.complains(130, "Interrupted.");
}
