//! Catalogues in every form that servers give them, and what a model is for where they do not say.

use super::{Capability, Model};
use crate::error::{Error, Result};
use crate::gateway::lenient;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use serde_json::value::RawValue;

/// `{data: [model…]}`, or a plain list; a model is an object with an id, or just the id.
pub(super) fn read_catalogue(body: &[u8]) -> Result<Vec<Model>> {
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

pub(super) fn read_model(json: &[u8]) -> Option<Model> {
    #[derive(Deserialize, Default)]
    struct Described {
        id: String,
        #[serde(default, rename = "type", deserialize_with = "lenient::text")]
        kind: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        mode: Option<String>,
        #[serde(default, deserialize_with = "words")]
        capabilities: Vec<String>,
        #[serde(default, deserialize_with = "words")]
        methods: Vec<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        owned_by: Option<String>,
    }
    let described = match serde_json::from_slice::<Described>(json) {
        Ok(described) => described,
        Err(_) => Described { id: serde_json::from_slice(json).ok()?, ..Described::default() },
    };
    let Described { id, kind, mode, capabilities, methods, owned_by: owner } = described;
    let stated = kind.or(mode).and_then(|kind| stated_capability(&kind));
    let capability = stated.or_else(|| inferred_capability(&id));
    Some(Model { id, capability, capabilities, methods, owner }).filter(|model| !model.id.is_empty())
}

/// A list of words; what is no list has none, what is no word is left out.
fn words<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    let list: Vec<Value> = lenient::optional(deserializer)?.unwrap_or_default();
    Ok(list.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect())
}

/// The provider's word for what a model is for.
pub(super) fn stated_capability(kind: &str) -> Option<Capability> {
    Some(match kind.to_ascii_lowercase().replace('-', "_").as_str() {
        "chat" | "text" | "completion" | "llm" | "responses" | "vision" => Capability::Chat,
        "image" | "image_generation" => Capability::ImageGeneration,
        "image_edit" => Capability::ImageEdit,
        "image_variation" => Capability::ImageVariation,
        "speech" | "tts" | "audio_speech" => Capability::Speech,
        "transcription" | "stt" | "audio_transcription" => Capability::Transcription,
        "embedding" | "embeddings" => Capability::Embeddings,
        "video" | "video_generation" => Capability::Video,
        _ => return None,
    })
}

/// The provider's documented rules, for catalogues without metadata, and a few names that came later.
fn inferred_capability(id: &str) -> Option<Capability> {
    const CHAT: [&str; 3] = ["gpt-", "claude-", "gemini/"];
    const VIDEO: [&str; 2] = ["sora-", "veo-"];
    const IMAGE: [&str; 5] = ["imagen4/", "flux-pro/", "dall-e-", "gpt-image-", "fal-ai/"];
    let starts_with_any = |prefixes: &[&str]| prefixes.iter().any(|prefix| id.starts_with(prefix));
    if id.ends_with("/edit") {
        Some(Capability::ImageEdit)
    } else if id.contains("whisper") || id.contains("transcribe") {
        Some(Capability::Transcription)
    } else if id.starts_with("tts-") || id.ends_with("-tts") {
        Some(Capability::Speech)
    } else if id.starts_with("text-embedding-") {
        Some(Capability::Embeddings)
    } else if starts_with_any(&VIDEO) {
        Some(Capability::Video)
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
        read_model(format!("{id:?}").as_bytes()).unwrap()
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
            ("gpt-4o-mini-tts", Some(Speech)),
            ("gpt-4o-mini-transcribe", Some(Transcription)),
            ("sora-2", Some(Video)),
            ("something-new", None),
        ] {
            assert_eq!(inferred_capability(id), expected, "{id}");
        }
    }

    // wire: models; P6
    #[test]
    fn every_form_of_the_catalogue_is_read() {
        let described =
            br#"{"object":"list","data":[{"id":"x-1","type":"chat","capabilities":["vision",7],"methods":null},{"id":"tts-1"},7]}"#;
        let models = read_catalogue(described).unwrap();
        assert_eq!(models[0].capability, Some(Capability::Chat));
        assert_eq!((models[0].capabilities.as_slice(), models[0].methods.len()), (["vision".to_owned()].as_slice(), 0));
        assert_eq!(models[1..], [model("tts-1")]);
        assert_eq!(read_catalogue(br#"["gpt-5-mini","tts-1"]"#).unwrap(), [model("gpt-5-mini"), model("tts-1")]);
        assert_eq!(read_catalogue(br#"{"data":["gpt-5-mini"]}"#).unwrap(), [model("gpt-5-mini")]);
        assert!(read_catalogue(b"<html>").is_err());
        assert!(read_catalogue(br#"{"data":null}"#).unwrap().is_empty());
    }
}
