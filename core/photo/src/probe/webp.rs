//! The chunks of a WebP file (RFC 9649).

use image::metadata::Orientation;

use super::super::memory;
use super::super::{ImageFormat, PhotoError};
use super::{Facts, exif, le16, le24, le32, vp8l};

const FORMAT: ImageFormat = ImageFormat::WebP;

type Size = (u32, u32);

/// What the decoder keeps for each pixel besides the picture: planes of luma and colour differences, a copy with alpha, the
/// alpha plane's own copy, and for an animation a frame and its canvas.
const LOSSY: u64 = 2;
const LOSSLESS: u64 = 4;
const ALPHA: u64 = 8;
const ANIMATED: u64 = 14;

/// Walks the chunks of the RIFF container.
///
/// A bitstream states its size a second time. It must not exceed the canvas, because the decoder allocates by it.
pub(super) fn facts(input: &[u8]) -> Result<Facts, PhotoError> {
    let cut_short = || PhotoError::cut_short(FORMAT);
    let end = 8 + u64::from(le32(input, 4).ok_or_else(cut_short)?);
    let end = usize::try_from(end).ok().filter(|end| *end <= input.len()).ok_or_else(cut_short)?;
    let body = &input[..end];

    let mut canvas: Option<Size> = None;
    let mut orientation = None;
    // The extended form tells more than pixels, or may.
    let mut nothing_but_pixels = end == input.len();
    let mut has_picture = false;
    let mut extra_per_pixel = 0;
    let mut profile: &[u8] = &[];
    let mut at = 12;
    while at < end {
        let (kind, data) = chunk(body, at).ok_or_else(cut_short)?;
        at += 8 + data.len().next_multiple_of(2);
        match kind {
            b"VP8X" => {
                nothing_but_pixels = false;
                canvas = canvas_size(data);
            }
            b"VP8 " | b"VP8L" => {
                nothing_but_pixels &= !has_picture;
                has_picture = true;
                extra_per_pixel = extra_per_pixel.max(if kind == b"VP8L" { LOSSLESS } else { LOSSY });
                let size = bitstream_size(kind, data).ok_or_else(cut_short)?;
                within(size, *canvas.get_or_insert(size))?;
            }
            b"ANMF" => {
                has_picture = true;
                nothing_but_pixels = false;
                extra_per_pixel = ANIMATED;
                let canvas = canvas.ok_or_else(|| PhotoError::corrupt(FORMAT, "it has a frame and no canvas"))?;
                frame_within(data, canvas)?;
            }
            b"ICCP" if data.len() < 1 << 20 => {
                nothing_but_pixels = false;
                profile = data;
            }
            b"ALPH" => extra_per_pixel = extra_per_pixel.max(ALPHA),
            b"EXIF" => {
                nothing_but_pixels = false;
                orientation = orientation.or_else(|| exif::orientation(data));
            }
            _ => nothing_but_pixels = false,
        }
    }
    let Some((width, height)) = canvas.filter(|_| has_picture) else {
        return Err(PhotoError::corrupt(FORMAT, "it has no picture"));
    };
    let orientation = orientation.unwrap_or(Orientation::NoTransforms);
    Ok(Facts { width, height, orientation, nothing_but_pixels, profile: profile.to_vec(), extra_per_pixel, tables: 0 })
}

/// What the decoder takes for the tables of lossless bitstreams: of the picture, or of an animation's first frame, and of its
/// transparency. Of several the decoder takes the first.
pub(super) fn table_bytes(input: &[u8], canvas: Size) -> Result<u64, PhotoError> {
    let damaged = || PhotoError::corrupt(FORMAT, "its code tables are not valid");
    let mut at = 12;
    let (mut body, mut animated) = (input, false);
    let (mut picture, mut alpha) = (None, None);
    while let Some((kind, data)) = chunk(body, at) {
        at += 8 + data.len().next_multiple_of(2);
        match kind {
            b"VP8L" if picture.is_none() => {
                let size = bitstream_size(kind, data).ok_or_else(damaged)?;
                // A signature, the size, a bit for transparency and the version.
                let data = data.get(5..).ok_or_else(damaged)?;
                picture = Some(vp8l::table_bytes(data, size, memory::MAX_BYTES).ok_or_else(damaged)?);
            }
            b"ALPH" if alpha.is_none() => {
                let (&form, data) = data.split_first().ok_or_else(damaged)?;
                let size = if animated { frame_size(body).ok_or_else(damaged)? } else { canvas };
                let compressed = form & 3 == 1;
                let bytes = if compressed { vp8l::table_bytes(data, size, memory::MAX_BYTES) } else { Some(0) };
                alpha = Some(bytes.ok_or_else(damaged)?);
            }
            // Its chunks stand behind a header of 16 bytes.
            b"ANMF" if !animated => (body, at, animated) = (data, 16, true),
            _ => {}
        }
    }
    Ok(picture.unwrap_or(0).max(alpha.unwrap_or(0)))
}

/// The size of an animation's frame.
fn frame_size(frame: &[u8]) -> Option<Size> {
    Some((le24(frame, 6)? + 1, le24(frame, 9)? + 1))
}

/// The type and the data of the chunk at `at`.
fn chunk(body: &[u8], at: usize) -> Option<(&[u8], &[u8])> {
    let length = usize::try_from(le32(body, at + 4)?).ok()?;
    Some((body.get(at..at + 4)?, body.get(at + 8..(at + 8).checked_add(length)?)?))
}

fn canvas_size(data: &[u8]) -> Option<Size> {
    Some((le24(data, 4)? + 1, le24(data, 7)? + 1))
}

fn bitstream_size(kind: &[u8], data: &[u8]) -> Option<Size> {
    if kind == b"VP8L" {
        let bits = le32(data, 1)?;
        Some(((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1))
    } else {
        Some((u32::from(le16(data, 6)? & 0x3FFF), u32::from(le16(data, 8)? & 0x3FFF)))
    }
}

/// Checks the bitstreams inside an animation frame, whose own header takes 16 bytes.
fn frame_within(frame: &[u8], canvas: Size) -> Result<(), PhotoError> {
    let mut at = 16;
    while let Some((kind, data)) = chunk(frame, at) {
        if matches!(kind, b"VP8 " | b"VP8L") {
            within(bitstream_size(kind, data).ok_or_else(|| PhotoError::cut_short(FORMAT))?, canvas)?;
        }
        at += 8 + data.len().next_multiple_of(2);
    }
    Ok(())
}

fn within(size: Size, canvas: Size) -> Result<(), PhotoError> {
    if size.0 <= canvas.0 && size.1 <= canvas.1 {
        Ok(())
    } else {
        Err(PhotoError::corrupt(FORMAT, "its picture is larger than its canvas"))
    }
}
