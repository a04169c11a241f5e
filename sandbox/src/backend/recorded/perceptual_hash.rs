//! A DCT pHash: 64 bits that describe a photo at low resolution.
//!
//! The photo, upright, in grey, at 32 × 32; of its discrete cosine transform the 8 × 8 lowest
//! frequencies; of each one bit, whether it is above their median. Scaling and JPEG change the high frequencies, which it
//! ignores.

use std::f32::consts::PI;

use image::DynamicImage;
use image::imageops::FilterType;

const SIDE: usize = 32;
const LOW: usize = 8;

/// 64 bits that describe a photo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PerceptualHash(u64);

impl PerceptualHash {
    pub(crate) fn of(photo: &DynamicImage) -> Self {
        let side = SIDE as u32;
        let small = photo.resize_exact(side, side, FilterType::Triangle).into_luma8();
        let pixels: Vec<f32> = small.pixels().map(|pixel| f32::from(pixel.0[0])).collect();
        let mut frequencies = [0.0_f32; LOW * LOW];
        for (v, row) in frequencies.chunks_exact_mut(LOW).enumerate() {
            for (u, frequency) in row.iter_mut().enumerate() {
                *frequency = coefficient(&pixels, u, v);
            }
        }
        let mut sorted = frequencies;
        sorted.sort_by(f32::total_cmp);
        let median = f32::midpoint(sorted[LOW * LOW / 2 - 1], sorted[LOW * LOW / 2]);
        Self(frequencies.iter().fold(0, |bits, frequency| (bits << 1) | u64::from(*frequency > median)))
    }

    /// In how many bits two hashes differ.
    pub(crate) fn distance(self, other: Self) -> u32 {
        (self.0 ^ other.0).count_ones()
    }
}

/// One coefficient of the type-II DCT, without the factors that are the same for all.
fn coefficient(pixels: &[f32], u: usize, v: usize) -> f32 {
    let wave =
        |position: usize, frequency: usize| (PI / SIDE as f32 * (position as f32 + 0.5) * frequency as f32).cos();
    let rows = pixels.chunks_exact(SIDE).enumerate();
    rows.map(|(y, row)| {
        let along: f32 = row.iter().enumerate().map(|(x, pixel)| pixel * wave(x, u)).sum();
        along * wave(y, v)
    })
    .sum()
}
