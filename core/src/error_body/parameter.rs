//! Which parameter of the request an error is about, where only its text says so.

use super::{MAX_WORD, bounded};

/// The parameter that a text refuses, in the words of LiteLLM and OpenAI: `openai does not support parameters: ['temperature']`,
/// `gpt-5 models don't support temperature=0.0`, `Unsupported parameter: 'max_tokens' is not supported`.
pub(super) fn refused_in(text: &str) -> Option<String> {
    const SIGNS: [&str; 11] = [
        "support parameters:",
        "support parameter:",
        "unsupported parameter:",
        "unsupported value:",
        "unknown parameter:",
        "unrecognized request argument supplied:",
        "unrecognized request arguments supplied:",
        "\"param\":",
        "'param':",
        "t support ",
        "not support ",
    ];
    let lower = text.to_ascii_lowercase();
    SIGNS.iter().find_map(|sign| {
        let at = lower.find(sign)? + sign.len();
        let rest = text[at..].trim_start_matches([' ', '[', '{', '\'', '"', '`']);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        let (name, after) = rest.split_at(rest.find(|c| !is_name(c)).unwrap_or(rest.len()));
        let name = name.trim_end_matches('.');
        // `does not support images` names no parameter, `does not support temperature=0` does.
        let is_named = !sign.ends_with(' ') || after.starts_with('=');
        let is_word = name.starts_with(|c: char| c.is_ascii_alphabetic()) && !matches!(name, "null" | "None");
        (is_named && is_word).then(|| bounded(name, MAX_WORD))
    })
}
