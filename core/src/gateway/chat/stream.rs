//! A streamed answer, event by event (OpenAI's chunks over server-sent events).
//!
//! The answer is complete when the model gave its reason to stop, or the server said `[DONE]`. Whatever ends it earlier is
//! [`Error::Truncated`] with the text received: half an answer is never passed off as a whole one (P5).

use super::assembly::Assembly;
use super::event::ChatEvent;
use super::reader::{Reader, Stop};
use super::response::ChatAnswer;
use crate::client::runtime::AbortOnDrop;
use crate::error::{Error, Result};
use crate::gateway::bill::Bill;
use crate::gateway::error_response;
use crate::net::SuccessResponse;
use crate::net::cancellation::Cancellation;
use std::sync::{Arc, OnceLock, PoisonError};
use tokio::sync::{Mutex, mpsc};

/// So many events wait for a slow reader; then the connection waits.
const WAITING_EVENTS: usize = 64;

/// What is done with an answer as soon as the model is done with it.
pub(in crate::gateway) type OnAnswer = Box<dyn FnOnce(&ChatAnswer) + Send>;

/// A streamed answer; see [`AiPass::chat_stream`](crate::AiPass::chat_stream). To close the connection before the end,
/// [`cancel`](Self::cancel) it or release it.
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
    pub(super) fn read(
        answer: SuccessResponse,
        mut bill: Bill,
        assembly: Assembly,
        most: usize,
        on_answer: Option<OnAnswer>,
    ) -> Self {
        let (sender, receiver) = mpsc::channel(WAITING_EVENTS);
        let outcome = Arc::new(OnceLock::new());
        let ended_with = Arc::clone(&outcome);
        let on_answer = Arc::new(std::sync::Mutex::new(on_answer));
        let waiting = Arc::clone(&on_answer);
        let reader = tokio::spawn(async move {
            // Headers come before the model has begun: a zero there says nothing.
            bill.told(None);
            let (request_id, scrubber) = (error_response::request_id(&answer.headers), answer.scrubber.clone());
            let mut reader = Reader::new(sender, request_id.clone(), assembly, most, bill.allowance());
            let ended = reader.read(answer.body).await;
            let Reader { sender, assembly, mut end, .. } = reader;
            match &ended {
                Ok(()) => bill.settle(assembly.cost_at_end(), assembly.tokens().as_ref()).await,
                Err(Stop::Failed(_)) => bill.broke_off().await,
                Err(Stop::Unwanted) => {}
            }
            let text = if ended.is_err() { assembly.text().to_owned() } else { String::new() };
            let ended = match ended {
                Ok(()) => assembly.into_response(request_id.clone()),
                Err(Stop::Failed(error)) => Err(error),
                Err(Stop::Unwanted) => return,
            };
            let ended = ended.map_err(|error| error.of_request(request_id).scrubbed(&scrubber).after_text(&text));
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
                let _ = sender.send(last).await; // fails only if the receiver was dropped
            }
            let _ = ended_with.set(Outcome { answer: ended, text }); // the only one that sets it
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
    /// [`Error::Truncated`] with the text received if the connection broke; the error that the provider sent inside of
    /// the stream; [`Error::Provider`] if the response is not a stream of events, or is too large;
    /// [`Error::SpendLimit`] if the answer grew longer than what the app's limits let be reserved for it;
    /// [`Error::Cancelled`]. The text came as events before the error; [`received_text`](Self::received_text) has all
    /// of it.
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

    /// Waits for the end and returns the whole answer, as [`AiPass::chat`](crate::AiPass::chat) does, with its tool
    /// calls put together. It has all events, read or not; those that were not read are skipped.
    ///
    /// # Errors
    /// As [`next`](Self::next), also if `next` has returned that error before; [`Error::Cancelled`] after
    /// [`cancel`](Self::cancel).
    pub async fn answer(&self) -> Result<ChatAnswer> {
        while self.next().await?.is_some() {}
        self.outcome.get().map_or(Err(Error::Cancelled), |outcome| outcome.answer.clone())
    }

    /// The first choice's text after the stream has ended. After an error it is the part that arrived, not a whole
    /// answer. Empty before the end and after [`cancel`](Self::cancel).
    pub fn received_text(&self) -> String {
        match self.outcome.get() {
            Some(Outcome { answer: Ok(answer), .. }) => answer.text.clone(),
            Some(Outcome { text, .. }) => text.clone(),
            None => String::new(),
        }
    }

    /// Ends the request and closes its connection. A [`next`](Self::next) that is waiting returns `None`, and so does
    /// every later one.
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
