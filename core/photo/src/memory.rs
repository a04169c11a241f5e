//! What a photo takes in memory, added up before anything is allocated (S8).

use super::PhotoError;
use super::probe::Facts;

/// The most memory that a photo may take while it is prepared, beside its file's bytes.
pub(super) const MAX_BYTES: u64 = 160_000_000;

/// For tables, buffers and the encoded upload, whatever the picture's size.
const RESERVE: u64 = 6_000_000;

/// A decoded picture in memory, before it is shrunk.
pub(super) struct Stage {
    pub size: (u32, u32),
    /// As the decoder hands it over.
    pub bytes_per_pixel: u64,
    /// As it is shrunk.
    pub channels: u64,
}

/// Refuses a picture whose decoding or shrinking would take too much: `extra` bytes besides its pixels while it is decoded,
/// then the shrinking's two steps.
pub(super) fn check(facts: &Facts, extra: u64, stage: Stage, target: (u32, u32)) -> Result<(), PhotoError> {
    let area = |width: u32, height: u32| u64::from(width) * u64::from(height);
    let Stage { size: (width, height), bytes_per_pixel, channels } = stage;
    let pixels = area(width, height).saturating_mul(bytes_per_pixel);
    // First across or first down: the larger of both.
    let between = area(target.0, height).max(area(width, target.1)).saturating_mul(channels);
    let shrinking =
        if (width, height) == target { 0 } else { between.saturating_add(area(target.0, target.1) * channels) };
    let bytes = pixels.saturating_add(extra.max(shrinking)).saturating_add(RESERVE);
    if bytes > MAX_BYTES {
        return Err(PhotoError::TooMuchMemory { width: facts.width, height: facts.height, max_bytes: MAX_BYTES });
    }
    Ok(())
}
