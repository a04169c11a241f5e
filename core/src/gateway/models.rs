//! The model catalogue: what there is, what each is for, and which one a call takes.

use super::{endpoint, lenient};
use crate::client::AiPass;
use crate::error::{Error, ProviderErrorKind, Result};
use serde::Deserialize;
use serde_json::value::RawValue;
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
    /// Images from images.
    ImageEdit,
    /// Speech from text.
    Speech,
    /// Text from speech.
    Transcription,
    /// Vectors from text.
    Embeddings,
    /// Video from text or images.
    Video,
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

    /// The model called `id`.
    ///
    /// # Errors
    /// [`Error::Provider`] with kind `NotFound` if there is none; those of every call.
    pub async fn model(&self, id: String) -> Result<Model> {
        self.run(|ai| async move { ai.fetch_model(&id).await }).await
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
        let is_missing = |error: &Error| matches!(error, Error::Provider { kind: ProviderErrorKind::NotFound, .. });
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

    /// The model that a call takes: the one that was asked for, else the first of `preferences` that the live catalogue has,
    /// else the catalogue's first for this capability.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] if the one asked for is not in a catalogue that is known (P8); [`Error::Unsupported`] if the
    /// catalogue has none for this.
    pub(super) async fn choose_model(
        &self,
        asked_for: Option<&str>,
        capability: Capability,
        preferences: &[&str],
    ) -> Result<String> {
        if let Some(id) = asked_for {
            let known = self.recall::<Catalogue>(&self.account().await?, self.config().models_max_age);
            return match known {
                Some(catalogue) if !catalogue.0.iter().any(|model| model.id == id) => Err(Error::invalid_input(
                    "model",
                    format!("the catalogue has no {id:?}; models() lists what there is"),
                )),
                _ => Ok(id.to_owned()),
            };
        }
        match self.catalogue().await {
            Ok(catalogue) if !catalogue.0.is_empty() => choose(&catalogue.0, capability, preferences)
                .ok_or_else(|| Error::Unsupported { what: format!("a model for {capability:?}") }),
            // Without a catalogue the call itself can still work, and will say if it does not.
            Ok(_) | Err(Error::Provider { .. }) => {
                preferences.first().map(|id| (*id).to_owned()).ok_or_else(|| Error::internal("no preferred model"))
            }
            Err(error) => Err(error),
        }
    }
}

fn choose(catalogue: &[Model], capability: Capability, preferences: &[&str]) -> Option<String> {
    let preferred = preferences.iter().find(|id| catalogue.iter().any(|model| model.id == **id));
    let suitable = || catalogue.iter().find(|model| model.capability == Some(capability)).map(|model| model.id.clone());
    preferred.map(|id| (*id).to_owned()).or_else(suitable)
}

/// `{data: [model…]}`, or a plain list; a model is an object with an id, or just the id.
fn read_catalogue(body: &[u8]) -> Result<Vec<Model>> {
    #[derive(Deserialize)]
    struct Listing<'a> {
        #[serde(borrow, deserialize_with = "lenient::list")]
        data: Vec<&'a RawValue>,
    }
    let listing = serde_json::from_slice::<Listing<'_>>(body).map(|listing| listing.data);
    let items = listing.or_else(|_| serde_json::from_slice::<Vec<&RawValue>>(body));
    let items = items.map_err(|_| Error::unreadable(200, "the answer is not a list of models"))?;
    Ok(items.iter().filter_map(|item| read_model(item.get().as_bytes())).collect())
}

fn read_model(json: &[u8]) -> Option<Model> {
    #[derive(Deserialize)]
    struct Described {
        id: String,
        #[serde(default, rename = "type", deserialize_with = "lenient::text")]
        kind: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        mode: Option<String>,
    }
    let described = match serde_json::from_slice::<Described>(json) {
        Ok(described) => described,
        Err(_) => Described { id: serde_json::from_slice(json).ok()?, kind: None, mode: None },
    };
    let stated = described.kind.or(described.mode).and_then(|kind| stated_capability(&kind));
    let capability = stated.or_else(|| inferred_capability(&described.id));
    Some(Model { id: described.id, capability }).filter(|model| !model.id.is_empty())
}

/// The provider's word for what a model is for.
fn stated_capability(kind: &str) -> Option<Capability> {
    Some(match kind.to_ascii_lowercase().replace('-', "_").as_str() {
        "chat" | "text" | "completion" | "llm" | "responses" | "vision" => Capability::Chat,
        "image" | "image_generation" => Capability::ImageGeneration,
        "image_edit" => Capability::ImageEdit,
        "speech" | "tts" | "audio_speech" => Capability::Speech,
        "transcription" | "stt" | "audio_transcription" => Capability::Transcription,
        "embedding" | "embeddings" => Capability::Embeddings,
        "video" | "video_generation" => Capability::Video,
        _ => return None,
    })
}

/// The seed's rules, for catalogues without metadata.
fn inferred_capability(id: &str) -> Option<Capability> {
    const CHAT: [&str; 3] = ["gpt-", "claude-", "gemini/"];
    const IMAGE: [&str; 5] = ["imagen4/", "flux-pro/", "dall-e-", "gpt-image-", "fal-ai/"];
    let starts_with_any = |prefixes: &[&str]| prefixes.iter().any(|prefix| id.starts_with(prefix));
    if id.ends_with("/edit") {
        Some(Capability::ImageEdit)
    } else if id.contains("whisper") {
        Some(Capability::Transcription)
    } else if id.starts_with("tts-") {
        Some(Capability::Speech)
    } else if id.starts_with("text-embedding-") {
        Some(Capability::Embeddings)
    } else if starts_with_any(&IMAGE) {
        Some(Capability::ImageGeneration)
    } else if starts_with_any(&CHAT) {
        Some(Capability::Chat)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(id: &str) -> Model {
        Model { id: id.into(), capability: inferred_capability(id) }
    }

    // seed 001, section 5
    #[test]
    fn a_capability_is_inferred_from_the_id_as_the_provider_documents() {
        use Capability::*;
        for (id, expected) in [
            ("fal-ai/nano-banana-2/edit", Some(ImageEdit)),
            ("openai/gpt-image-2/edit", Some(ImageEdit)),
            ("imagen4/preview/ultra", Some(ImageGeneration)),
            ("gpt-image-1", Some(ImageGeneration)),
            ("dall-e-3", Some(ImageGeneration)),
            ("gpt-5-mini", Some(Chat)),
            ("claude-sonnet-4-5", Some(Chat)),
            ("gemini/gemini-2.5-flash-lite", Some(Chat)),
            ("tts-1", Some(Speech)),
            ("whisper-1", Some(Transcription)),
            ("text-embedding-3-small", Some(Embeddings)),
            ("something-new", None),
        ] {
            assert_eq!(inferred_capability(id), expected, "{id}");
        }
    }

    // wire: models; P6
    #[test]
    fn every_form_of_the_catalogue_is_read() {
        let described =
            br#"{"object":"list","data":[{"id":"x-1","type":"chat","capabilities":["vision"]},{"id":"tts-1"},7]}"#;
        let models = read_catalogue(described).unwrap();
        assert_eq!(models, [Model { id: "x-1".into(), capability: Some(Capability::Chat) }, model("tts-1")]);
        assert_eq!(read_catalogue(br#"["gpt-5-mini","tts-1"]"#).unwrap(), [model("gpt-5-mini"), model("tts-1")]);
        assert_eq!(read_catalogue(br#"{"data":["gpt-5-mini"]}"#).unwrap(), [model("gpt-5-mini")]);
        assert!(read_catalogue(b"<html>").is_err());
        assert!(read_catalogue(br#"{"data":null}"#).unwrap().is_empty());
    }

    #[test]
    fn the_first_preference_that_exists_is_chosen_else_what_is_suitable() {
        let catalogue = [model("tts-1"), model("gpt-5-mini"), model("gemini/gemini-2.5-flash")];
        let chat = |preferences: &[&str]| choose(&catalogue, Capability::Chat, preferences);
        assert_eq!(
            chat(&["gone", "gemini/gemini-2.5-flash", "gpt-5-mini"]).as_deref(),
            Some("gemini/gemini-2.5-flash")
        );
        assert_eq!(chat(&["gone"]).as_deref(), Some("gpt-5-mini"));
        assert_eq!(choose(&catalogue, Capability::Embeddings, &["gone"]), None);
    }
}
