//! `aipass register`.

use crate::canned_server::CannedServer;
use crate::running::{Outcome, command, file, finish, folder, run};
use serde_json::json;

const APP: [&str; 4] = ["--name", "Notes", "--redirect-uri", "notes://back"];

async fn register(server: &CannedServer, options: &[&str]) -> Outcome {
    let endpoint = server.url("/register");
    run(&[&["register", "--registration-endpoint", &endpoint], &APP[..], options].concat()).await
}

fn shows_no_secret(outcome: &Outcome) {
    for secret in ["client-secret", "registration-secret", "phaseo-key"] {
        assert!(!outcome.stdout.contains(secret) && !outcome.stderr.contains(secret), "{outcome:?}");
    }
}

// RFC 7591, RFC 7592
#[tokio::test]
async fn an_app_is_registered_shown_changed_and_removed() {
    let server = CannedServer::start().await;
    let folder = folder("register");
    let kept = folder.join("notes.json");
    let kept = kept.to_str().unwrap();
    let made = register(&server, &["--scope", "openid", "--confidential", "-o", kept, "--json"]).await;
    assert_eq!((made.status, &made.json()["client_id"]), (0, &json!("c1")), "{made:?}");
    shows_no_secret(&made);
    let sent = server.last("/register").json();
    assert_eq!((&sent["client_name"], &sent["scope"]), (&json!("Notes"), &json!("openid")));
    assert_eq!(
        (&sent["application_type"], &sent["token_endpoint_auth_method"]),
        (&json!("web"), &json!("client_secret_basic"))
    );
    let text = std::fs::read_to_string(kept).unwrap();
    assert!(text.contains("client-secret-1") && text.contains("registration-secret-1"), "{text}");
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(kept).unwrap().permissions());
        assert_eq!(mode & 0o077, 0, "for its owner alone");
    }

    let shown = run(&["register", "show", kept]).await;
    assert!(shown.status == 0 && shown.stdout.contains("redirect URIs"), "{shown:?}");
    shows_no_secret(&shown);
    assert!(std::fs::read_to_string(kept).unwrap().contains("registration-secret-2"), "the new token is kept");

    let changed = run(&["register", "update", kept, "--name", "Better notes", "--json"]).await.json();
    assert_eq!(
        (&changed["client_name"], &changed["redirect_uris"]),
        (&json!("Better notes"), &json!(["notes://back"]))
    );
    let sent = server.last("/register/c1").json();
    assert_eq!(
        (&sent["scope"], &sent["client_id"]),
        (&json!("openid"), &json!("c1")),
        "what is not changed is sent again"
    );

    run(&["register", "update", kept]).await.fails_with(2, "Nothing is to be changed");
    run(&["register", "delete", kept]).await.fails_with(2, "say --yes to do it");
    let removed = run(&["register", "delete", kept, "--yes"]).await;
    assert_eq!(removed.stdout, "c1 is removed\n", "{removed:?}");
    assert!(!std::path::Path::new(kept).exists());
    assert_eq!(server.requests().last().unwrap(), "DELETE /register/c1");
}

// S1: what is told once is told with a warning
#[tokio::test]
async fn without_a_file_the_secrets_are_printed_this_once() {
    let server = CannedServer::start().await;
    let app = register(&server, &[]).await;
    assert!(app.status == 0 && app.stdout.contains("client id           c1\n"), "{app:?}");
    assert!(app.stdout.contains("registration-secret-1") && !app.stdout.contains("client secret"), "{app:?}");
    assert!(app.stderr.contains("shown this once") && !app.stderr.contains("registration-secret"), "{app:?}");
    let sent = server.last("/register");
    assert_eq!((&sent.json()["token_endpoint_auth_method"], sent.bearer()), (&json!("none"), None));
    let confidential = register(&server, &["--confidential", "--json"]).await.json();
    assert_eq!(confidential["client_secret"], "client-secret-1");
}

#[tokio::test]
async fn a_server_may_ask_for_a_token_before_it_registers_anyone() {
    let server = CannedServer::start().await;
    let endpoint = server.url("/register");
    let arguments = [&["register", "--registration-endpoint", &endpoint, "--initial-token-env", "INITIAL"], &APP[..]];
    let mut with_token = command(&arguments.concat());
    with_token.env("INITIAL", "initial-1");
    assert_eq!(finish(with_token).await.status, 0);
    assert_eq!(server.last("/register").bearer(), Some("initial-1"));
    run(&arguments.concat()).await.fails_with(2, "INITIAL is not set");
    assert_eq!(server.requests().len(), 1);
}

// Client registration by API key
#[tokio::test]
async fn an_api_key_of_phaseo_registers_an_app_in_its_own_words() {
    let server = CannedServer::start().await;
    let endpoint = server.url("/v1/oauth-clients");
    let options = ["--provider", "phaseo", "--api-key-env", "KEY", "--client-uri", "https://notes.example"];
    let mut command = command(&[&["register", "--registration-endpoint", &endpoint], &options[..], &APP].concat());
    command.env("KEY", "phaseo-key");
    let made = finish(command).await;
    assert!(made.status == 0 && made.stdout.contains("client-secret-2"), "{made:?}");
    assert!(made.stderr.contains("shown this once") && !made.stdout.contains("phaseo-key"), "{made:?}");
    let expected =
        json!({ "name": "Notes", "redirect_uris": ["notes://back"], "homepage_url": "https://notes.example" });
    assert_eq!(server.last("/v1/oauth-clients").json(), expected);
    run(&[&["register", "--provider", "phaseo"], &APP[..]].concat()).await.fails_with(2, "--api-key-env");
}

#[tokio::test]
async fn a_registration_that_cannot_be_made_says_why() {
    let server = CannedServer::start().await;
    let folder = folder("register-refused");
    let there = file(&folder, "there.json", b"{}");
    register(&server, &["-o", &there]).await.fails_with(2, "say --force to replace it");
    register(&server, &["-o", "/nowhere/a.json"]).await.fails_with(1, "cannot be written");
    register(&server, &["--redirect-uri", "javascript:x"]).await.fails_with(2, "--redirect-uri cannot be used");
    register(&server, &["--client-uri", "notes"]).await.fails_with(2, "--client-uri cannot be used");
    run(&[&["register"], &APP[..]].concat()).await.fails_with(2, "No server is named");
    let plain = [&["register", "--registration-endpoint", "http://as.example/register"], &APP[..]].concat();
    run(&plain).await.fails_with(2, "it must begin with https://");
    assert!(server.requests().is_empty(), "nothing was sent");
    let introspection = server.url("/introspect");
    let elsewhere = [&["register", "--introspection-endpoint", &introspection], &APP[..]].concat();
    run(&elsewhere).await.fails_with(1, "does not offer dynamic client registration");
    let refused = register(&server, &["--redirect-uri", "refused://back", "--json"]).await;
    refused.fails_with(1, "not this scheme");
    assert_eq!(refused.json()["error"]["code"], "provider_redirect_uri_refused");
    run(&["register", "show", &there]).await.fails_with(1, "It is no registration");
    run(&["register", "show", "/nowhere/a.json"]).await.fails_with(1, "There is no such file");
}

// A11: a file that was changed sends its token nowhere else
#[tokio::test]
async fn a_registration_of_another_server_gets_no_token() {
    let (server, other) = (CannedServer::start().await, CannedServer::start().await);
    let folder = folder("register-elsewhere");
    let kept = json!({
        "registration_endpoint": server.url("/register"), "client_id": "c1",
        "registration_access_token": "registration-secret-1", "registration_client_uri": other.url("/register/c1"),
    });
    let kept = file(&folder, "kept.json", kept.to_string().as_bytes());
    let refused = run(&["register", "show", &kept]).await;
    refused.fails_with(1, "not at the server of the registration endpoint");
    shows_no_secret(&refused);
    assert!(server.requests().is_empty() && other.requests().is_empty());
}

// Nothing is lost: the server has replaced the secrets, and the file cannot be
#[cfg(target_os = "linux")]
#[tokio::test]
async fn secrets_that_cannot_be_kept_are_told() {
    for arguments in [&["register", "show"][..], &["register", "update", "--name", "Better notes"]] {
        let server = CannedServer::start().await;
        let kept = folder("register-unwritable").join("notes.json");
        assert_eq!(register(&server, &["-o", kept.to_str().unwrap()]).await.status, 0);
        // By a folder that takes no new file.
        let opened = std::fs::File::open(&kept).unwrap();
        let number = std::os::fd::AsRawFd::as_raw_fd(&opened);
        let path = format!("/proc/{}/fd/{number}", std::process::id());
        let outcome = run(&[arguments, &[&path]].concat()).await;
        outcome.fails_with(1, "cannot be written");
        assert!(outcome.stdout.contains("registration-secret-"), "{outcome:?}");
    }
}
