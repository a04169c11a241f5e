//! From a display's or a camera's colours to sRGB, which is what a file without a profile means.
//!
//! Phones store Display P3, cameras at times Adobe RGB: with the profile dropped and the numbers kept, red would look paler.
//! Profiles that say it with three primaries and three curves (ICC.1:2022, 8.4.3: all that phones write) are applied.
//! One that works by tables, as printers' do, is not: its picture keeps its numbers.

/// Red, green and blue of sRGB in the profile connection space (`D50`), one a column, inverted.
const FROM_D50: [[f32; 3]; 3] =
    [[3.134_136, -1.617_386, -0.490_662], [-0.978_795, 1.916_254, 0.033_443], [0.071_955, -0.228_977, 1.405_386]];

/// Linear light in so many steps to sRGB's numbers.
const STEPS: usize = 4096;

/// How to turn a profile's numbers into sRGB's.
pub(super) struct Conversion {
    /// For each channel: the linear light of each number.
    linear: [Box<[f32; 256]>; 3],
    matrix: [[f32; 3]; 3],
    encoded: Vec<u8>,
}

impl Conversion {
    /// What this profile asks for; `None` if it is sRGB, or of a kind that is not applied.
    pub(super) fn to_srgb(profile: &[u8]) -> Option<Self> {
        if profile.get(16..24)? != b"RGB XYZ " {
            return None;
        }
        let [red, green, blue] = [primary(profile, b"rXYZ")?, primary(profile, b"gXYZ")?, primary(profile, b"bXYZ")?];
        let linear = [curve(profile, b"rTRC")?, curve(profile, b"gTRC")?, curve(profile, b"bTRC")?];
        let matrix = FROM_D50.map(|row| [red, green, blue].map(|primary| (0..3).map(|at| row[at] * primary[at]).sum()));
        let encoded = (0..=STEPS).map(|step| (encode(step as f32 / STEPS as f32) * 255.0 + 0.5) as u8).collect();
        let conversion = Self { linear, matrix, encoded };
        // sRGB in one of its many versions: a level or two of rounding would be all that changes.
        const SAMPLES: [u8; 4] = [0, 90, 170, 255];
        let changes = SAMPLES.into_iter().any(|red| {
            SAMPLES.into_iter().any(|green| {
                SAMPLES.into_iter().any(|blue| {
                    let pixel = [red, green, blue];
                    conversion.convert(pixel).iter().zip(pixel).any(|(new, old)| new.abs_diff(old) > 3)
                })
            })
        });
        changes.then_some(conversion)
    }

    fn convert(&self, pixel: [u8; 3]) -> [u8; 3] {
        let light: [f32; 3] = std::array::from_fn(|at| self.linear[at][usize::from(pixel[at])]);
        self.matrix.map(|row| {
            let light = row[0] * light[0] + row[1] * light[1] + row[2] * light[2];
            self.encoded[(light.clamp(0.0, 1.0) * STEPS as f32 + 0.5) as usize]
        })
    }

    /// Converts pixels of `channels` bytes, red, green and blue first.
    pub(super) fn apply(&self, data: &mut [u8], channels: usize) {
        for pixel in data.chunks_exact_mut(channels) {
            if let Some(colour) = pixel.first_chunk_mut::<3>() {
                *colour = self.convert(*colour);
            }
        }
    }
}

/// sRGB's number, 0 to 1, for linear light (IEC 61966-2-1).
fn encode(light: f32) -> f32 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}

/// The data of a tag.
fn tag<'a>(profile: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let count = be32(profile, 128)?.min(100) as usize;
    let entry = (0..count).map(|entry| 132 + 12 * entry).find(|&at| profile.get(at..at + 4) == Some(name))?;
    let (start, length) = (be32(profile, entry + 4)? as usize, be32(profile, entry + 8)? as usize);
    profile.get(start..start.checked_add(length)?)
}

/// An XYZ number (ICC.1:2022, 10.31).
fn primary(profile: &[u8], name: &[u8; 4]) -> Option<[f32; 3]> {
    let data = tag(profile, name).filter(|data| data.starts_with(b"XYZ "))?;
    Some([fixed(data, 8)?, fixed(data, 12)?, fixed(data, 16)?])
}

/// A tone curve (10.6, 10.18) at each of 256 numbers.
fn curve(profile: &[u8], name: &[u8; 4]) -> Option<Box<[f32; 256]>> {
    let data = tag(profile, name)?;
    let light: Box<dyn Fn(f32) -> f32> = match data.get(..4)? {
        b"curv" => match be32(data, 8)? as usize {
            0 => Box::new(|number| number),
            1 => {
                let gamma = f32::from(be16(data, 12)?) / 256.0;
                Box::new(move |number| number.powf(gamma))
            }
            count => {
                let points: Vec<f32> = data
                    .get(12..12 + count.checked_mul(2)?)?
                    .as_chunks::<2>()
                    .0
                    .iter()
                    .map(|&point| f32::from(u16::from_be_bytes(point)) / 65535.0)
                    .collect();
                Box::new(move |number| {
                    let at = number * (points.len() - 1) as f32;
                    let (below, part) = (at as usize, at.fract());
                    points[below] + (points[(below + 1).min(points.len() - 1)] - points[below]) * part
                })
            }
        },
        b"para" => {
            let kind = be16(data, 8)?;
            let count = *[1, 3, 4, 5, 7].get(usize::from(kind))?;
            let mut p = [0.0; 7];
            for (at, parameter) in p.iter_mut().enumerate().take(count) {
                *parameter = fixed(data, 12 + 4 * at)?;
            }
            let [g, a, b, c, d, e, f] = p;
            match kind {
                0 => Box::new(move |x| x.powf(g)),
                1 => Box::new(move |x| if a * x + b >= 0.0 { (a * x + b).powf(g) } else { 0.0 }),
                2 => Box::new(move |x| if a * x + b >= 0.0 { (a * x + b).powf(g) + c } else { c }),
                3 => Box::new(move |x| if x >= d { (a * x + b).powf(g) } else { c * x }),
                _ => Box::new(move |x| if x >= d { (a * x + b).powf(g) + e } else { c * x + f }),
            }
        }
        _ => return None,
    };
    let mut linear = Box::new([0.0; 256]);
    for (number, value) in linear.iter_mut().enumerate() {
        *value = light(number as f32 / 255.0);
        if !value.is_finite() {
            return None;
        }
    }
    Some(linear)
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    super::probe::be16(bytes, at)
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    super::probe::be32(bytes, at)
}

/// A number with 16 bits behind the point.
fn fixed(bytes: &[u8], at: usize) -> Option<f32> {
    Some(be32(bytes, at)? as i32 as f32 / 65536.0)
}
