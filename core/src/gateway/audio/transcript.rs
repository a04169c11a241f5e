//! Text from speech: the answer, in every form that servers give it.

use crate::error::{Error, Result};
use crate::gateway::exchange::model_or;
use crate::gateway::{lenient, refusal};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::Value;
use std::time::Duration;

/// What a recording says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Transcript {
    /// The text, or the subtitles if these were asked for.
    pub text: String,
    /// The language, in the model's words, if it says so.
    pub language: Option<String>,
    /// How long the recording is, if the model says so.
    pub duration: Option<Duration>,
    /// The text in pieces with their times; empty unless they were asked for.
    pub segments: Vec<TranscriptSegment>,
    /// The words with their times; empty unless they were asked for.
    pub words: Vec<TranscriptWord>,
    /// The model that listened, as the provider names it, or else as it was asked for.
    pub model: String,
    /// What the call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

/// A piece of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TranscriptSegment {
    /// When it begins, from the recording's beginning.
    pub start: Duration,
    /// When it ends.
    pub end: Duration,
    /// What is said.
    pub text: String,
    /// Who says it, for models that tell speakers apart.
    pub speaker: Option<String>,
}

/// A word of a transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TranscriptWord {
    /// When it begins, from the recording's beginning.
    pub start: Duration,
    /// When it ends.
    pub end: Duration,
    /// The word.
    pub text: String,
}

/// Reads an answer: an object with a `text`, or text.
pub(super) fn read(body: &[u8], asked: String, request_id: Option<String>) -> Result<Transcript> {
    #[derive(Deserialize)]
    struct Spoken {
        #[serde(deserialize_with = "lenient::text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        language: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        model: Option<String>,
        #[serde(default)]
        duration: Value,
        #[serde(default, deserialize_with = "lenient::optional")]
        segments: Option<Vec<Timed>>,
        #[serde(default, deserialize_with = "lenient::optional")]
        words: Option<Vec<Timed>>,
    }
    #[derive(Deserialize)]
    struct Timed {
        #[serde(default)]
        start: Value,
        #[serde(default)]
        end: Value,
        #[serde(default, deserialize_with = "lenient::text")]
        text: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        word: Option<String>,
        #[serde(default, deserialize_with = "lenient::text")]
        speaker: Option<String>,
    }
    if let Ok(spoken) = serde_json::from_slice::<Spoken>(body) {
        let segment = |piece: Timed| TranscriptSegment {
            start: seconds(&piece.start).unwrap_or_default(),
            end: seconds(&piece.end).unwrap_or_default(),
            text: piece.text.unwrap_or_default(),
            speaker: piece.speaker,
        };
        let word = |piece: Timed| TranscriptWord {
            start: seconds(&piece.start).unwrap_or_default(),
            end: seconds(&piece.end).unwrap_or_default(),
            text: piece.word.or(piece.text).unwrap_or_default(),
        };
        return Ok(Transcript {
            text: spoken.text.unwrap_or_default(),
            language: spoken.language,
            duration: seconds(&spoken.duration),
            segments: spoken.segments.unwrap_or_default().into_iter().map(segment).collect(),
            words: spoken.words.unwrap_or_default().into_iter().map(word).collect(),
            model: model_or(spoken.model, asked),
            cost: None,
            request_id,
        });
    }
    if let Some(error) = refusal::in_successful_answer(body, request_id.clone()) {
        return Err(error);
    }
    let unreadable = || Error::unreadable(200, "the answer is no transcript");
    let text = std::str::from_utf8(body).map_err(|_| unreadable())?.to_owned();
    let start = text.trim_start();
    // A recording in which nobody speaks has an empty transcript; a page of HTML or a broken object is none.
    if start.starts_with(['<', '{']) {
        return Err(unreadable());
    }
    Ok(Transcript {
        text,
        language: None,
        duration: None,
        segments: Vec::new(),
        words: Vec::new(),
        model: asked,
        cost: None,
        request_id,
    })
}

/// Seconds, as a number or a string with one.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    Duration::try_from_secs_f64(seconds).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn heard(body: &[u8]) -> Result<Transcript> {
        read(body, "whisper-1".into(), Some("r".into()))
    }

    #[test]
    fn the_model_is_the_one_that_the_answer_names_or_else_the_one_that_was_asked() {
        for (body, model) in [
            (r#"{"text":"a","model":"whisper-large-v3"}"#, "whisper-large-v3"),
            (r#"{"text":"a","model":""}"#, "whisper-1"),
            (r#"{"text":"a"}"#, "whisper-1"),
            ("WEBVTT", "whisper-1"),
        ] {
            assert_eq!(heard(body.as_bytes()).unwrap().model, model, "{body}");
        }
    }

    // wire: transcription
    #[test]
    fn segments_and_words_are_read_with_their_times() {
        let body = br#"{"task":"transcribe","text":"Two coffees.","language":"english","duration":"1.5",
            "segments":[{"id":0,"start":0.0,"end":1.5,"text":"Two coffees.","speaker":"A"}],
            "words":[{"word":"Two","start":0,"end":0.25},{"word":"coffees","start":0.25,"end":1.5}]}"#;
        let transcript = heard(body).unwrap();
        assert_eq!((transcript.text.as_str(), transcript.language.as_deref()), ("Two coffees.", Some("english")));
        assert_eq!(transcript.duration, Some(Duration::from_millis(1500)));
        let segment = &transcript.segments[0];
        assert_eq!((segment.end, segment.speaker.as_deref()), (Duration::from_millis(1500), Some("A")));
        assert_eq!(
            (transcript.words[1].start, transcript.words[1].text.as_str()),
            (Duration::from_millis(250), "coffees")
        );
    }

    // P6
    #[test]
    fn what_is_missing_odd_or_plain_text_does_no_harm() {
        let odd = br#"{"text":"a","duration":-1,"segments":"none","words":[{"word":"a","start":null}]}"#;
        let transcript = heard(odd).unwrap();
        assert_eq!((transcript.duration, transcript.segments.len(), transcript.words.len()), (None, 0, 1));
        // A recording in which nobody speaks.
        assert_eq!(heard(br#"{"text":null,"duration":3}"#).unwrap().text, "");
        let both = br#"{"text":"a","words":[{"word":"a","text":"a","start":0,"end":1}]}"#;
        assert_eq!(heard(both).unwrap().words.len(), 1);
        let subtitles = "1\n00:00:00,000 --> 00:00:01,500\nTwo coffees.\n";
        assert_eq!(heard(subtitles.as_bytes()).unwrap().text, subtitles);
        assert_eq!(heard(b"").unwrap().text, "");
    }

    #[test]
    fn what_is_no_transcript_is_a_typed_error() {
        for body in ["<html>", "{", "{}", r#"{"text":"cut"#] {
            assert_eq!(heard(body.as_bytes()).unwrap_err().code(), "provider_invalid_response", "{body}");
        }
        assert!(heard(&[0xFF, 0xFE]).is_err());
        let refused = br#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#;
        assert_eq!(heard(refused).unwrap_err().code(), "budget_exceeded");
    }

    proptest! {
        // S3
        #[test]
        fn no_answer_panics(body in any::<Vec<u8>>()) {
            let _ = heard(&body);
        }
    }
}
