//! Which model a call takes, and why.

use super::reading::stated_capability;
use super::{Capability, Catalogue, Model};
use crate::client::AiPass;
use crate::error::{Error, Result};

/// The model that was chosen for a call.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ModelChoice {
    /// Its id.
    pub model: String,
    /// Why it was taken.
    pub reason: ChoiceReason,
}

/// Why a model was chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ChoiceReason {
    /// It is a preferred one, and in the catalogue.
    Preferred {
        /// The preferred ones before it, which the catalogue does not have.
        missing: Vec<String>,
    },
    /// The catalogue has none of the preferred ones; this is its first that is for it.
    FirstSuitable,
    /// The provider shows no catalogue; this is the most preferred.
    NoCatalogue,
}

/// The library's own preferences, best first.
pub(super) fn preferred(capability: Capability) -> &'static [&'static str] {
    match capability {
        Capability::Chat => &["gpt-5-mini", "gpt-4o-mini", "gemini/gemini-2.5-flash", "gemini/gemini-2.5-flash-lite"],
        Capability::ImageGeneration => &["gpt-image-1", "imagen4/preview", "dall-e-3", "flux-pro/v1.1"],
        Capability::ImageEdit => &["openai/gpt-image-2/edit", "fal-ai/nano-banana-2/edit", "gpt-image-1"],
        Capability::ImageVariation => &["dall-e-2"],
        Capability::Speech => &["tts-1", "gpt-4o-mini-tts", "tts-1-hd"],
        Capability::Transcription => &["whisper-1", "gpt-4o-mini-transcribe"],
        Capability::Embeddings => &["text-embedding-3-small", "text-embedding-3-large", "text-embedding-ada-002"],
        Capability::Video => &["sora-2", "sora-2-pro"],
    }
}

impl AiPass {
    /// The model that a call takes: the one that was asked for, or else one for this.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if the one asked for is not in a catalogue that is known (P8); those of
    /// [`choose_model`](Self::choose_model).
    pub(in crate::gateway) async fn model_for(
        &self,
        capability: Capability,
        asked_for: Option<&str>,
    ) -> Result<String> {
        self.model_preferring(capability, asked_for, preferred(capability)).await
    }

    /// The same with other preferences.
    pub(in crate::gateway) async fn model_preferring(
        &self,
        capability: Capability,
        asked_for: Option<&str>,
        preferences: &[&str],
    ) -> Result<String> {
        let Some(id) = asked_for else { return Ok(self.choice_among(capability, preferences).await?.model) };
        let known = self.recall::<Catalogue>(&self.account().await?, self.config().models_max_age);
        match known {
            Some(catalogue) if !catalogue.0.iter().any(|model| model.id == id) => {
                let detail = format!("the catalogue has no {id:?}; models() lists what there is");
                Err(Error::invalid_input("model", detail))
            }
            _ => Ok(id.to_owned()),
        }
    }

    pub(super) async fn choice_among(&self, capability: Capability, preferences: &[&str]) -> Result<ModelChoice> {
        match self.catalogue().await {
            Ok(catalogue) if !catalogue.0.is_empty() => choose(&catalogue.0, capability, preferences)
                .ok_or_else(|| Error::Unsupported { what: format!("a model for {capability:?}") }),
            // Without a catalogue the call itself can still work, and will say if it does not.
            Ok(_) | Err(Error::Provider { .. }) => {
                let model = preferences.first().ok_or_else(|| Error::internal("no preferred model"))?;
                Ok(ModelChoice { model: (*model).to_owned(), reason: ChoiceReason::NoCatalogue })
            }
            Err(error) => Err(error),
        }
    }
}

fn choose(catalogue: &[Model], capability: Capability, preferences: &[&str]) -> Option<ModelChoice> {
    let rank = preferences.iter().position(|id| catalogue.iter().any(|model| model.id == *id));
    if let Some(rank) = rank {
        let missing = preferences[..rank].iter().map(|id| (*id).to_owned()).collect();
        return Some(ModelChoice { model: preferences[rank].to_owned(), reason: ChoiceReason::Preferred { missing } });
    }
    let suitable = catalogue.iter().find(|model| is_for(model, capability))?;
    Some(ModelChoice { model: suitable.id.clone(), reason: ChoiceReason::FirstSuitable })
}

/// Whether a model does this, first or among other things.
fn is_for(model: &Model, capability: Capability) -> bool {
    let also = || model.capabilities.iter().any(|word| stated_capability(word) == Some(capability));
    model.capability == Some(capability) || also()
}

#[cfg(test)]
mod tests {
    use super::super::reading::read_catalogue;
    use super::*;

    #[test]
    fn the_first_preference_that_exists_is_chosen_else_what_is_suitable_and_it_says_why() {
        let catalogue = read_catalogue(br#"["tts-1", "gpt-5-mini", "gemini/gemini-2.5-flash"]"#).unwrap();
        let chat = |preferences: &[&str]| choose(&catalogue, Capability::Chat, preferences).unwrap();
        let reason = ChoiceReason::Preferred { missing: vec!["gone".to_owned()] };
        let model = "gemini/gemini-2.5-flash".to_owned();
        assert_eq!(chat(&["gone", "gemini/gemini-2.5-flash", "gpt-5-mini"]), ModelChoice { model, reason });
        let model = "gpt-5-mini".to_owned();
        assert_eq!(chat(&["gone"]), ModelChoice { model, reason: ChoiceReason::FirstSuitable });
        assert_eq!(choose(&catalogue, Capability::Embeddings, &["gone"]), None);
        let second = br#"{"data":[{"id":"x-1","type":"image","capabilities":["image_generation","image_edit"]}]}"#;
        let choice = choose(&read_catalogue(second).unwrap(), Capability::ImageEdit, &[]).unwrap();
        assert_eq!(choice.model, "x-1");
    }

    #[test]
    fn what_the_library_prefers_is_for_what_it_is_preferred_for() {
        use Capability::{Chat, Embeddings, ImageGeneration, Speech, Transcription};
        for capability in [Chat, ImageGeneration, Speech, Transcription, Embeddings] {
            let listed = serde_json::to_vec(preferred(capability)).unwrap();
            for model in read_catalogue(&listed).unwrap() {
                assert!(model.capability.is_none_or(|inferred| inferred == capability), "{}", model.id);
            }
        }
    }
}
