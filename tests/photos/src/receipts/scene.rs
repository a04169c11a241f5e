//! A receipt on a table, as a phone held over it sees it.

use super::paper::Paper;
use super::random::{Random, clouds, hash};
use super::table::{Colour, Surface, Texture};

/// Everything that decides about a pixel.
pub(super) struct Scene {
    paper: Paper,
    table: Texture,
    /// From the photo's pixels to the paper's.
    to_paper: Homography,
    cup: Option<Cup>,
    light: Light,
    size: (f32, f32),
    /// How far the paper is bent sideways, and how deep its fold is.
    bend: f32,
    fold: Option<f32>,
    noise: f32,
    seed: u64,
}

struct Light {
    direction: (f32, f32),
    falloff: f32,
    warmth: Colour,
    /// Where the hand that holds the phone throws its shadow.
    shadow: (f32, f32, f32, f32),
}

struct Cup {
    x: f32,
    y: f32,
    radius: f32,
}

/// How wide the paper is in a photo of this size, in pixels, given height divided by width of the paper.
pub(super) fn paper_width(size: (u32, u32), proportion: f32) -> usize {
    let (width, height) = (size.0 as f32, size.1 as f32);
    (0.68 * width).min(0.86 * height / proportion) as usize
}

impl Scene {
    pub(super) fn new(
        paper: Paper,
        size: (u32, u32),
        surface: Surface,
        with_cup: bool,
        noise: f32,
        random: &mut Random,
    ) -> Self {
        let (width, height) = (size.0 as f32, size.1 as f32);
        let to_paper = Homography::between(lie_down(&paper, (width, height), random), &paper);
        let angle = random.between(0.0, std::f32::consts::TAU);
        let light = Light {
            direction: (angle.cos(), angle.sin()),
            falloff: random.between(0.08, 0.22),
            warmth: [1.0, random.between(0.955, 0.985), random.between(0.87, 0.95)],
            shadow: (
                random.between(-0.1, 1.1),
                random.between(0.9, 1.2),
                random.between(0.3, 0.5),
                random.between(0.08, 0.22),
            ),
        };
        // In a corner, where it leaves the receipt alone.
        let cup = with_cup.then(|| Cup {
            x: width * if random.below(2) == 0 { 0.03 } else { 0.97 },
            y: height * random.between(0.05, 0.16),
            radius: width.min(height) * random.between(0.2, 0.24),
        });
        Self {
            bend: paper.width as f32 * random.between(-0.02, 0.02),
            fold: (random.below(3) == 0).then(|| paper.height as f32 * random.between(0.4, 0.6)),
            table: Texture::of(surface, size, random),
            seed: random.next(),
            paper,
            to_paper,
            cup,
            light,
            size: (width, height),
            noise,
        }
    }

    /// Fills one row of the photo, three bytes a pixel.
    pub(super) fn row(&self, y: usize, row: &mut [u8]) {
        let (width, height) = self.size;
        let v = y as f32;
        for (x, pixel) in row.chunks_exact_mut(3).enumerate() {
            let u = x as f32;
            let colour = self.surface_at(u, v);
            let light = self.light.at(u / width, v / height);
            let noise = hash(x as i32, y as i32, self.seed);
            // The sum of two bytes is a rough bell; brightness carries most of a sensor's noise, colour some.
            let bell = |shift: u32| ((noise >> shift & 0xFF) + (noise >> (shift + 8) & 0xFF)) as f32 / 255.0 - 1.0;
            let grain = bell(0) * self.noise;
            for channel in 0..3 {
                let tint = bell(16 + 16 * channel as u32) * self.noise * 0.4;
                let value = colour[channel] * light * self.light.warmth[channel] + grain + tint;
                pixel[channel] = value.clamp(0.0, 255.0) as u8;
            }
        }
    }

    fn surface_at(&self, x: f32, y: f32) -> Colour {
        let (px, py) = self.to_paper.apply(x, y);
        let (width, height) = (self.paper.width as f32, self.paper.height as f32);
        let px = px + self.bend * (py / height * std::f32::consts::PI).sin();
        // Torn off against a saw blade, above and below.
        let tooth = width / 60.0;
        let saw = ((px / tooth).fract() - 0.5).abs() * tooth * 0.5;
        let inside = px.min(width - px).min(py - saw).min(height - saw - py);
        let coverage = (inside + 0.5).clamp(0.0, 1.0);
        if coverage == 0.0 {
            let reach = width * 0.035;
            // Light from above left: the paper's shadow falls a little to the right and below.
            let outside = (-(px - reach * 0.3))
                .max(px - reach * 0.3 - width)
                .max(-(py - reach * 0.4))
                .max(py - reach * 0.4 - height);
            let shade = 1.0 - 0.55 * (1.0 - (outside / reach).clamp(0.0, 1.0)).powi(2);
            return self.table_at(x, y).map(|c| c * shade);
        }
        let paper = self.paper_at(px, py);
        if coverage == 1.0 {
            return paper;
        }
        let table = self.table_at(x, y);
        std::array::from_fn(|i| table[i] * 0.6 * (1.0 - coverage) + paper[i] * coverage)
    }

    fn paper_at(&self, x: f32, y: f32) -> Colour {
        let (width, height) = (self.paper.width as f32, self.paper.height as f32);
        // Thermal paper rolls up: its sides catch less light than its middle.
        let across = (x / width - 0.5) * 2.0;
        let mut shade = 1.0 - 0.07 * across * across - 0.03 * (y / height);
        if let Some(fold) = self.fold {
            let distance = (y - fold) / (width * 0.02);
            shade += 0.06 * (-distance * distance).exp() - if distance > 0.0 { 0.035 } else { 0.0 };
        }
        // It was in a pocket: broad dents, and fine fibres.
        let (broad, fine) = (x / width, y / width);
        shade += 0.10 * (clouds(broad * 2.2, fine * 2.2, 2, self.seed) - 0.5);
        shade += 0.03 * (clouds(broad * 90.0, fine * 90.0, 2, self.seed ^ 1) - 0.5);
        let ink = self.paper.ink_at(x, y) * 0.86;
        let white = [243.0, 241.0, 236.0];
        let black = [38.0, 38.0, 46.0];
        std::array::from_fn(|i| (white[i] * (1.0 - ink) + black[i] * ink) * shade)
    }

    fn table_at(&self, x: f32, y: f32) -> Colour {
        let table = self.table.at(x / self.size.0, y / self.size.1);
        match &self.cup {
            Some(cup) => cup.over(table, x, y),
            None => table,
        }
    }
}

impl Light {
    fn at(&self, x: f32, y: f32) -> f32 {
        let along = (x - 0.5) * self.direction.0 + (y - 0.5) * self.direction.1;
        let off_centre = (x - 0.5).powi(2) + (y - 0.5).powi(2);
        let (shadow_x, shadow_y, radius, depth) = self.shadow;
        let near = ((x - shadow_x).powi(2) + (y - shadow_y).powi(2)) / (radius * radius);
        (1.0 + self.falloff * along - 0.22 * off_centre) * (1.0 - depth * (1.0 - near).max(0.0))
    }
}

impl Cup {
    /// A coffee on its saucer, from above.
    fn over(&self, table: Colour, x: f32, y: f32) -> Colour {
        let (dx, dy) = ((x - self.x) / self.radius, (y - self.y) / self.radius);
        let distance = dx.hypot(dy);
        if distance > 1.3 {
            return table;
        }
        // Rims catch the light on the side it comes from.
        let lit = (-(dx + dy) / distance.max(0.01) * 0.5 + 0.5) * 12.0;
        let china = |base: f32| [base + lit, base + lit - 2.0, base + lit - 6.0];
        let edge = |radius: f32| ((radius - distance) * self.radius + 0.5).clamp(0.0, 1.0);
        let mix = |below: Colour, above: Colour, amount: f32| -> Colour {
            std::array::from_fn(|i| below[i] + (above[i] - below[i]) * amount)
        };
        let shadow = 1.0 - 0.5 * (1.0 - ((dx - 0.05).hypot(dy - 0.06) - 0.95).max(0.0) / 0.14).clamp(0.0, 1.0);
        let mut colour = table.map(|c| c * shadow);
        colour = mix(colour, china(205.0 + 14.0 * ((distance - 0.62) * 3.0).clamp(0.0, 1.0)), edge(1.0));
        let under = 1.0 - 0.35 * (1.0 - ((dx - 0.03).hypot(dy - 0.04) - 0.58).max(0.0) / 0.12).clamp(0.0, 1.0);
        colour = mix(colour, colour.map(|c| c * under), edge(0.99));
        colour = mix(colour, china(222.0), edge(0.6));
        colour = mix(colour, china(178.0), edge(0.545));
        let foam = clouds(dx * 5.0 + 9.0, dy * 5.0 + 9.0, 3, self.radius as u64);
        let milk = ((foam - 0.45) * 2.2 * (1.1 - distance * 1.9)).clamp(0.0, 0.7);
        mix(colour, mix([104.0, 64.0, 36.0], [214.0, 178.0, 138.0], milk), edge(0.51))
    }
}

/// Where the paper's corners lie in the photo: above left, above right, below right, below left.
fn lie_down(paper: &Paper, (width, height): (f32, f32), random: &mut Random) -> [(f32, f32); 4] {
    let (half_width, half_height) = (paper.width as f32 / 2.0, paper.height as f32 / 2.0);
    let turn = random.between(-0.04, 0.04);
    let (sin, cos) = turn.sin_cos();
    // The phone is tilted: what is farther away is smaller.
    let (far, lean) = (random.between(0.0, 0.055), random.between(-0.02, 0.02));
    let middle_x = width / 2.0 + random.between(-0.3, 0.3) * (width / 2.0 - half_width * 1.12).max(0.0);
    let middle_y = height / 2.0 + random.between(-0.3, 0.3) * (height / 2.0 - half_height * 1.06).max(0.0);
    [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(across, down): (f32, f32)| {
        let narrower = 1.0 + far * down;
        let x = across * half_width * narrower;
        let y = down * half_height * (1.0 + lean * across);
        (middle_x + x * cos - y * sin, middle_y + x * sin + y * cos)
    })
}

/// A projective map of the plane, its last coefficient being 1.
struct Homography([f32; 8]);

impl Homography {
    /// The map that takes the four corners in the photo to those of the paper.
    fn between(corners: [(f32, f32); 4], paper: &Paper) -> Self {
        let (width, height) = (paper.width as f64, paper.height as f64);
        let targets = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)];
        // Two equations for each corner, in eight unknowns, solved by elimination.
        let mut rows: Vec<[f64; 9]> = Vec::new();
        for ((x, y), (u, v)) in corners.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).zip(targets) {
            rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y, u]);
            rows.push([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y, v]);
        }
        for column in 0..8 {
            let pivot = (column..8).max_by(|&a, &b| rows[a][column].abs().total_cmp(&rows[b][column].abs()));
            rows.swap(column, pivot.unwrap_or(column));
            let pivot = rows[column].map(|value| value / rows[column][column]);
            rows[column] = pivot;
            for (at, row) in rows.iter_mut().enumerate() {
                if at != column {
                    let factor = row[column];
                    *row = std::array::from_fn(|i| row[i] - factor * pivot[i]);
                }
            }
        }
        Self(std::array::from_fn(|i| rows[i][8] as f32))
    }

    fn apply(&self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f, g, h] = self.0;
        let scale = 1.0 / (g * x + h * y + 1.0);
        ((a * x + b * y + c) * scale, (d * x + e * y + f) * scale)
    }
}
