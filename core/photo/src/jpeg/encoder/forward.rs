//! From samples to quantised frequencies (ITU-T T.81, annex A.3.3 and A.3.4).

use super::super::header::NATURAL;

/// What a frequency is too large by after the transform below.
const AAN: [f64; 8] =
    [1.0, 1.387_039_845, 1.306_562_965, 1.175_875_602, 1.0, 0.785_694_958, 0.541_196_100, 0.275_899_379];

/// Turns blocks of samples into coefficients.
pub(super) struct Forward {
    /// For each frequency, column by column: one by its quantisation step and its scale.
    factors: [[f32; 8]; 8],
}

/// A block's coefficients, in the order of storage.
pub(super) struct Coefficients {
    pub values: [i16; 64],
    /// A bit for each that is not zero, the first one lowest.
    pub nonzero: u64,
}

impl Forward {
    /// `steps` are the quantisation table in natural order.
    pub(super) fn new(steps: &[u8; 64]) -> Self {
        let factor = |u: usize, v: usize| (1.0 / (f64::from(steps[v * 8 + u]) * AAN[u] * AAN[v] * 8.0)) as f32;
        Self { factors: std::array::from_fn(|u| std::array::from_fn(|v| factor(u, v))) }
    }

    #[inline]
    pub(super) fn block(&self, samples: &[[u8; 8]; 8]) -> Coefficients {
        let mut values = samples.map(|row| row.map(f32::from));
        columns(&mut values);
        let mut values = transposed(&values);
        columns(&mut values);
        // Samples are stored around 128 (A.3.1): only their mean is touched by that.
        values[0][0] -= 128.0 * 64.0;
        // Column by column now, which the table below knows.
        let mut quantised = [[0_i16; 8]; 8];
        for ((quantised, values), factors) in quantised.iter_mut().zip(&values).zip(&self.factors) {
            for at in 0..8 {
                // In this range a float's lowest bits are the rounded number.
                const ROUND: f32 = 12_582_912.0;
                quantised[at] = (values[at] * factors[at] + ROUND).to_bits() as i16;
            }
        }
        let quantised = quantised.as_flattened();
        let values = TURNED.map(|at| quantised[usize::from(at)]);
        Coefficients { values, nonzero: nonzero(&values) }
    }
}

/// Eight at a time: each byte is 0 or 1, and a multiplication moves their bits side by side.
fn nonzero(values: &[i16; 64]) -> u64 {
    let bytes = values.map(|value| u8::from(value != 0));
    let eights = bytes.as_chunks::<8>().0.iter();
    eights.rev().fold(0, |bits, &eight| bits << 8 | u64::from_le_bytes(eight).wrapping_mul(0x0102_0408_1020_4080) >> 56)
}

/// For each coefficient in the order of storage, its place column by column.
const TURNED: [u8; 64] = {
    let mut turned = [0; 64];
    let mut at = 0;
    while at < 64 {
        turned[at] = NATURAL[at] % 8 * 8 + NATURAL[at] / 8;
        at += 1;
    }
    turned
};

fn transposed(values: &[[f32; 8]; 8]) -> [[f32; 8]; 8] {
    std::array::from_fn(|row| std::array::from_fn(|column| values[column][row]))
}

/// The transform of each column, by Arai, Agui and Nakajima.
#[inline]
#[expect(clippy::needless_range_loop, reason = "a column is not a slice")]
fn columns(v: &mut [[f32; 8]; 8]) {
    for at in 0..8 {
        let (s0, d0) = (v[0][at] + v[7][at], v[0][at] - v[7][at]);
        let (s1, d1) = (v[1][at] + v[6][at], v[1][at] - v[6][at]);
        let (s2, d2) = (v[2][at] + v[5][at], v[2][at] - v[5][at]);
        let (s3, d3) = (v[3][at] + v[4][at], v[3][at] - v[4][at]);

        let (outer, inner) = (s0 + s3, s1 + s2);
        let (far, near) = (s0 - s3, s1 - s2);
        let turned = (near + far) * std::f32::consts::FRAC_1_SQRT_2;
        v[0][at] = outer + inner;
        v[4][at] = outer - inner;
        v[2][at] = far + turned;
        v[6][at] = far - turned;

        let (a, b, c) = (d3 + d2, d2 + d1, d1 + d0);
        let both = (a - c) * 0.382_683_43;
        let (low, high) = (a * 0.541_196_1 + both, c * 1.306_563 + both);
        let middle = b * std::f32::consts::FRAC_1_SQRT_2;
        let (plus, minus) = (d0 + middle, d0 - middle);
        v[5][at] = minus + low;
        v[3][at] = minus - low;
        v[1][at] = plus + high;
        v[7][at] = plus - high;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::{FRAC_1_SQRT_2, PI};

    /// The definition (A.3.3), of one frequency.
    fn exact(samples: &[[u8; 8]; 8], u: usize, v: usize) -> f64 {
        let norm = |at: usize| if at == 0 { FRAC_1_SQRT_2 } else { 1.0 };
        let cosine = |x: usize, u: usize| ((2 * x + 1) as f64 * u as f64 * PI / 16.0).cos();
        let sum: f64 = (0..64)
            .map(|at| (at % 8, at / 8))
            .map(|(x, y)| (f64::from(samples[y][x]) - 128.0) * cosine(x, u) * cosine(y, v))
            .sum();
        sum * norm(u) * norm(v) / 4.0
    }

    #[test]
    fn coefficients_are_those_of_the_standard() {
        let noise = super::super::super::super::samples::noise(8, 8).into_raw();
        let flat = [[255; 8]; 8];
        let noisy = std::array::from_fn(|y| std::array::from_fn(|x| noise[3 * (y * 8 + x)]));
        let ramp = std::array::from_fn(|y| std::array::from_fn(|x| (x * 30 + y) as u8));
        for samples in [flat, noisy, ramp] {
            for step in [1_u8, 3, 16] {
                let coefficients = Forward::new(&[step; 64]).block(&samples);
                let nonzero = |(at, &value): (usize, &i16)| u64::from(value != 0) << at;
                assert_eq!(coefficients.nonzero, coefficients.values.iter().enumerate().map(nonzero).sum::<u64>());
                for (at, &natural) in NATURAL.iter().enumerate() {
                    let (u, v) = (usize::from(natural) % 8, usize::from(natural) / 8);
                    let expected = exact(&samples, u, v) / f64::from(step);
                    assert!((f64::from(coefficients.values[at]) - expected).abs() < 0.51, "{u} {v}: {expected}");
                }
            }
        }
    }
}
