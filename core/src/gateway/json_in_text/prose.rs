//! What the prose around a piece of JSON says of it, and the blocks into which fences divide a text.

/// Where the words just before a piece say one of these, it is an example, a draft or a guess.
const DRAFT_BEFORE: &[&str] = &[
    "example",
    "e.g.",
    "for instance",
    "sample",
    "draft",
    "maybe",
    "perhaps",
    "guess",
    "suppose",
    "hypothe",
    "placeholder",
    "template",
    "at first",
    "first i ",
    "first, i ",
    "initially",
    "might be",
    "could be",
    "tentativ",
    "scratch",
    "not this",
    "instead of",
    "beispiel",
    "entwurf",
    "vielleicht",
    "exemple",
    "peut-être",
    "brouillon",
    "ejemplo",
    "borrador",
    "esempio",
    "exemplo",
    "voorbeeld",
    "such as",
    "in the format",
    "in this format",
    "rascunho",
    "bozza",
    "черновик",
    "например",
    "пример",
    "下書き",
    "先ほど",
    "最初",
    "例",
    "草稿",
    "草案",
    "초안",
    "예시",
    "예를",
    "مسودة",
    "مثال",
    "kladblok",
    "concept",
    "utkast",
    "udkast",
    "luonnos",
    "szkic",
    "przykład",
    "taslak",
    "örnek",
    "návrh",
    "příklad",
];

/// Where they end with one of these, it is a part of a receipt.
const PART_BEFORE: &[&str] = &[
    "subtotal",
    "sub-total",
    "tax",
    "vat",
    "tip",
    "change",
    "discount",
    "item",
    "items",
    "line item",
    "first item",
    "wrong",
];

/// Where the words just after a piece say one of these, it is withdrawn.
const DRAFT_AFTER: &[&str] = &[
    "as the subtotal",
    "as subtotal",
    "as the sub-total",
    "is the subtotal",
    "as an example",
    "is an example",
    "an example",
    "just an example",
    "draft",
    "wrong",
    "incorrect",
    "? no",
    "not right",
    "not correct",
    "not the total",
    "not the final",
    "placeholder",
    "template",
    "as the tax",
    "for example",
    "mistake",
    "correction",
    "recheck",
    "re-check",
    "double-check",
    "second thought",
    "sorry",
    "oops",
    "edit:",
    "scratch that",
    "misread",
    "hold on",
    "should be",
    "falsch",
    "stimmt nicht",
    "korrektur",
    "faux",
    "incorrecte",
    "incorrecto",
    "errado",
    "sbagliat",
    "違い",
    "間違",
    "不对",
    "不對",
    "错误",
    "錯誤",
    "틀렸",
    "아니",
    "неверно",
    "неправильно",
    "خطأ",
];

/// Where they begin with one of these, too.
const DRAFT_AFTER_AT_ONCE: &[&str] = &["wait", "hmm", "no,", "no.", "no!", "actually", "but ", "?"];

/// Words that introduce a second answer beside the first.
const ANOTHER: &[&str] = &[
    "second",
    "2nd",
    "another",
    "other receipt",
    "next receipt",
    "receipt 2",
    "receipt #2",
    "receipt two",
    "third",
    "also",
    "image 2",
    "photo 2",
    "page 2",
];

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
    let before = last_sentence(before);
    let end = before.trim_end_matches(|char: char| !char.is_alphanumeric());
    let end = end.strip_suffix(" is").unwrap_or(end);
    let is_part = PART_BEFORE
        .iter()
        .any(|part| end.strip_suffix(part).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)));
    let after = first_sentence(after);
    let says = |prose: &str, words: &[&str]| words.iter().any(|&word| prose.contains(word));
    is_part
        || says(&before, DRAFT_BEFORE)
        || says(&after, DRAFT_AFTER)
        || DRAFT_AFTER_AT_ONCE.iter().any(|word| after.starts_with(word))
}

/// Whether the words between two pieces say that the second is another answer, and not a better one.
pub(super) fn tells_of_another(between: &str) -> bool {
    let between = tail(between).to_lowercase();
    ANOTHER.iter().any(|word| between.contains(word))
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
