//! `POST /audio/speech`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::{self, HeaderMap, HeaderValue};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::recording;
use super::voice::Voice;
use crate::model_api::bodies::{self, RequestBody};
use crate::model_api::catalogue::model_for;
use crate::model_api::errors::invalid;
use crate::model_api::prices::SPOKEN_CHARACTER;
use crate::model_api::state::ModelApi;
use crate::wire::cost::with_cost;
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::paths::SPEECH;

/// OpenAI's limit, in characters.
const MAX_INPUT: usize = 4096;
/// OpenAI's limits.
const SPEEDS: std::ops::RangeInclusive<f32> = 0.25..=4.0;

#[derive(Deserialize)]
struct SpeechRequest {
    model: String,
    input: String,
    voice: String,
    #[serde(default)]
    response_format: SpeechFormat,
    speed: Option<f32>,
    stream_format: Option<String>,
}

/// OpenAI has more formats. The sandbox has no encoders for them.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum SpeechFormat {
    #[default]
    Mp3,
    Wav,
    Pcm,
}

pub(crate) async fn speak(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let request: SpeechRequest = bodies::json(&headers, body)?;
    model_for(&request.model, SPEECH)?;
    let voice = request.check()?;
    let characters = request.input.chars().count();
    let cost = Decimal::from(characters).saturating_mul(SPOKEN_CHARACTER);
    api.charge(&access, cost);
    let (media_type, body) = match request.response_format {
        SpeechFormat::Mp3 => ("audio/mpeg", api.pacing.body(recording::silent_mp3(&request.input, voice))),
        SpeechFormat::Wav => {
            let head = recording::wav_header(&request.input, voice);
            ("audio/wav", api.pacing.body(std::iter::once(head).chain(samples(request.input, voice))))
        }
        SpeechFormat::Pcm => ("audio/pcm", api.pacing.body(samples(request.input, voice))),
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(with_cost(response, cost))
}

impl SpeechRequest {
    fn check(&self) -> Result<Voice, RequestError> {
        if self.input.trim().is_empty() || self.input.chars().count() > MAX_INPUT {
            return Err(invalid(format!("input must have 1 to {MAX_INPUT} characters.")));
        }
        if self.voice.trim().is_empty() {
            return Err(invalid("voice is empty."));
        }
        if self.stream_format.as_deref().is_some_and(|format| format != "audio") {
            return Err(invalid("stream_format must be audio: a sandbox sends speech as no events."));
        }
        let speed = self.speed.unwrap_or(1.0);
        if !SPEEDS.contains(&speed) {
            return Err(invalid(format!("speed must be from {} to {}.", SPEEDS.start(), SPEEDS.end())));
        }
        Ok(Voice::new(&self.voice, speed))
    }
}

/// The samples word by word. Each word is made when it is sent: a long text at the lowest speed is 47 MB.
fn samples(text: String, voice: Voice) -> impl Iterator<Item = Bytes> {
    let words: Vec<String> = text.split_inclusive(' ').map(str::to_owned).collect();
    words.into_iter().map(move |word| Bytes::from(voice.pcm(&word)))
}
