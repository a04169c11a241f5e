//! From the samples of each component to rows of pixels, or of planes.

use super::Damage;
use super::header::{Component, Frame, Tables};
use super::idct::Inverse;
use super::scale::Scale;
use crate::picture::Channels;
use crate::raster::Raster;
use crate::shrink::Shrinker;
use crate::ycc::{self, Ycc, rgb};

/// How the components make colours.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Model {
    Grey,
    Rgb,
    Ycc,
    Cmyk,
    Ycck,
}

impl Model {
    pub(super) fn of(frame: &Frame, tables: &Tables) -> Self {
        let ids: Vec<u8> = frame.components.iter().map(|component| component.id).collect();
        match (ids.len(), tables.adobe_transform) {
            (1, _) => Self::Grey,
            (4, Some(2)) => Self::Ycck,
            (4, _) => Self::Cmyk,
            _ if tables.is_jfif => Self::Ycc,
            (_, Some(0)) => Self::Rgb,
            (_, None) if ids == *b"RGB" => Self::Rgb,
            _ => Self::Ycc,
        }
    }
}

/// One row of units at a time: samples go in, pixels or planes come out.
pub(super) struct Rows {
    model: Model,
    parts: Vec<Part>,
    /// Pixels in a row of units, from top to bottom.
    height: usize,
    /// Width and height of the decoded picture.
    size: (usize, usize),
    made: Made,
}

/// What is made of the rows.
enum Made {
    Pixels(Shrinker),
    /// Brightness, and blue and red difference with half as many rows and columns.
    Planes([Shrinker; 3]),
}

struct Part {
    inverse: Option<Inverse>,
    edge: usize,
    /// Blocks of a unit from top to bottom.
    v: usize,
    stride: usize,
    samples: Vec<u8>,
    /// Of a plane: how many samples, across and down, are averaged.
    surplus: (usize, usize),
    /// Of pixels: for each of a row the place of its sample; empty where they are the same.
    columns: Vec<u32>,
    /// A row with a sample for each pixel.
    row: Vec<u8>,
}

/// What one shrinker does: from which size to which, what a sample is, and how many rows come at a time.
type Step = ((u32, u32), (u32, u32), Channels, usize);

impl Rows {
    /// The bytes of a row of units' samples, and of what makes `size` of them.
    pub(super) fn bytes(frame: &Frame, scale: Scale, model: Model, size: (u32, u32)) -> u64 {
        let part = |(place, component): (usize, &Component)| {
            let edge = scale.edge(frame, place);
            frame.units().0 * component.h * edge * component.v * edge + 5 * scale.size(frame).0
        };
        let samples = frame.components.iter().enumerate().map(part).sum::<usize>() as u64;
        let shrinkers = Self::steps(frame, scale, model, size);
        samples + shrinkers.iter().map(|&(from, to, kind, rows)| Shrinker::bytes(from, to, kind, rows)).sum::<u64>()
    }

    /// One for pixels, three for planes.
    fn steps(frame: &Frame, scale: Scale, model: Model, to: (u32, u32)) -> Vec<Step> {
        let (width, height) = scale.size(frame);
        let from = (width as u32, height as u32);
        let rows = frame.v_max * scale.samples;
        if scale.half_colour {
            let colour = (ycc::half(from), ycc::half(to), Channels::Grey, rows / 2);
            vec![(from, to, Channels::Grey, rows), colour, colour]
        } else {
            let channels = if model == Model::Grey { Channels::Grey } else { Channels::Rgb };
            vec![(from, to, channels, rows)]
        }
    }

    /// Decodes to a picture that is shrunk to `to`.
    pub(super) fn new(frame: &Frame, scale: Scale, model: Model, to: (u32, u32)) -> Self {
        let (width, height) = scale.size(frame);
        let parts = frame.components.iter().enumerate().map(|(place, component)| {
            let edge = scale.edge(frame, place);
            let stride = frame.units().0 * component.h * edge;
            let (from, to) = (component.h * edge, frame.h_max * scale.samples);
            let stretched = from != to && !scale.half_colour;
            let columns = if stretched { (0..width).map(|x| (x * from / to) as u32).collect() } else { Vec::new() };
            let row = vec![0; if stretched { width } else { 0 }];
            let surplus = if place > 0 { scale.surplus(frame, place) } else { None };
            let (v, samples) = (component.v, vec![0; stride * component.v * edge]);
            Part { inverse: None, edge, v, stride, samples, surplus: surplus.unwrap_or((1, 1)), columns, row }
        });
        let shrinker = |(from, to, channels, rows)| Shrinker::new(from, to, channels, rows);
        let made = match Self::steps(frame, scale, model, to)[..] {
            [luma, blue, red] => Made::Planes([luma, blue, red].map(shrinker)),
            ref pixels => Made::Pixels(shrinker(pixels[0])),
        };
        Self { model, parts: parts.collect(), height: frame.v_max * scale.samples, size: (width, height), made }
    }

    /// The quantisation table that is now valid for a component.
    pub(super) fn set_steps(&mut self, place: usize, tables: &Tables, table: usize) -> Result<(), Damage> {
        let steps = tables.steps[table].as_ref().ok_or(Damage::Tables)?;
        let part = &mut self.parts[place];
        part.inverse = Some(Inverse::new(part.edge, steps));
        Ok(())
    }

    /// The samples of the block in column `x` and row `y` of its component.
    pub(super) fn block(
        &mut self,
        place: usize,
        x: usize,
        y: usize,
        coefficients: &[i16],
        has_ac: bool,
    ) -> Result<(), Damage> {
        let part = &mut self.parts[place];
        let inverse = part.inverse.as_ref().ok_or(Damage::Tables)?;
        // Spares nearly every picture a division for each block.
        let down = if part.v == 1 {
            0
        } else if part.v == 2 {
            y & 1
        } else {
            y % part.v
        };
        let at = down * part.edge * part.stride + x * part.edge;
        let valid = inverse.block(coefficients, has_ac, &mut part.samples[at..], part.stride);
        if valid { Ok(()) } else { Err(Damage::Value) }
    }

    /// The pixels of row `row` of units.
    pub(super) fn emit(&mut self, row: usize) -> Result<(), Damage> {
        let (width, below) = (self.size.0, self.size.1.saturating_sub(row * self.height));
        let rows = self.height.min(below);
        match &mut self.made {
            Made::Pixels(pixels) => {
                emit_pixels(&mut self.parts, self.model, self.height, (width, rows), pixels.rows());
                pixels.shrink()
            }
            Made::Planes(planes) => {
                planes.iter_mut().zip(&self.parts).enumerate().try_for_each(|(place, (plane, part))| {
                    let size = if place == 0 { (width, rows) } else { (width.div_ceil(2), rows.div_ceil(2)) };
                    part.emit(size, (width, rows), plane.rows());
                    plane.shrink()
                })
            }
        }
        .map_err(|_| Damage::Rows)
    }

    pub(super) fn into_raster(self) -> Raster {
        match self.made {
            Made::Pixels(pixels) => Raster::Pixels(pixels.into_picture()),
            Made::Planes([luma, blue, red]) => {
                let chroma = Some([blue.into_picture(), red.into_picture()]);
                Raster::Planes(Ycc { luma: luma.into_picture(), chroma })
            }
        }
    }
}

/// So many pixels, across and down, of a row of units that has `height` rows of them.
fn emit_pixels(parts: &mut [Part], model: Model, height: usize, (width, rows): (usize, usize), data: &mut Vec<u8>) {
    for y in 0..rows {
        for part in parts.iter_mut() {
            if !part.columns.is_empty() {
                let at = part.start(y, height);
                let from = &part.samples[at..at + part.stride];
                part.row.iter_mut().zip(&part.columns).for_each(|(to, &column)| *to = from[column as usize]);
            }
        }
        let rows = |place: usize| parts[place].pixels(y, height, width);
        match model {
            Model::Grey => data.extend_from_slice(rows(0)),
            Model::Rgb => three(data, [rows(0), rows(1), rows(2)], |samples| samples),
            Model::Ycc => three(data, [rows(0), rows(1), rows(2)], rgb),
            Model::Cmyk => four(data, [rows(0), rows(1), rows(2), rows(3)], |inks| inks),
            Model::Ycck => four(data, [rows(0), rows(1), rows(2), rows(3)], |inks| rgb(inks).map(|ink| 255 - ink)),
        }
    }
}

impl Part {
    /// Where the samples for the `y`th row of `height` pixels begin.
    fn start(&self, y: usize, height: usize) -> usize {
        y * self.v * self.edge / height * self.stride
    }

    fn pixels(&self, y: usize, height: usize, width: usize) -> &[u8] {
        if self.columns.is_empty() { &self.samples[self.start(y, height)..][..width] } else { &self.row }
    }

    /// Samples of a plane, so many across and down. There are `filled` ones before they are averaged; the others fill a block.
    fn emit(&self, (width, rows): (usize, usize), filled: (usize, usize), data: &mut Vec<u8>) {
        let (across, down) = self.surplus;
        for y in 0..rows {
            let row = |y: usize| &self.samples[y.min(filled.1 - 1) * self.stride..][..self.stride];
            let (upper, lower) = (row(y * down), row(y * down + down - 1));
            match (across, down) {
                (1, 1) => data.extend_from_slice(&upper[..width]),
                (1, _) => data.extend(upper.iter().zip(lower).take(width).map(|(&a, &b)| average([a, b]))),
                _ => data.extend((0..width).map(|x| {
                    let (left, right) = (2 * x, (2 * x + 1).min(filled.0 - 1));
                    average([upper[left], upper[right], lower[left], lower[right]])
                })),
            }
        }
    }
}

fn three(data: &mut Vec<u8>, [a, b, c]: [&[u8]; 3], colour: impl Fn([u8; 3]) -> [u8; 3]) {
    let start = data.len();
    data.resize(start + 3 * a.len(), 0);
    let pixels = data[start..].as_chunks_mut::<3>().0;
    for (((pixel, &a), &b), &c) in pixels.iter_mut().zip(a).zip(b).zip(c) {
        *pixel = colour([a, b, c]);
    }
}

/// The inks are stored the wrong way round, as Adobe does: 255 is none. So does every encoder that viewers agree with.
fn four(data: &mut Vec<u8>, [a, b, c, k]: [&[u8]; 4], inks: impl Fn([u8; 3]) -> [u8; 3]) {
    let start = data.len();
    three(data, [a, b, c], inks);
    for (pixel, &k) in data[start..].as_chunks_mut::<3>().0.iter_mut().zip(k) {
        *pixel = pixel.map(|ink| ((u32::from(ink) * u32::from(k) + 127) / 255) as u8);
    }
}

fn average<const N: usize>(samples: [u8; N]) -> u8 {
    let sum: usize = samples.into_iter().map(usize::from).sum();
    ((sum + N / 2) / N) as u8
}
