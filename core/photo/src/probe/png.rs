//! The chunks of a PNG file (PNG 3rd edition, section 5).

use image::metadata::Orientation;

use super::super::{ImageFormat, PhotoError};
use super::{Facts, be32, exif};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

const FORMAT: ImageFormat = ImageFormat::Png;

/// Walks the chunks up to `IEND`.
pub(super) fn facts(input: &[u8]) -> Result<Facts, PhotoError> {
    let mut at = SIGNATURE.len();
    let mut header: Option<&[u8]> = None;
    let mut orientation = None;
    let mut plain = Plain::default();
    loop {
        let (kind, data) = chunk(input, at).ok_or_else(|| PhotoError::cut_short(FORMAT))?;
        plain.see(kind, data, &input[at + 4..at + 12 + data.len()], header);
        at += data.len() + 12;
        match kind {
            b"IHDR" if header.is_none() => header = Some(data),
            b"IHDR" => return Err(PhotoError::corrupt(FORMAT, "it has two headers")),
            b"eXIf" => orientation = orientation.or_else(|| exif::orientation(data)),
            b"IEND" => break,
            _ if header.is_none() => return Err(PhotoError::corrupt(FORMAT, "it does not start with its header")),
            _ => {}
        }
    }
    let header = header.ok_or_else(|| PhotoError::corrupt(FORMAT, "it has no header"))?;
    let size = be32(header, 0).zip(be32(header, 4));
    let (width, height) = size.ok_or_else(|| PhotoError::corrupt(FORMAT, "its header is too short"))?;
    Ok(Facts {
        width,
        height,
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        nothing_but_pixels: plain.is_plain() && at == input.len(),
        profile: Vec::new(),
        extra_per_pixel: 0,
        tables: 0,
    })
}

/// Watches that all chunks are known, well formed, in order and there once: text, time, EXIF, colour profiles, frames of an
/// animation and whatever an app made up are not. The decoder skips malformed ones, at which others stop.
#[derive(Default)]
struct Plain {
    broken: bool,
    seen: Vec<[u8; 4]>,
}

impl Plain {
    /// `checked` is the chunk from its type to its checksum.
    fn see(&mut self, kind: &[u8], data: &[u8], checked: &[u8], header: Option<&[u8]>) {
        let Ok(kind) = <[u8; 4]>::try_from(kind) else { return };
        let has = |kind: &[u8; 4]| self.seen.contains(kind);
        let colour = header.and_then(|header| header.get(9)).copied().unwrap_or(0);
        let channels = [1, 0, 3, 3, 2, 0, 4].get(usize::from(colour)).copied().unwrap_or(0);
        let before_pixels = !has(b"IDAT");
        let valid = match &kind {
            // Of sixteen bits, some decoders keep the lower eight.
            b"IHDR" => self.seen.is_empty() && data.len() == 13 && data[8] <= 8,
            b"PLTE" => {
                before_pixels
                    && (3..=768).contains(&data.len())
                    && data.len().is_multiple_of(3)
                    && matches!(colour, 2 | 3 | 6)
            }
            b"tRNS" => {
                before_pixels
                    && (colour != 3 || has(b"PLTE"))
                    && match colour {
                        0 => data.len() == 2,
                        2 => data.len() == 6,
                        3 => (1..=256).contains(&data.len()),
                        _ => false,
                    }
            }
            b"IDAT" => before_pixels || self.seen.last() == Some(b"IDAT"),
            b"IEND" => !before_pixels && data.is_empty(),
            b"gAMA" => before_pixels && !has(b"PLTE") && data.len() == 4 && data != [0; 4],
            b"cHRM" => before_pixels && !has(b"PLTE") && data.len() == 32,
            b"sRGB" => before_pixels && !has(b"PLTE") && data.len() == 1 && data[0] <= 3,
            b"sBIT" => before_pixels && !has(b"PLTE") && data.len() == channels,
            b"pHYs" => before_pixels && data.len() == 9 && data[8] <= 1,
            _ => false,
        };
        let once = kind == *b"IDAT" || !has(&kind);
        // The decoder verifies the pixels' own.
        let intact = kind == *b"IDAT" || valid && is_intact(checked);
        self.broken |= !(valid && once && intact);
        // A hostile file has millions of chunks.
        if !self.broken && self.seen.last() != Some(&kind) {
            self.seen.push(kind);
        }
    }

    fn is_plain(&self) -> bool {
        !self.broken
    }
}

/// Whether a short chunk's checksum is that of its type and data.
fn is_intact(checked: &[u8]) -> bool {
    let Some((data, sum)) = checked.split_last_chunk::<4>() else { return false };
    let crc = !data.iter().fold(!0_u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    });
    crc == u32::from_be_bytes(*sum)
}

/// The type and the data of the chunk at `at`. The checksum behind it must be there; the decoder verifies it.
fn chunk(input: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    let length = usize::try_from(be32(input, at)?).ok()?;
    let end = at.checked_add(8)?.checked_add(length)?;
    input.get(end..end.checked_add(4)?)?;
    Some((input.get(at + 4..at + 8)?, input.get(at + 8..end)?))
}
