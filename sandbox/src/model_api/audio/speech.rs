//! `POST /audio/speech`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use axum::http::header::{self, HeaderMap, HeaderValue};
use bytes::Bytes;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::recording;
use super::voice::Voice;
use crate::model_api::admission::{self, Sent};
use crate::model_api::catalogue::model_for;
use crate::model_api::{SPEECH, invalid};
use crate::server::paced_body::paced;
use crate::server::refusal::{ApiError, Refusal};
use crate::state::Shared;

/// OpenAI's limit, in characters.
const MAX_INPUT: usize = 4096;
/// OpenAI's limits.
const SPEEDS: std::ops::RangeInclusive<f32> = 0.25..=4.0;
/// US dollars for a character: 15 for a million.
const PRICE: Decimal = Decimal::from_parts(15, 0, 0, false, 6);

#[derive(Deserialize)]
struct SpeechRequest {
    model: String,
    input: String,
    voice: String,
    #[serde(default)]
    response_format: Format,
    speed: Option<f32>,
    stream_format: Option<String>,
}

/// OpenAI has more formats; their encoders are not here.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Mp3,
    Wav,
    Pcm,
}

pub(crate) async fn speak(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let request: SpeechRequest = admission::json(&headers, body)?;
    model_for(&request.model, SPEECH)?;
    let voice = request.check()?;
    let characters = request.input.chars().count();
    let cost = Decimal::from(characters).saturating_mul(PRICE);
    admission::charge(&shared, &access, cost);
    let (media_type, body) = match request.response_format {
        Format::Mp3 => ("audio/mpeg", paced(&shared, recording::silent_mp3(&request.input, voice))),
        Format::Wav => {
            let head = recording::wav_head(&request.input, voice);
            ("audio/wav", paced(&shared, std::iter::once(head).chain(samples(request.input, voice))))
        }
        Format::Pcm => ("audio/pcm", paced(&shared, samples(request.input, voice))),
    };
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    Ok(admission::with_cost(response, cost))
}

impl SpeechRequest {
    fn check(&self) -> Result<Voice, Refusal> {
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

/// Word by word, each made when it is its turn: a long text read slowly is 47 MB.
fn samples(text: String, voice: Voice) -> impl Iterator<Item = Bytes> {
    let words: Vec<String> = text.split_inclusive(' ').map(str::to_owned).collect();
    words.into_iter().map(move |word| Bytes::from(voice.say(&word)))
}
