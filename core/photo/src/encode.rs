//! From pixels to a JPEG that fits.

use super::ycc::Ycc;
use super::{PhotoError, jpeg, picture};

/// The most that JPEG's 16-bit header can express.
pub(super) const MAX_EDGE: u32 = 65_535;

/// What is tried first at each size. OCR reads fewer fields at 80 and 85: see docs/decisions/0015-photos-stay-in-planes.md.
const BEST: u8 = 90;

/// Below this, nothing is given up for a file that is merely smaller.
const GOOD: u8 = 80;

/// Below this, print breaks up sooner than by losing pixels.
const WORST: u8 = 50;

/// How large an upload may be.
#[derive(Clone, Copy)]
pub(super) struct MaxBytes {
    /// The size from which on some quality is given up, but no pixels: that of a JPEG that is made smaller.
    pub wanted: usize,
    /// The limit.
    pub most: usize,
}

/// Encodes at the best quality that fits; where none does, at three quarters of the size, and so on.
///
/// Returns the bytes, the width and the height. Each size is encoded once if a part of it shows which quality fits, and twice at
/// most. Ends at a single pixel, which needs about 600 bytes; only a limit below that is an error.
pub(super) fn encode(picture: &Ycc, limit: MaxBytes) -> Result<(Vec<u8>, u32, u32), PhotoError> {
    let (width, height) = picture.size();
    let mut edge = width.max(height);
    loop {
        let size = picture::fitted(width, height, edge);
        let smaller;
        let candidate = if size == (width, height) {
            picture
        } else {
            // From the first picture each time: an edge that is resampled twice is blurred twice.
            smaller =
                picture.resized_copy(size).map_err(|error| PhotoError::NotEncoded { detail: error.to_string() })?;
            &smaller
        };
        let pixels = u64::from(size.0) * u64::from(size.1);
        let fitting = |quality: u8, bytes: usize| {
            let allowed = fitting_quality(quality, bytes, limit.most, pixels);
            fitting_quality(quality, bytes, limit.wanted, pixels).max(GOOD).min(allowed)
        };
        let quality = fitting(BEST, jpeg::estimated_bytes(candidate, BEST));
        let mut bytes = jpeg::encode(candidate, quality)?;
        let better_fitting = fitting(quality, bytes.len());
        if better_fitting < quality {
            drop(bytes);
            bytes = jpeg::encode(candidate, better_fitting)?;
        }
        if bytes.len() <= limit.most {
            return Ok((bytes, size.0, size.1));
        }
        if edge == 1 {
            return Err(PhotoError::NoRoom { max_bytes: limit.most });
        }
        edge = edge * 3 / 4;
    }
}

/// The best quality at which a picture probably fits into `wanted` bytes that takes `bytes` at `quality`.
fn fitting_quality(quality: u8, bytes: usize, wanted: usize, pixels: u64) -> u8 {
    if bytes <= wanted {
        return quality;
    }
    // Bytes fall with a power of the quantisation steps, and the slower the more bits a pixel takes.
    let bits_per_pixel = 8.0 * bytes as f64 / pixels as f64;
    let power = (0.65 - 0.07 * bits_per_pixel).clamp(0.2, 0.65);
    // Some room, so that nearly every picture fits at once.
    let share = 0.96 * wanted as f64 / bytes as f64;
    // The steps are proportional to 200 - 2 × quality (libjpeg's scale, from 50 on).
    let steps = f64::from(200 - 2 * quality) * share.powf(-1.0 / power);
    ((200.0 - steps) / 2.0).clamp(WORST.into(), f64::from(quality.max(WORST + 1) - 1)) as u8
}
