//! Catalogues of today, of the seeds, and of every kind between them.

use super::reading::read_catalogue;
use super::*;
use crate::client::tests::world::World;
use crate::gateway::files_tests::answering;
use crate::net::scripted::answer;
use Capability::*;
use serde_json::{Value, json};

/// Today's: the catalogue's own words, ids without slashes.
pub(in crate::gateway) fn of_today() -> Value {
    let model = |id: &str, kind: &str, methods: &[&str], capabilities: &[&str]| json!({"id": id, "object": "model", "type": kind, "methods": methods, "capabilities": capabilities});
    let (chat, make, edit) = ("chat_completions", "image_generation", "image_edit");
    json!({"object": "list", "data": [
        model("policy-decider-1", "decision", &["decisions"], &[]),
        model("nano-banana-2-edit", "image", &[edit], &[]),
        model("gpt-5-nano", "text", &[chat], &["vision"]),
        model("gpt-5-mini", "text", &[chat], &["vision"]),
        model("claude-haiku-4-5", "text", &[chat], &["vision"]),
        model("gemini-2.5-flash-lite", "text", &[chat], &["vision"]),
        model("gemini-2.5-flash", "text", &[chat], &["vision"]),
        model("flux-pro-v1.1", "image", &[make], &[]),
        model("imagen-4-ultra", "image", &[make], &[]),
        model("recraft-v3", "image", &[make], &[]),
        model("gpt-image-1", "image", &[make, edit], &[]),
        model("tts-1", "audio", &["audio_speech"], &[]),
        model("whisper-1", "audio", &["audio_transcription"], &[]),
        model("text-embedding-3-small", "embedding", &["embeddings"], &[]),
        model("veo-3.1-fast-generate-preview", "video", &["video_generation"], &[]),
        model("sora-2", "video", &["video_generation"], &[]),
    ]})
}

/// The seeds': ids alone, with slashes.
pub(in crate::gateway) fn of_the_seeds() -> Value {
    let ids = [
        "fal-ai/nano-banana-2/edit",
        "openai/gpt-image-2/edit",
        "fal-ai/nano-banana-pro/edit",
        "gpt-4o-mini",
        "gpt-5-mini",
        "gemini/gemini-2.5-flash-lite",
        "imagen4/preview/ultra",
        "tts-1",
        "whisper-1",
        "text-embedding-3-small",
        "sora-2",
    ];
    json!({"object": "list", "data": ids.map(|id| json!({"id": id, "object": "model"}))})
}

// wire: models; P6, K4
#[test]
fn every_form_of_the_catalogue_is_read() {
    let ids =
        |body: &str| read_catalogue(body.as_bytes()).unwrap().into_iter().map(|model| model.id).collect::<Vec<_>>();
    for body in [
        r#"{"object":"list","data":[{"id":"a"},{"id":"b","methods":3,"capabilities":"x"},{},null,7,[]]}"#,
        r#"["a","b",""]"#,
        r#"{"data":["a","b"]}"#,
        r#"{"data":["gone"],"data":["a","b"]}"#,
        r#"{"success":true,"error":null,"data":{"object":"list","data":[{"id":"a","id":"a"},{"id":"b"}]}}"#,
        r#"{"models":[{"id":"a"},"b"]}"#,
    ] {
        assert_eq!(ids(body), ["a", "b"], "{body}");
    }
    assert!(ids(r#"{"data":null}"#).is_empty() && ids("[]").is_empty());
    for body in ["", "<html>", "{}", "7", r#"{"data":7}"#, r#"{"data":[{"id":"a"}"#] {
        assert_eq!(read_catalogue(body.as_bytes()).unwrap_err().code(), "provider_invalid_response", "{body}");
    }
    let refused = read_catalogue(br#"{"error":{"message":"slow down","code":429}}"#).unwrap_err();
    assert_eq!(refused.code(), "rate_limited");
}

// S8
#[test]
fn a_hostile_catalogue_does_not_grow() {
    let words = (0..10).map(|number| format!("w{number}")).collect::<Vec<_>>();
    let models = json!((0..8_000).map(|number| json!({"id": number, "methods": words})).collect::<Vec<_>>());
    let models = read_catalogue(models.to_string().as_bytes()).unwrap();
    assert!(models.iter().map(|model| model.methods.len()).sum::<usize>() <= 40_000);
    let zeros = format!(r#"{{"data":[{{"id":"a","x":[{}0]}}]}}"#, "0,".repeat(40_000));
    assert!(read_catalogue(zeros.as_bytes()).unwrap().is_empty());
}

// wire: models. LiteLLM answers 404 to a slash in an id
#[tokio::test(start_paused = true)]
async fn one_model_is_found_in_the_catalogue_where_it_cannot_be_asked_for() {
    let missing = || answer(404, r#"{"error":{"message":"no such route"}}"#);
    for (asked, listed, status) in [
        ("gemini/gemini-2.5-flash-lite", of_the_seeds(), 404),
        ("gemini-2.5-flash-lite", of_the_seeds(), 404),
        ("gemini/gemini-2.5-flash-lite", of_today(), 403),
        ("fal-ai/nano-banana-2/edit", of_today(), 400),
        ("nano-banana-2-edit", of_the_seeds(), 405),
    ] {
        let refused = answer(status, r#"{"error":{"message":"no such route"}}"#);
        let (world, ai) = answering([refused, answer(200, listed.to_string())]).await;
        let model = ai.model(asked.into()).await.unwrap();
        assert!(words::is_same_model(&model.id, asked), "{}", model.id);
        let escaped = asked.replace('/', "%2F");
        assert_eq!(world.transport.count(&format!("/oauth2/v1/models/{escaped}")), 1, "{asked}");
    }
    let (_world, ai) = answering([missing(), answer(200, of_today().to_string())]).await;
    assert_eq!(ai.model("gone/for-good".into()).await.unwrap_err().code(), "provider_not_found");
    let (_world, ai) = answering([missing(), answer(404, "")]).await;
    let error = ai.model("gone".into()).await.unwrap_err();
    assert!(error.to_string().contains("no such route"), "the first answer counts: {error}");
}

// wire: models. Filters of the server's, which not every server knows
#[tokio::test(start_paused = true)]
async fn a_filter_is_sent_and_what_does_not_fit_is_left_out() {
    let filter = |kind: Option<&str>, capability: Option<&str>, method: Option<&str>| {
        let [kind, capability, method] = [kind, capability, method].map(|word| word.map(str::to_owned));
        ModelFilter { kind, capability, method }
    };
    for (wanted, query, expected) in [
        (filter(Some("embedding"), None, None), "type=embedding", vec!["text-embedding-3-small"]),
        (
            filter(Some("VIDEO"), None, Some("video.generation")),
            "type=VIDEO&method=video.generation",
            vec!["veo-3.1-fast-generate-preview", "sora-2"],
        ),
        (
            filter(Some("image"), None, Some("image_edit")),
            "type=image&method=image_edit",
            vec!["nano-banana-2-edit", "gpt-image-1"],
        ),
        (
            filter(Some("chat"), Some("Vision"), None),
            "type=chat&capability=Vision",
            vec!["gpt-5-nano", "gpt-5-mini", "claude-haiku-4-5", "gemini-2.5-flash-lite", "gemini-2.5-flash"],
        ),
    ] {
        let (world, ai) = answering([answer(200, of_today().to_string())]).await;
        let found = ai.models_matching(wanted).await.unwrap();
        assert_eq!(found.iter().map(|model| model.id.as_str()).collect::<Vec<_>>(), expected);
        assert_eq!(world.transport.last("/oauth2/v1/models").uri().query(), Some(query));
    }
    let (_world, ai) = answering([answer(200, r#"["a","b"]"#)]).await;
    assert_eq!(ai.models_matching(filter(Some("text"), None, None)).await.unwrap().len(), 2, "nothing is said of them");
}

// P6
#[tokio::test(start_paused = true)]
async fn one_model_is_read_in_every_form() {
    for body in [
        r#"{"id":"x-1","type":"text"}"#,
        r#"{"success":true,"data":{"id":"x-1","type":"text"}}"#,
        r#"{"data":[{"id":"y-1"},{"id":"x-1","type":"text"}]}"#,
    ] {
        let (_world, ai) = answering([answer(200, body)]).await;
        let model = ai.model("x-1".into()).await.unwrap();
        assert_eq!((model.id.as_str(), model.capability), ("x-1", Some(Chat)), "{body}");
    }
    for body in ["{}", "<html>", r#"{"data":[{"id":"y-1"}]}"#] {
        let (_world, ai) = answering([answer(200, body)]).await;
        assert_eq!(ai.model("x-1".into()).await.unwrap_err().code(), "provider_invalid_response", "{body}");
    }
}

// P8; both spellings must work
#[tokio::test(start_paused = true)]
async fn a_model_that_is_named_goes_in_the_catalogues_spelling() {
    let (world, ai) = answering([answer(200, of_today().to_string())]).await;
    ai.models().await.unwrap();
    let reply = r#"{"choices":[{"message":{"content":"a"},"finish_reason":"stop"}]}"#;
    world.server.set(|state| state.api_answers.push_back(answer(200, reply)));
    ai.chat(crate::ChatRequest::user("Hi").model("gemini/gemini-2.5-flash")).await.unwrap();
    assert_eq!(last_model(&world), "gemini-2.5-flash");
    let error = ai.chat(crate::ChatRequest::user("Hi").model("gone")).await.unwrap_err();
    assert_eq!(error.code(), "invalid_input");
}

fn last_model(world: &World) -> String {
    let sent: Value = serde_json::from_slice(world.transport.last("/oauth2/v1/chat/completions").body()).unwrap();
    sent["model"].as_str().unwrap().to_owned()
}

// M2: preferences belong to the provider
#[tokio::test(start_paused = true)]
async fn a_providers_own_preferences_come_first_and_without_any_the_catalogues_order() {
    for (models, expected) in [(vec!["claude-haiku-4-5".to_owned()], "claude-haiku-4-5"), (vec![], "gpt-5-nano")] {
        let world = World::new();
        let preference = ModelPreference { capability: Chat, models };
        let provider = crate::Provider { model_preferences: vec![preference], ..crate::Provider::ai_pass() };
        let ai = world.client_with(provider);
        crate::client::tests::world::sign_in(&ai).await;
        world.server.set(|state| state.api_answers.push_back(answer(200, of_today().to_string())));
        assert_eq!(ai.choose_model(Chat, vec![]).await.unwrap().model, expected);
        assert_eq!(
            ai.choose_model(Chat, vec!["gemini/gemini-2.5-flash".into()]).await.unwrap().model,
            "gemini-2.5-flash"
        );
    }
}
