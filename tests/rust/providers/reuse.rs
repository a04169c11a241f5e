//! npm's oidc-provider takes a refresh token once. Whoever sends it again ends the session for all, so the library must never do
//! that: not under load, not from two processes, and after a kill only if the provider had answered a process that died before it
//! stored the answer. No client can prevent that one, so it is counted.

use crate::code_flow::sign_in;
use crate::server::{Server, State, TIMEOUT};
use aipass::{AiPass, Error, SealedFileStore, SessionState, SignInReason};
use aipass_tests::oidc_provider::{APP, APP_REDIRECT_URI, provider};
use serde_json::json;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};

/// Kills in one test, each with a sign-in before it.
const KILLS: u32 = 24;
const CALLERS: &str = "100";

/// The app over the sealed session in this folder.
fn app(server: &Server, folder: &TempDir) -> AiPass {
    let store = SealedFileStore::open(folder.path(), &[7; 32]).unwrap();
    let ai = AiPass::builder(APP, APP_REDIRECT_URI).provider(provider(&server.issuer).unwrap());
    ai.store(Arc::new(store)).build().unwrap()
}

/// The same app in a process of its own, which is about to take its step.
async fn process(server: &Server, folder: &TempDir, step: &[&str]) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_host-app"))
        .arg(format!("issuer={}", server.issuer))
        .arg(folder.path())
        .args(step)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    assert_eq!(lines.next_line().await.unwrap().as_deref(), Some("ready"));
    child
}

/// Waits until the server's state is as it should be.
async fn until(server: &mut Server, wanted: impl Fn(&State) -> bool) -> State {
    let wait = async {
        loop {
            let state = server.state().await;
            if wanted(&state) {
                return state;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(TIMEOUT, wait).await.expect("the server gets there")
}

// L2, L12
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn a_hundred_callers_in_each_of_two_processes_make_one_refresh() {
    let mut server = Server::oidc_provider().await;
    let folder = TempDir::new().unwrap();
    let ai = app(&server, &folder);
    sign_in(&ai).await;
    let mut processes = Vec::new();
    for _ in 0..2 {
        processes.push(process(&server, &folder, &["user-info", CALLERS]).await);
    }
    server.ask(json!({ "do": "expireAccessTokens" })).await;
    for process in &mut processes {
        process.stdin.take().unwrap().write_all(b"\n").await.unwrap();
    }
    for process in &mut processes {
        assert!(process.wait().await.unwrap().success(), "a caller was refused");
    }
    let state = server.state().await;
    assert_eq!((state.refreshes, state.grants_revoked, state.live_access, state.live_refresh), (1, 0, 1, 1));
    // This process has not seen the new tokens yet.
    ai.user_info().await.unwrap();
    assert_eq!(server.state().await.refreshes, 1);
}

// L3, W2
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
#[allow(clippy::explicit_write, reason = "the macros' output is kept back where a test passes")]
async fn a_kill_locks_out_only_whom_the_provider_had_answered() {
    use std::io::Write;
    let mut server = Server::oidc_provider().await;
    let folder = TempDir::new().unwrap();
    let (mut old, mut new, mut window) = (0, 0, 0);
    let whole = undisturbed(&server, &folder).await;
    for kill in 0..KILLS {
        let ai = app(&server, &folder);
        sign_in(&ai).await;
        let first = ai.access_token(Duration::ZERO).await.unwrap();
        drop(ai); // with its connections, and with what it remembers
        let before = server.state().await.refreshes;
        let mut victim = process(&server, &folder, &["refresh"]).await;
        // This sleep is necessary: the instant is what is tested.
        tokio::time::sleep(whole * kill / KILLS).await;
        victim.kill().await.unwrap();
        let rotated = until(&mut server, |state| state.connections == 0).await.refreshes - before;
        let next = app(&server, &folder);
        let stored = next.access_token(Duration::ZERO).await.unwrap();
        match (rotated, stored.expose() == first.expose()) {
            (0, true) => old += 1,
            (1, false) => new += 1,
            (1, true) => window += 1,
            other => panic!("kill {kill} in {whole:?}: {other:?}"),
        }
        // With a refresh token that is spent this is reuse, which ends all the same.
        next.sign_out().await.unwrap();
        let state = server.state().await;
        assert_eq!((state.live_access, state.live_refresh), (0, 0), "a token set that is half old and half new");
    }
    let found = format!("old tokens {old}, new tokens {new}; rotated for the dead, not stored {window}");
    writeln!(std::io::stderr(), "killed while it refreshes at oidc-provider: {found}").unwrap();
}

/// How long a refresh takes without a kill, and a little more: the second longest of five.
async fn undisturbed(server: &Server, folder: &TempDir) -> Duration {
    let mut samples = Vec::new();
    for _ in 0..5 {
        sign_in(&app(server, folder)).await;
        let mut child = process(server, folder, &["refresh"]).await;
        let begun = Instant::now();
        assert!(child.wait().await.unwrap().success());
        samples.push(begun.elapsed());
        app(server, folder).sign_out().await.unwrap();
    }
    samples.sort();
    samples[3]
}

// L12, L16: the dead process had sent its request, and the provider never looked at it
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn the_next_process_refreshes_for_one_that_died_before_the_provider_answered() {
    let mut server = Server::oidc_provider().await;
    let folder = TempDir::new().unwrap();
    sign_in(&app(&server, &folder)).await;
    server.ask(json!({ "do": "hold", "at": "before" })).await;
    killed_while_held(&mut server, &folder).await;
    server.ask(json!({ "do": "expireAccessTokens" })).await;
    app(&server, &folder).user_info().await.unwrap();
    let state = server.state().await;
    assert_eq!((state.refreshes, state.grants_revoked, state.live_refresh), (1, 0, 1));
}

// L3: the window that no client can close
#[tokio::test]
#[ignore = "needs npm's oidc-provider: scripts/test providers"]
async fn tokens_that_were_issued_to_a_dead_process_need_a_sign_in() {
    let mut server = Server::oidc_provider().await;
    let folder = TempDir::new().unwrap();
    sign_in(&app(&server, &folder)).await;
    server.ask(json!({ "do": "hold", "at": "after" })).await;
    killed_while_held(&mut server, &folder).await;
    server.ask(json!({ "do": "expireAccessTokens" })).await;
    let next = app(&server, &folder);
    let error = next.user_info().await.unwrap_err();
    let reason = SignInReason::GrantEnded;
    assert!(matches!(&error, Error::SignInRequired { reason: given, .. } if *given == reason), "{error:?}");
    assert_eq!(next.session_state().await.unwrap(), SessionState::NeedsSignIn { reason });
    let state = server.state().await;
    assert_eq!((state.grants_revoked, state.live_access, state.live_refresh), (1, 0, 0));
    sign_in(&next).await;
    next.user_info().await.unwrap();
}

/// Kills a process whose token request the server holds back. The server then answers again.
async fn killed_while_held(server: &mut Server, folder: &TempDir) {
    let before = server.state().await.token_requests;
    let mut victim = process(server, folder, &["refresh"]).await;
    until(server, |state| state.held > 0).await;
    victim.kill().await.unwrap();
    server.ask(json!({ "do": "hold", "at": null })).await;
    let state = until(server, |state| state.connections == 0).await;
    assert_eq!(state.token_requests - before, 1);
}
