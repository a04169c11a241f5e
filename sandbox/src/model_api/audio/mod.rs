//! Speech and transcription.
//!
//! Nothing here can speak or hear. A text becomes a row of tones, one for each character, in a file that also says the text
//! in its tags, from which the transcription reads it again.

mod container;
mod mpeg;
mod recording;
mod speech;
mod tags;
mod transcript;
mod transcription;
mod voice;

pub(crate) use speech::speak;
pub(crate) use transcription::transcribe;
