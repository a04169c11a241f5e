//! Forms that the library sends.

use super::block_on;
use crate::net::multipart::form;
use crate::net::payload::{Field, FieldValue, FileContent};
use bytes::Bytes;
use futures_util::TryStreamExt;
use std::sync::Arc;

/// A part of a form, as RFC 7578 has it: the lines of its head, and its content.
type Part<'a> = (Vec<&'a [u8]>, &'a [u8]);

/// RFC 7578: a text and a file, parted by a NUL. Whatever they have in them, the form has these fields and no other, and no field has
/// a header line that the library did not write. The file's name is always one of the library's own.
pub fn multipart(data: &[u8]) {
    let (text, file) = data.split_at(data.iter().position(|byte| *byte == 0).unwrap_or(data.len()));
    let text = String::from_utf8_lossy(text).into_owned();
    let file_name = "audio.wav".to_owned();
    let content = FileContent::Bytes(Bytes::copy_from_slice(file));
    let fields = [
        Field::text("prompt", text.clone()),
        Field { name: "file", value: FieldValue::File { file_name, media_type: "audio/wav", content } },
        Field::text("model", "some/model"),
    ];
    let (boundary, body) = block_on(async {
        let form = form(&fields, &Arc::default()).expect("a form");
        let boundary = form.boundary().to_owned();
        let body: Vec<_> = form.into_stream().try_collect().await.expect("a body");
        (boundary, body.concat())
    });
    let parts = parts(&body, &boundary);
    let contents: Vec<_> = parts.iter().map(|(_, content)| *content).collect();
    assert_eq!(contents, [text.as_bytes(), file, b"some/model"]);
    for ((head, _), (name, lines)) in parts.iter().zip([("prompt", 1), ("file", 2), ("model", 1)]) {
        assert_eq!(head.len(), lines, "{name} has other header lines");
        let begins = format!("Content-Disposition: form-data; name=\"{name}\"");
        assert!(head[0].starts_with(begins.as_bytes()), "{name} has another name");
    }
}

/// The parts of a body, read as strictly as RFC 2046 5.1.1 writes them.
fn parts<'a>(mut body: &'a [u8], boundary: &str) -> Vec<Part<'a>> {
    let delimiter = format!("\r\n--{boundary}");
    body = body.strip_prefix(&delimiter.as_bytes()[2..]).expect("a first boundary");
    let mut parts = Vec::new();
    while body != b"--\r\n" {
        body = body.strip_prefix(b"\r\n").expect("a line end after a boundary");
        let (head, rest) = split(body, b"\r\n\r\n");
        let (content, rest) = split(rest, delimiter.as_bytes());
        let mut lines = vec![head];
        while let Some(at) = find(lines[lines.len() - 1], b"\r\n") {
            let line = lines.pop().unwrap_or_default();
            lines.extend([&line[..at], &line[at + 2..]]);
        }
        parts.push((lines, content));
        body = rest;
    }
    parts
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// What is before and after `wanted`.
fn split<'a>(bytes: &'a [u8], wanted: &[u8]) -> (&'a [u8], &'a [u8]) {
    let at = find(bytes, wanted).expect("the end of a part or of its head");
    (&bytes[..at], &bytes[at + wanted.len()..])
}
