//! Text from speech: the request.

use super::AudioFile;
use super::transcript::{self, MAX_RESPONSE, Transcript};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::gateway::bill::Ceiling;
use crate::gateway::exchange::endpoint;
use crate::gateway::models::Capability;
use crate::net::payload::{Field, Payload};
use std::sync::Arc;

/// A recording to transcribe.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TranscriptionRequest {
    /// The recording.
    pub file: AudioFile,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The spoken language as an ISO 639-1 code, such as `de`; `None` lets the model detect it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub language: Option<String>,
    /// Words that may occur, so that the model spells them correctly.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prompt: Option<String>,
    /// The form of the transcript; `None` leaves it to the model, which returns the text.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_format: Option<TranscriptResponseFormat>,
}

/// The form of a transcript. Not every model offers every form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum TranscriptResponseFormat {
    /// The text.
    Text,
    /// The text, its language, and its segments with their times.
    Segments,
    /// The same, with the time of every word.
    Words,
    /// Subtitles as SubRip (`.srt`), in [`Transcript::text`].
    Srt,
    /// Subtitles as WebVTT (`.vtt`), in [`Transcript::text`].
    Vtt,
}

impl TranscriptionRequest {
    /// A request for the text of a recording.
    pub fn new(file: impl Into<AudioFile>) -> Self {
        Self { file: file.into(), model: None, language: None, prompt: None, response_format: None }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Transcribes a recording. One paid call. A file is read while it is uploaded.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `file` or `language` before anything is sent; those of [`chat`](Self::chat).
    pub async fn transcribe(&self, request: TranscriptionRequest) -> Result<Transcript> {
        self.run(|ai| async move {
            let (asked_for, format) = (request.model.clone(), request.response_format);
            // A recording that cannot be read should fail before the network is asked.
            let mut fields = request.into_fields().await?;
            let url = endpoint(ai.provider().model_api.as_ref(), "transcription", &["audio", "transcriptions"])?;
            let model = ai.model_for(Capability::Transcription, asked_for.as_deref()).await?;
            fields.push(Field::text("model", model.clone()));
            let request = ApiRequest::post(url, Payload::Form(Arc::new(fields)), accepted(format));
            // A recording's length, which is what costs, is not known before it is decoded.
            let mut answer = ai.ask_paid(MAX_RESPONSE, request, Ceiling::default()).await?;
            answer.settle(None, None).await; // the headers have all that is told
            let transcript = answer.read(|body, request_id| transcript::read(body, model, request_id))?;
            Ok(Transcript { cost: answer.cost, ..transcript })
        })
        .await
    }
}

fn accepted(format: Option<TranscriptResponseFormat>) -> &'static str {
    match format {
        Some(TranscriptResponseFormat::Srt | TranscriptResponseFormat::Vtt) => "text/*, application/json",
        _ => "application/json",
    }
}

impl TranscriptionRequest {
    async fn into_fields(self) -> Result<Vec<Field>> {
        let language = match self.language.as_deref().map(str::trim) {
            Some(language)
                if !(2..=3).contains(&language.len()) || !language.bytes().all(|b| b.is_ascii_alphabetic()) =>
            {
                return Err(Error::invalid_input("language", format!("{language:?} is no code such as `de`")));
            }
            language => language.map(str::to_ascii_lowercase),
        };
        // Not every model takes a format, and all answer JSON or text where none is named (P9).
        let (format, granularities): (_, &[&str]) = match self.response_format {
            None => (None, &[]),
            Some(TranscriptResponseFormat::Text) => (Some("json"), &[]),
            Some(TranscriptResponseFormat::Segments) => (Some("verbose_json"), &["segment"]),
            Some(TranscriptResponseFormat::Words) => (Some("verbose_json"), &["word", "segment"]),
            Some(TranscriptResponseFormat::Srt) => (Some("srt"), &[]),
            Some(TranscriptResponseFormat::Vtt) => (Some("vtt"), &[]),
        };
        let mut fields = vec![self.file.into_field().await?];
        fields.extend(format.map(|format| Field::text("response_format", format)));
        fields.extend(granularities.iter().map(|word| Field::text("timestamp_granularities[]", *word)));
        fields.extend(language.map(|language| Field::text("language", language)));
        fields.extend(self.prompt.map(|prompt| Field::text("prompt", prompt)));
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // P8
    #[tokio::test]
    async fn a_language_that_is_no_code_is_refused_before_it_costs_money() {
        for language in ["", "german", "d1"] {
            let request = TranscriptionRequest {
                language: Some(language.into()),
                ..TranscriptionRequest::new(b"OggS\0\x02".to_vec())
            };
            assert_eq!(request.into_fields().await.err().unwrap().code(), "invalid_input", "{language}");
        }
    }
}
