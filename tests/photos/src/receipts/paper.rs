//! Print on paper: lines of text become a strip of ink.

use ab_glyph::{Font, FontRef, Glyph, PxScale, ScaleFont, point};
use dejavu::{sans_condensed, sans_mono, serif};

use super::layout::{Face, Line, Printed};
use super::random::{Random, clouds};
use super::style::Layout;

/// A flat strip of paper, seen from straight above.
pub(super) struct Paper {
    pub width: usize,
    pub height: usize,
    /// Row by row, 0 for bare paper, 255 for full ink.
    pub ink: Vec<u8>,
}

/// How many fixed-width letters fit between the margins.
const COLUMNS: f32 = 36.0;
/// The bare strip at each side, as a part of the paper's width.
const MARGIN: f32 = 0.075;
/// From one line's top to the next one's, in letter heights.
const LEADING: f32 = 1.28;
/// Bare paper above and below the print, in letter heights.
const HEAD: f32 = 2.2;

/// Height divided by width, known before anything is drawn, so that the paper can be made to fill a photo.
pub(super) fn proportion(receipt: &dyn Printed) -> f32 {
    let body = body_size(1.0);
    (receipt.lines().iter().map(|line| height_of(line) * body).sum::<f32>()) + 2.0 * HEAD * body
}

/// The height of the body's letters on paper of the given width.
fn body_size(width: f32) -> f32 {
    // DejaVu Sans Mono is 0.602 of its size wide, and ab_glyph's height counts 1.164 of it.
    width * (1.0 - 2.0 * MARGIN) / COLUMNS / 0.602 * 1.164
}

fn height_of(line: &Line) -> f32 {
    match line {
        Line::Centre { size, .. } | Line::Row { size, .. } => size * LEADING,
        Line::Item { .. } => LEADING,
        Line::Dashes => 0.9,
        Line::Rule { .. } => 0.8,
        Line::Gap(size) => *size,
        Line::Barcode(_) => 3.4,
    }
}

/// Prints a receipt on paper `width` pixels wide.
pub(super) fn print(receipt: &dyn Printed, width: usize, random: &mut Random) -> Paper {
    let mut press = Press::new(receipt, width);
    for line in receipt.lines() {
        press.line(&line);
    }
    press.finish(random)
}

struct Press {
    paper: Paper,
    faces: [FontRef<'static>; 3],
    /// Where the zeros of each face come from.
    zeros: [FontRef<'static>; 3],
    body: f32,
    margin: f32,
    y: f32,
}

impl Press {
    fn new(receipt: &dyn Printed, width: usize) -> Self {
        let bytes = match receipt.layout() {
            Layout::Till => [sans_mono::regular(), sans_mono::bold(), sans_mono::bold()],
            Layout::Table => [sans_condensed::regular(), sans_condensed::bold(), sans_condensed::bold()],
            Layout::Shop => [serif::regular(), serif::bold(), serif::bold()],
        };
        // DejaVu's fixed-width zero has a dot inside. Printers of receipts have none, and readers take it for an 8 or a Q.
        let zeros = match receipt.layout() {
            Layout::Till => [sans_condensed::regular(), sans_condensed::bold(), sans_condensed::bold()],
            Layout::Table | Layout::Shop => bytes,
        };
        let open = |face: &'static [u8]| FontRef::try_from_slice(face).expect("the font crate ships valid fonts");
        let height = (width as f32 * proportion(receipt)).ceil() as usize;
        let body = body_size(width as f32);
        Self {
            paper: Paper { width, height, ink: vec![0; width * height] },
            faces: bytes.map(|bytes| receipt.font().cloned().unwrap_or_else(|| open(bytes))),
            zeros: zeros.map(|bytes| receipt.font().cloned().unwrap_or_else(|| open(bytes))),
            body,
            margin: MARGIN * width as f32,
            y: HEAD * body,
        }
    }

    fn line(&mut self, line: &Line) {
        let left = self.margin;
        let right = self.paper.width as f32 - self.margin;
        match line {
            Line::Centre { text, size, face } => {
                // A long name is set smaller rather than cut.
                let size = size.min(size * (right - left) / self.width_of(text, *size, *face));
                self.text(text, (left + right - self.width_of(text, size, *face)) / 2.0, size, *face);
            }
            Line::Row { left: text, right: price, size, face } => {
                self.text(text, left, *size, *face);
                self.text(price, right - self.width_of(price, *size, *face), *size, *face);
            }
            Line::Item { quantity, name, price } => {
                self.text(quantity, left, 1.0, Face::Body);
                self.text(name, left + self.body * 1.5, 1.0, Face::Body);
                self.text(price, right - self.width_of(price, 1.0, Face::Body), 1.0, Face::Body);
            }
            Line::Dashes => {
                let dash = self.body * 0.42;
                let mut x = left;
                while x < right - dash {
                    self.block(x, self.y + self.body * 0.42, dash * 0.62, self.body * 0.06);
                    x += dash;
                }
            }
            Line::Rule { thickness } => {
                self.block(left, self.y + self.body * 0.36, right - left, self.body * thickness);
            }
            Line::Gap(_) => {}
            Line::Barcode(number) => self.barcode(*number, left, right),
        }
        self.y += height_of(line) * self.body;
    }

    /// Each letter with the font that draws it, in a row that starts at 0, and the row's width.
    fn glyphs(&self, text: &str, size: f32, face: Face) -> (Vec<(Glyph, &FontRef<'static>)>, f32) {
        let scale = PxScale::from(size * self.body);
        let font = &self.faces[face as usize];
        let mut x = 0.0;
        let mut glyphs = Vec::new();
        for letter in text.chars() {
            let drawn_by = if letter == '0' { &self.zeros[face as usize] } else { font };
            let id = drawn_by.glyph_id(letter);
            let advance = font.as_scaled(scale).h_advance(font.glyph_id(letter));
            let inset = (advance - drawn_by.as_scaled(scale).h_advance(id)) / 2.0;
            let position = point(x + inset, font.as_scaled(scale).ascent());
            glyphs.push((id.with_scale_and_position(scale, position), drawn_by));
            x += advance;
        }
        (glyphs, x)
    }

    fn width_of(&self, text: &str, size: f32, face: Face) -> f32 {
        self.glyphs(text, size, face).1
    }

    fn text(&mut self, text: &str, x: f32, size: f32, face: Face) {
        let mut outlines = Vec::new();
        for (mut glyph, font) in self.glyphs(text, size, face).0 {
            glyph.position += point(x, self.y);
            outlines.extend(font.outline_glyph(glyph));
        }
        for outline in outlines {
            let corner = outline.px_bounds().min;
            outline.draw(|dx, dy, coverage| {
                self.paper.add(corner.x as i32 + dx as i32, corner.y as i32 + dy as i32, coverage);
            });
        }
    }

    fn block(&mut self, x: f32, y: f32, width: f32, height: f32) {
        for row in y.round() as i32..(y + height.max(1.0)).round() as i32 {
            for column in x.round() as i32..(x + width).round() as i32 {
                self.paper.add(column, row, 1.0);
            }
        }
    }

    fn barcode(&mut self, number: u64, left: f32, right: f32) {
        let mut random = Random::new(number);
        let unit = (right - left) / 130.0;
        let mut x = left + unit * 8.0;
        while x < right - unit * 10.0 {
            let bar = unit * random.pick(&[1.0, 1.0, 2.0, 3.0]);
            self.block(x, self.y, bar, self.body * 2.4);
            x += bar + unit * random.pick(&[1.0, 1.0, 2.0]);
        }
    }

    /// Ink as it comes out of a printer: paler in patches, and a little soft.
    fn finish(mut self, random: &mut Random) -> Paper {
        let seed = random.next();
        let fading = random.between(0.04, 0.16);
        let Paper { width, height, ink } = &mut self.paper;
        for y in 0..*height {
            let band = 1.0 - fading * clouds(0.0, y as f32 / self.body * 0.4, 2, seed);
            for sample in &mut ink[y * *width..(y + 1) * *width] {
                *sample = (f32::from(*sample) * band) as u8;
            }
        }
        // The lens: a fixed part of a letter's size, so that a small photo is not blurred more than a large one.
        for _ in 0..(self.body / 32.0).round() as u32 {
            self.paper.soften();
        }
        self.paper
    }
}

impl Paper {
    fn add(&mut self, x: i32, y: i32, coverage: f32) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x < self.width && y < self.height {
            let sample = &mut self.ink[y * self.width + x];
            *sample = sample.saturating_add((coverage * 255.0) as u8);
        }
    }

    /// Blurs by one pixel in both directions.
    fn soften(&mut self) {
        let blend = |a: u8, b: u8, c: u8| ((u16::from(a) + 2 * u16::from(b) + u16::from(c)) / 4) as u8;
        for row in self.ink.chunks_exact_mut(self.width) {
            let mut before = row[0];
            for x in 1..row.len() - 1 {
                let here = row[x];
                row[x] = blend(before, here, row[x + 1]);
                before = here;
            }
        }
        let mut above = self.ink[..self.width].to_vec();
        for y in 1..self.height - 1 {
            let (rows, below) = self.ink.split_at_mut((y + 1) * self.width);
            let row = &mut rows[y * self.width..];
            for x in 0..self.width {
                let here = row[x];
                row[x] = blend(above[x], here, below[x]);
                above[x] = here;
            }
        }
    }

    /// The ink at a place between pixels, from 0 to 1.
    pub(super) fn ink_at(&self, x: f32, y: f32) -> f32 {
        let (x, y) = (x.clamp(0.0, self.width as f32 - 1.001), y.clamp(0.0, self.height as f32 - 1.001));
        let (left, top) = (x as usize, y as usize);
        let (across, down) = (x - left as f32, y - top as f32);
        let at = top * self.width + left;
        let sample = |at: usize| f32::from(self.ink[at]);
        let above = sample(at) + (sample(at + 1) - sample(at)) * across;
        let below = sample(at + self.width) + (sample(at + self.width + 1) - sample(at + self.width)) * across;
        (above + (below - above) * down) / 255.0
    }
}
