//! Reads the body of a streamed response: its events, or the one JSON object of a server that does not stream.

use super::assembly::{Assembly, Taken};
use super::event::{ChatEvent, Events};
use super::repeated::{Repeated, Said};
use super::wire::Completion;
use crate::error::{Error, Result};
use crate::gateway::exchange::MAX_JSON_RESPONSE;
use crate::gateway::in_success::{error_in_body, error_with_words};
use crate::gateway::lenient;
use crate::gateway::tokens;
use crate::net::Body;
use crate::net::events::{Event, EventError, EventParser};
use crate::net::failure::HttpFailure;
use bytes::Bytes;
use std::time::Duration;
use tokio::sync::mpsc;

/// The largest event that is read (P4): a chunk is a few hundred bytes.
const MAX_EVENT: usize = 1024 * 1024;
/// The most bytes that are read of a stream: each token has some hundred around it. What is kept of them is bounded apart.
const MAX_STREAM: usize = MAX_JSON_RESPONSE;
/// How long the end of the answer is kept back, where a server leaves the connection open after it.
const LINGER: Duration = Duration::from_secs(5);

/// Why reading ended before the end.
pub(super) enum Stop {
    Failed(Error),
    /// The stream was dropped.
    Unwanted,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Failed(error)
    }
}

pub(super) struct Reader {
    pub(super) sender: mpsc::Sender<Result<ChatEvent>>,
    request_id: Option<String>,
    pub(super) assembly: Assembly,
    /// How many bytes were received.
    received: usize,
    /// How many bytes of text the events had.
    text_bytes: usize,
    /// The largest body and the most text that are kept, in bytes.
    max_bytes: usize,
    /// So many tokens the app's limits allow, and the error of an answer that has more (P12).
    allowance: Option<(u64, Error)>,
    /// The fewest tokens that the text may have, in hundredths.
    least_hundredths: u64,
    repeated: Repeated,
    /// Room for a chunk's events, to be used again.
    events: Events,
    /// Events to send at the end of the answer: the last choice's reason, which a later chunk may replace, and the usage after it.
    pub(super) end: Vec<ChatEvent>,
}

impl Reader {
    /// A reader into this assembly, of which at most `max_bytes` are kept.
    pub(super) fn new(
        sender: mpsc::Sender<Result<ChatEvent>>,
        request_id: Option<String>,
        assembly: Assembly,
        max_bytes: usize,
        allowance: Option<(u64, Error)>,
    ) -> Self {
        Self {
            sender,
            request_id,
            assembly,
            received: 0,
            text_bytes: 0,
            max_bytes,
            allowance,
            least_hundredths: 0,
            repeated: Repeated::default(),
            events: Events::default(),
            end: Vec::new(),
        }
    }

    /// Reads to the end of the response, and sends its events but for those in `end`.
    pub(super) async fn read(&mut self, mut body: Body) -> Result<(), Stop> {
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
            Some(b'<') => return Err(unreadable("the response is a page, not a stream").into()),
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
            return Err(unreadable("the response is not a stream of events").into());
        }
        Err(self.truncated("it ended before the model did").into())
    }

    /// A server that does not stream answers one JSON object: the whole answer, or an error.
    async fn read_json(&mut self, first: Option<Bytes>, mut body: Body) -> Result<(), Stop> {
        let mut whole = first.unwrap_or_default().to_vec();
        while let Some(bytes) = self.next_chunk(&mut body).await? {
            if whole.len() + bytes.len() > self.max_bytes {
                return Err(Error::from(HttpFailure::TooLarge { limit: self.max_bytes }).into());
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
        if let Some(Said { kind, choice, text }) = self.repeated.read(data) {
            let mut events = std::mem::take(&mut self.events);
            self.assembly.add(kind, text, choice, &mut events);
            self.tell(&mut events).await?;
            self.events = events;
            return Ok(false);
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
        self.repeated.has_read(data, events.only(), self.assembly.n());
        self.tell(&mut events).await?;
        self.events = events;
        error.or(other_error).map_or(Ok(false), |error| Err(error.into()))
    }

    /// Tells events, but for those that a later chunk may change.
    async fn tell(&mut self, events: &mut Events) -> Result<(), Stop> {
        let is_finished = self.assembly.is_finished();
        for event in events.drain() {
            if is_finished && matches!(event, ChatEvent::Finished { .. } | ChatEvent::Usage { .. }) {
                self.end.retain(|earlier| !replaces(&event, earlier));
                self.end.push(event);
                continue;
            }
            self.text_bytes += event.text().len();
            if self.text_bytes > self.max_bytes {
                return Err(Error::from(HttpFailure::TooLarge { limit: self.max_bytes }).into());
            }
            let overrun = self.count_tokens(&event);
            self.sender.send(Ok(event)).await.map_err(|_| Stop::Unwanted)?;
            overrun.map_or(Ok(()), |error| Err(Stop::Failed(error)))?;
        }
        Ok(())
    }

    /// The error of an answer that certainly has more tokens than the app's limits allow.
    fn count_tokens(&mut self, event: &ChatEvent) -> Option<Error> {
        let (most, overrun) = self.allowance.as_ref()?;
        self.least_hundredths = self.least_hundredths.saturating_add(tokens::least_hundredths(event.text()));
        (self.least_hundredths / 100 > *most).then(|| overrun.clone())
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

/// Whether one event of the answer's end replaces an earlier one.
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
