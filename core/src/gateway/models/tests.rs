//! Catalogues of today, of the seeds, and of every kind between them; which model a call takes without one being named.

use super::choice::choose;
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

fn catalogue(json: &Value) -> Vec<Model> {
    read_catalogue(json.to_string().as_bytes()).unwrap()
}

fn provided(capability: Capability) -> Vec<String> {
    crate::provider::preferences::common().into_iter().find(|list| list.capability == capability).unwrap().models
}

fn chosen(json: &Value, capability: Capability) -> Option<String> {
    choose(&catalogue(json), capability, &provided(capability)).map(|choice| choice.model)
}

fn listed(models: Value) -> Value {
    json!({ "data": models })
}

// M1, M2
#[test]
fn every_purpose_has_its_model_on_both_catalogues() {
    for (capability, today, seeds) in [
        (Chat, "gpt-5-mini", "gpt-5-mini"),
        (Vision, "gemini-2.5-flash-lite", "gemini/gemini-2.5-flash-lite"),
        (ImageGeneration, "gpt-image-1", "imagen4/preview/ultra"),
        (ImageEdit, "nano-banana-2-edit", "openai/gpt-image-2/edit"),
        (Speech, "tts-1", "tts-1"),
        (Transcription, "whisper-1", "whisper-1"),
        (Embeddings, "text-embedding-3-small", "text-embedding-3-small"),
        (Video, "sora-2", "sora-2"),
    ] {
        assert_eq!(chosen(&of_today(), capability).as_deref(), Some(today), "{capability:?}");
        assert_eq!(chosen(&of_the_seeds(), capability).as_deref(), Some(seeds), "{capability:?}");
        let ids: Vec<_> = catalogue(&of_the_seeds()).into_iter().map(|model| model.id).collect();
        assert_eq!(chosen(&json!(ids), capability).as_deref(), Some(seeds), "{capability:?}, a plain list");
    }
    assert_eq!(chosen(&of_today(), ImageVariation), None);
}

// M2: without preferences too
#[test]
fn the_first_model_that_the_catalogue_says_is_for_it_is_taken_where_none_is_preferred() {
    let today = catalogue(&of_today());
    for (capability, expected) in [
        (Chat, "gpt-5-nano"),
        (Vision, "gpt-5-nano"),
        (ImageGeneration, "flux-pro-v1.1"),
        (ImageEdit, "nano-banana-2-edit"),
        (Speech, "tts-1"),
        (Transcription, "whisper-1"),
        (Video, "veo-3.1-fast-generate-preview"),
    ] {
        let choice = choose(&today, capability, &[]).unwrap();
        assert_eq!((choice.model.as_str(), choice.reason), (expected, ChoiceReason::FirstSuitable));
    }
}

// M2
#[test]
fn what_a_model_is_for_is_what_the_catalogue_says_and_not_how_its_id_looks() {
    for (model, expected) in [
        (json!({"id": "gpt-painter", "type": "image", "methods": ["image_generation"]}), Some(ImageGeneration)),
        (json!({"id": "gpt-painter", "methods": ["image_edit"]}), Some(ImageEdit)),
        (json!({"id": "whisper-writer", "type": "text"}), Some(Chat)),
        (json!({"id": "tts-like", "type": "AUDIO", "methods": "AUDIO_TRANSCRIPTION"}), Some(Transcription)),
        (json!({"id": "gpt-judge", "type": "decision"}), None),
        (json!({"id": "gpt-holo", "type": "hologram", "methods": ["project"]}), None),
        (json!({"id": "gpt-ranker", "methods": ["rerank"]}), None),
        (json!({"id": "gpt-5-mini", "type": "text", "methods": ["something_new"]}), Some(Chat)),
        (json!({"id": "gpt-5-mini", "type": null, "methods": null, "capabilities": null}), Some(Chat)),
        (json!({"id": "gpt-5-mini", "type": "", "methods": [], "capabilities": {}}), Some(Chat)),
        (json!({"id": "gpt-5-mini", "capabilities": ["something_new"]}), Some(Chat)),
        (json!({"id": "x-1", "methods": ["video_generation", {"name": "chat_completions"}, 7, null]}), Some(Chat)),
        (json!({"id": "x-1", "type": "video", "methods": ["chat_completions", "video_generation"]}), Some(Video)),
        (json!({"id": "x-1", "methods": {"embeddings": true, "chat_completions": false}}), Some(Embeddings)),
        (json!({"id": "x-1", "capabilities": ["vision"]}), Some(Chat)),
        (json!({"id": "x-1", "type": "image", "capabilities": ["image_edit"]}), Some(ImageEdit)),
        (json!({"id": "x-1", "type": "text", "capabilities": ["video", "audio"]}), Some(Chat)),
        (json!({"id": "nano-banana-2-edit", "type": "image"}), Some(ImageEdit)),
        (json!({"id": "flux-pro-v1.1", "type": "Image"}), Some(ImageGeneration)),
        (json!({"id": "whisper-1", "type": "audio"}), Some(Transcription)),
        (json!({"id": "kokoro", "type": "audio"}), None),
        (json!({"id": "kokoro", "mode": "audio_speech"}), Some(Speech)),
        (json!({"id": "x-1"}), None),
    ] {
        assert_eq!(catalogue(&listed(json!([model])))[0].capability, expected, "{model}");
    }
}

// M2: preferences never beat what the catalogue says
#[test]
fn a_preferred_model_that_is_not_for_it_is_passed_over_and_named() {
    let blind = listed(json!([
        {"id": "gemini-2.5-flash-lite", "type": "text", "methods": ["chat_completions"], "capabilities": ["tools"]},
        {"id": "gpt-5-mini", "type": "text", "methods": ["chat_completions"], "capabilities": []},
        {"id": "acme-eye", "type": "text", "methods": ["chat_completions"], "capabilities": ["VISION"]},
    ]));
    let choice = choose(&catalogue(&blind), Vision, &provided(Vision)).unwrap();
    assert_eq!((choice.model.as_str(), &choice.reason), ("acme-eye", &ChoiceReason::FirstSuitable));
    assert_eq!(choice.unsuitable, ["gemini-2.5-flash-lite", "gpt-5-mini"]);
    assert_eq!(chosen(&blind, Chat).as_deref(), Some("gpt-5-mini"));

    let edits = listed(json!([{"id": "gpt-image-1", "type": "image", "methods": ["image_edit"]}]));
    assert_eq!(chosen(&edits, ImageGeneration), None);
    assert_eq!(chosen(&edits, ImageEdit).as_deref(), Some("gpt-image-1"));
    let makes = listed(json!([{"id": "nano-banana-2-edit", "type": "image", "methods": ["image_generation"]}]));
    assert_eq!(chosen(&makes, ImageEdit), None);
    assert_eq!(chosen(&makes, ImageGeneration).as_deref(), Some("nano-banana-2-edit"));
    let asked = ["nano-banana-2-edit".to_owned(), "flux-pro/v1.1".to_owned()];
    let choice = choose(&catalogue(&of_today()), ImageGeneration, &asked).unwrap();
    assert_eq!((choice.model.as_str(), choice.unsuitable), ("flux-pro-v1.1", vec!["nano-banana-2-edit".to_owned()]));
}

// M2: a catalogue that has no word for vision says nothing about it
#[test]
fn vision_is_not_denied_by_a_catalogue_that_does_not_speak_of_it() {
    let silent = listed(json!([
        {"id": "tts-1", "type": "audio", "methods": ["audio_speech"], "capabilities": ["vision"]},
        {"id": "gpt-5-mini", "type": "text", "methods": ["chat_completions"]},
    ]));
    assert_eq!(chosen(&silent, Vision).as_deref(), Some("gpt-5-mini"));
    let partly =
        listed(json!(["gpt-5-mini", {"id": "x-1", "methods": ["chat_completions"], "capabilities": ["vision"]}]));
    assert_eq!(chosen(&partly, Vision).as_deref(), Some("gpt-5-mini"), "nothing is said about it");
}

#[test]
fn the_first_preference_that_exists_is_chosen_in_either_spelling_and_it_says_why() {
    let today = catalogue(&of_today());
    let preferences = ["gone", "gemini/gemini-2.5-flash", "gpt-5-mini"].map(str::to_owned);
    let choice = choose(&today, Chat, &preferences).unwrap();
    assert_eq!(choice.model, "gemini-2.5-flash");
    assert_eq!(choice.reason, ChoiceReason::Preferred { missing: vec!["gone".to_owned()] });
    let both = catalogue(&json!(["gemini/gemini-2.5-flash", "gemini-2.5-flash"]));
    for id in ["gemini-2.5-flash", "gemini/gemini-2.5-flash"] {
        assert_eq!(choose(&both, Chat, &[id.to_owned()]).unwrap().model, id, "the exact spelling first");
    }
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
