//! Photos as part of what a model is asked.

use super::chat::{ChatAnswer, ChatRequest, ContentPart, Message, Role};
use crate::client::AiPass;
use crate::error::{Error, Result};
use crate::photo::{self, PhotoError, PhotoLimits};
use base64::{Engine, engine::general_purpose::STANDARD};
use std::io::Read;
use std::path::{Path, PathBuf};

/// A photo as the camera or the gallery gives it: JPEG, PNG, GIF or WebP. It is turned upright, shrunk to at most 2048
/// pixels and 800 KB, and freed of its metadata, the place it was taken among them, before it leaves the device.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Photo {
    /// The file's bytes.
    Bytes(Vec<u8>),
    /// The file's path. Read on a background thread.
    File(PathBuf),
}

impl From<Vec<u8>> for Photo {
    fn from(bytes: Vec<u8>) -> Self {
        Photo::Bytes(bytes)
    }
}

impl From<PathBuf> for Photo {
    fn from(path: PathBuf) -> Self {
        Photo::File(path)
    }
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Photo::Bytes(bytes) => write!(formatter, "Photo({} bytes)", bytes.len()),
            Photo::File(path) => write!(formatter, "Photo({})", path.display()),
        }
    }
}

/// A question about a photo.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ImageQuestion {
    /// What to look at.
    pub photo: Photo,
    /// What to find out.
    pub prompt: String,
    /// The model; `None` picks one from the live catalogue.
    #[cfg_attr(feature = "uniffi", uniffi(default))]
    pub model: Option<String>,
    /// The longest answer, in tokens. Default 2000.
    #[cfg_attr(feature = "uniffi", uniffi(default = Some(2000)))]
    pub max_tokens: Option<u32>,
}

impl ImageQuestion {
    /// Asks `prompt` about `photo`.
    pub fn new(photo: impl Into<Photo>, prompt: impl Into<String>) -> Self {
        Self { photo: photo.into(), prompt: prompt.into(), model: None, max_tokens: Some(2000) }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl AiPass {
    /// Asks a model about a photo. One paid call.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `photo` or `prompt` before anything is sent; those of [`chat`](Self::chat).
    pub async fn describe_image(&self, question: ImageQuestion) -> Result<ChatAnswer> {
        if question.prompt.trim().is_empty() {
            return Err(Error::invalid_input("prompt", "it is empty; say what to find out"));
        }
        let content = vec![ContentPart::text(question.prompt), ContentPart::Photo { photo: question.photo }];
        let message = Message { content, ..Message::empty(Role::User) };
        let mut request = ChatRequest::new(vec![message]);
        request.model = question.model;
        request.max_tokens = question.max_tokens;
        self.chat(request).await
    }
}

/// The photo, made fit to upload, as a `data:` URL. Works on a background thread.
pub(super) async fn data_url(photo: Photo) -> Result<String> {
    let limits = PhotoLimits::default();
    work_on(photo, "photo", limits, move |bytes| {
        let prepared = photo::prepare(bytes, &limits)?;
        let media_type = prepared.format.media_type();
        let mut url = String::with_capacity(32 + prepared.bytes.len().div_ceil(3) * 4);
        url.push_str("data:");
        url.push_str(media_type);
        url.push_str(";base64,");
        STANDARD.encode_string(&prepared.bytes, &mut url);
        Ok(url)
    })
    .await
}

/// Reads a photo and works on its bytes, on a background thread. `input` is what its errors call it.
pub(super) async fn work_on<T: Send + 'static>(
    photo: Photo,
    input: &'static str,
    limits: PhotoLimits,
    work: impl FnOnce(&[u8]) -> Result<T, PhotoError> + Send + 'static,
) -> Result<T> {
    let work = move || {
        let bytes = match photo {
            Photo::Bytes(bytes) => bytes,
            Photo::File(path) => read_file(&path, input, &limits)?,
        };
        work(&bytes).map_err(|error| Error::invalid_input(input, error.to_string()))
    };
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Error::invalid_input(input, "its decoder failed; the file is damaged")))
}

fn read_file(path: &Path, input: &str, limits: &PhotoLimits) -> Result<Vec<u8>> {
    let unreadable = |error| Error::invalid_input(input, format!("{} cannot be read: {error}", path.display()));
    // One byte more than is allowed, so that `prepare` sees that it is too much; not all, because a device has no end.
    let most = limits.max_input_bytes as u64 + 1;
    let mut bytes = Vec::new();
    std::fs::File::open(path).and_then(|file| file.take(most).read_to_end(&mut bytes)).map_err(unreadable)?;
    Ok(bytes)
}
