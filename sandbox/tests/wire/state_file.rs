//! `Builder::state`: what outlives a sandbox.

use std::path::PathBuf;

use aipass_sandbox::{Endpoint, Fault, Sandbox, StartError};
use rust_decimal::Decimal;
use serde_json::json;

use crate::app::{App, ask, read, tokens};

/// A path in a folder of this run's own.
fn path(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("state-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder.join(name)
}

// No persistence unless `--state FILE`
#[tokio::test]
async fn sessions_clients_and_money_are_restored() {
    let file = path("goes-on");
    let app = App::with(Sandbox::builder().state(&file)).await;
    let issued = app.sign_in().await;
    let registration =
        json!({ "clientName": "Kept", "redirectUri": "myapp://kept", "requestedScopes": ["api:access"] });
    let request = app.http.post(app.url("/api/v1/oauth2/clients")).header("content-type", "application/json");
    let (_, client) = read(request.body(registration.to_string()).send().await.unwrap()).await;
    app.chat(&issued.access, &ask("hello")).await.bytes().await.unwrap();
    app.sandbox.set_remaining_budget(Decimal::ONE);
    let rotated = tokens(&read(app.refresh(&issued.refresh).await).await.1);
    let spent = app.sandbox.spent();
    drop(app); // as a kill would: nobody says goodbye

    let app = App::with(Sandbox::builder().state(&file)).await;
    assert_eq!(app.userinfo_status(&rotated.access).await, 200);
    assert_eq!(app.sandbox.spent(), spent);
    let (_, balance) = read(app.get("/api/v1/usage/me/summary", &rotated.access).send().await.unwrap()).await;
    assert_eq!(balance["data"]["remainingBudget"].as_f64(), Some(1.0));
    let client_id = client["data"]["clientId"].as_str().unwrap();
    let page =
        app.authorization_url(&[("client_id", client_id), ("redirect_uri", "myapp://kept"), ("scope", "api:access")]);
    assert_eq!(app.http.get(page).send().await.unwrap().status(), 200);
    // RFC 9700 §4.14.2: reuse is found out also after a restart
    assert_eq!(app.refresh(&issued.refresh).await.status(), 400);
    assert_eq!(app.userinfo_status(&rotated.access).await, 401);
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_alone() {
    let file = path("private");
    let app = App::with(Sandbox::builder().state(&file)).await;
    app.sign_in().await;
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o077, 0, "{mode:o}");
}

// Another run may have died before it moved its file into place, or somebody else put something there
#[cfg(unix)]
#[tokio::test]
async fn a_file_at_the_temporary_path_is_not_written_to() {
    let (file, elsewhere) = (path("linked"), path("elsewhere"));
    std::fs::write(&elsewhere, "milk, eggs").unwrap();
    let _ = std::fs::remove_file(path("linked.new"));
    std::os::unix::fs::symlink(&elsewhere, path("linked.new")).unwrap();
    let app = App::with(Sandbox::builder().state(&file)).await;
    app.sign_in().await;
    assert_eq!(std::fs::read_to_string(&elsewhere).unwrap(), "milk, eggs");
    assert!(std::fs::symlink_metadata(&file).unwrap().is_file());
}

#[tokio::test]
async fn a_faults_change_to_the_account_is_saved_after_any_request() {
    let file = path("fault");
    let app = App::with(Sandbox::builder().state(&file)).await;
    let issued = app.sign_in().await;
    app.sandbox.add_fault(Endpoint::Userinfo, Fault::RevokedGrant {}, Some(1)).unwrap();
    assert_eq!(app.userinfo_status(&issued.access).await, 401);
    drop(app);

    let app = App::with(Sandbox::builder().state(&file)).await;
    assert_eq!(app.refresh(&issued.refresh).await.status(), 400);
}

#[tokio::test]
async fn an_invalid_state_file_is_left_alone() {
    for (name, text) in [("garbage", "milk, eggs"), ("newer", r#"{"version": 2, "clients": {}, "grants": {}}"#)] {
        let file = path(name);
        std::fs::write(&file, text).unwrap();
        assert!(matches!(Sandbox::builder().state(&file).start().await, Err(StartError::State { .. })), "{name}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    }
}
