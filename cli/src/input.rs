//! What a command reads: standard input, files of text, photos that are named.

use crate::failure::Failure;
use aipass::photo::{PhotoError, PhotoLimits};
use aipass::{Error, Photo};
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use tokio::io::AsyncReadExt;

/// More than any model reads.
const MAX_TEXT: u64 = 4 * 1024 * 1024;

/// All of standard input.
pub async fn standard_input() -> Result<String, Failure> {
    let mut input = Vec::new();
    let read = tokio::io::stdin().take(MAX_TEXT + 1).read_to_end(&mut input).await;
    read.map_err(|error| Failure::other("input", format!("Standard input cannot be read: {error}.")))?;
    as_text(input).map_err(|why| Failure::other("input", format!("Standard input {why}")))
}

/// The text of a file; `-` is standard input. On a thread of its own: a pipe may never answer.
pub async fn text_of(path: &Path) -> Result<String, Failure> {
    if path == Path::new("-") {
        return standard_input().await;
    }
    let file = path.to_owned();
    let text = tokio::task::spawn_blocking(move || {
        let mut bytes = Vec::new();
        let opened = File::open(&file);
        opened.and_then(|file| file.take(MAX_TEXT + 1).read_to_end(&mut bytes)).map_err(unreadable)?;
        as_text(bytes).map_err(|why| Failure::other("file", format!("It {why}")))
    });
    let text = text.await.map_err(|_| Failure::other("file", "It cannot be read: run this again."));
    text.and_then(|text| text).map_err(|failure| failure.about(path))
}

fn as_text(bytes: Vec<u8>) -> Result<String, &'static str> {
    if bytes.len() as u64 > MAX_TEXT {
        return Err("has more than 4 MB: give a part of it.");
    }
    String::from_utf8(bytes).map_err(|_| "is no text: photos are for `scan` and `describe`.")
}

/// The photos that are named: files, or addresses on the web.
pub async fn photos(names: &[PathBuf]) -> Result<Vec<Photo>, Failure> {
    let mut photos = Vec::with_capacity(names.len());
    for name in names {
        photos.push(match name.to_str() {
            Some(url) if url.starts_with("https://") => Photo::Url(url.to_owned()),
            _ => photo(name).await?,
        });
    }
    Ok(photos)
}

/// The photo in a file.
pub async fn photo(file: &Path) -> Result<Photo, Failure> {
    photo_bytes(file).await.map(Photo::from).map_err(|failure| failure.about(file))
}

/// The bytes of a photo's file; not more than are allowed, whatever kind of file it is. On a thread of its own: a pipe or a
/// network's folder may never answer, and Ctrl-C must be heard all the same.
pub async fn photo_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let path = path.to_owned();
    let bytes = tokio::task::spawn_blocking(move || read_photo(&path)).await;
    bytes.map_err(|_| Failure::other("file", "It cannot be read: run this again."))?
}

fn read_photo(path: &Path) -> Result<Vec<u8>, Failure> {
    let limit = PhotoLimits::default().max_input_bytes;
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > limit {
        let size = usize::try_from(size).unwrap_or(usize::MAX).max(bytes.len());
        return Err(invalid_photo(PhotoError::FileTooLarge { bytes: size, max_bytes: limit }));
    }
    Ok(bytes)
}

/// Why a photo is not sent.
pub fn invalid_photo(error: PhotoError) -> Failure {
    Error::InvalidInput { input: "photo".to_owned(), detail: error.to_string() }.into()
}

/// Why a file cannot be read, and what to do.
pub fn unreadable(error: std::io::Error) -> Failure {
    let sentence = match error.kind() {
        ErrorKind::NotFound => "There is no such file: check its name.".to_owned(),
        ErrorKind::PermissionDenied => "It may not be read: check its permissions.".to_owned(),
        ErrorKind::IsADirectory => "It is a folder: name the files in it.".to_owned(),
        _ => format!("It cannot be read: {error}."),
    };
    Failure::other("file", sentence)
}
