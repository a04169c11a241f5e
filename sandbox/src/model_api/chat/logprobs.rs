//! `logprobs`: each word with a probability. The probabilities are made up, and the same for every word.

use serde_json::{Value, json};

const LIKELY: f64 = -0.1;

/// The words of the text, each with this number of alternatives.
pub(super) fn of(text: &str, alternatives: usize) -> Value {
    let content: Vec<Value> = words(text).map(|word| entry(word, alternatives)).collect();
    json!({ "content": content, "refusal": null })
}

/// The pieces that a text is streamed in: words, each with the space behind it.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ')
}

fn entry(word: &str, alternatives: usize) -> Value {
    let likeliest = token(word, LIKELY);
    let others = (1..alternatives).map(|number| token(&format!("other{number}"), LIKELY - number as f64));
    let top: Vec<Value> = std::iter::once(likeliest.clone()).chain(others).take(alternatives).collect();
    let mut entry = likeliest;
    entry["top_logprobs"] = top.into();
    entry
}

fn token(text: &str, probability: f64) -> Value {
    json!({ "token": text, "logprob": probability, "bytes": text.as_bytes() })
}
