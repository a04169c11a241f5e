//! What the words of catalogues mean, and what ids suggest where a catalogue has no words.

use super::model::Model;
use crate::provider::Capability;
use crate::provider::Capability::{
    Chat, Embeddings, ImageEdit, ImageGeneration, ImageVariation, Speech, Transcription, Video,
};

/// What a method or another exact word names, such as `chat_completions`, `/v1/images/edits` or `AUDIO_SPEECH`.
pub(super) fn exact(word: &str) -> Option<Capability> {
    Some(match normal(word).as_str() {
        "chat_completions" | "chat_completion" | "chat" | "completions" | "completion" => Chat,
        "image_generation" | "image_generations" | "images_generations" | "generate_image" | "text_to_image" => {
            ImageGeneration
        }
        "image_edit" | "image_edits" | "images_edits" | "image_editing" | "edit_image" => ImageEdit,
        "image_variation" | "image_variations" | "images_variations" => ImageVariation,
        "audio_speech" | "speech" | "tts" | "text_to_speech" => Speech,
        "audio_transcription"
        | "audio_transcriptions"
        | "transcription"
        | "transcriptions"
        | "stt"
        | "speech_to_text" => Transcription,
        "embedding" | "embeddings" => Embeddings,
        "video_generation" | "video_generations" | "video" | "videos" | "text_to_video" => Video,
        _ => return None,
    })
}

/// What models of a kind can be for, in the words of `type` and LiteLLM's `mode`. Empty if it is none of what is known here.
pub(super) fn of_kind(kind: &str) -> &'static [Capability] {
    match normal(kind).as_str() {
        "text" | "llm" | "language" | "responses" | "vision" | "multimodal" => &[Chat],
        "image" | "images" => &[ImageGeneration, ImageEdit, ImageVariation],
        "audio" => &[Speech, Transcription],
        word => match exact(word) {
            Some(Chat) => &[Chat],
            // LiteLLM says so of those too that edit.
            Some(ImageGeneration) => &[ImageGeneration, ImageEdit, ImageVariation],
            Some(ImageEdit) => &[ImageEdit],
            Some(ImageVariation) => &[ImageVariation],
            Some(Speech) => &[Speech],
            Some(Transcription) => &[Transcription],
            Some(Embeddings) => &[Embeddings],
            Some(Video) => &[Video],
            Some(Capability::Vision) | None => &[],
        },
    }
}

/// Whether a word says that a model takes images in chat.
pub(super) fn is_vision(word: &str) -> bool {
    matches!(normal(word).as_str(), "vision" | "image_input" | "input_image" | "image_understanding" | "image_url")
}

/// Whether a word says that a model holds its answers to a JSON schema. `json_mode` and `response_format` alone do not.
pub(super) fn is_json_schema(word: &str) -> bool {
    matches!(
        normal(word).as_str(),
        "structured_outputs" | "structured_output" | "json_schema" | "response_schema" | "supports_response_schema"
    )
}

/// Whether two words say the same, as `chat_completions` and `chat.completions` do.
pub(super) fn is_same_word(one: &str, other: &str) -> bool {
    normal(one) == normal(other) || exact(one).is_some_and(|meant| exact(other) == Some(meant))
}

/// Whether two words name one kind of models, as `text` and `chat` do.
pub(super) fn is_same_kind(one: &str, other: &str) -> bool {
    is_same_word(one, other) || (!of_kind(one).is_empty() && of_kind(one) == of_kind(other))
}

/// A word in lower case with underscores, without the HTTP method and the version around an endpoint's path.
fn normal(word: &str) -> String {
    let mut normal = String::with_capacity(word.len());
    let mut after_lower = false;
    for c in word.trim().trim_start_matches("POST ").chars() {
        if c.is_ascii_uppercase() && after_lower {
            normal.push('_');
        }
        after_lower = c.is_ascii_lowercase();
        let c = if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        if c != '_' || !(normal.is_empty() || normal.ends_with('_')) {
            normal.push(c);
        }
    }
    let normal = normal.trim_end_matches('_');
    normal.strip_prefix("oauth2_").unwrap_or(normal).trim_start_matches("v1_").to_owned()
}

/// The provider's documented rules for catalogues without metadata, for both spellings of ids, and a few names that came later.
pub(super) fn inferred(id: &str) -> Option<Capability> {
    const EMBEDDINGS: [&str; 2] = ["text-embedding-", "gemini-embedding-"];
    const VIDEO: [&str; 2] = ["sora-", "veo-"];
    const IMAGE: [&str; 7] = ["imagen", "flux-", "dall-e-", "gpt-image-", "recraft-", "recraft/", "nano-banana"];
    const CHAT: [&str; 3] = ["gpt-", "claude-", "gemini-"];
    let id = id.to_ascii_lowercase();
    let bare = without_provider(&id);
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| id.starts_with(prefix) || bare.starts_with(prefix));
    let has = |part: &str| id.split(['/', '-', '.', ':', '_']).any(|token| token == part);
    Some(if is_edit(&id) {
        ImageEdit
    } else if id.contains("whisper") || id.contains("transcribe") {
        Transcription
    } else if has("tts") {
        Speech
    } else if begins(&EMBEDDINGS) {
        Embeddings
    } else if begins(&VIDEO) {
        Video
    } else if begins(&IMAGE) || has("image") || id.starts_with("fal-ai/") {
        ImageGeneration
    } else if (begins(&CHAT) || id.starts_with("gemini/")) && !has("realtime") {
        Chat
    } else {
        return None;
    })
}

/// Whether an id is one of an editing model, as in `fal-ai/nano-banana-2/edit` and `nano-banana-2-edit`.
pub(super) fn is_edit(id: &str) -> bool {
    id.ends_with("/edit") || id.ends_with("-edit")
}

/// Whether two ids name one model: today's have no slash, where the older ones have a provider before it and slashes in it.
/// `fal-ai/nano-banana-2/edit` is `nano-banana-2-edit`.
pub(in crate::gateway) fn is_same_model(one: &str, other: &str) -> bool {
    let dashed = |id: &str| id.replace('/', "-");
    let (a, b) = (dashed(one), dashed(other));
    // Only one of them without its provider: `a/v3` and `b/v3` are two models.
    a == b || a == dashed(without_provider(other)) || dashed(without_provider(one)) == b
}

fn without_provider(id: &str) -> &str {
    id.split_once('/').map_or(id, |(_, model)| model)
}

/// The model called `id`, or else one that is called so in the other spelling.
pub(super) fn find<'a>(models: &'a [Model], id: &str) -> Option<&'a Model> {
    let alike = || models.iter().find(|model| is_same_model(&model.id, id));
    models.iter().find(|model| model.id == id).or_else(alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    // wire: models
    #[test]
    fn words_are_understood_however_they_are_written() {
        for (word, expected) in [
            ("chat_completions", Some(Chat)),
            ("CHAT_COMPLETIONS", Some(Chat)),
            ("chatCompletions", Some(Chat)),
            ("chat.completions", Some(Chat)),
            ("POST /v1/chat/completions", Some(Chat)),
            ("/oauth2/v1/images/edits", Some(ImageEdit)),
            ("image-generation", Some(ImageGeneration)),
            (" Audio Speech ", Some(Speech)),
            ("audio.transcriptions", Some(Transcription)),
            ("embeddings", Some(Embeddings)),
            ("video_generation", Some(Video)),
            ("vision", None),
            ("responses", None),
            ("rerank", None),
            ("", None),
        ] {
            assert_eq!(exact(word), expected, "{word}");
        }
        assert_eq!(of_kind("Text"), [Chat]);
        assert_eq!(of_kind("AUDIO"), [Speech, Transcription]);
        assert!(of_kind("decision").is_empty() && of_kind("hologram").is_empty());
        assert!(is_vision("Vision") && is_vision("imageInput") && !is_vision("image"));
    }

    // seed 001, section 5; wire: models
    #[test]
    fn a_capability_is_inferred_from_both_spellings_of_an_id() {
        for (id, expected) in [
            ("fal-ai/nano-banana-2/edit", Some(ImageEdit)),
            ("nano-banana-2-edit", Some(ImageEdit)),
            ("openai/gpt-image-2/edit", Some(ImageEdit)),
            ("imagen4/preview/ultra", Some(ImageGeneration)),
            ("imagen-4-ultra", Some(ImageGeneration)),
            ("flux-pro/v1.1", Some(ImageGeneration)),
            ("flux-pro-v1.1", Some(ImageGeneration)),
            ("recraft-v3", Some(ImageGeneration)),
            ("gpt-image-1", Some(ImageGeneration)),
            ("openai/gpt-image-1", Some(ImageGeneration)),
            ("gemini-2.5-flash-image", Some(ImageGeneration)),
            ("fal-ai/nano-banana-pro", Some(ImageGeneration)),
            ("dall-e-3", Some(ImageGeneration)),
            ("gpt-5-mini", Some(Chat)),
            ("openai/gpt-5-nano", Some(Chat)),
            ("claude-haiku-4-5", Some(Chat)),
            ("gemini/gemini-2.5-flash-lite", Some(Chat)),
            ("gemini-2.5-flash-lite", Some(Chat)),
            ("tts-1", Some(Speech)),
            ("gpt-4o-mini-tts", Some(Speech)),
            ("gemini-2.5-flash-preview-tts", Some(Speech)),
            ("whisper-1", Some(Transcription)),
            ("groq/whisper-large-v3", Some(Transcription)),
            ("gpt-4o-mini-transcribe", Some(Transcription)),
            ("text-embedding-3-small", Some(Embeddings)),
            ("gemini/gemini-embedding-001", Some(Embeddings)),
            ("sora-2", Some(Video)),
            ("gemini/veo-3.1-fast-generate-preview", Some(Video)),
            ("gpt-realtime", None),
            ("something-new", None),
        ] {
            assert_eq!(inferred(id), expected, "{id}");
        }
    }

    #[test]
    fn both_spellings_are_one_model_and_two_models_are_two() {
        for (one, other) in [
            ("gemini/gemini-2.5-flash-lite", "gemini-2.5-flash-lite"),
            ("fal-ai/nano-banana-2/edit", "nano-banana-2-edit"),
            ("openai/gpt-image-2/edit", "gpt-image-2-edit"),
            ("flux-pro/v1.1", "flux-pro-v1.1"),
            ("fal-ai/flux-pro/v1.1", "flux-pro/v1.1"),
            ("gpt-5-mini", "openai/gpt-5-mini"),
            ("tts-1", "tts-1"),
        ] {
            assert!(is_same_model(one, other) && is_same_model(other, one), "{one} {other}");
        }
        for (one, other) in [
            ("gemini/gemini-2.5-flash-lite", "gemini-2.5-flash"),
            ("nano-banana-2-edit", "nano-banana-2"),
            ("recraft/v3", "luma/v3"),
            ("azure/gpt-5-mini", "openai/gpt-5-mini"),
        ] {
            assert!(!is_same_model(one, other) && !is_same_model(other, one), "{one} {other}");
        }
    }
}
