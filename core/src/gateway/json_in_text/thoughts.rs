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
    "antthinking",
    "inner_thoughts",
    "inner_monologue",
    "monologue",
    "thinking_process",
    "thought_process",
    "chain_of_thought",
    "chain-of-thought",
    "cot",
    "rationale",
    "deliberation",
    "internal_reasoning",
    "scratch_pad",
];

/// Brackets of such tags: `<think>`, Mistral's `[THINK]`, Kimi's `◁think▷`, `<|begin_of_thought|>`.
const BRACKETS: &[(&str, &str)] = &[("<", ">"), ("[", "]"), ("◁", "▷"), ("&lt;", "&gt;")];

/// What a tag does.
enum Tag {
    Opens,
    Closes,
    /// A channel of OpenAI's open models; it ends the one before.
    Channel {
        is_final: bool,
    },
}

/// What follows the thoughts: all of a text without them. `None` if they have no end, or if the text ends with them.
///
/// A lone closing tag counts, because servers cut the opening one off. So does an opening one without its end: all that
/// follows may be thoughts.
pub(super) fn answer_after(text: &str) -> Option<&str> {
    let mut rest = text;
    let mut open = 0_usize;
    for (at, _) in text.match_indices(['<', '[', '◁', '&']) {
        let Some((tag, length)) = tag(&text[at..]) else { continue };
        open = match tag {
            Tag::Opens => open + 1,
            Tag::Closes => open.saturating_sub(1),
            Tag::Channel { is_final } => usize::from(!is_final),
        };
        rest = &text[at + length..];
    }
    (open == 0).then_some(rest)
}

/// The tag of thoughts with which a text begins, and its length in bytes.
fn tag(text: &str) -> Option<(Tag, usize)> {
    const MAX_LENGTH: usize = 64;
    let (opening, closing) = BRACKETS.iter().find(|brackets| text.starts_with(brackets.0))?;
    let inner = &text[opening.len()..];
    if !inner.starts_with(|char: char| char.is_ascii_alphabetic() || matches!(char, '/' | '|' | ' ')) {
        return None;
    }
    let ends = |at: usize, char: char| char == '\n' || inner[at..].starts_with(closing);
    let (end, _) = inner.char_indices().take(MAX_LENGTH).find(|&(at, char)| ends(at, char))?;
    let length = opening.len() + end + closing.len();
    if !inner[end..].starts_with(closing) {
        return None;
    }
    let name = inner[..end].trim().to_ascii_lowercase();
    if name == "|channel|" {
        let channel = inner[end + closing.len()..].trim_start();
        let is = |name: &str| channel.get(..name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
        let is_final = is("final");
        return (is_final || is("analysis") || is("commentary")).then_some((Tag::Channel { is_final }, length));
    }
    let name = name.trim_matches('|').trim();
    for (prefix, closes) in [("begin_of_", false), ("end_of_", true)] {
        if name.strip_prefix(prefix).is_some_and(|name| TAGS.contains(&name)) {
            return Some((if closes { Tag::Closes } else { Tag::Opens }, length));
        }
    }
    let (closes, name) = match name.strip_prefix('/') {
        Some(name) => (true, name.trim()),
        None => (false, name),
    };
    // A tag may have attributes; one that closes itself is empty.
    let (name, attributes) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    let closes = closes || attributes.ends_with('/') || name.ends_with('/');
    let tag = if closes { Tag::Closes } else { Tag::Opens };
    TAGS.contains(&name.trim_end_matches('/')).then_some((tag, length))
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
            "&lt;think&gt;B&lt;/think&gt;A",
            "<think>B<cot>C</cot>D</think>A",
            "<thought_process>B</thought_process>A",
            "<|begin_of_thought|>B<|end_of_thought|>A",
            "<|channel|>analysis<|message|>B<|end|><|start|>assistant<|channel|>A",
            "◁|channel|▷analysis◁|message|▷B◁|channel|▷A",
            "&lt;|channel|&gt;analysis&lt;|message|&gt;B&lt;|channel|&gt;A",
            "<think/>A",
            "<think></think>A",
        ] {
            let expected = if text.contains("|channel|") { None } else { Some("A") };
            assert_eq!(answer_after(text), expected, "{text}");
        }
        let harmony = "<|channel|>analysis<|message|>B<|end|><|start|>assistant<|channel|>final<|message|>A";
        assert_eq!(answer_after(harmony), Some("final<|message|>A"));
        let twice = harmony.replacen("B", "B<|end|><|channel|>commentary<|message|>C", 1);
        assert_eq!(answer_after(&twice), Some("final<|message|>A"));
        for text in
            ["<think>A", "A<think>", "<think>B</think><think>A", "B</think>C<reasoning>A", "<think>B<think>C</think>A"]
        {
            assert_eq!(answer_after(text), None, "{text}");
        }
        for text in ["a < b > c", "<thinker>A", "[1] A", "<b>A</b>", "<", "<think\n>A"] {
            assert_eq!(answer_after(text), Some(text), "{text}");
        }
    }
}
