//! A model of the catalogue, and what it is for.

/// A model of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Model {
    /// The id to call it by, such as `gpt-5-mini` or `gemini/gemini-2.5-flash-lite`.
    pub id: String,
    /// What it is mainly for: as the provider's own words say or, only if there are none, as its id suggests. `None` if
    /// it is for nothing that is known here.
    pub capability: Option<Capability>,
    /// What kind of model it is, in the provider's words, such as `text`, `image` or `audio`; mostly one. Empty if it says
    /// nothing.
    pub kinds: Vec<String>,
    /// What the provider says it can do, in the provider's words, such as `vision`. Empty if it says nothing.
    pub capabilities: Vec<String>,
    /// The endpoints that take it, in the provider's words, such as `chat_completions`. Empty if it says nothing.
    pub methods: Vec<String>,
    /// Who offers it, if the provider says so.
    pub owner: Option<String>,
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Capability {
    /// Chat, in words.
    Chat,
    /// Chat about images, and with it receipts. No model is for this above all: those that see are for [`Chat`](Self::Chat).
    Vision,
    /// Images from text.
    ImageGeneration,
    /// Images from images, changed as words say.
    ImageEdit,
    /// Images like an image.
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
