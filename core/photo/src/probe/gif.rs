//! The blocks of a GIF file (GIF89a specification).

use image::metadata::Orientation;

use super::super::{ImageFormat, PhotoError};
use super::{Facts, le16};

const FORMAT: ImageFormat = ImageFormat::Gif;

/// Walks the blocks up to the trailer. The first frame must be whole; of what follows, only that it is there matters.
pub(super) fn facts(input: &[u8]) -> Result<Facts, PhotoError> {
    let cut_short = || PhotoError::cut_short(FORMAT);
    let width = le16(input, 6).ok_or_else(cut_short)?;
    let height = le16(input, 8).ok_or_else(cut_short)?;
    let screen_flags = *input.get(10).ok_or_else(cut_short)?;
    let mut at = 13 + colour_table(screen_flags);
    let mut frames = 0;
    let mut nothing_but_pixels = true;
    loop {
        match input.get(at) {
            Some(0x21) => {
                // A graphic control says which colour is transparent; comments and applications' blocks are metadata.
                nothing_but_pixels &= matches!(input.get(at + 1..at + 8), Some([0xF9, 4, .., 0])) && frames == 0;
                at = data_blocks(input, at + 2).ok_or_else(cut_short)?;
            }
            Some(0x2C) => {
                let flags = *input.get(at + 9).ok_or_else(cut_short)?;
                let frame = |offset: usize| le16(input, at + offset).map_or(0, u32::from);
                let whole = (frame(1), frame(3), frame(5), frame(7)) == (0, 0, width.into(), height.into());
                let code_size = input.get(at + 10 + colour_table(flags));
                nothing_but_pixels &= whole && (flags | screen_flags) & 0x80 != 0 && matches!(code_size, Some(2..=8));
                at = data_blocks(input, at + 11 + colour_table(flags)).ok_or_else(cut_short)?;
                frames += 1;
            }
            Some(0x3B) => {
                at += 1;
                break;
            }
            _ if frames == 0 => return Err(cut_short()),
            _ => {
                nothing_but_pixels = false;
                break;
            }
        }
        // The first frame is all that is shown, and without a limit an animation would be walked to its end for nothing.
        if frames > 1 {
            break;
        }
    }
    if frames == 0 {
        return Err(PhotoError::corrupt(FORMAT, "it has no picture"));
    }
    Ok(Facts {
        width: width.into(),
        height: height.into(),
        orientation: Orientation::NoTransforms,
        nothing_but_pixels: nothing_but_pixels && frames == 1 && at == input.len(),
        profile: Vec::new(),
        // A frame with its places in the colour table, and one of colours.
        extra_per_pixel: 6,
        tables: 0,
    })
}

/// The bytes of the colour table that a descriptor's flags announce.
fn colour_table(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 0x07) + 1) }
}

/// The position behind a chain of data blocks: a length byte and as many bytes, until the length is zero.
fn data_blocks(input: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*input.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
