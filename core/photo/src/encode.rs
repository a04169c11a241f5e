//! From pixels to a JPEG that fits.

use super::picture::{self, Picture};
use super::{PhotoError, jpeg};

/// The most that JPEG's 16-bit header can express.
pub(super) const MAX_EDGE: u32 = 65_535;

/// Tried in this order at each size. Below 50, print breaks up sooner than by losing pixels.
const QUALITIES: [u8; 4] = [80, 70, 60, 50];

/// Encodes at the best quality that fits into `max_bytes`; where none does, at three quarters of the size, and so on.
///
/// Returns the bytes, the width and the height. Ends at a single pixel, which needs about 600 bytes; only a limit below that
/// is an error.
pub(super) fn encode(picture: &Picture, max_bytes: usize) -> Result<(Vec<u8>, u32, u32), PhotoError> {
    let mut edge = picture.width.max(picture.height);
    loop {
        let size = picture::fitted(picture.width, picture.height, edge);
        let smaller;
        let candidate = if size == (picture.width, picture.height) {
            picture
        } else {
            // From the first picture each time: an edge that is resampled twice is blurred twice.
            smaller =
                picture.resized_copy(size).map_err(|error| PhotoError::NotEncoded { detail: error.to_string() })?;
            &smaller
        };
        for quality in QUALITIES {
            let bytes = jpeg::encode(candidate, quality)?;
            if bytes.len() <= max_bytes {
                return Ok((bytes, size.0, size.1));
            }
        }
        if edge == 1 {
            return Err(PhotoError::NoRoom { max_bytes });
        }
        edge = edge * 3 / 4;
    }
}
