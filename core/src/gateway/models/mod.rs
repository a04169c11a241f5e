//! The model catalogue: what there is, what each is for, and which one a call takes.

mod choice;
mod reading;

pub use choice::{ChoiceReason, ModelChoice};

use super::exchange::endpoint;
use crate::client::AiPass;
use crate::error::{Error, ProviderErrorKind, Result};
use reading::{read_catalogue, read_model};
use std::sync::Arc;

/// A model of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Model {
    /// The id to call it by, such as `gemini/gemini-2.5-flash-lite`.
    pub id: String,
    /// What it is for, as the provider says, or else as its id suggests; `None` if neither tells.
    pub capability: Option<Capability>,
    /// What the provider says it can do, in the provider's words, such as `vision`. Empty if it says nothing.
    pub capabilities: Vec<String>,
    /// The endpoints that take it, in the provider's words, such as `chat.completions`. Empty if it says nothing.
    pub methods: Vec<String>,
    /// Who offers it, if the provider says so.
    pub owner: Option<String>,
}

/// What a model is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Capability {
    /// Chat, and with it vision and receipts.
    Chat,
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

/// Which models to list. What is `None` does not matter; the words are the provider's own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ModelFilter {
    /// The kind of model, such as `chat` or `image`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kind: Option<String>,
    /// What it can do, such as `vision`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub capability: Option<String>,
    /// The endpoint that takes it, such as `chat.completions`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub method: Option<String>,
}

/// The catalogue as it was last fetched.
#[derive(Clone)]
struct Catalogue(Arc<Vec<Model>>);

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// All models that this session may call, from memory if they were fetched within the last hour
    /// ([`Config::models_max_age`](crate::Config::models_max_age)).
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the provider has no model API; those of every call.
    pub async fn models(&self) -> Result<Vec<Model>> {
        self.run(|ai| async move { Ok(ai.catalogue().await?.0.to_vec()) }).await
    }

    /// The models that the provider finds with this filter. Always asks the provider.
    ///
    /// # Errors
    /// As [`models`](Self::models).
    pub async fn models_matching(&self, filter: ModelFilter) -> Result<Vec<Model>> {
        self.run(|ai| async move {
            let mut url = endpoint(ai.provider().model_api.as_ref(), "models", &["models"])?;
            let terms = [("type", &filter.kind), ("capability", &filter.capability), ("method", &filter.method)];
            let terms = terms.iter().filter_map(|(name, term)| Some((*name, term.as_deref()?)));
            url.query_pairs_mut().extend_pairs(terms);
            read_catalogue(&ai.get_json(url).await?)
        })
        .await
    }

    /// The model called `id`.
    ///
    /// # Errors
    /// [`Error::Provider`] with kind `NotFound` if there is none; those of every call.
    pub async fn model(&self, id: String) -> Result<Model> {
        self.run(|ai| async move { ai.fetch_model(&id).await }).await
    }

    /// The model to take for this: the first of `preferences` that the live catalogue has, else the catalogue's first that is
    /// for it. With no preferences, those of the library.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if the catalogue has none for this; those of [`models`](Self::models).
    pub async fn choose_model(&self, capability: Capability, preferences: Vec<String>) -> Result<ModelChoice> {
        self.run(move |ai| async move {
            let named: Vec<&str> = preferences.iter().map(String::as_str).collect();
            let preferences = if named.is_empty() { choice::preferred(capability) } else { &named };
            ai.choice_among(capability, preferences).await
        })
        .await
    }
}

impl AiPass {
    async fn catalogue(&self) -> Result<Catalogue> {
        let account = self.account().await?;
        if let Some(catalogue) = self.recall::<Catalogue>(&account, self.config().models_max_age) {
            return Ok(catalogue);
        }
        let url = endpoint(self.provider().model_api.as_ref(), "models", &["models"])?;
        let catalogue = Catalogue(Arc::new(read_catalogue(&self.get_json(url).await?)?));
        self.remember(account, catalogue.clone());
        Ok(catalogue)
    }

    async fn fetch_model(&self, id: &str) -> Result<Model> {
        if id.trim().is_empty() {
            return Err(Error::invalid_input("model", "it is empty"));
        }
        let url = endpoint(self.provider().model_api.as_ref(), "models", &["models", id])?;
        // Not all that stands between lets a slash in an id through.
        let is_missing = |error: &Error| {
            use ProviderErrorKind::{BadRequest, Forbidden, NotFound};
            matches!(error, Error::Provider { kind: BadRequest | Forbidden | NotFound, .. })
        };
        match self.get_json(url).await {
            Ok(body) => read_model(&body).ok_or_else(|| Error::unreadable(200, "the model answer has no id")),
            // LiteLLM does not find a single model with a slash in its id; its list has it.
            Err(error) if is_missing(&error) && id.contains('/') => {
                let catalogue = self.catalogue().await?;
                catalogue.0.iter().find(|model| model.id == id).cloned().ok_or(error)
            }
            Err(error) => Err(error),
        }
    }
}
