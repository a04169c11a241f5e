//! A streamed answer, event by event (OpenAI's chunks over server-sent events).
//!
//! The answer is complete when the model gave its reason to stop, or the server said `[DONE]`. Whatever ends it earlier is
//! [`Error::Truncated`] with the text received: half an answer is never passed off as a whole one (P5).

use super::answer::ChatAnswer;
use super::assembly::{Assembly, Taken};
use super::event::ChatEvent;
use super::wire::Completion;
use crate::client::runtime::AbortOnDrop;
use crate::error::{Error, Result};
use crate::gateway::exchange::MAX_JSON_ANSWER;
use crate::gateway::in_success::{error_in_body, error_with_words};
use crate::gateway::{lenient, refusal};
use crate::net::cancellation::Cancellation;
use crate::net::events::{Event, EventError, EventParser};
use crate::net::failure::HttpFailure;
use crate::net::{Answer, Body};
use bytes::Bytes;
use std::sync::{Arc, OnceLock, PoisonError};
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};

/// The largest event that is read (P4): a chunk is a few hundred bytes.
const MAX_EVENT: usize = 1024 * 1024;
/// The most bytes that are read of a stream: each token has some hundred around it. What is kept of them is bounded apart.
const MAX_STREAM: usize = MAX_JSON_ANSWER;
/// So many events wait for a slow reader; then the connection waits.
const WAITING_EVENTS: usize = 64;
/// How long the end of the answer is kept back, where a server leaves the connection open after it.
const LINGER: Duration = Duration::from_secs(5);

/// What is done with an answer as soon as the model is done with it.
pub(in crate::gateway) type OnAnswer = Box<dyn FnOnce(&ChatAnswer) + Send>;

/// An answer as it comes; see [`AiPass::chat_stream`](crate::AiPass::chat_stream). [`cancel`](Self::cancel) or release it
/// before its end to close the connection.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct ChatStream {
    events: Mutex<mpsc::Receiver<Result<ChatEvent>>>,
    /// How it ended; set before `events` closes.
    outcome: Arc<OnceLock<Outcome>>,
    closed: Arc<Cancellation>,
    on_answer: SharedOnAnswer,
    reader: AbortOnDrop,
}

/// Of the stream and of its reader, so that it is gone as soon as the stream is.
type SharedOnAnswer = Arc<std::sync::Mutex<Option<OnAnswer>>>;

struct Outcome {
    answer: Result<ChatAnswer>,
    /// What the first choice said until an error.
    text: String,
}

impl ChatStream {
    /// Starts to read an answer into this assembly, of which at most so many bytes are kept. Must run on the library's runtime.
    pub(super) fn read(answer: Answer, assembly: Assembly, most: usize, on_answer: Option<OnAnswer>) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_EVENTS);
        let outcome = Arc::new(OnceLock::new());
        let told = Arc::clone(&outcome);
        let on_answer = Arc::new(std::sync::Mutex::new(on_answer));
        let waiting = Arc::clone(&on_answer);
        let reader = tokio::spawn(async move {
            let (request_id, scrubber) = (refusal::request_id(&answer.headers), answer.scrubber.clone());
            let mut reader = Reader {
                sender,
                request_id: request_id.clone(),
                assembly,
                received: 0,
                told: 0,
                most,
                events: Vec::new(),
                end: Vec::new(),
            };
            let ended = reader.read(answer.body).await;
            let Reader { sender, assembly, mut end, .. } = reader;
            let text = if ended.is_err() { assembly.text().to_owned() } else { String::new() };
            let ended = match ended {
                Ok(()) => assembly.into_answer(request_id.clone()),
                Err(Stop::Failed(error)) => Err(error),
                Err(Stop::Unwanted) => return,
            };
            let ended = ended.map_err(|error| error.of_request(request_id).scrubbed(&scrubber));
            let on_answer = take(&waiting);
            match &ended {
                // Before the app hears of the end, so that it may go on from there.
                Ok(answer) => on_answer.into_iter().for_each(|on_answer| on_answer(answer)),
                Err(_) => {
                    drop(on_answer); // before the app hears of the failure, so that it may try again
                    end.clear();
                }
            }
            let error = ended.as_ref().err().cloned().map(Err);
            for last in end.into_iter().map(Ok).chain(error) {
                let _ = sender.send(last).await; // nobody listens any more: nobody misses it
            }
            let _ = told.set(Outcome { answer: ended, text }); // the only one that sets it
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
    /// mid-stream; [`Error::Provider`] if what came is no stream of answers, or too large; [`Error::Cancelled`]. The text received
    /// was handed over before; [`received_text`](Self::received_text) has all of it.
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
        self.outcome.get().map_or(Err(Error::Cancelled), |outcome| outcome.answer.clone())
    }

    /// The first choice's text, after the stream has ended: also after an error, when it is what arrived until then and never to be
    /// mistaken for an answer. Empty before the end and after [`cancel`](Self::cancel).
    pub fn received_text(&self) -> String {
        match self.outcome.get() {
            Some(Outcome { answer: Ok(answer), .. }) => answer.text.clone(),
            Some(Outcome { text, .. }) => text.clone(),
            None => String::new(),
        }
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
    assembly: Assembly,
    /// How many bytes came.
    received: usize,
    /// How many bytes of text they had.
    told: usize,
    /// The most that `told` may be.
    most: usize,
    /// Room for a chunk's events, to be used again.
    events: Vec<ChatEvent>,
    /// What is told at the end of the answer: the last choice's reason, which a later chunk may replace, and the usage after it.
    end: Vec<ChatEvent>,
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
        match chunk.as_ref().and_then(|bytes| bytes.trim_ascii_start().first()) {
            Some(b'{' | b'[') => return self.read_json(chunk, body).await,
            Some(b'<') => return Err(unreadable("the answer is a page, not a stream").into()),
            _ => {}
        }
        let mut is_stream = false;
        while let Some(bytes) = chunk {
            parser.push(&bytes);
            while let Some(event) = parser.next_event().map_err(too_large)? {
                is_stream = true;
                if self.take(&event).await? {
                    return self.settle().await;
                }
            }
            chunk = self.next_chunk(&mut body).await?;
        }
        if let Some(event) = parser.finish().map_err(too_large)? {
            is_stream = true;
            // The end may have cut this one short.
            let is_cut = !is_done(&event) && serde_json::from_str::<serde::de::IgnoredAny>(&event.data).is_err();
            if !is_cut && self.take(&event).await? {
                return self.settle().await;
            }
        }
        if self.assembly.is_finished() {
            return self.settle().await;
        }
        if !is_stream && parser.has_foreign_lines() {
            return Err(unreadable("the answer is not a stream of events").into());
        }
        Err(self.truncated("it ended before the model did").into())
    }

    /// A server that does not stream answers one JSON object: the whole answer, or an error.
    async fn read_json(&mut self, first: Option<Bytes>, mut body: Body) -> Result<(), Stop> {
        let mut whole = first.unwrap_or_default().to_vec();
        while let Some(bytes) = self.next_chunk(&mut body).await? {
            if whole.len() + bytes.len() > self.most {
                return Err(Error::from(HttpFailure::TooLarge { limit: self.most }).into());
            }
            whole.extend_from_slice(&bytes);
        }
        let mut events = std::mem::take(&mut self.events);
        let taken = self.assembly.take_whole(&whole, &mut events);
        self.tell(&mut events).await?;
        taken?;
        self.settle().await
    }

    /// Passes on what an event says; true at the end of the answer.
    async fn take(&mut self, event: &Event<'_>) -> Result<bool, Stop> {
        let data = event.data.trim();
        if data.is_empty() {
            return Ok(false);
        }
        if is_done(event) {
            return Ok(true);
        }
        let chunk = match lenient::from_str::<Completion<'_>>(data) {
            Ok(chunk) => chunk,
            Err(_) => {
                let words = || if event.name == "error" { error_with_words(data, None) } else { None };
                return match error_in_body(data.as_bytes(), None).or_else(words) {
                    Some(error) => Err(error.into()),
                    None if self.assembly.is_finished() => Ok(true), // the model was done; what follows means nothing
                    None => Err(unreadable("an event cannot be read").into()),
                };
            }
        };
        // An error in another form than an `error` beside the choices.
        let has_answer = chunk.choices.is_some() || chunk.usage.is_some() || chunk.error.is_some();
        let other_error = if has_answer { None } else { error_in_body(data.as_bytes(), None) };
        let mut events = std::mem::take(&mut self.events);
        let Taken { error, .. } = self.assembly.take(chunk, &mut events);
        self.tell(&mut events).await?;
        self.events = events;
        error.or(other_error).map_or(Ok(false), |error| Err(error.into()))
    }

    /// Tells events, but for those that a later chunk may change.
    async fn tell(&mut self, events: &mut Vec<ChatEvent>) -> Result<(), Stop> {
        let is_finished = self.assembly.is_finished();
        for event in events.drain(..) {
            if is_finished && matches!(event, ChatEvent::Finished { .. } | ChatEvent::Usage { .. }) {
                self.end.retain(|earlier| !replaces(&event, earlier));
                self.end.push(event);
                continue;
            }
            self.told += event.text_len();
            if self.told > self.most {
                return Err(Error::from(HttpFailure::TooLarge { limit: self.most }).into());
            }
            self.sender.send(Ok(event)).await.map_err(|_| Stop::Unwanted)?;
        }
        Ok(())
    }

    /// The answer is at its end: tells what was not clear before, but for its end.
    async fn settle(&mut self) -> Result<(), Stop> {
        let mut events = std::mem::take(&mut self.events);
        self.assembly.settle(&mut events);
        self.tell(&mut events).await
    }

    async fn next_chunk(&mut self, body: &mut Body) -> Result<Option<Bytes>, Stop> {
        let is_finished = self.assembly.is_finished();
        let next = body.next_chunk();
        tokio::pin!(next);
        let chunk = if self.end.is_empty() {
            next.await
        } else if let Ok(chunk) = tokio::time::timeout(LINGER, next.as_mut()).await {
            chunk
        } else {
            for event in self.end.drain(..) {
                self.sender.send(Ok(event)).await.map_err(|_| Stop::Unwanted)?;
            }
            next.await
        };
        match chunk {
            Ok(chunk) => {
                self.received += chunk.as_ref().map_or(0, Bytes::len);
                if self.received > MAX_STREAM {
                    return Err(Error::from(HttpFailure::TooLarge { limit: MAX_STREAM }).into());
                }
                Ok(chunk)
            }
            Err(HttpFailure::Cancelled) => Err(Error::Cancelled.into()),
            Err(_) if is_finished => Ok(None), // the model was done; only the connection's end is missing
            Err(
                failure @ (HttpFailure::Broken { .. }
                | HttpFailure::IdleTimeout { .. }
                | HttpFailure::TotalTimeout { .. }),
            ) => Err(self.truncated(&failure.to_string()).into()),
            Err(failure) => Err(Error::from(failure).into()),
        }
    }

    fn truncated(&self, detail: &str) -> Error {
        let (text, request_id) = (self.assembly.text().to_owned(), self.request_id.clone());
        Error::Truncated { text, request_id, detail: detail.to_owned() }
    }
}

fn is_done(event: &Event<'_>) -> bool {
    event.data.trim() == "[DONE]"
}

/// Whether one event of the answer's end says anew what another one said.
fn replaces(event: &ChatEvent, earlier: &ChatEvent) -> bool {
    match (event, earlier) {
        (ChatEvent::Finished { choice, .. }, ChatEvent::Finished { choice: earlier, .. }) => choice == earlier,
        (ChatEvent::Usage { .. }, ChatEvent::Usage { .. }) => true,
        _ => false,
    }
}

fn unreadable(detail: &str) -> Error {
    Error::unreadable(200, detail)
}

fn too_large(EventError::TooLarge { limit }: EventError) -> Stop {
    Error::from(HttpFailure::TooLarge { limit }).into()
}
