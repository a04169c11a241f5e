//! A streamed answer, event by event (OpenAI's chunks over server-sent events).
//!
//! The answer is complete when the model gave its reason to stop, or the server said `[DONE]`. Whatever ends it earlier is
//! [`Error::Truncated`] with the text received: half an answer is never passed off as a whole one (P5).

use super::wire::{Completion, FinishReason, TokenUsage, read_completion};
use crate::client::runtime::AbortOnDrop;
use crate::error::{Error, Result};
use crate::gateway::{MAX_JSON_ANSWER, refusal};
use crate::http::cancellation::Cancellation;
use crate::http::events::{Event, EventError, EventParser};
use crate::http::failure::HttpFailure;
use crate::http::{Answer, Body};
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc};

/// The largest event that is read (P4): a chunk is a few hundred bytes.
const MAX_EVENT: usize = 1024 * 1024;
/// So many events wait for a slow reader; then the connection waits.
const WAITING_EVENTS: usize = 64;

/// A piece of a streamed answer.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ChatEvent {
    /// The model that answers, once, before everything else.
    Started {
        /// As the provider names it.
        model: String,
    },
    /// The next piece of text.
    Text {
        /// To be added to what came before.
        text: String,
    },
    /// The next piece of a tool call.
    ToolCall {
        /// To be added to what came before with the same index.
        part: ToolCallPart,
    },
    /// The model stopped.
    Finished {
        /// Why.
        reason: FinishReason,
    },
    /// What was used, after the end of the text, if the provider says so.
    Usage {
        /// The tokens.
        usage: TokenUsage,
    },
}

/// A piece of a tool call: the first one has its id and name, all add to its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ToolCallPart {
    /// Which of the answer's calls it belongs to.
    pub index: u32,
    /// The call's id, in its first piece.
    pub id: Option<String>,
    /// The tool's name, in its first piece.
    pub name: Option<String>,
    /// The next piece of the arguments' JSON.
    pub arguments_json: String,
}

/// An answer as it comes; see [`AiPass::chat_stream`](crate::AiPass::chat_stream). Dropping it ends the request and closes
/// its connection.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct ChatStream {
    events: Mutex<mpsc::Receiver<Result<ChatEvent>>>,
    closed: Arc<Cancellation>,
    reader: AbortOnDrop,
}

impl ChatStream {
    /// Starts to read an answer. Must run on the library's runtime.
    pub(super) fn read(answer: Answer) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_EVENTS);
        let reader = tokio::spawn(async move {
            let mut reader = Reader { sender, text: String::new(), model: None, finished: false, received: 0 };
            if let Err(Stop::Failed(error)) = reader.read(answer).await {
                let _ = reader.sender.send(Err(error)).await; // nobody listens any more: nobody misses it
            }
        });
        Self { events: Mutex::new(receiver), closed: Cancellation::new(), reader: AbortOnDrop(reader.abort_handle()) }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl ChatStream {
    /// The next event; `None` after the last one, after an error, and after [`cancel`](Self::cancel).
    ///
    /// # Errors
    /// [`Error::Truncated`] with the text received if the answer broke off; the error that the provider sent in
    /// mid-stream; [`Error::Cancelled`].
    pub async fn next(&self) -> Result<Option<ChatEvent>> {
        let mut events = self.events.lock().await;
        tokio::select! {
            biased;
            () = self.closed.cancelled() => Ok(None),
            event = events.recv() => event.transpose(),
        }
    }

    /// Ends the request and closes its connection. A waiting and every later [`next`](Self::next) answers `None`.
    pub fn cancel(&self) {
        self.closed.cancel();
        self.reader.0.abort();
    }
}

impl std::fmt::Debug for ChatStream {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ChatStream")
    }
}

/// Why reading ended before the end.
enum Stop {
    Failed(Error),
    /// The stream was dropped.
    Unwanted,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Failed(error)
    }
}

struct Reader {
    sender: mpsc::Sender<Result<ChatEvent>>,
    text: String,
    model: Option<String>,
    finished: bool,
    received: usize,
}

impl Reader {
    async fn read(&mut self, answer: Answer) -> Result<(), Stop> {
        let request_id = refusal::request_id(&answer.headers);
        let mut body = answer.body;
        let mut parser = EventParser::new(MAX_EVENT);
        let mut chunk = self.next_chunk(&mut body).await?;
        while let Some(bytes) = &chunk {
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                break;
            }
            chunk = self.next_chunk(&mut body).await?;
        }
        if chunk.as_ref().is_some_and(|bytes| bytes.trim_ascii_start().starts_with(b"{")) {
            return self.read_json(chunk, body, request_id).await;
        }
        while let Some(bytes) = chunk {
            parser.push(&bytes);
            while let Some(event) = parser.next_event().map_err(|error| self.unreadable(&error))? {
                if self.take(&event, request_id.as_deref()).await? {
                    return Ok(());
                }
            }
            chunk = self.next_chunk(&mut body).await?;
        }
        if let Some(event) = parser.finish().map_err(|error| self.unreadable(&error))?
            && self.take(&event, request_id.as_deref()).await?
        {
            return Ok(());
        }
        if self.finished { Ok(()) } else { Err(self.truncated("it ended before the model did").into()) }
    }

    /// A server that does not stream answers one JSON object: the whole answer, or an error.
    async fn read_json(
        &mut self,
        first: Option<bytes::Bytes>,
        mut body: Body,
        request_id: Option<String>,
    ) -> Result<(), Stop> {
        let mut whole = first.unwrap_or_default().to_vec();
        while let Some(bytes) = self.next_chunk(&mut body).await? {
            whole.extend_from_slice(&bytes);
        }
        let answer = read_completion(&whole, request_id)?;
        self.send(ChatEvent::Started { model: answer.model }).await?;
        if !answer.text.is_empty() {
            self.send(ChatEvent::Text { text: answer.text }).await?;
        }
        for (index, call) in (0..).zip(answer.tool_calls) {
            let (id, name) = (Some(call.id), Some(call.name));
            let part = ToolCallPart { index, id, name, arguments_json: call.arguments_json };
            self.send(ChatEvent::ToolCall { part }).await?;
        }
        self.send(ChatEvent::Finished { reason: answer.finish_reason }).await?;
        match answer.usage {
            Some(usage) => self.send(ChatEvent::Usage { usage }).await,
            None => Ok(()),
        }
    }

    /// Passes on what an event says; true at the end of the answer.
    async fn take(&mut self, event: &Event<'_>, request_id: Option<&str>) -> Result<bool, Stop> {
        let data = event.data.trim();
        if data.is_empty() {
            return Ok(false);
        }
        if data == "[DONE]" {
            return Ok(true);
        }
        let mid_stream_error = || refusal::in_successful_answer(data.as_bytes(), request_id.map(str::to_owned));
        let chunk = match serde_json::from_str::<Completion>(data) {
            Ok(chunk) if chunk.error.is_none() && event.name != "error" => chunk,
            _ => match mid_stream_error() {
                Some(error) => return Err(error.into()),
                None if self.finished => return Ok(true), // the model was done; what follows was cut short
                None => return Err(self.truncated("an event cannot be read").into()),
            },
        };
        if self.model.is_none()
            && let Some(model) = chunk.model
        {
            self.model = Some(model.clone());
            self.send(ChatEvent::Started { model }).await?;
        }
        for choice in chunk.choices.into_iter().filter(|choice| choice.index == 0) {
            let finished = choice.finished();
            if let Some(delta) = choice.said() {
                if let Some(text) = delta.content.filter(|text| !text.is_empty()) {
                    self.text.push_str(&text);
                    self.send(ChatEvent::Text { text }).await?;
                }
                for call in delta.tool_calls {
                    let (index, id) = (call.index, call.id.clone());
                    let (name, arguments_json) = call.into_parts();
                    self.send(ChatEvent::ToolCall { part: ToolCallPart { index, id, name, arguments_json } }).await?;
                }
            }
            if let Some(reason) = finished {
                self.finished = true;
                self.send(ChatEvent::Finished { reason }).await?;
            }
        }
        if let Some(usage) = chunk.usage {
            self.send(ChatEvent::Usage { usage }).await?;
        }
        Ok(false)
    }

    async fn send(&self, event: ChatEvent) -> Result<(), Stop> {
        self.sender.send(Ok(event)).await.map_err(|_| Stop::Unwanted)
    }

    async fn next_chunk(&mut self, body: &mut Body) -> Result<Option<bytes::Bytes>, Stop> {
        match body.next_chunk().await {
            Ok(chunk) => {
                self.received += chunk.as_ref().map_or(0, bytes::Bytes::len);
                if self.received > MAX_JSON_ANSWER {
                    return Err(Error::from(HttpFailure::TooLarge { limit: MAX_JSON_ANSWER }).into());
                }
                Ok(chunk)
            }
            Err(HttpFailure::Cancelled) => Err(Error::Cancelled.into()),
            Err(_) if self.finished => Ok(None), // the model was done; only the connection's end is missing
            Err(failure) => Err(self.truncated(&failure.to_string()).into()),
        }
    }

    fn truncated(&self, detail: &str) -> Error {
        Error::Truncated { text: self.text.clone(), detail: detail.to_owned() }
    }

    fn unreadable(&self, error: &EventError) -> Stop {
        self.truncated(&error.to_string()).into()
    }
}
