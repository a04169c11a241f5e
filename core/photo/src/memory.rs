//! What a photo takes in memory, added up before anything is allocated (S8).

use super::PhotoError;

/// The most memory that a photo may take while it is prepared, beside its file's bytes.
pub(super) const MAX_BYTES: u64 = 160_000_000;

/// For tables, small buffers and the encoded upload, whatever the picture's size.
const RESERVE: u64 = 6_000_000;

/// What is made of a decoded picture, in pixels as they are stored: not yet turned.
#[derive(Clone, Copy)]
pub(super) struct Goal {
    /// The size of the whole picture after shrinking.
    pub size: (u32, u32),
    /// The size of one part, if the picture is cut.
    pub part: Option<(u32, u32)>,
    /// Whether it becomes a JPEG, in which colour has half the resolution.
    pub half_colour: bool,
}

impl Goal {
    pub(super) fn whole(size: (u32, u32)) -> Self {
        Self { size, part: None, half_colour: true }
    }

    pub(super) fn in_full_colour(size: (u32, u32)) -> Self {
        Self { half_colour: false, ..Self::whole(size) }
    }

    /// The bytes that are taken beside the decoded picture of size `stored` to shrink, turn and encode it.
    fn bytes(&self, stored: (u32, u32), channels: u64) -> u64 {
        let made = self.part.unwrap_or(self.size);
        // The piece of the decoded picture that this is made of.
        let scaled = |edge: u32, stored: u32, size: u32| {
            (u64::from(edge) * u64::from(stored)).div_ceil(u64::from(size.max(1))).saturating_add(1)
        };
        let from = (scaled(made.0, stored.0, self.size.0), scaled(made.1, stored.1, self.size.1));
        let made = (u64::from(made.0), u64::from(made.1));
        // Planes and a turned copy of them, or a smaller one and what it takes to make that.
        let finishing = made.0 * made.1 * 3 / 2;
        let pixels = if self.part.is_none() && stored == self.size {
            finishing
        } else {
            // Shrunk across or down first: the larger of both.
            let between = if stored == self.size { 0 } else { (made.0 * from.1).max(from.0 * made.1) };
            let finishing = if self.part.is_some() { finishing } else { 0 };
            between.saturating_add(made.0 * made.1).saturating_add(finishing)
        };
        pixels.saturating_mul(channels)
    }
}

/// What decoding takes.
pub(super) struct Decoding {
    /// The size of the decoded picture.
    pub size: (u32, u32),
    /// Bytes of the decoded picture, which are kept until the upload is encoded.
    pub picture: u64,
    /// Bytes that are freed when the picture is decoded.
    pub besides: u64,
    /// Bytes per pixel while the picture is shrunk.
    pub channels: u64,
}

/// Refuses a picture that takes too much memory to decode, or to make `goal` of it. `size` is that of the file's picture.
pub(super) fn check(size: (u32, u32), decoding: &Decoding, goal: Goal) -> Result<(), PhotoError> {
    let after = goal.bytes(decoding.size, decoding.channels);
    let bytes = decoding.picture.saturating_add(decoding.besides.max(after)).saturating_add(RESERVE);
    if bytes > MAX_BYTES {
        return Err(PhotoError::TooMuchMemory { width: size.0, height: size.1, max_bytes: MAX_BYTES });
    }
    Ok(())
}
