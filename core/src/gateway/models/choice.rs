//! Which model a call takes, and why.

use super::Catalogue;
use super::model::Model;
use super::suitability::{self, Fit};
use super::words::{find, is_json_schema, is_same_model};
use crate::client::AiPass;
use crate::error::{Error, Result};
use crate::provider::Capability;

/// The model that was chosen for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ModelChoice {
    /// Its id, as the catalogue spells it.
    pub model: String,
    /// Why it was chosen.
    pub reason: ChoiceReason,
    /// The preferred models before it that the catalogue lists without this capability, as the catalogue spells them.
    pub unsuitable: Vec<String>,
}

/// Why a model was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ChoiceReason {
    /// It is a preferred model, and the catalogue lists it.
    Preferred {
        /// The preferred models before it that the catalogue does not list.
        missing: Vec<String>,
    },
    /// The catalogue lists no preferred model with this capability. This is the first model that it lists with it.
    FirstSuitable,
    /// The provider has no catalogue. This is the first preferred model.
    NoCatalogue,
}

impl AiPass {
    /// The model that a call takes: the one that was asked for, as the catalogue spells it, or else one for this.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if the one asked for is not in a catalogue that is known (P8); those of
    /// [`choose_model`](Self::choose_model).
    pub(in crate::gateway) async fn model_for(
        &self,
        capability: Capability,
        asked_for: Option<&str>,
    ) -> Result<String> {
        let Some(id) = asked_for else { return Ok(self.choice_among(capability, &[]).await?.model) };
        if id.trim().is_empty() {
            return Err(Error::invalid_input("model", "it is empty; leave it out to have one chosen"));
        }
        let known = self.cached::<Catalogue>(&self.account().await?, self.config().models_max_age);
        match known {
            None => Ok(id.to_owned()),
            Some(catalogue) => find(&catalogue.0, id).map(|model| model.id.clone()).ok_or_else(|| {
                let detail = format!("the catalogue has no {id:?}; models() lists what there is");
                Error::invalid_input("model", detail)
            }),
        }
    }

    /// Whether the catalogue says of a model that it holds its answers to a JSON schema. The catalogue is not fetched for this.
    pub(in crate::gateway) async fn takes_json_schemas(&self, id: &str) -> Result<bool> {
        let known = self.cached::<Catalogue>(&self.account().await?, self.config().models_max_age);
        let model = known.as_ref().and_then(|catalogue| find(&catalogue.0, id));
        Ok(model.is_some_and(|model| model.capabilities.iter().any(|word| is_json_schema(word))))
    }

    /// Another model for this, as if none had been named; `None` if the catalogue has no other, or cannot be read.
    pub(in crate::gateway) async fn other_model_for(&self, capability: Capability, than: &[String]) -> Option<String> {
        let catalogue = self.catalogue().await.ok()?;
        let tells_of_vision = suitability::tells_of_vision(&catalogue.0);
        let others = catalogue.0.iter().filter(|model| !than.iter().any(|id| is_same_model(&model.id, id)));
        let others: Vec<Model> = others.cloned().collect();
        Some(choose_from(&others, capability, self.own_preferences(capability), tells_of_vision)?.model)
    }

    fn own_preferences(&self, capability: Capability) -> &[String] {
        let lists = &self.provider().model_preferences;
        let own = lists.iter().find(|list| list.capability == capability);
        own.map(|list| list.models.as_slice()).unwrap_or_default()
    }

    /// The model for this, by these preferences, or by the provider's if there are none.
    pub(super) async fn choice_among(&self, capability: Capability, preferences: &[String]) -> Result<ModelChoice> {
        let preferences = if preferences.is_empty() { self.own_preferences(capability) } else { preferences };
        match self.catalogue().await {
            Ok(catalogue) if !catalogue.0.is_empty() => choose(&catalogue.0, capability, preferences)
                .ok_or_else(|| Error::Unsupported { what: format!("a model for {capability:?}") }),
            // Without a catalogue the call itself can still work, and will say if it does not.
            Ok(_) | Err(Error::Provider { .. }) => {
                let nameless = || Error::invalid_input("model", "the provider shows no catalogue; name a model");
                let model = preferences.first().ok_or_else(nameless)?.clone();
                Ok(ModelChoice { model, reason: ChoiceReason::NoCatalogue, unsuitable: Vec::new() })
            }
            Err(error) => Err(error),
        }
    }
}

pub(super) fn choose(catalogue: &[Model], capability: Capability, preferences: &[String]) -> Option<ModelChoice> {
    choose_from(catalogue, capability, preferences, suitability::tells_of_vision(catalogue))
}

/// The same among some models of a catalogue. `tells_of_vision` is what the whole of it does.
fn choose_from(
    catalogue: &[Model],
    capability: Capability,
    preferences: &[String],
    tells_of_vision: bool,
) -> Option<ModelChoice> {
    let fit = |model: &Model| suitability::fit(model, capability, tells_of_vision);
    let (mut missing, mut unsuitable) = (Vec::new(), Vec::new());
    for id in preferences {
        let spelt_alike = catalogue.iter().filter(|model| is_same_model(&model.id, id));
        // The exact spelling first.
        let mut found: Vec<&Model> = spelt_alike.collect();
        found.sort_by_key(|model| model.id != *id);
        match found.iter().find(|model| fit(model) > Fit::Unsuitable) {
            Some(model) => {
                let reason = ChoiceReason::Preferred { missing };
                return Some(ModelChoice { model: model.id.clone(), reason, unsuitable });
            }
            None if found.is_empty() => missing.push(id.clone()),
            None => unsuitable.extend(found.into_iter().map(|model| model.id.clone())),
        }
    }
    let first = |wanted| catalogue.iter().find(|model| fit(model) == wanted);
    let model = first(Fit::Stated).or_else(|| first(Fit::Likely))?.id.clone();
    Some(ModelChoice { model, reason: ChoiceReason::FirstSuitable, unsuitable })
}

#[cfg(test)]
#[path = "choice_tests.rs"]
mod tests;
