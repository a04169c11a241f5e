//! From photos to the JSON that an app's own schema describes. One paid call.

mod schema;

use super::chat::{ChatAnswer, ChatRequest, FinishReason, ResponseFormat, TokenUsage, body};
use super::json_in_text;
use super::photo::Photo;
use super::vision::about_photos;
use crate::client::AiPass;
use crate::error::{Error, Result};
use crate::net::redaction::scrub;
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
    /// The form of the answer: a JSON schema, an object as text. The descriptions in it tell the model what is meant.
    pub schema_json: String,
    /// What to mind besides.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub prompt: Option<String>,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// How varied the answer is. Default 0: what a photo shows has one truth.
    #[cfg_attr(feature = "uniffi", uniffi(default = 0.0))]
    pub temperature: f64,
    /// The longest answer, in tokens. Default 2000.
    #[cfg_attr(feature = "uniffi", uniffi(default = 2000))]
    pub max_tokens: u32,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ExtractedJson {
    /// JSON that fits the schema's `type`, `enum`, `required`, `properties` and `items`, as the model wrote it.
    pub json: String,
    /// The model that read it, as the provider names it.
    pub model: String,
    /// What was used, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

impl JsonExtraction {
    /// Reads from these photos what the schema describes.
    pub fn new(photos: Vec<Photo>, schema_json: impl Into<String>) -> Self {
        let schema_json = schema_json.into();
        Self { photos, schema_json, prompt: None, model: None, temperature: 0.0, max_tokens: 2000 }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Reads from photos what a JSON schema describes. They are turned, shrunk and freed of their metadata on the device; then
    /// one paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo` or `schema_json` before anything is sent; [`Error::Truncated`] if the model's
    /// answer is cut off at `max_tokens`; [`Error::InvalidOutput`] with all that the model wrote, if that has no JSON that fits;
    /// those of [`chat`](Self::chat).
    pub async fn extract_json(&self, extraction: JsonExtraction) -> Result<ExtractedJson> {
        let schema = body::object("schema_json", "it", &extraction.schema_json)?.get();
        let schema: Value = serde_json::from_str(schema)
            .map_err(|error| Error::invalid_input("schema_json", format!("it cannot be read: {error}")))?;
        let answer = self.chat(request(extraction)?).await?;
        let json = read(&answer, &schema)?;
        Ok(ExtractedJson { json, model: answer.model, usage: answer.usage, request_id: answer.request_id })
    }
}

impl AiPass {
    /// The same as a value of the app's own type, which the schema should describe.
    ///
    /// # Errors
    /// As [`extract_json`](Self::extract_json); [`Error::InvalidOutput`] with the JSON too if that is none of this type.
    pub async fn extract<T: DeserializeOwned>(&self, extraction: JsonExtraction) -> Result<T> {
        let extracted = self.extract_json(extraction).await?;
        serde_json::from_str(&extracted.json).map_err(|error| {
            let detail = scrub(&format!("the JSON is not of the app's type: {error}"), &[]);
            Error::InvalidOutput { text: extracted.json, request_id: extracted.request_id, detail }
        })
    }
}

fn request(extraction: JsonExtraction) -> Result<ChatRequest> {
    let JsonExtraction { photos, schema_json, prompt, model, temperature, max_tokens } = extraction;
    let besides = prompt.map(|prompt| format!("{prompt}\n")).unwrap_or_default();
    let prompt = format!("{PROMPT}\n{besides}Schema: {schema_json}");
    // Strict schemas may not leave anything open, which the app's own may.
    let response_format = ResponseFormat::JsonSchema { name: "extraction".to_owned(), schema_json, strict: false };
    Ok(ChatRequest {
        messages: vec![about_photos(prompt, photos)?],
        model,
        temperature: Some(temperature),
        max_tokens: Some(max_tokens),
        response_format: Some(response_format),
        ..ChatRequest::default()
    })
}

/// The JSON in a model's answer that fits the schema.
fn read(answer: &ChatAnswer, schema: &Value) -> Result<String> {
    let mut violation = None;
    for piece in std::iter::once(unfenced(&answer.text)).chain(json_in_text::pieces(&answer.text)) {
        let Ok(value) = serde_json::from_str(piece) else { continue };
        match schema::violation(&value, schema) {
            None => return Ok(piece.to_owned()),
            Some(why) => violation = violation.or(Some(why)),
        }
    }
    if answer.finish_reason == FinishReason::Length {
        let detail = "the model's answer reached max_tokens".to_owned();
        return Err(Error::Truncated { text: answer.text.clone(), request_id: answer.request_id.clone(), detail });
    }
    let why = violation.unwrap_or_else(|| "there is no JSON".to_owned());
    let text = answer.refusal.as_ref().unwrap_or(&answer.text).clone();
    let detail = scrub(&format!("it does not fit the schema: {why}"), &[]);
    Err(Error::InvalidOutput { text, request_id: answer.request_id.clone(), detail })
}

/// The whole text, without the fence around it.
fn unfenced(text: &str) -> &str {
    let text = text.trim();
    let fenced = text.strip_prefix("```").and_then(|rest| rest.split_once('\n'));
    fenced.map_or(text, |(_, rest)| rest.trim_end_matches('`').trim())
}

#[cfg(test)]
mod tests;
