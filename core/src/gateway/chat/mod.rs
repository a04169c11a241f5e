//! Chat completions, whole and streamed.

mod body;
mod request;
mod stream;
mod wire;

pub use request::{ChatRequest, ContentPart, Message, ResponseFormat, Role, Tool, ToolCall};
pub use stream::{ChatEvent, ChatStream, ToolCallPart};
pub use wire::{FinishReason, TokenUsage};

use super::endpoint;
use super::models::Capability;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::Result;

/// Models for chat, in the order in which they are taken where the app names none.
const PREFERRED_MODELS: [&str; 4] =
    ["gpt-5-mini", "gpt-4o-mini", "gemini/gemini-2.5-flash", "gemini/gemini-2.5-flash-lite"];

/// A model's whole answer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ChatAnswer {
    /// What the model said; empty if it only called tools.
    pub text: String,
    /// The tools that the model wants called.
    pub tool_calls: Vec<ToolCall>,
    /// Why the model stopped. [`FinishReason::Length`] means that the text is cut off at `max_tokens`.
    pub finish_reason: FinishReason,
    /// The model that answered, as the provider names it.
    pub model: String,
    /// What was used, if the provider says so.
    pub usage: Option<TokenUsage>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks a model and waits for the whole answer. One paid call, never repeated once it may have been sent.
    ///
    /// # Errors
    /// - [`Error::InvalidInput`](crate::Error::InvalidInput) before anything is sent.
    /// - [`Error::SignInRequired`](crate::Error::SignInRequired), [`Error::BudgetExceeded`](crate::Error::BudgetExceeded),
    ///   [`Error::RateLimited`](crate::Error::RateLimited), [`Error::Provider`](crate::Error::Provider).
    /// - [`Error::Offline`](crate::Error::Offline), [`Error::Timeout`](crate::Error::Timeout),
    ///   [`Error::Truncated`](crate::Error::Truncated): the call may have been charged, but for `Offline` without `maybe_sent`
    ///   and a time-out while connecting.
    pub async fn chat(&self, request: ChatRequest) -> Result<ChatAnswer> {
        self.chat_preferring(request, &PREFERRED_MODELS).await
    }

    /// Asks a model and hands over its answer as it comes. One paid call; dropping the stream ends it.
    ///
    /// # Errors
    /// As [`chat`](Self::chat); what goes wrong later comes out of [`ChatStream::next`].
    pub async fn chat_stream(&self, request: ChatRequest) -> Result<ChatStream> {
        self.run(|ai| async move {
            let request = ai.chat_request(request, &PREFERRED_MODELS, true).await?;
            Ok(ChatStream::read(ai.call_or_explain(request).await?))
        })
        .await
    }
}

impl AiPass {
    /// The same with other preferences among models.
    pub(super) async fn chat_preferring(
        &self,
        request: ChatRequest,
        preferences: &'static [&'static str],
    ) -> Result<ChatAnswer> {
        self.run(move |ai| async move {
            let request = ai.chat_request(request, preferences, false).await?;
            let answer = ai.ask(request).await?;
            wire::read_completion(&answer.body, answer.request_id)
        })
        .await
    }

    /// Checks the request, prepares its photos and picks its model, all before money is spent (P8).
    async fn chat_request(&self, mut request: ChatRequest, preferences: &[&str], stream: bool) -> Result<ApiRequest> {
        request.check()?;
        let url = endpoint(self.provider().model_api.as_ref(), "chat", &["chat", "completions"])?;
        let photos = body::data_urls(&mut request).await?;
        let model = self.model_preferring(Capability::Chat, request.model.as_deref(), preferences).await?;
        let json = body::encode(&request, &photos, &model, stream)?;
        let accept = if stream { "text/event-stream" } else { "application/json" };
        Ok(ApiRequest::post(url, json, accept))
    }
}

#[cfg(test)]
mod tests;
