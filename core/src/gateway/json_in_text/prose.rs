//! What the prose around a piece of JSON says of it, and the blocks into which fences divide a text.

use super::choice::Introduction;
use super::draft_words::{
    ANOTHER, CHECKS_AFTER, CONDITIONS, CONTRASTS, DRAFT_AFTER, DRAFT_AFTER_AT_ONCE, DRAFT_ANYWHERE, DRAFT_BEFORE,
    DRAFT_JUST_BEFORE, DRAFT_STEMS, EXAMPLE_BEFORE, GOES_ON, HARMLESS, PART_BEFORE, REVISES, TAKES_BACK, TO_THE_READER,
    WITH_PARTS,
};
use super::labels;

/// Words of a fence.
const FENCE_WORDS: &[&str] = &["json", "jsonc", "json5", "javascript", "js", "python", "text", "plaintext"];

/// How much of the prose is looked at, in characters.
const MAX_LOOK: usize = 160;

/// The blocks of a text, as ranges of bytes: a line that begins with a fence ends one and begins another.
pub(super) fn blocks(text: &str) -> Vec<(usize, usize)> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let fence = line[indent..].trim_start_matches(['`', '~']);
        let fence_length = line.len() - indent - fence.len();
        if fence_length >= 3 {
            blocks.push((start, at));
            let word = fence.len()
                - fence.trim_start_matches(|char: char| char.is_ascii_alphanumeric() || "+-_".contains(char)).len();
            start = at + indent + fence_length + word;
        }
        at += line.len();
    }
    blocks.push((start, text.len()));
    for block in &mut blocks {
        // A fence may close on the last line of its content.
        let content = text[block.0..block.1].trim_end();
        let open = content.trim_end_matches(['`', '~']);
        if content.len() - open.len() >= 3 {
            block.1 = block.0 + open.len();
        }
    }
    blocks
}

/// Whether there are words, besides those of a fence.
pub(super) fn has_words(prose: &str) -> bool {
    let mut words = prose.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| !FENCE_WORDS.iter().any(|fence| fence.eq_ignore_ascii_case(word)))
}

/// Whether the words before or after a piece say that it is not the answer.
pub(super) fn calls_it_a_draft(before: &str, after: &str) -> bool {
    let goes_on = goes_on(after);
    let (before, after) = (without_harmless(last_sentence(before)), without_harmless(first_sentence(after)));
    let clause = last_clause(&before);
    let to_the_reader = says(&after, TO_THE_READER);
    goes_on
        || ends_with_a_part(&before)
        || says(&before, EXAMPLE_BEFORE)
        || says(clause, DRAFT_BEFORE)
        || says(clause, DRAFT_ANYWHERE)
        || says_at_the_start_of_a_word(clause, DRAFT_STEMS)
        || ends_with_a_word(end_of(clause), DRAFT_JUST_BEFORE).is_some()
        || (says(&after, DRAFT_AFTER) || !to_the_reader && says(&after, CHECKS_AFTER)) && !says(&after, CONDITIONS)
        || DRAFT_AFTER_AT_ONCE.split('|').any(|word| after.starts_with(word))
}

/// A sentence without its harmless phrases.
fn without_harmless(sentence: String) -> String {
    HARMLESS.split('|').fold(sentence, |sentence, phrase| match sentence.contains(phrase) {
        true => sentence.replace(phrase, ""),
        false => sentence,
    })
}

/// What follows the last word of contrast in a sentence, if that has words; else all of it.
fn last_clause(sentence: &str) -> &str {
    let behind = CONTRASTS.split('|').filter_map(|word| sentence.rfind(word).map(|at| at + word.len())).max();
    behind.map(|at| &sentence[at..]).filter(|clause| has_words(clause)).unwrap_or(sentence)
}

/// A sentence without marks at its end, and without the words between a phrase and what it introduces.
fn end_of(sentence: &str) -> &str {
    let without_marks = |text: &'_ str| text.trim_end_matches(|char: char| !char.is_alphanumeric()).len();
    let mut end = &sentence[..without_marks(sentence)];
    for word in ["following", "the", "this", "something like"] {
        if let Some(rest) = end.strip_suffix(word).filter(|rest| rest.ends_with(' ')) {
            end = rest.trim_end();
        }
    }
    end
}

/// What stands before a word with which a text ends.
fn ends_with_a_word<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rests = words.split('|').filter_map(|word| text.strip_suffix(word));
    rests.find(|rest| !rest.ends_with(char::is_alphanumeric))
}

/// `The tax is`, `Subtotal:`; not `the total including tax:`, and not the last in a list of what was read.
fn ends_with_a_part(sentence: &str) -> bool {
    let end = sentence.trim_end_matches(|char: char| !char.is_alphanumeric());
    let end = end.strip_suffix(" is").unwrap_or(end);
    let Some(rest) = ends_with_a_word(end, PART_BEFORE) else { return false };
    let rest = rest.trim_end().trim_end_matches(" the").trim_end();
    !rest.ends_with(',') && ends_with_a_word(rest.trim_end_matches('.'), WITH_PARTS).is_none()
}

/// As much of the prose after a piece as may be about it.
pub(super) fn beginning(after: &str) -> String {
    after.chars().take(3 * MAX_LOOK).collect()
}

/// The sentences of a prose, and its lines, that have words.
pub(in crate::gateway) fn sentences(prose: &str) -> impl Iterator<Item = &str> {
    let ends = |at: usize, mark: &str| {
        let rest = &prose[at + mark.len()..];
        // After an abbreviation a sentence goes on with a small letter.
        let goes_on = mark == "." && rest.trim_start_matches(' ').starts_with(char::is_lowercase);
        !matches!(mark, "." | "!" | "?" | ";") || !goes_on && (rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    let marks = prose.match_indices(['.', '!', '?', ';', '\n', '。', '！', '？']);
    let ends = marks.filter(move |&(at, mark)| ends(at, mark)).map(|(at, mark)| at + mark.len());
    let mut from = 0;
    let sentences = ends.chain([prose.len()]).map(move |end| &prose[std::mem::replace(&mut from, end)..end]);
    sentences.filter(|sentence| has_words(sentence))
}

/// Whether the words after a piece are those of a model that goes on working.
fn goes_on(after: &str) -> bool {
    const MAX_SENTENCES: usize = 4;
    let after = beginning(after).replace('’', "'");
    sentences(&after).take(MAX_SENTENCES).map(str::to_lowercase).any(|sentence| {
        let is_work = says_at_the_start_of_a_word(&sentence, GOES_ON) && !says(&sentence, TO_THE_READER);
        (is_work || says_at_the_start_of_a_word(&sentence, TAKES_BACK)) && !says(&sentence, CONDITIONS)
    })
}

fn says(prose: &str, words: &str) -> bool {
    words.split('|').any(|word| prose.contains(word))
}

/// Scripts that do not part words have no start of one.
fn says_at_the_start_of_a_word(prose: &str, words: &str) -> bool {
    let is_start = |at: usize| {
        let before = prose[..at].chars().next_back();
        before.is_none_or(|before| !before.is_alphabetic() || before >= '\u{2e80}')
    };
    words.split('|').any(|word| prose.match_indices(word).any(|(at, _)| is_start(at)))
}

/// What the words between two pieces say of the second.
pub(super) fn introduction(between: &str) -> Introduction {
    if !has_words(between) {
        return Introduction::Nothing;
    }
    let near = tail(between);
    let lower = near.to_lowercase();
    if ANOTHER.split('|').any(|word| lower.contains(word)) {
        Introduction::Another
    } else if says_at_the_start_of_a_word(&lower, REVISES)
        || sentences(near).last().is_some_and(labels::has_an_answers_label)
    {
        Introduction::Revision
    } else {
        Introduction::Words
    }
}

/// The last sentence of a prose in lower case, without fences.
fn last_sentence(prose: &str) -> String {
    let lines = prose.lines().rev().map(|line| line.trim().trim_start_matches(['`', '~']));
    let line = lines.into_iter().find(|line| has_words(line)).unwrap_or_default();
    let line = tail(line).to_lowercase();
    let from = line.rmatch_indices(['.', '!', '?', ';']).find_map(|(at, mark)| {
        let rest = &line[at + mark.len()..];
        (rest.starts_with(' ') && has_words(rest) && !line[..at].ends_with("e.g")).then_some(at + mark.len())
    });
    line[from.unwrap_or(0)..].trim().to_owned()
}

/// The first sentence of a prose in lower case, with its mark and the word after it.
fn first_sentence(prose: &str) -> String {
    let is_dress =
        |char: char| char.is_whitespace() || matches!(char, '`' | '~' | '-' | '—' | '–' | '(' | '*' | '.' | '…' | ',');
    let prose: String = prose.trim_start_matches(is_dress).chars().take(MAX_LOOK).collect();
    let prose = prose.lines().next().unwrap_or_default().to_lowercase();
    let end = prose.find(". ").map_or(prose.len(), |at| at + 1);
    prose[..end].to_owned()
}

fn tail(text: &str) -> &str {
    let at = text.char_indices().rev().nth(MAX_LOOK).map_or(0, |(at, _)| at);
    &text[at..]
}
