//! The models that the recorded and tesseract backends pretend to have.

use serde::Serialize;

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

const CHAT: &[&str] = &["/chat/completions"];

const fn model(
    id: &'static str,
    owned_by: &'static str,
    kind: &'static str,
    capabilities: &'static [&'static str],
    methods: &'static [&'static str],
) -> Model {
    Model { id, object: "model", created: 1_735_689_600, owned_by, kind, capabilities, methods }
}

/// Chat models only: a sandbox lists nothing that it would then refuse to run.
pub(crate) const MODELS: &[Model] = &[
    model("gemini/gemini-2.5-flash-lite", "gemini", "chat", &["chat", "vision"], CHAT),
    model("gemini/gemini-2.5-flash", "gemini", "chat", &["chat", "vision"], CHAT),
    model("gpt-4o-mini", "openai", "chat", &["chat", "vision"], CHAT),
    model("claude-haiku-4-5", "anthropic", "chat", &["chat", "vision"], CHAT),
    model("gpt-3.5-turbo", "openai", "chat", &["chat"], CHAT),
];
