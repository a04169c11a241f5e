//! The sound of a text: a tone for each character, silence for each space.

use std::f32::consts::TAU;

use sha2::{Digest as _, Sha256};

/// 24 kHz, 16 bits, one channel: OpenAI's `pcm`.
pub(super) const SAMPLES_PER_SECOND: u32 = 24_000;
pub(super) const BYTES_PER_SAMPLE: u32 = 2;
/// A character takes 60 ms, so that a sentence takes about as long as in real speech.
const SAMPLES_PER_CHARACTER: f32 = 0.06 * SAMPLES_PER_SECOND as f32;
/// The share of a tone's samples over which it fades in and out, so that it has no clicks.
const FADE: f32 = 0.1;
const LOUDNESS: f32 = 0.2 * i16::MAX as f32;

/// A voice at a speed.
#[derive(Clone, Copy)]
pub(super) struct Voice {
    /// The factor for the pitch of its tones.
    pitch: f32,
    samples_per_character: u32,
}

impl Voice {
    /// Every name is a voice of its own.
    pub(super) fn new(name: &str, speed: f32) -> Self {
        let hash = Sha256::digest(name);
        let pitch = 0.75 + f32::from(hash[0]) / 255.0;
        Self { pitch, samples_per_character: (SAMPLES_PER_CHARACTER / speed).round() as u32 }
    }

    pub(super) fn sample_count(self, text: &str) -> u32 {
        u32::try_from(text.chars().count()).unwrap_or(u32::MAX).saturating_mul(self.samples_per_character)
    }

    /// The text as little-endian samples.
    pub(super) fn pcm(self, text: &str) -> Vec<u8> {
        text.chars().flat_map(|character| self.tone(character)).flat_map(i16::to_le_bytes).collect()
    }

    fn tone(self, character: char) -> impl Iterator<Item = i16> {
        // Two octaves in semitones.
        let step = (u32::from(character) % 24) as f32 / 12.0;
        let hertz = 220.0 * self.pitch * step.exp2();
        let loudness = if character.is_whitespace() { 0.0 } else { LOUDNESS };
        let (count, fade) = (self.samples_per_character as f32, self.samples_per_character as f32 * FADE);
        (0..self.samples_per_character).map(move |number| {
            let number = number as f32;
            let envelope = (number.min(count - number) / fade).min(1.0);
            let wave = (TAU * hertz * number / SAMPLES_PER_SECOND as f32).sin();
            (wave * envelope * loudness) as i16
        })
    }
}
