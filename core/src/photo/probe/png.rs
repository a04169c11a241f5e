//! The chunks of a PNG file (PNG 3rd edition, section 5).

use image::metadata::Orientation;

use super::super::{ImageFormat, PhotoError};
use super::{Facts, be32, exif_orientation};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// The chunks that make up the picture or say how its numbers are meant. Everything else is metadata: text, time,
/// EXIF, colour profiles, the frames of an animation, and whatever an app made up.
const PIXELS: [&[u8; 4]; 11] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"];

const FORMAT: ImageFormat = ImageFormat::Png;

/// Walks the chunks up to `IEND`.
pub(super) fn facts(input: &[u8]) -> Result<Facts, PhotoError> {
    let mut at = SIGNATURE.len();
    let mut size = None;
    let mut orientation = Orientation::NoTransforms;
    let mut nothing_but_pixels = true;
    loop {
        let (kind, data) = chunk(input, at).ok_or_else(|| PhotoError::cut_short(FORMAT))?;
        at += data.len() + 12;
        nothing_but_pixels &= PIXELS.iter().any(|known| kind == *known);
        match kind {
            b"IHDR" => size = be32(data, 0).zip(be32(data, 4)),
            b"eXIf" => orientation = exif_orientation(data),
            b"IEND" => break,
            _ if size.is_none() => return Err(PhotoError::corrupt(FORMAT, "it does not start with its header")),
            _ => {}
        }
    }
    let (width, height) = size.ok_or_else(|| PhotoError::corrupt(FORMAT, "it has no header"))?;
    Ok(Facts { width, height, orientation, nothing_but_pixels: nothing_but_pixels && at == input.len() })
}

/// The type and the data of the chunk at `at`. The checksum behind it must be there; the decoder verifies it.
fn chunk(input: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    let length = usize::try_from(be32(input, at)?).ok()?;
    let end = at.checked_add(8)?.checked_add(length)?;
    input.get(end..end.checked_add(4)?)?;
    Some((input.get(at + 4..at + 8)?, input.get(at + 8..end)?))
}
