//! Embeddings: texts as vectors, to compare what they mean.

use super::chat::TokenUsage;
use super::exchange::{JSON, endpoint, model_or};
use super::json_body::json_body;
use super::models::Capability;
use super::{lenient, refusal};
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// The largest answer that is read (P4): 2,048 vectors of 3,072 numbers as text.
const MAX_ANSWER: usize = 160 * 1024 * 1024;

/// Texts to be turned into vectors.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EmbeddingRequest {
    /// The texts. Each gets a vector.
    pub texts: Vec<String>,
    /// The model; `None` picks one from the live catalogue. Vectors of different models cannot be compared.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How many numbers a vector has, for models that let one choose.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub dimensions: Option<u32>,
    /// Asks for the vectors in base64: a quarter of the bytes on the way. Not every provider knows it.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub compact: bool,
}

/// Texts as vectors.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Embeddings {
    /// A vector for each text, in the order of the texts.
    pub vectors: Vec<Vec<f32>>,
    /// The model that made them, as the provider names it, or else as it was asked for.
    pub model: String,
    /// What was used, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

impl EmbeddingRequest {
    /// A request for these texts.
    pub fn new(texts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { texts: texts.into_iter().map(Into::into).collect(), ..Self::default() }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Turns texts into vectors. One paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `texts` or `dimensions` before anything is sent; those of [`chat`](Self::chat).
    pub async fn embed(&self, request: EmbeddingRequest) -> Result<Embeddings> {
        self.run(|ai| async move {
            request.check()?;
            let url = endpoint(ai.provider().model_api.as_ref(), "embeddings", &["embeddings"])?;
            let model = ai.model_for(Capability::Embeddings, request.model.as_deref()).await?;
            let answer = ai.ask_up_to(MAX_ANSWER, ApiRequest::post(url, request.encode(&model)?, JSON)).await?;
            answer.read(|body, request_id| read(body, request.texts.len(), model, request_id))
        })
        .await
    }
}

impl EmbeddingRequest {
    fn check(&self) -> Result<()> {
        if self.texts.is_empty() {
            return Err(Error::invalid_input("texts", "there is none"));
        }
        if let Some(empty) = self.texts.iter().position(|text| text.trim().is_empty()) {
            return Err(Error::invalid_input("texts", format!("number {empty} (from 0) is empty")));
        }
        if self.dimensions == Some(0) {
            return Err(Error::invalid_input("dimensions", "it is 0: there would be no vector"));
        }
        Ok(())
    }

    fn encode(&self, model: &str) -> Result<bytes::Bytes> {
        #[derive(Serialize)]
        struct Body<'a> {
            model: &'a str,
            input: Input<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            dimensions: Option<u32>,
            #[serde(skip_serializing_if = "Option::is_none")]
            encoding_format: Option<&'a str>,
        }
        #[derive(Serialize)]
        #[serde(untagged)]
        enum Input<'a> {
            One(&'a str),
            Many(&'a [String]),
        }
        let input = match self.texts.as_slice() {
            [text] => Input::One(text),
            texts => Input::Many(texts),
        };
        let encoding_format = self.compact.then_some("base64");
        json_body(&Body { model, input, dimensions: self.dimensions, encoding_format }, None)
    }
}

fn read(body: &[u8], texts: usize, asked: String, request_id: Option<String>) -> Result<Embeddings> {
    #[derive(Deserialize)]
    struct Listing {
        data: Vec<Item>,
        #[serde(default, deserialize_with = "lenient::text")]
        model: Option<String>,
        #[serde(default, deserialize_with = "lenient::optional")]
        usage: Option<TokenUsage>,
    }
    #[derive(Deserialize)]
    struct Item {
        #[serde(default, deserialize_with = "lenient::count")]
        index: Option<u64>,
        embedding: Vector,
    }
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Vector {
        Numbers(Vec<f32>),
        Base64(String),
    }
    let unreadable = |detail: &str| Error::unreadable(200, detail);
    let Ok(listing) = serde_json::from_slice::<Listing>(body) else {
        let error = refusal::in_successful_answer(body, request_id);
        return Err(error.unwrap_or_else(|| unreadable("the answer is not a list of embeddings")));
    };
    let mut vectors = vec![Vec::new(); texts];
    for (position, item) in listing.data.into_iter().enumerate() {
        let vector = match item.embedding {
            Vector::Numbers(numbers) => Some(numbers),
            Vector::Base64(text) => from_base64(&text),
        };
        let place = item.index.map_or(Some(position), |index| index.try_into().ok());
        let place = place.and_then(|place| vectors.get_mut(place));
        let (Some(vector), Some(place)) = (vector, place) else {
            return Err(unreadable("an embedding cannot be read, or belongs to no text"));
        };
        *place = vector;
    }
    if vectors.iter().any(Vec::is_empty) {
        return Err(unreadable("a text has no embedding"));
    }
    Ok(Embeddings { vectors, model: model_or(listing.model, asked), usage: listing.usage, request_id })
}

/// Little-endian floats of 32 bits.
fn from_base64(text: &str) -> Option<Vec<f32>> {
    let bytes = lenient::base64(text)?;
    let (numbers, rest) = bytes.as_chunks::<4>();
    rest.is_empty().then(|| numbers.iter().map(|number| f32::from_le_bytes(*number)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ProviderErrorKind;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    // wire: embeddings
    #[test]
    fn one_text_is_sent_as_a_string_and_several_as_a_list() {
        let sent = |request: &EmbeddingRequest| -> Value {
            serde_json::from_slice(&request.encode("text-embedding-3-small").unwrap()).unwrap()
        };
        let one = EmbeddingRequest::new(["coffee"]);
        assert_eq!(sent(&one), json!({"model": "text-embedding-3-small", "input": "coffee"}));
        let two = EmbeddingRequest { dimensions: Some(8), compact: true, ..EmbeddingRequest::new(["a", "b"]) };
        let expected = json!({
            "model": "text-embedding-3-small", "input": ["a", "b"], "dimensions": 8, "encoding_format": "base64",
        });
        assert_eq!(sent(&two), expected);
    }

    // wire: embeddings; P6
    #[test]
    fn vectors_are_read_in_both_encodings_and_put_in_the_texts_order() {
        let body = br#"{"data":[{"index":"1","embedding":"AACAPwAAAMA"},{"index":0,"embedding":[0.5,1]}],"model":"m",
            "usage":{"prompt_tokens":2,"total_tokens":2}}"#;
        let embeddings = read(body, 2, "m-1".into(), None).unwrap();
        assert_eq!(embeddings.vectors, [[0.5, 1.0], [1.0, -2.0]]);
        assert_eq!((embeddings.usage.unwrap().total_tokens, embeddings.model.as_str()), (2, "m"));
        let bare = read(br#"{"data":[{"embedding":[1]},{"embedding":[2]}]}"#, 2, "m-1".into(), None).unwrap();
        assert_eq!((bare.vectors, bare.model.as_str()), (vec![vec![1.0], vec![2.0]], "m-1"));
    }

    #[test]
    fn a_text_without_its_vector_is_no_answer() {
        for body in [
            "",
            "{}",
            r#"{"data":[]}"#,
            r#"{"data":[{"embedding":[]}]}"#,
            r#"{"data":[{"index":7,"embedding":[1]}]}"#,
            r#"{"data":[{"embedding":"AAA"}]}"#,
            r#"{"data":[{"embedding":"!"}]}"#,
        ] {
            let error = read(body.as_bytes(), 1, "m-1".into(), None).unwrap_err();
            assert!(matches!(error, Error::Provider { kind: ProviderErrorKind::InvalidResponse, .. }), "{body}");
        }
        let refused = br#"{"error":{"message":"Budget has been exceeded!","type":"budget_exceeded"}}"#;
        assert_eq!(read(refused, 1, "m-1".into(), None).unwrap_err().code(), "budget_exceeded");
    }

    // P8
    #[test]
    fn what_has_no_meaning_is_refused_before_it_costs_money() {
        let refused = |request: EmbeddingRequest| match request.check().unwrap_err() {
            Error::InvalidInput { input, .. } => input,
            other => panic!("{other}"),
        };
        assert_eq!(refused(EmbeddingRequest::default()), "texts");
        assert_eq!(refused(EmbeddingRequest::new(["a", " "])), "texts");
        assert_eq!(refused(EmbeddingRequest { dimensions: Some(0), ..EmbeddingRequest::new(["a"]) }), "dimensions");
    }

    proptest! {
        // S3
        #[test]
        fn no_answer_panics(body in any::<Vec<u8>>(), texts in 0..4_usize) {
            let _ = read(&body, texts, "m-1".into(), None);
        }
    }
}
