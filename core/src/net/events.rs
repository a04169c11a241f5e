//! Server-sent events: from the bytes of a streamed response to its events (P5).
//!
//! Implements "Interpreting an event stream" of the WHATWG HTML standard, with two differences that this library's
//! streams call for. `id:` and `retry:` are read past, because they serve reconnection only, and a paid request is never
//! sent again to resume a stream (P1). And [`EventParser::finish`] also hands over an event that the end of the stream
//! cut off before its blank line, because model servers close right after `data: [DONE]`.
//!
//! It never reads from a socket, never looks into the data, never logs any of it, and never holds more than one unfinished
//! event beside the chunk that is being read. Nothing is copied out of its buffer: an event borrows from there.

use memchr::{memchr, memchr2};
use std::borrow::Cow;
use std::mem;
use std::ops::Range;

/// The standard's fields; a comment has an empty one.
const FIELDS: [&[u8]; 5] = [b"data", b"event", b"id", b"retry", b""];

const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Takes a stream's bytes in chunks of any size, gives its events back one by one.
///
/// After each [`push`](Self::push), call [`next_event`](Self::next_event) until it gives `None`; when the stream has ended,
/// call [`finish`](Self::finish) until it gives `None`.
pub(crate) struct EventParser {
    max_event_bytes: usize,
    /// What was received and may still be needed.
    buffer: Vec<u8>,
    /// Where in `buffer` the first line begins that has not been taken.
    unread: usize,
    /// Up to here `buffer` is known to hold no end of that line, so that no byte is searched twice.
    searched: usize,
    /// Where in `buffer` the data of the event in progress is, if it had a `data` line yet.
    data: Option<Range<usize>>,
    /// The name of the event in progress, empty if it had no `event` line yet.
    name: String,
    /// `data` and `name` belong to an event that was returned already. The next line starts a new one.
    handed_over: bool,
    /// The last line ended with CR: an LF that follows belongs to it.
    after_carriage_return: bool,
    /// A byte order mark may still come.
    at_stream_start: bool,
    /// A line had a field that the standard does not know.
    has_foreign_lines: bool,
}

/// One event, borrowed from the parser until its next call.
pub(crate) struct Event<'a> {
    /// What the `event:` line said; `message` where there was none, as the standard has it.
    pub(crate) name: &'a str,
    /// The `data:` lines joined by line feeds. Bytes that are not UTF-8 are replaced by U+FFFD.
    pub(crate) data: Cow<'a, str>,
}

/// Why a stream cannot be read on. Every later call fails in the same way.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EventError {
    /// A line is longer than `limit` bytes, or the lines of one event from its first data on are together.
    #[error("a server-sent event is larger than {limit} bytes")]
    TooLarge {
        /// The limit that [`EventParser::new`] was given, in bytes.
        limit: usize,
    },
}

impl EventParser {
    /// A parser for one stream, whose events are each at most `max_event_bytes` long.
    pub(crate) fn new(max_event_bytes: usize) -> Self {
        Self {
            max_event_bytes,
            buffer: Vec::new(),
            unread: 0,
            searched: 0,
            data: None,
            name: String::new(),
            handed_over: false,
            after_carriage_return: false,
            at_stream_start: true,
            has_foreign_lines: false,
        }
    }

    /// Adds the next bytes of the stream.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.start_afresh();
        let done = self.event_start();
        // Moving the rest to the front only when it is the smaller part keeps the total work linear.
        if done >= self.buffer.len() - done {
            self.buffer.drain(..done);
            self.unread -= done;
            self.searched = self.searched.saturating_sub(done);
            if let Some(data) = &mut self.data {
                *data = data.start - done..data.end - done;
            }
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The next event that the bytes so far complete; `None` if more bytes are needed.
    pub(crate) fn next_event(&mut self) -> Result<Option<Event<'_>>, EventError> {
        Ok(if self.advance()? { self.event() } else { None })
    }

    /// Call when the stream has ended: gives what [`next_event`](Self::next_event) would, and at last an event that lacks
    /// its blank line. The end may have cut that one short, so the reader must check that its data is whole.
    pub(crate) fn finish(&mut self) -> Result<Option<Event<'_>>, EventError> {
        if !self.advance()? {
            let line = self.unread..self.buffer.len();
            self.unread = line.end;
            let tail = &self.buffer[line.clone()];
            let is_cut_field = FIELDS.iter().any(|field| *field != tail && field.starts_with(tail));
            if !is_cut_field {
                self.read_line(line);
            }
            self.handed_over = true;
        }
        Ok(self.event())
    }

    /// Whether a line had a field that the standard does not know: what comes is perhaps no stream of events.
    pub(crate) fn has_foreign_lines(&self) -> bool {
        self.has_foreign_lines
    }

    /// Reads on until an event is complete.
    fn advance(&mut self) -> Result<bool, EventError> {
        self.start_afresh();
        if !self.pass_byte_order_mark() {
            return Ok(false);
        }
        while let Some(line) = self.take_line()? {
            if !line.is_empty() {
                self.read_line(line);
            } else if self.data.is_some() {
                self.handed_over = true;
                return Ok(true);
            } else {
                // An event without data is dropped, its name too.
                self.name.clear();
            }
        }
        Ok(false)
    }

    /// Drops the event that was returned last.
    fn start_afresh(&mut self) {
        if mem::take(&mut self.handed_over) {
            self.data = None;
            self.name.clear();
        }
    }

    /// Whether reading can go on: not while the first bytes may still become a byte order mark.
    fn pass_byte_order_mark(&mut self) -> bool {
        if self.at_stream_start {
            if self.buffer.starts_with(BYTE_ORDER_MARK) {
                self.unread = BYTE_ORDER_MARK.len();
            } else if BYTE_ORDER_MARK.starts_with(&self.buffer) {
                return false;
            }
            self.at_stream_start = false;
        }
        true
    }

    /// Takes the next whole line, without its end.
    fn take_line(&mut self) -> Result<Option<Range<usize>>, EventError> {
        if self.after_carriage_return {
            let Some(&byte) = self.buffer.get(self.unread) else { return Ok(None) };
            self.after_carriage_return = false;
            self.unread += usize::from(byte == b'\n');
        }
        let from = self.searched.max(self.unread);
        let end = memchr2(b'\r', b'\n', &self.buffer[from..]).map(|at| from + at);
        self.searched = end.unwrap_or(self.buffer.len());
        if self.searched - self.event_start() > self.max_event_bytes {
            return Err(EventError::TooLarge { limit: self.max_event_bytes });
        }
        let Some(end) = end else { return Ok(None) };
        let line = self.unread..end;
        self.after_carriage_return = self.buffer[end] == b'\r';
        self.unread = end + 1;
        Ok(Some(line))
    }

    /// Reads one line that is not blank: `field: value`, `field:value`, `field`, or a comment, which has an empty field.
    fn read_line(&mut self, line: Range<usize>) {
        let text = &self.buffer[line.clone()];
        let colon = memchr(b':', text).unwrap_or(text.len());
        let value = match text.get(colon + 1..) {
            Some([b' ', ..]) => line.start + colon + 2..line.end,
            Some(_) => line.start + colon + 1..line.end,
            None => line.end..line.end,
        };
        match &text[..colon] {
            b"data" => self.append_data(value),
            b"event" => {
                self.name.clear();
                self.name.push_str(&String::from_utf8_lossy(&self.buffer[value]));
            }
            field => self.has_foreign_lines |= !FIELDS.contains(&field),
        }
    }

    /// Adds a `data` line's value to the event. A second one moves up behind the first, over the bytes between them: the
    /// line end and the word `data`, so that there is always room for the line feed.
    fn append_data(&mut self, value: Range<usize>) {
        match &mut self.data {
            None => self.data = Some(value),
            Some(data) => {
                let length = value.len();
                self.buffer[data.end] = b'\n';
                self.buffer.copy_within(value, data.end + 1);
                data.end += 1 + length;
            }
        }
    }

    /// Where the bytes begin that are still needed: the data of the event in progress, or the first line not taken.
    fn event_start(&self) -> usize {
        self.data.as_ref().map_or(self.unread, |data| data.start)
    }

    /// The event in progress, as it is returned.
    fn event(&self) -> Option<Event<'_>> {
        let bytes = &self.buffer[self.data.clone()?];
        // Text is nearly always valid, and this check is several times faster than the replacing one.
        let data = str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        Some(Event { name: if self.name.is_empty() { "message" } else { &self.name }, data })
    }
}

#[cfg(test)]
#[path = "events_tests.rs"]
mod tests;
