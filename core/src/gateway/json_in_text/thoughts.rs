//! A model's thoughts before its answer, by the marks in which models wrap them.

/// Names of the tags around thoughts, in lower case.
const TAGS: &[&str] = &[
    "think",
    "thinking",
    "thought",
    "thoughts",
    "reasoning",
    "reason",
    "reflection",
    "scratchpad",
    "analysis",
    "seed:think",
];

/// Brackets of such tags: `<think>`, Mistral's `[THINK]`, Kimi's `◁think▷`, `<|begin_of_thought|>`.
const BRACKETS: &[(char, char)] = &[('<', '>'), ('[', ']'), ('◁', '▷')];

/// What follows the thoughts: all of a text without them. `None` if they have no end, or if the text ends with them.
///
/// A lone closing tag counts, because servers cut the opening one off. So does an opening one without its end: all that
/// follows may be thoughts.
pub(super) fn answer_after(text: &str) -> Option<&str> {
    let mut rest = text;
    let mut open = false;
    for (at, _) in text.match_indices(|char| BRACKETS.iter().any(|&(opening, _)| opening == char)) {
        if let Some((closes, length)) = tag(&text[at..]) {
            open = !closes;
            rest = &text[at + length..];
        }
    }
    (!open).then_some(rest)
}

/// Whether a text begins with a tag of thoughts that closes them, and the tag's length in bytes.
fn tag(text: &str) -> Option<(bool, usize)> {
    const MAX_LENGTH: usize = 64;
    let opening = text.chars().next()?;
    let closing = BRACKETS.iter().find(|brackets| brackets.0 == opening)?.1;
    let inner = &text[opening.len_utf8()..];
    if !inner.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '|' | ' ')) {
        return None;
    }
    let (end, _) = inner.char_indices().take(MAX_LENGTH).find(|&(_, char)| char == closing || char == '\n')?;
    let length = opening.len_utf8() + end + inner[end..].chars().next()?.len_utf8();
    if !inner[end..].starts_with(closing) {
        return None;
    }
    let name = inner[..end].trim().to_ascii_lowercase();
    // The channels of OpenAI's open models.
    if name == "|channel|" {
        let channel = inner[end + 1..].trim_start();
        let is = |name: &str| channel.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
        let closes = is("final");
        return (closes || is("analysis") || is("commentary")).then_some((closes, length));
    }
    let name = name.trim_matches('|').trim();
    for (prefix, closes) in [("begin_of_", false), ("end_of_", true)] {
        if name.strip_prefix(prefix).is_some_and(|name| TAGS.contains(&name)) {
            return Some((closes, length));
        }
    }
    let (closes, name) = match name.strip_prefix('/') {
        Some(name) => (true, name.trim()),
        None => (false, name),
    };
    // A tag may have attributes; one that closes itself is empty.
    let (name, attributes) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    let closes = closes || attributes.ends_with('/') || name.ends_with('/');
    TAGS.contains(&name.trim_end_matches('/')).then_some((closes, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    // P11
    #[test]
    fn only_what_follows_the_thoughts_is_the_answer() {
        for text in [
            "A",
            "<think>B</think>A",
            "<THINK>\nB\n</THINK>A",
            "B</think>A",
            "B<thinking effort=\"high\">C</thinking>A",
            "<reasoning>B <think>C</think> D</reasoning>A",
            "[THINK]B[/THINK]A",
            "◁think▷B◁/think▷A",
            "<|begin_of_thought|>B<|end_of_thought|>A",
            "<|channel|>analysis<|message|>B<|end|><|start|>assistant<|channel|>A",
            "<think/>A",
            "<think></think>A",
        ] {
            let expected = if text.contains("|channel|") { None } else { Some("A") };
            assert_eq!(answer_after(text), expected, "{text}");
        }
        let harmony = "<|channel|>analysis<|message|>B<|end|><|start|>assistant<|channel|>final<|message|>A";
        assert_eq!(answer_after(harmony), Some("final<|message|>A"));
        for text in ["<think>A", "A<think>", "<think>B</think><think>A", "B</think>C<reasoning>A"] {
            assert_eq!(answer_after(text), None, "{text}");
        }
        for text in ["a < b > c", "<thinker>A", "[1] A", "<b>A</b>", "<", "<think\n>A"] {
            assert_eq!(answer_after(text), Some(text), "{text}");
        }
    }
}
