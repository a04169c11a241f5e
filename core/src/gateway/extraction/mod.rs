//! From photos to the JSON that an app's own schema describes. One paid call.

mod choice;
mod schema;

use super::chat::{ChatAnswer, ChatRequest, FinishReason, ResponseFormat, TokenUsage, body};
use super::fallback::{Fallback, RefusedModel};
use super::json_in_text;
use super::photo::Photo;
use super::vision::about_photos;
use crate::client::AiPass;
use crate::error::{Error, Result};
use choice::NoMatch;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Said to the model; the schema follows, for providers that do not hold their models to one.
const PROMPT: &str = "Extract from the photos what the JSON schema below describes. Where the schema allows null, use it \
    for what the photos do not show. Answer with the JSON only.";

/// What to read from photos, and in which form.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct JsonExtraction {
    /// The photos, read together and in this order.
    pub photos: Vec<Photo>,
    /// The JSON schema of the answer, an object as text. Its descriptions tell the model what each property means.
    pub schema_json: String,
    /// Further instructions.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prompt: Option<String>,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The sampling temperature, from 0 to 2. `None` leaves it to the model: some models refuse any value but their
    /// own.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub temperature: Option<f64>,
    /// The longest answer, in tokens; `None` leaves it to the model. A reasoning model's thoughts count too.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub max_tokens: Option<u32>,
    /// Which models to ask where this one refuses at no cost; `None` asks no other.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub fallback: Option<Fallback>,
}

/// The JSON that was read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ExtractedJson {
    /// JSON that fits the schema's `type`, `enum`, `required`, `properties` and `items`: as the model wrote it, or
    /// repaired if that was not valid JSON. If a model gave several answers, a member in which they differ is null.
    pub json: String,
    /// The model that read it, as the provider names it.
    pub model: String,
    /// The tokens used, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// What the call cost in US dollars, if the provider says so. Unknown is `None`, never zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
    /// The models that refused the request before this one answered it, in order; empty if the first one did.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub refused_models: Vec<RefusedModel>,
}

impl JsonExtraction {
    /// Reads from these photos what the schema describes.
    pub fn new(photos: Vec<Photo>, schema_json: impl Into<String>) -> Self {
        let schema_json = schema_json.into();
        Self { photos, schema_json, prompt: None, model: None, temperature: None, max_tokens: None, fallback: None }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Reads from photos what a JSON schema describes. On the device they are turned upright and shrunk, and their
    /// metadata is removed. One paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo` or `schema_json` before anything is sent; [`Error::Truncated`] if the
    /// model's answer is cut off; [`Error::InvalidOutput`] with the model's whole answer if no JSON in it fits, or
    /// several do and differ; those of [`chat`](Self::chat).
    pub async fn extract_json(&self, extraction: JsonExtraction) -> Result<ExtractedJson> {
        let (json, answer) = self.extract_from(extraction).await?;
        Ok(ExtractedJson {
            json,
            model: answer.model,
            usage: answer.usage,
            cost: answer.cost,
            request_id: answer.request_id,
            refused_models: answer.refused_models,
        })
    }
}

impl AiPass {
    /// As [`extract_json`](Self::extract_json), but returns a value of the app's own type, which the schema should
    /// describe.
    ///
    /// # Errors
    /// As [`extract_json`](Self::extract_json); [`Error::InvalidOutput`] also if the JSON is not of this type.
    pub async fn extract<T: DeserializeOwned>(&self, extraction: JsonExtraction) -> Result<T> {
        let (json, answer) = self.extract_from(extraction).await?;
        let detail = |error| format!("the JSON is not of the app's type: {error}");
        serde_json::from_str(&json).map_err(|error| json_in_text::invalid_output(&answer, &detail(error)))
    }

    /// The JSON that fits, and all that the model said.
    async fn extract_from(&self, extraction: JsonExtraction) -> Result<(String, ChatAnswer)> {
        let schema = body::object("schema_json", "it", &extraction.schema_json)?.get();
        let schema: Value = serde_json::from_str(schema)
            .map_err(|error| Error::invalid_input("schema_json", format!("it cannot be read: {error}")))?;
        let answer = self.chat(chat_request(extraction)?).await?;
        Ok((read(&answer, &schema)?, answer))
    }
}

pub(super) fn chat_request(extraction: JsonExtraction) -> Result<ChatRequest> {
    let JsonExtraction { photos, schema_json, prompt, model, temperature, max_tokens, fallback } = extraction;
    let besides = prompt.map(|prompt| format!("{prompt}\n")).unwrap_or_default();
    let prompt = format!("{PROMPT}\n{besides}Schema: {schema_json}");
    // Strict schemas may not leave anything open, which the app's own may.
    let response_format = ResponseFormat::JsonSchema { name: "extraction".to_owned(), schema_json, strict: false };
    Ok(ChatRequest {
        messages: vec![about_photos(prompt, photos)?],
        model,
        temperature,
        max_tokens,
        fallback,
        response_format: Some(response_format),
        ..ChatRequest::default()
    })
}

/// The JSON in a model's answer that fits the schema.
fn read(answer: &ChatAnswer, schema: &Value) -> Result<String> {
    let found = json_in_text::find(&answer.text);
    // What is whole before the cut may be a draft.
    if matches!(answer.finish_reason, FinishReason::Length | FinishReason::ContentFilter) && !found.is_alone {
        return Err(json_in_text::truncated(answer));
    }
    choice::fitting(found, schema).map_err(|reason| match reason {
        NoMatch::Cut => json_in_text::truncated(answer),
        NoMatch::Because(why) => json_in_text::invalid_output(answer, &format!("it does not fit the schema: {why}")),
    })
}

#[cfg(test)]
mod tests;
