//! Labels of sentences: the words before a colon.

use super::draft_words::ANSWER_LABELS;

/// The label of a sentence, without its marks: `**Output:**`, `Output:`, `## Output:`.
pub(super) fn label(line: &str) -> Option<&str> {
    let is_mark = |char: char| char.is_whitespace() || "*_#>-`[\"".contains(char);
    let line = line.trim_start_matches(is_mark);
    let label = line[..line.find([':', '：'])?].trim_end_matches(is_mark);
    (!label.is_empty() && label.chars().count() <= 32).then_some(label)
}

/// Whether a sentence begins with the label of an answer.
pub(super) fn has_an_answers_label(sentence: &str) -> bool {
    let label = label(sentence).unwrap_or_default().to_lowercase();
    ANSWER_LABELS.split('|').any(|known| known == label.strip_prefix("the ").unwrap_or(&label))
}
