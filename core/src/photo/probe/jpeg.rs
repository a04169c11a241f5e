//! The segments of a JPEG file (ITU-T T.81, annex B).

use image::metadata::Orientation;

use super::super::{ImageFormat, PhotoError};
use super::{Facts, be16, exif_orientation};

/// A camera writes one scan, a progressive encoder about ten. A file with hundreds of them is made to keep a decoder busy.
const MAX_SCANS: u32 = 100;

const FORMAT: ImageFormat = ImageFormat::Jpeg;

/// Walks from the first marker to the end-of-image marker.
pub(super) fn facts(input: &[u8]) -> Result<Facts, PhotoError> {
    let mut frame: Option<Frame> = None;
    let mut orientation: Option<Orientation> = None;
    let mut nothing_but_pixels = true;
    let mut scans = 0;
    let mut at = 2;
    loop {
        let (marker, after, tidy) = next_marker(input, at).ok_or_else(|| PhotoError::cut_short(FORMAT))?;
        nothing_but_pixels &= tidy;
        at = after;
        match marker {
            0xD9 => break,
            0x01 | 0xD0..=0xD8 => continue,
            _ => {}
        }
        let payload = segment(input, at).ok_or_else(|| PhotoError::cut_short(FORMAT))?;
        at += payload.len() + 2;
        match marker {
            0xC0..=0xC2 if frame.is_some() => return Err(PhotoError::corrupt(FORMAT, "it has two frames")),
            0xC0..=0xC2 => frame = Some(Frame::read(payload)?),
            0xC4 | 0xDB | 0xDC | 0xDD => {}
            0xC3 | 0xC5..=0xCF => return Err(unusual("JPEG with lossless or arithmetic coding")),
            0xDA => {
                scans += 1;
                if scans > MAX_SCANS {
                    return Err(PhotoError::corrupt(FORMAT, "it has more scans than any encoder writes"));
                }
                at = end_of_scan(input, at);
            }
            // Without the thumbnail that may follow: that is a picture of its own.
            0xE0 => nothing_but_pixels &= payload.starts_with(b"JFIF\0") && payload.len() == 14,
            // Says how the colours are stored; the decoder needs it.
            0xEE => nothing_but_pixels &= payload.starts_with(b"Adobe") && payload.len() == 12,
            _ => {
                nothing_but_pixels = false;
                if marker == 0xE1 && payload.starts_with(b"Exif\0\0") && orientation.is_none() {
                    orientation = Some(exif_orientation(payload));
                }
            }
        }
    }
    let Some(frame) = frame.filter(|_| scans > 0) else {
        return Err(PhotoError::corrupt(FORMAT, "it has no picture"));
    };
    Ok(Facts {
        width: frame.width,
        height: frame.height,
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        // Behind the end, phones put further pictures and whole videos. CMYK is for printers, not for every model.
        nothing_but_pixels: nothing_but_pixels && at == input.len() && frame.components != 4,
    })
}

struct Frame {
    width: u32,
    height: u32,
    components: u8,
}

impl Frame {
    fn read(payload: &[u8]) -> Result<Self, PhotoError> {
        let (&[precision, ..], Some(height), Some(width), Some(&components)) =
            (payload, be16(payload, 1), be16(payload, 3), payload.get(5))
        else {
            return Err(PhotoError::corrupt(FORMAT, "its frame header is too short"));
        };
        if precision != 8 {
            return Err(unusual("JPEG with more than 8 bits per colour"));
        }
        if !matches!(components, 1 | 3 | 4) {
            return Err(unusual("JPEG with neither 1, 3 nor 4 colours"));
        }
        Ok(Self { width: width.into(), height: height.into(), components })
    }
}

fn unusual(format: &'static str) -> PhotoError {
    PhotoError::Unsupported { format, advice: "save it as an ordinary JPEG" }
}

/// The next marker at or behind `at`: its code, the position behind it, and whether it stood exactly there.
fn next_marker(input: &[u8], at: usize) -> Option<(u8, usize, bool)> {
    let mut position = at;
    loop {
        let rest = input.get(position..)?;
        position += rest.iter().position(|&byte| byte == 0xFF)? + 1;
        match *input.get(position)? {
            // A fill byte, or a zero that makes the 0xFF before it data.
            0xFF | 0x00 => {}
            code => return Some((code, position + 1, position == at + 1)),
        }
    }
}

/// The payload of the segment whose length field stands at `at`.
fn segment(input: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(be16(input, at)?);
    input.get(at + 2..at + length.max(2))
}

/// The position of the first marker behind a scan's data that is not a restart marker.
fn end_of_scan(input: &[u8], at: usize) -> usize {
    let mut position = at;
    while let Some(offset) = input.get(position..).and_then(|rest| rest.iter().position(|&byte| byte == 0xFF)) {
        position += offset;
        match input.get(position + 1) {
            Some(0x00 | 0xD0..=0xD7) => position += 2,
            Some(0xFF) => position += 1,
            _ => return position,
        }
    }
    input.len()
}
