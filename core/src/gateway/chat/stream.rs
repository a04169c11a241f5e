//! A streamed answer, event by event (OpenAI's chunks over server-sent events).
//!
//! The answer is complete when the model gave its reason to stop, or the server said `[DONE]`. Whatever ends it earlier is
//! [`Error::Truncated`] with the text received: half an answer is never passed off as a whole one (P5).

use super::answer::ChatAnswer;
use super::assembly::Assembly;
use super::event::ChatEvent;
use super::{no_answer, wire::Completion};
use crate::client::runtime::AbortOnDrop;
use crate::error::{Error, Result};
use crate::gateway::exchange::MAX_JSON_ANSWER;
use crate::gateway::refusal;
use crate::net::cancellation::Cancellation;
use crate::net::events::{Event, EventError, EventParser};
use crate::net::failure::HttpFailure;
use crate::net::{Answer, Body};
use std::sync::{Arc, OnceLock, PoisonError};
use tokio::sync::{Mutex, mpsc};

/// The largest event that is read (P4): a chunk is a few hundred bytes.
const MAX_EVENT: usize = 1024 * 1024;
/// So many events wait for a slow reader; then the connection waits.
const WAITING_EVENTS: usize = 64;

/// What is done with an answer as soon as the model is done with it.
pub(in crate::gateway) type OnAnswer = Box<dyn FnOnce(&ChatAnswer) + Send>;

/// An answer as it comes; see [`AiPass::chat_stream`](crate::AiPass::chat_stream). Dropping it ends the request and closes
/// its connection.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct ChatStream {
    events: Mutex<mpsc::Receiver<Result<ChatEvent>>>,
    /// How it ended; set before the last event is handed over.
    outcome: Arc<OnceLock<Result<ChatAnswer>>>,
    closed: Arc<Cancellation>,
    on_answer: SharedOnAnswer,
    reader: AbortOnDrop,
}

/// Of the stream and of its reader, so that it is gone as soon as the stream is.
type SharedOnAnswer = Arc<std::sync::Mutex<Option<OnAnswer>>>;

impl ChatStream {
    /// Starts to read the answer of this model with `n` choices. Must run on the library's runtime.
    pub(super) fn read(answer: Answer, model: String, n: usize, on_answer: Option<OnAnswer>) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_EVENTS);
        let outcome = Arc::new(OnceLock::new());
        let told = Arc::clone(&outcome);
        let on_answer = Arc::new(std::sync::Mutex::new(on_answer));
        let waiting = Arc::clone(&on_answer);
        let reader = tokio::spawn(async move {
            let (request_id, scrubber) = (refusal::request_id(&answer.headers), answer.scrubber.clone());
            let mut reader =
                Reader { sender, request_id, n, on_answer: waiting, assembly: Assembly::of(model), received: 0 };
            let ended = match reader.read(answer.body).await {
                Ok(()) => reader.assembly.answer(reader.request_id.clone()).ok_or_else(no_answer),
                Err(Stop::Failed(error)) => Err(error),
                Err(Stop::Unwanted) => return,
            };
            let ended = ended.map_err(|error| error.of_request(reader.request_id.clone()).scrubbed(&scrubber));
            let on_answer = take(&reader.on_answer);
            match &ended {
                Ok(answer) => on_answer.into_iter().for_each(|on_answer| on_answer(answer)),
                Err(error) => {
                    drop(on_answer); // before the app hears of the failure, so that it may try again
                    let _ = reader.sender.send(Err(error.clone())).await; // nobody listens any more: nobody misses it
                }
            }
            let _ = told.set(ended); // the only one that sets it
        });
        let reader = AbortOnDrop(reader.abort_handle());
        Self { events: Mutex::new(receiver), outcome, closed: Cancellation::new(), on_answer, reader }
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
            event = events.recv() => match event {
                Some(event) => event.map(Some),
                None if self.outcome.get().is_some() => Ok(None),
                None => Err(Error::internal("a bug in the library: the reader of a stream ended without an outcome")),
            },
        }
    }

    /// Waits for the rest and gives the whole answer, as [`AiPass::chat`](crate::AiPass::chat) would have, with its tool calls
    /// put together. Events that were not read until then are passed over, and those that were count all the same.
    ///
    /// # Errors
    /// As [`next`](Self::next), also if that has told the error before; [`Error::Cancelled`] after [`cancel`](Self::cancel).
    pub async fn answer(&self) -> Result<ChatAnswer> {
        while self.next().await?.is_some() {}
        self.outcome.get().cloned().unwrap_or(Err(Error::Cancelled))
    }

    /// Ends the request and closes its connection. A waiting and every later [`next`](Self::next) answers `None`.
    pub fn cancel(&self) {
        self.closed.cancel();
        self.reader.0.abort();
        drop(take(&self.on_answer));
    }
}

impl Drop for ChatStream {
    fn drop(&mut self) {
        drop(take(&self.on_answer));
    }
}

impl std::fmt::Debug for ChatStream {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ChatStream")
    }
}

fn take(on_answer: &SharedOnAnswer) -> Option<OnAnswer> {
    on_answer.lock().unwrap_or_else(PoisonError::into_inner).take()
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
    request_id: Option<String>,
    /// How many choices were asked for.
    n: usize,
    on_answer: SharedOnAnswer,
    assembly: Assembly,
    received: usize,
}

impl Reader {
    async fn read(&mut self, mut body: Body) -> Result<(), Stop> {
        let mut parser = EventParser::new(MAX_EVENT);
        let mut chunk = self.next_chunk(&mut body).await?;
        while let Some(bytes) = &chunk {
            if !bytes.iter().all(u8::is_ascii_whitespace) {
                break;
            }
            chunk = self.next_chunk(&mut body).await?;
        }
        if chunk.as_ref().is_some_and(|bytes| bytes.trim_ascii_start().starts_with(b"{")) {
            return self.read_json(chunk, body).await;
        }
        let mut events = Vec::new();
        while let Some(bytes) = chunk {
            parser.push(&bytes);
            while let Some(event) = parser.next_event().map_err(|error| self.unreadable(&error))? {
                if self.take(&event, &mut events).await? {
                    return Ok(());
                }
            }
            chunk = self.next_chunk(&mut body).await?;
        }
        if let Some(event) = parser.finish().map_err(|error| self.unreadable(&error))?
            && self.take(&event, &mut events).await?
        {
            return Ok(());
        }
        if self.is_finished() { Ok(()) } else { Err(self.truncated("it ended before the model did").into()) }
    }

    /// A server that does not stream answers one JSON object: the whole answer, or an error.
    async fn read_json(&mut self, first: Option<bytes::Bytes>, mut body: Body) -> Result<(), Stop> {
        let mut whole = first.unwrap_or_default().to_vec();
        while let Some(bytes) = self.next_chunk(&mut body).await? {
            whole.extend_from_slice(&bytes);
        }
        let completion = super::read_completion(&whole, &self.request_id)?;
        self.pass_on(completion, &mut Vec::new()).await
    }

    /// Passes on what an event says; true at the end of the answer. `events` is room to be used again.
    async fn take(&mut self, event: &Event<'_>, events: &mut Vec<ChatEvent>) -> Result<bool, Stop> {
        let data = event.data.trim();
        if data.is_empty() {
            return Ok(false);
        }
        if data == "[DONE]" {
            return Ok(true);
        }
        match serde_json::from_str::<Completion>(data) {
            Ok(chunk) if !chunk.has_error && event.name != "error" => {
                self.pass_on(chunk, events).await?;
                Ok(false)
            }
            _ => match refusal::in_successful_answer(data.as_bytes(), self.request_id.clone()) {
                Some(error) => Err(error.into()),
                None if self.is_finished() => Ok(true), // the model was done; what follows was cut short
                None => Err(self.truncated("an event cannot be read").into()),
            },
        }
    }

    async fn pass_on(&mut self, chunk: Completion<'_>, events: &mut Vec<ChatEvent>) -> Result<(), Stop> {
        self.assembly.take(chunk, events);
        // Before the app hears of the end, so that it may go on from there.
        if self.is_finished()
            && let Some(on_answer) = take(&self.on_answer)
            && let Some(answer) = self.assembly.answer(self.request_id.clone())
        {
            on_answer(&answer);
        }
        for event in events.drain(..) {
            self.sender.send(Ok(event)).await.map_err(|_| Stop::Unwanted)?;
        }
        Ok(())
    }

    /// Whether the model is done with all that was asked for.
    fn is_finished(&self) -> bool {
        self.assembly.finished() >= self.n
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
            Err(_) if self.is_finished() => Ok(None), // the model was done; only the connection's end is missing
            Err(failure) => Err(self.truncated(&failure.to_string()).into()),
        }
    }

    fn truncated(&self, detail: &str) -> Error {
        let (text, request_id) = (self.assembly.text().to_owned(), self.request_id.clone());
        Error::Truncated { text, request_id, detail: detail.to_owned() }
    }

    fn unreadable(&self, error: &EventError) -> Stop {
        self.truncated(&error.to_string()).into()
    }
}
