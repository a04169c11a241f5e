//! Decodes bodies that a server, or a proxy before it, has compressed (RFC 9110 8.4; T8).
//!
//! gzip and deflate are decoded whether they were asked for or not. The library does not ask for them: most responses are a few
//! kilobytes, and proxies that compress an event stream tend to hold its events back. The decoder itself costs no app anything:
//! it is the one that reads PNG photos.
//!
//! Every step gives at most [`STEP`] decoded bytes, through any number of layers, so the limits of the readers hold for what is
//! decoded, and a small body that expands without end (a "zip bomb") is refused like any other body that is too large.

use super::failure::HttpFailure;
use bytes::{Buf, Bytes};
use flate2::{Crc, Decompress, FlushDecompress, Status};
use http::{HeaderMap, header};

/// One step gives at most so many decoded bytes.
const STEP: usize = 32 * 1024;
/// So many bytes may follow the end of a coded body.
const MAX_REST: usize = 64 * 1024;
/// A body coded more often than this was not meant to be read.
const MAX_CODINGS: usize = 4;

/// A coding that is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    Gzip,
    /// The zlib format (RFC 1950), or raw deflate (RFC 1951), which some servers send under the same name.
    Deflate,
}

/// Undoes the codings of one body. Without codings it passes the bytes on as they are.
#[derive(Default)]
pub(super) struct Decoder {
    /// The coding that was applied last comes first.
    layers: Vec<Layer>,
}

impl Decoder {
    /// The decoder for a body with these headers.
    ///
    /// # Errors
    /// [`HttpFailure::UnknownCoding`] for a coding that is not gzip, deflate or identity.
    pub fn of(headers: &HeaderMap) -> Result<Self, HttpFailure> {
        let unknown = |name: &str| HttpFailure::UnknownCoding { name: crate::redaction::scrub(name, &[]) };
        let mut codings = Vec::new();
        for value in headers.get_all(header::CONTENT_ENCODING) {
            let names = String::from_utf8_lossy(value.as_bytes());
            for name in names.split(',').map(|name| name.trim().to_ascii_lowercase()) {
                match name.as_str() {
                    "" | "identity" => {}
                    "gzip" | "x-gzip" => codings.push(Coding::Gzip),
                    "deflate" => codings.push(Coding::Deflate),
                    other => return Err(unknown(other)),
                }
                if codings.len() > MAX_CODINGS {
                    return Err(unknown(&format!("more than {MAX_CODINGS} codings")));
                }
            }
        }
        Ok(Self { layers: codings.into_iter().rev().map(Layer::new).collect() })
    }

    /// Whether the bytes are passed on as they are.
    pub fn is_identity(&self) -> bool {
        self.layers.is_empty()
    }

    /// Takes the next bytes of the body. Call [`next`](Self::next) until it gives `None` before the next ones.
    pub fn push(&mut self, bytes: Bytes) {
        if let Some(layer) = self.layers.first_mut() {
            layer.input.push(bytes);
        }
    }

    /// The next decoded bytes; `None` if more of the body is needed.
    pub fn next(&mut self) -> Result<Option<Bytes>, HttpFailure> {
        pull(&mut self.layers)
    }

    /// Whether the body may end here: every layer has read its end, or the body was empty.
    pub fn finish(&self) -> Result<(), HttpFailure> {
        if self.layers.iter().all(Layer::may_end) {
            Ok(())
        } else {
            Err(HttpFailure::Broken { detail: "the compressed body ends early".to_owned() })
        }
    }
}

/// What the last of these layers gives, each reading what the one before it gives.
fn pull(layers: &mut [Layer]) -> Result<Option<Bytes>, HttpFailure> {
    let Some((layer, before)) = layers.split_last_mut() else { return Ok(None) };
    loop {
        if let Some(decoded) = layer.step()? {
            return Ok(Some(decoded));
        }
        match pull(before)? {
            Some(bytes) => layer.input.push(bytes),
            None => return Ok(None),
        }
    }
}

/// Bytes that a layer has not read yet: those left over, and the newest.
#[derive(Default)]
struct Input(Vec<u8>, Bytes);

impl Input {
    fn push(&mut self, bytes: Bytes) {
        self.settle();
        self.1 = bytes;
    }

    /// Everything unread in one piece. Moves the newest bytes only where some were left over, which are few.
    fn unread(&mut self) -> &[u8] {
        if self.0.is_empty() {
            return &self.1;
        }
        self.settle();
        &self.0
    }

    fn settle(&mut self) {
        self.0.extend_from_slice(&self.1);
        self.1.clear();
    }

    fn consume(&mut self, count: usize) {
        if self.0.is_empty() {
            self.1.advance(count.min(self.1.len()));
        } else {
            self.0.drain(..count.min(self.0.len()));
        }
    }
}

/// Where a layer stands in its format.
enum State {
    /// At the start of the body, or of a further gzip member.
    Start,
    Inflating {
        inflate: Box<Decompress>,
        /// Counted for gzip only; zlib's own check is made by the decoder.
        check: Option<Crc>,
    },
    /// In gzip's trailer: check sum and length.
    Trailer(Crc),
    /// Past the end: what follows is ignored, and counted.
    Ended { rest: usize },
    /// The bytes are not in the coding that the header names, and are passed on.
    NotCoded,
}

struct Layer {
    coding: Coding,
    input: Input,
    state: State,
    /// Whether a whole gzip member was read.
    has_member: bool,
    /// Whether any byte came.
    has_begun: bool,
}

impl Layer {
    fn new(coding: Coding) -> Self {
        Self { coding, input: Input::default(), state: State::Start, has_member: false, has_begun: false }
    }

    fn may_end(&self) -> bool {
        match self.state {
            State::Start => !self.has_begun || (self.has_member && self.input.0.is_empty() && self.input.1.is_empty()),
            State::Ended { .. } | State::NotCoded => true,
            State::Inflating { .. } | State::Trailer(_) => false,
        }
    }

    /// The next decoded bytes; `None` if it needs more.
    fn step(&mut self) -> Result<Option<Bytes>, HttpFailure> {
        loop {
            let unread = self.input.unread();
            if unread.is_empty() && !matches!(self.state, State::Inflating { .. }) {
                return Ok(None);
            }
            self.has_begun |= !unread.is_empty();
            match &mut self.state {
                State::Start => match begin(self.coding, unread, self.has_member)? {
                    None => return Ok(None),
                    Some((skip, state)) => {
                        self.input.consume(skip);
                        self.state = state;
                    }
                },
                State::Inflating { inflate, check } => {
                    let mut decoded = Vec::with_capacity(STEP);
                    let (before_in, had) = (inflate.total_in(), !unread.is_empty());
                    let status = inflate
                        .decompress_vec(unread, &mut decoded, FlushDecompress::None)
                        .map_err(|error| damaged(&error.to_string()))?;
                    let read = usize::try_from(inflate.total_in() - before_in).unwrap_or(usize::MAX);
                    if let Some(check) = check {
                        check.update(&decoded);
                    }
                    if status == Status::StreamEnd {
                        self.state = match check.take() {
                            Some(check) => State::Trailer(check),
                            None => State::Ended { rest: 0 },
                        };
                    }
                    self.input.consume(read);
                    if !decoded.is_empty() {
                        return Ok(Some(decoded.into()));
                    }
                    if status != Status::StreamEnd && (read == 0 || !had) {
                        return Ok(None);
                    }
                }
                State::Trailer(check) => {
                    let Some((trailer, _)) = unread.split_first_chunk::<8>() else { return Ok(None) };
                    let [a, b, c, d, e, f, g, h] = *trailer;
                    let stated = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
                    if stated != (check.sum(), check.amount()) {
                        return Err(damaged("its check sum is wrong"));
                    }
                    self.has_member = true;
                    self.state = State::Start;
                    self.input.consume(8);
                }
                State::Ended { rest } => {
                    let length = unread.len();
                    *rest += length;
                    if *rest > MAX_REST {
                        return Err(damaged(&format!("more than {MAX_REST} bytes follow its end")));
                    }
                    self.input.consume(length);
                }
                State::NotCoded => {
                    let bytes = Bytes::copy_from_slice(unread);
                    self.input.consume(bytes.len());
                    return Ok(Some(bytes));
                }
            }
        }
    }
}

/// How many bytes of the format's header to skip, and what follows it; `None` if the header is not whole yet.
fn begin(coding: Coding, unread: &[u8], has_member: bool) -> Result<Option<(usize, State)>, HttpFailure> {
    let inflating =
        |zlib: bool, check: Option<Crc>| State::Inflating { inflate: Box::new(Decompress::new(zlib)), check };
    match (coding, unread) {
        (_, []) => Ok(None),
        // Padding or other bytes behind the last member.
        (Coding::Gzip, [first, ..]) if has_member && *first != 0x1f => Ok(Some((0, State::Ended { rest: 0 }))),
        (Coding::Gzip, [0x1f, second, ..]) if has_member && *second != 0x8b => Ok(Some((0, State::Ended { rest: 0 }))),
        // Text under a header that a proxy forgot when it decoded the body: no gzip begins like this.
        (Coding::Gzip, [b' '..=b'~' | b'\t' | b'\r' | b'\n', ..]) => Ok(Some((0, State::NotCoded))),
        (Coding::Gzip, _) => Ok(gzip_header(unread)?.map(|length| (length, inflating(false, Some(Crc::new()))))),
        (Coding::Deflate, [_]) => Ok(None),
        (Coding::Deflate, [first, second, ..]) => {
            let is_zlib =
                first & 0x0f == 8 && first >> 4 <= 7 && u16::from_be_bytes([*first, *second]).is_multiple_of(31);
            Ok(Some((0, inflating(is_zlib, None))))
        }
    }
}

/// The length of a gzip member's header (RFC 1952 2.3); `None` if it is not whole yet.
fn gzip_header(bytes: &[u8]) -> Result<Option<usize>, HttpFailure> {
    /// A file name or comment longer than this is no header of a response.
    const MAX_HEADER: usize = 128 * 1024;
    let magic = [0x1f, 0x8b, 8];
    if bytes.iter().zip(magic).any(|(byte, expected)| *byte != expected) {
        return Err(damaged("it does not begin as gzip"));
    }
    let length = header_length(bytes).filter(|length| bytes.len() >= *length);
    if length.is_none() && bytes.len() > MAX_HEADER {
        return Err(damaged("its header does not end"));
    }
    Ok(length)
}

/// Where the header's optional fields end; `None` if that is not known yet.
fn header_length(bytes: &[u8]) -> Option<usize> {
    let flags = *bytes.get(3)?;
    let mut length = 10;
    if flags & 4 != 0 {
        let extra = bytes.get(length..length + 2)?;
        length += 2 + usize::from(u16::from_le_bytes([extra[0], extra[1]]));
    }
    for text in [8, 16] {
        if flags & text != 0 {
            length += memchr::memchr(0, bytes.get(length..)?)? + 1;
        }
    }
    Some(if flags & 2 != 0 { length + 2 } else { length })
}

fn damaged(why: &str) -> HttpFailure {
    HttpFailure::Malformed { detail: format!("the compressed body is damaged: {why}") }
}

#[cfg(test)]
#[path = "content_coding_tests.rs"]
mod tests;
