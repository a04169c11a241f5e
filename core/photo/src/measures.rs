//! How a photo looks, in figures: how bright, how sharp, and how much of it looks like print.
//!
//! Everything is measured on a small grey copy whose shorter edge is about 768 pixels, in blocks of 16 × 16 of its pixels.
//! The copy is made 16 rows at a time of the picture that was decoded for the upload: one pass, and less than a megabyte. No
//! figure depends on how the photo lies. What a figure means for reading a receipt is not decided here.

use super::picture::{Channels, Picture};

/// The shorter edge of the grey copy, in pixels, if the picture has as many.
const SHORTER_EDGE: u32 = 768;
/// The edge of a block, in pixels of the grey copy: as high as a letter or two of a receipt that fills the photo.
const BLOCK: usize = 16;
/// A block has something in it where its darkest pixel has at most this share of its lightest one's level.
const CONTRASTED: f32 = 0.75;
/// A block's lightest and darkest pixel differ by this many levels at least, or it is noise.
const MIN_RANGE: u8 = 12;
/// The changes between light and dark in a block that print has at least: along its 16 rows, and along its 16 columns.
const MIN_CHANGES: (u32, u32) = (24, 16);
/// From this level on, a block's lightest pixel is white paper.
const WHITE: u8 = 235;
/// With fewer blocks than this share of the picture, there is no figure of them.
const MIN_SHARE: f64 = 0.002;

/// How a photo looks.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct PhotoMeasures {
    /// The file's shorter edge, in pixels.
    pub shorter_edge: u32,
    /// The level, from 0 to 255, that the lightest 2 % of the pixels reach. White paper is among them.
    pub brightness: f64,
    /// How far print stands out from white paper, in levels from 0 to 255; `None` without white paper.
    pub ink_contrast: Option<f64>,
    /// How steep edges are, from 0 to 1: the largest step between two neighbouring pixels of the grey copy, as a share of
    /// the difference between light and dark around it. Along the worse of both directions, so that a moved camera counts.
    /// `None` where nothing has an edge.
    pub sharpness: Option<f64>,
    /// The share of the picture that looks like print, from 0 to 1.
    pub print_share: f64,
}

impl PhotoMeasures {
    /// Measures a decoded picture, whose file's picture was of size `original`.
    pub(super) fn of(decoded: &Picture, original: (u32, u32)) -> Self {
        let shorter = decoded.width.min(decoded.height);
        let factor = ((shorter + SHORTER_EDGE / 2) / SHORTER_EDGE).max(1) as usize;
        let mut blocks = Blocks::default();
        let width = decoded.width as usize / factor;
        let mut sums = vec![0_u32; width * BLOCK];
        let row_bytes = decoded.width as usize * decoded.channels.count();
        let strips = decoded.data.chunks_exact((row_bytes * factor * BLOCK).max(1));
        let rest = strips.remainder();
        for strip in strips.chain((!rest.is_empty()).then_some(rest)) {
            sums.fill(0);
            let mut rows = 0;
            for (number, band) in strip.chunks_exact((row_bytes * factor).max(1)).enumerate() {
                let sums = &mut sums[number * width..(number + 1) * width];
                band.chunks_exact(row_bytes).for_each(|row| add_row(row, decoded.channels, factor, sums));
                rows = number + 1;
            }
            let area = (factor * factor) as u32;
            let levels: Vec<u8> = sums[..rows * width].iter().map(|sum| (sum / area) as u8).collect();
            blocks.take(&levels, width);
        }
        blocks.measures(original.0.min(original.1))
    }
}

/// Adds the levels of a row of the picture to those of the grey copy's row, `factor` pixels to one.
fn add_row(row: &[u8], channels: Channels, factor: usize, sums: &mut [u32]) {
    let pixels = row.chunks_exact(channels.count() * factor);
    for (sum, pixels) in sums.iter_mut().zip(pixels) {
        *sum += match channels {
            Channels::Grey => pixels.iter().map(|&level| u32::from(level)).sum::<u32>(),
            // ITU-R BT.601, in 256ths.
            Channels::Rgb => pixels
                .chunks_exact(3)
                .map(|p| (77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2])) >> 8)
                .sum(),
        };
    }
}

/// How often each of 256 values was counted.
struct Histogram([u32; 256]);

impl Default for Histogram {
    fn default() -> Self {
        Self([0; 256])
    }
}

impl Histogram {
    fn count(&self) -> u64 {
        self.0.iter().map(|&count| u64::from(count)).sum()
    }

    /// The value that `share` of all counted ones are at or below; 0 if nothing was counted.
    fn quantile(&self, share: f64) -> f64 {
        let wanted = (self.count() as f64 * share).ceil();
        let mut seen = 0.0;
        let reached = self.0.iter().position(|&count| {
            seen += f64::from(count);
            seen > 0.0 && seen >= wanted
        });
        reached.unwrap_or_default() as f64
    }
}

/// What was counted of the blocks so far.
#[derive(Default)]
struct Blocks {
    blocks: u64,
    levels: Histogram,
    /// Light minus dark in the blocks of white paper.
    on_white: Histogram,
    /// The largest steps along rows and along columns, in 255ths of light minus dark: of blocks with print, and of all that
    /// have an edge.
    print: [Histogram; 2],
    edges: [Histogram; 2],
}

impl Blocks {
    /// Takes rows of the grey copy, at most as many as a block has.
    fn take(&mut self, levels: &[u8], width: usize) {
        levels.iter().for_each(|&level| self.levels.0[usize::from(level)] += 1);
        if levels.len() < width * BLOCK {
            return;
        }
        for left in (0..width / BLOCK).map(|number| number * BLOCK) {
            let row = |y: usize| &levels[y * width + left..y * width + left + BLOCK];
            self.take_block(&std::array::from_fn(|y| std::array::from_fn(|x| row(y)[x])));
        }
    }

    fn take_block(&mut self, block: &[[u8; BLOCK]; BLOCK]) {
        self.blocks += 1;
        let all = || block.iter().flatten().copied();
        let (dark, light) = (all().min().unwrap_or_default(), all().max().unwrap_or_default());
        let range = light - dark;
        if light >= WHITE {
            self.on_white.0[usize::from(range)] += 1;
        }
        if range < MIN_RANGE || f32::from(dark) > CONTRASTED * f32::from(light) {
            return;
        }
        let (across, down) = (Line::of(block, dark, light), Line::of(&turned(block), dark, light));
        let share = |step: u8| (u32::from(step) * 255 / u32::from(range)) as usize;
        let is_print = across.changes >= MIN_CHANGES.0 && down.changes >= MIN_CHANGES.1
            || across.changes >= MIN_CHANGES.1 && down.changes >= MIN_CHANGES.0;
        for (direction, line) in [across, down].iter().enumerate() {
            self.edges[direction].0[share(line.step)] += 1;
            if is_print {
                self.print[direction].0[share(line.step)] += 1;
            }
        }
    }

    fn measures(&self, shorter_edge: u32) -> PhotoMeasures {
        let share = |count: u64| if self.blocks == 0 { 0.0 } else { count as f64 / self.blocks as f64 };
        let enough = |histogram: &Histogram| share(histogram.count()) > MIN_SHARE;
        let edges = [&self.print, &self.edges].into_iter().find(|directions| enough(&directions[0]));
        let steepest =
            |directions: &[Histogram; 2]| directions[0].quantile(0.75).min(directions[1].quantile(0.75)) / 255.0;
        PhotoMeasures {
            shorter_edge,
            brightness: self.levels.quantile(0.98),
            ink_contrast: (share(self.on_white.count()) >= 0.1).then(|| self.on_white.quantile(0.9)),
            sharpness: edges.map(steepest),
            print_share: share(self.print[0].count()),
        }
    }
}

/// What the rows of a block have in them.
struct Line {
    /// How often neighbours lie on two sides of the middle between light and dark.
    changes: u32,
    /// The largest difference between two neighbours.
    step: u8,
}

impl Line {
    fn of(block: &[[u8; BLOCK]; BLOCK], dark: u8, light: u8) -> Self {
        let middle = dark + (light - dark) / 2;
        let pairs = || block.iter().flat_map(|row| row.windows(2));
        Self {
            changes: pairs().map(|pair| u32::from((pair[0] > middle) != (pair[1] > middle))).sum(),
            step: pairs().map(|pair| pair[0].abs_diff(pair[1])).max().unwrap_or_default(),
        }
    }
}

fn turned(block: &[[u8; BLOCK]; BLOCK]) -> [[u8; BLOCK]; BLOCK] {
    std::array::from_fn(|y| std::array::from_fn(|x| block[x][y]))
}
