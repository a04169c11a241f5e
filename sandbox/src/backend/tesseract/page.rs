//! The picture that tesseract is given, and the words that it finds on it.

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, Luma};

/// The longer side of the picture given to tesseract: small print is read best at some thirty pixels' height.
const LONG_SIDE: u32 = 3072;
/// A thumbnail does not become legible by blowing it up further.
const MOST_ENLARGED: u32 = 3;
/// Words that tesseract is less sure of, of 100, are stains and wood grain more often than words.
const SURE: f32 = 60.0;

/// What tesseract read, line by line.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) lines: Vec<Vec<Word>>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word {
    pub(crate) text: String,
    /// 0 to 100.
    confidence: f32,
    left: f32,
    bottom: f32,
}

/// The photo in grey, at the size that tesseract reads best.
pub(crate) fn legible(photo: DynamicImage) -> GrayImage {
    let long = photo.width().max(photo.height()).max(1);
    let target = LONG_SIDE.min(long.saturating_mul(MOST_ENLARGED));
    photo.resize(target, target, FilterType::CatmullRom).into_luma8()
}

/// Lifts or lowers each column, so that lines with this slant become level. For a few degrees it is as good as turning.
pub(crate) fn straighten(picture: &GrayImage, slant: f32) -> GrayImage {
    let (width, height) = picture.dimensions();
    let middle = width as f32 / 2.0;
    GrayImage::from_fn(width, height, |x, y| {
        let from = y as f32 + slant * (x as f32 - middle);
        let last = height.saturating_sub(1);
        let above = from.floor().clamp(0.0, last as f32);
        let (top, bottom) = (above as u32, (above as u32 + 1).min(last));
        let share = (from - above).clamp(0.0, 1.0);
        let value = |row: u32| f32::from(picture.get_pixel(x, row).0[0]);
        Luma([(value(top) * (1.0 - share) + value(bottom) * share).round() as u8])
    })
}

impl Page {
    /// Reads tesseract's table: one word a line, with its place and its confidence.
    pub(crate) fn parse(table: &str) -> Self {
        let mut page = Self::default();
        let mut current = ["", "", ""];
        for row in table.lines() {
            let cells: Vec<&str> = row.split('\t').collect();
            let [level, _, block, paragraph, line, _, left, top, _, height, confidence, text] = cells[..] else {
                continue;
            };
            let number = |cell: &str| cell.parse::<f32>().unwrap_or_default();
            if level != "5" || number(confidence) < SURE || text.trim().is_empty() {
                continue;
            }
            if current != [block, paragraph, line] || page.lines.is_empty() {
                current = [block, paragraph, line];
                page.lines.push(Vec::new());
            }
            if let Some(line) = page.lines.last_mut() {
                line.push(Word {
                    text: text.trim().to_owned(),
                    confidence: number(confidence),
                    left: number(left),
                    bottom: number(top) + number(height),
                });
            }
        }
        page
    }

    /// How far lines fall on their way to the right, as a share of that way: the median over the lines.
    pub(crate) fn slant(&self) -> f32 {
        let ends = self.lines.iter().filter_map(|line| line.first().zip(line.last()));
        let mut slants: Vec<f32> = ends
            // Between neighbours, a comma's or a g's tail would count for more than the slant.
            .filter(|(first, last)| last.left - first.left > LONG_SIDE as f32 / 10.0)
            .map(|(first, last)| (last.bottom - first.bottom) / (last.left - first.left))
            .collect();
        slants.sort_by(f32::total_cmp);
        slants.get(slants.len() / 2).copied().unwrap_or_default()
    }

    /// The mean confidence of all words, 0 to 1.
    pub(crate) fn confidence(&self) -> f32 {
        let words: Vec<f32> = self.lines.iter().flatten().map(|word| word.confidence / 100.0).collect();
        if words.is_empty() { 0.0 } else { words.iter().sum::<f32>() / words.len() as f32 }
    }

    /// Each line's text.
    pub(crate) fn texts(&self) -> Vec<String> {
        let text = |line: &Vec<Word>| line.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        self.lines.iter().map(text).collect()
    }
}
