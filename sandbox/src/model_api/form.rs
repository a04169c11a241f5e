//! A `multipart/form-data` body: texts and files.

use std::convert::Infallible;

use axum::http::header::{self, HeaderMap};
use bytes::Bytes;
use futures_util::stream;
use multer::Multipart;

use super::bodies::{self, RequestBody};
use super::errors::invalid;
use crate::wire::errors::RequestError;

/// More than any call has. Bounds the memory that a form takes beyond its bytes.
const MAX_PARTS: usize = 64;

/// The parts of a form, in the order sent.
pub(super) struct Form {
    texts: Vec<(String, String)>,
    files: Vec<(String, Bytes)>,
}

impl Form {
    pub(super) async fn read(headers: &HeaderMap, body: RequestBody) -> Result<Self, RequestError> {
        let media_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(media_type).map_err(|_| {
            bodies::wrong_type("This request is a form (Content-Type: multipart/form-data; boundary=…).")
        })?;
        let body = bodies::bytes(body)?;
        let mut parts = Multipart::new(stream::iter([Ok::<_, Infallible>(body)]), boundary);
        let mut form = Self { texts: Vec::new(), files: Vec::new() };
        while let Some(part) = parts.next_field().await.map_err(unreadable)? {
            if form.texts.len() + form.files.len() == MAX_PARTS {
                return Err(invalid(format!("The form has more than {MAX_PARTS} parts.")));
            }
            let name = part.name().ok_or_else(|| invalid("A part of the form has no name."))?.to_owned();
            if part.file_name().is_some() {
                form.files.push((name, part.bytes().await.map_err(unreadable)?));
            } else {
                form.texts.push((name, part.text().await.map_err(unreadable)?));
            }
        }
        Ok(form)
    }

    /// The text of `name`.
    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, RequestError> {
        let mut texts = self.texts(name);
        let text = texts.next();
        if texts.next().is_some() { Err(invalid(format!("{name} was sent twice."))) } else { Ok(text) }
    }

    /// The text of `name`, which must be there.
    pub(super) fn required(&self, name: &str) -> Result<&str, RequestError> {
        self.text(name)?.filter(|text| !text.trim().is_empty()).ok_or_else(|| invalid(format!("{name} is missing.")))
    }

    /// The number that `name` is.
    pub(super) fn number(&self, name: &str) -> Result<Option<u32>, RequestError> {
        let number = |text: &str| text.trim().parse().map_err(|_| invalid(format!("{name} must be a whole number.")));
        self.text(name)?.map(number).transpose()
    }

    /// Every text called `name`, or `name[]`, which is how some clients send a list.
    pub(super) fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.texts.iter().filter(move |(sent, _)| is_called(sent, name)).map(|(_, text)| text.as_str())
    }

    /// Every file called `name` or `name[]`.
    pub(super) fn files(&self, name: &str) -> impl Iterator<Item = &Bytes> {
        self.files.iter().filter(move |(sent, _)| is_called(sent, name)).map(|(_, file)| file)
    }
}

fn is_called(sent: &str, name: &str) -> bool {
    sent.strip_suffix("[]").unwrap_or(sent) == name
}

fn unreadable(error: multer::Error) -> RequestError {
    invalid(format!("The form cannot be read: {error}"))
}
