//! Another model, where the one that was asked for refused the request.
//!
//! Only after a refusal that certainly cost nothing; the whole policy is the table in [`cost_nothing`]:
//!
//! | outcome of an attempt | another model is asked |
//! |---|---|
//! | the catalogue does not have the model, or has none for this | yes: nothing was sent |
//! | 404, 410 | yes: no model ran |
//! | 400, 422 about the model or a parameter | yes: refused before a model ran |
//! | 400, 422 about the content, its length or a filter | **no**: some providers bill what they read until then |
//! | 400, 422 that do not say what they are about | **no**: it is not certain |
//! | 403, 503 about the model, as "not allowed" or "no deployment" | yes |
//! | any other 403, 503 | **no** |
//! | 429, not over a budget | yes, after the repeats of `core/src/net/retry.rs` |
//! | over a budget, 402, a limit of the app's own | **no**: another model costs money too |
//! | 401, no session | **no** |
//! | 408, 409, 413, other 5xx, redirects | **no**: unknown cost, or no help |
//! | no connection, a broken one, a time limit, cancelled | **no** |
//! | a status of success, whatever follows; so never in the middle of a stream | **no** |
//!
//! [Azure](https://learn.microsoft.com/azure/ai-foundry/openai/how-to/manage-costs) may bill a 400 about its content filter or
//! the input's length, and a 408. It does not bill a 401 or a 429.

use super::bill::{Bill, Ceiling};
use super::models::{Capability, is_same_model};
use super::refusal::is_about_content;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use crate::net::SuccessResponse;
use futures_util::future::BoxFuture;
use std::future::Future;

/// At most so many models are asked after the first one.
const MAX_OTHERS: usize = 4;

/// Which models a call asks after the first one has refused it at no cost: it does not know the model, may not use it, does
/// not take a parameter, or is rate limited. Never after a failure that may have cost money, such as a time limit or a
/// connection that broke.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Fallback {
    /// These, in this order; at most four.
    Models {
        /// Their ids, in either spelling.
        models: Vec<String>,
    },
    /// Whichever the catalogue lists for this, as if none had been named; at most four.
    AnySuitable,
}

/// A model that refused a request before another one answered it. It cost nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct RefusedModel {
    /// Its id, as it was asked for; empty if the catalogue has none for this.
    pub model: String,
    /// The [`code`](Error::code) of the error that the call would have returned, such as `provider_not_found`.
    pub error_code: String,
    /// The provider's own error code, such as `model_not_found`.
    pub provider_code: Option<String>,
    /// The request's parameter that it refused, such as `temperature`.
    pub parameter: Option<String>,
    /// The provider's id of the request; `None` if nothing was sent.
    pub request_id: Option<String>,
    /// The provider's own words, bounded and scrubbed.
    pub detail: String,
}

/// What is asked of one model, and of which others where it refuses.
pub(super) struct ModelCall<'a> {
    pub capability: Capability,
    /// `None` has one chosen.
    pub model: Option<&'a str>,
    pub fallback: Option<&'a Fallback>,
}

/// The response of a model that did not refuse.
pub(super) struct Answered {
    pub response: SuccessResponse,
    pub bill: Bill,
    pub model: String,
    pub refused: Vec<RefusedModel>,
}

impl AiPass {
    /// Sends a request to a model, and where it refuses at no cost to others. `request` makes it for a model, with what it may cost
    /// there.
    ///
    /// # Errors
    /// That of the last model that was asked.
    pub(super) async fn ask_model<'a>(
        &self,
        call: &ModelCall<'_>,
        request: impl Fn(String) -> BoxFuture<'a, Result<(ApiRequest, Ceiling)>>,
    ) -> Result<Answered> {
        let mut refused = Vec::new();
        let mut asked = call.model.unwrap_or_default().to_owned();
        let mut tried: Vec<String> = call.model.iter().map(|id| (*id).to_owned()).collect();
        let mut chosen = self.model_for(call.capability, call.model).await;
        loop {
            let error = match chosen {
                Err(error) => error,
                Ok(model) => match self.attempt(request(model.clone())).await {
                    Ok((response, bill)) => return Ok(Answered { response, bill, model, refused }),
                    Err(error) => {
                        asked.clone_from(&model);
                        tried.push(model);
                        error
                    }
                },
            };
            if refused.len() == MAX_OTHERS || !cost_nothing(&error) {
                return Err(error);
            }
            let Some(next) = self.next_model(call, &tried).await else { return Err(error) };
            refused.push(RefusedModel::of(std::mem::replace(&mut asked, next), &error));
            tried.push(asked.clone());
            chosen = self.model_for(call.capability, Some(&asked)).await;
        }
    }

    /// Every request to one of several models goes through here: each is held against the app's limits anew.
    async fn attempt(
        &self,
        request: impl Future<Output = Result<(ApiRequest, Ceiling)>>,
    ) -> Result<(SuccessResponse, Bill)> {
        let (request, ceiling) = request.await?;
        self.call_paid(request, ceiling).await
    }

    async fn next_model(&self, call: &ModelCall<'_>, tried: &[String]) -> Option<String> {
        let is_new = |id: &&String| !tried.iter().any(|tried| is_same_model(tried, id));
        match call.fallback? {
            Fallback::Models { models } => models.iter().find(is_new).cloned(),
            Fallback::AnySuitable => self.other_model_for(call.capability, tried).await,
        }
    }
}

impl Fallback {
    /// Refuses a list that could not be gone through (P8).
    pub(super) fn check(&self) -> Result<()> {
        let Fallback::Models { models } = self else { return Ok(()) };
        if models.len() > MAX_OTHERS {
            return Err(Error::invalid_input("fallback", format!("it names more than {MAX_OTHERS} models")));
        }
        if models.iter().any(|id| id.trim().is_empty()) {
            return Err(Error::invalid_input("fallback", "one of its models is empty"));
        }
        Ok(())
    }
}

impl RefusedModel {
    fn of(model: String, error: &Error) -> Self {
        let (provider_code, parameter, request_id, detail) = match error {
            Error::Provider { provider_code, parameter, request_id, detail, .. } => {
                (provider_code.clone(), parameter.clone(), request_id.clone(), detail.clone())
            }
            Error::RateLimited { request_id, detail, .. } => (None, None, request_id.clone(), detail.clone()),
            other => (None, None, None, other.to_string()),
        };
        Self { model, error_code: error.code().to_owned(), provider_code, parameter, request_id, detail }
    }
}

/// Whether this is a refusal that certainly cost nothing, and that another model may not share.
fn cost_nothing(error: &Error) -> bool {
    match error {
        Error::InvalidInput { input, .. } => input == "model",
        Error::Unsupported { .. } | Error::RateLimited { text: None, .. } => true,
        Error::Provider { status: Some(status), provider_code, parameter, detail, text: None, .. } => {
            let code = provider_code.as_deref().unwrap_or_default().to_ascii_lowercase();
            let words = detail.to_ascii_lowercase();
            let is_about_model = MODEL_CODES.contains(&code.as_str())
                || MODEL_WORDS.iter().any(|phrase| words.contains(phrase))
                || parameter.as_deref() == Some("model");
            match status {
                404 | 410 => true,
                400 | 422 if is_about_content(error) => false,
                400 | 422 => is_about_model || parameter.as_deref().is_some_and(is_no_content),
                403 | 503 => is_about_model,
                _ => false,
            }
        }
        _ => false,
    }
}

/// What OpenAI, LiteLLM and OpenRouter call a model that is not there or may not be used.
const MODEL_CODES: [&str; 13] = [
    "model_not_found",
    "model_not_available",
    "model_not_supported",
    "model_deprecated",
    "model_access_denied",
    "invalid_model",
    "unknown_model",
    "unsupported_model",
    "key_model_access_denied",
    "team_model_access_denied",
    "user_model_access_denied",
    "org_model_access_denied",
    "project_model_access_denied",
];
/// LiteLLM's words for the same, and for parameters that a model does not take.
const MODEL_WORDS: [&str; 6] = [
    "invalid model name passed in",
    "not allowed to access model",
    "no healthy deployments for this model",
    "no deployments available for selected model",
    "unsupportedparamserror",
    "is not a valid model id",
];
/// Whether a parameter is looked at before the content is read.
fn is_no_content(parameter: &str) -> bool {
    let name = parameter.split(['.', '[']).next().unwrap_or_default();
    !matches!(name, "messages" | "prompt" | "input" | "content" | "contents" | "body" | "")
}

#[cfg(test)]
#[path = "fallback_tests.rs"]
mod tests;
