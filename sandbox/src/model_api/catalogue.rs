//! The models of the recorded and tesseract backends.
//!
//! AI Pass's documentation of today and the older documents have different ids and different metadata. A [`Catalogue`]
//! chooses what is listed. A request may name any model of either, as at AI Pass.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::errors::invalid;
use super::prices::{EMBEDDING_TOKEN, IMAGE, SPOKEN_CHARACTER, as_number};
use crate::backend::usage::{PRICE_OF_COMPLETION_TOKEN, PRICE_OF_PROMPT_TOKEN};
use crate::settings::{Catalogue, Settings};
use crate::wire::errors::RequestError;
use crate::wire::paths::{
    CHAT, EMBEDDINGS, IMAGE_EDITS, IMAGE_GENERATIONS, IMAGE_VARIATIONS, SPEECH, TRANSCRIPTIONS, VIDEOS,
};

/// Where a model is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Listed {
    Today,
    Seeds,
    Both,
}

/// One model.
#[derive(Clone, Copy, Debug)]
pub(super) struct Model {
    pub(super) id: &'static str,
    owned_by: &'static str,
    listed: Listed,
    /// AI Pass's `type`.
    pub(super) kind: &'static str,
    pub(super) capabilities: &'static [&'static str],
    pub(super) methods: &'static [&'static str],
}

// What models of one kind have in common: type, capabilities, methods.
type Traits = (&'static str, &'static [&'static str], &'static [&'static str]);
const TEXT: Traits = ("text", &[], &["chat_completions"]);
const VISION: Traits = ("text", &["vision"], &["chat_completions"]);
const DRAWING: Traits = ("image", &[], &["image_generation"]);
const EDITING: Traits = ("image", &[], &["image_edit"]);
const DRAWING_AND_EDITING: Traits = ("image", &[], &["image_generation", "image_edit"]);
/// AI Pass's documentation has no word for the method of variations.
const ALL_IMAGES: Traits = ("image", &[], &["image_generation", "image_edit", "image_variation"]);
const SPEAKING: Traits = ("audio", &[], &["audio_speech"]);
const TRANSCRIBING: Traits = ("audio", &[], &["audio_transcription"]);
const EMBEDDING: Traits = ("embedding", &[], &["embeddings"]);
const FILMING: Traits = ("video", &[], &["video_generation"]);

const fn model(id: &'static str, owned_by: &'static str, listed: Listed, traits: Traits) -> Model {
    let (kind, capabilities, methods) = traits;
    Model { id, owned_by, listed, kind, capabilities, methods }
}

/// Only models that a sandbox can run.
const MODELS: &[Model] = &[
    model("gpt-5-mini", "openai", Listed::Both, VISION),
    model("gpt-5-nano", "openai", Listed::Today, VISION),
    model("claude-haiku-4-5", "anthropic", Listed::Both, VISION),
    model("claude-sonnet-4-5", "anthropic", Listed::Seeds, VISION),
    model("gemini-2.5-flash-lite", "google", Listed::Today, VISION),
    model("gemini-2.5-flash", "google", Listed::Today, VISION),
    model("gemini/gemini-2.5-flash-lite", "gemini", Listed::Seeds, VISION),
    model("gemini/gemini-2.5-flash", "gemini", Listed::Seeds, VISION),
    model("gpt-4o-mini", "openai", Listed::Both, VISION),
    model("gpt-3.5-turbo", "openai", Listed::Both, TEXT),
    model("text-embedding-3-small", "openai", Listed::Both, EMBEDDING),
    model("text-embedding-3-large", "openai", Listed::Both, EMBEDDING),
    model("gpt-image-1", "openai", Listed::Both, DRAWING_AND_EDITING),
    model("flux-pro-v1.1", "fal-ai", Listed::Today, DRAWING),
    model("flux-pro/v1.1", "fal-ai", Listed::Seeds, DRAWING),
    model("imagen-4-ultra", "google", Listed::Today, DRAWING),
    model("imagen4/preview", "google", Listed::Seeds, DRAWING),
    model("imagen4/preview/ultra", "google", Listed::Seeds, DRAWING),
    model("recraft-v3", "fal-ai", Listed::Today, DRAWING),
    model("dall-e-3", "openai", Listed::Seeds, DRAWING),
    model("dall-e-2", "openai", Listed::Both, ALL_IMAGES),
    model("nano-banana-2-edit", "fal-ai", Listed::Today, EDITING),
    model("fal-ai/nano-banana-2/edit", "fal-ai", Listed::Seeds, EDITING),
    model("fal-ai/nano-banana-pro/edit", "fal-ai", Listed::Seeds, EDITING),
    model("openai/gpt-image-2/edit", "openai", Listed::Seeds, EDITING),
    model("tts-1", "openai", Listed::Both, SPEAKING),
    model("whisper-1", "openai", Listed::Both, TRANSCRIBING),
    model("veo-3.1-fast-generate-preview", "google", Listed::Today, FILMING),
    model("sora-2", "openai", Listed::Both, FILMING),
];

/// The models that the catalogue lists.
pub(super) fn listed_in(catalogue: Catalogue) -> impl Iterator<Item = &'static Model> {
    let here = if catalogue == Catalogue::Today { Listed::Today } else { Listed::Seeds };
    MODELS.iter().filter(move |model| model.listed == here || model.listed == Listed::Both)
}

/// An entry of the list: OpenAI's fields, AI Pass's of today, and LiteLLM's prices if they are shown.
pub(super) fn entry(settings: &Settings, model: &Model) -> Value {
    let catalogue = settings.catalogue;
    let mut entry = json!({ "id": model.id, "object": "model", "created": 1_735_689_600, "owned_by": model.owned_by });
    if catalogue == Catalogue::Today {
        entry["type"] = json!(model.kind);
        entry["capabilities"] = json!(model.capabilities);
        entry["methods"] = json!(model.methods);
    }
    if settings.prices {
        for (name, price) in prices(model) {
            entry[name] = as_number(price);
        }
        if model.kind == "text" {
            entry["max_output_tokens"] = json!(MAX_OUTPUT_TOKENS);
        }
    }
    entry
}

/// What a chat model writes at most, if prices are shown: the sandbox's own answers are short.
const MAX_OUTPUT_TOKENS: u64 = 16_384;

/// What the sandbox charges, under LiteLLM's names. Recordings and videos have a length that no request says.
fn prices(model: &Model) -> Vec<(&'static str, Decimal)> {
    match model.kind {
        "text" => {
            vec![("input_cost_per_token", PRICE_OF_PROMPT_TOKEN), ("output_cost_per_token", PRICE_OF_COMPLETION_TOKEN)]
        }
        "embedding" => vec![("input_cost_per_token", EMBEDDING_TOKEN)],
        "image" => vec![("output_cost_per_image", IMAGE)],
        "audio" if model.methods.contains(&"audio_speech") => vec![("input_cost_per_character", SPOKEN_CHARACTER)],
        _ => Vec::new(),
    }
}

/// The catalogue's name of what a path does.
fn method_at(path: &str) -> &'static str {
    match path {
        CHAT => "chat_completions",
        EMBEDDINGS => "embeddings",
        IMAGE_GENERATIONS => "image_generation",
        IMAGE_EDITS => "image_edit",
        IMAGE_VARIATIONS => "image_variation",
        SPEECH => "audio_speech",
        TRANSCRIPTIONS => "audio_transcription",
        VIDEOS => "video_generation",
        _ => "",
    }
}

/// The model called `id`, if it supports the call at `path`.
pub(super) fn model_for(id: &str, path: &str) -> Result<&'static Model, RequestError> {
    let known = MODELS.iter().find(|model| model.id == id).ok_or_else(|| {
        invalid(format!("Invalid model name passed in model={id}. Call `/v1/models` to view available models."))
    })?;
    if !known.methods.contains(&method_at(path)) {
        return Err(invalid(format!("The model {id} does not do {path}; its methods are in `/v1/models`.")));
    }
    Ok(known)
}
