//! What a request carries: bytes, or a form whose files are read while they are sent.

use bytes::Bytes;
use std::path::PathBuf;
use std::sync::Arc;

/// A request's body. Cheap to clone, because a call may be sent again.
#[derive(Clone)]
pub(crate) enum Payload {
    /// Bytes, none of them for a request without a body. Their type stands in the request's headers.
    Bytes(Bytes),
    /// `multipart/form-data` (RFC 7578).
    Form(Arc<Vec<Field>>),
}

/// A field of a form.
pub(crate) struct Field {
    pub name: &'static str,
    pub value: FieldValue,
}

pub(crate) enum FieldValue {
    Text(String),
    /// The file name is one of the library's own: reqwest does not encode line ends in it.
    File {
        file_name: String,
        media_type: &'static str,
        content: FileContent,
    },
}

/// A file to send.
pub(crate) enum FileContent {
    Bytes(Bytes),
    /// Of so many bytes when it was looked at.
    Path {
        path: PathBuf,
        length: u64,
    },
}

impl Payload {
    pub fn empty() -> Self {
        Payload::Bytes(Bytes::new())
    }

    /// How many bytes of content it has; a form's own words are not counted.
    pub fn length(&self) -> u64 {
        match self {
            Payload::Bytes(bytes) => bytes.len() as u64,
            Payload::Form(fields) => fields.iter().map(|field| field.value.length()).sum(),
        }
    }
}

impl From<Bytes> for Payload {
    fn from(bytes: Bytes) -> Self {
        Payload::Bytes(bytes)
    }
}

impl Field {
    pub fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self { name, value: FieldValue::Text(text.into()) }
    }
}

impl FieldValue {
    fn length(&self) -> u64 {
        match self {
            FieldValue::Text(_) => 0,
            FieldValue::File { content: FileContent::Bytes(bytes), .. } => bytes.len() as u64,
            FieldValue::File { content: FileContent::Path { length, .. }, .. } => *length,
        }
    }
}
