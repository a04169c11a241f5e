//! Chat completions, whole and streamed.

mod assembly;
pub(super) mod body;
mod check;
mod choice;
mod event;
mod message;
pub(super) mod photos;
mod quote;
mod reader;
mod repeated;
mod request;
mod response;
mod stream;
mod tool_calls;
mod wire;

pub use super::usage::TokenUsage;
pub use event::{ChatEvent, ToolCallPart};
pub use message::{ContentPart, Message, Role, ToolCall};
pub use request::{ChatRequest, ReasoningEffort, ResponseFormat, Tool, ToolChoice};
pub use response::{ChatAnswer, ChatChoice, FinishReason, TokenLogprob, TopLogprob};
pub use stream::ChatStream;

pub(super) use check::check_tool_calls;
pub(super) use stream::OnAnswer;

use super::bill::Ceiling;
use super::cost;
use super::exchange::{JSON, buffered, endpoint};
use super::fallback::{Answered, ModelCall};
use super::models::Capability;
use super::photo_check::{self, PhotoCheck, PhotoHint};
use super::quote::CostEstimate;
use super::tokens::photos::PhotoSize;
use crate::client::AiPass;
use crate::client::call::ApiRequest;
#[cfg(doc)]
use crate::error::Error;
use crate::error::Result;
use assembly::Assembly;
use event::Events;
use futures_util::FutureExt;
use photos::SentPhotos;
use url::Url;

/// The largest response that is read in one piece, and the most text that is kept of a streamed one (P4): a long answer has
/// some hundred kilobytes. Reading takes at most four times an answer's bytes and 8 MB besides (S8).
const MAX_RESPONSE: usize = 4 * 1024 * 1024;
/// The same where several choices or log-probabilities are asked for.
const MAX_LARGE_RESPONSE: usize = 4 * MAX_RESPONSE;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks a model and waits for the whole answer. One paid call, never repeated once it may have been sent.
    ///
    /// # Errors
    /// - [`Error::InvalidInput`], and [`Error::SpendLimit`] over a limit that the app has set, before anything is sent.
    /// - [`Error::SignInRequired`], [`Error::BudgetExceeded`], [`Error::RateLimited`], [`Error::Provider`].
    /// - [`Error::Offline`], [`Error::Timeout`], [`Error::Truncated`]: the call may have been charged. It was not after
    ///   `Offline` without `maybe_sent`, or after a time-out while connecting.
    /// - An error inside of a response has the text before it as its `text`.
    pub async fn chat(&self, request: ChatRequest) -> Result<ChatAnswer> {
        self.chat_prepared(request, Preparation::default()).await.map(|(answer, _)| answer)
    }

    /// Asks a model and returns its answer as a stream of events. One paid call; releasing the stream before its end
    /// cancels it.
    ///
    /// # Errors
    /// As [`chat`](Self::chat); what goes wrong later comes out of [`ChatStream::next`].
    pub async fn chat_stream(&self, request: ChatRequest) -> Result<ChatStream> {
        self.chat_stream_then(request, Preparation::default(), None).await
    }
}

/// How a request of the library's own is prepared.
#[derive(Debug, Default)]
pub(super) struct Preparation {
    /// The format of the answer, if the catalogue says that the model takes JSON schemas.
    pub schema: Option<ResponseFormat>,
    /// Whether the photos are looked at before money is spent, and what then.
    pub photo_check: Option<PhotoCheck>,
    /// The sizes of the photos, if they are ready to be sent, and are not prepared any more.
    pub ready: Option<Vec<PhotoSize>>,
}

impl AiPass {
    /// As [`chat`](Self::chat), of a request that is prepared in this way. Returns what a look at the photos found, too.
    pub(super) async fn chat_prepared(
        &self,
        request: ChatRequest,
        preparation: Preparation,
    ) -> Result<(ChatAnswer, Vec<PhotoHint>)> {
        let (n, most) = (request.n.map_or(1, |n| n as usize), max_response(&request));
        self.run(move |ai| async move {
            let (answered, hints) = ai.ask_chat(request, preparation, false).await?;
            let mut answer = buffered(answered.response, most, answered.bill).await?;
            answer.body.shrink_to_fit(); // its room may be twice as large
            let assembly = Assembly::of(answered.model, n, answer.cost).after(answered.refused);
            let read = answer.read(|body, request_id| read_into(assembly, body, request_id));
            let told = read.as_ref().ok();
            answer.settle(told.and_then(|chat| chat.cost), told.and_then(|chat| chat.usage.as_ref())).await;
            read.map(|answer| (answer, hints))
        })
        .await
    }

    /// As [`chat_stream`](Self::chat_stream), with something to do when the model is done with its answer.
    pub(super) async fn chat_stream_then(
        &self,
        request: ChatRequest,
        preparation: Preparation,
        then: Option<OnAnswer>,
    ) -> Result<ChatStream> {
        let (n, most) = (request.n.map_or(1, |n| n as usize), max_response(&request));
        self.run(move |ai| async move {
            let (answered, _) = ai.ask_chat(request, preparation, true).await?;
            let Answered { response, bill, model, refused } = answered;
            let assembly = Assembly::of(model, n, cost::of(&response.headers)).after(refused);
            Ok(ChatStream::read(response, bill, assembly, most, then))
        })
        .await
    }

    /// Checks the request, prepares its photos, picks its model and sees what it may cost, all before money is spent (P8, P20).
    /// Then sends it.
    async fn ask_chat(
        &self,
        request: ChatRequest,
        preparation: Preparation,
        stream: bool,
    ) -> Result<(Answered, Vec<PhotoHint>)> {
        let url = self.chat_url()?;
        let Prepared { request, photos, hints, capability, schema } = prepare_chat(request, preparation).await?;
        let accept = if stream { "text/event-stream" } else { JSON };
        let (asked, photos, schema, url) = (&request, &photos, &schema, &url);
        let of_model = |model: String| {
            let priced = async move {
                let format = self.format_for(asked, schema.as_ref(), &model).await?;
                let ceiling = match self.spend_limits() {
                    Some(_) => self.chat_quote(asked, format, &model, photos).await?.ceiling(),
                    None => Ceiling::default(),
                };
                Ok((ApiRequest::post(url.clone(), body::encode(asked, format, &model, stream)?, accept), ceiling))
            };
            priced.boxed()
        };
        let (model, fallback) = (request.model.as_deref(), request.fallback.as_ref());
        let answered = self.ask_model(&ModelCall { capability, model, fallback }, of_model).await?;
        Ok((answered, hints))
    }

    /// What this request may cost at the model that is asked first.
    pub(super) async fn estimate_chat(&self, request: ChatRequest, preparation: Preparation) -> Result<CostEstimate> {
        self.chat_url()?;
        let Prepared { request, photos, capability, schema, .. } = prepare_chat(request, preparation).await?;
        let model = self.model_for(capability, request.model.as_deref()).await?;
        let format = self.format_for(&request, schema.as_ref(), &model).await?;
        body::encode(&request, format, &model, false)?;
        Ok(self.chat_quote(&request, format, &model, &photos).await?.estimate)
    }

    /// The format that the answer of this model is asked for in.
    async fn format_for<'a>(
        &self,
        request: &'a ChatRequest,
        schema: Option<&'a ResponseFormat>,
        model: &str,
    ) -> Result<Option<&'a ResponseFormat>> {
        match schema {
            Some(schema) if self.takes_json_schemas(model).await? => Ok(Some(schema)),
            _ => Ok(request.response_format.as_ref()),
        }
    }

    fn chat_url(&self) -> Result<Url> {
        endpoint(self.provider().model_api.as_ref(), "chat", &["chat", "completions"])
    }
}

/// A request whose photos can be sent.
struct Prepared {
    request: ChatRequest,
    photos: Vec<PhotoSize>,
    hints: Vec<PhotoHint>,
    capability: Capability,
    schema: Option<ResponseFormat>,
}

/// Makes the photos of a request fit to be sent, before a model is chosen: one that cannot be read should fail before the network
/// is asked.
async fn prepare_chat(mut request: ChatRequest, preparation: Preparation) -> Result<Prepared> {
    let Preparation { schema, photo_check, ready } = preparation;
    check::check(&request)?;
    let sent = match ready {
        Some(sizes) => SentPhotos { sizes, ..SentPhotos::default() },
        None => photos::prepare(&mut request.messages, photo_check.is_some()).await?,
    };
    let hints = photo_check.map_or(Ok(Vec::new()), |check| photo_check::checked(&sent.measures, check))?;
    let capability = if sent.sizes.is_empty() { Capability::Chat } else { Capability::Vision };
    Ok(Prepared { request, photos: sent.sizes, hints, capability, schema })
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
