//! From frequencies to samples (ITU-T T.81, annex A.3.3), at 8, 4, 2 or 1 samples an edge.
//!
//! A block of 8 × 8 is decoded at a fraction by leaving its high frequencies out. That is a good low-pass filter, and it saves
//! most of the work on a photo that is shrunk anyway.

use std::f32::consts::{FRAC_1_SQRT_2, PI, SQRT_2};

/// Turns blocks of one component into samples.
pub(super) struct Inverse {
    /// Samples an edge: 8, 4, 2 or 1.
    pub edge: usize,
    /// For each coefficient in natural order: the quantisation step and the scale of its frequency.
    scale: [f32; 64],
    /// How far, as a sum of squares, a block of eight-bit samples may be beyond black and white by rounding its coefficients.
    max_beyond: f32,
}

/// So much beyond black and white is no sign of damage: mozjpeg makes white next to dark print that much whiter, against ringing.
const MAX_OVERSHOOT: f32 = 31.0;

impl Inverse {
    /// `steps` are the quantisation table in natural order.
    pub(super) fn new(edge: usize, steps: &[u16; 64]) -> Self {
        // AAN's algorithm leaves a factor for each frequency, which is multiplied into the steps.
        let norm = |at: usize| match at {
            0 => FRAC_1_SQRT_2 / 2.0,
            _ if edge == 8 => (at as f32 * PI / 16.0).cos() / 2.0,
            _ => 0.5,
        };
        let scale = std::array::from_fn(|at| f32::from(steps[at]) * norm(at / 8) * norm(at % 8));
        // The transform keeps distances. Rounding moves a coefficient by half a step, an encoder that saves bits by a whole one.
        let max_beyond = steps.iter().map(|&step| f32::from(step) * f32::from(step)).sum();
        Self { edge, scale, max_beyond }
    }

    /// Writes the samples of a block. `coefficients` stand in rows of `self.edge`: the lowest frequencies.
    ///
    /// False if no eight-bit samples have these coefficients. It is seen where all of them are there.
    pub(super) fn block(&self, coefficients: &[i16], has_ac: bool, out: &mut [u8], stride: usize) -> bool {
        let edge = self.edge;
        if !has_ac || edge == 1 {
            let dc = f32::from(coefficients[0]) * self.scale[0];
            let [sample] = samples([dc]);
            (0..edge).for_each(|y| out[y * stride..][..edge].fill(sample));
            return true;
        }
        match edge {
            8 => return self.whole(coefficients, out, stride),
            4 => self.reduced(coefficients, out, stride, &FOUR),
            _ => self.reduced(coefficients, out, stride, &TWO),
        }
        true
    }

    fn whole(&self, coefficients: &[i16], out: &mut [u8], stride: usize) -> bool {
        let mut values = self.scaled::<8>(coefficients);
        columns(&mut values);
        let mut values = transposed(&values);
        columns(&mut values);
        let mut beyond = 0.0;
        for (y, values) in transposed(&values).into_iter().enumerate() {
            out[y * stride..][..8].copy_from_slice(&samples(values));
            let over = values.map(|value| ((value + 0.5).abs() - 127.5 - MAX_OVERSHOOT).max(0.0));
            beyond += over.iter().map(|over| over * over).sum::<f32>();
        }
        beyond <= self.max_beyond
    }

    #[inline]
    fn reduced<const N: usize>(&self, coefficients: &[i16], out: &mut [u8], stride: usize, cosines: &[[f32; N]; N]) {
        let values = self.scaled::<N>(coefficients);
        // Each column, as a sum of rows; then each row, as a sum of the table's.
        let down: [[f32; N]; N] = std::array::from_fn(|y| sum(&values, std::array::from_fn(|v| cosines[v][y])));
        for (y, values) in down.into_iter().enumerate() {
            out[y * stride..][..N].copy_from_slice(&samples(sum(cosines, values)));
        }
    }

    /// The lowest frequencies, times their steps and scales.
    #[inline]
    fn scaled<const N: usize>(&self, coefficients: &[i16]) -> [[f32; N]; N] {
        let rows = coefficients.as_chunks::<N>().0;
        let mut values = [[0.0; N]; N];
        for ((row, from), scale) in values.iter_mut().zip(rows).zip(self.scale.as_chunks::<8>().0) {
            for at in 0..N {
                row[at] = f32::from(from[at]) * scale[at];
            }
        }
        values
    }
}

/// The sum of rows, each times a factor.
#[inline]
fn sum<const N: usize>(rows: &[[f32; N]; N], factors: [f32; N]) -> [f32; N] {
    let mut sum = [0.0; N];
    for (row, factor) in rows.iter().zip(factors) {
        for at in 0..N {
            sum[at] += row[at] * factor;
        }
    }
    sum
}

/// For each of four frequencies, its cosine at each of four samples.
const FOUR: [[f32; 4]; 4] = {
    // Of an eighth of half a turn, a quarter and three eighths.
    let (a, b, c) = (0.923_879_5, FRAC_1_SQRT_2, 0.382_683_43);
    [[1.0; 4], [a, c, -c, -a], [b, -b, -b, b], [c, -a, a, -c]]
};

/// The same for two.
const TWO: [[f32; 2]; 2] = [[1.0; 2], [FRAC_1_SQRT_2, -FRAC_1_SQRT_2]];

/// Rounded and limited to 0..=255, around 128.
fn samples<const N: usize>(values: [f32; N]) -> [u8; N] {
    // In this range a float's lowest bits are the rounded number; the conversion by `as` checks for more and is slow.
    const ROUND: f32 = 12_582_912.0;
    values.map(|value| {
        let value = value + 128.0;
        let value = if value > 0.0 { value } else { 0.0 };
        let value = if value < 255.0 { value } else { 255.0 };
        (value + ROUND).to_bits() as u8
    })
}

fn transposed(values: &[[f32; 8]; 8]) -> [[f32; 8]; 8] {
    std::array::from_fn(|row| std::array::from_fn(|column| values[column][row]))
}

/// The inverse transform of each column, by Arai, Agui and Nakajima: five multiplications for eight samples.
#[expect(clippy::needless_range_loop, reason = "a column is not a slice")]
fn columns(v: &mut [[f32; 8]; 8]) {
    for at in 0..8 {
        let [a0, a1, a2, a3] = [v[0][at], v[2][at], v[4][at], v[6][at]];
        let (sum, difference) = (a0 + a2, a0 - a2);
        let both = a1 + a3;
        let middle = (a1 - a3) * SQRT_2 - both;
        let (e0, e3, e1, e2) = (sum + both, sum - both, difference + middle, difference - middle);

        let [b0, b1, b2, b3] = [v[1][at], v[3][at], v[5][at], v[7][at]];
        let (z13, z10, z11, z12) = (b2 + b1, b2 - b1, b0 + b3, b0 - b3);
        let o7 = z11 + z13;
        let z5 = (z10 + z12) * 1.847_759_1;
        let o6 = z5 - z10 * 2.613_126 - o7;
        let o5 = (z11 - z13) * SQRT_2 - o6;
        let o4 = z5 - z12 * 1.082_392_2 - o5;

        v[0][at] = e0 + o7;
        v[7][at] = e0 - o7;
        v[1][at] = e1 + o6;
        v[6][at] = e1 - o6;
        v[2][at] = e2 + o5;
        v[5][at] = e2 - o5;
        v[3][at] = e3 + o4;
        v[4][at] = e3 - o4;
    }
}
