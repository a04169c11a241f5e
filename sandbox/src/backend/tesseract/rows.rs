//! The rows of a receipt: words at the left, amounts at the right, and what `2 x 1,50` says.

use rust_decimal::Decimal;

use super::page::{Page, Word};
use super::{currencies, figure};

/// One row of print.
#[derive(Debug, Clone, Default)]
pub(super) struct Row {
    /// What stands before the amounts.
    pub(super) label: String,
    /// The amounts, from left to right, unless a product has them.
    pub(super) figures: Vec<Figure>,
    /// The letter behind the last amount.
    pub(super) class: Option<String>,
    pub(super) product: Option<Product>,
    /// Something stands where the amounts are, and it cannot be read.
    pub(super) is_unreadable: bool,
    pub(super) bottom: f32,
    pub(super) height: f32,
}

/// A number and its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Figure {
    /// `None` if two readings differ.
    pub(super) value: Option<Decimal>,
    /// 0 to 100: of the word that is least certain.
    pub(super) confidence: f32,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) bottom: f32,
    pub(super) height: f32,
}

/// `2 x 1,50` or `0,456 kg x 9,95`.
#[derive(Debug, Clone)]
pub(super) struct Product {
    pub(super) quantity: Figure,
    pub(super) unit: Option<String>,
    pub(super) price: Figure,
}

impl Row {
    /// The last amount, and whether there is one, read or not.
    pub(super) fn amount(&self) -> Option<Decimal> {
        self.figures.last().and_then(|figure| figure.value)
    }

    pub(super) fn has_amount(&self) -> bool {
        !self.figures.is_empty() || self.is_unreadable
    }

    /// Its amounts, and the quantity and the price of its product.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &Figure> {
        let product = self.product.as_ref().map(|product| [&product.quantity, &product.price]);
        self.figures.iter().chain(product.into_iter().flatten())
    }

    pub(super) fn numbers_mut(&mut self) -> impl Iterator<Item = &mut Figure> {
        let product = self.product.as_mut().map(|product| [&mut product.quantity, &mut product.price]);
        self.figures.iter_mut().chain(product.into_iter().flatten())
    }
}

/// The rows of a page, in a currency with so many decimals.
pub(super) fn all(page: &Page, digits: u32) -> Vec<Row> {
    let mut rows: Vec<Row> = page.lines().iter().map(|words| row(words, digits)).collect();
    // Amounts stand in a column at the right edge of the print.
    let right = |words: &Vec<Word>| words.last().map_or(0.0, |word| word.right);
    let mut rights: Vec<f32> = rows.iter().filter_map(|row| row.figures.last()).map(|figure| figure.right).collect();
    rights.sort_by(f32::total_cmp);
    let outermost = page.lines().iter().map(right).fold(0.0, f32::max);
    // The paper's edge may be read as letters, so the column is where three in four amounts end at the latest.
    let edge = rights.get(rights.len() * 3 / 4).copied().unwrap_or(outermost);
    let left = page.lines().iter().filter_map(|words| words.first()).map(|word| word.left).fold(edge, f32::min);
    let column = edge - (edge - left) / 8.0;
    for (row, words) in rows.iter_mut().zip(page.lines()) {
        // A time, or the number of a table, is no amount.
        let is_number = |word: &Word| {
            word.text.contains(|char: char| char.is_ascii_digit()) && !word.text.contains([':', '#', '/'])
        };
        let starts_at_left = words.first().is_some_and(|word| word.left < left + (edge - left) / 2.0);
        row.is_unreadable = row.figures.is_empty()
            && row.product.is_none()
            && words.len() > 1
            && words.last().is_some_and(is_number)
            && starts_at_left
            && right(words) > column;
        // Elsewhere stands the price of one, whose quantity was not read.
        if row.figures.last().is_some_and(|figure| figure.right < column) {
            row.figures.clear();
        }
        if row.is_unreadable {
            row.label = text(&words[..words.len() - 1]);
        }
    }
    rows
}

fn row(words: &[Word], digits: u32) -> Row {
    let bottom = words.last().map_or(0.0, |word| word.bottom);
    let height = words.iter().map(|word| word.height).fold(0.0, f32::max);
    let mut row = Row { bottom, height, ..Row::default() };
    let words = &unglued(words);
    let mut rest = &words[..];
    if let [before @ .., last] = rest
        && is_class(&last.text)
        && last_figure(before, digits).is_some()
    {
        row.class = Some(last.text.clone());
        rest = before;
    }
    while let Some((figure, before)) = last_figure(rest, digits) {
        row.figures.insert(0, figure);
        rest = before;
    }
    // `2 x 1,50`: the amount is the price of one, and `2 x 1,50 3,00` has the line's total too.
    if let Some(product) = row.figures.first().and_then(|price| product(rest, price)) {
        rest = &rest[..rest.len() - product.1];
        row.figures.remove(0);
        row.product = Some(product.0);
    }
    row.label = text(rest);
    row
}

/// `2x4,53` as the two words `2x` and `4,53`.
fn unglued(words: &[Word]) -> Vec<Word> {
    let split = |word: &Word| {
        let at = word.text.find(['x', 'X', '×'])?;
        let sign = word.text[at..].chars().next()?.len_utf8();
        let (quantity, price) = (&word.text[..at], &word.text[at + sign..]);
        let is_number = |text: &str| text.trim_start_matches('-').starts_with(|char: char| char.is_ascii_digit());
        (is_number(quantity) && is_number(price)).then(|| {
            let middle = word.left + (word.right - word.left) * at as f32 / word.text.len() as f32;
            let first = Word { text: word.text[..at + sign].to_owned(), right: middle, ..word.clone() };
            vec![first, Word { text: price.to_owned(), left: middle, ..word.clone() }]
        })
    };
    words.iter().flat_map(|word| split(word).unwrap_or_else(|| vec![word.clone()])).collect()
}

fn text(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// The amount at the end of some words, and the words before it.
fn last_figure(words: &[Word], digits: u32) -> Option<(Figure, &[Word])> {
    let is_sign = |word: &Word| currencies::is_sign(word.text.trim_start_matches(['-', '−', '–', '—']));
    let is_minus = |word: &Word| matches!(word.text.as_str(), "-" | "−" | "–" | "—");
    let end = match words {
        [.., number, sign] if is_sign(sign) && number.text.contains(|char: char| char.is_ascii_digit()) => {
            words.len() - 1
        }
        _ => words.len(),
    };
    let mut start = end.checked_sub(1)?;
    // A space may stand between thousands, and OCR puts one behind their mark: `1 143,00`, `1, 143`.
    let is_thousands = |text: &str| {
        let number = currencies::without_sign(text.trim_start_matches(['-', '−', '–', '—']));
        (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
    };
    let before = start.checked_sub(1).map(|before| &words[before]);
    let mut is_cut = false;
    if let Some(before) = before.filter(|before| words[start].left - before.right < words[start].height) {
        let text = words[start].text.as_str();
        let leading = text.bytes().take_while(u8::is_ascii_digit).count();
        let has_mark = before.text.strip_suffix([',', '.']).is_some_and(is_thousands);
        if leading == 3 && (has_mark || digits > 0 && text.len() > 3 && is_thousands(&before.text)) {
            start -= 1;
        } else {
            // In a currency without decimals the beginning may be a word of its own, or the name's last one.
            is_cut = digits == 0 && is_thousands(&before.text);
        }
    }
    while start > 0 && (is_sign(&words[start - 1]) || is_minus(&words[start - 1])) {
        start -= 1;
    }
    let text: String = words[start..end].iter().map(|word| word.text.as_str()).collect();
    let value = figure::amount(&text, digits)?;
    let mut figure = spanning(&words[start..end], value)?;
    figure.value = figure.value.filter(|_| !is_cut);
    Some((figure, &words[..start]))
}

/// A number that these words are.
fn spanning(words: &[Word], value: Decimal) -> Option<Figure> {
    let (first, last) = (words.first()?, words.last()?);
    let least = |of: fn(&Word) -> f32| words.iter().map(of).fold(f32::INFINITY, f32::min);
    Some(Figure {
        value: Some(value),
        confidence: least(|word| word.confidence),
        left: first.left,
        right: last.right,
        bottom: last.bottom,
        height: last.height,
    })
}

/// What stands before the price of one: `2 x`, `2x`, `0,456 kg x`, and how many words it is.
fn product(words: &[Word], price: &Figure) -> Option<(Product, usize)> {
    let is_times = |text: &str| matches!(text, "x" | "X" | "×" | "*");
    let (words, times) = match words {
        [before @ .., times] if is_times(&times.text) => (before, 1),
        _ => (words, 0),
    };
    let last = words.last()?;
    let glued = last.text.strip_suffix(['x', 'X', '×', '*']);
    if times == 0 && glued.is_none() {
        return None;
    }
    let text = if times == 1 { last.text.as_str() } else { glued? };
    let number = |text: &str| {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        let plain = text.replace(',', ".");
        (digits > 0 && digits <= 6 && plain.starts_with(|char: char| char.is_ascii_digit() || char == '-'))
            .then(|| plain.parse::<Decimal>().ok())
            .flatten()
    };
    if let Some(quantity) = number(text) {
        let quantity = spanning(&words[words.len() - 1..], quantity)?;
        return Some((Product { quantity, unit: None, price: price.clone() }, 1 + times));
    }
    let before = words.len().checked_sub(2)?;
    let is_unit = matches!(text.to_lowercase().as_str(), "kg" | "g" | "l" | "lb" | "oz" | "m" | "st" | "pcs");
    let quantity = spanning(&words[before..=before], number(&words[before].text).filter(|_| is_unit)?)?;
    Some((Product { quantity, unit: Some(text.to_lowercase()), price: price.clone() }, 2 + times))
}

/// `A`, `B`, `*`: what stands behind an amount for its tax.
fn is_class(text: &str) -> bool {
    let mut chars = text.chars();
    matches!((chars.next(), chars.next()), (Some(char), None) if char.is_ascii_uppercase() || char == '*')
}

/// A label without what stands around it, and without the spaces that OCR puts between letters of scripts that have none.
pub(super) fn name(label: &str) -> Option<String> {
    let has_no_spaces =
        |char: Option<char>| char.is_some_and(|char| char > '\u{2e80}' || ('\u{e00}'..'\u{e7f}').contains(&char));
    let joined = label.split_whitespace().fold(String::new(), |joined, word| {
        let is_one = has_no_spaces(joined.chars().last()) && has_no_spaces(word.chars().next());
        let space = if joined.is_empty() || is_one { "" } else { " " };
        joined + space + word
    });
    let name = joined.trim_matches(|char: char| !char.is_alphanumeric() && !matches!(char, '.' | ')' | '!' | '%'));
    let name = name.trim_end_matches(['.', ' ']);
    (!name.is_empty()).then(|| name.to_owned())
}
