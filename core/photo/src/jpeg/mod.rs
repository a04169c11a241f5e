//! The JPEG codec (ITU-T T.81): decodes at a fraction of the size, in little memory, and strictly; and encodes.
//!
//! * **Fractions.** A camera's photo is shrunk anyway, so that blocks are decoded to 8, 4, 2 or 1 samples an edge: the smallest
//!   that is not below the target. Only the frequencies that this needs are kept.
//! * **Memory.** A picture in one scan, as cameras write it, is decoded row by row: of it nothing is kept but the shrunk
//!   pixels. Where the coefficients must be kept, progressive pictures above all, [`check`](memory::check) adds up what that
//!   takes before anything is allocated.
//! * **Planes.** Where a JPEG is made of it again, brightness and colour stay apart, and colour at half resolution.
//! * **Damage.** What is missing is never made up: see [`Damage`].
//!
//! Sequential and progressive Huffman coding, 8 bits, 1, 3 or 4 components with any sampling factors. Not arithmetic or
//! lossless coding, which the probe refuses by name.

mod bits;
mod coder;
mod encoder;
mod header;
mod idct;
mod planes;
mod progressive;
mod rows;
mod scale;
mod scan;
#[cfg(test)]
mod tests;

use super::memory::{self, Goal};
use super::picture::Channels;
use super::probe::Facts;
use super::raster::{Decoded, Raster};
use super::ycc::Ycc;
use super::{ImageFormat, PhotoError};
use coder::Coder;
use header::{Frame, Part, Reader, Scan};
use planes::{Plane, Stored};
use progressive::Progressive;
use rows::{Model, Rows};
use scale::Scale;
use scan::{Blocks, walk};

pub(super) use encoder::{encode, estimated_bytes};
pub(super) use scale::close_fraction;

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
    let raster = decode_fraction(&mut reader, facts, goal)?;
    Ok(Decoded { raster, was_transparent: false, tidy: reader.tidy, profile: None })
}

/// Decodes at the smallest fraction that is not below the goal, and shrinks each row as it comes.
fn decode_fraction(reader: &mut Reader, facts: &Facts, goal: Goal) -> Result<Raster, PhotoError> {
    let Part::Frame(mut frame) = reader.next(None)? else { return Err(Damage::Header.into()) };
    if frame.height == 0 {
        // It stands behind the first scan, where the probe found it.
        frame.height = facts.height as usize;
    }
    // The limits were checked against the size that the probe read.
    if (frame.width, frame.height) != (facts.width as usize, facts.height as usize) {
        return Err(PhotoError::corrupt(ImageFormat::Jpeg, "it states two different sizes"));
    }
    let Part::Scan(scan, at) = reader.next(Some(&frame))? else { return Err(Damage::Scans.into()) };
    let model = Model::of(&frame, &reader.tables);
    let scale = Scale::new(&frame, goal.size, goal.half_colour && model == Model::Ycc);
    let at_once = !frame.progressive && scan.components.len() == frame.components.len();

    let (across, down) = frame.units();
    let kept: u64 = if at_once {
        0
    } else {
        let blocks = frame.components.iter().map(|component| across * component.h * down * component.v);
        let plane = |(place, blocks)| Plane::bytes(blocks, scale.edge(&frame, place), frame.progressive);
        blocks.enumerate().map(plane).sum()
    };
    let channels = if model == Model::Grey { Channels::Grey } else { Channels::Rgb };
    let picture = if scale.half_colour {
        Ycc::bytes(goal.size)
    } else {
        u64::from(goal.size.0) * u64::from(goal.size.1) * channels.count() as u64
    };
    let besides = kept + Rows::bytes(&frame, scale, model, goal.size);
    let decoding = memory::Decoding { size: goal.size, picture, besides, channels: channels.count() as u64 };
    memory::check((facts.width, facts.height), &decoding, goal)?;

    let rows = Rows::new(&frame, scale, model, goal.size);
    if at_once {
        in_one_scan(reader, &frame, scale, &scan, at, rows)
    } else {
        in_scans(reader, &frame, scale, (scan, at), rows)
    }
}

/// All components in one scan: each row of units is turned into pixels at once.
fn in_one_scan(
    reader: &mut Reader,
    frame: &Frame,
    scale: Scale,
    scan: &Scan,
    at: usize,
    mut rows: Rows,
) -> Result<Raster, PhotoError> {
    for place in 0..frame.components.len() {
        rows.set_steps(place, &reader.tables, frame.components[place].table)?;
    }
    let mut direct = Direct { coders: Vec::with_capacity(4), rows, places: Vec::with_capacity(4) };
    for &part in &scan.components {
        direct.coders.push(coder(reader, frame, part, scale)?);
        direct.places.push(part.0);
    }
    let mut bits = bits::Bits::new(reader.input, at);
    let (end, tidy) = walk(&mut bits, scan, frame, reader.tables.restart_interval, &mut direct)?;
    let rows = direct.rows;
    reader.at = end;
    reader.tidy &= tidy;
    match reader.next(Some(frame))? {
        Part::End => Ok(rows.into_raster()),
        _ => Err(Damage::Scans.into()),
    }
}

fn coder<'a>(
    reader: &'a Reader,
    frame: &Frame,
    part: (usize, usize, usize),
    scale: Scale,
) -> Result<Coder<'a>, Damage> {
    let steps = reader.tables.steps[frame.components[part.0].table].as_ref().ok_or(Damage::Tables)?;
    Ok(Coder::new(&reader.tables, part, scale.edge(frame, part.0), steps))
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
    scale: Scale,
    first: (Scan, usize),
    mut rows: Rows,
) -> Result<Raster, PhotoError> {
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
                let edge = scale.edge(frame, place);
                Plane::new(across * component.h, down * component.v, edge, frame.progressive)
            });
            plane.begin(&scan)?;
        }
        let coders = scan.components.iter().map(|&part| coder(reader, frame, part, scale)).collect::<Result<_, _>>()?;
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
    Ok(rows.into_raster())
}
