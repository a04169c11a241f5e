//! The picture that tesseract is given, and the words that it finds on it.

use image::imageops::FilterType;
use image::{DynamicImage, GrayImage, Luma};

/// The longer side of the picture given to tesseract: small print is read best at some thirty pixels' height.
const LONG_SIDE: u32 = 3072;
/// Enlarging a thumbnail further does not make it legible.
const MAX_ENLARGEMENT: u32 = 3;
/// Of 100. Words below this confidence are folds and wood grain.
const MIN_CONFIDENCE: f32 = 30.0;
/// Of 100. Words below this confidence are stains too if they are far taller than the other words, or one or two letters.
const MIN_CONFIDENCE_OF_ODD_WORDS: f32 = 60.0;
/// How much taller than the median word: a heading is up to two and a half times as tall.
const FAR_TALLER: f32 = 3.0;

/// What tesseract read, line by line.
#[derive(Debug, Default)]
pub(crate) struct Page {
    lines: Vec<Vec<Word>>,
}

/// A word and its place, in pixels from the picture's upper left corner.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    /// 0 to 100.
    pub(super) confidence: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    pub(super) height: f32,
}

/// The photo in grey, at the size that tesseract reads best.
pub(crate) fn legible(photo: DynamicImage) -> GrayImage {
    let long = photo.width().max(photo.height()).max(1);
    let target = LONG_SIDE.min(long.saturating_mul(MAX_ENLARGEMENT));
    // Grey first: there is a third as much to resize.
    DynamicImage::ImageLuma8(photo.into_luma8()).resize(target, target, FilterType::CatmullRom).into_luma8()
}

/// The picture at half its size.
pub(crate) fn half(picture: &GrayImage) -> GrayImage {
    image::imageops::resize(picture, (picture.width() / 2).max(1), (picture.height() / 2).max(1), FilterType::Triangle)
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
        let words: Vec<(LineNumber<'_>, Word)> = table.lines().filter_map(word).collect();
        let mut heights: Vec<f32> = words.iter().map(|(_, word)| word.height).collect();
        heights.sort_by(f32::total_cmp);
        let median = heights.get(heights.len() / 2).copied().unwrap_or_default();
        let mut page = Self::default();
        let mut current = None;
        for (line, word) in words {
            let stain = word.height > FAR_TALLER * median || word.text.chars().count() <= 2;
            if word.confidence < MIN_CONFIDENCE_OF_ODD_WORDS && stain {
                continue;
            }
            if current != Some(line) {
                current = Some(line);
                page.lines.push(Vec::new());
            }
            if let Some(line) = page.lines.last_mut() {
                line.push(word);
            }
        }
        page
    }

    /// How far lines fall towards the right, as a share of their width: the median over the lines.
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

    /// The words of each line.
    pub(super) fn lines(&self) -> &[Vec<Word>] {
        &self.lines
    }

    /// The same words where they are after [`straighten`] of a picture of this width.
    pub(super) fn straightened(mut self, slant: f32, width: u32) -> Self {
        let middle = width as f32 / 2.0;
        for word in self.lines.iter_mut().flatten() {
            word.bottom -= slant * ((word.left + word.right) / 2.0 - middle);
        }
        self
    }

    /// The same words where they are in the picture of which this was [`half`].
    pub(super) fn doubled(mut self) -> Self {
        for word in self.lines.iter_mut().flatten() {
            for length in [&mut word.left, &mut word.right, &mut word.bottom, &mut word.height] {
                *length *= 2.0;
            }
        }
        self
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

    /// How tall the tallest word of a line is.
    pub(crate) fn height(&self, line: usize) -> f32 {
        self.lines.get(line).into_iter().flatten().map(|word| word.height).fold(0.0, f32::max)
    }
}

/// Block, paragraph, line.
type LineNumber<'a> = [&'a str; 3];

fn word(row: &str) -> Option<(LineNumber<'_>, Word)> {
    let cells: Vec<&str> = row.split('\t').collect();
    let ["5", _, block, paragraph, line, _, left, top, width, height, confidence, text] = cells[..] else {
        return None;
    };
    let number = |cell: &str| cell.parse::<f32>().unwrap_or_default();
    let (text, confidence, height) = (text.trim().to_owned(), number(confidence), number(height));
    let (left, bottom) = (number(left), number(top) + height);
    let word = Word { text, confidence, left, right: left + number(width), bottom, height };
    (confidence >= MIN_CONFIDENCE && !word.text.is_empty()).then_some(([block, paragraph, line], word))
}
