//! Which model a call takes without one being named.

use super::choose;
use crate::gateway::models::reading::read_catalogue;
use crate::gateway::models::tests::{of_the_seeds, of_today};
use crate::gateway::models::*;
use Capability::*;
use serde_json::{Value, json};

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
