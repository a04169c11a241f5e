//! `aipass login` through the system's browser, which the test stands in for.

use crate::running::{Dialogue, command_at, file, folder, run_at, until};
use aipass_sandbox::{Client, Endpoint, Fault, Sandbox, user_agent};
use std::path::Path;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::{Position, Url};

/// A sandbox that knows the program at a port of this test's own, and that port.
async fn sandbox() -> (Sandbox, String) {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let program = Client::public("aipass_cli", "The program", format!("http://127.0.0.1:{free}/callback"));
    (Sandbox::builder().client(program).start().await.unwrap(), free)
}

/// A folder whose `xdg-open` notes the address that it is to open.
fn browser(home: &Path) -> std::path::PathBuf {
    let folder = home.join("bin");
    std::fs::create_dir_all(&folder).unwrap();
    let noted = home.join("opened");
    // Moved into place, so that nobody reads half of it. By its path: PATH has nothing but this folder.
    let noted = noted.display();
    let script = format!("#!/bin/sh\nprintf %s \"$1\" > '{noted}.new'\n/bin/mv '{noted}.new' '{noted}'\n");
    let script = file(&folder, "xdg-open", script.as_bytes());
    #[cfg(unix)]
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    folder
}

fn login(home: &Path, base_url: &str, port: &str) -> Dialogue {
    let mut command = command_at(home, &["login", "--base-url", base_url, "--port", port]);
    command.env("PATH", browser(home));
    Dialogue::begin(command)
}

/// What a browser does at the end of the redirect.
async fn visit(callback: &Url) -> String {
    let mut stream = TcpStream::connect(callback.socket_addrs(|| None).unwrap()[0]).await.unwrap();
    let target = &callback[Position::BeforePath..];
    let authority = &callback[Position::BeforeHost..Position::AfterPort];
    stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: {authority}\r\n\r\n").as_bytes()).await.unwrap();
    let mut page = String::new();
    stream.read_to_string(&mut page).await.unwrap();
    page
}

// A6: loopback redirect in the system's browser
#[cfg(target_os = "linux")]
#[tokio::test]
async fn the_systems_browser_opens_and_comes_back() {
    let (sandbox, port) = sandbox().await;
    let home = folder("browser-login");
    let mut login = login(&home, sandbox.base_url().as_str(), &port);
    let url = login.authorization_url().await;
    // A3: a page that guesses the address changes nothing
    let mut forged = url.query_pairs().find(|(name, _)| name == "redirect_uri").unwrap().1.parse::<Url>().unwrap();
    forged.set_query(Some("code=forged&state=guessed"));
    visit(&forged).await;
    let callback = user_agent::consent(&url).await.unwrap();
    let page = visit(&callback).await;
    assert!(page.contains("Back to the app"), "{page:?}");
    let outcome = login.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.starts_with("Signed in as Robin Example"), "{outcome:?}");
    // The browser is nobody's child: it may be slower than the whole login.
    let opened = home.join("opened");
    until(|| opened.exists()).await;
    assert_eq!(std::fs::read_to_string(opened).unwrap(), url.as_str());
    // Nothing has to be said a second time.
    assert_eq!(run_at(&home, &["whoami"]).await.status, 0);
}

#[tokio::test]
async fn denied_access_is_said() {
    let (sandbox, port) = sandbox().await;
    let mut login = login(&folder("browser-denied"), sandbox.base_url().as_str(), &port);
    visit(&user_agent::deny(&login.authorization_url().await).await.unwrap()).await;
    login.finish().await.fails_with(3, "Access was denied on the sign-in page");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_gives_the_sign_in_up() {
    let (sandbox, port) = sandbox().await;
    let home = folder("browser-interrupted");
    let mut login = login(&home, sandbox.base_url().as_str(), &port);
    login.hear("Ctrl-C gives up").await;
    login.interrupt().await;
    login.finish().await.fails_with(130, "Interrupted.");
    let report = run_at(&home, &["diagnostics", "--json", "--base-url", sandbox.base_url().as_str()]).await.json();
    assert_eq!(report["session"], "SignedOut");
}

#[cfg(unix)]
#[tokio::test]
async fn ctrl_c_during_the_exchange_gives_the_new_session_back() {
    let (sandbox, port) = sandbox().await;
    let home = folder("exchange-interrupted");
    sandbox.add_fault(Endpoint::Token, Fault::Delay { milliseconds: 1000 }, None).unwrap();
    let mut login = login(&home, sandbox.base_url().as_str(), &port);
    let callback = user_agent::consent(&login.authorization_url().await).await.unwrap();
    visit(&callback).await;
    until(|| sandbox.requests("/oauth2/token") > 0).await;
    login.interrupt().await;
    login.finish().await.fails_with(130, "Interrupted.");
    let tokens = sandbox.tokens();
    assert_eq!((tokens.issued_for_codes, tokens.live_refresh), (1, 0));
}

// The account's name is a courtesy, and a provider that does not tell it no reason to hang
#[tokio::test]
async fn a_login_ends_without_the_accounts_name() {
    let (sandbox, port) = sandbox().await;
    sandbox.add_fault(Endpoint::Userinfo, Fault::Stall { bytes: None }, None).unwrap();
    let mut login = login(&folder("nameless-login"), sandbox.base_url().as_str(), &port);
    visit(&user_agent::consent(&login.authorization_url().await).await.unwrap()).await;
    let outcome = login.finish().await;
    assert_eq!(outcome.status, 0, "{outcome:?}");
    assert!(outcome.stdout.starts_with("Signed in at"), "{outcome:?}");
}

#[tokio::test]
async fn a_port_in_use_is_a_wrong_command_line() {
    let (sandbox, _) = sandbox().await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let outcome =
        run_at(&folder("browser-port"), &["login", "--base-url", sandbox.base_url().as_str(), "--port", &port]).await;
    outcome.fails_with(2, "--port cannot be used");
}
