//! The faults, each as the bytes that a server sends in place of a good response.

use crate::coding::{gzip, zlib};
use std::time::Duration;

type Make = dyn Fn(&str, Vec<u8>, usize) -> Answer + Send + Sync;

/// What goes wrong.
pub enum Fault {
    /// Nobody listens.
    Refused,
    /// The server answers so: the good media type and body, and how often it answered before.
    Answers(Box<Make>),
}

pub struct Answer {
    /// `None` without a whole status line.
    pub status: Option<u16>,
    pub steps: Vec<Step>,
    pub end: End,
}

pub enum Step {
    Write(Vec<u8>),
    Repeat { bytes: Vec<u8>, times: usize },
    Drip { bytes: Vec<u8>, pause: Duration },
}

/// What becomes of the connection after the last step.
#[derive(Clone, Copy)]
pub enum End {
    Close,
    Reset,
    Open,
}

impl Fault {
    pub fn answer(&self, media_type: &str, body: Vec<u8>, times: usize) -> Answer {
        match self {
            Self::Refused => unreachable!("nobody listens"),
            Self::Answers(make) => make(media_type, body, times),
        }
    }
}

fn head(status: u16, headers: &[(&str, &str)]) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Reason\r\nconnection: close\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    head.push_str("\r\n");
    head.into_bytes()
}

/// The bytes of a good response, and how many of them are its head.
fn good(media_type: &str, body: Vec<u8>) -> (Vec<u8>, usize) {
    let mut bytes = head(200, &[("content-type", media_type), ("content-length", &body.len().to_string())]);
    let length = bytes.len();
    bytes.extend(body);
    (bytes, length)
}

impl Answer {
    pub fn whole(status: u16, media_type: &str, body: Vec<u8>) -> Self {
        Self::with(status, media_type, &[], body)
    }

    fn with(status: u16, media_type: &str, more: &[(&str, &str)], body: Vec<u8>) -> Self {
        let length = body.len().to_string();
        let mut headers = vec![("content-type", media_type), ("content-length", length.as_str())];
        headers.extend_from_slice(more);
        let mut bytes = head(status, &headers);
        bytes.extend(body);
        Self { status: Some(status), steps: vec![Step::Write(bytes)], end: End::Close }
    }

    fn bytes(status: Option<u16>, bytes: Vec<u8>, end: End) -> Self {
        Self { status, steps: vec![Step::Write(bytes)], end }
    }
}

fn answers(make: impl Fn(&str, Vec<u8>, usize) -> Answer + Send + Sync + 'static) -> Vec<Fault> {
    vec![Fault::Answers(Box::new(make))]
}

/// An error with the shape that gateways give it.
fn status(status: u16, more: &'static [(&'static str, &'static str)]) -> Vec<Fault> {
    let body = format!(r#"{{"error":{{"message":"This is error {status}.","type":"some_error","code":"{status}"}}}}"#);
    answers(move |_, _, _| Answer::with(status, "application/json", more, body.clone().into_bytes()))
}

/// A good response that is cut off at each of about twelve places from its first byte to its last.
fn cuts(end: End) -> Vec<Fault> {
    let places = 0..12_usize;
    let cut = move |place: usize| {
        move |media_type: &str, body: Vec<u8>, _| {
            let (mut bytes, _) = good(media_type, body);
            bytes.truncate(bytes.len() * place / 12);
            let status = bytes.starts_with(b"HTTP/1.1 200 Reason").then_some(200);
            Answer::bytes(status, bytes, end)
        }
    };
    places.flat_map(|place| answers(cut(place))).collect()
}

/// A good response to its head and `part` of its body, in twelfths.
fn part(part: usize, end: End) -> Vec<Fault> {
    answers(move |media_type, body, _| {
        let (mut bytes, head) = good(media_type, body);
        bytes.truncate(head + (bytes.len() - head) * part / 12);
        Answer::bytes(Some(200), bytes, end)
    })
}

fn coded(coding: &'static str, encode: fn(&[u8]) -> Vec<u8>) -> Vec<Fault> {
    answers(move |media_type, body, _| Answer::with(200, media_type, &[("content-encoding", coding)], encode(&body)))
}

fn half(bytes: Vec<u8>) -> Vec<u8> {
    bytes[..bytes.len() / 2].to_vec()
}

fn before(first: &'static [u8], times: usize) -> Vec<Fault> {
    answers(move |media_type, body, _| {
        let (bytes, _) = good(media_type, body);
        let steps = vec![Step::Repeat { bytes: first.to_vec(), times }, Step::Write(bytes)];
        Answer { status: Some(200), steps, end: End::Close }
    })
}

/// A head and then this piece, again and again.
fn endless(head: Vec<u8>, status: Option<u16>, bytes: Vec<u8>) -> Answer {
    Answer { status, steps: vec![Step::Write(head), Step::Repeat { bytes, times: 100_000 }], end: End::Close }
}

fn body_of(status: u16, media_type: &'static str, body: Vec<u8>) -> Vec<Fault> {
    answers(move |_, _, _| Answer::whole(status, media_type, body.clone()))
}

const HTML: &[u8] = b"<!doctype html><title>Proxy</title><h1>Sign in to the network</h1>";

/// Every fault with its name. Where a name has several, all of them are tried.
pub fn all() -> Vec<(&'static str, Vec<Fault>)> {
    vec![
        ("none", answers(|media_type, body, _| Answer::whole(200, media_type, body))),
        ("connection refused", vec![Fault::Refused]),
        ("reset before the response", answers(|_, _, _| Answer::bytes(None, Vec::new(), End::Reset))),
        ("closed before the response", answers(|_, _, _| Answer::bytes(None, Vec::new(), End::Close))),
        ("reset after the headers", part(0, End::Reset)),
        ("closed after the headers", part(0, End::Close)),
        ("reset at every 12th part", cuts(End::Reset)),
        ("closed at every 12th part", cuts(End::Close)),
        ("stall before the response", answers(|_, _, _| Answer::bytes(None, Vec::new(), End::Open))),
        ("stall after the headers", part(0, End::Open)),
        ("stall in the body", part(6, End::Open)),
        (
            "drip: a byte of the headers in 30 s",
            answers(|media_type, body, _| {
                let steps = vec![Step::Drip { bytes: good(media_type, body).0, pause: Duration::from_secs(30) }];
                Answer { status: None, steps, end: End::Close }
            }),
        ),
        (
            "drip: a byte of the body in 30 s",
            answers(|media_type, _, _| {
                let head = head(200, &[("content-type", media_type), ("content-length", "1000")]);
                let drip = Step::Drip { bytes: vec![b' '; 1000], pause: Duration::from_secs(30) };
                Answer { status: Some(200), steps: vec![Step::Write(head), drip], end: End::Close }
            }),
        ),
        (
            "Content-Length too long",
            answers(|media_type, body, _| {
                let length = (body.len() + 10).to_string();
                let head = head(200, &[("content-type", media_type), ("content-length", &length)]);
                Answer::bytes(Some(200), [head, body].concat(), End::Close)
            }),
        ),
        (
            "two Content-Lengths",
            answers(|media_type, body, _| Answer::with(200, media_type, &[("content-length", "1")], body)),
        ),
        ("gzip", coded("gzip", gzip)),
        ("gzip, truncated", coded("gzip", |body| half(gzip(body)))),
        ("deflate", coded("deflate", zlib)),
        ("deflate, truncated", coded("deflate", |body| half(zlib(body)))),
        ("gzip that is none", coded("gzip", <[u8]>::to_vec)),
        ("identity", coded("identity", <[u8]>::to_vec)),
        ("br", coded("br", <[u8]>::to_vec)),
        ("zstd", coded("zstd", <[u8]>::to_vec)),
        ("unknown coding", coded("x-none", <[u8]>::to_vec)),
        ("100 before it", before(b"HTTP/1.1 100 Continue\r\n\r\n", 1)),
        ("103 three times before it", before(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n", 3)),
        ("101", answers(|_, _, _| Answer::bytes(Some(101), head(101, &[("upgrade", "none")]), End::Close))),
        ("204", answers(|_, _, _| Answer::bytes(Some(204), head(204, &[]), End::Close))),
        ("301 to another path", status(301, &[("location", "/elsewhere")])),
        ("302 to another host", status(302, &[("location", "http://127.0.0.1:9/elsewhere")])),
        ("303", status(303, &[("location", "/elsewhere")])),
        ("307 to another path", status(307, &[("location", "/elsewhere")])),
        ("308 without a location", status(308, &[])),
        (
            "401 once",
            answers(|media_type, body, times| {
                let challenge = [("www-authenticate", "Bearer error=\"invalid_token\"")];
                if times == 0 {
                    Answer::with(401, "application/json", &challenge, b"{}".to_vec())
                } else {
                    Answer::whole(200, media_type, body)
                }
            }),
        ),
        ("401 always", status(401, &[("www-authenticate", "Bearer error=\"invalid_token\"")])),
        ("400", status(400, &[])),
        ("403", status(403, &[])),
        ("404", status(404, &[])),
        ("408", status(408, &[])),
        ("409", status(409, &[])),
        ("413", status(413, &[])),
        ("422", status(422, &[])),
        ("429", status(429, &[])),
        ("429, Retry-After: 7", status(429, &[("retry-after", "7")])),
        ("429, Retry-After: 0", status(429, &[("retry-after", "0")])),
        ("429, Retry-After: 120", status(429, &[("retry-after", "120")])),
        ("429, Retry-After of 20 digits", status(429, &[("retry-after", "99999999999999999999")])),
        ("429, Retry-After: -1", status(429, &[("retry-after", "-1")])),
        ("429, Retry-After: soon", status(429, &[("retry-after", "soon")])),
        ("429, Retry-After: a past date", status(429, &[("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT")])),
        ("429, Retry-After: a far date", status(429, &[("retry-after", "Wed, 21 Oct 2093 07:28:00 GMT")])),
        ("500", status(500, &[])),
        ("502", status(502, &[])),
        ("503", status(503, &[])),
        ("503, Retry-After: 7", status(503, &[("retry-after", "7")])),
        ("504", status(504, &[])),
        ("529", status(529, &[])),
        ("HTML with 200", body_of(200, "text/html", HTML.to_vec())),
        ("HTML with 502", body_of(502, "text/html", HTML.to_vec())),
        ("empty body", body_of(200, "application/json", Vec::new())),
        ("garbage", body_of(200, "application/json", b"\xff\xfe\x00\x93{\"\x80<\xc3\x28 garbage".to_vec())),
        ("deep JSON", body_of(200, "application/json", vec![b'['; 200_000])),
        ("no HTTP", answers(|_, _, _| Answer::bytes(None, b"SSH-2.0-OpenSSH_9.2\r\n".to_vec(), End::Close))),
        (
            "many headers",
            answers(|media_type, body, _| {
                let (mut bytes, head) = good(media_type, body);
                let more = (0..5000).map(|number| format!("x-{number}: 1\r\n")).collect::<String>();
                bytes.splice(head - 2..head - 2, more.into_bytes());
                Answer::bytes(Some(200), bytes, End::Close)
            }),
        ),
        (
            "giant header",
            answers(|_, _, _| endless(b"HTTP/1.1 200 Reason\r\nx-long: ".to_vec(), Some(200), vec![b'a'; 16 * 1024])),
        ),
        (
            "giant body",
            answers(|media_type, _, _| {
                let head = head(200, &[("content-type", media_type)]);
                endless(head, Some(200), vec![b' '; 64 * 1024])
            }),
        ),
    ]
}
