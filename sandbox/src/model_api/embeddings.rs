//! `POST /embeddings`: a text's direction.
//!
//! Nothing is understood here. A text's vector is the sum of its words' vectors and a little of its own, each drawn from a
//! hash, at length 1: equal texts have equal vectors, and texts lie the closer the more words they share.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::HeaderMap;
use axum::http::{Response, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::model_api::admission::{self, Sent};
use crate::model_api::catalogue::model_for;
use crate::model_api::chat::usage::text_tokens;
use crate::model_api::{EMBEDDINGS, invalid};
use crate::server::refusal::{ApiError, Refusal, json_response};
use crate::state::Shared;

/// OpenAI's limit.
const MAX_INPUTS: usize = 2048;
/// OpenAI's limit for one input.
const MAX_TOKENS: u64 = 8192;
/// OpenAI's limit for all inputs together.
const MAX_TOKENS_TOGETHER: u64 = 300_000;
const DEFAULT_DIMENSIONS: usize = 1536;
const MAX_DIMENSIONS: usize = 3072;
/// How much a text's own vector counts beside one word's: enough to tell apart texts of the same words.
const OWN_SHARE: f32 = 0.1;
/// US dollars for a token: 0.02 for a million.
const PRICE: Decimal = Decimal::from_parts(2, 0, 0, false, 8);

#[derive(Deserialize)]
struct EmbeddingRequest {
    model: String,
    input: Input,
    #[serde(default)]
    encoding_format: Format,
    dimensions: Option<usize>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Input {
    One(String),
    Many(Vec<String>),
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Float,
    Base64,
}

/// A vector as it was asked for.
#[derive(Serialize)]
#[serde(untagged)]
enum Written {
    Floats(Vec<f32>),
    Base64(String),
}

pub(crate) async fn embed(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    body: Sent,
) -> Result<Response<Body>, ApiError> {
    let access = admission::admit(&shared, &headers)?;
    let request: EmbeddingRequest = admission::json(&headers, body)?;
    let model = model_for(&request.model, EMBEDDINGS)?;
    let dimensions = request.dimensions.unwrap_or(DEFAULT_DIMENSIONS);
    if !(1..=MAX_DIMENSIONS).contains(&dimensions) {
        return Err(invalid(format!("dimensions must be from 1 to {MAX_DIMENSIONS}.")).into());
    }
    let texts = match request.input {
        Input::One(text) => vec![text],
        Input::Many(texts) => texts,
    };
    let tokens = count(&texts)?;
    // Where it keeps no other request waiting: a book takes a while.
    let vectors = tokio::task::spawn_blocking(move || -> Vec<Written> {
        texts.iter().map(|text| written(vector(text, dimensions), request.encoding_format)).collect()
    });
    let vectors = vectors.await.map_err(|_| invalid("The embeddings could not be made."))?;
    let cost = Decimal::from(tokens).saturating_mul(PRICE);
    admission::charge(&shared, &access, cost);
    let entry = |(index, vector)| json!({ "object": "embedding", "index": index, "embedding": vector });
    let data: Vec<_> = vectors.into_iter().enumerate().map(entry).collect();
    let usage = json!({ "prompt_tokens": tokens, "total_tokens": tokens });
    let answer = json!({ "object": "list", "data": data, "model": model.id, "usage": usage });
    Ok(admission::with_cost(json_response(StatusCode::OK, &answer), cost))
}

/// The tokens of all texts, where none is empty and they are not too many.
fn count(texts: &[String]) -> Result<u64, Refusal> {
    if texts.is_empty() || texts.len() > MAX_INPUTS || texts.iter().any(String::is_empty) {
        return Err(invalid(format!("input must be a text, or 1 to {MAX_INPUTS} texts, and none empty.")));
    }
    let tokens: u64 = texts.iter().map(|text| text_tokens(text)).sum();
    if tokens > MAX_TOKENS_TOGETHER || texts.iter().any(|text| text_tokens(text) > MAX_TOKENS) {
        let text = format!("input has more than {MAX_TOKENS} tokens in one text, or {MAX_TOKENS_TOGETHER} in all.");
        return Err(invalid(text));
    }
    Ok(tokens)
}

fn vector(text: &str, dimensions: usize) -> Vec<f32> {
    let mut sum = vec![0.0; dimensions];
    add(&mut sum, &format!("text {text}"), OWN_SHARE);
    let lower = text.to_lowercase();
    for word in lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        add(&mut sum, &format!("word {word}"), 1.0);
    }
    let length = sum.iter().map(|value| value * value).sum::<f32>().sqrt();
    sum.iter_mut().for_each(|value| *value /= length);
    sum
}

/// Adds `share` of the vector that `seed` stands for: its hash in counter mode, a byte for each dimension.
fn add(sum: &mut [f32], seed: &str, share: f32) {
    for (counter, block) in sum.chunks_mut(32).enumerate() {
        let hash = Sha256::digest(format!("{counter} {seed}"));
        for (value, byte) in block.iter_mut().zip(hash) {
            // Never 0, so that no vector has length 0.
            *value += share * (f32::from(byte) - 127.5);
        }
    }
}

fn written(vector: Vec<f32>, format: Format) -> Written {
    match format {
        Format::Float => Written::Floats(vector),
        // wire: base64 of little-endian f32
        Format::Base64 => {
            Written::Base64(STANDARD.encode(vector.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closeness(one: &str, other: &str) -> f32 {
        vector(one, 256).iter().zip(vector(other, 256)).map(|(one, other)| one * other).sum()
    }

    #[test]
    fn texts_are_the_closer_the_more_words_they_share() {
        assert!(closeness("a cup of coffee", "a cup of coffee") > 0.9999);
        let (anagram, near) =
            (closeness("a cup of tea", "tea of a cup"), closeness("A cup of coffee!", "a cup of tea"));
        assert!(anagram < 0.9999 && anagram > near, "{anagram} {near}");
        assert!(near > 0.5 && closeness("a cup of coffee", "the train is late") < 0.3);
    }

    #[test]
    fn a_text_without_words_has_a_direction_too() {
        let length: f32 = vector("…", 1).iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-5);
    }
}
