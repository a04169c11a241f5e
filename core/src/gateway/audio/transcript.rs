//! Text from speech: the answer, in every form that servers give it.

use crate::error::{Error, Result};
use crate::gateway::envelope;
use crate::gateway::exchange::model_or;
use crate::gateway::in_success;
use crate::gateway::members::{self, Members};
use rust_decimal::Decimal;
use std::time::Duration;

/// What a recording says.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Transcript {
    /// The text, or the subtitles if the request asked for them.
    pub text: String,
    /// The language, in the model's words, if it says so.
    pub language: Option<String>,
    /// How long the recording is, if the model says so.
    pub duration: Option<Duration>,
    /// The text in pieces with their times; empty unless the request asked for them.
    pub segments: Vec<TranscriptSegment>,
    /// The words with their times; empty unless the request asked for them.
    pub words: Vec<TranscriptWord>,
    /// The model, as the provider names it; if it names none, as the request did.
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
    /// The speaker, for models that distinguish speakers.
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

/// The largest response that is read (P4): a day of speech with the time of every word. Reading it takes at most 72 MB (S8).
pub(super) const MAX_RESPONSE: usize = 16 * 1024 * 1024;

/// No transcript has more segments, or more words.
const MAX_PIECES: usize = 100_000;

/// The members of a transcript.
const TRANSCRIPT: [&str; 7] = ["text", "language", "model", "duration", "segments", "words", "error"];

/// Reads an answer: an object with a `text`, also in an envelope, or text.
pub(super) fn read(body: &[u8], asked: String, request_id: Option<String>) -> Result<Transcript> {
    let unreadable = || Error::unreadable(200, "the answer is no transcript");
    let mut transcript = match Members::read(body, &TRANSCRIPT) {
        Some(members) => match spoken(&members) {
            Some(transcript) => transcript,
            None => {
                let data = envelope::data(body, request_id.clone())?.ok_or_else(unreadable)?;
                Members::read(data, &TRANSCRIPT).as_ref().and_then(spoken).ok_or_else(unreadable)?
            }
        },
        None => {
            let text = std::str::from_utf8(body).map_err(|_| unreadable())?;
            // A silent recording has an empty transcript, and one may begin with "[Music]". A page of HTML or JSON that cannot be
            // read is not a transcript.
            let start = text.trim_start();
            if start.starts_with(['<', '{']) || start.starts_with("[[") || start.starts_with("[{") {
                return Err(unreadable());
            }
            Transcript { text: text.to_owned(), ..Transcript::default() }
        }
    };
    transcript.model = model_or(Some(transcript.model), asked);
    transcript.request_id = request_id;
    Ok(transcript)
}

/// What an answer's members say; `None` if they are not those of a transcript, or tell an error instead.
fn spoken(members: &Members<'_>) -> Option<Transcript> {
    let segments: Vec<_> = pieces(members, "segments", |piece| TranscriptSegment {
        start: seconds(piece, "start").unwrap_or_default(),
        end: seconds(piece, "end").unwrap_or_default(),
        text: piece.text("text").unwrap_or_default(),
        speaker: piece.text("speaker"),
    });
    let said = || (!segments.is_empty()).then(|| segments.iter().map(|segment| segment.text.as_str()).collect());
    let silence = || members.has("text").then(String::new);
    let text = members.text("text").or_else(said).or_else(silence)?;
    if text.is_empty() && members.raw("error").is_some_and(in_success::is_error) {
        return None;
    }
    Some(Transcript {
        text,
        language: members.text("language"),
        duration: seconds(members, "duration"),
        segments,
        words: pieces(members, "words", |piece| TranscriptWord {
            start: seconds(piece, "start").unwrap_or_default(),
            end: seconds(piece, "end").unwrap_or_default(),
            text: piece.text("word").or_else(|| piece.text("text")).unwrap_or_default(),
        }),
        model: members.text("model").unwrap_or_default(),
        ..Transcript::default()
    })
}

fn pieces<T>(transcript: &Members<'_>, name: &str, read: impl Fn(&Members<'_>) -> T) -> Vec<T> {
    let read = |json| Some(read(&Members::read(json, &["start", "end", "text", "word", "speaker"])?));
    transcript.raw(name).and_then(|json| members::items(json, MAX_PIECES, read)).unwrap_or_default()
}

/// Seconds, as a number or a string with one.
fn seconds(members: &Members<'_>, name: &str) -> Option<Duration> {
    Duration::try_from_secs_f64(members.scalar(name)?.trim().parse().ok()?).ok()
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
        // A silent recording.
        assert_eq!(heard(br#"{"text":null,"duration":3}"#).unwrap().text, "");
        let both = br#"{"text":"a","words":[{"word":"a","text":"a","start":0,"end":1}]}"#;
        assert_eq!(heard(both).unwrap().words.len(), 1);
        let subtitles = "1\n00:00:00,000 --> 00:00:01,500\nTwo coffees.\n";
        assert_eq!(heard(subtitles.as_bytes()).unwrap().text, subtitles);
        assert_eq!(heard(b"").unwrap().text, "");
        assert_eq!(heard(b"[Music]").unwrap().text, "[Music]");
    }

    // P6, K4
    #[test]
    fn an_odd_or_repeated_piece_costs_only_itself() {
        for body in [
            r#"{"text":"a b","segments":[{"start":0,"end":1,"text":"a "},7,null,{"end":"2","text":"b","text":"b"}]}"#,
            r#"{"text":"gone","text":"a b","segments":[{"text":"a ","end":1,"tokens":[1,2]},[],{"text":"b","end":2}]}"#,
            r#"{"success":true,"data":{"text":"a b","segments":[{"text":"a ","end":1},{"text":"b","end":2}]}}"#,
            r#"{"segments":[{"text":"a ","end":1},{"text":"b","end":2}]}"#,
        ] {
            let transcript = heard(body.as_bytes()).unwrap();
            assert_eq!((transcript.text.as_str(), transcript.segments.len()), ("a b", 2), "{body}");
            assert_eq!(transcript.segments[1].end, Duration::from_secs(2), "{body}");
        }
    }

    // P10
    #[test]
    fn an_error_beside_an_empty_text_is_an_error_and_one_that_says_nothing_is_none() {
        let body = br#"{"text":"","error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#;
        assert_eq!(heard(body).unwrap_err().code(), "budget_exceeded");
        for error in ["null", "\"\"", "{}", "false"] {
            assert_eq!(heard(format!(r#"{{"text":"","error":{error}}}"#).as_bytes()).unwrap().text, "", "{error}");
        }
    }

    #[test]
    fn what_is_no_transcript_is_a_typed_error() {
        for body in ["<html>", "{", "{}", r#"{"text":"cut"#, "[[[[[[", r#"[{"text":"a"}]"#] {
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
