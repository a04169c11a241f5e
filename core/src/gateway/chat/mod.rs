//! Chat completions, whole and streamed.

mod answer;
mod assembly;
pub(super) mod body;
mod check;
mod event;
mod message;
mod request;
mod stream;
mod wire;

pub use answer::{ChatAnswer, ChatChoice, FinishReason, TokenLogprob, TokenUsage, TopLogprob};
pub use event::{ChatEvent, ToolCallPart};
pub use message::{ContentPart, Message, Role, ToolCall};
pub use request::{ChatRequest, ReasoningEffort, ResponseFormat, Tool, ToolChoice};
pub use stream::ChatStream;

pub(super) use check::check_tool_calls;
pub(super) use stream::OnAnswer;

use super::exchange::endpoint;
use super::models::Capability;
use super::refusal;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
use crate::error::{Error, Result};
use assembly::Assembly;
use wire::{Choice, Completion};

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks a model and waits for the whole answer. One paid call, never repeated once it may have been sent.
    ///
    /// # Errors
    /// - [`Error::InvalidInput`] before anything is sent.
    /// - [`Error::SignInRequired`], [`Error::BudgetExceeded`], [`Error::RateLimited`], [`Error::Provider`].
    /// - [`Error::Offline`], [`Error::Timeout`], [`Error::Truncated`]: the call may have been charged, but for `Offline` without
    ///   `maybe_sent` and a time-out while connecting.
    pub async fn chat(&self, request: ChatRequest) -> Result<ChatAnswer> {
        self.run(move |ai| async move {
            let (request, model) = ai.chat_request(request, false).await?;
            let answer = ai.ask(request).await?;
            answer.read(|body, request_id| read_answer(body, model, request_id))
        })
        .await
    }

    /// Asks a model and hands over its answer as it comes. One paid call; dropping the stream ends it.
    ///
    /// # Errors
    /// As [`chat`](Self::chat); what goes wrong later comes out of [`ChatStream::next`].
    pub async fn chat_stream(&self, request: ChatRequest) -> Result<ChatStream> {
        self.chat_stream_then(request, None).await
    }
}

impl AiPass {
    /// The same with something to do when the model is done with its answer.
    pub(super) async fn chat_stream_then(&self, request: ChatRequest, then: Option<OnAnswer>) -> Result<ChatStream> {
        let n = request.n.map_or(1, |n| n as usize);
        self.run(move |ai| async move {
            let (request, model) = ai.chat_request(request, true).await?;
            Ok(ChatStream::read(ai.call_or_explain(request).await?, model, n, then))
        })
        .await
    }

    /// Checks the request, prepares its photos and picks its model, all before money is spent (P8).
    async fn chat_request(&self, mut request: ChatRequest, stream: bool) -> Result<(ApiRequest, String)> {
        check::check(&request)?;
        let url = endpoint(self.provider().model_api.as_ref(), "chat", &["chat", "completions"])?;
        let photos = body::data_urls(&mut request.messages).await?;
        let capability = if photos.is_empty() { Capability::Chat } else { Capability::Vision };
        let model = self.model_for(capability, request.model.as_deref()).await?;
        let json = body::encode(&request, &photos, &model, stream)?;
        let accept = if stream { "text/event-stream" } else { "application/json" };
        Ok((ApiRequest::post(url, json, accept), model))
    }
}

pub(super) fn read_answer(body: &[u8], asked: String, request_id: Option<String>) -> Result<ChatAnswer> {
    let mut assembly = Assembly::of(asked);
    assembly.take(read_completion(body, &request_id)?, &mut Vec::new());
    assembly.answer(request_id).ok_or_else(no_answer)
}

/// The JSON of an answer that came in one piece. It must have a choice.
fn read_completion<'a>(body: &'a [u8], request_id: &Option<String>) -> Result<Completion<'a>> {
    let refused = || refusal::in_successful_answer(body, request_id.clone());
    let unreadable = || refused().unwrap_or_else(|| Error::unreadable(200, "the answer is not a chat completion"));
    let mut completion: Completion<'_> = serde_json::from_slice(body).map_err(|_| unreadable())?;
    if completion.choices.is_empty() {
        return Err(refused().unwrap_or_else(no_answer));
    }
    if !completion.choices.iter().any(Choice::says_something) {
        return Err(Error::unreadable(200, "the answer has no message"));
    }
    completion.choices.iter_mut().for_each(Choice::end);
    Ok(completion)
}

fn no_answer() -> Error {
    Error::unreadable(200, "the answer has no choices")
}

#[cfg(test)]
mod tests;
