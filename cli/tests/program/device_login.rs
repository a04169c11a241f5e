//! `aipass login --device`: a code that the user enters on another device (RFC 8628).

use crate::running::{Dialogue, command_at, folder, run_at};
use aipass_sandbox::{DeviceDecision, Dialect, Sandbox};
use std::path::Path;
use std::time::Duration;

/// A provider that has device codes, and lets devices ask often.
async fn sandbox() -> Sandbox {
    let builder = Sandbox::builder().dialect(Dialect::OAuth);
    builder.device_interval(Some(Duration::from_secs(1))).start().await.unwrap()
}

fn login(home: &Path, sandbox: &Sandbox) -> Dialogue {
    let issuer = sandbox.issuer();
    Dialogue::begin(command_at(home, &["login", "--device", "--issuer", &issuer, "--client-id", "client_123"]))
}

#[tokio::test]
async fn a_code_that_is_allowed_elsewhere_signs_in() {
    let (sandbox, home) = (sandbox().await, folder("device-login"));
    let mut login = login(&home, &sandbox);
    login.hear("Enter this code").await;
    login.hear("Ctrl-C gives up").await;
    assert!(sandbox.decide_device(None, DeviceDecision::Allow));
    let outcome = login.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.starts_with("Signed in as user_123"), "{outcome:?}");
    assert_eq!(run_at(&home, &["whoami"]).await.status, 0);
}

#[tokio::test]
async fn a_code_that_is_denied_or_expires_signs_nobody_in() {
    let sandbox = sandbox().await;
    for (decision, words) in [(DeviceDecision::Deny, "denied"), (DeviceDecision::Expire, "was not entered in time")] {
        let home = folder("device-login-denied");
        let mut login = login(&home, &sandbox);
        login.hear("Ctrl-C gives up").await;
        assert!(sandbox.decide_device(None, decision));
        login.finish().await.fails_with(3, words);
        run_at(&home, &["whoami"]).await.fails_with(3, "");
    }
}

// A9
#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_gives_the_code_up() {
    let (sandbox, home) = (sandbox().await, folder("device-login-interrupted"));
    let mut login = login(&home, &sandbox);
    login.hear("Ctrl-C gives up").await;
    login.interrupt().await;
    assert_eq!(login.finish().await.status, 130);
    run_at(&home, &["whoami"]).await.fails_with(3, "");
}
