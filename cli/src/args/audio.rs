//! What the command line says about speech.

use super::{OutputArgs, SessionArgs};
use aipass::{AudioFormat, TranscriptResponseFormat};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Speak a text
///
/// To standard output the recording comes as it is made, to be played at once.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass speech \"Good morning\" -o morning.mp3
  aipass speech - -o notes.wav < notes.txt
  aipass speech \"Good morning\" -o - | mpv -")]
pub struct SpeechArgs {
    /// What to say; - reads it from standard input
    pub text: String,

    /// Whose voice, in the model's words [default: alloy]
    #[arg(long, value_name = "NAME")]
    pub voice: Option<String>,

    /// The kind of file [default: as the name at --out ends, or as the model likes]
    #[arg(long)]
    pub format: Option<SpeechFormat>,

    /// How fast, from 0.25 to 4
    #[arg(long, value_name = "FACTOR")]
    pub speed: Option<f64>,

    /// How to say it, for models that listen, such as "calm and friendly"
    #[arg(long, value_name = "TEXT")]
    pub instructions: Option<String>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub output: OutputArgs,

    #[command(flatten)]
    pub session: SessionArgs,
}

impl SpeechArgs {
    /// The kind of file that is meant, if one is.
    pub fn format(&self) -> Option<AudioFormat> {
        let by_name = || SpeechFormat::from_str(self.output.out.extension()?.to_str()?, true).ok();
        self.format.or_else(by_name).map(AudioFormat::from)
    }
}

/// A kind of audio file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SpeechFormat {
    Mp3,
    Opus,
    Aac,
    Flac,
    Wav,
    /// Samples alone: 24 kHz, 16 bits, little-endian, one channel
    Pcm,
}

impl From<SpeechFormat> for AudioFormat {
    fn from(format: SpeechFormat) -> Self {
        match format {
            SpeechFormat::Mp3 => Self::Mp3,
            SpeechFormat::Opus => Self::Opus,
            SpeechFormat::Aac => Self::Aac,
            SpeechFormat::Flac => Self::Flac,
            SpeechFormat::Wav => Self::Wav,
            SpeechFormat::Pcm => Self::Pcm,
        }
    }
}

/// Write down what a recording says
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  aipass transcribe memo.m4a
  aipass transcribe memo.m4a --form srt > memo.srt
  aipass transcribe memo.m4a --form words --json | jq .words")]
pub struct TranscribeArgs {
    /// The recording: MP3, MP4, M4A, WAV, WebM, Ogg or FLAC
    #[arg(value_name = "FILE")]
    pub audio: PathBuf,

    /// What is wanted; not every model offers all
    #[arg(long, default_value = "text")]
    pub form: TranscriptKind,

    /// The language that is spoken, such as de [default: the model listens for it]
    #[arg(long, value_name = "CODE")]
    pub language: Option<String>,

    /// Words that may occur, to have them spelt right
    #[arg(long, value_name = "TEXT")]
    pub prompt: Option<String>,

    /// The model to ask [default: the first suitable one that the provider has]
    #[arg(long, value_name = "ID")]
    pub model: Option<String>,

    #[command(flatten)]
    pub session: SessionArgs,
}

/// What is wanted of a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TranscriptKind {
    Text,
    /// Pieces of the text with their times
    Segments,
    /// Words with their times
    Words,
    /// Subtitles as SubRip
    Srt,
    /// Subtitles as WebVTT
    Vtt,
}

impl From<TranscriptKind> for TranscriptResponseFormat {
    fn from(kind: TranscriptKind) -> Self {
        match kind {
            TranscriptKind::Text => Self::Text,
            TranscriptKind::Segments => Self::Segments,
            TranscriptKind::Words => Self::Words,
            TranscriptKind::Srt => Self::Srt,
            TranscriptKind::Vtt => Self::Vtt,
        }
    }
}
