//! Chat completions, whole and streamed.

mod assembly;
pub(super) mod body;
mod check;
mod choice;
mod event;
mod message;
pub(super) mod photos;
mod reader;
mod request;
mod response;
mod stream;
mod tool_calls;
mod usage;
mod wire;

pub use event::{ChatEvent, ToolCallPart};
pub use message::{ContentPart, Message, Role, ToolCall};
pub use request::{ChatRequest, ReasoningEffort, ResponseFormat, Tool, ToolChoice};
pub use response::{ChatAnswer, ChatChoice, FinishReason, TokenLogprob, TopLogprob};
pub use stream::ChatStream;
pub use usage::TokenUsage;

pub(super) use check::check_tool_calls;
pub(super) use stream::OnAnswer;
pub(super) use usage::UsageBody;

use super::cost;
use super::exchange::endpoint;
use super::models::Capability;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;
use assembly::Assembly;
use event::Events;

/// The largest response that is read in one piece, and the most text that is kept of a streamed one (P4): a long answer has some hundred
/// kilobytes. Reading takes at most four times an answer's bytes and 8 MB besides (S8).
const MAX_RESPONSE: usize = 4 * 1024 * 1024;
/// The same where several choices or log-probabilities are asked for.
const MAX_LARGE_RESPONSE: usize = 4 * MAX_RESPONSE;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks a model and waits for the whole answer. One paid call, never repeated once it may have been sent.
    ///
    /// # Errors
    /// - [`Error::InvalidInput`] before anything is sent.
    /// - [`Error::SignInRequired`], [`Error::BudgetExceeded`], [`Error::RateLimited`], [`Error::Provider`].
    /// - [`Error::Offline`], [`Error::Timeout`], [`Error::Truncated`]: the call may have been charged. It was not after
    ///   `Offline` without `maybe_sent`, or after a time-out while connecting.
    /// - An error inside of a response has the text before it as its `text`.
    pub async fn chat(&self, request: ChatRequest) -> Result<ChatAnswer> {
        let (n, most) = (request.n.map_or(1, |n| n as usize), max_response(&request));
        self.run(move |ai| async move {
            let (request, model) = ai.chat_request(request, false).await?;
            let mut answer = ai.ask_up_to(most, request).await?;
            answer.body.shrink_to_fit(); // its room may be twice as large
            let assembly = Assembly::of(model, n, answer.cost);
            answer.read(|body, request_id| read_into(assembly, body, request_id))
        })
        .await
    }

    /// Asks a model and returns its answer as a stream of events. One paid call; releasing the stream before its end
    /// cancels it.
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
        let (n, most) = (request.n.map_or(1, |n| n as usize), max_response(&request));
        self.run(move |ai| async move {
            let (request, model) = ai.chat_request(request, true).await?;
            let answer = ai.call_or_explain(request).await?;
            let assembly = Assembly::of(model, n, cost::of(&answer.headers));
            Ok(ChatStream::read(answer, assembly, most, then))
        })
        .await
    }

    /// Checks the request, prepares its photos and picks its model, all before money is spent (P8).
    async fn chat_request(&self, mut request: ChatRequest, stream: bool) -> Result<(ApiRequest, String)> {
        check::check(&request)?;
        let url = endpoint(self.provider().model_api.as_ref(), "chat", &["chat", "completions"])?;
        // Before a model is chosen: a photo that cannot be read should fail before the network is asked.
        photos::prepare(&mut request.messages).await?;
        let is_photo = |part: &ContentPart| matches!(part, ContentPart::Photo { .. });
        let has_photo = request.messages.iter().flat_map(|message| &message.content).any(is_photo);
        let capability = if has_photo { Capability::Vision } else { Capability::Chat };
        let model = self.model_for(capability, request.model.as_deref()).await?;
        let json = body::encode(&request, &model, stream)?;
        let accept = if stream { "text/event-stream" } else { "application/json" };
        Ok((ApiRequest::post(url, json, accept), model))
    }
}

/// How large an answer to this request may be, in bytes.
fn max_response(request: &ChatRequest) -> usize {
    let is_large = request.top_logprobs.is_some() || request.n.is_some_and(|n| n > 1);
    if is_large { MAX_LARGE_RESPONSE } else { MAX_RESPONSE }
}

fn read_into(mut assembly: Assembly, body: &[u8], request_id: Option<String>) -> Result<ChatAnswer> {
    let mut events = Events::unwanted();
    assembly.take_whole(body, &mut events)?;
    assembly.settle(&mut events);
    assembly.into_response(request_id)
}

/// The only choice of an answer in one piece.
#[cfg(test)]
pub(super) fn read_response(body: &[u8], asked: String, request_id: Option<String>) -> Result<ChatAnswer> {
    read_into(Assembly::of(asked, 1, None), body, request_id)
}

#[cfg(test)]
mod tests;
