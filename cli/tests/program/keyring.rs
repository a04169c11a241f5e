//! The system's keyring: `scripts/test keyring` starts one and runs this.

use crate::running::{Dialogue, Outcome, command_at, finish, folder};
use aipass_sandbox::{Sandbox, user_agent};
use std::path::Path;
use tokio::process::Command;

/// The program, which may use the keyring.
fn command(home: &Path, arguments: &[&str]) -> Command {
    let mut command = command_at(home, arguments);
    command.env_remove("AIPASS_KEYRING");
    command
}

async fn run(home: &Path, arguments: &[&str]) -> Outcome {
    finish(command(home, arguments)).await
}

// The session's key lives in the system's keyring where there is one
#[ignore = "needs a keyring: scripts/test keyring runs it"]
#[tokio::test]
async fn the_key_is_kept_in_the_keyring_and_a_keyring_that_is_away_is_no_missing_key() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let home = folder("keyring");
    let base_url = sandbox.base_url();
    let mut login = Dialogue::begin(command(&home, &["login", "--no-browser", "--base-url", base_url.as_str()]));
    let callback = user_agent::consent(&login.authorization_url().await).await.unwrap();
    login.paste(callback.as_str()).await;
    let outcome = login.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert_eq!(run(&home, &["diagnostics", "--json"]).await.json()["key_in"], "keyring");
    assert!(!home.join("session.key").exists(), "the key is nowhere else");
    assert_eq!(run(&home, &["whoami"]).await.status, 0);

    let mut away = command(&home, &["whoami"]);
    away.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    finish(away).await.fails_with(1, "The system's keyring, which keeps the key of your session, cannot be used");
    let mut report = command(&home, &["diagnostics", "--json"]);
    report.env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    let report = finish(report).await;
    assert_eq!((report.status, &report.json()["key_in"]), (0, &"keyring".into()), "{report:?}");
    assert!(report.json()["key_problem"].as_str().unwrap().contains("unlock it"), "{report:?}");
    assert!(!home.join("session.key").exists(), "no other key is made meanwhile");
    assert_eq!(run(&home, &["whoami"]).await.status, 0, "it is back");

    // Another home finds the same key: it is the user's.
    assert_eq!(
        run(&folder("keyring-other"), &["diagnostics", "--json", "--base-url", base_url.as_str()]).await.json()["key_in"],
        "keyring"
    );
}
