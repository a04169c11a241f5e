//! The JPEG codec (ITU-T T.81): decodes at a fraction of the size, in little memory, and strictly. Which crate writes JPEG is
//! known to this file alone.
//!
//! * **Fractions.** A camera's photo is shrunk anyway, so that blocks are decoded to 8, 4, 2 or 1 samples an edge: the smallest
//!   that is not below the target. Only the frequencies that this needs are kept.
//! * **Memory.** A picture in one scan, as cameras write it, is decoded row by row: of it nothing is kept but the shrunk
//!   pixels. Where the coefficients must be kept, progressive pictures above all, [`check`](memory::check) adds up what that
//!   takes before anything is allocated.
//! * **Damage.** What is missing is never made up: see [`Damage`].
//!
//! Sequential and progressive Huffman coding, 8 bits, 1, 3 or 4 components with any sampling factors. Not arithmetic or
//! lossless coding, which the probe refuses by name.

mod bits;
mod coder;
mod header;
mod idct;
mod planes;
mod progressive;
mod rows;
mod scan;
#[cfg(test)]
mod tests;

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

use super::memory::{self, Goal};
use super::picture::{Channels, Decoded, Picture};
use super::probe::Facts;
use super::shrink::Shrinker;
use super::{ImageFormat, PhotoError};
use coder::Coder;
use header::{Frame, Part, Reader, Scan};
use planes::{Plane, Stored};
use progressive::Progressive;
use rows::Rows;
use scan::{Blocks, walk};

/// Why a picture is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
enum Damage {
    #[error("it ends before the picture does")]
    CutShort,
    #[error("its header is not valid")]
    Header,
    #[error("its tables are missing or not valid")]
    Tables,
    #[error("its data holds a code that does not exist")]
    Code,
    #[error("its data holds a value that no picture has")]
    Value,
    #[error("its data goes on behind the last block")]
    Surplus,
    #[error("a restart marker is missing or out of order")]
    Restart,
    #[error("scans are missing or out of order")]
    Scans,
    #[error("its rows cannot be shrunk")]
    Rows,
}

impl From<Damage> for PhotoError {
    fn from(damage: Damage) -> Self {
        PhotoError::corrupt(ImageFormat::Jpeg, &damage.to_string())
    }
}

/// Decodes a JPEG and shrinks it to exactly the goal's size (width and height as stored, not larger than the file's).
pub(super) fn decode(input: &[u8], facts: &Facts, goal: Goal) -> Result<Decoded, PhotoError> {
    let mut reader = Reader::new(input);
    let picture = decode_fraction(&mut reader, facts, goal)?;
    Ok(Decoded { picture, was_transparent: false, tidy: reader.tidy, profile: None })
}

/// Decodes at the smallest fraction that is not below the goal, and shrinks each row as it comes.
fn decode_fraction(reader: &mut Reader, facts: &Facts, goal: Goal) -> Result<Picture, PhotoError> {
    let Part::Frame(mut frame) = reader.next(None)? else { return Err(Damage::Header.into()) };
    if frame.height == 0 {
        // It stands behind the first scan, where the probe found it.
        frame.height = facts.height as usize;
    }
    // The limits were checked against the size that the probe read.
    if (frame.width, frame.height) != (facts.width as usize, facts.height as usize) {
        return Err(PhotoError::corrupt(ImageFormat::Jpeg, "it states two different sizes"));
    }
    let samples = fraction(&frame, goal.size);
    let Part::Scan(scan, at) = reader.next(Some(&frame))? else { return Err(Damage::Scans.into()) };
    let at_once = !frame.progressive && scan.components.len() == frame.components.len();

    let edges: Vec<usize> = frame.components.iter().map(|component| frame.edge(component, samples)).collect();
    let (across, down) = frame.units();
    let planes: u64 = if at_once {
        0
    } else {
        let blocks = frame.components.iter().map(|component| across * component.h * down * component.v);
        blocks.zip(&edges).map(|(blocks, &edge)| Plane::bytes(blocks, edge, frame.progressive)).sum()
    };
    let channels = if frame.components.len() == 1 { Channels::Grey } else { Channels::Rgb };
    let decoded = (scaled(frame.width, samples) as u32, scaled(frame.height, samples) as u32);
    let rows = Rows::bytes(&frame, samples) + Shrinker::bytes(decoded, goal.size, channels, frame.v_max * samples);
    let count = channels.count() as u64;
    let picture = u64::from(goal.size.0) * u64::from(goal.size.1) * count;
    let decoding = memory::Decoding { size: goal.size, picture, besides: planes + rows, channels: count };
    memory::check((facts.width, facts.height), &decoding, goal)?;

    let shrinker = Shrinker::new(decoded, goal.size, channels, frame.v_max * samples);
    let rows = Rows::new(&frame, &reader.tables, samples, shrinker);
    if at_once {
        in_one_scan(reader, &frame, samples, &scan, at, rows)
    } else {
        in_scans(reader, &frame, samples, (scan, at), rows)
    }
}

fn scaled(pixels: usize, samples: usize) -> usize {
    (pixels * samples).div_ceil(8)
}

/// Samples for eight.
fn fraction(frame: &Frame, target: (u32, u32)) -> usize {
    let reaches = |samples: usize| {
        scaled(frame.width, samples) >= target.0 as usize && scaled(frame.height, samples) >= target.1 as usize
    };
    [1, 2, 4].into_iter().find(|&samples| reaches(samples)).unwrap_or(8)
}

/// All components in one scan: each row of units is turned into pixels at once.
fn in_one_scan(
    reader: &mut Reader,
    frame: &Frame,
    samples: usize,
    scan: &Scan,
    at: usize,
    mut rows: Rows,
) -> Result<Picture, PhotoError> {
    for place in 0..frame.components.len() {
        rows.set_steps(place, &reader.tables, frame.components[place].table)?;
    }
    let mut direct = Direct { coders: Vec::with_capacity(4), rows, places: Vec::with_capacity(4) };
    for &part in &scan.components {
        direct.coders.push(coder(reader, frame, part, samples)?);
        direct.places.push(part.0);
    }
    let mut bits = bits::Bits::new(reader.input, at);
    let (end, tidy) = walk(&mut bits, scan, frame, reader.tables.restart_interval, &mut direct)?;
    let rows = direct.rows;
    reader.at = end;
    reader.tidy &= tidy;
    match reader.next(Some(frame))? {
        Part::End => Ok(rows.into_picture()),
        _ => Err(Damage::Scans.into()),
    }
}

fn coder<'a>(
    reader: &'a Reader,
    frame: &Frame,
    part: (usize, usize, usize),
    samples: usize,
) -> Result<Coder<'a>, Damage> {
    let component = &frame.components[part.0];
    let steps = reader.tables.steps[component.table].as_ref().ok_or(Damage::Tables)?;
    Ok(Coder::new(&reader.tables, part, frame.edge(component, samples), steps))
}

/// Blocks that become samples at once.
struct Direct<'a> {
    coders: Vec<Coder<'a>>,
    places: Vec<usize>,
    rows: Rows,
}

impl Blocks for Direct<'_> {
    fn block(&mut self, bits: &mut bits::Bits, part: usize, x: usize, y: usize) -> Result<(), Damage> {
        let mut block = [0; 65];
        let has_ac = self.coders[part].sequential(bits, &mut block)?;
        self.rows.block(self.places[part], x, y, &block, has_ac)
    }

    fn restart(&mut self) -> Result<(), Damage> {
        self.coders.iter_mut().for_each(Coder::restart);
        Ok(())
    }

    fn row_done(&mut self, row: usize) -> Result<(), Damage> {
        self.rows.emit(row)
    }
}

/// Coefficients in several scans: kept until the last of them.
fn in_scans(
    reader: &mut Reader,
    frame: &Frame,
    samples: usize,
    first: (Scan, usize),
    mut rows: Rows,
) -> Result<Picture, PhotoError> {
    let (across, down) = frame.units();
    let mut planes: Vec<Option<Plane>> = frame.components.iter().map(|_| None).collect();
    let mut next = first;
    loop {
        let (scan, at) = next;
        for &(place, ..) in &scan.components {
            let component = &frame.components[place];
            if planes[place].is_none() {
                rows.set_steps(place, &reader.tables, component.table)?;
            }
            let plane = planes[place].get_or_insert_with(|| {
                let edge = frame.edge(component, samples);
                Plane::new(across * component.h, down * component.v, edge, frame.progressive)
            });
            plane.begin(&scan)?;
        }
        let coders =
            scan.components.iter().map(|&part| coder(reader, frame, part, samples)).collect::<Result<_, _>>()?;
        let places = scan.components.iter().map(|&(place, ..)| place).collect();
        let mut bits = bits::Bits::new(reader.input, at);
        let interval = reader.tables.restart_interval;
        let (end, tidy) = if frame.progressive {
            let mut blocks = Progressive { coders, planes: &mut planes, places, scan: &scan, end_of_band: 0 };
            walk(&mut bits, &scan, frame, interval, &mut blocks)?
        } else {
            walk(&mut bits, &scan, frame, interval, &mut Stored { coders, planes: &mut planes, places })?
        };
        reader.at = end;
        reader.tidy &= tidy;
        next = match reader.next(Some(frame))? {
            Part::Scan(scan, at) => (scan, at),
            Part::End => break,
            Part::Frame(_) => return Err(Damage::Header.into()),
        };
    }
    let planes: Vec<Plane> = planes.into_iter().flatten().filter(Plane::is_complete).collect();
    if planes.len() != frame.components.len() {
        return Err(Damage::Scans.into());
    }
    for row in 0..down {
        for (place, (plane, component)) in planes.iter().zip(&frame.components).enumerate() {
            for y in row * component.v..(row + 1) * component.v {
                for x in 0..plane.across {
                    rows.block(place, x, y, plane.block(x, y), true)?;
                }
            }
        }
        rows.emit(row)?;
    }
    Ok(rows.into_picture())
}

/// Writes a JPEG without any metadata. Quality runs from 1 to 100, on libjpeg's scale.
///
/// Colour at half resolution, as cameras do: print is read from brightness. Edges must be at most 65,535.
pub(super) fn encode(picture: &Picture, quality: u8) -> Result<Vec<u8>, PhotoError> {
    let not_encoded = |detail: String| PhotoError::NotEncoded { detail };
    let edge = |pixels: u32| u16::try_from(pixels).map_err(|_| not_encoded(format!("an edge of {pixels} pixels")));
    let (width, height) = (edge(picture.width)?, edge(picture.height)?);
    let color = match picture.channels {
        Channels::Grey => ColorType::Luma,
        Channels::Rgb => ColorType::Rgb,
    };
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.encode(&picture.data, width, height, color).map_err(|error| not_encoded(error.to_string()))?;
    Ok(bytes)
}
