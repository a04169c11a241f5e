//! The models that the recorded and tesseract backends pretend to have.

use serde::Serialize;

use crate::model_api::{
    CHAT, EMBEDDINGS, IMAGE_EDITS, IMAGE_GENERATIONS, IMAGE_VARIATIONS, SPEECH, TRANSCRIPTIONS, VIDEOS, invalid,
};
use crate::server::refusal::Refusal;

/// One entry of the catalogue. The fields beyond OpenAI's are AI Pass's.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Model {
    pub(crate) id: &'static str,
    object: &'static str,
    created: u64,
    owned_by: &'static str,
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) capabilities: &'static [&'static str],
    pub(crate) methods: &'static [&'static str],
}

const fn model(
    id: &'static str,
    owned_by: &'static str,
    kind: &'static str,
    capabilities: &'static [&'static str],
    methods: &'static [&'static str],
) -> Model {
    Model { id, object: "model", created: 1_735_689_600, owned_by, kind, capabilities, methods }
}

/// A sandbox lists nothing that it would then refuse to run.
pub(crate) const MODELS: &[Model] = &[
    model("gemini/gemini-2.5-flash-lite", "gemini", "chat", &["chat", "vision"], &[CHAT]),
    model("gemini/gemini-2.5-flash", "gemini", "chat", &["chat", "vision"], &[CHAT]),
    model("gpt-4o-mini", "openai", "chat", &["chat", "vision"], &[CHAT]),
    model("claude-haiku-4-5", "anthropic", "chat", &["chat", "vision"], &[CHAT]),
    model("gpt-3.5-turbo", "openai", "chat", &["chat"], &[CHAT]),
    model("text-embedding-3-small", "openai", "embedding", &["embeddings"], &[EMBEDDINGS]),
    model("text-embedding-3-large", "openai", "embedding", &["embeddings"], &[EMBEDDINGS]),
    model("imagen4/preview/ultra", "google", "image", &["image_generation"], &[IMAGE_GENERATIONS]),
    model("gpt-image-1", "openai", "image", &["image_generation", "image_edit"], &[IMAGE_GENERATIONS, IMAGE_EDITS]),
    model(
        "dall-e-2",
        "openai",
        "image",
        &["image_generation", "image_edit", "image_variation"],
        &[IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS],
    ),
    model("fal-ai/nano-banana-2/edit", "fal-ai", "image_edit", &["image_edit"], &[IMAGE_EDITS]),
    model("tts-1", "openai", "speech", &["speech"], &[SPEECH]),
    model("whisper-1", "openai", "transcription", &["transcription"], &[TRANSCRIPTIONS]),
    model("sora-2", "openai", "video", &["video"], &[VIDEOS]),
];

/// The model called `id`, if it does what is asked of it.
pub(crate) fn model_for(id: &str, method: &str) -> Result<&'static Model, Refusal> {
    let known = MODELS.iter().find(|model| model.id == id).ok_or_else(|| {
        invalid(format!("Invalid model name passed in model={id}. Call `/v1/models` to view available models."))
    })?;
    if !known.methods.contains(&method) {
        return Err(invalid(format!("The model {id} does not do {method}; its methods are in `/v1/models`.")));
    }
    Ok(known)
}
