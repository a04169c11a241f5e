//! The model catalogue: what there is, what each is for, and which one a call takes.

mod choice;
mod model;
mod prices;
mod reading;
mod suitability;
mod words;

pub use crate::provider::{Capability, ModelPreference};
pub use choice::{ChoiceReason, ModelChoice};
pub use model::Model;
#[cfg(test)]
pub(super) use prices::read as read_prices;
pub(super) use words::is_same_model;

use super::exchange::{JSON, endpoint};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, ProviderErrorKind, Result};
use reading::{MAX_CATALOGUE, read_catalogue, read_one};
use std::sync::Arc;
use url::Url;
use words::find;

/// Which models to list. A field that is `None` matches every model. The values are the provider's own words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ModelFilter {
    /// The kind of model, such as `text` or `image`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub kind: Option<String>,
    /// What it can do, such as `vision`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub capability: Option<String>,
    /// The endpoint that accepts it, such as `chat_completions`.
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

    /// The models that match this filter. The provider filters; because not every provider does, the library also
    /// removes models whose description in the catalogue does not match. Always asks the provider.
    ///
    /// # Errors
    /// As [`models`](Self::models).
    pub async fn models_matching(&self, filter: ModelFilter) -> Result<Vec<Model>> {
        self.run(|ai| async move {
            let mut url = endpoint(ai.provider().model_api.as_ref(), "models", &["models"])?;
            let terms = [("type", &filter.kind), ("capability", &filter.capability), ("method", &filter.method)];
            let terms = terms.iter().filter_map(|(name, term)| Some((*name, term.as_deref()?)));
            url.query_pairs_mut().extend_pairs(terms);
            let mut models = ai.fetch_catalogue(url).await?;
            models.retain(|model| filter.allows(model));
            Ok(models)
        })
        .await
    }

    /// The model called `id`, in either spelling: `gemini/gemini-2.5-flash` and `gemini-2.5-flash`.
    ///
    /// # Errors
    /// [`Error::Provider`] with kind `NotFound` if there is none; those of every call.
    pub async fn model(&self, id: String) -> Result<Model> {
        self.run(|ai| async move { ai.fetch_model(&id).await }).await
    }

    /// The model to use for `capability`: the first of `preferences` that the live catalogue lists with it, otherwise
    /// the first model of the catalogue that has it. Without preferences, those of
    /// [`Provider::model_preferences`](crate::Provider) are used. The catalogue's description says what a model can do.
    /// Its id decides only if there is no description.
    ///
    /// # Errors
    /// [`Error::Unsupported`] if no model of the catalogue has the capability; [`Error::InvalidInput`] naming `model`
    /// if there is neither a catalogue nor a preference; those of [`models`](Self::models).
    pub async fn choose_model(&self, capability: Capability, preferences: Vec<String>) -> Result<ModelChoice> {
        self.run(move |ai| async move { ai.choice_among(capability, &preferences).await }).await
    }
}

impl AiPass {
    async fn catalogue(&self) -> Result<Catalogue> {
        let account = self.account().await?;
        if let Some(catalogue) = self.cached::<Catalogue>(&account, self.config().models_max_age) {
            return Ok(catalogue);
        }
        let url = endpoint(self.provider().model_api.as_ref(), "models", &["models"])?;
        let catalogue = Catalogue(Arc::new(self.fetch_catalogue(url).await?));
        self.put_cached(account, catalogue.clone());
        Ok(catalogue)
    }

    /// The model as the catalogue describes it; `None` if it does not list it, or the provider has no catalogue.
    pub(super) async fn listed(&self, id: &str) -> Result<Option<Model>> {
        match self.catalogue().await {
            Ok(catalogue) => Ok(find(&catalogue.0, id).cloned()),
            Err(Error::Provider { .. } | Error::Unsupported { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn fetch_catalogue(&self, url: Url) -> Result<Vec<Model>> {
        let answer = self.ask_up_to(MAX_CATALOGUE, ApiRequest::get(url, JSON)).await?;
        answer.read(|body, _| read_catalogue(body))
    }

    async fn fetch_model(&self, id: &str) -> Result<Model> {
        if id.trim().is_empty() {
            return Err(Error::invalid_input("model", "it is empty"));
        }
        let url = endpoint(self.provider().model_api.as_ref(), "models", &["models", id])?;
        let error = match self.ask_up_to(MAX_CATALOGUE, ApiRequest::get(url, JSON)).await {
            Ok(answer) => return answer.read(|body, _| read_one(body, id)),
            Err(error) => error,
        };
        // LiteLLM does not find a single model with a slash in its id, other proxies let no such path through, and the
        // catalogue may spell the id otherwise. The catalogue has it.
        use ProviderErrorKind::{BadRequest, Forbidden, NotFound};
        if !matches!(error, Error::Provider { kind: BadRequest | Forbidden | NotFound, .. }) {
            return Err(error);
        }
        let Ok(catalogue) = self.catalogue().await else { return Err(error) };
        find(&catalogue.0, id).cloned().ok_or(error)
    }
}

impl ModelFilter {
    /// Whether nothing that the provider says about a model is against it.
    fn allows(&self, model: &Model) -> bool {
        let fits = |wanted: &Option<String>, said: &[String], is_same: fn(&str, &str) -> bool| {
            let Some(wanted) = wanted else { return true };
            said.is_empty() || said.iter().any(|word| is_same(word, wanted))
        };
        fits(&self.kind, &model.kinds, words::is_same_kind)
            && fits(&self.capability, &model.capabilities, words::is_same_word)
            && fits(&self.method, &model.methods, words::is_same_word)
    }
}

#[cfg(test)]
pub(super) mod tests;
