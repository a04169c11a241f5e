//! Speech and transcription.
//!
//! There is no model here. A text becomes a series of tones, one for each character, in a file that also contains the text in
//! its tags. The transcription reads it from there.

mod container;
mod mpeg;
mod reading;
mod recording;
mod speech;
mod tags;
mod transcript;
mod transcription;
mod voice;

pub(super) use speech::speak;
pub(super) use transcription::transcribe;
