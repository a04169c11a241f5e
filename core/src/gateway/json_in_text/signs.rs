//! Signs that a piece of JSON is not the answer. They need no list of words, and so hold in every language.

use super::draft_words::OPEN_ENDS;
use super::labels::{has_an_answers_label, label};
use super::prose::{has_words, sentences};

/// How much of the text around a piece is looked at, in bytes.
const MAX_LOOK: usize = 2000;

/// Parts of the names of tags around an answer, in lower case. Other tags hold work.
const ANSWER_TAGS: &[&str] = &[
    "answer", "output", "result", "response", "json", "final", "receipt", "data", "extract", "invoice", "function",
    "tool", "content", "message", "code", "pre", "document", "object", "channel", "start", "end",
];

/// Whether the text around a piece shows that it is not the answer: more of the same kind follow, or it stands in a table or
/// in a tag of work.
pub(super) fn show_a_draft(before: &str, piece: &str, after: &str) -> bool {
    let (before, after) = (tail(before), start(after));
    is_in_a_table(before, after)
        || is_followed_by_its_label(before, after)
        || is_followed_by_an_answer(piece, after)
        || is_in_a_tag_of_work(before, after)
        || before.ends_with("~~") && after.starts_with("~~")
}

/// A cell of a Markdown table.
fn is_in_a_table(before: &str, after: &str) -> bool {
    let line_before = before.rsplit('\n').next().unwrap_or_default().trim_start();
    let line_after = after.split('\n').next().unwrap_or_default();
    line_before.starts_with('|') && line_after.contains('|')
}

/// The words before a piece are a label, and later words have the same: one of several of a kind, as examples are.
pub(super) fn is_followed_by_its_label(before: &str, after: &str) -> bool {
    let (before, after) = (tail(before), start(after));
    let Some(own) = sentences(before).last().and_then(label) else { return false };
    sentences(after).filter_map(label).any(|label| label.eq_ignore_ascii_case(own))
}

/// A label as of an answer follows, and what it says has no number of the piece.
fn is_followed_by_an_answer(piece: &str, after: &str) -> bool {
    let repeats = |sentence: &str| {
        let mut numbers = sentence.split(|char: char| !char.is_ascii_digit()).filter(|number| number.len() > 1);
        numbers.any(|number| piece.contains(number))
    };
    sentences(after).any(|sentence| has_an_answers_label(sentence) && !repeats(sentence))
}

/// `Step 1` before, and `Step 2` after, whatever the word. A list that starts again at its first number is another list.
pub(super) fn is_followed_by_a_step(before: &str, after: &str) -> bool {
    let (before, after) = (tail(before), start(after));
    let Some((word, number)) = sentences(before).filter_map(step).last() else { return false };
    let next = sentences(after).filter_map(step).find(|(next, _)| *next == word);
    next.is_some_and(|(_, next)| next == number + 1)
}

/// The word and the number with which a sentence begins; the word of `1.` is empty.
fn step(line: &str) -> Option<(String, u32)> {
    const MAX_NUMBER_DIGITS: usize = 2;
    let line = line.trim_end().trim_start_matches(|char: char| !char.is_alphanumeric());
    let at = line.find(|char: char| char.is_ascii_digit())?;
    let word = line[..at].trim().to_lowercase();
    let digits = line[at..].bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[at + digits..];
    let is_word = word.chars().count() <= 16 && word.split(' ').count() <= 2;
    let is_number = digits <= MAX_NUMBER_DIGITS && !rest.trim_start_matches(['.', ',']).starts_with(char::is_numeric);
    let is_heading = rest.is_empty() || rest.starts_with(|char: char| " :)*.-—：、（(".contains(char));
    if is_word && is_number && is_heading { Some((word, line[at..at + digits].parse().ok()?)) } else { None }
}

/// A tag that is no answer's opens before a piece, and closes after it with more words behind.
fn is_in_a_tag_of_work(before: &str, after: &str) -> bool {
    let Some(open) = before.rfind('<') else { return false };
    let inner = &before[open + 1..];
    let length = inner.find(|char: char| !(char.is_ascii_alphanumeric() || "_-:".contains(char))).unwrap_or(0);
    let name = inner[..length].to_ascii_lowercase();
    if name.is_empty() || ANSWER_TAGS.iter().any(|known| name.contains(known)) {
        return false;
    }
    let close = after.to_ascii_lowercase().find(&format!("</{name}"));
    close.is_some_and(|close| has_words(after[close..].split_once('>').map_or("", |(_, behind)| behind)))
}

/// Whether the words after the last piece end where another piece should begin.
pub(super) fn ends_open(after: &str) -> bool {
    let end = after.trim_end_matches(|char: char| char.is_whitespace() || "`~*_".contains(char));
    let last_word = end.rsplit(|char: char| !char.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    has_words(after)
        && (end.ends_with([':', '：', ',', '，', '、', '(', '…', '—', '–'])
            || end.ends_with("...")
            || OPEN_ENDS.split('|').any(|known| known == last_word))
}

fn tail(text: &str) -> &str {
    let mut from = text.len().saturating_sub(MAX_LOOK);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    &text[from..]
}

fn start(text: &str) -> &str {
    let mut until = text.len().min(MAX_LOOK);
    while !text.is_char_boundary(until) {
        until -= 1;
    }
    &text[..until]
}
