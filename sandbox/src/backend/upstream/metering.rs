//! Reads from a forwarded response what it used, while it is passed on.

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use serde::Deserialize;

use crate::backend::usage::{Usage, text_tokens};
use crate::wire::open_count::OpenGuard;

/// A longer line is passed on without being looked at.
const MAX_LINE: usize = 1024 * 1024;

/// The part of a response, or of a chunk, that reports what it used.
#[derive(Deserialize)]
struct ChatResponse {
    #[serde(default)]
    usage: Option<ReportedUsage>,
    #[serde(default)]
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct ReportedUsage {
    #[serde(default)]
    prompt_tokens: u64,
    #[serde(default)]
    completion_tokens: u64,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(alias = "delta")]
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
}

/// What a response that is not streamed used.
pub(super) fn usage_of(body: &[u8], prompt_tokens: u64) -> Usage {
    let mut meter = Meter::new(prompt_tokens);
    meter.read(body);
    meter.usage()
}

struct Meter {
    prompt_tokens: u64,
    completion_tokens: u64,
    reported: Option<Usage>,
}

impl Meter {
    fn new(prompt_tokens: u64) -> Self {
        Self { prompt_tokens, completion_tokens: 0, reported: None }
    }

    fn read(&mut self, json: &[u8]) {
        let Ok(response) = serde_json::from_slice::<ChatResponse>(json) else { return };
        if let Some(usage) = response.usage {
            self.reported = Some(Usage::new(usage.prompt_tokens, usage.completion_tokens));
        }
        for content in response.choices.into_iter().filter_map(|choice| choice.message?.content) {
            self.completion_tokens = self.completion_tokens.saturating_add(text_tokens(&content));
        }
    }

    fn usage(&self) -> Usage {
        self.reported.unwrap_or_else(|| Usage::new(self.prompt_tokens, self.completion_tokens))
    }
}

/// Passes on a stream of events, and calls `at_end` with what it used when it ends or the client drops it.
pub(super) fn metered<S, E, F>(
    events: S,
    prompt_tokens: u64,
    open: OpenGuard,
    at_end: F,
) -> impl Stream<Item = Result<Bytes, E>> + Send + 'static
where
    S: Stream<Item = Result<Bytes, E>> + Unpin + Send + 'static,
    E: Send + 'static,
    F: FnOnce(Usage) + Send + 'static,
{
    let meter = StreamMeter { meter: Meter::new(prompt_tokens), line: Vec::new(), at_end: Some(at_end), _open: open };
    stream::unfold((events, meter), |(mut events, mut meter)| async move {
        let piece = events.next().await?;
        if let Ok(bytes) = &piece {
            meter.read(bytes);
        }
        Some((piece, (events, meter)))
    })
}

struct StreamMeter<F: FnOnce(Usage)> {
    meter: Meter,
    /// The line that has not ended yet.
    line: Vec<u8>,
    at_end: Option<F>,
    _open: OpenGuard,
}

impl<F: FnOnce(Usage)> StreamMeter<F> {
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

impl<F: FnOnce(Usage)> Drop for StreamMeter<F> {
    fn drop(&mut self) {
        if let Some(at_end) = self.at_end.take() {
            at_end(self.meter.usage());
        }
    }
}
