//! What the receipt lies on.

use super::random::{Random, clouds};

/// Red, green and blue, from 0 to 255.
pub(super) type Colour = [f32; 3];

/// What the paper lies on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Surface {
    /// Dark planks.
    Wood,
    /// A stone table.
    Slate,
    /// A blue cloth.
    Cloth,
}

impl Surface {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Wood, Self::Slate, Self::Cloth];
}

/// The table, drawn once at a size where drawing is cheap: it lies a little out of focus anyway.
pub(super) struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Colour>,
}

impl Texture {
    const LONGER_EDGE: f32 = 1400.0;

    pub(super) fn of(surface: Surface, (width, height): (u32, u32), random: &mut Random) -> Self {
        let scale = Self::LONGER_EDGE / width.max(height) as f32;
        let (columns, rows) = ((width as f32 * scale) as usize, (height as f32 * scale) as usize);
        let seed = random.next();
        let pixels = (0..columns * rows)
            .map(|at| surface.colour((at % columns) as f32 / 1300.0, (at / columns) as f32 / 1300.0, seed))
            .collect();
        Self { width: columns, height: rows, pixels }
    }

    /// The colour at a place that runs from 0 to 1 both ways.
    pub(super) fn at(&self, x: f32, y: f32) -> Colour {
        let x = (x * self.width as f32).clamp(0.0, self.width as f32 - 1.001);
        let y = (y * self.height as f32).clamp(0.0, self.height as f32 - 1.001);
        let (left, top) = (x as usize, y as usize);
        let (across, down) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let [a, b] = [self.pixels[at], self.pixels[at + 1]];
        let [c, d] = [self.pixels[at + self.width], self.pixels[at + self.width + 1]];
        std::array::from_fn(|i| {
            let above = a[i] + (b[i] - a[i]) * across;
            above + (c[i] + (d[i] - c[i]) * across - above) * down
        })
    }
}

impl Surface {
    /// The colour at a place in units of about a metre.
    fn colour(self, x: f32, y: f32, seed: u64) -> Colour {
        let tone = |base: Colour, factor: f32| base.map(|c| c * factor);
        match self {
            Self::Wood => {
                let plank = x / 0.27;
                let own = seed.wrapping_add(plank as u64);
                let grain = clouds(x * 60.0, y * 3.0, 4, own);
                let rings = (clouds(x * 9.0, y * 0.8, 3, own) * 40.0).sin() * 0.5 + 0.5;
                let gap = (plank.fract().min(1.0 - plank.fract()) * 60.0).clamp(0.0, 1.0);
                let plank_tone = 0.85 + 0.3 * clouds(plank.floor() * 7.7, 0.5, 1, seed);
                tone([112.0, 76.0, 48.0], (0.55 + 0.4 * grain + 0.14 * rings) * plank_tone * (0.35 + 0.65 * gap))
            }
            Self::Slate => {
                let veins = 1.0 - (clouds(x * 4.0, y * 4.0, 5, seed) - 0.5).abs() * 2.0;
                tone([84.0, 88.0, 96.0], 0.5 + 0.5 * clouds(x * 45.0, y * 45.0, 5, seed) + 0.12 * veins.powi(6))
            }
            Self::Cloth => {
                let weave = (x * 900.0).sin() * (y * 900.0).sin();
                let creases = clouds(x * 3.0 + y, y * 2.0 - x, 3, seed);
                tone([52.0, 66.0, 104.0], 0.7 + 0.07 * weave + 0.5 * creases)
            }
        }
    }
}
