//! `POST /embeddings`.
//!
//! There is no model here. A text's vector is the sum of its words' vectors and a small one of its own, each made from a hash,
//! scaled to length 1: equal texts have equal vectors, and texts are closer the more words they share.

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

use super::bodies::{self, RequestBody};
use super::catalogue::model_for;
use super::errors::invalid;
use super::prices::EMBEDDING_TOKEN;
use super::state::ModelApi;
use crate::backend::usage::text_tokens;
use crate::wire::cost::with_cost;
use crate::wire::errors::{ApiError, RequestError};
use crate::wire::paths::EMBEDDINGS;
use crate::wire::responses::json_response;

/// OpenAI's limit.
const MAX_INPUTS: usize = 2048;
/// OpenAI's limit for one input.
const MAX_TOKENS: u64 = 8192;
/// OpenAI's limit for all inputs together.
const MAX_TOKENS_TOGETHER: u64 = 300_000;
const DEFAULT_DIMENSIONS: usize = 1536;
const MAX_DIMENSIONS: usize = 3072;
/// How much a text's own vector counts beside one word's: enough to tell texts of the same words apart.
const TEXT_SHARE: f32 = 0.1;

#[derive(Deserialize)]
struct EmbeddingRequest {
    model: String,
    input: Input,
    #[serde(default)]
    encoding_format: EncodingFormat,
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
enum EncodingFormat {
    #[default]
    Float,
    Base64,
}

/// A vector in the requested encoding.
#[derive(Serialize)]
#[serde(untagged)]
enum Embedding {
    Floats(Vec<f32>),
    Base64(String),
}

pub(super) async fn embed(
    State(api): State<ModelApi>,
    headers: HeaderMap,
    body: RequestBody,
) -> Result<Response<Body>, ApiError> {
    let access = api.admit(&headers)?;
    let request: EmbeddingRequest = bodies::json(&headers, body)?;
    let model = model_for(&request.model, EMBEDDINGS)?;
    let dimensions = request.dimensions.unwrap_or(DEFAULT_DIMENSIONS);
    if !(1..=MAX_DIMENSIONS).contains(&dimensions) {
        return Err(invalid(format!("dimensions must be from 1 to {MAX_DIMENSIONS}.")).into());
    }
    let texts = match request.input {
        Input::One(text) => vec![text],
        Input::Many(texts) => texts,
    };
    let tokens = count_tokens(&texts)?;
    // On a thread where it blocks no other request: a book takes a while.
    let vectors = tokio::task::spawn_blocking(move || -> Vec<Embedding> {
        texts.iter().map(|text| encoded(vector(text, dimensions), request.encoding_format)).collect()
    });
    let vectors = vectors.await.map_err(|_| invalid("The embeddings could not be made."))?;
    let cost = Decimal::from(tokens).saturating_mul(EMBEDDING_TOKEN);
    api.charge(&access, cost);
    let entry = |(index, vector)| json!({ "object": "embedding", "index": index, "embedding": vector });
    let data: Vec<_> = vectors.into_iter().enumerate().map(entry).collect();
    let usage = json!({ "prompt_tokens": tokens, "total_tokens": tokens });
    let response = json!({ "object": "list", "data": data, "model": model.id, "usage": usage });
    Ok(with_cost(json_response(StatusCode::OK, &response), cost))
}

/// The tokens of all texts, where none is empty and they are not too many.
fn count_tokens(texts: &[String]) -> Result<u64, RequestError> {
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
    add(&mut sum, &format!("text {text}"), TEXT_SHARE);
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

fn encoded(vector: Vec<f32>, format: EncodingFormat) -> Embedding {
    match format {
        EncodingFormat::Float => Embedding::Floats(vector),
        // wire: base64 of little-endian f32
        EncodingFormat::Base64 => {
            Embedding::Base64(STANDARD.encode(vector.iter().flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>()))
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
    fn texts_are_closer_the_more_words_they_share() {
        assert!(closeness("a cup of coffee", "a cup of coffee") > 0.9999);
        let (anagram, near) =
            (closeness("a cup of tea", "tea of a cup"), closeness("A cup of coffee!", "a cup of tea"));
        assert!(anagram < 0.9999 && anagram > near, "{anagram} {near}");
        assert!(near > 0.5 && closeness("a cup of coffee", "the train is late") < 0.3);
    }

    #[test]
    fn a_text_without_words_has_a_vector_of_length_1() {
        let length: f32 = vector("…", 1).iter().map(|value| value * value).sum();
        assert!((length - 1.0).abs() < 1e-5);
    }
}
