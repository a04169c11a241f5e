//! `aipass sandbox`, as another program's tests start it.

use crate::running::{Service, command, folder, run};
use serde_json::json;
use std::process::Stdio;

// With --json the first line says where it listens
#[tokio::test]
async fn the_first_line_says_where_it_is_and_a_user_signs_in() {
    let mut sandbox = Service::start(&["sandbox", "--port", "0", "--json", "--while-stdin-open"]).await;
    let (base_url, control_url) = (sandbox.text("base_url"), sandbox.text("control_url"));
    assert!(base_url.starts_with("http://127.0.0.1:") && !base_url.ends_with('/'), "{base_url}");
    assert_eq!(control_url, format!("{base_url}/sandbox"));
    assert_eq!(
        (sandbox.text("client_id"), sandbox.text("redirect_uri")),
        ("client_123".into(), "myapp://auth/callback".into())
    );
    assert_eq!(sandbox.control("GET", "state", None).await["tokens"]["live_access"], 0);
    sandbox.close_input();
    assert_eq!(sandbox.ends().await, 0);
}

#[tokio::test]
async fn it_ends_when_it_is_told_to() {
    let mut stopped = Service::start(&["sandbox", "--port", "0", "--json"]).await;
    stopped.control("POST", "stop", Some(json!({}))).await;
    assert_eq!(stopped.ends().await, 0);
    #[cfg(unix)]
    for signal in ["-INT", "-TERM"] {
        let mut signalled = Service::start(&["sandbox", "--port", "0", "--json"]).await;
        signalled.signal(signal).await;
        assert_eq!(signalled.ends().await, 0, "{signal}");
    }
}

#[tokio::test]
async fn its_options_reach_it() {
    let arguments = [
        "sandbox",
        "--port",
        "0",
        "--json",
        "--while-stdin-open",
        "--client-id",
        "desk",
        "--redirect-uri",
        "desk://back",
        "--fault",
        "discovery=status:503",
    ];
    let sandbox = Service::start(&arguments).await;
    assert_eq!((sandbox.text("client_id"), sandbox.text("redirect_uri")), ("desk".into(), "desk://back".into()));
    let (head, _) = sandbox.request("GET", "/.well-known/oauth-authorization-server", None).await;
    assert!(head.starts_with("HTTP/1.1 503"), "{head}");
    let page = "/oauth2/authorize?client_id=desk&redirect_uri=desk%3A%2F%2Fback&response_type=code&scope=api%3Aaccess\
                &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";
    let (head, page) = sandbox.request("GET", page, None).await;
    assert!(head.starts_with("HTTP/1.1 200") && page.contains("desk://back"), "{head}{page}");
}

// The issuer byte for byte, where clients find the rest
#[tokio::test]
async fn it_plays_other_providers() {
    let arguments = ["sandbox", "--port", "0", "--json", "--while-stdin-open", "--dialect"];
    let oauth = ["oauth", "--access-tokens", "jwt", "--no-refresh-tokens", "--require-par", "--device-interval", "1"];
    let sandbox = Service::start(&[arguments.as_slice(), &oauth].concat()).await;
    let base_url = sandbox.text("base_url");
    assert_eq!((sandbox.text("issuer"), sandbox.text("model_api_url")), (base_url.clone(), format!("{base_url}/v1")));
    let (_, metadata) = sandbox.request("GET", "/.well-known/openid-configuration", None).await;
    assert!(metadata.contains(r#""require_pushed_authorization_requests":true"#), "{metadata}");
    assert!(!metadata.contains(r#""refresh_token""#), "{metadata}");
    let phaseo = Service::start(&[arguments.as_slice(), &["phaseo"]].concat()).await;
    assert_eq!(phaseo.text("issuer"), format!("{}/oauth", phaseo.text("base_url")));
    run(&["sandbox", "--dialect", "saml"]).await.fails_with(2, "is no dialect");
    run(&["sandbox", "--access-tokens", "round"]).await.fails_with(2, "is no form of access tokens");
}

// No persistence unless `--state FILE`
#[tokio::test]
async fn a_state_file_is_gone_on_from() {
    let file = folder("sandbox-state").join("state.json");
    let arguments = ["sandbox", "--port", "0", "--json", "--state", file.to_str().unwrap()];
    let registration = json!({ "clientName": "Kept", "redirectUri": "kept://back", "requestedScopes": ["api:access"] });
    let first = Service::start(&arguments).await;
    let (head, response) = first.request("POST", "/api/v1/oauth2/clients", Some(registration)).await;
    assert!(head.starts_with("HTTP/1.1 201"), "{head}{response}");
    let response: serde_json::Value = serde_json::from_str(&response).unwrap();
    drop(first); // killed
    let second = Service::start(&arguments).await;
    let page = format!(
        "/oauth2/authorize?client_id={}&redirect_uri=kept%3A%2F%2Fback&response_type=code&scope=api%3Aaccess\
         &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256",
        response["data"]["clientId"].as_str().unwrap()
    );
    let (head, page) = second.request("GET", &page, None).await;
    assert!(head.starts_with("HTTP/1.1 200") && page.contains("Kept"), "{head}{page}");
    std::fs::write(&file, "milk").unwrap();
    run(&arguments).await.fails_with(1, "name another file with --state");
}

#[tokio::test]
async fn people_get_the_recipes() {
    let mut command = command(&["sandbox", "--port", "0", "--while-stdin-open"]);
    let outcome = command.stdin(Stdio::null()).output().await.unwrap();
    let text = String::from_utf8(outcome.stdout).unwrap();
    for words in ["adb reverse tcp:", "http://10.0.2.2:", "insecure_development_hosts", "client_123", "/sandbox"] {
        assert!(text.contains(words), "{words:?} is not in {text}");
    }
}

#[tokio::test]
async fn a_taken_port_and_a_wrong_fault_are_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    run(&["sandbox", "--port", &port]).await.fails_with(1, "choose another --port");
    run(&["sandbox", "--fault", "chat"]).await.fails_with(2, "ENDPOINT=KIND");
    run(&["sandbox", "--fault", "kitchen=reset"]).await.fails_with(2, "is no endpoint");
    run(&["sandbox", "--fault", "chat=flood"]).await.fails_with(2, "is no fault");
}

#[tokio::test]
async fn its_help_names_every_changed_answer() {
    let help = run(&["sandbox", "--help"]).await.stdout;
    for (name, ..) in aipass_sandbox::Alteration::ALL {
        assert!(help.contains(&format!("\n  {name} ")), "{name}");
    }
    assert!(!run(&["sandbox", "-h"]).await.stdout.contains("gzip_bomb"), "the short help stays short");
}
