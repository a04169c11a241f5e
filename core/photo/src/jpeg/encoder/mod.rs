//! Writes baseline JPEG out of planes (ITU-T T.81, JFIF 1.02): no metadata, colour at half resolution, the standard's tables.

mod forward;
mod standard;
#[cfg(test)]
mod tests;
mod writer;

use super::header::NATURAL;
use crate::PhotoError;
use crate::picture::Picture;
use crate::ycc::Ycc;
use forward::Forward;
use standard::Huffman;
use writer::{Codes, Writer};

/// Writes a JPEG without any metadata. Quality runs from 1 to 100, on libjpeg's scale.
///
/// Edges must be at most 65,535.
pub(in super::super) fn encode(picture: &Ycc, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let edge = |pixels: u32| {
        let not_encoded = |_| PhotoError::NotEncoded { detail: format!("an edge of {pixels} pixels") };
        u16::try_from(pixels).map_err(not_encoded)
    };
    let (width, height) = picture.size();
    let size = (edge(width)?, edge(height)?);
    let steps = [&standard::LUMA_STEPS, &standard::CHROMA_STEPS].map(|steps| standard::scaled(steps, quality));
    // About what a photo of print takes: room for it is reserved at once.
    let mut bytes = Vec::with_capacity(1024 + width as usize * height as usize / 8);
    header(&mut bytes, size, &steps, picture.chroma.is_some());

    let mut bytes = scan(bytes, picture, &steps, 1);
    bytes.extend([0xFF, 0xD9]);
    Ok(bytes)
}

/// About how many bytes a picture takes, told by every sixteenth row of units; of small pictures by eight rows or more.
pub(in super::super) fn estimated_bytes(picture: &Ycc, quality: u8) -> usize {
    let steps = [&standard::LUMA_STEPS, &standard::CHROMA_STEPS].map(|steps| standard::scaled(steps, quality));
    let rows = picture.luma.height.div_ceil(UNIT) as usize;
    let nth = (rows / 8).clamp(1, 16);
    let bytes = scan(Vec::new(), picture, &steps, nth).len() as u64 * rows as u64 / rows.div_ceil(nth) as u64;
    usize::try_from(bytes).unwrap_or(usize::MAX)
}

/// The pixels of a unit's edge; a grey picture has two rows of blocks in it.
const UNIT: u32 = 16;

/// Appends a scan's data: of all rows of units, or of every `nth`.
fn scan(bytes: Vec<u8>, picture: &Ycc, steps: &[[u8; 64]; 2], nth: usize) -> Vec<u8> {
    let mut writer = Writer::new(bytes);
    let [luma, chroma] = [0, 1].map(|at| Tables::new(&steps[at], at));
    let mut last = [0; 3];
    let (width, height) = (picture.luma.width as usize, picture.luma.height as usize);
    let unit = UNIT as usize;
    for top in (0..height).step_by(unit * nth) {
        match &picture.chroma {
            None => {
                for y in (top..height.min(top + unit)).step_by(8) {
                    for x in (0..width).step_by(8) {
                        luma.put(&mut writer, &picture.luma, (x, y), &mut last[0]);
                    }
                }
            }
            Some([blue, red]) => {
                for x in (0..width).step_by(unit) {
                    for (right, down) in [(0, 0), (8, 0), (0, 8), (8, 8)] {
                        luma.put(&mut writer, &picture.luma, (x + right, top + down), &mut last[0]);
                    }
                    chroma.put(&mut writer, blue, (x / 2, top / 2), &mut last[1]);
                    chroma.put(&mut writer, red, (x / 2, top / 2), &mut last[2]);
                }
            }
        }
    }
    writer.finished()
}

/// What it takes to encode one kind of plane.
struct Tables {
    forward: Forward,
    dc: Codes,
    ac: Codes,
}

impl Tables {
    fn new(steps: &[u8; 64], kind: usize) -> Self {
        let (dc, ac) = (Codes::new(&standard::DC[kind]), Codes::new(&standard::AC[kind]));
        Self { forward: Forward::new(steps), dc, ac }
    }

    fn put(&self, writer: &mut Writer, plane: &Picture, at: (usize, usize), last_dc: &mut i16) {
        let coefficients = self.forward.block(&samples(plane, at));
        writer.block(&coefficients, last_dc, &self.dc, &self.ac);
    }
}

/// The block of a plane whose upper left sample is at (x, y). Behind an edge its last samples are repeated.
#[inline]
fn samples(plane: &Picture, (x, y): (usize, usize)) -> [[u8; 8]; 8] {
    let (width, height) = (plane.width as usize, plane.height as usize);
    if x + 8 > width || y + 8 > height {
        return samples_at_edge(plane, (x, y));
    }
    let mut block = [[0; 8]; 8];
    for (down, to) in block.iter_mut().enumerate() {
        to.copy_from_slice(&plane.data[(y + down) * width + x..][..8]);
    }
    block
}

#[cold]
fn samples_at_edge(plane: &Picture, (x, y): (usize, usize)) -> [[u8; 8]; 8] {
    let (width, height) = (plane.width as usize, plane.height as usize);
    std::array::from_fn(|down| {
        let row = (y + down).min(height - 1) * width;
        std::array::from_fn(|across| plane.data[row + (x + across).min(width - 1)])
    })
}

/// All that stands before the scan's data (B.2).
fn header(bytes: &mut Vec<u8>, (width, height): (u16, u16), steps: &[[u8; 64]; 2], has_colour: bool) {
    let kinds = if has_colour { 2 } else { 1 };
    bytes.extend([0xFF, 0xD8]);
    segment(bytes, 0xE0, &[b"JFIF\0", &[1, 2, 0, 0, 1, 0, 1, 0, 0]]);
    for (steps, place) in steps[..kinds].iter().zip(0..) {
        segment(bytes, 0xDB, &[&[place], &NATURAL.map(|natural| steps[usize::from(natural)])]);
    }
    let ([y1, y0], [x1, x0]) = (height.to_be_bytes(), width.to_be_bytes());
    // For each component: its name, sampling factors and quantisation table.
    let components: &[u8] = if has_colour { &[3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1] } else { &[1, 1, 0x11, 0] };
    segment(bytes, 0xC0, &[&[8, y1, y0, x1, x0], components]);
    for (tables, class) in [(&standard::DC, 0x00), (&standard::AC, 0x10)] {
        for (Huffman { counts, symbols }, place) in tables[..kinds].iter().zip(0..) {
            segment(bytes, 0xC4, &[&[class | place], counts, symbols]);
        }
    }
    // For each component: its name and Huffman tables. The last three bytes are those of every baseline scan.
    let components: &[u8] = if has_colour { &[3, 1, 0x00, 2, 0x11, 3, 0x11] } else { &[1, 1, 0x00] };
    segment(bytes, 0xDA, &[components, &[0, 63, 0]]);
}

/// A marker segment. All of them are short.
fn segment(bytes: &mut Vec<u8>, marker: u8, parts: &[&[u8]]) {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    bytes.extend([0xFF, marker]);
    bytes.extend((length as u16 + 2).to_be_bytes());
    parts.iter().for_each(|part| bytes.extend_from_slice(part));
}
