//! Several processes, and processes that die.

use crate::host_app::{Scratch, client, sign_in};
use aipass::{ChatRequest, Error, ReplacedSignIn, SessionState, SignInReason};
use aipass_sandbox::{Sandbox, user_agent};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const TOKEN: &str = "/oauth2/token";
const CHAT: &str = "/oauth2/v1/chat/completions";

fn host_app(sandbox: &Sandbox, scratch: &Scratch, step: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_host-app"))
        .arg(sandbox.base_url().as_str())
        .arg(&scratch.0)
        .args(step)
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap()
}

// A8
#[tokio::test]
async fn a_process_killed_between_authorize_and_callback_loses_nothing() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let scratch = Scratch::new();
    let mut beginning = host_app(&sandbox, &scratch, &["begin"]);
    let mut lines = BufReader::new(beginning.stdout.take().unwrap()).lines();
    let url = lines.next_line().await.unwrap().unwrap();
    beginning.kill().await.unwrap(); // SIGKILL: no destructor runs

    let callback = user_agent::consent(&url.parse().unwrap()).await.unwrap();
    let completing = host_app(&sandbox, &scratch, &["complete", callback.as_str()]).wait().await.unwrap();
    assert!(completing.success());
    assert_eq!(client(&sandbox, scratch.store()).session_state().await.unwrap(), SessionState::SignedIn);
}

// L12
#[tokio::test]
async fn processes_that_share_a_store_make_one_refresh() {
    let sandbox = Sandbox::builder().refresh_takes(std::time::Duration::from_millis(300)).start().await.unwrap();
    let scratch = Scratch::new();
    sign_in(&client(&sandbox, scratch.store())).await;
    sandbox.expire_access_tokens();
    let before = sandbox.requests(TOKEN);
    let calls: Vec<_> = (0..6).map(|_| host_app(&sandbox, &scratch, &["call"])).collect();
    for mut call in calls {
        assert!(call.wait().await.unwrap().success());
    }
    assert_eq!(sandbox.requests(TOKEN) - before, 1);
    assert_eq!(sandbox.tokens().live_refresh, 1);
}

// L17: two store objects over one folder
#[tokio::test]
async fn signing_out_in_one_client_stops_the_other_before_it_pays() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let scratch = Scratch::new();
    let (screen, background) = (client(&sandbox, scratch.store()), client(&sandbox, scratch.store()));
    sign_in(&screen).await;
    background.chat(ChatRequest::user("Hello")).await.unwrap();
    screen.sign_out().await.unwrap();
    let before = sandbox.requests(CHAT);
    let reason = SignInReason::NotSignedIn;
    let error = background.chat(ChatRequest::user("Hello")).await.unwrap_err();
    assert!(matches!(error, Error::SignInRequired { reason: given, .. } if given == reason), "{error}");
    assert_eq!(sandbox.requests(CHAT), before);
}

// L19: the sandbox has one user, so both sign-ins are the same account's
#[tokio::test]
async fn a_sign_in_of_the_same_account_leaves_the_tokens_of_the_one_before() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let scratch = Scratch::new();
    let ai = client(&sandbox, scratch.store());
    sign_in(&ai).await;
    assert_eq!(ai.replaced_sign_in(), None);
    sign_in(&ai).await;
    assert_eq!(ai.replaced_sign_in(), Some(ReplacedSignIn::LeftSameAccount));
    ai.refresh_balance().await.unwrap();
}
