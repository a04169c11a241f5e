//! What servers and the proxies before them make of responses: compressed, misdirected, and with the token in them.

use super::files_tests::{answering, files};
use crate::client::tests::world::{World, sign_in};
use crate::net::scripted::{Scripted, answer, chunks, with_header};
use crate::{AiPass, ChatRequest, Config, Error, ImageRequest, RawRequest};
use bytes::Bytes;
use std::io::Write;
use tempfile::TempDir;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn gzipped(status: u16, body: &str) -> Scripted {
    let body = gzip(body.as_bytes());
    let pieces = body.chunks(7).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    with_header(chunks(status, pieces), "content-encoding", "gzip")
}

fn chat() -> ChatRequest {
    ChatRequest { model: Some("m-1".into()), ..ChatRequest::user("Hello") }
}

// T8: whole bodies, streams, downloads, refusals
#[tokio::test(start_paused = true)]
async fn compressed_responses_are_read_everywhere() {
    let whole = r#"{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}"#;
    let stream = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hi\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";
    let refusal = r#"{"error":{"message":"ExceededBudget: User=1 over budget. Spend=2, Budget=1"}}"#;
    let (_world, ai) =
        answering([gzipped(200, whole), gzipped(200, stream), gzipped(429, refusal), gzipped(200, "a video")]).await;
    assert_eq!(ai.chat(chat()).await.unwrap().text, "hi");
    assert_eq!(ai.chat_stream(chat()).await.unwrap().answer().await.unwrap().text, "hi");
    assert_eq!(ai.chat(chat()).await.unwrap_err().code(), "budget_exceeded");
    let folder = TempDir::new().unwrap();
    assert_eq!(ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.map(|saved| saved.size), Ok(7));
}

// T8, T7
#[tokio::test(start_paused = true)]
async fn compressed_token_responses_are_read() {
    let world = World::new();
    let ai = world.client();
    world.server.answer_token_requests(&[|| {
        gzipped(200, r#"{"access_token":"at-1","refresh_token":"rt-1","expires_in":3600,"token_type":"Bearer"}"#)
    }]);
    sign_in(&ai).await;
    assert_eq!(ai.access_token(std::time::Duration::ZERO).await.unwrap().expose(), "at-1");
}

// T8
#[tokio::test(start_paused = true)]
async fn truncated_damaged_and_unknown_codings_are_typed_errors() {
    let coded = |coding: &str, body: Vec<u8>| with_header(answer(200, body), "content-encoding", coding);
    let body = gzip(br#"{"choices":[{"message":{"content":"hi"},"finish_reason":"stop"}]}"#);
    let mut damaged = body.clone();
    damaged[20] ^= 0xff;
    for (response, code) in [
        (coded("gzip", body[..body.len() - 3].to_vec()), "truncated"),
        (coded("gzip", damaged), "provider_invalid_response"),
        (coded("br", b"x".to_vec()), "provider_invalid_response"),
        (coded("gzip", gzip(&vec![b' '; 200_000_000])), "provider_response_too_large"),
    ] {
        let (_world, ai) = answering([response]).await;
        let error = ai.chat(chat()).await.unwrap_err();
        assert_eq!(error.code(), code, "{error}");
    }
}

// S9
#[tokio::test(start_paused = true)]
async fn urls_out_of_responses_lead_neither_into_local_networks_nor_with_the_token_elsewhere() {
    for url in [
        "http://127.0.0.1:631/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::ffff:192.168.0.1]/x",
        "https://2130706433/x",
        "https://169.254.169.254/latest/meta-data",
        "https://10.0.0.1/x",
        "https://localhost/x",
        "http://cdn.example/x",
    ] {
        let listing = answer(200, format!(r#"{{"data":[{{"url":"{url}"}}]}}"#));
        let (world, ai) = answering([answer(200, r#"["gpt-image-1"]"#), listing]).await;
        let image = ai.generate_image(ImageRequest::new("a cat")).await.unwrap().images.remove(0);
        let before = world.transport.requests().len();
        let error = ai.image_bytes(image).await.unwrap_err();
        assert!(matches!(&error, Error::InvalidInput { input, .. } if input == "url"), "{url}: {error}");
        assert_eq!(world.transport.requests().len(), before, "{url}");
        // The same a redirect away.
        let redirect = with_header(answer(302, ""), "location", url);
        let (world, ai) = answering([redirect]).await;
        let folder = TempDir::new().unwrap();
        let before = world.transport.requests().len();
        let error = ai.download_video("v1".into(), folder.path().join("v1.mp4")).await.unwrap_err();
        assert_eq!(error.code(), "provider_unexpected_redirect", "{url}");
        assert_eq!(world.transport.requests().len(), before + 1, "{url}");
        assert!(files(folder.path()).is_empty());
    }
    let account = "https://aipass.one/api/v1/usage/me/summary";
    let listing = answer(200, format!(r#"{{"data":[{{"url":"{account}"}}]}}"#));
    let (world, ai) = answering([answer(200, r#"["gpt-image-1"]"#), listing]).await;
    let image = ai.generate_image(ImageRequest::new("a cat")).await.unwrap().images.remove(0);
    let _ = ai.image_bytes(image).await;
    assert!(!world.transport.last("/api/v1/usage/me/summary").headers().contains_key("authorization"));
}

// S10: whatever reads the server's words knows the token
#[tokio::test(start_paused = true)]
async fn the_token_is_masked_in_every_word_of_the_server() {
    let token = "access-token-of-words"; // looks like no credential by itself
    let world = World::new();
    let ai = world.client();
    world
        .server
        .answer_token_requests(&[|| answer(200, r#"{"access_token":"access-token-of-words","token_type":"Bearer"}"#)]);
    sign_in(&ai).await;
    world.server.set(|state| state.live.extend([token.to_owned()]));
    let event = |text: &str| format!("data: {{\"error\":{{\"message\":\"{text}\",\"code\":\"{text}\"}}}}\n\n");
    for echoed in [
        token,
        "access-tok\\u0000en-of-words",
        "access-token-\\u200bof-words",
        "access-token-of",
        "access-token\\n-of-words",
    ] {
        let body = format!(
            r#"{{"error":{{"message":"bad {echoed}","code":"{echoed}","type":"{echoed}","param":"{echoed}"}}}}"#
        );
        let with_id = |response| with_header(response, "x-request-id", token);
        world.server.set(|state| {
            state.api_answers.extend([
                with_id(answer(400, body.clone())),
                with_id(answer(200, body.clone())),
                with_id(answer(200, event(echoed))),
                with_id(answer(200, "no JSON")),
                with_id(with_header(answer(200, body.clone()), "content-type", "application/json")),
            ]);
        });
        let folder = TempDir::new().unwrap();
        let errors = [
            ai.chat(chat()).await.err(),
            ai.chat(chat()).await.err(),
            ai.chat_stream(chat()).await.unwrap().next().await.err(),
            ai.chat(chat()).await.err(),
            ai.download_video("v1".into(), folder.path().join("v.mp4")).await.err(),
        ];
        for error in errors {
            let shown = format!("{:?} {}", error.as_ref().unwrap(), error.as_ref().unwrap());
            assert!(!shown.contains("access-token") && !shown.contains("-of-words"), "{echoed}: {shown}");
        }
    }
    world.server.set(|state| state.api_answers.push_back(with_header(answer(200, "{}"), "x-request-id", token)));
    let raw = ai.call_endpoint(RawRequest::get("x")).await.unwrap();
    assert_eq!(raw.request_id.as_deref(), Some("[redacted]"));
}

// G12
#[test]
fn only_debug_builds_name_insecure_hosts() {
    let build = |debug_build: bool| {
        let config = Config { insecure_development_hosts: vec!["10.0.2.2".into()], ..Config::default() };
        AiPass::builder("client_123", "myapp://auth/callback").config(config).debug_build(debug_build).build()
    };
    assert!(build(true).is_ok());
    let refused = build(false).unwrap_err();
    assert!(
        matches!(&refused, Error::InvalidInput { input, .. } if input == "insecure_development_hosts"),
        "{refused}"
    );
}

// S7
#[test]
fn only_debug_builds_name_a_proxy() {
    let build = |debug_build: bool, proxy: &str| {
        let config = Config { http_proxy: Some(proxy.parse().unwrap()), ..Config::default() };
        AiPass::builder("client_123", "myapp://auth/callback").config(config).debug_build(debug_build).build()
    };
    assert!(build(true, "http://10.0.2.2:8080").is_ok());
    for (debug_build, proxy) in
        [(false, "http://10.0.2.2:8080"), (false, "http://127.0.0.1:8080"), (true, "socks5://10.0.2.2")]
    {
        let refused = build(debug_build, proxy).unwrap_err();
        assert!(matches!(&refused, Error::InvalidInput { input, .. } if input == "http_proxy"), "{refused}");
    }
}

// M1
#[tokio::test(start_paused = true)]
async fn a_refused_parameter_is_named_and_nothing_is_repeated() {
    let body = r#"{"error":{"message":"litellm.UnsupportedParamsError: gpt-5 models don't support temperature=0.0.","type":"None","param":"None","code":"400"}}"#;
    let (world, ai) = answering([answer(400, body)]).await;
    let error = ai.chat(chat()).await.unwrap_err();
    let Error::Provider { parameter, provider_code, .. } = &error else { panic!("{error}") };
    assert_eq!((parameter.as_deref(), provider_code.as_deref()), (Some("temperature"), Some("400")));
    assert_eq!(world.transport.count("/oauth2/v1/chat/completions"), 1);
}
