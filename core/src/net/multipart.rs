//! A request's payload as reqwest sends it. Files are read piece by piece while they are sent, and counted.

use super::payload::{Field, FieldValue, FileContent, Payload};
use super::progress::TransferProgress;
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt};
use http::header;
use reqwest::multipart::{Form, Part};
use reqwest::{Body, RequestBuilder};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::io::AsyncReadExt;

/// So much of a file is in memory at once.
const PIECE: usize = 64 * 1024;

/// Puts the payload into the request.
pub(super) fn attach(
    request: RequestBuilder,
    payload: &Payload,
    progress: &Arc<TransferProgress>,
) -> reqwest::Result<RequestBuilder> {
    match payload {
        Payload::Bytes(bytes) if bytes.is_empty() => Ok(request),
        // In pieces as well: several photos in JSON take minutes on a slow network, and must not look stalled.
        Payload::Bytes(bytes) => {
            let body = counted(pieces_of(bytes.clone()), progress);
            Ok(request.header(header::CONTENT_LENGTH, bytes.len()).body(body))
        }
        Payload::Form(fields) => Ok(request.multipart(form(fields, progress)?)),
    }
}

pub(crate) fn form(fields: &[Field], progress: &Arc<TransferProgress>) -> reqwest::Result<Form> {
    fields.iter().try_fold(Form::new(), |form, field| add(form, field, progress))
}

fn add(form: Form, field: &Field, progress: &Arc<TransferProgress>) -> reqwest::Result<Form> {
    let part = match &field.value {
        FieldValue::Text(text) => Part::text(text.clone()),
        FieldValue::File { file_name, media_type, content } => {
            let (body, length) = match content {
                FileContent::Bytes(bytes) => (counted(pieces_of(bytes.clone()), progress), bytes.len() as u64),
                FileContent::Path { path, length } => (counted(read(path.clone(), *length), progress), *length),
            };
            Part::stream_with_length(body, length).file_name(file_name.clone()).mime_str(media_type)?
        }
    };
    Ok(form.part(field.name, part))
}

fn counted(pieces: impl Stream<Item = io::Result<Bytes>> + Send + 'static, progress: &Arc<TransferProgress>) -> Body {
    let progress = Arc::clone(progress);
    Body::wrap_stream(pieces.inspect(move |piece| progress.add_sent(piece.as_ref().map_or(0, Bytes::len))))
}

fn pieces_of(bytes: Bytes) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::unfold(bytes, |mut rest| async move {
        let piece = rest.split_to(rest.len().min(PIECE));
        (!piece.is_empty()).then_some((Ok(piece), rest))
    })
}

/// No more than `length` bytes, which were promised: the file may still grow.
fn read(path: PathBuf, length: u64) -> impl Stream<Item = io::Result<Bytes>> + Send {
    stream::once(tokio::fs::File::open(path)).flat_map(move |file| match file {
        Ok(file) => stream::try_unfold(file.take(length), |mut file| async move {
            let mut piece = Vec::with_capacity(PIECE);
            let read = (&mut file).take(PIECE as u64).read_to_end(&mut piece).await?;
            Ok((read > 0).then(|| (Bytes::from(piece), file)))
        })
        .boxed(),
        Err(error) => stream::once(async { Err(error) }).boxed(),
    })
}

#[cfg(test)]
#[path = "multipart_tests.rs"]
mod tests;
