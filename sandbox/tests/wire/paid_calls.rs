//! What holds for every paid call alike: tokens, scopes, the budget, faults, the log.

use aipass_sandbox::{Ending, Endpoint, Fault};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::app::{App, Content, ask, form, read};
use crate::audio::foreign_wav;
use crate::images;

const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data; boundary=wall";

/// A call that is granted: its endpoint, path, media type and body.
type Call = (Endpoint, &'static str, &'static str, Vec<u8>);

fn calls() -> Vec<Call> {
    let picture = images::png(8, 8, |_, _| image::Rgba([9; 4]));
    let sound = foreign_wav(800);
    let json = |body: Value| body.to_string().into_bytes();
    let text = |name: &'static str, value: &'static str| (name, Content::Text(value));
    vec![
        (Endpoint::Chat, "/chat/completions", JSON, json(ask("hello"))),
        (
            Endpoint::Embeddings,
            "/embeddings",
            JSON,
            json(json!({ "model": "text-embedding-3-small", "input": "coffee" })),
        ),
        (
            Endpoint::ImageGenerations,
            "/images/generations",
            JSON,
            json(json!({ "model": "dall-e-2", "prompt": "coffee", "size": "64x64" })),
        ),
        (
            Endpoint::ImageEdits,
            "/images/edits",
            FORM,
            form(&[
                text("model", "dall-e-2"),
                text("prompt", "tea"),
                text("size", "64x64"),
                ("image", Content::File(&picture)),
            ]),
        ),
        (
            Endpoint::ImageVariations,
            "/images/variations",
            FORM,
            form(&[text("model", "dall-e-2"), text("size", "64x64"), ("image", Content::File(&picture))]),
        ),
        (
            Endpoint::Speech,
            "/audio/speech",
            JSON,
            json(json!({ "model": "tts-1", "input": "Tea", "voice": "nova", "response_format": "pcm" })),
        ),
        (
            Endpoint::Transcriptions,
            "/audio/transcriptions",
            FORM,
            form(&[text("model", "whisper-1"), ("file", Content::File(&sound))]),
        ),
        (
            Endpoint::VideoCreate,
            "/videos",
            JSON,
            json(json!({ "model": "sora-2", "prompt": "Tea", "size": "64x64", "seconds": 1 })),
        ),
    ]
}

// RFC 6750; wire: all calls require `api:access`
#[tokio::test]
async fn every_call_needs_a_token() {
    let app = App::start().await;
    let profile = app.sign_in_for("profile:read").await.access;
    for (_, path, media_type, body) in calls() {
        assert_eq!(app.send(path, "sandbox_at_wrong", media_type, body.clone()).await.status(), 401, "{path}");
        assert_eq!(app.send(path, &profile, media_type, body).await.status(), 403, "{path}");
        let bare = app.http.post(app.url(&format!("/v1{path}"))).send().await.unwrap();
        assert_eq!((bare.status().as_u16(), bare.headers().contains_key("www-authenticate")), (401, true), "{path}");
    }
    assert!(app.sandbox.spent().is_zero());
}

// wire: `type: "budget_exceeded"`
#[tokio::test]
async fn every_call_is_charged_and_needs_budget() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    for (_, path, media_type, body) in calls() {
        let before = app.sandbox.spent();
        let response = app.send(path, &access, media_type, body.clone()).await;
        assert_eq!(response.status(), 200, "{path}");
        let spent = app.sandbox.spent();
        assert!(spent > before, "{path}");
        // wire: `x-litellm-response-cost`
        let cost = response.headers()["x-litellm-response-cost"].to_str().unwrap().parse::<Decimal>().unwrap();
        assert_eq!(cost, spent - before, "{path}");
        app.sandbox.set_remaining_budget(0.into());
        let (status, answer) = read(app.send(path, &access, media_type, body).await).await;
        assert_eq!((status, &answer["error"]["type"]), (400, &json!("budget_exceeded")), "{path}");
        assert_eq!(app.sandbox.spent(), spent, "{path}");
        app.sandbox.set_remaining_budget(10.into());
    }
}

// Every endpoint can have every fault, at either prefix, and the log shows it
#[tokio::test]
async fn a_fault_applies_to_its_own_call_only() {
    let app = App::start().await;
    let access = app.sign_in().await.access;
    let others = calls().into_iter().cycle().skip(1);
    for ((endpoint, path, media_type, body), other) in calls().into_iter().zip(others) {
        app.sandbox.add_fault(endpoint, Fault::status(503), Some(1)).unwrap();
        assert_eq!(app.send(other.1, &access, other.2, other.3).await.status(), 200, "{}", other.1);
        let before = app.sandbox.spent();
        assert_eq!(app.send(path, &access, media_type, body.clone()).await.status(), 503, "{path}");
        assert_eq!(app.sandbox.spent(), before);
        app.sandbox.add_fault(endpoint, Fault::Truncation { bytes: 4 }, Some(1)).unwrap();
        let request = app.http.post(app.url(&format!("/v1{path}"))).bearer_auth(&access);
        let cut = request.header("content-type", media_type).body(body).send().await.unwrap();
        assert_eq!(cut.bytes().await.unwrap().len(), 4, "{path}");
        assert!(app.sandbox.spent() > before, "it was processed");
        let record = app.sandbox.request_log().pop().unwrap();
        assert_eq!((record.path.as_str(), record.fault), (format!("/v1{path}").as_str(), Some("truncation")));
        assert_eq!((record.bytes, record.ended), (4, Some(Ending::Fault)));
    }
}
