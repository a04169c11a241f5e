//! Numbers that are the same for the same seed on every machine and with every version of every crate.

/// SplitMix64 (Steele, Lea, Flood 2014): ten lines that never change, which no random crate promises.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// From 0 up to, not including, 1.
    pub(crate) fn unit(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1_u64 << 24) as f32
    }

    /// From `low` up to, not including, `high`.
    pub(crate) fn between(&mut self, low: f32, high: f32) -> f32 {
        low + self.unit() * (high - low)
    }

    /// From 0 up to, not including, `count`.
    pub(crate) fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.below(choices.len() as u64) as usize]
    }
}

fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// 64 bits that belong to a place.
pub(super) fn hash(x: i32, y: i32, seed: u64) -> u64 {
    mix(seed ^ (x as u32 as u64) << 32 ^ u64::from(y as u32))
}

/// Smooth noise from 0 to 1 with features about one unit wide.
fn value_noise(x: f32, y: f32, seed: u64) -> f32 {
    let (left, top) = (x.floor(), y.floor());
    let smooth = |t: f32| t * t * (3.0 - 2.0 * t);
    let (across, down) = (smooth(x - left), smooth(y - top));
    let corner = |dx: i32, dy: i32| (hash(left as i32 + dx, top as i32 + dy, seed) >> 40) as f32 / 16_777_216.0;
    let above = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * across;
    let below = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * across;
    above + (below - above) * down
}

/// Noise with detail at several scales, from 0 to 1.
pub(super) fn clouds(x: f32, y: f32, octaves: u32, seed: u64) -> f32 {
    let (mut sum, mut weight, mut total, mut scale) = (0.0, 0.5, 0.0, 1.0);
    for octave in 0..octaves {
        sum += weight * value_noise(x * scale, y * scale, seed.wrapping_add(u64::from(octave)));
        total += weight;
        weight *= 0.5;
        scale *= 2.0;
    }
    sum / total
}
