//! Speech from text.

use super::AudioFormat;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::gateway::bill::Ceiling;
use crate::gateway::download::{ByteStream, SavedFile};
use crate::gateway::exchange::{empty_file, endpoint, file_or_error, media_type, read_whole};
use crate::gateway::models::Capability;
use crate::gateway::quote::{CostEstimate, Quote, TokenRange};
use crate::gateway::tokens::{Span, of_text};
use crate::gateway::{cost, error_response};
use crate::json_body::json_body;
use crate::net::SuccessResponse;
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Serialize;
use std::path::PathBuf;

/// The largest recording that is read into memory (P4): about four hours of MP3.
const MAX_SPEECH: usize = 256 * 1024 * 1024;

/// A text to be spoken.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SpeechRequest {
    /// What to say.
    pub input: String,
    /// The voice, by the model's name for it, such as `nova`. `None` leaves it to the model; OpenAI's models require
    /// one, and get `alloy`.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub voice: Option<String>,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The kind of file; `None` leaves it to the model, mostly MP3.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub response_format: Option<AudioFormat>,
    /// The speed, from 0.25 to 4; `None` means 1.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub speed: Option<f64>,
    /// How to speak, such as "calm and friendly", for models that follow instructions.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub instructions: Option<String>,
}

/// A spoken text.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SpeechAudio {
    /// The file's bytes.
    pub bytes: Bytes,
    /// Their media type, such as `audio/mpeg`; empty if the provider does not say.
    pub media_type: String,
    /// The model that the call used, as the catalogue spells it.
    pub model: String,
    /// What the call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

impl std::fmt::Debug for SpeechAudio {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "SpeechAudio({} bytes of {})", self.bytes.len(), self.media_type)
    }
}

impl SpeechRequest {
    /// A request to speak this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self { input: text.into(), voice: None, model: None, response_format: None, speed: None, instructions: None }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Speaks a text. One paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `input` or `speed` before anything is sent; those of [`chat`](Self::chat).
    pub async fn speak(&self, request: SpeechRequest) -> Result<SpeechAudio> {
        self.run(|ai| async move {
            let (answer, model) = ai.ask_for_speech(&request).await?;
            let (media_type, request_id) = (media_type(&answer), error_response::request_id(&answer.headers));
            let cost = cost::of(&answer.headers);
            let bytes = read_whole(answer, MAX_SPEECH).await?;
            if bytes.is_empty() {
                return Err(empty_file(request_id));
            }
            Ok(SpeechAudio { bytes: bytes.into(), media_type, model, cost, request_id })
        })
        .await
    }

    /// Speaks a text, and returns the recording as a stream, to be played at once. One paid call; releasing the stream
    /// before its end cancels it.
    ///
    /// # Errors
    /// As [`speak`](Self::speak); what goes wrong later comes out of [`ByteStream::next`].
    pub async fn speak_streamed(&self, request: SpeechRequest) -> Result<ByteStream> {
        self.run(|ai| async move {
            let (answer, model) = ai.ask_for_speech(&request).await?;
            Ok(ByteStream::read(answer, model))
        })
        .await
    }

    /// Speaks a text into a new file. One paid call. The file appears only when it is complete.
    ///
    /// # Errors
    /// As [`speak`](Self::speak), and [`Error::InvalidInput`] naming `destination` if there is a file already.
    pub async fn speak_to_file(&self, request: SpeechRequest, destination: PathBuf) -> Result<SavedFile> {
        self.run(|ai| async move {
            let destination = ai.reserve(destination).await?;
            let (answer, _) = ai.ask_for_speech(&request).await?;
            destination.write_from(answer).await
        })
        .await
    }
}

impl AiPass {
    /// The recording, and the model that speaks.
    async fn ask_for_speech(&self, request: &SpeechRequest) -> Result<(SuccessResponse, String)> {
        request.check()?;
        let url = endpoint(self.provider().model_api.as_ref(), "speech", &["audio", "speech"])?;
        let model = self.model_for(Capability::Speech, request.model.as_deref()).await?;
        let ceiling = match self.spend_limits() {
            Some(_) => self.speech_quote(request, &model).await?.ceiling(),
            None => Ceiling::default(),
        };
        let post = ApiRequest::post(url, request.encode(&model)?, "audio/*");
        let (answer, mut bill) = self.call_paid(post, ceiling).await?;
        bill.settle(None, None).await; // the headers have all that is told
        Ok((file_or_error(answer).await?, model))
    }

    /// What this request may cost.
    pub(in crate::gateway) async fn estimate_speech(&self, request: &SpeechRequest) -> Result<CostEstimate> {
        request.check()?;
        let model = self.model_for(Capability::Speech, request.model.as_deref()).await?;
        Ok(self.speech_quote(request, &model).await?.estimate)
    }

    async fn speech_quote(&self, request: &SpeechRequest, model: &str) -> Result<Quote> {
        /// What a model adds to a text.
        const PER_REQUEST: Span = Span { min: 0, max: 16 };
        let instructions = request.instructions.as_deref().unwrap_or_default();
        let spoken = request.input.chars().count() as u64;
        let characters = TokenRange { min: spoken, max: Some(spoken + instructions.chars().count() as u64) };
        let tokens = of_text(&request.input) + of_text(instructions) + PER_REQUEST;
        Ok(self.price_list(model).await?.for_speech(model.to_owned(), characters, tokens))
    }
}

impl SpeechRequest {
    fn check(&self) -> Result<()> {
        if self.input.trim().is_empty() {
            return Err(Error::invalid_input("input", "it is empty; say something"));
        }
        if self.speed.is_some_and(|speed| !(0.25..=4.0).contains(&speed)) {
            return Err(Error::invalid_input("speed", "it must be between 0.25 and 4"));
        }
        Ok(())
    }

    fn encode(&self, model: &str) -> Result<Bytes> {
        #[derive(Serialize)]
        struct Body<'a> {
            model: &'a str,
            input: &'a str,
            #[serde(skip_serializing_if = "Option::is_none")]
            voice: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            response_format: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            speed: Option<f64>,
            #[serde(skip_serializing_if = "Option::is_none")]
            instructions: Option<&'a str>,
        }
        let body = Body {
            model,
            input: &self.input,
            voice: self.voice.as_deref().or_else(|| needed_voice(model)),
            response_format: self.response_format.map(AudioFormat::name),
            speed: self.speed,
            instructions: self.instructions.as_deref(),
        };
        json_body(&body, None)
    }
}

/// OpenAI's models refuse a text without a voice, and others refuse OpenAI's voices.
fn needed_voice(model: &str) -> Option<&'static str> {
    let name = model.rsplit('/').next().unwrap_or_default();
    let is_openai = name.starts_with("tts-1") || (name.starts_with("gpt-") && name.contains("-tts"));
    is_openai.then_some("alloy")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    // wire: speech
    #[test]
    fn a_text_is_sent_as_documented() {
        let sent =
            |request: &SpeechRequest| -> Value { serde_json::from_slice(&request.encode("tts-1").unwrap()).unwrap() };
        let plain = SpeechRequest::new("Good morning");
        assert_eq!(sent(&plain), json!({"model": "tts-1", "input": "Good morning", "voice": "alloy"}));
        let chosen = SpeechRequest {
            voice: Some("nova".into()),
            response_format: Some(AudioFormat::Wav),
            speed: Some(1.5),
            instructions: Some("calm".into()),
            ..plain
        };
        let expected = json!({
            "model": "tts-1", "input": "Good morning", "voice": "nova", "response_format": "wav", "speed": 1.5,
            "instructions": "calm",
        });
        assert_eq!(sent(&chosen), expected);
    }

    // P9
    #[test]
    fn only_models_that_need_a_voice_get_one_that_nobody_asked_for() {
        for (model, voice) in [
            ("tts-1", Some("alloy")),
            ("tts-1-hd", Some("alloy")),
            ("openai/tts-1", Some("alloy")),
            ("gpt-4o-mini-tts", Some("alloy")),
            ("eleven-multilingual-v2", None),
            ("gemini-2.5-flash-preview-tts", None),
        ] {
            let sent: Value = serde_json::from_slice(&SpeechRequest::new("Hello").encode(model).unwrap()).unwrap();
            assert_eq!(sent.get("voice").and_then(Value::as_str), voice, "{model}");
            assert_eq!(sent.as_object().unwrap().len(), if voice.is_some() { 3 } else { 2 }, "{sent}");
        }
    }

    // P8
    #[test]
    fn what_has_no_meaning_is_refused_before_it_costs_money() {
        assert!(SpeechRequest::new(" ").check().is_err());
        for speed in [0.0, 0.2, 4.1, f64::NAN] {
            assert!(SpeechRequest { speed: Some(speed), ..SpeechRequest::new("a") }.check().is_err(), "{speed}");
        }
    }
}
