//! `aipass login --no-browser`: the test plays the person with the browser.

use crate::running::{Dialogue, command_at, folder, run_at};
use aipass_sandbox::{Sandbox, user_agent};

/// A login that was begun, with a home of its own.
fn login_at(base_url: &str, name: &str) -> Dialogue {
    let arguments = ["login", "--no-browser", "--json", "--base-url", base_url];
    Dialogue::begin(command_at(&folder(name), &arguments))
}

async fn sandbox() -> Sandbox {
    Sandbox::builder().start().await.unwrap()
}

#[tokio::test]
async fn a_pasted_callback_signs_in_and_the_session_stays() {
    let sandbox = sandbox().await;
    let home = folder("paste");
    let base_url = sandbox.base_url();
    let mut login = Dialogue::begin(command_at(&home, &["login", "--no-browser", "--base-url", base_url.as_str()]));
    let callback = user_agent::consent(&login.authorization_url().await).await.unwrap();
    login.paste(&format!("  {callback} ")).await;
    let outcome = login.finish_with_open_input().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.starts_with("Signed in as Robin Example, robin@example.com at "), "{outcome:?}");
    assert!(!outcome.stderr.contains("code="), "what was pasted is not repeated: {}", outcome.stderr);
    let whoami = run_at(&home, &["whoami"]).await;
    assert_eq!((whoami.status, whoami.stdout.as_str()), (0, "Robin Example, robin@example.com\n"), "{whoami:?}");
}

#[tokio::test]
async fn a_wrong_paste_is_explained_and_may_be_repeated() {
    let sandbox = sandbox().await;
    let mut login = login_at(sandbox.base_url().as_str(), "wrong-paste");
    let url = login.authorization_url().await;
    for (pasted, explanation) in [
        ("", "it is not an address"),
        (url.as_str(), "it is not the address that the sign-in ends at"),
        ("http://127.0.0.1:8252/callback?code=abc&state=forged", "it belongs to another sign-in"),
        ("http://127.0.0.1:8252/callback", "a part of it is missing"),
    ] {
        login.paste(pasted).await;
        login.hear(explanation).await;
    }
    login.paste(user_agent::consent(&url).await.unwrap().as_str()).await;
    let outcome = login.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
}

#[tokio::test]
async fn the_fifth_wrong_paste_is_the_last() {
    let sandbox = sandbox().await;
    let mut login = login_at(sandbox.base_url().as_str(), "five-pastes");
    login.authorization_url().await;
    for _ in 0..5 {
        login.paste("what?").await;
    }
    login.finish_with_open_input().await.fails_with(3, "run this again to begin a new one");
}

#[tokio::test]
async fn the_end_of_the_input_is_an_error() {
    let sandbox = sandbox().await;
    let mut login = login_at(sandbox.base_url().as_str(), "end-of-input");
    login.authorization_url().await;
    login.finish().await.fails_with(3, "The input ended before the sign-in was complete");
}

#[tokio::test]
async fn denied_access_is_said() {
    let sandbox = sandbox().await;
    let mut login = login_at(sandbox.base_url().as_str(), "denied");
    let url = login.authorization_url().await;
    login.paste(user_agent::deny(&url).await.unwrap().as_str()).await;
    login.finish().await.fails_with(3, "Access was denied on the sign-in page");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_a_network_failure() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let mut login = login_at(&base_url, "closed-port");
    let url = login.authorization_url().await;
    let state = url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    login.paste(&format!("http://127.0.0.1:8252/callback?code=abc&state={state}")).await;
    let outcome = login.finish().await;
    outcome.fails_with(5, "The server cannot be reached");
    assert_eq!(outcome.json()["error"]["code"], "offline");
}

#[tokio::test]
async fn the_environment_can_name_the_provider_and_another_redirect_uri_may_be_registered() {
    let sandbox = sandbox().await;
    let arguments = ["login", "--no-browser", "--redirect-uri", "myapp://auth/callback"];
    let mut command = command_at(&folder("environment"), &arguments);
    command.env("AIPASS_BASE_URL", sandbox.base_url().as_str()).env("AIPASS_CLIENT_ID", "client_123");
    let mut login = Dialogue::begin(command);
    let callback = user_agent::consent(&login.authorization_url().await).await.unwrap();
    assert!(callback.as_str().starts_with("myapp://auth/callback?"), "{callback}");
    login.paste(callback.as_str()).await;
    let outcome = login.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_ends_it_while_it_waits_for_input() {
    let sandbox = sandbox().await;
    let mut login = login_at(sandbox.base_url().as_str(), "ctrl-c");
    login.authorization_url().await;
    login.hear("Copy that address").await;
    login.interrupt().await;
    let outcome = login.finish_with_open_input().await;
    outcome.fails_with(130, "Interrupted.");
}
