//! From the samples of each component to rows of pixels.

use super::header::{Component, Frame, Tables};
use super::idct::Inverse;
use super::{Damage, scaled};
use crate::picture::Picture;
use crate::shrink::Shrinker;

impl Frame {
    /// Samples an edge for a block of a component, where the picture is decoded to `samples` for eight pixels: a component
    /// that was sampled at a lower rate is decoded at a higher fraction instead of being stretched.
    pub(super) fn edge(&self, component: &Component, samples: usize) -> usize {
        let times = (self.h_max / component.h).min(self.v_max / component.v);
        let most = (samples * times).min(8);
        [8, 4, 2].into_iter().find(|&edge| edge <= most).unwrap_or(1)
    }
}

/// How the components make colours.
#[derive(Clone, Copy)]
enum Model {
    Grey,
    Rgb,
    Ycc,
    Cmyk,
    Ycck,
}

impl Model {
    fn of(frame: &Frame, tables: &Tables) -> Self {
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

/// One row of units at a time: samples go in, pixels come out.
pub(super) struct Rows {
    model: Model,
    parts: Vec<Part>,
    /// Pixels in a row of units, from top to bottom.
    height: usize,
    /// Width and height of the decoded picture.
    size: (usize, usize),
    pixels: Shrinker,
}

struct Part {
    inverse: Option<Inverse>,
    edge: usize,
    /// Blocks of a unit from top to bottom.
    v: usize,
    stride: usize,
    samples: Vec<u8>,
    /// For each pixel of a row the place of its sample; empty where they are the same.
    columns: Vec<u32>,
    /// A row with a sample for each pixel.
    row: Vec<u8>,
}

impl Rows {
    /// The bytes of a row of units' samples, and of what makes pixels of them.
    pub(super) fn bytes(frame: &Frame, samples: usize) -> u64 {
        let part = |component: &Component| {
            let edge = frame.edge(component, samples);
            frame.units().0 * component.h * edge * component.v * edge + 5 * scaled(frame.width, samples)
        };
        frame.components.iter().map(part).sum::<usize>() as u64
    }

    /// `pixels` takes the decoded rows.
    pub(super) fn new(frame: &Frame, tables: &Tables, samples: usize, pixels: Shrinker) -> Self {
        let (width, height) = (scaled(frame.width, samples), scaled(frame.height, samples));
        let parts = frame.components.iter().map(|component| {
            let edge = frame.edge(component, samples);
            let stride = frame.units().0 * component.h * edge;
            let (from, to) = (component.h * edge, frame.h_max * samples);
            let columns = if from == to { Vec::new() } else { (0..width).map(|x| (x * from / to) as u32).collect() };
            let row = vec![0; if from == to { 0 } else { width }];
            let v = component.v;
            Part { inverse: None, edge, v, stride, samples: vec![0; stride * v * edge], columns, row }
        });
        Self {
            model: Model::of(frame, tables),
            parts: parts.collect(),
            height: frame.v_max * samples,
            size: (width, height),
            pixels,
        }
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
        let at = y % part.v * part.edge * part.stride + x * part.edge;
        let valid = inverse.block(coefficients, has_ac, &mut part.samples[at..], part.stride);
        if valid { Ok(()) } else { Err(Damage::Value) }
    }

    /// The pixels of row `row` of units.
    pub(super) fn emit(&mut self, row: usize) -> Result<(), Damage> {
        let (width, below) = (self.size.0, self.size.1.saturating_sub(row * self.height));
        for y in 0..self.height.min(below) {
            for part in &mut self.parts {
                if !part.columns.is_empty() {
                    let at = part.start(y, self.height);
                    let from = &part.samples[at..at + part.stride];
                    part.row.iter_mut().zip(&part.columns).for_each(|(to, &column)| *to = from[column as usize]);
                }
            }
            let data = self.pixels.rows();
            let rows = |place: usize| self.parts[place].pixels(y, self.height, width);
            match self.model {
                Model::Grey => data.extend_from_slice(rows(0)),
                Model::Rgb => three(data, [rows(0), rows(1), rows(2)], |samples| samples),
                Model::Ycc => three(data, [rows(0), rows(1), rows(2)], rgb),
                Model::Cmyk => four(data, [rows(0), rows(1), rows(2), rows(3)], |inks| inks),
                Model::Ycck => four(data, [rows(0), rows(1), rows(2), rows(3)], |inks| rgb(inks).map(|ink| 255 - ink)),
            }
        }
        self.pixels.shrink().map_err(|_| Damage::Rows)
    }

    pub(super) fn into_picture(self) -> Picture {
        self.pixels.into_picture()
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

/// From luma and two colour differences (JFIF 1.02), in 16 bits' fixed point.
fn rgb([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let y = (i32::from(y) << 16) + (1 << 15);
    let (cb, cr) = (i32::from(cb) - 128, i32::from(cr) - 128);
    [y + 91_881 * cr, y - 22_554 * cb - 46_802 * cr, y + 116_130 * cb].map(|value| (value >> 16).clamp(0, 255) as u8)
}
