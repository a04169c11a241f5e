//! `aipass transcribe`: what a recording says.

use crate::args::{TranscribeArgs, TranscriptKind};
use crate::failure::Failure;
use crate::output::{self, DIM};
use crate::{profile, progress};
use aipass::{Transcript, TranscriptionRequest};
use serde::Serialize;
use std::time::Duration;

/// What `--json` prints. Times are in seconds.
#[derive(Serialize)]
struct Report {
    text: String,
    language: Option<String>,
    duration: Option<f64>,
    segments: Vec<Piece>,
    words: Vec<Piece>,
}

/// A segment or a word.
#[derive(Serialize)]
struct Piece {
    start: f64,
    end: f64,
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
}

pub async fn run(args: &TranscribeArgs) -> Result<(), Failure> {
    let mut request = TranscriptionRequest::new(args.audio.clone());
    request.response_format = Some(args.form.into());
    request.language = args.language.clone();
    request.prompt = args.prompt.clone();
    request.model = args.model.clone();
    let ai = profile::session(&args.session.connection).await?;
    let listening = progress::transferring("listening", &ai, |ai| async move { ai.transcribe(request).await });
    let report = Report::of(listening.await?);
    if args.session.json {
        return output::json(&report, false);
    }
    match args.form {
        TranscriptKind::Segments => lines(&report.segments),
        TranscriptKind::Words => lines(&report.words),
        _ => output::line(output::readable(report.text.trim_end())),
    }
}

impl Report {
    fn of(transcript: Transcript) -> Self {
        let segments = transcript.segments.into_iter().map(|segment| Piece {
            start: segment.start.as_secs_f64(),
            end: segment.end.as_secs_f64(),
            text: segment.text,
            speaker: segment.speaker,
        });
        let words = transcript.words.into_iter().map(|word| Piece {
            start: word.start.as_secs_f64(),
            end: word.end.as_secs_f64(),
            text: word.text,
            speaker: None,
        });
        Self {
            text: transcript.text,
            language: transcript.language,
            duration: transcript.duration.as_ref().map(Duration::as_secs_f64),
            segments: segments.collect(),
            words: words.collect(),
        }
    }
}

fn lines(pieces: &[Piece]) -> Result<(), Failure> {
    pieces.iter().try_for_each(|Piece { start, end, text, speaker }| {
        let speaker = speaker.as_deref().map(|speaker| format!("{}: ", output::printable(speaker))).unwrap_or_default();
        let text = output::printable(text.trim());
        output::line(format_args!("{DIM}{}–{}{DIM:#}  {speaker}{text}", clock(*start), clock(*end)))
    })
}

/// 00:01:02.34
fn clock(seconds: f64) -> String {
    let hundredths = (seconds * 100.0).round() as u64;
    let (seconds, minutes, hours) = (hundredths / 100 % 60, hundredths / 6000 % 60, hundredths / 360_000);
    format!("{hours:02}:{minutes:02}:{seconds:02}.{:02}", hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_with_hours_and_hundredths() {
        assert_eq!(clock(0.0), "00:00:00.00");
        assert_eq!(clock(3725.456), "01:02:05.46");
        assert_eq!(clock(59.999), "00:01:00.00");
    }
}
