//! Server-sent events: from the bytes of a streamed answer to its events (P5).
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
    /// `data` and `name` belong to an event that the caller has had: the next one starts afresh.
    handed_over: bool,
    /// The last line ended with CR: an LF that follows belongs to it.
    after_carriage_return: bool,
    /// A byte order mark may still come.
    at_stream_start: bool,
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
            self.read_line(line);
            self.handed_over = true;
        }
        Ok(self.event())
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

    /// Forgets the event that the caller has had.
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
            _ => {}
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

    /// The event in progress as its reader sees it.
    fn event(&self) -> Option<Event<'_>> {
        let bytes = &self.buffer[self.data.clone()?];
        // Text is nearly always valid, and this check is several times faster than the replacing one.
        let data = str::from_utf8(bytes).map_or_else(|_| String::from_utf8_lossy(bytes), Cow::Borrowed);
        Some(Event { name: if self.name.is_empty() { "message" } else { &self.name }, data })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LIMIT: usize = 1024;

    type Outcome = (Vec<(String, String)>, Option<EventError>);

    /// Every event of a stream that arrives in these chunks, as (name, data), and the error that ended it.
    fn read<'a>(chunks: impl IntoIterator<Item = &'a [u8]>, limit: usize) -> Outcome {
        let mut parser = EventParser::new(limit);
        let mut events = Vec::new();
        let mut chunks = chunks.into_iter();
        loop {
            let chunk = chunks.next();
            parser.push(chunk.unwrap_or_default());
            loop {
                match if chunk.is_some() { parser.next_event() } else { parser.finish() } {
                    Ok(Some(event)) => events.push((event.name.to_owned(), event.data.into_owned())),
                    Ok(None) => break,
                    Err(error) => return (events, Some(error)),
                }
            }
            if chunk.is_none() {
                return (events, None);
            }
        }
    }

    /// The data of every event, which must be the same in one chunk and byte by byte.
    fn data(stream: impl AsRef<[u8]>) -> Vec<String> {
        let whole = read([stream.as_ref()], LIMIT);
        assert_eq!(whole, read(stream.as_ref().chunks(1), LIMIT));
        assert_eq!(whole.1, None);
        whole.0.into_iter().map(|(_, data)| data).collect()
    }

    // P5
    #[test]
    fn lines_end_with_lf_cr_or_crlf() {
        for end in ["\n", "\r", "\r\n"] {
            assert_eq!(data(format!("data: a{end}data: b{end}{end}data: c{end}{end}")), ["a\nb", "c"], "{end:?}");
        }
        assert_eq!(data("data: a\r\ndata: b\n\rdata: c\r\r\n"), ["a\nb", "c"]);
    }

    // P5
    #[test]
    fn an_event_is_complete_without_the_lf_that_may_follow_its_cr() {
        let mut parser = EventParser::new(LIMIT);
        parser.push(b"data: a\r\r");
        assert_eq!(parser.next_event().unwrap().unwrap().data, "a");
        parser.push(b"\ndata: b\n\n");
        assert_eq!(parser.next_event().unwrap().unwrap().data, "b");
    }

    // P5
    #[test]
    fn a_character_may_be_split_between_chunks() {
        assert_eq!(data("data: 1 € 😀 é\n\n"), ["1 € 😀 é"]);
    }

    // P5
    #[test]
    fn a_byte_order_mark_is_skipped_once() {
        assert_eq!(data("\u{FEFF}data: a\n\n"), ["a"]);
        assert_eq!(data("\u{FEFF}\u{FEFF}data: a\n\n"), [""; 0]);
        assert_eq!(data("data: \u{FEFF}a\n\n\u{FEFF}data: b\n\n"), ["\u{FEFF}a"]);
        assert_eq!(data("\u{FEFF}"), [""; 0]);
        assert_eq!(data(b"\xEF\xBB"), [""; 0]);
    }

    // P5
    #[test]
    fn comments_and_unknown_fields_are_skipped() {
        assert_eq!(data(": ping\n\n:\n\ndata: a\n: between\nData: x\n data: y\ndat: z\ndata: b\n\n"), ["a\nb"]);
    }

    // P5
    #[test]
    fn id_and_retry_leave_the_event_as_it_is() {
        assert_eq!(data("id: 7\ndata: a\nretry: 10\n\nid: x\0y\nretry: soon\ndata: b\nid\n\nid: 9\n\n"), ["a", "b"]);
    }

    // P5
    #[test]
    fn the_name_is_the_last_event_line_and_holds_for_one_event() {
        let stream = b"event: x\nevent: error\ndata: a\n\ndata: b\n\nevent: lost\n\ndata: c\nevent:\n\n";
        let named = |name: &str, data: &str| (name.to_owned(), data.to_owned());
        let expected = vec![named("error", "a"), named("message", "b"), named("message", "c")];
        assert_eq!(read([&stream[..]], LIMIT), (expected, None));
    }

    // P5
    #[test]
    fn only_one_space_after_the_colon_is_dropped() {
        assert_eq!(data("data:a\n\ndata:  a \n\ndata:\ta:b\n\n"), ["a", " a ", "\ta:b"]);
    }

    // P5
    #[test]
    fn empty_data_lines_count() {
        assert_eq!(data("data\n\ndata:\ndata\n\ndata: \ndata: a\n\n"), ["", "\n", "\na"]);
    }

    // P5
    #[test]
    fn an_event_line_between_two_data_lines_keeps_both() {
        assert_eq!(
            data("data: a\nevent: some name\ndata: a much longer second line\n\n"),
            ["a\na much longer second line"]
        );
    }

    // P5
    #[test]
    fn line_separators_of_unicode_are_data() {
        assert_eq!(data("data: a\u{2028}b\u{2029}c\u{85}d\n\n"), ["a\u{2028}b\u{2029}c\u{85}d"]);
    }

    // P5
    #[test]
    fn bytes_that_are_not_utf8_are_replaced() {
        assert_eq!(data(b"data: a\xFFb\xE2\x82\n\ndata: c\n\n"), ["a\u{FFFD}b\u{FFFD}", "c"]);
    }

    // P5
    #[test]
    fn the_end_of_the_stream_hands_over_what_lacks_its_blank_line() {
        for tail in ["data: [DONE]", "data: [DONE]\n", "data: [DONE]\r", "data: [DONE]\r\n", "data:[DONE]\n: bye"] {
            assert_eq!(data(format!("data: a\n\n{tail}")), ["a", "[DONE]"], "{tail:?}");
        }
        assert_eq!(data("data: a\n\nevent: x\n"), ["a"]);
    }

    // P5
    #[test]
    fn next_event_alone_keeps_an_unfinished_event_back() {
        let mut parser = EventParser::new(LIMIT);
        parser.push(b"data: a\n");
        assert!(parser.next_event().unwrap().is_none());
    }

    // P4, P5
    #[test]
    fn an_event_over_the_limit_is_an_error_however_it_arrives() {
        let too_large = Some(EventError::TooLarge { limit: 16 });
        for stream in [
            "data: a\n\ndata: 0123456789A",
            "data: a\n\ndata: 0\ndata: 1\n:234567\n",
            "data: a\n\n: 0123456789abcdef\n",
        ] {
            let expected = (vec![("message".to_owned(), "a".to_owned())], too_large.clone());
            assert_eq!(read([stream.as_bytes()], 16), expected);
            assert_eq!(read(stream.as_bytes().chunks(1), 16), expected);
        }
        let mut parser = EventParser::new(16);
        parser.push(&[b'x'; 17]);
        for more in ["", "\n", "\n"] {
            parser.push(more.as_bytes());
            assert_eq!(parser.next_event().err(), too_large);
        }
    }

    // P4
    #[test]
    fn keep_alive_comments_take_no_memory() {
        let mut parser = EventParser::new(64);
        for _ in 0..10_000 {
            parser.push(b": keep-alive\nevent: ping\n");
            assert!(parser.next_event().unwrap().is_none());
        }
        assert!(parser.buffer.capacity() < 1024);
    }

    /// The standard's algorithm as it is written there, on the whole stream at once, with the tail handed over.
    fn by_the_standard(stream: &[u8]) -> Vec<(String, String)> {
        let text = String::from_utf8_lossy(stream);
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        let (mut events, mut name, mut data) = (Vec::new(), String::new(), String::new());
        for line in text.split('\n').chain([""]) {
            let (field, value) = line.split_once(':').unwrap_or((line, ""));
            match field {
                _ if line.is_empty() => {
                    if let Some(data) = data.strip_suffix('\n') {
                        events.push((if name.is_empty() { "message".into() } else { name }, data.to_owned()));
                    }
                    (name, data) = Default::default();
                }
                "event" => name = value.strip_prefix(' ').unwrap_or(value).to_owned(),
                "data" => data = data + value.strip_prefix(' ').unwrap_or(value) + "\n",
                _ => {}
            }
        }
        events
    }

    /// Bytes that look like a stream often enough to reach every branch.
    fn streams() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            4 => prop::sample::select(vec!["data:", "data: ", "data", "event: ", "id: ", ":", " ", "a€😀", "\u{FEFF}"])
                .prop_map(|text| text.as_bytes().to_vec()),
            4 => prop::sample::select(vec!["\n", "\r", "\r\n", "\n\n"]).prop_map(|text| text.as_bytes().to_vec()),
            1 => prop::collection::vec(any::<u8>(), 0..6),
        ];
        prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        // P5
        #[test]
        fn events_are_the_standards_however_the_stream_is_split(
            stream in streams(),
            sizes in prop::collection::vec(1_usize..9, 1..20),
        ) {
            let mut rest = &stream[..];
            let chunks: Vec<&[u8]> = sizes.iter().cycle().map_while(|&size| {
                let (chunk, after) = rest.split_at(size.min(rest.len()));
                rest = after;
                (!chunk.is_empty()).then_some(chunk)
            }).collect();
            prop_assert_eq!(read(chunks.iter().copied(), LIMIT), (by_the_standard(&stream), None));
            prop_assert_eq!(read([&stream[..]], LIMIT), (by_the_standard(&stream), None));
            // A limit may not depend on the split either.
            prop_assert_eq!(read(chunks, 12), read([&stream[..]], 12));
        }

        // S3
        #[test]
        fn no_bytes_panic(stream in prop::collection::vec(any::<u8>(), 0..400), size in 1_usize..50, limit in 0_usize..64) {
            read(stream.chunks(size), limit);
        }
    }
}
