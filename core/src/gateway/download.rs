//! Answers that are files: streamed to where they belong, whole or not at all.

use super::exchange::{broken_off, empty_file, file_or_error};
use super::{cost, error_response};
use crate::client::AiPass;
use crate::client::call::{ApiRequest, ApiResponse};
use crate::client::runtime::AbortOnDrop;
use crate::error::{Error, ProviderErrorKind, ProviderFailure, Result};
use crate::net::cancellation::Cancellation;
use crate::net::failure::HttpFailure;
use crate::net::{ErrorResponse, Response, SuccessResponse};
use bytes::Bytes;
use http::header;
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::AsyncWriteExt;
use tokio::sync::{Mutex, mpsc};
use url::Url;

/// The largest file that is fetched (P4).
const MAX_FILE: u64 = 2_000_000_000;

/// So many redirects in a row are followed to a result.
const MAX_REDIRECTS: usize = 5;

/// So many pieces wait for a slow reader; then the connection waits.
const WAITING_PIECES: usize = 16;

/// A file that a call has written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SavedFile {
    /// Its size in bytes.
    pub size: u64,
    /// What the call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub cost: Option<Decimal>,
    /// The provider's id of the request, to quote to its support.
    pub request_id: Option<String>,
}

/// A file that is not there until it is whole: what has arrived is kept beside it, and removed if the rest does not come.
pub(super) struct Destination {
    path: PathBuf,
    partial: Partial,
    file: tokio::fs::File,
}

/// Removed when dropped, unless it was given its name or is kept.
struct Partial(Option<PathBuf>);

impl Drop for Partial {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = std::fs::remove_file(path); // it may be gone already
        }
    }
}

impl Destination {
    /// Makes room for a file at `path`. Do it before the call: it should not cost money if its answer cannot be kept.
    ///
    /// # Errors
    /// [`Error::InvalidInput`] naming `destination` if there is a file already, or none can be made.
    pub async fn reserve(path: PathBuf, unique: String) -> Result<Self> {
        // In one task, so that no file is left behind if the caller is dropped.
        on_blocking_thread(move || Self::make(path, &unique)).await
    }

    fn make(path: PathBuf, unique: &str) -> Result<Self> {
        let refuse = |why: String| Error::invalid_input("destination", format!("{}: {why}", path.display()));
        if path.try_exists().map_err(|error| refuse(error.to_string()))? {
            return Err(refuse("there is a file already; remove it or name another".to_owned()));
        }
        let name = path.file_name().ok_or_else(|| refuse("it names no file".to_owned()))?;
        let mut partial_name = name.to_owned();
        partial_name.push(format!(".{unique}.part"));
        let partial = path.with_file_name(partial_name);
        let file = std::fs::OpenOptions::new().write(true).create_new(true).open(&partial);
        let file = file.map_err(|error| refuse(format!("no file can be made there: {error}")))?;
        Ok(Self { path, partial: Partial(Some(partial)), file: tokio::fs::File::from_std(file) })
    }

    /// Takes the whole answer, and gives the file its name.
    pub async fn write_from(mut self, answer: SuccessResponse) -> Result<SavedFile> {
        let (request_id, cost) = (error_response::request_id(&answer.headers), cost::of(&answer.headers));
        let mut body = answer.body;
        let mut length = 0;
        while let Some(piece) = body.next_chunk().await.map_err(|failure| broken_off(failure, request_id.clone()))? {
            length += piece.len() as u64;
            if length > MAX_FILE {
                return Err(broken_off(HttpFailure::TooLarge { limit: MAX_FILE as usize }, request_id));
            }
            self.file.write_all(&piece).await.map_err(|error| unwritten(&self.path, &error))?;
        }
        if length == 0 {
            return Err(empty_file(request_id));
        }
        self.finish().await?;
        Ok(SavedFile { size: length, cost, request_id })
    }

    /// Takes bytes that are there already.
    pub async fn write(mut self, bytes: &[u8]) -> Result<SavedFile> {
        self.file.write_all(bytes).await.map_err(|error| unwritten(&self.path, &error))?;
        self.finish().await?;
        Ok(SavedFile { size: bytes.len() as u64, cost: None, request_id: None })
    }

    async fn finish(mut self) -> Result<()> {
        self.file.flush().await.map_err(|error| unwritten(&self.path, &error))?;
        self.file.sync_all().await.map_err(|error| unwritten(&self.path, &error))?;
        let Self { path, partial, .. } = self;
        on_blocking_thread(move || name(partial, &path)).await
    }
}

/// Gives a complete file its name. A file that another program wrote there meanwhile is not replaced; this one, which was
/// paid for, is then kept beside it.
fn name(mut partial: Partial, path: &Path) -> Result<()> {
    let Some(whole) = partial.0.take() else { return Err(Error::internal("a file has two names")) };
    // A link is never made over a file. Not every file system has links.
    let linked = std::fs::hard_link(&whole, path);
    let named = match linked {
        Ok(()) => std::fs::remove_file(&whole),
        Err(_) if path.try_exists().unwrap_or(true) => Err(std::io::ErrorKind::AlreadyExists.into()),
        Err(_) => std::fs::rename(&whole, path),
    };
    named.map_err(|error| {
        let detail = format!("{}: {error}; what came is in {}", path.display(), whole.display());
        Error::Other { code: "file_not_written".to_owned(), detail }
    })
}

async fn on_blocking_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(Error::internal("a bug in the library: work on a file panicked")))
}

fn unwritten(path: &Path, error: &std::io::Error) -> Error {
    Error::Other { code: "file_not_written".to_owned(), detail: format!("{}: {error}", path.display()) }
}

impl AiPass {
    pub(super) async fn reserve(&self, destination: PathBuf) -> Result<Destination> {
        Destination::reserve(destination, self.unique_text()?).await
    }

    /// Fetches what another answer points to.
    pub(super) async fn fetch_file(&self, url: &Url) -> Result<SuccessResponse> {
        file_or_error(self.fetch(url.clone(), true).await?.0).await
    }

    /// Fetches a result, following a few redirects, as content delivery networks use them. Each step is checked like a URL out of
    /// a response (S9). With `may_have_token` the session's token is sent to the provider's own contents (A11), but no longer once
    /// a redirect has led elsewhere: another server must not make this session call the provider. Also returns whether the last
    /// request had the token.
    pub(super) async fn fetch(&self, mut url: Url, mut may_have_token: bool) -> Result<(SuccessResponse, bool)> {
        let insecure_hosts = &self.config().insecure_development_hosts;
        let mut addresses = self.provider().check_result_url(&url, insecure_hosts)?;
        let mut last = None;
        for _ in 0..=MAX_REDIRECTS {
            may_have_token &= self.provider().is_own_content(&url);
            let (refusal, error) = if may_have_token {
                match self.call_api(ApiRequest::get(url.clone(), "*/*")).await? {
                    ApiResponse::Success(answer) => return Ok((answer, true)),
                    ApiResponse::Error { response: refusal, token } => {
                        let error = error_response::read(&refusal, &token);
                        (refusal, error)
                    }
                }
            } else {
                match self.call_without_token(&url, addresses).await? {
                    Response::Success(answer) => return Ok((answer, false)),
                    Response::Error(refusal) => {
                        let error = error_response::read_without_token(&refusal);
                        (refusal, error)
                    }
                }
            };
            let Some(next) = redirect(&refusal, &url) else { return Err(error) };
            if next.scheme() == "http" && url.scheme() == "https" {
                return Err(not_followed(&refusal, "it leads away from TLS"));
            }
            let Ok(checked) = self.provider().check_result_url(&next, insecure_hosts) else {
                return Err(not_followed(&refusal, "it leads away from TLS or into a local network"));
            };
            (url, addresses) = (next, checked);
            last = Some(refusal);
        }
        Err(last
            .map_or_else(|| Error::internal("nothing was fetched"), |last| not_followed(&last, "there are too many")))
    }
}

/// Where a redirect of this address leads.
fn redirect(refusal: &ErrorResponse, from: &Url) -> Option<Url> {
    if !matches!(refusal.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    from.join(refusal.headers.get(header::LOCATION)?.to_str().ok()?).ok()
}

fn not_followed(refusal: &ErrorResponse, why: &str) -> Error {
    let (status, request_id) = (Some(refusal.status), error_response::request_id(&refusal.headers));
    let detail = format!("the redirect is not followed: {why}");
    ProviderFailure { status, request_id, ..ProviderFailure::new(ProviderErrorKind::UnexpectedRedirect, detail) }.into()
}

/// A response's bytes as a stream. To close the connection before the end, [`cancel`](Self::cancel) it or release it.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct ByteStream {
    media_type: String,
    model: String,
    cost: Option<Decimal>,
    pieces: Mutex<mpsc::Receiver<Result<Bytes>>>,
    closed: Arc<Cancellation>,
    reader: AbortOnDrop,
}

impl ByteStream {
    /// Starts to read an answer of this model. Must run on the library's runtime.
    pub(super) fn read(answer: SuccessResponse, model: String) -> Self {
        let media_type = super::exchange::media_type(&answer);
        let (request_id, cost) = (error_response::request_id(&answer.headers), cost::of(&answer.headers));
        let (sender, receiver) = mpsc::channel(WAITING_PIECES);
        let reader = tokio::spawn(async move {
            let mut body = answer.body;
            loop {
                let piece = match body.next_chunk().await {
                    Ok(None) => return,
                    Ok(Some(piece)) => Ok(piece),
                    Err(failure) => Err(broken_off(failure, request_id.clone())),
                };
                let is_last = piece.is_err();
                if sender.send(piece).await.is_err() || is_last {
                    return; // the receiver was dropped, or this was the last piece
                }
            }
        });
        let reader = AbortOnDrop(reader.abort_handle());
        Self { media_type, model, cost, pieces: Mutex::new(receiver), closed: Cancellation::new(), reader }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl ByteStream {
    /// The next piece, of any size; `None` after the last one, after an error, and after [`cancel`](Self::cancel).
    ///
    /// # Errors
    /// [`Error::Truncated`] if the connection broke; [`Error::Timeout`]; [`Error::Cancelled`].
    pub async fn next(&self) -> Result<Option<Bytes>> {
        let mut pieces = self.pieces.lock().await;
        tokio::select! {
            biased;
            () = self.closed.cancelled() => Ok(None),
            piece = pieces.recv() => piece.transpose(),
        }
    }

    /// The media type of the bytes, such as `audio/mpeg`; empty if the provider does not say.
    pub fn media_type(&self) -> String {
        self.media_type.clone()
    }

    /// The model that the call used, as the catalogue spells it.
    pub fn model(&self) -> String {
        self.model.clone()
    }

    /// What the call cost in US dollars; `None` if the provider does not say, which is not zero.
    pub fn cost(&self) -> Option<Decimal> {
        self.cost
    }

    /// Ends the request and closes its connection. A [`next`](Self::next) that is waiting returns `None`, and so does
    /// every later one.
    pub fn cancel(&self) {
        self.closed.cancel();
        self.reader.0.abort();
    }
}

impl std::fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "ByteStream({})", self.media_type)
    }
}
