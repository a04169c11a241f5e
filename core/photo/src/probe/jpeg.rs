//! The segments of a JPEG file (ITU-T T.81, annex B).

use image::metadata::Orientation;

use super::super::{ImageFormat, PhotoError};
use super::{Facts, be16, exif};

/// A camera writes one scan, a progressive encoder about ten. A file with hundreds of them is made to keep a decoder busy.
const MAX_SCANS: u32 = 100;

const FORMAT: ImageFormat = ImageFormat::Jpeg;

/// Walks from the first marker to the end-of-image marker.
pub(super) fn facts(input: &[u8]) -> Result<Facts, PhotoError> {
    let mut frame: Option<Frame> = None;
    let mut orientation: Option<Orientation> = None;
    let mut nothing_but_pixels = true;
    let mut progressive = false;
    let mut scans = 0;
    let mut lines = None;
    let mut profile = Profile::default();
    let mut at = 2;
    loop {
        let start = at;
        let (marker, after, tidy) = next_marker(input, at).ok_or_else(|| PhotoError::cut_short(FORMAT))?;
        nothing_but_pixels &= tidy;
        at = after;
        match marker {
            0xD9 => break,
            0x01 | 0xD0..=0xD8 => {
                nothing_but_pixels = false;
                continue;
            }
            _ => {}
        }
        let payload = segment(input, at).ok_or_else(|| PhotoError::cut_short(FORMAT))?;
        at += payload.len() + 2;
        match marker {
            0xC0..=0xC2 if frame.is_some() => return Err(PhotoError::corrupt(FORMAT, "it has two frames")),
            0xC0..=0xC2 => {
                progressive = marker == 0xC2;
                frame = Some(Frame::read(payload)?);
                nothing_but_pixels &= marker != 0xC1 && is_common_frame(payload);
            }
            0xC4 => nothing_but_pixels &= is_plain_codes(payload),
            0xDB => nothing_but_pixels &= is_plain_steps(payload),
            0xDD => nothing_but_pixels &= payload.len() == 2 && scans == 0,
            0xC9 | 0xCA | 0xCC..=0xCE => return Err(unusual("JPEG with arithmetic coding")),
            0xC3 | 0xC7 | 0xCB | 0xCF => return Err(unusual("JPEG with lossless coding")),
            0xC5 | 0xC6 | 0xC8 => return Err(unusual("JPEG in several sizes")),
            // The height, if the frame was begun before it was known (B.2.5).
            0xDC => {
                nothing_but_pixels = false;
                lines = lines.or(be16(payload, 0));
            }
            0xDA => {
                scans += 1;
                if scans > MAX_SCANS {
                    return Err(PhotoError::corrupt(FORMAT, "it has more scans than any encoder writes"));
                }
                // Not every decoder knows sequential pictures in several scans.
                nothing_but_pixels &= progressive || scans == 1;
                nothing_but_pixels &= payload.len() == 4 + 2 * usize::from(payload.first().copied().unwrap_or(0));
                at = end_of_scan(input, at);
            }
            // First of all, and without the thumbnail that may follow: that is a picture of its own.
            0xE0 => {
                nothing_but_pixels &= start == 2
                    && payload.starts_with(b"JFIF\0\x01")
                    && payload.len() == 14
                    && payload.ends_with(b"\0\0")
            }
            // Everything else says how colours are to be understood, or is metadata.
            _ => {
                nothing_but_pixels = false;
                if marker == 0xE2 {
                    profile.take(payload);
                }
                if marker == 0xE1 && exif::is_exif(payload) && orientation.is_none() {
                    orientation = exif::orientation(payload);
                }
            }
        }
    }
    let Some(frame) = frame.filter(|_| scans > 0) else {
        return Err(PhotoError::corrupt(FORMAT, "it has no picture"));
    };
    Ok(Facts {
        width: frame.width,
        height: if frame.height == 0 { lines.unwrap_or(0).into() } else { frame.height },
        // The first that says something: a second block is a copy that a program forgot to turn.
        orientation: orientation.unwrap_or(Orientation::NoTransforms),
        // Behind the end, phones put further pictures and whole videos.
        nothing_but_pixels: nothing_but_pixels && at == input.len(),
        profile: profile.whole(),
        extra_per_pixel: 0,
        tables: 0,
    })
}

/// A colour profile, in parts of a segment each (ICC.1:2022, annex B.4).
#[derive(Default)]
struct Profile<'a> {
    parts: Vec<(u8, &'a [u8])>,
}

impl<'a> Profile<'a> {
    fn take(&mut self, payload: &'a [u8]) {
        if let Some([number, _, part @ ..]) = payload.strip_prefix(b"ICC_PROFILE\0")
            // There are 255 numbers.
            && self.parts.len() < 255
        {
            self.parts.push((*number, part));
        }
    }

    fn whole(mut self) -> Vec<u8> {
        // Those that say it with primaries and curves are far smaller.
        const MAX_BYTES: usize = 1 << 20;
        self.parts.sort_by_key(|(number, _)| *number);
        let bytes: usize = self.parts.iter().map(|(_, part)| part.len()).sum();
        if bytes > MAX_BYTES { Vec::new() } else { self.parts.iter().flat_map(|(_, part)| *part).copied().collect() }
    }
}

/// Grey, or three colours as cameras and programs sample them: the first one at most twice as densely as the others.
fn is_common_frame(payload: &[u8]) -> bool {
    let (ids, samplings): (Vec<u8>, Vec<u8>) =
        payload[6..].as_chunks::<3>().0.iter().map(|&[id, sampling, _]| (id, sampling)).unzip();
    let whole = payload.len() == 6 + 3 * usize::from(payload[5]);
    whole
        && match samplings[..] {
            [0x11] => true,
            [0x11 | 0x12 | 0x21 | 0x22, 0x11, 0x11] => {
                ids != *b"RGB" && ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]
            }
            _ => false,
        }
}

/// Quantisation tables of eight bits, without a step of zero.
fn is_plain_steps(payload: &[u8]) -> bool {
    !payload.is_empty()
        && payload.chunks(65).all(|table| table.len() == 65 && table[0] <= 3 && !table[1..].contains(&0))
}

/// Huffman tables that end where the segment does.
fn is_plain_codes(mut payload: &[u8]) -> bool {
    while let Some((&place, rest)) = payload.split_first() {
        let Some((counts, rest)) = rest.split_first_chunk::<16>() else { return false };
        let total: usize = counts.iter().copied().map(usize::from).sum();
        let Some(rest) = rest.get(total..).filter(|_| place & 0xEC == 0 && total > 0) else { return false };
        payload = rest;
    }
    true
}

struct Frame {
    width: u32,
    height: u32,
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
        Ok(Self { width: width.into(), height: height.into() })
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
