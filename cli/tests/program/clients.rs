//! `aipass clients`.

use crate::running::{Dialogue, command_at, folder, run, run_at};
use crate::user::User;
use aipass_sandbox::{Sandbox, user_agent};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

const CREATE: [&str; 8] =
    ["clients", "create", "--name", "Notes", "--redirect-uri", "notes://back", "--scope", "api:access"];

async fn create(user: &User) -> Value {
    let outcome = user.run(&[&CREATE[..], &["--json"]].concat()).await;
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""), "{outcome:?}");
    outcome.json()
}

// wire: clients
#[tokio::test]
async fn an_app_is_registered_listed_shown_changed_and_removed() {
    let user = User::sign_in("clients").await;
    let made = create(&user).await;
    let (id, client_id) = (made["id"].as_str().unwrap(), made["client_id"].as_str().unwrap());
    assert_eq!((&made["name"], &made["redirect_uris"]), (&json!("Notes"), &json!(["notes://back"])));
    assert_eq!((&made["is_active"], made.get("client_secret")), (&json!(true), None));

    let server = [&CREATE[..], &["--confidential", "--json"]].concat();
    let server = user.run(&server).await.json();
    assert!(server["client_secret"].is_string(), "{server}");

    let listed = user.run(&["clients", "list"]).await;
    let line = listed.stdout.lines().find(|line| line.starts_with(id)).expect("it is listed");
    assert!(line.contains(client_id) && line.ends_with("  Notes"), "{line}");
    let all = user.run(&["clients", "list", "--json"]).await.json();
    assert!(all["clients"].as_array().unwrap().iter().any(|client| client["id"] == *id), "{all}");

    let shown = user.run(&["clients", "show", id]).await;
    assert!(shown.stdout.contains("redirect URIs  notes://back\n"), "{shown:?}");
    let changes = ["--name", "Better notes", "--redirect-uri", "notes://a", "--redirect-uri", "notes://b"];
    let changed = user.run(&[&["clients", "update", id, "--json"], &changes[..]].concat()).await.json();
    assert_eq!((&changed["name"], &changed["scopes"]), (&json!("Better notes"), &json!(["api:access"])));
    assert_eq!(changed["redirect_uris"], json!(["notes://a", "notes://b"]));

    let usage = user.run(&["clients", "usage", client_id]).await;
    assert_eq!(usage.stdout, "requests  0\ncost      0.00\n", "{usage:?}");
    let usage = user.run(&["clients", "usage", client_id, "--json"]).await.json();
    assert_eq!(usage, json!({ "requests": 0, "cost": "0.00" }));

    let ended = user.run(&["clients", "deactivate", id, "--yes"]).await;
    assert_eq!(ended.stdout, format!("{id} is deactivated\n"), "{ended:?}");
    assert!(user.run(&["clients", "list"]).await.stdout.contains("Better notes  (inactive)"));
    let removed = user.run(&["clients", "delete", id, "--yes", "--json"]).await.json();
    assert_eq!(removed, json!({ "id": id, "outcome": "deleted" }));
    let gone = user.run(&["clients", "show", id, "--json"]).await;
    assert_eq!((gone.status, &gone.json()["error"]["code"]), (1, &json!("provider_not_found")));
}

// What ends people's sessions is not done by accident
#[tokio::test]
async fn nothing_is_ended_without_yes() {
    let user = User::sign_in("clients-yes").await;
    let made = create(&user).await;
    let id = made["id"].as_str().unwrap();
    let asked = user.sandbox.request_log().len();
    for action in ["delete", "deactivate"] {
        let outcome = user.run(&["clients", action, id, "--json"]).await;
        outcome.fails_with(2, "say --yes to do it");
        assert_eq!(outcome.json()["error"]["code"], "not_confirmed");
    }
    assert_eq!(user.sandbox.request_log().len(), asked);
    assert_eq!(user.run(&["clients", "show", id, "--json"]).await.json()["is_active"], true);
}

#[tokio::test]
async fn a_registration_that_cannot_be_made_says_why() {
    let user = User::sign_in("clients-refused").await;
    user.run(&["clients", "create", "--name", "Notes"]).await.fails_with(2, "--redirect-uri");
    let create = async |more: &[&str]| user.run(&[&CREATE[..], more].concat()).await;
    create(&["--access-token-ttl", "0"]).await.fails_with(2, "--access-token-ttl cannot be used");
    user.run(&["clients", "create", "--name", " ", "--redirect-uri", "a://b"]).await.fails_with(2, "--name cannot");
    user.run(&["clients", "update", "some"]).await.fails_with(2, "Nothing is to be changed");
    user.run(&["clients", "usage", "nobody"]).await.fails_with(1, "status 404");
    create(&["--scope", "everything"]).await.fails_with(1, "requestedScopes");
}

// A server chooses its ids, and one in 64 that are written in base64url begins with a dash
#[tokio::test]
async fn an_id_may_begin_with_a_dash() {
    let user = User::sign_in("clients-dash").await;
    for command in [
        &["clients", "show", "-a1"][..],
        &["clients", "update", "-a1", "--name", "Notes"],
        &["clients", "usage", "-a1", "--json"],
        &["clients", "deactivate", "-a1", "--yes"],
        &["clients", "delete", "-a1", "--yes"],
        &["video", "status", "-a1"],
        &["video", "download", "-a1", "-o", "boat.mp4"],
        &["video", "remix", "-a1", "At night"],
    ] {
        let before = user.sandbox.request_log().len();
        let outcome = user.run(command).await;
        let asked = user.sandbox.request_log().iter().skip(before).any(|record| record.path.contains("-a1"));
        assert!(outcome.status == 1 && asked, "{command:?} {outcome:?}");
    }
    let connection = ["scan", "missing.jpg", "--base-url", "http://127.0.0.1:9", "--client-id", "-a1"];
    run(&connection).await.fails_with(1, "There is no such file");
}

/// In front of a sandbox, for the one thing that the program never asks for: it registers every app as confidential.
async fn confidential_registrations(sandbox: &Sandbox) -> Url {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let front = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let authority = |url: &Url| url[url::Position::BeforeHost..url::Position::AfterPort].to_owned();
    let (ours, theirs) = (authority(&front), authority(&sandbox.base_url()));
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            tokio::spawn(pass_on(client, ours.clone(), theirs.clone()));
        }
    });
    front
}

/// Passes on one request and its answer.
async fn pass_on(mut client: TcpStream, ours: String, theirs: String) -> std::io::Result<()> {
    let mut request = String::new();
    let mut buffer = [0; 4096];
    let body_length = |head: &str| {
        let length =
            head.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok());
        length.unwrap_or(0)
    };
    let (head, body): (String, String) = loop {
        let read = client.read(&mut buffer).await?;
        request.push_str(std::str::from_utf8(&buffer[..read]).unwrap());
        match request.split_once("\r\n\r\n") {
            Some((head, body)) if body.len() >= body_length(head) => break (head.to_owned(), body.to_owned()),
            _ if read == 0 => return Ok(()),
            _ => {}
        }
    };
    let kept = |line: &&str| !line.to_ascii_lowercase().starts_with("content-length:");
    let head: Vec<&str> = head.lines().filter(kept).collect();
    let body = body.replace(r#""clientName":"#, r#""clientType":"CONFIDENTIAL","clientName":"#);
    let (head, length) = (head.join("\r\n").replace(&ours, &theirs), body.len());
    let mut server = TcpStream::connect(&theirs).await?;
    let request = format!("{head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    server.write_all(request.as_bytes()).await?;
    tokio::io::copy(&mut server, &mut client).await?;
    client.shutdown().await
}

// S1: a client secret is told once
#[tokio::test]
async fn a_secret_is_shown_when_it_is_made_with_a_warning_and_never_again() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let front = confidential_registrations(&sandbox).await;
    let home = folder("clients-secret");
    let mut login = Dialogue::begin(command_at(&home, &["login", "--no-browser", "--base-url", front.as_str()]));
    let mut page = login.authorization_url().await;
    page.set_port(sandbox.base_url().port()).unwrap();
    login.paste(user_agent::consent(&page).await.unwrap().as_str()).await;
    assert_eq!(login.finish().await.status, 0);

    let made = run_at(&home, &CREATE).await;
    assert_eq!(made.status, 0, "{made:?}");
    let value = |name: &str| made.stdout.lines().find_map(|line| line.strip_prefix(name)).unwrap().trim().to_owned();
    let (id, secret) = (value("id  "), value("client secret"));
    assert!(secret.starts_with("sandbox_secret_"), "{made:?}");
    assert!(made.stderr.contains("is shown this once") && !made.stderr.contains(&secret), "{made:?}");
    let printed = run_at(&home, &[&CREATE[..], &["--json"]].concat()).await;
    assert!(printed.json()["client_secret"].as_str().unwrap().starts_with("sandbox_secret_"));

    for arguments in [
        &["clients", "list"][..],
        &["clients", "list", "--json"],
        &["clients", "show", &id],
        &["clients", "show", &id, "--json"],
        &["clients", "update", &id, "--scope", "profile:read", "--json"],
        &["diagnostics"],
    ] {
        let outcome = run_at(&home, arguments).await;
        assert_eq!(outcome.status, 0, "{outcome:?}");
        assert!(!(outcome.stdout + &outcome.stderr).contains("sandbox_secret_"), "{arguments:?}");
    }
}
