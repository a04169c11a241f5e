//! Which models are taken first where the app names none. The lists belong to the provider; see
//! [`Provider::model_preferences`](crate::Provider).

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Capability {
    /// Chat with text.
    Chat,
    /// Chat about images, such as receipts. A model that accepts images has [`Chat`](Self::Chat) as its main
    /// capability, never this.
    Vision,
    /// Images from text.
    ImageGeneration,
    /// Images changed as a prompt says.
    ImageEdit,
    /// Variations of an image.
    ImageVariation,
    /// Speech from text.
    Speech,
    /// Text from speech.
    Transcription,
    /// Vectors from text.
    Embeddings,
    /// Video from text or images.
    Video,
}

/// Models to prefer for a capability if the app names none.
///
/// The catalogue decides: a preferred model that it lists without the capability is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ModelPreference {
    /// The capability.
    pub capability: Capability,
    /// The models' ids, best first. Either spelling finds a model: `gemini/gemini-2.5-flash` and `gemini-2.5-flash`.
    pub models: Vec<String>,
}

/// The models of AI Pass, which other OpenAI-compatible providers offer too.
pub(crate) fn common() -> Vec<ModelPreference> {
    use Capability::*;
    let lists: [(Capability, &[&str]); 9] = [
        (
            Chat,
            &[
                "gpt-5-mini",
                "gpt-4o-mini",
                "gemini/gemini-2.5-flash",
                "gemini/gemini-2.5-flash-lite",
                "claude-haiku-4-5",
            ],
        ),
        // The seed's model for receipts first.
        (
            Vision,
            &[
                "gemini/gemini-2.5-flash-lite",
                "gemini/gemini-2.5-flash",
                "gpt-5-mini",
                "gpt-4o-mini",
                "claude-haiku-4-5",
            ],
        ),
        (
            ImageGeneration,
            &[
                "gpt-image-1",
                "imagen4/preview",
                "imagen4/preview/ultra",
                "imagen-4-ultra",
                "dall-e-3",
                "flux-pro/v1.1",
                "recraft-v3",
            ],
        ),
        (
            ImageEdit,
            &["openai/gpt-image-2/edit", "fal-ai/nano-banana-2/edit", "fal-ai/nano-banana-pro/edit", "gpt-image-1"],
        ),
        (ImageVariation, &["dall-e-2"]),
        (Speech, &["tts-1", "gpt-4o-mini-tts", "tts-1-hd"]),
        (Transcription, &["whisper-1", "gpt-4o-mini-transcribe"]),
        (Embeddings, &["text-embedding-3-small", "text-embedding-3-large", "text-embedding-ada-002"]),
        (Video, &["sora-2", "veo-3.1-fast-generate-preview", "sora-2-pro"]),
    ];
    let preference = |(capability, models): (Capability, &[&str])| ModelPreference {
        capability,
        models: models.iter().map(|id| (*id).to_owned()).collect(),
    };
    lists.into_iter().map(preference).collect()
}

/// The same models, with the ids of Gemini bare. Catalogues spell their maker `gemini/` or `google/`, and a bare id finds both.
pub(crate) fn of_any_maker() -> Vec<ModelPreference> {
    let mut lists = common();
    for id in lists.iter_mut().flat_map(|list| &mut list.models) {
        if let Some(bare) = id.strip_prefix("gemini/") {
            *id = bare.to_owned();
        }
    }
    lists
}
