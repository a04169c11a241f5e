//! Changed bodies, headers and links.

use std::io::Read as _;

use aipass_sandbox::{Alteration, Endpoint, Sandbox};
use flate2::read::{GzDecoder, ZlibDecoder};
use reqwest::Response;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::time::Duration;

use crate::app::{App, ask, exchange, read};

async fn altered(app: &App, access: &str, alteration: Alteration) -> Response {
    app.sandbox.add_fault(Endpoint::Chat, alteration.into(), Some(1)).unwrap();
    app.chat(access, &ask("hello")).await
}

// K3; RFC 9110 §8.4
#[tokio::test]
async fn bodies_are_compressed_whether_requested_or_not() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let response = altered(&app, &access, Alteration::Gzip).await;
    assert_eq!(response.headers()["content-encoding"], "gzip");
    let (mut text, bytes) = (String::new(), response.bytes().await.unwrap());
    GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    assert!(text.contains("chat.completion"));
    let response = altered(&app, &access, Alteration::Deflate).await;
    assert_eq!(response.headers()["content-encoding"], "deflate");
    let (mut text, bytes) = (String::new(), response.bytes().await.unwrap());
    ZlibDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    assert!(text.contains("chat.completion"));
    let response = altered(&app, &access, Alteration::UnknownCoding).await;
    assert_eq!(response.headers()["content-encoding"], "x-sandbox");
    let response = altered(&app, &access, Alteration::GzipBomb).await;
    assert!(response.bytes().await.unwrap().len() < 4_000_000, "256 MiB in little");

    let code = app.code().await;
    app.sandbox.add_fault(Endpoint::Token, Alteration::Gzip.into(), Some(1)).unwrap();
    let response = app.token(&exchange(&code)).await;
    let (mut text, bytes) = (String::new(), response.bytes().await.unwrap());
    GzDecoder::new(&bytes[..]).read_to_string(&mut text).unwrap();
    assert!(text.contains("refresh_token"));
    // Errors too.
    app.sandbox.add_fault(Endpoint::Chat, Alteration::Gzip.into(), Some(1)).unwrap();
    let refused = app.chat("sandbox_at_wrong", &ask("hello")).await;
    assert_eq!((refused.status().as_u16(), &refused.headers()["content-encoding"]), (401, &"gzip".parse().unwrap()));
}

// C9, M4. hyper's client takes 100 headers, unless it is told otherwise
#[tokio::test]
async fn a_response_has_more_headers_than_clients_expect() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    app.sandbox.add_fault(Endpoint::Chat, Alteration::ManyHeaders.into(), Some(1)).unwrap();
    let body = ask("hello").to_string();
    let address = app.sandbox.base_url();
    let answer = tokio::task::spawn_blocking(move || {
        use std::io::Write as _;
        let host = format!("127.0.0.1:{}", address.port().unwrap());
        let mut stream = std::net::TcpStream::connect(&host).unwrap();
        let head = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {access}\r\nContent-Type: \
             application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    });
    let answer = answer.await.unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 200") && answer.matches("llm_provider-x-passed-on-").count() == 120,
        "{answer}"
    );
}

// wire: `x-litellm-response-cost`: may be in scientific notation, `None` or empty
#[tokio::test]
async fn the_cost_header_has_other_forms() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let cost = |response: Response| response.headers()["x-litellm-response-cost"].to_str().unwrap().to_owned();
    let before = app.sandbox.spent();
    let written = cost(altered(&app, &access, Alteration::CostScientific).await);
    assert!(written.contains("e-0"), "{written}");
    assert_eq!(Decimal::from_scientific(&written).unwrap(), app.sandbox.spent() - before);
    assert_eq!(cost(altered(&app, &access, Alteration::CostUnknown).await), "None");
}

// G8
#[tokio::test]
async fn links_lead_to_forbidden_places() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let base = app.sandbox.base_url().to_string();
    for (alteration, url) in [
        (Alteration::PrivateUrl, "http://127.0.0.1:631/printers".to_owned()),
        (Alteration::OwnUrl, format!("{base}api/v1/usage/me/summary")),
    ] {
        app.sandbox.add_fault(Endpoint::ImageGenerations, alteration.into(), Some(1)).unwrap();
        let request = json!({ "model": "dall-e-2", "prompt": "tea", "size": "64x64" });
        let (_, response) = read(app.call("/images/generations", &access, &request).await).await;
        assert_eq!(response["data"], json!([{ "url": url }]));
    }
}

// C11
#[tokio::test]
async fn a_completed_videos_status_has_its_link() {
    let app = App::with(Sandbox::builder().video_takes(Duration::from_secs(60))).await;
    let access = app.sign_in().await.access;
    let request = json!({ "model": "sora-2", "prompt": "Tea", "size": "64x64", "seconds": 1 });
    let (_, video) = read(app.call("/videos", &access, &request).await).await;
    app.sandbox.add_fault(Endpoint::VideoStatus, Alteration::VideoUrlInStatus.into(), None).unwrap();
    let path = format!("/v1/videos/{}", video["id"].as_str().unwrap());
    let status = async || read(app.get(&path, &access).send().await.unwrap()).await.1;
    assert_eq!(status().await.get("downloadUrl"), None);
    app.sandbox.advance_clock(Duration::from_secs(60));
    let Value::String(link) = status().await["downloadUrl"].take() else { panic!("no link") };
    let film = app.http.get(link).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(&film[4..8], b"ftyp");
}
