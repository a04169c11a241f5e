//! A text with the times of its parts, in each format of a transcription.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

/// A text that is spread evenly over the duration.
pub(super) struct Transcript {
    text: String,
    seconds: f64,
    characters: usize,
}

/// A part of the text, with its start and end in seconds.
struct Span<'a> {
    text: &'a str,
    start: f64,
    end: f64,
}

impl Transcript {
    pub(super) fn new(text: String, duration: Duration) -> Self {
        let characters = text.chars().count().max(1);
        Self { text, seconds: duration.as_secs_f64(), characters }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn seconds(&self) -> f64 {
        self.seconds
    }

    /// OpenAI's `segments`. The values about decoding are constant.
    pub(super) fn segments(&self) -> Vec<Value> {
        let segment = |(id, span): (usize, Span<'_>)| {
            json!({
                "id": id, "seek": 0, "start": span.start, "end": span.end, "text": span.text, "tokens": [],
                "temperature": 0.0, "avg_logprob": 0.0, "compression_ratio": 1.0, "no_speech_prob": 0.0,
            })
        };
        self.sentences().enumerate().map(segment).collect()
    }

    /// OpenAI's `words`.
    pub(super) fn words(&self) -> Vec<Value> {
        let words = self.spans(self.text.split_inclusive(char::is_whitespace));
        words.map(|span| json!({ "word": span.text, "start": span.start, "end": span.end })).collect()
    }

    pub(super) fn srt(&self) -> String {
        self.sentences().enumerate().fold(String::new(), |mut all, (index, Span { text, start, end })| {
            let _ = writeln!(all, "{}\n{} --> {}\n{text}\n", index + 1, clock(start, ','), clock(end, ','));
            all
        })
    }

    pub(super) fn vtt(&self) -> String {
        self.sentences().fold("WEBVTT\n\n".to_owned(), |mut all, Span { text, start, end }| {
            let _ = writeln!(all, "{} --> {}\n{text}\n", clock(start, '.'), clock(end, '.'));
            all
        })
    }

    fn sentences(&self) -> impl Iterator<Item = Span<'_>> {
        self.spans(self.text.split_inclusive(['.', '!', '?', '\n']))
    }

    /// The parts, which together are the text, each trimmed. Empty parts are left out.
    fn spans<'a>(&self, parts: impl Iterator<Item = &'a str>) -> impl Iterator<Item = Span<'a>> {
        let at = |character: usize| {
            let share = character as f64 / self.characters as f64;
            // To a hundredth, as OpenAI has it.
            (share * self.seconds * 100.0).round() / 100.0
        };
        let mut before = 0;
        let spans = parts.map(move |part| {
            let text = part.trim();
            let begin = before + part.chars().take_while(|letter| letter.is_whitespace()).count();
            before += part.chars().count();
            Span { text, start: at(begin), end: at(begin + text.chars().count()) }
        });
        spans.filter(|span| !span.text.is_empty())
    }
}

/// `00:01:02,345`.
fn clock(seconds: f64, point: char) -> String {
    let all = (seconds * 1000.0).round() as u64;
    let (milliseconds, seconds, minutes, hours) = (all % 1000, all / 1000 % 60, all / 60_000 % 60, all / 3_600_000);
    format!("{hours:02}:{minutes:02}:{seconds:02}{point}{milliseconds:03}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_spread_evenly_over_the_duration() {
        let transcript = Transcript::new("One two.  Three".to_owned(), Duration::from_secs(15));
        let words: Vec<String> = transcript.words().iter().map(ToString::to_string).collect();
        assert_eq!(
            words,
            [
                r#"{"end":3.0,"start":0.0,"word":"One"}"#,
                r#"{"end":8.0,"start":4.0,"word":"two."}"#,
                r#"{"end":15.0,"start":10.0,"word":"Three"}"#,
            ]
        );
        assert_eq!(
            transcript.srt(),
            "1\n00:00:00,000 --> 00:00:08,000\nOne two.\n\n2\n00:00:10,000 --> 00:00:15,000\nThree\n\n"
        );
        assert!(transcript.vtt().starts_with("WEBVTT\n\n00:00:00.000 --> 00:00:08.000\nOne two.\n\n"));
    }

    #[test]
    fn times_beyond_an_hour_are_formatted() {
        assert_eq!(clock(3725.5, ','), "01:02:05,500");
    }
}
