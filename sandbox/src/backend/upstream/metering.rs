//! What a forwarded answer used, read while it passes by.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use serde::Deserialize;

use crate::model_api::chat::usage::{Usage, text_tokens};
use crate::server::open_count::OpenCount;
use crate::state::{Shared, lock};

/// A longer line is passed on without being looked at.
const MAX_LINE: usize = 1024 * 1024;

/// As much of an answer, or of a chunk of one, as says what it used.
#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    usage: Option<UsageSent>,
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct UsageSent {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(alias = "delta")]
    message: Option<Said>,
}

#[derive(Deserialize)]
struct Said {
    content: Option<String>,
}

/// What an answer that came whole used.
pub(crate) fn usage_of_whole(body: &[u8], prompt_tokens: u64) -> Usage {
    let mut meter = Meter::new(prompt_tokens);
    meter.read(body);
    meter.usage()
}

struct Meter {
    prompt_tokens: u64,
    completion_tokens: u64,
    sent: Option<Usage>,
}

impl Meter {
    fn new(prompt_tokens: u64) -> Self {
        Self { prompt_tokens, completion_tokens: 0, sent: None }
    }

    fn read(&mut self, json: &[u8]) {
        let Ok(answer) = serde_json::from_slice::<Answer>(json) else { return };
        if let Some(usage) = answer.usage {
            self.sent = Some(Usage::new(usage.prompt_tokens, usage.completion_tokens));
        }
        for content in answer.choices.into_iter().filter_map(|choice| choice.message?.content) {
            self.completion_tokens = self.completion_tokens.saturating_add(text_tokens(&content));
        }
    }

    fn usage(&self) -> Usage {
        self.sent.unwrap_or_else(|| Usage::new(self.prompt_tokens, self.completion_tokens))
    }
}

/// A stream of events on its way through. It is charged for when it ends, or when the client drops it.
pub(crate) struct MeteredStream<S> {
    events: S,
    bill: Bill,
}

struct Bill {
    shared: Arc<Shared>,
    client_id: String,
    meter: Meter,
    /// The line that has not ended yet.
    line: Vec<u8>,
    _open: OpenCount,
}

impl<S, E> MeteredStream<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send + 'static,
    E: Send + 'static,
{
    pub(crate) fn new(events: S, shared: &Arc<Shared>, client_id: &str, prompt_tokens: u64) -> Self {
        let bill = Bill {
            shared: Arc::clone(shared),
            client_id: client_id.to_owned(),
            meter: Meter::new(prompt_tokens),
            line: Vec::new(),
            _open: OpenCount::enter(&shared.streams),
        };
        Self { events, bill }
    }

    /// The same bytes, as they come.
    pub(crate) fn into_bytes(self) -> impl Stream<Item = Result<Bytes, E>> + Send + 'static {
        stream::unfold(self, |mut this| async move {
            let piece = this.events.next().await?;
            if let Ok(bytes) = &piece {
                this.bill.read(bytes);
            }
            Some((piece, this))
        })
    }
}

impl Bill {
    fn read(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if byte == b'\n' {
                let line = std::mem::take(&mut self.line);
                if let Some(data) = line.strip_prefix(b"data:") {
                    self.meter.read(data);
                }
            } else if self.line.len() < MAX_LINE {
                self.line.push(byte);
            }
        }
    }
}

impl Drop for Bill {
    fn drop(&mut self) {
        lock(&self.shared.ledger).charge(&self.client_id, self.meter.usage().cost());
        self.shared.save();
    }
}
