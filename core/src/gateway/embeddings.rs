//! Embeddings: texts as vectors, to compare what they mean.

use super::chat::TokenUsage;
use super::chat::UsageBody;
use super::exchange::{JSON, endpoint, model_or};
use super::in_success::error_in_body;
use super::json_body::json_body;
use super::lenient;
use super::models::Capability;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The largest answer that is read (P4), whatever was asked for: 2,048 vectors of 3,072 numbers as text. Reading takes at most four
/// times an answer's bytes and 8 MB besides (S8).
const MAX_ANSWER: usize = 160 * 1024 * 1024;
/// A number as text, such as `-0.0123456789012345678,`, with spaces.
const MAX_NUMBER: usize = 32;
/// The most numbers of a vector where none are asked for; models have up to 4,096.
const MAX_DIMENSIONS: usize = 16_384;

/// Texts to be turned into vectors.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EmbeddingRequest {
    /// The texts, none of them empty. Each gets a vector.
    pub input: Vec<String>,
    /// The model; `None` picks one from the live catalogue. Vectors of different models cannot be compared.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How many numbers a vector has, for models that let one choose.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub dimensions: Option<u32>,
    /// How the numbers travel; `None` leaves it to the provider, mostly as decimal numbers. Both give the same vectors.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub encoding_format: Option<EmbeddingEncodingFormat>,
}

/// How the numbers of a vector travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum EmbeddingEncodingFormat {
    /// As decimal numbers (`float`).
    Float,
    /// As base64 of their bytes: a quarter of the size. Not every provider knows it.
    Base64,
}

impl EmbeddingEncodingFormat {
    fn name(self) -> &'static str {
        match self {
            Self::Float => "float",
            Self::Base64 => "base64",
        }
    }
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
    /// What the call cost in US dollars, if the provider says so. Unknown is `None`, never zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

impl EmbeddingRequest {
    /// A request for these texts.
    pub fn new(input: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self { input: input.into_iter().map(Into::into).collect(), ..Self::default() }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Turns texts into vectors. One paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `input` or `dimensions` before anything is sent; those of [`chat`](Self::chat).
    pub async fn embed(&self, request: EmbeddingRequest) -> Result<Embeddings> {
        self.run(|ai| async move {
            request.check()?;
            let url = endpoint(ai.provider().model_api.as_ref(), "embeddings", &["embeddings"])?;
            let model = ai.model_for(Capability::Embeddings, request.model.as_deref()).await?;
            let post = ApiRequest::post(url, request.encode(&model)?, JSON);
            let mut answer = ai.ask_up_to(request.max_answer(), post).await?;
            answer.body.shrink_to_fit(); // its room may be twice as large
            let embeddings = answer.read(|body, request_id| read(body, request.input.len(), model, request_id))?;
            Ok(Embeddings { cost: answer.cost.or(embeddings.cost), ..embeddings })
        })
        .await
    }
}

impl EmbeddingRequest {
    fn check(&self) -> Result<()> {
        if self.input.is_empty() {
            return Err(Error::invalid_input("input", "there is none"));
        }
        if let Some(empty) = self.input.iter().position(|text| text.trim().is_empty()) {
            return Err(Error::invalid_input("input", format!("number {empty} (from 0) is empty")));
        }
        if self.dimensions == Some(0) {
            return Err(Error::invalid_input("dimensions", "it is 0: there would be no vector"));
        }
        Ok(())
    }

    /// How large an answer may be, in bytes.
    fn max_answer(&self) -> usize {
        const BESIDES: usize = 1024 * 1024;
        let dimensions = self.dimensions.map_or(MAX_DIMENSIONS, |dimensions| dimensions as usize);
        let numbers = dimensions.saturating_mul(self.input.len());
        numbers.saturating_mul(MAX_NUMBER).saturating_add(BESIDES).min(MAX_ANSWER)
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
        let input = match self.input.as_slice() {
            [text] => Input::One(text),
            texts => Input::Many(texts),
        };
        let encoding_format = self.encoding_format.map(EmbeddingEncodingFormat::name);
        json_body(&Body { model, input, dimensions: self.dimensions, encoding_format }, None)
    }
}

fn read(body: &[u8], texts: usize, asked: String, request_id: Option<String>) -> Result<Embeddings> {
    #[derive(Deserialize)]
    struct Listing<'a> {
        #[serde(borrow)]
        data: &'a RawValue,
        #[serde(default, deserialize_with = "lenient::text")]
        model: Option<String>,
        #[serde(default, deserialize_with = "lenient::optional")]
        usage: Option<UsageBody>,
    }
    #[derive(Deserialize)]
    struct Item<'a> {
        #[serde(default, deserialize_with = "lenient::count")]
        index: Option<u64>,
        #[serde(borrow)]
        embedding: &'a RawValue,
    }
    let unreadable =
        |detail: &str| Err(error_in_body(body, request_id.clone()).unwrap_or_else(|| Error::unreadable(200, detail)));
    let Ok(listing) = lenient::from_slice::<Listing<'_>>(body) else {
        return unreadable("the answer is not a list of embeddings");
    };
    let mut found: Vec<(Option<u64>, Vec<f32>)> = Vec::new();
    let mut all_fit = true;
    lenient::each(listing.data, texts + 1, |item: &RawValue| {
        // An item that is left out would move those behind it to other texts.
        let item = lenient::from_str::<Item<'_>>(item.get()).ok().filter(|_| found.len() < texts);
        match item.and_then(|item| Some((item.index, vector(item.embedding)?))) {
            Some(item) => found.push(item),
            None => all_fit = false,
        }
    });
    if !all_fit {
        return unreadable("an embedding cannot be read, or belongs to no text");
    }
    let Some(vectors) = in_order(found, texts) else { return unreadable("a text has no embedding") };
    let usage = listing.usage.as_ref();
    let (cost, usage) = (usage.and_then(UsageBody::cost), usage.and_then(UsageBody::tokens));
    Ok(Embeddings { vectors, model: model_or(listing.model, asked), usage, cost, request_id })
}

/// The vectors in the order of their texts: that of their indices or, where these are missing or all the same, the order in which they came.
fn in_order(found: Vec<(Option<u64>, Vec<f32>)>, texts: usize) -> Option<Vec<Vec<f32>>> {
    let first = found.first()?.0;
    let have_no_order = found.iter().all(|(index, _)| *index == first);
    let mut vectors = vec![Vec::new(); texts];
    for (position, (index, vector)) in found.into_iter().enumerate() {
        let place = match index {
            Some(index) if !have_no_order || texts == 1 => index.try_into().ok()?,
            _ => position,
        };
        let free = vectors.get_mut(place).filter(|place: &&mut Vec<f32>| place.is_empty())?;
        *free = vector;
    }
    vectors.iter().all(|vector| !vector.is_empty()).then_some(vectors)
}

/// Numbers, or base64 of their bytes. A vector has just the room that it needs (S8).
fn vector(json: &RawValue) -> Option<Vec<f32>> {
    if let Some(text) = json.get().strip_prefix('"') {
        return from_base64(text.strip_suffix('"')?);
    }
    let mut count = 0;
    lenient::each(json, MAX_DIMENSIONS + 1, |_: IgnoredAny| count += 1);
    let numbers: Vec<f32> = lenient::first_items(json, MAX_DIMENSIONS);
    (numbers.len() == count).then_some(numbers)
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
        let two = EmbeddingRequest {
            dimensions: Some(8),
            encoding_format: Some(EmbeddingEncodingFormat::Base64),
            ..EmbeddingRequest::new(["a", "b"])
        };
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

    // C6, P6
    #[test]
    fn without_an_order_of_their_own_vectors_are_in_the_order_in_which_they_come() {
        let of = |indices: [&str; 3]| {
            let item = |(index, number): (&str, u8)| format!(r#"{{{index}"embedding":[{number}]}}"#);
            let items: Vec<_> = indices.into_iter().zip(1..).map(item).collect();
            read(format!(r#"{{"data":[{}]}}"#, items.join(",")).as_bytes(), 3, "m-1".into(), None)
        };
        let in_order = vec![vec![1.0], vec![2.0], vec![3.0]];
        for index in ["", r#""index":0,"#, r#""index":"0","#, r#""index":null,"#, r#""index":-1,"#, r#""index":3,"#] {
            assert_eq!(of([index; 3]).unwrap().vectors, in_order, "{index}");
        }
        let last_first = of([r#""index":"2","#, r#""index":1.0,"#, r#""index":7,"index":0,"#]).unwrap();
        assert_eq!(last_first.vectors, [[3.0], [2.0], [1.0]]);
        assert!(
            of([r#""index":0,"#, r#""index":0,"#, r#""index":1,"#]).is_err(),
            "whose the first two are is not clear"
        );
    }

    // P12, C6
    #[test]
    fn usage_and_cost_are_told_if_they_are_known() {
        let usage = |usage: &str| {
            let body = format!(r#"{{"data":[{{"embedding":[1]}}],"usage":{usage}}}"#);
            let embeddings = read(body.as_bytes(), 1, "m-1".into(), None).unwrap();
            (embeddings.usage.map(|usage| usage.total_tokens), embeddings.cost)
        };
        assert_eq!(usage(r#"{"prompt_tokens":2,"cost":1e-7}"#), (Some(2), Some("0.0000001".parse().unwrap())));
        assert_eq!(usage("{}"), (None, None));
    }

    // P4
    #[test]
    fn an_answer_is_as_large_as_what_was_asked_for() {
        let request = EmbeddingRequest { dimensions: Some(1000), ..EmbeddingRequest::new(["a", "b"]) };
        assert_eq!(request.max_answer(), 2 * 1000 * 32 + 1024 * 1024);
        assert_eq!(EmbeddingRequest::new(vec!["a"; 2048]).max_answer(), MAX_ANSWER);
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
            r#"{"data":[{},{"embedding":[1]}]}"#,
            r#"{"data":[null,{"embedding":[1]}]}"#,
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
        assert_eq!(refused(EmbeddingRequest::default()), "input");
        assert_eq!(refused(EmbeddingRequest::new(["a", " "])), "input");
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
