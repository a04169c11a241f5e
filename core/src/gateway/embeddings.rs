//! Embeddings: texts as vectors, to compare what they mean.

use super::bill::Ceiling;
use super::chat::TokenUsage;
use super::cost;
use super::exchange::{JSON, endpoint, model_or};
use super::in_success::error_in_body;
use super::lenient;
use super::models::Capability;
use super::quote::{CostEstimate, Quote};
use super::tokens::{Span, of_text};
use super::usage::UsageBody;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::json_body::json_body;
use rust_decimal::Decimal;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The largest response that is read (P4), whatever was asked for: 2,048 vectors of 3,072 numbers as text. Reading takes at most four
/// times an answer's bytes and 8 MB besides (S8).
const MAX_RESPONSE: usize = 160 * 1024 * 1024;
/// A number as text, such as `-0.0123456789012345678,`, with spaces.
const MAX_NUMBER: usize = 32;
/// The most numbers of a vector where none are asked for; models have up to 4,096.
const MAX_DIMENSIONS: usize = 16_384;

/// Texts to turn into vectors.
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct EmbeddingRequest {
    /// The texts, none of them empty. Each gets a vector.
    pub input: Vec<String>,
    /// The model; `None` picks one from the live catalogue. Vectors of different models cannot be compared.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How many numbers each vector has, for models that allow a choice.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub dimensions: Option<u32>,
    /// How the numbers are sent; `None` leaves it to the provider, mostly as decimal numbers. Both give the same
    /// vectors.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub encoding_format: Option<EmbeddingEncodingFormat>,
}

/// How the numbers of a vector are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum EmbeddingEncodingFormat {
    /// As decimal numbers (`float`).
    Float,
    /// As base64 of their bytes: a quarter of the size. Not every provider supports it.
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
    /// The model, as the provider names it; if it names none, as the request did.
    pub model: String,
    /// The tokens used, if the provider says so.
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
            let ceiling = match ai.spend_limits() {
                Some(_) => ai.embedding_quote(&request, &model).await?.ceiling(),
                None => Ceiling::default(),
            };
            let post = ApiRequest::post(url, request.encode(&model)?, JSON);
            let mut answer = ai.ask_paid(request.max_response(), post, ceiling).await?;
            answer.body.shrink_to_fit(); // its room may be twice as large
            let read = answer.read(|body, request_id| read(body, request.input.len(), model, request_id));
            let cost = cost::told(answer.cost, read.as_ref().ok().and_then(|embeddings| embeddings.cost));
            answer.settle(cost, read.as_ref().ok().and_then(|embeddings| embeddings.usage.as_ref())).await;
            Ok(Embeddings { cost, ..read? })
        })
        .await
    }
}

impl AiPass {
    /// What this request may cost.
    pub(super) async fn estimate_embeddings(&self, request: &EmbeddingRequest) -> Result<CostEstimate> {
        request.check()?;
        let model = self.model_for(Capability::Embeddings, request.model.as_deref()).await?;
        Ok(self.embedding_quote(request, &model).await?.estimate)
    }

    async fn embedding_quote(&self, request: &EmbeddingRequest, model: &str) -> Result<Quote> {
        /// What a model adds to a text, such as a mark of its end.
        const PER_TEXT: Span = Span { min: 0, max: 2 };
        let input = request.input.iter().map(|text| of_text(text) + PER_TEXT).sum();
        let characters = request.input.iter().map(|text| text.chars().count() as u64).sum();
        Ok(self.price_list(model).await?.for_embeddings(model.to_owned(), input, characters))
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
    fn max_response(&self) -> usize {
        const BESIDES: usize = 1024 * 1024;
        let dimensions = self.dimensions.map_or(MAX_DIMENSIONS, |dimensions| dimensions as usize);
        let numbers = dimensions.saturating_mul(self.input.len());
        numbers.saturating_mul(MAX_NUMBER).saturating_add(BESIDES).min(MAX_RESPONSE)
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
        return unreadable("the response is not a list of embeddings");
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
#[path = "embeddings_tests.rs"]
mod tests;
