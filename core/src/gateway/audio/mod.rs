//! Speech from text, and text from speech.

mod format;
mod speech;
mod transcript;
mod transcription;

pub use format::{AudioFile, AudioFormat};
pub use speech::{SpeechAudio, SpeechRequest};
pub use transcript::{Transcript, TranscriptSegment, TranscriptWord};
pub use transcription::{TranscriptResponseFormat, TranscriptionRequest};
